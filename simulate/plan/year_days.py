"""One simulated year by day: how full the line is, what is sold, what comes late."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import Orders
from simulate.results import occupancy
from simulate.results.passage import Passage
from simulate.results.tally import tally
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ERP = "erp"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDays:
    """D days of one simulated year; an order counts on the day on which it is paid.

    `loads[P, D]`: work that falls due in a day as a share of what the people at work on that day
    can do, by pool, and last by ERP, if it has a limit: see `places_of`. `paid`: orders; `sales`:
    value of those that were not cancelled; `kept`: their number; `late`: those of them not
    collected by their deadline; `backlog`: mean number paid and not dispatched. `commission`: what
    affiliates get of the sales.
    """

    loads: Floats
    paid: Floats
    kept: Floats
    late: Floats
    sales: Floats
    commission: Floats
    backlog: Floats


def places_of(line: Scenario) -> tuple[str, ...]:
    """Return what can be loaded: the labour pools, and the ERP if it has a limit."""
    erp = line.erp
    return (*line.pools, ERP) if erp and (erp.per_day or erp.per_hour) else tuple(line.pools)


def year_days(line: Scenario, orders: Orders, way: Passage, edges: Floats) -> YearDays:
    """Return the days that begin and end at `edges`, in seconds since the year's start."""
    day = np.searchsorted(edges, way.paid, side="right") - 1
    inside = (day >= 0) & (day < len(edges) - 1)

    def by_day(which: NDArray[np.bool_], weights: Floats | None = None) -> Floats:
        those = which & inside
        amounts = None if weights is None else weights[those]
        found: Floats = np.bincount(day[those], amounts, len(edges) - 1).astype(np.float64)
        return found

    shares = np.array([channel.commission for channel in line.channels.values()])
    earned = orders.value * np.where(orders.channel >= 0, shares[orders.channel], 0.0)
    is_late = way.kept & ~way.on_time & np.isfinite(way.deadline)
    return YearDays(
        loads=_loads(line, way, edges),
        paid=by_day(np.ones(len(day), np.bool_)),
        kept=by_day(way.kept),
        late=by_day(is_late),
        sales=by_day(way.kept, orders.value),
        commission=by_day(way.kept, earned),
        backlog=occupancy.mean_present(way.ready, way.left, edges),
    )


def _loads(line: Scenario, way: Passage, edges: Floats) -> Floats:
    """Return the loads of all pools and of the ERP."""
    due_by_station = tally(way, edges, way.ended).due_by_hour
    until = np.minimum(edges, way.ended)
    rows = []
    for pool in range(len(way.line.pools)):
        due = due_by_station[way.line.pool_of == pool].sum(axis=0)
        at_work = occupancy.steps_between(*way.log.steps(pool), until)
        rows.append(load_of(due, at_work))
    if len(places_of(line)) > len(rows):
        rows.append(occupancy.counts(way.ready, edges) / _cap(line))
    return np.stack(rows)


def _cap(line: Scenario) -> float:
    """Return how many orders the ERP releases in a day at most."""
    assert line.erp is not None
    caps = [np.inf]
    if line.erp.per_hour:
        caps.append(24.0 * line.erp.per_hour)
    if line.erp.per_day:
        caps.append(float(line.erp.per_day))
    return min(caps)


def load_of(due: Floats, at_work: Floats) -> Floats:
    """Return work due by work possible, day by day, both in person-seconds.

    What falls due on a day on which nobody works is due on the next day on which somebody does;
    if there is none any more, its own day is full.
    """
    load = np.zeros(len(due))
    waiting = 0.0
    since: list[int] = []
    for day, (work, people) in enumerate(zip(due.tolist(), at_work.tolist(), strict=True)):
        if people > 0:
            load[day] = (work + waiting) / people
            waiting, since = 0.0, []
        elif work > 0:
            waiting += work
            since.append(day)
    load[since] = 1.0
    return load
