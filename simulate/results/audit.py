"""Laws that every run obeys. A run that breaks one is an error, not a result."""

from typing import Any

import numpy as np

from simulate.results import occupancy
from simulate.results.passage import Passage
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import UNLIMITED, Floats, Ints
from simulate.warehouse.kernel import compiled

ROUNDING = 1e-9
"""Relative error that sums of many times may have."""

TOO_EARLY, TOO_MANY, NO_PLACE = 1, 2, 3


class AuditError(Exception):
    """A run broke a law of its own accounts; the message says which."""


def audit(scenario: Scenario, way: Passage, replication: Replication) -> None:
    """Raise `AuditError` unless the run's accounts agree.

    Conservation: paid = collected + cancelled + still inside; nothing is both collected and gone.
    Order: nobody leaves a place before joining it, or without joining it. Little's law (J. D. C.
    Little, 1961): the mean number inside times the length of the run is the sum of all times
    inside. Staffing: no work begins unless somebody of the pool who is at work is free, and there
    is a place for it; the work within the staffed level is not more than the staffed time.
    """
    measures = replication.measures
    paid = measures["paid_orders"] + measures["opening_orders"]
    ended = measures["collected_orders"] + measures["cancelled_orders"]
    _demand(paid == ended + measures["unfinished_orders"], "orders were lost or doubled")
    _demand(len(way.paid) == paid, "paid orders and orders on the line differ")
    _demand(_one_end(way), "an order left the house in two ways")
    _demand(_in_order(way), "an order left a place before it came")
    found = _visits(scenario, way)
    _demand(found != TOO_EARLY, "an order left a place before it came")
    _demand(found != TOO_MANY, "work began with nobody free")
    _demand(found != NO_PLACE, "work began without a place for it")
    _demand(_little(way), "Little's law does not hold")
    for name in way.line.stations:
        used = measures[f"utilisation_{name}"]
        _demand(np.isnan(used) or -ROUNDING <= used <= 1 + ROUNDING, f"{name}: busy beyond staff")


def _demand(holds: bool, law: str) -> None:
    if not holds:
        raise AuditError(f"the run failed its audit: {law}")


def _one_end(way: Passage) -> bool:
    """Tell whether who is gone was cancelled, and nobody cancelled was dispatched or collected."""
    is_gone, kept = ~np.isnan(way.gone), way.kept
    sent = ~np.isnan(way.dispatched) | ~np.isnan(way.collected)
    return not np.any(is_gone & kept) and not np.any(sent & ~kept)


def _in_order(way: Passage) -> bool:
    pairs = [(way.ready, way.released), (way.released, way.dispatched)]
    pairs += [(way.dispatched, way.collected), (way.left, way.gone)]
    pairs += [(way.cancelled, np.where(way.kept, np.nan, way.left))]
    return not any(
        np.any((later < earlier) | (np.isnan(earlier) & ~np.isnan(later)))
        for earlier, later in pairs
    )


def _little(way: Passage) -> bool:
    """Compare the integral of the number inside with the sum of the times inside."""
    span = np.array([0.0, way.ended])
    went = np.where(np.isnan(way.collected), way.gone, way.collected)
    inside = occupancy.person_time(way.ready, went, span)[0]
    left = np.where(np.isnan(went), way.ended, went)
    present = way.ready <= way.ended
    stays = np.sum((left - way.ready)[present])
    return bool(abs(inside - stays) <= ROUNDING * max(1.0, way.ended * len(way.ready)))


def _visits(scenario: Scenario, way: Passage) -> int:
    """Return which law some visit breaks, 0 for none."""
    visits, line = way.visits, way.line
    pools, stations = range(len(line.pools)), range(len(line.stations))
    staff = [way.log.steps(pool) for pool in pools]
    places = [_places(scenario, way, station) for station in stations]
    staff_steps, place_steps = _flat(staff), _flat(places)
    room = 1 + max(int(np.max(people, initial=0)) for _, people in staff)
    last = np.where(way.work.jobs.is_return, way.work.jobs.ready, np.nan)
    last[way.work.job_of] = way.released
    found = int(
        _broken(
            visits.job, visits.station, visits.joined, visits.started, visits.ended,
            line.cart, line.pool_of, *staff_steps, *place_steps,
            staff_steps[2][:-1].copy(), place_steps[2][:-1].copy(), last,
            np.empty((len(pools), room)), np.empty((len(pools), room), np.int64),
            np.zeros(len(pools), np.int64), np.zeros(len(stations), np.int64),
        )
    )  # fmt: skip
    return found or (TOO_EARLY if np.any(way.dispatched < last[way.work.job_of]) else 0)


def _places(scenario: Scenario, way: Passage, station: int) -> tuple[Floats, Ints]:
    """Return as steps how many machines of a station run."""
    name = way.line.stations[station]
    own = scenario.stations.get(name) if station < way.line.main else None
    if own is None or own.equipment is None:
        return np.zeros(1), np.full(1, UNLIMITED)
    outages = [each for each in way.log.outages if each.station == station]
    times = np.array([0.0, *(each.starts for each in outages), *(each.ends for each in outages)])
    change = np.array([own.equipment.number, *([-1] * len(outages)), *([1] * len(outages))])
    order = np.argsort(times, kind="stable")
    return times[order], np.cumsum(change[order]).astype(np.int64)


def _flat(steps: list[tuple[Floats, Ints]]) -> tuple[Floats, Ints, Ints]:
    """Return all steps in one, with where each begins and the last ends."""
    begins = np.cumsum([0, *(len(times) for times, _ in steps)])
    times, levels = (np.concatenate(each) for each in zip(*steps, strict=True))
    return times, levels, begins.astype(np.int64)


@compiled
def _broken(
    job: Any, station: Any, joined: Any, started: Any, ended: Any, cart: Any, pool_of: Any,
    staff_at: Any, staff: Any, staff_from: Any, place_at: Any, places: Any, place_from: Any,
    staff_now: Any, place_now: Any, last: Any, ends: Any, where: Any, busy: Any, working: Any,
) -> int:  # fmt: skip
    """Go through the visits in the order of beginning and return the first law that one breaks.

    `staff_at`, `staff`, `staff_from`: steps of all pools, where each pool's begin; `staff_now[P]`
    the step that holds; the same for the places of stations. `last[n]`: when each job left its
    last place. `ends[P]`, `where[P]`: heaps of the work in hand of each pool, `busy[P]` long;
    `working[S]` counts it by station.
    """
    size = 0
    for one in range(len(job)):
        here = np.int64(station[one])
        pool = pool_of[here]
        start = started[one]
        # Not (a >= b), so that NaN breaks the law too.
        if not (joined[one] >= last[job[one]] and start >= joined[one] and ended[one] >= start):
            return TOO_EARLY
        last[job[one]] = ended[one]
        if one > 0 and start < started[one - 1]:
            return TOO_EARLY
        same = one > 0 and station[one - 1] == here and started[one - 1] == start
        if same and ended[one - 1] == ended[one] and size < cart[here]:
            size += 1
            continue
        size = 1
        while busy[pool] > 0 and ends[pool, 0] <= start:
            working[where[pool, 0]] -= 1
            busy[pool] -= 1
            _sink(ends, where, pool, busy[pool])
        step = staff_now[pool]
        while step + 1 < staff_from[pool + 1] and staff_at[step + 1] <= start:
            step += 1
        staff_now[pool] = step
        if busy[pool] >= staff[step]:
            return TOO_MANY
        step = place_now[here]
        while step + 1 < place_from[here + 1] and place_at[step + 1] <= start:
            step += 1
        place_now[here] = step
        if working[here] >= places[step]:
            return NO_PLACE
        _rise(ends, where, pool, busy[pool], ended[one], here)
        busy[pool] += 1
        working[here] += 1
    return 0


@compiled
def _rise(ends: Any, where: Any, pool: Any, size: Any, end: Any, station: Any) -> None:
    """Put an end into a heap of `size`."""
    place = size
    while place > 0 and end < ends[pool, (place - 1) // 2]:
        above = (place - 1) // 2
        ends[pool, place], where[pool, place] = ends[pool, above], where[pool, above]
        place = above
    ends[pool, place], where[pool, place] = end, station


@compiled
def _sink(ends: Any, where: Any, pool: Any, last: Any) -> None:
    """Remove the first end of a heap, whose last place is `last`."""
    place, below = 0, 1
    while below < last:
        if below + 1 < last and ends[pool, below + 1] < ends[pool, below]:
            below += 1
        if ends[pool, last] <= ends[pool, below]:
            break
        ends[pool, place], where[pool, place] = ends[pool, below], where[pool, below]
        place, below = below, 2 * below + 1
    ends[pool, place], where[pool, place] = ends[pool, last], where[pool, last]
