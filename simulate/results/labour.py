"""People: who was on duty, who was missing, and who stayed longer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.results.overtime import beyond
from simulate.results.passage import Passage
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats, Ints
from simulate.warehouse.log import Duty, Log

OVERTIME = "overtime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labour:
    """Measures of people; `in_hand[P]`: person-hours after the end of any duty, by pool."""

    measures: dict[str, float]
    in_hand: Floats


def duty_steps(log: Log, pool: int) -> tuple[Floats, Ints]:
    """Return as steps how many of a pool are on duty, in a break or not; 0 from 0 on."""
    duties = [duty for duty in log.duties if duty.pool == pool]
    times = np.array([0.0, *(d.starts for d in duties), *(d.ends for d in duties)])
    gains = np.array([0, *(d.came for d in duties), *(-d.came for d in duties)], np.int64)
    marks, place = np.unique(times, return_inverse=True)
    change = np.zeros(len(marks), np.int64)
    np.add.at(change, place, gains)
    return marks, np.cumsum(change)


def hours_of(duty: Duty) -> float:
    """Return the person-hours of a duty, breaks included."""
    return (duty.ends - duty.starts) / 3600 * duty.came


def labour(scenario: Scenario, way: Passage, leads: NDArray[np.bool_]) -> Labour:
    """Return the measures of people, in person-hours or counts.

    `overtime`: all ordered overtime, and work on orders in hand after the end of a duty.
    `absences`: people on a roster who did not come, one a duty. `moves`: people sent from one
    station to another. `outage_hours`: machine-hours and ERP-hours out of order.
    """
    log = way.log
    duties = [duty_steps(log, pool) for pool in range(len(way.line.pools))]
    late = beyond(way, leads, duties, way.ended)
    in_hand = np.bincount(way.line.pool_of, weights=late, minlength=len(duties)) / 3600
    ordered = sum(hours_of(duty) for duty in log.duties if duty.kind == OVERTIME)
    measures = {"overtime": float(in_hand.sum()) + ordered}
    pools = scenario.pools.values()
    if any(shift.absence for pool in pools for shift in pool.shifts.values()):
        rostered = [duty for duty in log.duties if duty.kind != OVERTIME]
        measures["absences"] = float(sum(duty.planned - duty.came for duty in rostered))
    if any(pool.supervisor for pool in pools):
        measures["moves"] = float(log.moves)
    if _can_fail(scenario):
        seconds = sum(max(0.0, min(each.ends, way.ended) - each.starts) for each in log.outages)
        measures["outage_hours"] = seconds / 3600
    return Labour(measures=measures, in_hand=in_hand)


def _can_fail(scenario: Scenario) -> bool:
    machines = [each.equipment for each in scenario.stations.values()]
    return any(each is not None and each.failures for each in (*machines, scenario.erp))
