"""What ads cost in each month against the budget."""

from typing import Any

from simulate.plan.year_outcome import YearMonth
from simulate.report.charts.figure import Figure, finish, with_unit
from simulate.report.charts.year_bars import HEIGHT, Bar, year_bars
from simulate.report.figures import value
from simulate.report.grid import Column, csv_text
from simulate.report.year import YearSubject

NAME = "spending"
STATES = ("good", "bad", "none")
"""Months within their budget, above it, without one."""

NEAR = 1.005
"""Spending of a month that exceeds its budget by less is within it: a matter of rounding."""


def draw(year: YearSubject) -> Figure:
    """Return the chart of spending."""
    say = year.words.say
    headings = ("ad_budget", "ad_spend", "commission")
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="budget",
        still=finish(_chart(year, live=False), HEIGHT),
        live=finish(_chart(year, live=True), HEIGHT, wide=True),
        alt=_finding(year),
        title=say("charts.spending.title"),
        explanation=say("charts.spending.explanation"),
        columns=[
            Column(say("year.month_column")),
            *(Column(say(f"year.{each}"), right=True) for each in headings),
        ],
        rows=[
            [
                year.month(each.month),
                _money(each.ad_budget, year),
                _money(each.ad_spend, year),
                _money(each.commission.mean, year),
            ]
            for each in year.outcome.months
        ],
        csv=_csv(year),
    )


def state_of(month: YearMonth) -> str:
    """Return whether a month keeps to its budget."""
    if month.ad_budget is None:
        return "none"
    return "good" if month.ad_spend <= NEAR * month.ad_budget else "bad"


def _chart(year: YearSubject, *, live: bool) -> Any:
    say = year.words.say
    bars = [
        Bar(
            month=each.month,
            amount=each.ad_spend,
            mark=each.ad_budget,
            state=state_of(each),
            tips={
                say("year.ad_spend"): _money(each.ad_spend, year),
                say("year.ad_budget"): _money(each.ad_budget, year),
                say("year.commission"): _money(each.commission.mean, year),
            },
        )
        for each in year.outcome.months
    ]
    labels = {state: say(f"charts.spending.{state}") for state in STATES}
    return year_bars(year, bars, labels, say("year.ad_spend"), live=live)


def _finding(year: YearSubject) -> str:
    say, outcome = year.words.say, year.outcome
    text = say(
        "charts.spending.alt",
        spend=_money(outcome.ad_spend, year),
        budget=_money(outcome.ad_budget, year),
    )
    over = [each for each in outcome.months if state_of(each) == "bad"]
    if not over:
        return text + say("charts.spending.alt_within")
    worst = max(over, key=lambda each: each.ad_spend - (each.ad_budget or 0.0))
    return text + say(
        "charts.spending.alt_over",
        count=str(len(over)),
        month=year.month(worst.month),
        spend=_money(worst.ad_spend, year),
        budget=_money(worst.ad_budget, year),
    )


def _money(amount: float | None, year: YearSubject) -> str:
    if amount is None:
        return year.words.say("figures.missing")
    return value(amount, year.outcome.currency, year.words, decimals=-2 if amount else 0)


def _csv(year: YearSubject) -> str:
    say, currency = year.words.say, year.outcome.currency
    headings = [
        say("year.month_column"),
        *(
            with_unit(year, say(f"year.{each}"), currency)
            for each in ("ad_budget", "ad_spend", "commission")
        ),
    ]
    rows = [
        [each.month, each.ad_budget, each.ad_spend, each.commission.mean]
        for each in year.outcome.months
    ]
    return csv_text(headings, rows)
