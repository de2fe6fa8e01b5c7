"""The event loop for a line without options: first come, first served, one order a person.

The same rules as in `simulate.warehouse.kernel`, which a line needs that has classes, carts,
waves, rework, delays, stock, cancellations, returns, crowding, machines or people who learn.
Without them most of its questions have one answer, and leaving them out halves the time. Both
work on the same `State`.
"""

from typing import Any

import numpy as np

from simulate.warehouse import ends
from simulate.warehouse.compiling import ask_for, compiled, inlined
from simulate.warehouse.state import (
    ARRIVED,
    BITS,
    DOCK,
    DONE,
    ERP,
    HAS_COURIER,
    IDLE,
    INSIDE,
    IS_DISORDERED,
    LOGGED,
    NJOBS,
    NOWHERE,
    QUOTA,
    RELEASED,
    STATIONS,
    Ints,
    State,
    recalled,
)
from simulate.warehouse.ways import next_place


@inlined
def _join(queue: Any, joined: Any, row: int, span: Any, job: int, now: float) -> None:
    """Put a job at the end of a row, before those of this instant with larger numbers."""
    head, place = span[row, 0], span[row, 1]
    if head == place:
        # What was used just now is still close to the processor.
        head = place = span[row, 0] = span[row, 1] = 0
    while place > head and joined[row, place - 1] == now and queue[row, place - 1] > job:
        queue[row, place] = queue[row, place - 1]
        joined[row, place] = now
        place -= 1
    queue[row, place] = job
    joined[row, place] = now
    span[row, 1] += 1


@inlined
def _make_due(due: Any, is_due: Any, dues: int, pool: int) -> int:
    """Put a pool on the list of those to look at, once, and return the list's new length."""
    if is_due[pool]:
        return dues
    is_due[pool] = True
    due[dues] = pool
    return dues + 1


@compiled
def advance(where: Ints, now: float, until: float) -> None:  # noqa: PLR0912, PLR0915
    """Finish the instant `now`, carry out all before `until`, and step 1 of the instant `until`.

    One loop, with its state in local names: handing it around costs more than the work itself.
    """
    s = recalled(where)
    ready, work, skips, pool_of = s.ready, s.work, s.skips, s.pool_of
    queue, joined, span, of_pool = s.queue, s.joined, s.span, s.of_pool
    end, ending, end_station, idle = s.ends, s.ending, s.end_station, s.idle
    staff, busy = s.staff, s.busy
    released, dispatched, collected = s.released, s.dispatched, s.collected
    log_job, log_station = s.log_job, s.log_station
    log_joined, log_started, log_ended = s.log_joined, s.log_started, s.log_ended
    counts = s.counts
    jobs, stations, dock = counts[NJOBS], counts[STATIONS], counts[DOCK]
    arrived, passed, quota = counts[ARRIVED], counts[RELEASED], counts[QUOTA]
    idlers, logged, has_courier = counts[IDLE], counts[LOGGED], counts[HAS_COURIER] == 1
    bits = counts[BITS]
    left = 0
    # Pools whose people may have something new to do: at first all of them.
    due, is_due, dues = s.due, s.is_due, len(staff)
    for pool in range(dues):
        due[pool] = pool
        is_due[pool] = True
    # One whose work has ended, but whose key still stands: the next work takes its place.
    vacant: Any = np.int64(NOWHERE)
    while True:
        # Step 4 of the instant `now`: the ERP releases, then free people take waiting orders.
        while quota > 0 and passed < arrived:
            released[passed] = now
            place = next_place(np.int64(skips[passed]), -1, stations)
            if place < stations:
                dues = _make_due(due, is_due, dues, pool_of[place])
                _join(queue, joined, place, span, passed, now)
                ask_for(work, place, passed)
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
                time = now + work[chosen, job]
                if logged and log_started[logged - 1] == now:
                    counts[IS_DISORDERED] |= pool_of[log_station[logged - 1]] > pool
                log_job[logged] = job
                log_station[logged] = chosen
                log_joined[logged] = earliest
                log_started[logged] = now
                log_ended[logged] = time
                logged += 1
                person = vacant
                if person >= 0:
                    vacant = NOWHERE
                else:
                    idlers -= 1
                    person = np.int64(idle[idlers])
                ending[person] = job
                end_station[person] = chosen
                ends.set_end(end, bits, person, time)
        dues = 0
        if vacant >= 0:
            ends.set_key(end, bits, vacant, ends.NEVER)
            idle[idlers] = vacant
            idlers += 1
            vacant = NOWHERE
        now = ends.next_end(end, bits)
        if arrived < jobs:
            now = min(now, ready[arrived])
        if now > until:
            break
        # Step 1 of the instant `now`: work that ends ends, paid orders arrive.
        while arrived < jobs and ready[arrived] == now:
            arrived += 1
        while vacant < 0 and ends.next_end(end, bits) == now:
            person = np.int64(ends.whose_end(end, bits))
            job = ending[person]
            station = np.int64(end_station[person])
            if ends.is_alone(end, bits):
                vacant = person
            else:
                ends.set_key(end, bits, person, ends.NEVER)
                idle[idlers] = person
                idlers += 1
            pool = pool_of[station]
            busy[pool] -= 1
            dues = _make_due(due, is_due, dues, pool)
            place = next_place(np.int64(skips[job]), station, stations)
            if place < stations:
                dues = _make_due(due, is_due, dues, pool_of[place])
                _join(queue, joined, place, span, job, now)
                ask_for(work, place, job)
            else:
                left += 1
                dispatched[job] = now
                if has_courier:
                    _join(queue, joined, dock, span, job, now)
                else:
                    collected[job] = now
        if now == until:
            break
    if vacant >= 0:
        ends.set_key(end, bits, vacant, ends.NEVER)
        idle[idlers] = vacant
        idlers += 1
    counts[INSIDE] += arrived - counts[ARRIVED] - left
    counts[ARRIVED], counts[RELEASED], counts[QUOTA] = arrived, passed, quota
    counts[IDLE], counts[LOGGED] = idlers, logged
    if not has_courier:
        counts[DONE] += left
    _note_queues(s)


@inlined
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
    people = 1 << s.counts[BITS]
    for person in range(people):
        s.working[s.end_station[person]] += s.ends[people + person] != ends.NEVER
    dock = s.counts[DOCK]
    s.waiting[dock] = s.span[dock, 1] - s.span[dock, 0]
    s.waiting[s.counts[ERP]] = s.counts[ARRIVED] - s.counts[RELEASED]
