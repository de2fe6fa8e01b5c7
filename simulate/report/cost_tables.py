"""What the campaign costs: people by pool and shift, courier, material, compensation."""

from collections.abc import Iterator, Sequence

from simulate.report.escape import escape
from simulate.report.figures import show, span, value
from simulate.report.grid import Column, markdown_table
from simulate.report.subject import Subject
from simulate.results.outcome import CostItem, Estimate

TOTAL, EACH, LEFT = "total_cost", "cost_per_order", "contribution"
"""Measures: all costs, the cost of an order, what the campaign leaves over."""

OVERTIME = "overtime_cost"
"""Measure: all overtime, that of finishing the orders in hand included."""

NOTHING = 0.5
"""A call-in that costs less than this hardly ever happens."""

PROMOTION = frozenset({"clicks", "messages", "slots", "commission"})
"""Kinds of cost that bring visitors; they stand in the tables of channels."""


def cost_table(subject: Subject) -> str:
    """Return one row for each thing that costs money, their sum, and what is left over.

    Overtime is one row for all pools; call-ins without a cost are left out.
    """
    say, costs = subject.words.say, subject.outcome.costs
    if not costs:
        return say("tables.cost.none")
    rows = [[label_of(item, subject), *_amounts(item.cost, subject)] for item in _shown(costs)]
    overtime = subject.outcome.measures.get(OVERTIME)
    if overtime is not None:
        last_shift = sum(item.pool is not None for item in _shown(costs))
        row = [say("tables.cost.overtime"), *_amounts(overtime, subject)]
        rows.insert(last_shift, row)
    rows += _sums(subject)
    columns = [
        Column(say("tables.cost.item")),
        Column(say("tables.cost.amount"), right=True),
        Column(say("tables.interval"), right=True),
        Column(say("tables.cost.each"), right=True),
    ]
    return markdown_table(columns, rows)


def cost_line(subject: Subject) -> str:
    """Return what the campaign costs in one sentence, or nothing if there are no prices."""
    measures, words = subject.outcome.measures, subject.words
    if TOTAL not in measures or EACH not in measures:
        return ""
    figures = {
        name: show(measures[name], words, interval=False)
        for name in (TOTAL, EACH, LEFT)
        if name in measures
    }
    return words.say("verdicts.cost_left" if LEFT in figures else "verdicts.cost", **figures)


def label_of(item: CostItem, subject: Subject) -> str:
    """Return what is paid for, as Markdown, such as ``Packers: Evening``."""
    say = subject.words.say
    if item.channel is not None:
        return say(f"tables.cost.{item.kind}", channel=escape(subject.channel(item.channel)))
    if item.kind == "desk":
        return say("tables.cost.desk", shift=escape(subject.desk_shift(item.shift or "")))
    if item.pool is None:
        return say(f"tables.cost.{item.kind}")
    shift = escape(subject.shift(item.pool, item.shift or ""))
    return say(f"tables.cost.{item.kind}", pool=escape(subject.pool(item.pool)), shift=shift)


def _shown(costs: Sequence[CostItem]) -> list[CostItem]:
    return [
        item
        for item in costs
        if item.kind != "overtime"
        and item.kind not in PROMOTION
        and not (item.kind == "call-in" and item.cost.mean < NOTHING)
    ]


def _sums(subject: Subject) -> Iterator[list[str]]:
    measures = subject.outcome.measures
    for name in (TOTAL, LEFT):
        if name in measures:
            label = f"**{escape(subject.measure(name)[0])}**"
            shown, interval, each = _amounts(measures[name], subject)
            if name == TOTAL and EACH in measures:
                each = show(measures[EACH], subject.words, interval=False)
            yield [label, f"**{shown}**", interval, f"**{each}**" if each else ""]


def _amounts(cost: Estimate, subject: Subject) -> tuple[str, str, str]:
    """Return an amount, its interval unless it is exact, and what it is for each order."""
    shown, interval = show(cost, subject.words, interval=False), span(cost, subject.words)
    orders = _orders(subject)
    each = value(cost.mean / orders, cost.unit, subject.words, decimals=2) if orders else ""
    return shown, "" if interval == shown else interval, each


def _orders(subject: Subject) -> float:
    """Return the orders over which the cost of an order is spread."""
    total, each = (subject.outcome.measures.get(name) for name in (TOTAL, EACH))
    if total is None or each is None or not each.mean:
        return 0.0
    return total.mean / each.mean
