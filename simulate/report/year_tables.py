"""Tables about a year: stages and months, campaigns, the fullest days, what is left out."""

from collections.abc import Sequence

from simulate.plan.models import Stage
from simulate.plan.year_outcome import AMBER, RED, Spread, YearCampaign, YearMonth
from simulate.report.escape import escape
from simulate.report.figures import number, value
from simulate.report.grid import Column, heading, markdown_table
from simulate.report.year import YearSubject
from simulate.results.outcome import Estimate
from simulate.scenario.quantities import Money

MOST_DAYS = 15
"""Days in the table of the fullest ones."""


def stages_table(year: YearSubject) -> str:
    """Return one row a stage of the shop's life: its months, targets and budget, what ends it."""
    say = year.words.say
    rows = [
        [
            escape(year.stage(name)),
            _months_of(stage, year),
            _amount(_sum([each.sales for each in stage.months.values()]), year),
            _amount(_budget(stage), year),
            escape(year.text(stage.ends_when)) or say("figures.missing"),
        ]
        for name, stage in year.plan.stages.items()
    ]
    columns = [
        Column(say("year.stage")),
        Column(say("year.months")),
        Column(heading(year.words, say("year.target"), year.plan.currency), right=True),
        Column(heading(year.words, say("year.ad_budget"), year.plan.currency), right=True),
        Column(say("year.ends_when")),
    ]
    return markdown_table(columns, rows)


def months_table(year: YearSubject) -> str:
    """Return one row a month: sales against the target, and how many days are full."""
    say, words, money = year.words.say, year.words, year.outcome.currency
    headings = {
        "reached": "",
        "target": money,
        "sales": money,
        "orders": "",
        "amber": "",
        "red": "",
    }
    columns = [
        Column(say("year.month_column")),
        *(
            Column(heading(words, say(f"year.{key}"), unit), right=True)
            for key, unit in headings.items()
        ),
    ]
    names = year.months_in_order([each.month for each in year.outcome.months])
    rows = zip(names, year.outcome.months, strict=True)
    return markdown_table(columns, [[name, *_month_cells(each, year)] for name, each in rows])


def campaigns_table(year: YearSubject) -> str:
    """Return one row a campaign of the plan, with what its scenario brings in the year."""
    say, missing = year.words.say, year.words.say("figures.missing")
    simulated = {each.campaign: each for each in year.outcome.campaigns}
    rows = []
    for name, campaign in year.plan.campaigns_by_day():
        days = year.days(campaign.first, campaign.last)
        cells = _campaign_cells(simulated[name], year) if name in simulated else [missing] * 4
        rows.append([escape(year.campaign(name)), days, *cells])
    columns = [
        Column(say("year.campaign")),
        Column(say("year.days")),
        Column(say("year.peak")),
        Column(say("year.orders"), right=True),
        Column(heading(year.words, say("year.sales"), year.outcome.currency), right=True),
        Column(say("year.on_time"), right=True),
    ]
    return markdown_table(columns, rows) if rows else say("tables.none")


def busy_days_table(year: YearSubject) -> str:
    """Return the fullest days of the year, in the order of time."""
    say, words = year.words.say, year.words
    fullest = sorted(year.outcome.days, key=lambda day: -day.load.mean)[:MOST_DAYS]
    rows = [
        [
            year.day(day.day),
            load_badge(day.load.mean, year),
            spread(day.load, year),
            escape(year.place(day.place)),
            escape(year.campaign(day.campaign)) if day.campaign else say("year.ordinary"),
            value(day.red, "share", words, decimals=0),
            number(day.paid),
        ]
        for day in sorted(fullest, key=lambda day: day.day)
        if day.load.mean > 0
    ]
    columns = [
        Column(say("year.day")),
        Column(say("year.load")),
        Column(say("year.load_range"), right=True),
        Column(say("year.place")),
        Column(say("year.campaign")),
        Column(say("year.red_share"), right=True),
        Column(say("year.orders"), right=True),
    ]
    return markdown_table(columns, rows) if rows else say("tables.none")


def notes_list(year: YearSubject) -> str:
    """Return what the simulation of the year leaves out or cannot hold, one item each."""
    say = year.words.say
    items = []
    for note in year.outcome.notes:
        where = year.month(note.where) if note.where[:1].isdigit() else year.campaign(note.where)
        text = say(
            f"year.notes.{note.kind}",
            where=escape(where),
            names=say("tables.list_join").join(escape(year.part(name)) for name in note.names),
            planned=number(note.planned or 0.0),
            expected=number(note.expected or 0.0),
        )
        items.append(f"- {text}")
    return "\n".join(dict.fromkeys(items)) or say("year.notes.none")


def load_badge(load: float, year: YearSubject) -> str:
    """Return a load as a word in its colour: amber and red as in the calendar."""
    word = "fail" if load >= RED else "inconclusive" if load >= AMBER else "pass"
    text = value(load, "share", year.words, decimals=0)
    return f'<span class="pb-badge pb-{word}">{text}</span>'


def spread(figure: Spread, year: YearSubject) -> str:
    """Return where nine years of ten lie, such as ``72 to 95 %``."""
    decimals = 0 if figure.unit == "share" else _rounding(figure.high)
    ends = Estimate(mean=figure.mean, low=figure.low, high=figure.high, unit=figure.unit)
    return span_of(ends, decimals, year)


def span_of(ends: Estimate, decimals: int, year: YearSubject) -> str:
    """Return both ends of an interval with one unit, or one of them if they look the same."""
    say, words = year.words.say, year.words
    high = value(ends.high, ends.unit, words, decimals=decimals)
    low = value(ends.low, ends.unit, words, decimals=decimals)
    if low == high:
        return low
    if ends.unit != "share":
        low = number(ends.low, decimals)
    elif words.find("figures.range_repeats_unit") != "yes":
        low = number(100 * ends.low, decimals)
    return say("figures.low_to_high", low=low, high=high)


def about(figure: Spread, year: YearSubject) -> str:
    """Return a mean and in brackets where nine years of ten lie."""
    mean = value(figure.mean, figure.unit, year.words, decimals=_rounding(figure.high))
    return year.words.say("figures.range", mean=mean, interval=spread(figure, year))


def bare_about(figure: Spread, year: YearSubject) -> str:
    """Return a mean and its range without the unit, which the heading names."""
    say, decimals = year.words.say, _rounding(figure.high)
    mean, low, high = (number(each, decimals) for each in (figure.mean, figure.low, figure.high))
    between = low if low == high else say("figures.low_to_high", low=low, high=high)
    return say("figures.range", mean=mean, interval=between)


def _rounding(most: float) -> int:
    """Return decimals that leave three leading digits of a large figure."""
    return -max(0, len(str(int(abs(most)))) - 3)


def _month_cells(month: YearMonth, year: YearSubject) -> list[str]:
    missing = year.words.say("figures.missing")
    return [
        odds(month, year),
        number(month.target, _rounding(month.target)) if month.target is not None else missing,
        bare_about(month.sales, year),
        number(month.orders.mean),
        _days(month.days_amber),
        _days(month.days_red),
    ]


def odds(month: YearMonth, year: YearSubject) -> str:
    """Return the probability of reaching a month's target."""
    if month.reached is None:
        return year.words.say("figures.missing")
    return value(month.reached.mean, "share", year.words, decimals=0)


def _campaign_cells(campaign: YearCampaign, year: YearSubject) -> list[str]:
    on_time = campaign.on_time_share
    return [
        f"{load_badge(campaign.peak_load.mean, year)} {year.day(campaign.peak_day)}",
        number(campaign.orders.mean),
        bare_about(campaign.sales, year),
        value(on_time, "share", year.words) if on_time is not None else "–",
    ]


def _months_of(stage: Stage, year: YearSubject) -> str:
    keys = sorted(stage.months)
    return year.month(keys[0]) if len(keys) < 2 else year.month_span(keys[0], keys[-1])


def _budget(stage: Stage) -> float | None:
    if stage.ad_budget is not None:
        return stage.ad_budget.amount
    return _sum([each.ad_budget for each in stage.months.values()])


def _sum(amounts: Sequence[Money | None]) -> float | None:
    given = [each.amount for each in amounts if each is not None]
    return sum(given) if given else None


def _amount(amount: float | None, year: YearSubject) -> str:
    return year.words.say("figures.missing") if amount is None else number(amount)


def _days(days: float) -> str:
    return number(days, 0 if abs(days - round(days)) < 0.05 else 1)
