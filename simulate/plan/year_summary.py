"""Many simulated years as one outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from simulate.demand.rates import rates_of
from simulate.plan.dated import Window
from simulate.plan.models import Month
from simulate.plan.ordinary import ad_budget
from simulate.plan.spending import ad_spending
from simulate.plan.year import Year
from simulate.plan.year_days import places_of
from simulate.plan.year_outcome import (
    AMBER,
    RED,
    Spread,
    YearCampaign,
    YearDay,
    YearMonth,
    YearOutcome,
)
from simulate.plan.year_replications import SimulatedYear
from simulate.results.estimates import estimate, short
from simulate.results.outcome import Estimate
from simulate.results.summary import BAND

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Years:
    """R years of D days: figures by year and day, [R, D]; what is expected by day, [D].

    `load` is that of the most loaded place, `place` its index. `visitors` [R, D] spreads those of
    a period over its days as they are expected.
    """

    dates: tuple[date, ...]
    load: Floats
    place: NDArray[np.int64]
    paid: Floats
    kept: Floats
    late: Floats
    sales: Floats
    commission: Floats
    backlog: Floats
    visitors: Floats
    spent: Floats

    def within(self, first: date, last: date) -> slice:
        """Return where the days from `first` to `last` are."""
        return slice((first - self.dates[0]).days, (last - self.dates[0]).days + 1)


def summarise_year(
    year: Year, simulated: Sequence[SimulatedYear], *, fingerprint: str, seed: int
) -> YearOutcome:
    """Return the outcome of some simulations of a year."""
    plan = year.plan.plan
    years = _years(year, simulated)
    target = _target(year)
    budgets = [budget for month in plan.months if (budget := ad_budget(plan, month)) is not None]
    sales = years.sales.sum(axis=1)
    return YearOutcome(
        plan=year.plan.name,
        fingerprint=fingerprint,
        seed=seed,
        replications=len(simulated),
        currency=plan.currency,
        target=target,
        sales=spread(sales, plan.currency),
        reached=reached(sales, target),
        orders=spread(years.paid.sum(axis=1), "orders"),
        ad_budget=short(_year_budget(year, budgets)) if budgets or plan.ad_budget else None,
        ad_spend=short(float(years.spent.sum())),
        on_time_share=_on_time(years, slice(None)),
        days_amber=estimate((years.load > AMBER).sum(axis=1).tolist(), "days"),
        days_red=estimate((years.load > RED).sum(axis=1).tolist(), "days"),
        days=_days(year, years),
        months=tuple(_month(year, years, month) for month in plan.months),
        campaigns=_campaigns(year, years),
        notes=year.notes,
    )


def _year_budget(year: Year, budgets: Sequence[float]) -> float:
    own = year.plan.plan.ad_budget
    return sum(budgets) if own is None else own.amount


def _target(year: Year) -> float | None:
    """Return the year's planned sales: as stated, or as its months add up."""
    plan = year.plan.plan
    if plan.sales is not None:
        return plan.sales.amount
    given = [month.sales.amount for month in plan.months if month.sales is not None]
    return sum(given) if given else None


def spread(values: Floats, unit: str) -> Spread:
    """Return mean and band of one value a year."""
    low, high = np.percentile(values, BAND)
    return Spread(
        mean=short(float(values.mean())), low=short(float(low)), high=short(float(high)), unit=unit
    )


def reached(sales: Floats, target: float | None) -> Estimate | None:
    """Return the share of years whose `sales` reach `target`, with its interval.

    A target of nothing, or none, cannot be missed: None.
    """
    if not target:
        return None
    return estimate((sales >= target).astype(float).tolist(), "share")


def _years(year: Year, simulated: Sequence[SimulatedYear]) -> _Years:
    plan = year.plan.plan
    number = (plan.last - plan.first).days + 1
    loads = np.stack([each.days.loads for each in simulated])
    visitors = np.zeros((len(simulated), number))
    spent = np.zeros(number)
    for index, period in enumerate(year.periods):
        rates = rates_of(period.scenario)
        first = (period.scenario.local(period.scenario.starts).date() - plan.first).days
        expected = np.bincount(rates.day, weights=rates.expected.sum(axis=0))
        days = slice(first, first + len(expected))
        came = np.array([each.visitors[index] for each in simulated])
        if expected.any():
            visitors[:, days] += np.outer(came, expected / expected.sum())
        spent[days] += np.bincount(rates.day, weights=ad_spending(period.scenario, rates))

    def stacked(name: str) -> Floats:
        return np.stack([getattr(each.days, name) for each in simulated])

    return _Years(
        dates=tuple(plan.first + timedelta(days=day) for day in range(number)),
        load=loads.max(axis=1),
        place=loads.argmax(axis=1),
        visitors=visitors,
        spent=spent,
        **{name: stacked(name)
           for name in ("paid", "kept", "late", "sales", "commission", "backlog")},
    )  # fmt: skip


def _on_time(years: _Years, days: slice) -> Estimate | None:
    """Return the share of the orders of some days that came on time."""
    kept, late = years.kept[:, days].sum(axis=1), years.late[:, days].sum(axis=1)
    known = kept > 0
    if not known.any():
        return None
    return estimate((1 - late[known] / kept[known]).tolist(), "share")


def _days(year: Year, years: _Years) -> tuple[YearDay, ...]:
    places = places_of(year.line)
    whose = {
        window.first + timedelta(days=day): window.campaign
        for window in year.windows
        for day in range((window.last - window.first).days + 1)
    }
    return tuple(
        YearDay(
            day=when.isoformat(),
            campaign=whose.get(when),
            load=spread(years.load[:, day], "share"),
            place=places[int(np.bincount(years.place[:, day]).argmax())],
            amber=short(float((years.load[:, day] > AMBER).mean())),
            red=short(float((years.load[:, day] > RED).mean())),
            paid=short(float(years.paid[:, day].mean())),
            late_orders=short(float(years.late[:, day].mean())),
            backlog=short(float(years.backlog[:, day].mean())),
        )
        for day, when in enumerate(years.dates)
    )


def _month(year: Year, years: _Years, month: Month) -> YearMonth:
    plan, days = year.plan.plan, years.within(month.first, month.last)
    sales = years.sales[:, days].sum(axis=1)
    target = None if month.sales is None else month.sales.amount
    budget = ad_budget(plan, month)
    on_time = _on_time(years, days)
    return YearMonth(
        month=month.key,
        stage=month.stage,
        target=target,
        sales=spread(sales, plan.currency),
        reached=reached(sales, target),
        visitors=spread(years.visitors[:, days].sum(axis=1), "visitors"),
        orders=spread(years.paid[:, days].sum(axis=1), "orders"),
        ad_budget=None if budget is None else short(budget),
        ad_spend=short(float(years.spent[days].sum())),
        commission=spread(years.commission[:, days].sum(axis=1), plan.currency),
        on_time_share=None if on_time is None else on_time.mean,
        days_amber=short(float((years.load[:, days] > AMBER).sum(axis=1).mean())),
        days_red=short(float((years.load[:, days] > RED).sum(axis=1).mean())),
    )


def _campaigns(year: Year, years: _Years) -> tuple[YearCampaign, ...]:
    return tuple(_campaign(year, years, window) for window in year.windows)


def _campaign(year: Year, years: _Years, window: Window) -> YearCampaign:
    plan, days = year.plan.plan, years.within(window.first, window.last)
    on_time = _on_time(years, days)
    peaks = np.bincount(years.load[:, days].argmax(axis=1))
    return YearCampaign(
        campaign=window.campaign,
        scenario=year.plan.scenarios[window.campaign].name,
        first=window.first.isoformat(),
        last=window.last.isoformat(),
        orders=spread(years.paid[:, days].sum(axis=1), "orders"),
        sales=spread(years.sales[:, days].sum(axis=1), plan.currency),
        on_time_share=None if on_time is None else on_time.mean,
        peak_load=spread(years.load[:, days].max(axis=1), "share"),
        peak_day=(window.first + timedelta(days=int(peaks.argmax()))).isoformat(),
    )
