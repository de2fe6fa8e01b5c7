"""The year cut into stretches, each with a demand of its own: campaigns, and what lies between."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from simulate.demand.rates import rates_of
from simulate.plan.dated import ONE_DAY, Window
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import AnnualPlan, Month
from simulate.plan.notes import Note
from simulate.plan.ordinary import Brought, ordinary_days
from simulate.plan.spending import ad_spending
from simulate.scenario.clock import wall_seconds
from simulate.scenario.problems import InputError, Problem
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of the year whose visitors one scenario draws.

    `name` is a campaign's, or ``2026-12/2`` for the second stretch of a month's ordinary days;
    `campaign` is None for these. `month` is the month in which it begins; `offset` its start in
    seconds since that of the year. Only what the scenario says about demand counts here.
    """

    name: str
    campaign: str | None
    month: str
    offset: float
    scenario: Scenario


def cut(loaded: LoadedPlan, shop: Scenario) -> tuple[list[Period], list[Window], list[Note]]:
    """Return the year's periods in the order of time, the campaigns' days, and what to note.

    A campaign's traffic replaces all other traffic between its start and its end. Raises
    InputError if two campaigns overlap, or one lies outside the year or in another time zone.
    """
    campaigns = _campaigns(loaded, shop)
    found = [
        _period(name, name, scenario, shop, loaded.plan) for name, scenario in campaigns.items()
    ]
    notes: list[Note] = []
    brought = _brought(loaded.plan, campaigns)
    for month in loaded.plan.months:
        spans = list(_between(shop, month, campaigns.values()))
        parts, said = ordinary_days(shop, loaded.plan, month, spans, brought[month.key])
        notes += said
        for number, part in enumerate(parts):
            if rates_of(part).expected.any():  # a month of rest has no orders
                name = f"{month.key}/{number + 1}"
                found.append(_period(name, None, part, shop, loaded.plan))
    found.sort(key=lambda period: period.offset)
    return found, list(_windows(campaigns)), notes


def _campaigns(loaded: LoadedPlan, shop: Scenario) -> dict[str, Scenario]:
    """Return the scenario of each campaign that has one, in the order of time."""
    scenarios = {name: each.scenario for name, each in loaded.scenarios.items()}
    ordered = dict(sorted(scenarios.items(), key=lambda item: (item[1].starts, item[0])))
    problems = []

    def refuse(name: str, message: str) -> None:
        place = loaded.place(("campaigns", name, "scenario"))
        problems.append(Problem(place, message))

    before: str | None = None
    year = shop.traffic_seconds
    for name, scenario in ordered.items():
        title = loaded.plan.campaigns[name].scenario
        if (scenario.timezone, scenario.currency) != (shop.timezone, shop.currency):
            refuse(name, f"`{title}` is in another time zone or currency than the shop: the year "
                         "has one of each")  # fmt: skip
        elif scenario.seconds(shop.starts) > 0 or shop.seconds(scenario.ends) > year:
            span = f"{scenario.starts:%Y-%m-%d} to {scenario.ends:%Y-%m-%d}"
            refuse(name, f"`{title}`, {span}, is not inside the year, {loaded.plan.first} to "
                         f"{loaded.plan.last}")  # fmt: skip
        elif before is not None and ordered[before].ends > scenario.starts:
            refuse(name, f"`{title}` starts on {scenario.starts:%Y-%m-%d %H:%M}, before `{before}` "
                         f"has ended, {ordered[before].ends:%Y-%m-%d %H:%M}: in a year one "
                         "campaign follows the other")  # fmt: skip
        before = name
    if problems:
        raise InputError(*problems)
    return ordered


def _period(
    name: str, campaign: str | None, scenario: Scenario, shop: Scenario, plan: AnnualPlan
) -> Period:
    month = plan.month_of(shop.local(scenario.starts).date())
    assert month is not None
    quiet = {"opening_backlog": None, "controller": None}
    return Period(
        name=name,
        campaign=campaign,
        month=month.key,
        offset=shop.seconds(scenario.starts),
        scenario=scenario.model_copy(update=quiet),
    )


def _brought(plan: AnnualPlan, campaigns: Mapping[str, Scenario]) -> dict[str, Brought]:
    """Return what all campaigns together bring to each month."""
    visitors = dict.fromkeys((month.key for month in plan.months), 0.0)
    spent = dict(visitors)
    for scenario in campaigns.values():
        rates = rates_of(scenario)
        first = scenario.local(scenario.starts).date()
        months = [
            _month_key(first + timedelta(days=int(day))) for day in range(rates.day.max() + 1)
        ]
        expected = np.bincount(rates.day, weights=rates.expected.sum(axis=0))
        money = np.bincount(rates.day, weights=ad_spending(scenario, rates))
        for key, people, amount in zip(months, expected.tolist(), money.tolist(), strict=True):
            visitors[key] += people
            spent[key] += amount
    return {key: Brought(visitors[key], spent[key]) for key in visitors}


def _month_key(day: date) -> str:
    return f"{day:%Y-%m}"


def _between(
    shop: Scenario, month: Month, campaigns: Iterable[Scenario]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches of a month that no campaign has, from moment to moment."""
    starts = _midnight(shop, month.first)
    ends = _midnight(shop, month.last + ONE_DAY)
    for scenario in campaigns:
        if scenario.ends <= starts or scenario.starts >= ends:
            continue
        if scenario.starts > starts:
            yield starts, scenario.starts
        starts = max(starts, scenario.ends)
    if starts < ends:
        yield starts, ends


def _midnight(shop: Scenario, day: date) -> datetime:
    return datetime.fromtimestamp(shop.starts.timestamp() + wall_seconds(shop, day, 0), shop.zone)


def _windows(campaigns: Mapping[str, Scenario]) -> Iterator[Window]:
    """Yield the local days of each campaign; a day on which two meet belongs to the first."""
    free: date | None = None
    for name, scenario in campaigns.items():
        first = scenario.local(scenario.starts).date()
        last = scenario.local(scenario.ends - timedelta(seconds=1)).date()
        if free is not None:
            first = max(first, free)
        if first <= last:
            yield Window(name, first, last)
            free = last + ONE_DAY
