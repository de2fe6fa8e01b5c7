"""The answer first: will the year reach its target, and can the line carry it."""

from simulate.report.figures import number, value
from simulate.report.year import YearSubject
from simulate.report.year_tables import about, span_of
from simulate.results.outcome import Estimate, VerdictWord

LIKELY, UNLIKELY = 0.8, 0.2
"""Probability of reaching the target from which it is likely, and below which it is not."""


def year_verdict(year: YearSubject) -> str:
    """Return the box with the probability of reaching the year's target, and what it rests on."""
    word = _word(year.outcome.reached)
    lead = year.words.say(f"year.lead.{word}")
    parts = [
        f'<div class="pb-verdict pb-{word}" markdown>',
        f"**{lead}** {probability(year)}",
        strain(year),
        money(year),
        "</div>",
    ]
    return "\n\n".join(part for part in parts if part)


def probability(year: YearSubject) -> str:
    """Return in one sentence how likely the target is, and what is sold."""
    say, outcome = year.words.say, year.outcome
    sales = about(outcome.sales, year)
    if outcome.reached is None or outcome.target is None:
        return say("year.sells", sales=sales)
    return say(
        "year.probability",
        target=value(outcome.target, outcome.currency, year.words, decimals=0),
        share=value(outcome.reached.mean, "share", year.words, decimals=0),
        interval=span_of(outcome.reached, 0, year),
        sales=sales,
    )


def strain(year: YearSubject) -> str:
    """Return in one sentence how many days are too full, and which is the fullest."""
    outcome = year.outcome
    fullest = max(outcome.days, key=lambda day: day.load.mean)
    return year.words.say(
        "year.strain",
        amber=number(outcome.days_amber.mean, 1),
        red=number(outcome.days_red.mean, 1),
        day=year.day(fullest.day),
        load=value(fullest.load.mean, "share", year.words, decimals=0),
        place=year.place(fullest.place),
    )


def money(year: YearSubject) -> str:
    """Return in one sentence what ads cost against their budget, or nothing without one."""
    outcome = year.outcome
    if outcome.ad_budget is None:
        return ""
    over = outcome.ad_spend > outcome.ad_budget
    return year.words.say(
        "year.money_over" if over else "year.money",
        spend=value(outcome.ad_spend, outcome.currency, year.words, decimals=-3),
        budget=value(outcome.ad_budget, outcome.currency, year.words, decimals=0),
    )


def _word(reached: Estimate | None) -> VerdictWord:
    if reached is None:
        return "none"
    if reached.mean >= LIKELY:
        return "pass"
    return "inconclusive" if reached.mean >= UNLIKELY else "fail"
