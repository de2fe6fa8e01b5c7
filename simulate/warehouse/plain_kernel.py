"""The event loop for a line without options: first come, first served, one order a person.

The same rules as in `simulate.warehouse.kernel`, which a line needs that has classes, carts,
waves, rework, delays, stock, cancellations, returns or crowding. Without them most of its
questions have one answer, and leaving them out halves the time. Both work on the same `State`.
"""

from typing import Any

import numpy as np

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
    TICKS,
    State,
    compiled,
)


@compiled
def _push(end: Any, ending: Any, code: Any, size: int, time: float, job: int, station: int) -> None:
    """Add the end of a job's work to a heap of `size`."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if end[above] <= time:
            break
        end[place] = end[above]
        ending[place] = ending[above]
        code[place] = code[above]
        place = above
    end[place] = time
    ending[place] = job
    code[place] = station


@compiled
def _replace_first(
    end: Any, ending: Any, code: Any, size: int, time: float, job: int, station: int
) -> None:
    """Put the end of a job's work in the place of the first of a heap of `size`."""
    place = 0
    below: Any = 1
    while below < size:
        # Added, not chosen by a branch, which a processor would guess wrong half of the time.
        below += np.int64(below + 1 < size and end[below + 1] < end[below])
        if time <= end[below]:
            break
        end[place] = end[below]
        ending[place] = ending[below]
        code[place] = code[below]
        place = below
        below = 2 * place + 1
    end[place] = time
    ending[place] = job
    code[place] = station


@compiled
def _remove_first(end: Any, ending: Any, code: Any, size: int) -> None:
    """Remove the first of a heap of `size`."""
    last = size - 1
    _replace_first(end, ending, code, last, end[last], ending[last], code[last])


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
    end, ending, end_code = s.end, s.ending, s.end_code
    staff, busy, places, working, slowness = s.staff, s.busy, s.places, s.working, s.slowness
    released, dispatched, collected = s.released, s.dispatched, s.collected
    log_job, log_station = s.log_job, s.log_station
    log_joined, log_started, log_ended = s.log_joined, s.log_started, s.log_ended
    counts = s.counts
    jobs, stations, dock = counts[NJOBS], counts[STATIONS], counts[DOCK]
    arrived, passed, quota = counts[ARRIVED], counts[RELEASED], counts[QUOTA]
    pending, logged, has_courier = counts[PENDING], counts[LOGGED], counts[HAS_COURIER] == 1
    left = 0
    # Pools whose people may have something new to do, a bit each: at first all of them.
    news = (1 << len(staff)) - 1
    # The first of the heap has ended, and its place is free for the next work that begins.
    is_vacant = False
    while True:
        # Step 4 of the instant `now`: the ERP releases, then free people take waiting orders.
        while quota > 0 and passed < arrived:
            released[passed] = now
            place = _next_place(np.int64(skips[passed]), -1, stations)
            if place < stations:
                news |= 1 << pool_of[place]
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
        pool = 0
        while news != 0:
            while news & 1 and busy[pool] < staff[pool]:
                chosen = -1
                earliest = np.inf
                index = 0
                station = of_pool[pool, 0]
                while station >= 0:
                    head = span[station, 0]
                    if (
                        head < span[station, 1]
                        and joined[station, head] < earliest
                        and working[station] < places[station]
                    ):
                        earliest = joined[station, head]
                        chosen = station
                    index += 1
                    station = of_pool[pool, index]
                if chosen < 0:
                    break
                job = queue[chosen, span[chosen, 0]]
                span[chosen, 0] += 1
                busy[pool] += 1
                working[chosen] += 1
                seconds = work[chosen, job]
                if slowness[pool] != 1.0:
                    seconds = np.rint(seconds * slowness[pool] * TICKS) / TICKS
                log_job[logged] = job
                log_station[logged] = chosen
                log_joined[logged] = earliest
                log_started[logged] = now
                log_ended[logged] = now + seconds
                logged += 1
                if is_vacant:
                    is_vacant = False
                    _replace_first(end, ending, end_code, pending, now + seconds, job, chosen)
                else:
                    _push(end, ending, end_code, pending, now + seconds, job, chosen)
                    pending += 1
            news >>= 1
            pool += 1
        if is_vacant:
            is_vacant = False
            _remove_first(end, ending, end_code, pending)
            pending -= 1
        now = np.inf
        if arrived < jobs:
            now = ready[arrived]
        if pending > 0 and end[0] < now:
            now = end[0]
        if now > until:
            break
        # Step 1 of the instant `now`: work that ends ends, paid orders arrive.
        while arrived < jobs and ready[arrived] == now:
            arrived += 1
        while not is_vacant and pending > 0 and end[0] == now:
            job = ending[0]
            station = np.int64(end_code[0])
            if (pending > 1 and end[1] == now) or (pending > 2 and end[2] == now):
                _remove_first(end, ending, end_code, pending)
                pending -= 1
            else:
                is_vacant = True
            pool = pool_of[station]
            busy[pool] -= 1
            working[station] -= 1
            news |= 1 << pool
            place = _next_place(np.int64(skips[job]), station, stations)
            if place < stations:
                news |= 1 << pool_of[place]
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
        _remove_first(end, ending, end_code, pending)
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
        waits = s.waiting[station] > 0
        s.first_joined[station] = s.joined[station, head] if waits else np.inf
        s.first_urgency[station] = s.urgency[s.queue[station, head]] if waits else np.inf
    dock = s.counts[DOCK]
    s.waiting[dock] = s.span[dock, 1] - s.span[dock, 0]
    s.waiting[s.counts[ERP]] = s.counts[ARRIVED] - s.counts[RELEASED]
