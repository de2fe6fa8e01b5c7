"""What the plan linter found, for readers: what is open, and what is kept with its reason."""

from collections.abc import Mapping, Sequence
from typing import Literal

from simulate.plan.findings import PlanFinding
from simulate.plan.ruleset import RULES
from simulate.report.escape import code, escape
from simulate.report.year import YearSubject
from simulate.results.outcome import VerdictWord

State = Literal["error", "warning", "accepted"]
WORD: Mapping[State, VerdictWord] = {
    "error": "fail",
    "warning": "inconclusive",
    "accepted": "none",
}
"""The colour in which a finding stands: that of a verdict."""

TITLES = {rule.id: rule.title for rule in RULES}
SHOW = ("open", "accepted")
"""What a block may be limited to."""


def findings_block(year: YearSubject, only: str = "") -> str:
    """Return how many findings there are, and each with its place and the figures that agree.

    `only` limits it to findings that are ``open`` or ``accepted``.
    """
    say, found = year.words.say, list(year.answer.findings)
    shown = [each for each in found if only in ("", _kind(each))]
    parts = [_summary(found, year)] if not only else []
    if not found:
        return say("lint.none")
    if not shown:
        parts.append(say(f"lint.none_{only}"))
    parts += [_card(each, year) for each in sorted(shown, key=_urgency)]
    return "\n\n".join(parts)


def state_of(finding: PlanFinding) -> State:
    """Return how urgent a finding is: an open error, an open warning, or accepted."""
    return "accepted" if finding.accepted is not None else finding.severity


def _kind(finding: PlanFinding) -> str:
    return "accepted" if finding.accepted is not None else "open"


def _urgency(finding: PlanFinding) -> tuple[int, int]:
    return list(WORD).index(state_of(finding)), finding.place.line


def _summary(found: Sequence[PlanFinding], year: YearSubject) -> str:
    counts = {state: sum(state_of(each) == state for each in found) for state in WORD}
    return year.words.say("lint.summary", **{state: str(n) for state, n in counts.items()})


def _told(sentence: str) -> str:
    """Return a sentence as Markdown; what stands between backticks is a key."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        return escape(sentence)
    return "".join(code(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def _begun(sentence: str) -> str:
    """Return a sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def _card(finding: PlanFinding, year: YearSubject) -> str:
    """Return one finding: what contradicts what, what would agree, and why it is kept."""
    say, state = year.words.say, state_of(finding)
    badge = f'<span class="pb-badge pb-{WORD[state]}">{say(f"lint.{state}")}</span>'
    title = escape(year.text(TITLES.get(finding.rule))) or code(finding.rule)
    place = say("lint.place", file=escape(finding.place.file.name), line=str(finding.place.line))
    lines = [
        f'<div class="pb-finding pb-{WORD[state]}" markdown>',
        f"**{title}** {badge}",
        say("lint.what", text=_told(_begun(year.text(finding.what)))),
        say("lint.agree", text=_told(year.text(finding.agree))),
    ]
    if finding.accepted is not None:
        lines.append(say("lint.reason", text=_told(year.text(finding.accepted))))
    lines += [f"<small>{place} · {code(finding.at)}</small>", "</div>"]
    return "\n\n".join(lines)
