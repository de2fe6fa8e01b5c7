"""Sales of each month against its target, with the range of nine years in ten."""

from typing import Any

from simulate.plan.year_outcome import YearMonth
from simulate.report.charts.figure import Figure, finish, with_unit
from simulate.report.charts.year_bars import HEIGHT, Bar, year_bars
from simulate.report.figures import value
from simulate.report.grid import Column, csv_text
from simulate.report.year import YearSubject
from simulate.report.year_tables import about, odds

NAME = "months"
STATES = ("good", "amber", "bad", "none")
"""Targets with at least even odds, with less, with hardly any; months without one."""

EVEN, HARDLY = 0.5, 0.2
"""Probability of reaching a target at which the odds are even, and below which it is unlikely."""


def draw(year: YearSubject) -> Figure:
    """Return the chart of the months."""
    say = year.words.say
    headings = ("target", "sales", "reached")
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="states",
        still=finish(_chart(year, live=False), HEIGHT),
        live=finish(_chart(year, live=True), HEIGHT, wide=True),
        alt=_finding(year),
        title=say("charts.months.title"),
        explanation=say("charts.months.explanation"),
        columns=[
            Column(say("year.month_column")),
            *(Column(say(f"year.{each}"), right=True) for each in headings),
        ],
        rows=[
            [year.month(each.month), _target(each, year), about(each.sales, year),
             odds(each, year)]
            for each in year.outcome.months
        ],
        csv=_csv(year),
    )  # fmt: skip


def state_of(month: YearMonth) -> str:
    """Return how likely a month is to reach its target."""
    if month.reached is None:
        return "none"
    share = month.reached.mean
    return "good" if share >= EVEN else "amber" if share >= HARDLY else "bad"


def _chart(year: YearSubject, *, live: bool) -> Any:
    say = year.words.say
    bars = [
        Bar(
            month=each.month,
            amount=each.sales.mean,
            low=each.sales.low,
            high=each.sales.high,
            mark=each.target,
            state=state_of(each),
            tips={
                say("year.sales"): about(each.sales, year),
                say("year.target"): _target(each, year),
                say("year.reached"): odds(each, year),
            },
        )
        for each in year.outcome.months
    ]
    labels = {state: say(f"charts.months.{state}") for state in STATES}
    return year_bars(year, bars, labels, say("year.sales"), live=live)


def _finding(year: YearSubject) -> str:
    say, words = year.words.say, year.words
    asked = [each for each in year.outcome.months if each.target and each.reached]
    even = [each for each in asked if state_of(each) == "good"]
    text = say("charts.months.alt", all=str(len(asked)), even=str(len(even)))
    if not asked:
        return text
    worst = min(asked, key=lambda each: each.reached.mean if each.reached else 1.0)
    return text + say(
        "charts.months.alt_worst",
        month=year.month(worst.month),
        odds=odds(worst, year),
        sales=value(worst.sales.mean, worst.sales.unit, words, decimals=-3),
        target=_target(worst, year),
    )


def _target(month: YearMonth, year: YearSubject) -> str:
    if month.target is None:
        return year.words.say("figures.missing")
    return value(month.target, year.outcome.currency, year.words, decimals=0)


def _csv(year: YearSubject) -> str:
    say, currency = year.words.say, year.outcome.currency
    sales = say("year.sales")
    headings = [
        say("year.month_column"),
        with_unit(year, say("year.target"), currency),
        with_unit(year, sales, currency),
        with_unit(year, say("charts.low", name=sales), currency),
        with_unit(year, say("charts.high", name=sales), currency),
        with_unit(year, say("year.reached"), "share"),
        with_unit(year, say("year.visitors"), "visitors"),
        with_unit(year, say("year.orders"), "orders"),
    ]
    rows = [
        [
            each.month, each.target, each.sales.mean, each.sales.low, each.sales.high,
            None if each.reached is None else 100 * each.reached.mean,
            each.visitors.mean, each.orders.mean,
        ]
        for each in year.outcome.months
    ]  # fmt: skip
    return csv_text(headings, rows)
