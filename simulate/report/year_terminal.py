"""A simulated year in the terminal: text for people, one JSON document for programs."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from io import StringIO
from math import isfinite
from typing import TYPE_CHECKING, Any

from simulate.plan.year_outcome import AMBER, RED, YearMonth, YearOutcome
from simulate.report.terminal import width

if TYPE_CHECKING:
    from simulate.plan.notes import Note

MARKS = (" ", "·", "▁", "▂", "▃", "▄", "▅", "▆")
"""A day by its load, an eighth of `AMBER` a step."""

STYLES = {"red": "bold white on red", "amber": "black on yellow", "": ""}

LEFT_OUT = {
    "stations": "its stations work otherwise; the year keeps the shop's",
    "pools": "it has people whom the shop does not have; the year does without",
    "supervisor": "its supervisors are left out; in the year everybody of a pool goes where "
    "work is",
    "overtime": "its overtime is ordered otherwise; the year keeps the shop's",
    "erp": "its ERP has other limits; the year keeps the shop's",
    "courier": "it differs from the shop in having a courier at all; the year does as the shop",
    "cancellations": "its orders are cancelled at other times; the year keeps the shop's, with "
    "its own shares",
    "returns": "its parcels come back otherwise; the year keeps the shop's returns",
    "controller": "its controller is left out: in the year nobody turns traffic down",
}


def year_document(outcome: YearOutcome) -> str:
    """Return a year's outcome as one JSON document; a bound that is not known is null."""
    document = _finite(asdict(outcome))
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def tell_year(outcome: YearOutcome, title: str) -> str:
    """Return a year for a person: the answer, the calendar, months, campaigns, what is left out."""
    from rich.console import Console

    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(title, style="bold", markup=False)
    for line in _answer(outcome):
        console.print(line, markup=False)
    console.print()
    for strip in _calendar(outcome):
        console.print(strip)
    console.print(
        f"A day's load: work due against people at work, of the fullest pool or the ERP. "
        f"# above {AMBER:.0%}, ! above {RED:.0%}.",
        style="dim",
        markup=False,
    )
    console.print()
    console.print(_months(outcome))
    if outcome.campaigns:
        console.print()
        console.print(_campaigns(outcome))
    if outcome.notes:
        console.print()
        for note in outcome.notes:
            console.print(f"  {_note(note)}", markup=False)
    console.print()
    console.print(
        f"{outcome.replications} years simulated, seed {outcome.seed}, "
        f"fingerprint {outcome.fingerprint}",
        style="dim",
    )
    text = console.export_text(styles=sys.stdout.isatty())
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip("\n")


def _answer(outcome: YearOutcome) -> Iterator[str]:
    sales = f"{_money(outcome.sales.mean)} {outcome.currency}"
    band = f"{_money(outcome.sales.low)} to {_money(outcome.sales.high)} in 9 of 10 years"
    yield f"The year sells {sales} ({band})."
    if outcome.target and outcome.reached is not None:
        chance = outcome.reached
        yield (
            f"The target of {_money(outcome.target)} is reached with a probability of "
            f"{chance.mean:.0%} (95 % interval {chance.low:.0%} to {chance.high:.0%})."
        )
    if outcome.ad_budget is not None:
        yield (
            f"Ads cost {_money(outcome.ad_spend)} of a budget of {_money(outcome.ad_budget)} "
            f"{outcome.currency}."
        )
    amber, red = outcome.days_amber, outcome.days_red
    yield (
        f"Work takes more than {AMBER:.0%} of the people at work on {amber.mean:.1f} days, more "
        f"than {RED:.0%} on {red.mean:.1f}."
    )
    if outcome.on_time_share is not None:
        yield f"On time: {outcome.on_time_share.mean:.1%} of {outcome.orders.mean:,.0f} orders."


def _calendar(outcome: YearOutcome) -> Iterator[Any]:
    """Yield a line for each month, with a mark for each day."""
    from rich.text import Text

    header = "".join(f"{day:<5}" for day in range(1, 32, 5)).rstrip()
    yield Text(f"{'':<9}{header}", style="dim")
    for month in outcome.months:
        strip = Text(f"{month.month}  ")
        for day in outcome.days:
            if day.day.startswith(month.month):
                level = _level(day.load.mean)
                mark = {"red": "!", "amber": "#", "": _mark(day.load.mean)}[level]
                strip.append(mark, style=STYLES[level])
        yield strip


def _level(load: float) -> str:
    if load > RED:
        return "red"
    return "amber" if load > AMBER else ""


def _mark(load: float) -> str:
    if load <= 0:
        return MARKS[0]
    return MARKS[min(len(MARKS) - 1, 1 + int(load / AMBER * (len(MARKS) - 1)))]


def _months(outcome: YearOutcome) -> Any:
    from rich.table import Table

    table = Table("Month", box=None, pad_edge=False)
    titles = ("Target", "Sales", "5 % to 95 %", "Reached", "Ads", "Budget", "Orders", "On time",
              "Amber", "Red")  # fmt: skip
    for title in titles:
        table.add_column(title, justify="right")
    for month in outcome.months:
        table.add_row(*_month(month))
    return table


def _month(month: YearMonth) -> tuple[str, ...]:
    sales = month.sales
    return (
        month.month,
        _money(month.target) if month.target else "",
        _money(sales.mean),
        f"{_money(sales.low)} to {_money(sales.high)}",
        f"{month.reached.mean:.0%}" if month.reached is not None else "",
        _money(month.ad_spend),
        "" if month.ad_budget is None else _money(month.ad_budget),
        f"{month.orders.mean:,.0f}",
        "" if month.on_time_share is None else f"{month.on_time_share:.1%}",
        f"{month.days_amber:.1f}" if month.days_amber else "",
        f"{month.days_red:.1f}" if month.days_red else "",
    )


def _campaigns(outcome: YearOutcome) -> Any:
    from rich.table import Table

    table = Table("Campaign", "Days", box=None, pad_edge=False)
    for heading in ("Orders", "Sales", "On time", "Fullest day", "Load"):
        table.add_column(heading, justify="right")
    for each in outcome.campaigns:
        table.add_row(
            each.campaign,
            f"{_short_day(each.first)} to {_short_day(each.last)}",
            f"{each.orders.mean:,.0f}",
            _money(each.sales.mean),
            "" if each.on_time_share is None else f"{each.on_time_share:.1%}",
            _short_day(each.peak_day),
            f"{each.peak_load.mean:.0%}",
        )
    return table


def _short_day(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.day} {when:%b}"


def _note(note: "Note") -> str:
    """Return what a note says."""
    if note.planned is not None and note.expected is not None:
        whose = "campaigns" if note.kind == "full-month" else "campaigns and ads"
        return (
            f"{note.where}: {whose} bring {note.expected:,.0f} of the {note.planned:,.0f} visitors "
            f"that the month is planned with; on its other days nobody comes but by ads."
        )
    named = f" ({', '.join(note.names)})" if note.names else ""
    return f"{note.where}: {LEFT_OUT[note.kind]}{named}."


def _money(amount: float) -> str:
    return f"{amount:,.0f}"
