"""The event loop for a line without options: first come, first served, one order a person.

The same rules as in `simulate.warehouse.kernel`, which a line needs that has classes, carts,
waves, rework, delays, stock, cancellations, returns, crowding, machines or people who learn.
Without them most of its questions have one answer, and leaving them out halves the time. Both
work on the same `State`.
"""

from typing import Any

import numpy as np

from simulate.warehouse.compiling import compiled
from simulate.warehouse.kernel import (
    ARRIVED,
    DOCK,
    DONE,
    ERP,
    HAS_COURIER,
    INSIDE,
    LOGGED,
    NJOBS,
    PENDING,
    QUOTA,
    RELEASED,
    STATIONS,
    State,
)


@compiled
def _push(end: Any, ending: Any, size: int, time: float, job: int) -> None:
    """Add the end of a job's work to a heap of `size`, beyond which all is inf."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if end[above] <= time:
            break
        end[place] = end[above]
        ending[place] = ending[above]
        place = above
    end[place] = time
    ending[place] = job


@compiled
def _replace_first(end: Any, ending: Any, size: int, time: float, job: int) -> None:
    """Put the end of a job's work in the place of the first of a heap of `size`."""
    place = 0
    below: Any = 1
    while below < size:
        # Added, not chosen by a branch, which a processor would guess wrong half of the time.
        below += np.int64(end[below + 1] < end[below])
        if time <= end[below]:
            break
        end[place] = end[below]
        ending[place] = ending[below]
        place = below
        below = 2 * place + 1
    end[place] = time
    ending[place] = job


@compiled
def _remove_first(end: Any, ending: Any, size: int) -> None:
    """Remove the first of a heap of `size`."""
    time, job = end[size - 1], ending[size - 1]
    end[size - 1] = np.inf
    if size > 1:
        _replace_first(end, ending, size - 1, time, job)


@compiled
def _join(queue: Any, joined: Any, row: int, span: Any, job: int, now: float) -> None:
    """Put a job at the end of a row, before those of this instant with larger numbers."""
    place = span[row, 1]
    head = span[row, 0]
    while place > head and joined[row, place - 1] == now and queue[row, place - 1] > job:
        queue[row, place] = queue[row, place - 1]
        joined[row, place] = now
        place -= 1
    queue[row, place] = job
    joined[row, place] = now
    span[row, 1] += 1


@compiled
def _make_due(due: Any, is_due: Any, dues: int, pool: int) -> int:
    """Put a pool on the list of those to look at, once, and return the list's new length."""
    if is_due[pool]:
        return dues
    is_due[pool] = True
    due[dues] = pool
    return dues + 1


@compiled
def _next_place(skips: Any, station: Any, stations: int) -> Any:
    """Return the next station after `station` that a job does not pass by, or `stations`."""
    station += 1
    while station < stations and (skips >> station) & 1:
        station += 1
    return station


@compiled
def advance(s: State, now: float, until: float) -> None:  # noqa: PLR0912, PLR0915
    """Finish the instant `now`, carry out all before `until`, and step 1 of the instant `until`.

    One loop, with its state in local names: handing it around costs more than the work itself.
    """
    ready, work, skips, pool_of = s.ready, s.work, s.skips, s.pool_of
    queue, joined, span, of_pool = s.queue, s.joined, s.span, s.of_pool
    end, ending, at_station = s.end, s.ending, s.at_station
    staff, busy = s.staff, s.busy
    released, dispatched, collected = s.released, s.dispatched, s.collected
    log_job, log_station = s.log_job, s.log_station
    log_joined, log_started, log_ended = s.log_joined, s.log_started, s.log_ended
    counts = s.counts
    jobs, stations, dock = counts[NJOBS], counts[STATIONS], counts[DOCK]
    arrived, passed, quota = counts[ARRIVED], counts[RELEASED], counts[QUOTA]
    pending, logged, has_courier = counts[PENDING], counts[LOGGED], counts[HAS_COURIER] == 1
    left = 0
    # Pools whose people may have something new to do: at first all of them.
    due, is_due, dues = s.due, s.is_due, len(staff)
    for pool in range(dues):
        due[pool] = pool
        is_due[pool] = True
    # The first of the heap has ended, and its place is free for the next work that begins.
    is_vacant = False
    while True:
        # Step 4 of the instant `now`: the ERP releases, then free people take waiting orders.
        while quota > 0 and passed < arrived:
            released[passed] = now
            place = _next_place(np.int64(skips[passed]), -1, stations)
            if place < stations:
                dues = _make_due(due, is_due, dues, pool_of[place])
                _join(queue, joined, place, span, passed, now)
            else:
                left += 1
                dispatched[passed] = now
                if has_courier:
                    _join(queue, joined, dock, span, passed, now)
                else:
                    collected[passed] = now
            passed += 1
            quota -= 1
        turn = 0
        while turn < dues:
            pool = due[turn]
            turn += 1
            is_due[pool] = False
            while busy[pool] < staff[pool]:
                chosen = -1
                earliest = np.inf
                index = 0
                station = of_pool[pool, 0]
                while station >= 0:
                    head = span[station, 0]
                    if head < span[station, 1] and joined[station, head] < earliest:
                        earliest = joined[station, head]
                        chosen = station
                    index += 1
                    station = of_pool[pool, index]
                if chosen < 0:
                    break
                job = queue[chosen, span[chosen, 0]]
                span[chosen, 0] += 1
                busy[pool] += 1
                ends = now + work[chosen, job]
                at_station[job] = chosen
                log_job[logged] = job
                log_station[logged] = chosen
                log_joined[logged] = earliest
                log_started[logged] = now
                log_ended[logged] = ends
                logged += 1
                if is_vacant:
                    is_vacant = False
                    _replace_first(end, ending, pending, ends, job)
                else:
                    _push(end, ending, pending, ends, job)
                    pending += 1
        dues = 0
        if is_vacant:
            is_vacant = False
            _remove_first(end, ending, pending)
            pending -= 1
        now = np.inf
        if arrived < jobs:
            now = ready[arrived]
        now = min(now, end[0])
        if now > until:
            break
        # Step 1 of the instant `now`: work that ends ends, paid orders arrive.
        while arrived < jobs and ready[arrived] == now:
            arrived += 1
        while end[0] == now and not is_vacant:
            job = ending[0]
            station = np.int64(at_station[job])
            if end[1] == now or end[2] == now:
                _remove_first(end, ending, pending)
                pending -= 1
            else:
                is_vacant = True
            pool = pool_of[station]
            busy[pool] -= 1
            dues = _make_due(due, is_due, dues, pool)
            place = _next_place(np.int64(skips[job]), station, stations)
            if place < stations:
                dues = _make_due(due, is_due, dues, pool_of[place])
                _join(queue, joined, place, span, job, now)
            else:
                left += 1
                dispatched[job] = now
                if has_courier:
                    _join(queue, joined, dock, span, job, now)
                else:
                    collected[job] = now
        if now == until:
            break
    if is_vacant:
        _remove_first(end, ending, pending)
        pending -= 1
    counts[INSIDE] += arrived - counts[ARRIVED] - left
    counts[ARRIVED], counts[RELEASED], counts[QUOTA] = arrived, passed, quota
    counts[PENDING], counts[LOGGED] = pending, logged
    if not has_courier:
        counts[DONE] += left
    _note_queues(s)


@compiled
def _note_queues(s: State) -> None:
    """Note who waits where, as the other kernel does at every change."""
    stations = s.counts[STATIONS]
    for station in range(stations):
        head = s.span[station, 0]
        s.waiting[station] = s.span[station, 1] - head
        s.in_queue[station] = s.waiting[station]
        waits = s.waiting[station] > 0
        s.first_joined[station] = s.joined[station, head] if waits else np.inf
        s.first_urgency[station] = s.urgency[s.queue[station, head]] if waits else np.inf
        s.working[station] = 0
    for place in range(s.counts[PENDING]):
        s.working[s.at_station[s.ending[place]]] += 1
    dock = s.counts[DOCK]
    s.waiting[dock] = s.span[dock, 1] - s.span[dock, 0]
    s.waiting[s.counts[ERP]] = s.counts[ARRIVED] - s.counts[RELEASED]
