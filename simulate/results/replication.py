"""Measures and hourly series of one replication, each with its definition."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import OrderBook, Orders
from simulate.results import occupancy
from simulate.results.overtime import overtime_by_station
from simulate.results.passage import Passage
from simulate.scenario.scenario import Scenario
from simulate.warehouse.timetable import staffing

Floats = NDArray[np.float64]

CLEARED = 0.05
"""Share of its peak at which a backlog counts as gone."""

PAYMENT_STRETCH = 6 * 3600.0
"""Lead times are shown for orders paid in stretches of this many seconds."""

LEAD_BIN = 900.0
"""Width in seconds of the bins in which lead times are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Each pool's staffing as steps, in the order of the pools, and hour edges of the run."""

    steps: tuple[tuple[Floats, NDArray[np.int64]], ...]
    edges: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Replication:
    """What one replication says.

    `measures`: name to value, NaN where there is none. `series`: one value an hour.
    `peak_at`, `cleared_at`:
    seconds since the start, NaN if never. `leads[k, b]`: orders paid in stretch k with a lead
    time in bin b; `promised[k]`, `paid[k]`: sum of promised seconds and orders in stretch k.
    """

    measures: dict[str, float]
    series: dict[str, Floats]
    peak_at: float
    cleared_at: float
    leads: NDArray[np.int64]
    promised: Floats
    paid: NDArray[np.int64]


def roster_of(scenario: Scenario, edges: Floats) -> Roster:
    """Return the staffing of every pool of the scenario."""
    return Roster(
        steps=tuple(staffing(scenario, pool) for pool in scenario.pools.values()), edges=edges
    )


def measure(
    scenario: Scenario, book: OrderBook, orders: Orders, way: Passage, roster: Roster
) -> Replication:
    """Return the measures, series and lead times of one replication."""
    backlog, peak_at, cleared_at = _backlog(way)
    stations = _stations(scenario, way, roster)
    leads, promised, paid = _leads(scenario, way)
    return Replication(
        measures=_funnel(scenario, book, orders, way) | _lead_measures(way) | backlog | stations,
        series=_series(way, roster, tuple(scenario.pools)),
        peak_at=peak_at,
        cleared_at=cleared_at,
        leads=leads,
        promised=promised,
        paid=paid,
    )


def _funnel(scenario: Scenario, book: OrderBook, orders: Orders, way: Passage) -> dict[str, float]:
    """From visitors to orders collected on time; sales are the value of orders paid anew."""
    fresh = ~orders.opening
    on_time = int(way.on_time.sum())
    total = len(orders)
    spend = sum(
        channel.spend.amount * _days_on(scenario, channel.phases)
        for channel in scenario.channels.values()
        if channel.spend is not None
    )
    return {
        "visitors": float(book.visitors),
        "enquiries": float(book.enquiries),
        "placed_orders": float(np.count_nonzero(~book.opening)),
        "paid_orders": float(np.count_nonzero(fresh)),
        "opening_orders": float(np.count_nonzero(orders.opening)),
        "dispatched_orders": float(np.count_nonzero(~np.isnan(way.dispatched))),
        "collected_orders": float(np.count_nonzero(~np.isnan(way.collected))),
        "cancelled_orders": 0.0,
        "unfinished_orders": float(np.count_nonzero(np.isnan(way.collected))),
        "on_time_share": on_time / total if total else np.nan,
        "late_orders": float(total - on_time),
        "sales": float(orders.value[fresh].sum()),
        "ad_spend": spend,
    }


def _days_on(scenario: Scenario, phases: tuple[str, ...] | None) -> float:
    """Return for how many days of the campaign a channel limited to `phases` is on."""
    if phases is None:
        return scenario.traffic_seconds / 86400
    on = [scenario.phases[name] for name in phases]
    return sum(scenario.seconds(each.ends) - scenario.seconds(each.starts) for each in on) / 86400


def _lead_measures(way: Passage) -> dict[str, float]:
    """Lead times in hours; those of orders still inside count up to the end of the run."""
    if len(way.paid) == 0:
        return dict.fromkeys(
            ("lead_time_mean", "lead_time_p50", "lead_time_p90", "lead_time_p99"), np.nan
        )
    hours = way.lead_times / 3600
    p50, p90, p99 = np.quantile(hours, (0.5, 0.9, 0.99))
    return {
        "lead_time_mean": float(hours.mean()),
        "lead_time_p50": float(p50),
        "lead_time_p90": float(p90),
        "lead_time_p99": float(p99),
    }


def _backlog(way: Passage) -> tuple[dict[str, float], float, float]:
    """Return the peak of paid, undispatched orders, and how it goes away."""
    most, at = occupancy.peak(way.ready, way.dispatched)
    cleared = occupancy.first_time_at_most(way.ready, way.dispatched, CLEARED * most, at)
    if most == 0:
        cleared = at
    gone = way.ended if cleared is None else cleared
    measures = {
        "peak_backlog": float(most),
        "peak_backlog_at": at / 3600,
        "backlog_clearance": (gone - at) / 3600,
    }
    return measures, at, np.nan if cleared is None else cleared


def _stations(scenario: Scenario, way: Passage, roster: Roster) -> dict[str, float]:
    """Return waiting and utilisation of each station, and all overtime in person-hours.

    Waiting of an order still in the queue counts up to the end of the run. Utilisation is the
    work within the staffed level over the time that the station's pool is staffed, from the
    start until traffic has ended and the last order has left the line.
    """
    left = way.ended if np.isnan(way.dispatched).any() else np.max(way.dispatched, initial=0.0)
    horizon = np.array([0.0, max(float(left), scenario.traffic_seconds)])
    measures: dict[str, float] = {}
    overtime = 0.0
    for pool, (times, people) in enumerate(roster.steps):
        staffed = float(occupancy.steps_between(times, people, horizon)[0])
        beyond = overtime_by_station(way, pool, times, people)
        overtime += float(beyond.sum())
        for station in np.flatnonzero(way.line.pool_of == pool):
            name = way.line.stations[station]
            busy = float(
                occupancy.person_time(way.started[station], way.finished[station], horizon)[0]
            )
            queued = way.queued[station]
            reached = ~np.isnan(queued)
            until = np.where(np.isnan(way.started[station]), way.ended, way.started[station])
            waits = (until - queued)[reached]
            measures[f"wait_{name}_mean"] = float(waits.mean()) if len(waits) else np.nan
            measures[f"utilisation_{name}"] = (
                (busy - float(beyond[station])) / staffed if staffed else np.nan
            )
    measures["overtime"] = overtime / 3600
    return measures


def _series(way: Passage, roster: Roster, pools: tuple[str, ...]) -> dict[str, Floats]:
    """Return every hourly series: counts in the hour, or means over it."""
    edges = roster.edges
    series = {
        "paid": occupancy.counts(way.paid, edges),
        "released": occupancy.counts(way.released, edges),
        "dispatched": occupancy.counts(way.dispatched, edges),
        "collected": occupancy.counts(way.collected, edges),
        "backlog": occupancy.mean_present(way.ready, way.dispatched, edges),
        "backlog/erp": occupancy.mean_present(way.ready, way.released, edges),
    }
    for station, name in enumerate(way.line.stations):
        started, finished = way.started[station], way.finished[station]
        series[f"backlog/{name}"] = occupancy.mean_present(way.queued[station], finished, edges)
        series[f"busy/{name}"] = occupancy.mean_present(started, finished, edges)
    if way.line.has_courier:
        series["dock"] = occupancy.mean_present(way.dispatched, way.collected, edges)
    for name, (times, people) in zip(pools, roster.steps, strict=True):
        series[f"staff/{name}"] = occupancy.steps_between(times, people, edges) / np.diff(edges)
    return series


def _leads(scenario: Scenario, way: Passage) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64]]:
    """Count orders by stretch of payment and bin of lead time; opening orders are left out."""
    fresh = way.paid >= 0
    stretches = int(np.ceil(scenario.traffic_seconds / PAYMENT_STRETCH))
    bins = int(np.ceil(scenario.limit_seconds / LEAD_BIN)) + 1
    stretch = np.minimum(way.paid[fresh] // PAYMENT_STRETCH, stretches - 1).astype(np.int64)
    lead = np.minimum(way.lead_times[fresh] // LEAD_BIN, bins - 1).astype(np.int64)
    counted = np.bincount(stretch * bins + lead, minlength=stretches * bins).astype(np.int64)
    allowed = way.deadline[fresh] - way.paid[fresh]
    promised = np.bincount(stretch, weights=allowed, minlength=stretches).astype(np.float64)
    paid = np.bincount(stretch, minlength=stretches).astype(np.int64)
    return counted.reshape(stretches, bins), promised, paid
