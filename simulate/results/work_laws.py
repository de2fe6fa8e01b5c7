"""Laws of every piece of work: it begins after the one before, by somebody free, at a place."""

from typing import Any

import numpy as np

from simulate.results.passage import Passage
from simulate.scenario.scenario import Scenario
from simulate.warehouse.compiling import compiled
from simulate.warehouse.floor import UNLIMITED, Floats, Ints

NOBODY_FREE, NO_PLACE = 1, 2


def work_in_order(way: Passage) -> bool:
    """Tell whether each job's work follows its release and its work before, and comes in time."""
    visits, jobs = way.visits, way.work.jobs
    last = np.where(jobs.is_return, jobs.ready, np.nan)
    last[way.work.job_of] = way.released
    holds = _in_order(
        visits.job, visits.joined, visits.started, visits.ended,
        last, np.full(len(last), -np.inf), np.empty(len(last)),
    )  # fmt: skip
    return bool(holds) and not np.any(way.dispatched < last[way.work.job_of])


@compiled
def _in_order(
    job: Any, joined: Any, started: Any, ended: Any, last: Any, begun: Any, before: Any
) -> bool:
    """Go through the visits by time of beginning.

    `begun[n]`, `last[n]`: when each job's last work began and ended, or it was released. Work
    that takes no time may be told after what followed it at the same instant: there, all but one
    of a job's visits take none, and each joined after what was `before` that instant.
    """
    for one in range(len(job)):
        number, start, end = job[one], started[one], ended[one]
        is_new = start > begun[number]
        if is_new:
            before[number] = last[number]
        # Written so that NaN breaks the law too.
        if not (joined[one] >= before[number] and start >= joined[one] and end >= start):
            return False
        if (one > 0 and start < started[one - 1]) or start < begun[number]:
            return False
        if not is_new and end > start and last[number] > start:
            return False
        begun[number] = start
        last[number] = end if is_new else max(last[number], end)
    return True


def overfull(scenario: Scenario, way: Passage) -> int:
    """Return which limit some work breaks as it begins, 0 for none."""
    visits, line = way.visits, way.line
    pools, stations = len(line.pools), len(line.stations)
    staff = [way.log.steps(pool) for pool in range(pools)]
    people = _flat(staff)
    places = _flat([_places(scenario, way, station) for station in range(stations)])
    room = 1 + max(int(np.max(levels, initial=0)) for _, levels in staff)
    return int(
        _overfull(
            visits.station, visits.started, visits.ended, line.cart, line.pool_of,
            *people, people[2][:-1].copy(), *places, places[2][:-1].copy(),
            np.empty((pools, room)), np.empty((pools, room), np.int64),
            np.zeros(pools, np.int64), np.zeros(stations, np.int64),
        )
    )  # fmt: skip


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
def _overfull(
    station: Any, started: Any, ended: Any, cart: Any, pool_of: Any,
    staff_at: Any, staff: Any, staff_from: Any, staff_now: Any,
    place_at: Any, places: Any, place_from: Any, place_now: Any,
    ends: Any, where: Any, busy: Any, working: Any,
) -> int:  # fmt: skip
    """Go through the visits by time of beginning, cart by cart.

    `staff_at`, `staff`, `staff_from`: steps of all pools and where each pool's begin;
    `staff_now[P]`: the step that holds; the same for the places of stations. `ends[P]`,
    `where[P]`: heaps of the work in hand of each pool, `busy[P]` long; `working[S]` counts it.
    """
    size = 0
    for one in range(len(station)):
        here = np.int64(station[one])
        pool, start = pool_of[here], started[one]
        same = one > 0 and station[one - 1] == here and started[one - 1] == start
        if same and ended[one - 1] == ended[one] and size < cart[here]:
            size += 1
            continue
        size = 1
        while busy[pool] > 0 and ends[pool, 0] <= start:
            working[where[pool, 0]] -= 1
            busy[pool] -= 1
            _sink(ends, where, pool, busy[pool])
        if busy[pool] >= staff[_step(staff_at, staff_from, staff_now, pool, start)]:
            return NOBODY_FREE
        if working[here] >= places[_step(place_at, place_from, place_now, here, start)]:
            return NO_PLACE
        _rise(ends, where, pool, busy[pool], ended[one], here)
        busy[pool] += 1
        working[here] += 1
    return 0


@compiled
def _step(times: Any, begins: Any, now: Any, which: Any, time: Any) -> Any:
    """Move on to the step of one of many step functions that holds at `time`, and return it."""
    step = now[which]
    while step + 1 < begins[which + 1] and times[step + 1] <= time:
        step += 1
    now[which] = step
    return step


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
