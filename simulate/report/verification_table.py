"""What a verification found, as tables for pages and for the terminal."""

from collections.abc import Callable, Mapping

from simulate.evidence.proof import Check, Kind, Proof, Verification
from simulate.report import figures
from simulate.report.escape import escape
from simulate.report.grid import Column, markdown_table
from simulate.report.words import Words

DIGITS = 4
"""Significant digits of values that are compared: enough to see them differ."""

Row = Callable[[Check, Words], tuple[str, ...]]


def verification_block(
    verification: Verification | None, kind: str, words: Words, titles: Mapping[str, str]
) -> str:
    """Return one kind's table, or without a kind one row for each; `titles` are of scenarios."""
    say = words.say
    if verification is None:
        return say("verification.none")
    if kind:
        proof = verification.of(_kind(kind))
        literal = {name: escape(title) for name, title in titles.items()}
        columns, rows = proof_table(proof, words, literal)
        return _markdown(columns, rows, [check.holds for check in proof.checks], words)
    columns, rows = summary(verification, words)
    table = _markdown(columns, rows, [proof.holds for proof in verification.proofs], words)
    scope = say("verification.quick" if verification.quick else "verification.full")
    mark = say("verification.fingerprint", fingerprint=verification.fingerprint)
    return f"**{verdict(verification, words)}** {scope}\n\n{table}\n\n{mark}"


def verdict(verification: Verification, words: Words) -> str:
    """Return in a sentence whether everything holds."""
    checks = [check for proof in verification.proofs for check in proof.checks]
    wrong = sum(not check.holds for check in checks)
    if verification.holds:
        return words.say("verification.all_hold", count=str(len(checks)))
    return words.say("verification.some_fail", wrong=str(wrong), count=str(len(checks)))


def summary(verification: Verification, words: Words) -> tuple[list[Column], list[list[str]]]:
    """Return the headings and, without the verdict, a row for each kind of proof."""
    columns = [_column(words, "proof"), _column(words, "looked_at")]
    rows = []
    for proof in verification.proofs:
        checks = proof.checks
        looked_at = words.say(
            f"verification.looked_at.{proof.kind}",
            checks=_count(len(checks)),
            cases=_count(len({check.case for check in checks})),
            trials=_count(sum(check.trials for check in checks)),
            orders=_count(sum(check.orders for check in checks)),
            estimate=_count(sum(check.estimate or 0 for check in checks)),
        )
        rows.append([words.say(f"verification.kinds.{proof.kind}"), looked_at])
    return columns, rows


def proof_table(
    proof: Proof, words: Words, titles: Mapping[str, str]
) -> tuple[list[Column], list[list[str]]]:
    """Return the headings and, without the verdict, a row for each check.

    Everything but the `titles` is words and numbers of our own.
    """
    first, others, row = LAYOUTS[proof.kind]
    columns = [
        _column(words, name, right=name not in (first, "measure")) for name in (first, *others)
    ]
    return columns, [[case_name(c.case, words, titles), *row(c, words)] for c in proof.checks]


def case_name(case: str, words: Words, titles: Mapping[str, str]) -> str:
    """Return what a case is called; a scenario by its title."""
    return titles.get(case) or words.find(f"verification.cases.{case}") or case


def _theory(check: Check, words: Words) -> tuple[str, ...]:
    shown = (_precise(value, check.unit, words) for value in (check.expected, check.estimate))
    return measure_name(check.measure, words), *shown, _span(check, words)


def _floors(check: Check, _words: Words) -> tuple[str, ...]:
    counts = (check.trials, check.orders, check.estimate or 0, check.wrong)
    return tuple(_count(value) for value in counts)


def _oracle(check: Check, words: Words) -> tuple[str, ...]:
    apart = words.say("figures.missing")
    if check.estimate is not None:
        apart = words.say("figures.seconds", n=f"{check.estimate:.6f}")
    return _count(check.orders), _count(check.trials), apart


def _worked(check: Check, _words: Words) -> tuple[str, ...]:
    return _count(check.trials), _count(check.wrong)


def _coverage(check: Check, words: Words) -> tuple[str, ...]:
    share = _precise(check.estimate, "share", words)
    measure = words.find(f"verification.measures.{check.measure}") or check.measure
    return measure, _count(check.trials), share, _span(check, words)


def _laws(check: Check, _words: Words) -> tuple[str, ...]:
    return _count(check.trials), _count(check.orders), _count(check.wrong)


LAYOUTS: dict[Kind, tuple[str, tuple[str, ...], Row]] = {
    "theory": ("case", ("measure", "expected", "estimate", "interval"), _theory),
    "floors": ("case", ("scenarios", "orders", "pieces", "different"), _floors),
    "oracle": ("case", ("orders", "pieces", "apart"), _oracle),
    "worked": ("example", ("times", "wrong"), _worked),
    "averages": ("example", ("measure", "by_hand", "estimate", "interval"), _theory),
    "coverage": ("case", ("measure", "intervals", "hold_truth", "allowed"), _coverage),
    "laws": ("scenario", ("campaigns", "orders", "broken"), _laws),
}
"""By kind: the heading of the case, those of the other columns, and who fills them."""


def measure_name(measure: str, words: Words) -> str:
    """Return what is compared, such as ``Mean wait, Pack``."""
    what, _, rest = measure.partition("_")
    if measure.startswith("busy_hour_"):
        return words.say("verification.measures.busy_hour", hour=measure.rsplit("_", 1)[1])
    kind, slash, which = measure.partition("/")
    if slash and kind == "visitors":
        return words.say("verification.measures.visitors_of", channel=escape(which))
    if slash and kind == "paid":
        return words.say("verification.measures.paid_in_hour", hour=str(int(which) + 1))
    place = rest.removesuffix("_mean")
    label = words.find(f"verification.places.{place}") or words.find(f"stations.{place}")
    if what in ("wait", "utilisation") and label:
        return words.say(f"verification.measures.{what}", place=label)
    own = words.find(f"verification.measures.{measure}")
    return own or words.find(f"measures.{measure}.label") or measure


def _span(check: Check, words: Words) -> str:
    if check.low is None or check.high is None:
        return words.say("figures.missing")
    low, high = (_precise(value, check.unit, words) for value in (check.low, check.high))
    return words.say("figures.low_to_high", low=low, high=high)


def _precise(value: float | None, unit: str, words: Words) -> str:
    """Return a value with `DIGITS` digits; short times in seconds."""
    if value is None:
        return words.say("figures.missing")
    if unit == "hours":
        value, unit = value * 3600, "seconds"
    if unit == "share":
        return words.say("figures.share", n=f"{100 * value:.1f}")
    text = f"{value:,.{max(0, DIGITS - len(str(int(abs(value)))))}f}"
    return words.say("figures.seconds", n=text) if unit == "seconds" else text


def _markdown(columns: list[Column], rows: list[list[str]], holds: list[bool], words: Words) -> str:
    cells = [[*row, _badge(held, words)] for row, held in zip(rows, holds, strict=True)]
    return markdown_table([*columns, _column(words, "verdict")], cells)


def _badge(holds: bool, words: Words) -> str:
    word = words.say("verification.holds" if holds else "verification.fails")
    return f'<span class="pb-badge pb-{"pass" if holds else "fail"}">{word}</span>'


def _column(words: Words, name: str, *, right: bool = False) -> Column:
    return Column(words.say(f"verification.columns.{name}"), right=right)


def _count(value: float) -> str:
    return figures.number(round(value))


def _kind(name: str) -> Kind:
    return next(kind for kind in LAYOUTS if kind == name)
