"""The event loop of `CompiledFloor`, compiled by numba: plain loops over arrays.

Every function here changes the arrays of the `State` that it is given, or, if it is rarely called,
of the one that it recalls. The small functions are written into `advance` where they are called:
calling them costs more than what they do.
"""

from typing import Any

import numpy as np

from simulate.warehouse import ends
from simulate.warehouse.compiling import compiled, inlined
from simulate.warehouse.delays import drop_first
from simulate.warehouse.rows import enter, first_row, forget_those_gone, join, take
from simulate.warehouse.state import (
    ARRIVED,
    BITS,
    CANCELLING,
    CLASSES,
    DELAYED,
    DOCK,
    DONE,
    ERP,
    GOODS_FROM,
    GROUPS,
    HAS_HEAPS,
    HAS_STOCK,
    HAS_WAVES,
    HELD,
    IDLE,
    INSIDE,
    IS_DISORDERED,
    LOGGED,
    NCANCELS,
    NJOBS,
    NOWHERE,
    POOLS,
    QUOTA,
    RELEASED,
    STATIONS,
    VACANT,
    Ints,
    State,
    recalled,
)
from simulate.warehouse.ways import after_work, go_on, leave

TICKS = ends.TICKS


@inlined
def _dismiss(s: State) -> None:
    """Have the one whose work has ended be without work, if no work has taken its place."""
    person = s.counts[VACANT]
    if person >= 0:
        s.counts[VACANT] = NOWHERE
        ends.set_key(s.ends, s.counts[BITS], person, ends.NEVER)
        s.idle[s.counts[IDLE]] = person
        s.counts[IDLE] += 1


@inlined
def _end(s: State, now: float) -> None:
    """Carry out the next end of work."""
    bits = s.counts[BITS]
    person = ends.whose_end(s.ends, bits)
    job = s.ending[person]
    station = np.int64(s.end_station[person])
    is_alone = ends.is_alone(s.ends, bits)
    s.counts[VACANT] = person
    if not is_alone:
        _dismiss(s)
    pool = s.pool_of[station]
    s.busy[pool] -= 1
    s.working[station] -= 1
    s.is_due[pool] = True
    if s.cart[station] == 1:
        after_work(s, job, station, now)
    else:
        while job >= 0:
            following = s.next_in_cart[job]
            after_work(s, job, station, now)
            job = following


@compiled
def _end_delay(where: Ints, now: float) -> None:
    """Carry out the first end of a delay: the job goes on, unless it has left meanwhile."""
    s = recalled(where)
    job, station = s.delayed[0], int(s.delay_station[0])
    drop_first(where)
    if s.row_of[job] == s.counts[HELD]:
        s.row_of[job] = NOWHERE
        go_on(s, job, station, now)


@inlined
def _arrive(s: State, now: float) -> None:
    """Let the next job come to the line."""
    job = s.counts[ARRIVED]
    s.counts[ARRIVED] += 1
    if s.is_return[job]:
        go_on(s, job, -1, now)
    else:
        s.counts[INSIDE] += 1
        join(s, s.counts[ERP], job, now)


@compiled
def _cancel(where: Ints, now: float) -> None:
    """Step 2 of an instant for the next cancellation."""
    s = recalled(where)
    job = s.cancels[s.counts[CANCELLING]]
    s.counts[CANCELLING] += 1
    if np.isnan(s.dispatched[job]) and np.isnan(s.gone[job]):
        s.is_cancelled[job] = True
        row = s.row_of[job]
        if row != NOWHERE:
            if row != s.counts[HELD]:
                s.waiting[row] -= 1
            s.row_of[job] = NOWHERE
            leave(s, job, now)


@compiled
def _release_stock(where: Ints, now: float) -> None:
    """Let orders go on that waited for stock, while there is some."""
    s = recalled(where)
    for group in range(s.counts[GROUPS]):
        row = s.short_row[group]
        while row >= 0 and s.waiting[row] > 0 and s.stock[group] > 0:
            forget_those_gone(s, row, False)
            job = take(s, row, False)
            s.stock[group] -= 1
            s.released[job] = now
            go_on(s, job, -1, now)


@compiled
def _release_waves(where: Ints) -> None:
    """Let waves that have their count join their station's queue."""
    s = recalled(where)
    for station in range(s.counts[STATIONS]):
        if s.wave[station] > 0:
            row = s.gate_row[station]
            while s.waiting[row] >= s.wave[station]:
                for _ in range(s.wave[station]):
                    forget_those_gone(s, row, False)
                    since = s.joined[row, s.span[row, 0]]
                    enter(s, station, take(s, row, False), since)


@inlined
def _release(s: State, now: float) -> None:
    """Step 4 of an instant up to the starts: stock, the ERP, waves that have their count."""
    counts = s.counts
    if counts[HAS_STOCK]:
        _release_stock(s.where, now)
    erp = counts[ERP]
    while counts[QUOTA] > 0 and s.waiting[erp] > 0:
        forget_those_gone(s, erp, False)
        job = take(s, erp, False)
        counts[QUOTA] -= 1
        counts[RELEASED] += 1
        group = s.group[job]
        if group >= 0 and s.stock[group] == 0:
            join(s, s.short_row[group], job, now)
        else:
            if group >= 0:
                s.stock[group] -= 1
            s.released[job] = now
            go_on(s, job, -1, now)
    if counts[HAS_WAVES]:
        _release_waves(s.where)


@inlined
def _first_of(s: State, pool: int) -> int:
    """Return the station of a pool whose first order is most urgent and joined earliest, or -1."""
    heap, classes = s.counts[HAS_HEAPS] != 0, s.counts[CLASSES]
    chosen = NOWHERE
    urgency = np.inf
    since = np.inf
    for index in range(s.of_pool.shape[1]):
        station = s.of_pool[pool, index]
        if station < 0:
            break
        if s.working[station] >= s.places[station]:
            continue
        row = first_row(s, station)
        rank = row - station * classes
        if rank == classes:
            continue
        forget_those_gone(s, row, heap)
        place = 0 if heap else s.span[row, 0]
        first = s.first[row, 0] if heap else np.float64(rank)
        joined = s.joined[row, place]
        if first < urgency or (first == urgency and joined < since):
            chosen = station
            urgency = first
            since = joined
    return chosen


@inlined
def _begin(s: State, pool: int, station: int, now: float) -> None:
    """Have one person of a pool take the next order, or cart of orders, of a station."""
    counts = s.counts
    heap, classes = counts[HAS_HEAPS] != 0, counts[CLASSES]
    s.busy[pool] += 1
    s.working[station] += 1
    seconds = s.cart_setup[station]
    begun = counts[LOGGED]
    logged = begun
    leader = NOWHERE
    last = NOWHERE
    for _ in range(s.cart[station]):
        row = first_row(s, station)
        if row == (station + 1) * classes:
            break
        forget_those_gone(s, row, heap)
        s.log_joined[logged] = s.joined[row, 0 if heap else s.span[row, 0]]
        job = take(s, row, heap)
        seconds += s.work[station, job]
        s.log_job[logged] = job
        logged += 1
        if station >= counts[GOODS_FROM]:
            s.is_handled[job] = True
        if leader < 0:
            leader = job
        else:
            s.next_in_cart[last] = job
        last = job
    s.next_in_cart[last] = NOWHERE
    over = max(0, s.working[station] - s.crowd_from[station])
    crowding = 1.0 + s.crowd_slowdown[station] * over
    time = now + np.rint(seconds * s.slowness[pool] * crowding * TICKS) / TICKS
    for visit in range(begun, logged):
        s.log_station[visit] = station
        s.log_started[visit] = now
        s.log_ended[visit] = time
    if begun and s.log_started[begun - 1] == now and s.pool_of[s.log_station[begun - 1]] > pool:
        counts[IS_DISORDERED] = True
    counts[LOGGED] = logged
    person = counts[VACANT]
    if person >= 0:
        counts[VACANT] = NOWHERE
    else:
        counts[IDLE] -= 1
        person = np.int64(s.idle[counts[IDLE]])
    s.ending[person] = leader
    s.end_station[person] = station
    ends.set_end(s.ends, counts[BITS], person, time)


@inlined
def _look(s: State) -> None:
    """Note how many wait at each station, when the first joined and how urgent it is."""
    heap, classes = s.counts[HAS_HEAPS] != 0, s.counts[CLASSES]
    for station in range(s.counts[STATIONS]):
        end = (station + 1) * classes
        s.in_queue[station] = 0
        for row in range(station * classes, end):
            s.in_queue[station] += s.waiting[row]
        s.first_joined[station] = np.inf
        s.first_urgency[station] = np.inf
        row = first_row(s, station)
        if row < end:
            forget_those_gone(s, row, heap)
            place = 0 if heap else s.span[row, 0]
            s.first_joined[station] = s.joined[row, place]
            s.first_urgency[station] = s.urgency[s.queue[row, place]]


@inlined
def _start(s: State, now: float) -> None:
    """Step 4 of an instant: releases, then free people take waiting orders."""
    _release(s, now)
    for pool in range(s.counts[POOLS]):
        if s.is_due[pool]:
            s.is_due[pool] = False
            while s.busy[pool] < s.staff[pool]:
                station = _first_of(s, pool)
                if station < 0:
                    break
                _begin(s, pool, station, now)
    _dismiss(s)


@compiled
def advance(where: Ints, now: float, until: float) -> None:
    """Finish the instant `now`, carry out all before `until`, and steps 1 and 2 of `until`."""
    s = recalled(where)
    counts = s.counts
    jobs, cancels, bits = counts[NJOBS], counts[NCANCELS], counts[BITS]
    s.is_due[:] = True
    while True:
        _start(s, now)
        now = ends.next_end(s.ends, bits)
        if counts[ARRIVED] < jobs:
            now = min(now, s.ready[counts[ARRIVED]])
        if counts[DELAYED]:
            now = min(now, s.delay_end[0])
        if counts[CANCELLING] < cancels:
            now = min(now, s.cancel_at[counts[CANCELLING]])
        if now > until:
            break
        while counts[ARRIVED] < jobs and s.ready[counts[ARRIVED]] == now:
            _arrive(s, now)
        while ends.next_end(s.ends, bits) == now and counts[VACANT] < 0:
            _end(s, now)
        while counts[DELAYED] and s.delay_end[0] == now:
            _end_delay(where, now)
        while counts[CANCELLING] < cancels and s.cancel_at[counts[CANCELLING]] == now:
            _cancel(where, now)
        if now == until:
            break
    _dismiss(s)
    _look(s)


@compiled
def release_wave(where: Ints, station: int) -> None:
    """Let all orders that wait for a wave at `station` join its queue."""
    s = recalled(where)
    row = s.gate_row[station]
    while s.waiting[row] > 0:
        forget_those_gone(s, row, False)
        since = s.joined[row, s.span[row, 0]]
        enter(s, station, take(s, row, False), since)
    _look(s)


@compiled
def collect(where: Ints, now: float, capacity: int) -> Any:
    """Hand the parcels that were dispatched first to the courier and return how many."""
    s = recalled(where)
    dock = s.counts[DOCK]
    collected = 0
    while s.waiting[dock] > 0 and capacity > 0:
        s.collected[take(s, dock, False)] = now
        s.counts[DONE] += 1
        capacity -= 1
        collected += 1
    return collected
