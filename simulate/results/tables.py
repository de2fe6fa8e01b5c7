"""Many replications as tables: lateness by promise, people, the courier's visits, costs."""

from collections.abc import Sequence

import numpy as np

from simulate.results.costs import DESK, PEOPLE, Item
from simulate.results.estimates import estimate, short
from simulate.results.labour import hours_of
from simulate.results.leads import promise_classes
from simulate.results.outcome import (
    ClassLateness,
    CostItem,
    CourierVisit,
    Crew,
    Estimate,
)
from simulate.results.replication import Replication
from simulate.results.spending import AD_KINDS
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import UNLIMITED, Floats
from simulate.warehouse.log import Duty

SPAN = (5, 95)
"""Percentiles over replications of what a visit takes."""


def late_by_class(
    scenario: Scenario, replications: Sequence[Replication]
) -> tuple[ClassLateness, ...]:
    """Return a row for each promise class, in the order of the scenario."""
    rows = []
    for row, each in enumerate(promise_classes(scenario)):
        orders, on_time, p90 = np.array([one.classes[row] for one in replications]).T
        some = orders > 0
        shares = (on_time[some] / orders[some]).tolist()
        rows.append(
            ClassLateness(
                group=each.group,
                shop=each.shop,
                in_window=each.in_window,
                orders=estimate(orders.tolist(), "orders"),
                late_orders=estimate((orders - on_time).tolist(), "orders"),
                on_time_share=estimate(shares, "share") if shares else None,
                lead_time_p90=estimate(p90[some].tolist(), "hours") if shares else None,
            )
        )
    return tuple(rows)


def crews(
    scenario: Scenario, replications: Sequence[Replication], starts: Sequence[float]
) -> tuple[Crew, ...]:
    """Return a row for each shift, ordered overtime and call-in, by pool.

    `starts` of the hours of the run. What falls due in an hour is held against everybody of the
    pool who is at work in it.
    """
    rows = []
    for index, (pool, roster) in enumerate(scenario.pools.items()):
        names = [("shift", name) for name in roster.shifts]
        names += [("overtime", name) for name in roster.shifts if roster.overtime is not None]
        names += [("call-in", name) for name in roster.call_ins]
        for kind, name in names:
            duties = [
                [d for d in one.duties if (d.pool, d.kind, d.name) == (index, kind, name)]
                for one in replications
            ]
            if any(duties):
                needed, gap, busiest = _needed(replications, pool, kind, duties, starts)
                rows.append(
                    Crew(
                        pool=pool,
                        kind=kind,
                        shift=name,
                        planned=_a_day(duties, "planned"),
                        came=_a_day(duties, "came"),
                        needed=needed,
                        gap=gap,
                        busiest=busiest,
                        hours=estimate([sum(map(hours_of, own)) for own in duties], "hours"),
                    )
                )
    return tuple(rows)


def _needed(
    replications: Sequence[Replication],
    pool: str,
    kind: str,
    duties: Sequence[Sequence[Duty]],
    starts: Sequence[float],
) -> tuple[Estimate | None, Estimate | None, float | None]:
    """Return people needed in a shift's busiest hour, those missing, and the hour's start."""
    due = np.array([one.series[f"due/{pool}"][: len(starts)] for one in replications])
    hour = _busiest(duties, due.mean(axis=0), starts) if kind == "shift" else None
    if hour is None:
        return None, None, None
    there = np.nan_to_num([one.series[f"staff/{pool}"][hour] for one in replications])
    missing = np.maximum(0, due[:, hour] - there)
    return (
        estimate(due[:, hour].tolist(), "people"),
        estimate(missing.tolist(), "people"),
        starts[hour],
    )


def _a_day(duties: Sequence[Sequence[Duty]], what: str) -> Estimate:
    """Return the mean people of a duty, over the replications that have any."""
    return estimate(
        [float(np.mean([getattr(duty, what) for duty in own])) for own in duties if own], "people"
    )


def _busiest(duties: Sequence[Sequence[Duty]], due: Floats, starts: Sequence[float]) -> int | None:
    """Return the hour that begins in a shift and in which most work falls due, None for none."""
    begins = np.array(starts)
    inside = np.zeros(len(begins), np.bool_)
    for first, last in {(duty.starts, duty.ends) for own in duties for duty in own}:
        inside |= (begins >= first) & (begins < last)
    if not inside.any():
        return None
    return int(np.argmax(np.where(inside, due, -1.0)))


def courier_visits(
    scenario: Scenario, replications: Sequence[Replication]
) -> tuple[CourierVisit, ...]:
    """Return a row for each planned visit, over the replications that lasted until it."""
    if scenario.courier is None:
        return ()
    found: dict[tuple[float, str], list[tuple[float, float, float, float]]] = {}
    for one in replications:
        for visit, waiting in zip(one.visits, one.waiting.tolist(), strict=True):
            told = (visit.came, float(visit.capacity), float(visit.taken), waiting)
            found.setdefault((visit.planned, visit.name), []).append(told)
    rows = []
    for (planned, name), told_by_all in sorted(found.items()):
        came, capacity, taken, waiting = np.array(told_by_all).T
        room = float(capacity.mean())
        low, high = np.percentile(taken, SPAN)
        rows.append(
            CourierVisit(
                name=name,
                planned=planned,
                capacity=short(room) if room < UNLIMITED / 2 else None,
                taken=Estimate(
                    mean=short(float(taken.mean())),
                    low=short(float(low)),
                    high=short(float(high)),
                    unit="orders",
                ),
                waiting=short(float(waiting.mean())),
                late_share=short(float(np.mean(came > planned))),
                missed_share=short(float(np.mean(np.isnan(came)))),
            )
        )
    return tuple(rows)


def cost_items(scenario: Scenario, replications: Sequence[Replication]) -> tuple[CostItem, ...]:
    """Return what each thing costs: people by pool, what is for all orders, and each channel."""
    kinds = (*PEOPLE, DESK, "courier", "material", "compensation", *AD_KINDS)
    channels, pools = list(scenario.channels), list(scenario.pools)

    def place(item: Item) -> tuple[int, int, int]:
        kind, whose, _ = item
        if kind in AD_KINDS:
            return 2, channels.index(whose or ""), kinds.index(kind)
        return int(whose is None), pools.index(whose) if whose else 0, kinds.index(kind)

    return tuple(
        CostItem(
            kind=kind,
            pool=None if kind in AD_KINDS else whose,
            shift=shift,
            channel=whose if kind in AD_KINDS else None,
            cost=estimate(
                [one.costs.get((kind, whose, shift), 0.0) for one in replications],
                scenario.currency,
            ),
        )
        for kind, whose, shift in sorted(
            {item: None for one in replications for item in one.costs}, key=place
        )
    )
