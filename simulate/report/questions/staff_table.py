"""Whom a campaign needs, on a page."""

from simulate.experiment.roster_search import PROBE
from simulate.report.escape import escape
from simulate.report.grid import Column, markdown_table
from simulate.report.questions.staffed import Staffed


def staff_block(staffed: Staffed) -> str:
    """Return the answer, people by shift, one person more or less, and the next-best rosters."""
    say, found = staffed.subject.words.say, staffed.staffing
    joint = "" if staffed.subject.words.language == "zh" else " "
    parts = [
        joint.join(staffed.sentences),
        _rosters(staffed),
        say("staff.explanation"),
    ]
    if found.changes:
        parts += [_steps(staffed), say("staff.explanation_steps", n=str(PROBE))]
    if found.alternatives:
        parts += [say("staff.alternatives"), _alternatives(staffed)]
    return "\n\n".join(parts)


def _rosters(staffed: Staffed) -> str:
    say, found = staffed.subject.words.say, staffed.staffing
    rows = []
    for index, knob in enumerate(found.knobs):
        needed = found.best.people[index]
        gap = needed - knob.today
        rows.append([
            escape(staffed.shift(knob.pool, knob.shift)),
            str(knob.today),
            str(found.least[index]),
            f"**{needed}**",
            f"{gap:+d}".replace("-", "\N{MINUS SIGN}") if gap else "",
            staffed.price(knob.price),
        ])  # fmt: skip
    columns = [
        Column(say("staff.shift")),
        *(
            Column(say(f"staff.{key}"), right=True)
            for key in ("now", "least", staffed.found, "change", "cost")
        ),
    ]
    return markdown_table(columns, rows)


def _steps(staffed: Staffed) -> str:
    say = staffed.subject.words.say
    rows = [
        [
            escape(staffed.shift(step.pool, step.shift)),
            staffed.step(step),
            staffed.signed_price(step.price),
            staffed.impression(step),
            staffed.effect(step),
        ]
        for step in staffed.staffing.changes
    ]
    columns = [
        Column(say("staff.shift")),
        Column(say("staff.step")),
        Column(say("staff.saves"), right=True),
        Column(say("staff.verdict")),
        Column(say("staff.brings")),
    ]
    return markdown_table(columns, rows)


def _alternatives(staffed: Staffed) -> str:
    say = staffed.subject.words.say
    rows = [
        [
            staffed.roster(each.people),
            staffed.price(each.price),
            staffed.impression_of(each),
            str(each.replications),
        ]
        for each in staffed.staffing.alternatives
    ]
    columns = [
        Column(say("staff.roster")),
        Column(say("staff.price"), right=True),
        Column(say("staff.verdict")),
        Column(say("staff.campaigns"), right=True),
    ]
    return markdown_table(columns, rows)
