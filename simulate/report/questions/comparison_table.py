"""Tables of plans side by side, as Markdown."""

from simulate.report.escape import code, escape
from simulate.report.grid import Column, markdown_table
from simulate.report.questions.compared import Compared
from simulate.report.verdicts import badge
from simulate.scenario.differing import Differing

MOST_CHANGES = 40
VARIANT_COLUMNS = (
    "on_time_share", "peak_backlog", "paid_orders", "cost_per_order", "contribution",
)  # fmt: skip


def comparison_table(compared: Compared) -> str:
    """Return one row a measure: every plan, and what it differs from the first by."""
    words = compared.words
    columns = [Column(words.say("tables.measure")), Column(_title(compared, 0), right=True)]
    columns += [
        Column(_title(compared, index), right=True) for index in range(1, len(compared.plans))
    ]
    rows = [[words.say("tables.verdict"), *_badges(compared)]]
    for measure in compared.headlines:
        label, _ = compared.subjects[0].measure(measure)
        rows.append([escape(label), *_cells(compared, measure)])
    parts = [markdown_table(columns, rows), words.say("compare.legend"), _changes(compared)]
    return "\n\n".join(part for part in parts if part)


def variants_table(compared: Compared) -> str:
    """Return one row a variant: its verdict, and its measures with their differences."""
    words, first = compared.words, compared.subjects[0]
    shown = [name for name in VARIANT_COLUMNS if name in compared.headlines]
    columns = [
        Column(words.say("compare.variant")),
        Column(words.say("tables.verdict")),
        *(Column(escape(first.measure(name)[0]), right=True) for name in shown),
    ]
    cells = [_cells(compared, name) for name in shown]
    badges = _badges(compared)
    rows = [
        [_title(compared, index), badges[index], *(column[index] for column in cells)]
        for index in range(len(compared.plans))
    ]
    parts = [markdown_table(columns, rows), words.say("compare.legend"), _changes(compared)]
    return "\n\n".join(part for part in parts if part)


def change_text(change: Differing, compared: Compared) -> tuple[str, str, str]:
    """Return the path of an input and what it was and is, as plain text."""
    missing = compared.words.say("figures.missing")
    path = ".".join(map(str, change.path))
    return path, change.before or missing, change.after or missing


def _title(compared: Compared, index: int) -> str:
    return escape(compared.title(index))


def _badges(compared: Compared) -> list[str]:
    return [
        badge(subject.outcome.verdict.word, subject, short=False) for subject in compared.subjects
    ]


def _cells(compared: Compared, measure: str) -> list[str]:
    """Return a measure of every plan, the difference from the first below it."""
    cells = []
    for index in range(len(compared.plans)):
        difference = compared.difference(index, measure)
        below = f'<br><span class="pb-difference">{difference}</span>' if difference else ""
        cells.append(f"{compared.figure(index, measure)}{below}")
    return cells


def _changes(compared: Compared) -> str:
    """Return what each plan changes, folded away."""
    say = compared.words.say
    rows = [
        [_title(compared, index), *(code(each) for each in change_text(change, compared))]
        for index in range(1, len(compared.plans))
        for change in compared.changes(index)[:MOST_CHANGES]
    ]
    if not rows:
        return ""
    columns = [
        Column(say("compare.variant")),
        Column(say("compare.input")),
        Column(say("compare.before")),
        Column(say("compare.after")),
    ]
    return "\n".join([
        '<details class="pb-numbers" markdown>',
        f"<summary>{say('compare.changes')}</summary>",
        "",
        markdown_table(columns, rows),
        "",
        "</details>",
    ])  # fmt: skip
