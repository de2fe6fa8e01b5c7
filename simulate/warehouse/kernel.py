"""The event loop of `CompiledFloor`, compiled by numba: plain loops over arrays.

Every function here changes the arrays of the `State` that it is given. S stations, P pools, N
jobs, R rows (places where jobs wait), C people at work at the most, G groups. The small functions
are written into `advance` where they are called: calling them costs more than what they do.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulate.warehouse.compiling import compiled, inlined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
# What other arrays are indexed by: numba asks of every signed index whether it counts from the end.
Places = NDArray[np.uint32]


TICKS = 2.0**20

# Places in `State.counts`.
(
    ARRIVED, PENDING, QUOTA, RELEASED, INSIDE, DONE, CANCELLING, LOGGED, HAS_COURIER, HAS_HEAPS,
    CLASSES, RESTOCK, GOODS_FROM, ERP, DOCK, HELD, STATIONS, POOLS, NJOBS, NCANCELS, GROUPS,
    HAS_STOCK, HAS_WAVES, IS_VACANT, COUNTS,
) = range(25)  # fmt: skip

NOWHERE = -1


class State(NamedTuple):
    """All that a floor knows.

    From `Line` and `Jobs`: `pool_of[S]`, `cart[S]`, `cart_setup[S]`, `wave[S]`, `crowd_from[S]`,
    `crowd_slowdown[S]`, `rework_to[S]`, `ready[N]`, `work[S, N]`, `skips[N]`, `urgency[N]`,
    `group[N]`, `is_return[N]`; `cancels[K]` jobs that are cancelled at `cancel_at[K]`, ascending.
    `delay[D, N]` and `rework[D, N]` have a row only for stations after which some job does not go
    straight on: `detour[S]` is the row of a station, or -1.

    `class_of[N]` numbers the urgencies from 0 on, if there are few.

    Waiting: row r holds job numbers `queue[r, :]` and when they joined, `joined[r, :]`; its part
    from `span[r, 0]` to `span[r, 1]` is in use, `waiting[r]` of it is still there: who left early
    has another row in `row_of[N]`. All rows are in order. Those of stations come first: each has
    one for every class, the most urgent first. With too many urgencies for that, a station has one
    row, a binary heap by (urgency, joined, job), with `first[r, :]` the urgency. `gate_row[S]`
    and `short_row[G]` say where jobs wait for a wave and for stock, -1 if they never do.

    Working: `end[C]`, `ending[C]`, `end_code[C]`: a binary heap by time, inf beyond what is in
    use, of what ends: work of a job at a station, or from S on a delay after it. While
    `counts[IS_VACANT]` its first is over, and work that begins may take its place. On plain lines
    `at_station[N]` says where a job is in work. `next_in_cart[N]`: the other jobs of a cart, -1
    at its end. `is_due[P]`: pools whose people may have something new to do; plain lines have a
    list of them, `due[P]`, too. `of_pool[P, S]`: stations of each pool, last of the line first,
    -1 after them. `staff[P]`, `busy[P]`, `slowness[P]`, `places[S]`, `working[S]`, `stock[G]`.
    `in_queue[S]`, `first_joined[S]`, `first_urgency[S]`: of each station's queue when `advance`
    returns.

    Results: as in `Stamps`, with the visits in `log_*`.
    """

    pool_of: Places
    cart: Ints
    cart_setup: Floats
    wave: Ints
    crowd_from: Ints
    crowd_slowdown: Floats
    rework_to: Ints
    ready: Floats
    work: Floats
    skips: NDArray[np.uint32]
    urgency: Floats
    class_of: NDArray[np.int8]
    group: Numbers
    detour: Ints
    delay: Floats
    rework: NDArray[np.int8]
    is_return: NDArray[np.bool_]
    cancels: Numbers
    cancel_at: Floats
    queue: Places
    joined: Floats
    first: Floats
    span: Places
    waiting: Ints
    row_of: NDArray[np.int16]
    gate_row: Ints
    short_row: Ints
    end: Floats
    ending: Places
    end_code: NDArray[np.uint16]
    next_in_cart: Numbers
    at_station: NDArray[np.int8]
    of_pool: Ints
    staff: Ints
    busy: Ints
    slowness: Floats
    places: Ints
    working: Ints
    stock: Ints
    due: Ints
    is_due: NDArray[np.bool_]
    in_queue: Ints
    first_joined: Floats
    first_urgency: Floats
    is_cancelled: NDArray[np.bool_]
    is_handled: NDArray[np.bool_]
    released: Floats
    dispatched: Floats
    collected: Floats
    gone: Floats
    log_job: Numbers
    log_station: NDArray[np.int8]
    log_joined: Floats
    log_started: Floats
    log_ended: Floats
    counts: Ints


@inlined
def _push(s: State, time: float, job: int, code: int) -> None:
    """Add an end to the heap of ends."""
    end, ending, end_code = s.end, s.ending, s.end_code
    place = s.counts[PENDING]
    s.counts[PENDING] += 1
    while place > 0:
        above = (place - 1) >> 1
        if end[above] <= time:
            break
        end[place] = end[above]
        ending[place] = ending[above]
        end_code[place] = end_code[above]
        place = above
    end[place] = time
    ending[place] = job
    end_code[place] = code


@inlined
def _replace_first(s: State, time: float, job: int, code: int) -> None:
    """Put an end in the place of the first of the heap of ends, beyond which all is inf."""
    end, ending, end_code = s.end, s.ending, s.end_code
    size = s.counts[PENDING]
    place = 0
    below: Any = 1
    while below < size:
        # Added, not chosen by a branch, which a processor would guess wrong half of the time.
        below += np.int64(end[below + 1] < end[below])
        if time <= end[below]:
            break
        end[place] = end[below]
        ending[place] = ending[below]
        end_code[place] = end_code[below]
        place = below
        below = 2 * place + 1
    end[place] = time
    ending[place] = job
    end_code[place] = code


@compiled
def _remove_first(s: State) -> None:
    """Remove the first of the heap of ends."""
    s.counts[PENDING] -= 1
    last = s.counts[PENDING]
    time, job, code = s.end[last], s.ending[last], s.end_code[last]
    s.end[last] = np.inf
    if last > 0:
        _replace_first(s, time, job, code)


@inlined
def _fill_vacancy(s: State) -> None:
    """Remove the first of the heap of ends if it is over, and no work has taken its place."""
    if s.counts[IS_VACANT]:
        s.counts[IS_VACANT] = False
        _remove_first(s)


@inlined
def _join(s: State, row: int, job: int, since: float) -> None:
    """Put a job into a row in order, before those who joined later or have larger numbers."""
    queue, joined, span = s.queue, s.joined, s.span
    place = span[row, 1]
    head = span[row, 0]
    while place > head:
        before = joined[row, place - 1]
        if before < since or (before == since and queue[row, place - 1] < job):
            break
        queue[row, place] = queue[row, place - 1]
        joined[row, place] = before
        place -= 1
    queue[row, place] = job
    joined[row, place] = since
    span[row, 1] += 1
    s.waiting[row] += 1
    s.row_of[job] = row


@compiled
def _rise(
    queue: Any, joined: Any, first: Any, row: int, size: int, job: int, since: float, urgency: float
) -> None:
    """Put a job into a row that is a heap of `size` by (urgency, joined, job)."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        other = first[row, above]
        if other < urgency or (
            other == urgency
            and (
                joined[row, above] < since
                or (joined[row, above] == since and queue[row, above] < job)
            )
        ):
            break
        queue[row, place] = queue[row, above]
        joined[row, place] = joined[row, above]
        first[row, place] = other
        place = above
    queue[row, place] = job
    joined[row, place] = since
    first[row, place] = urgency


@compiled
def _is_before(queue: Any, joined: Any, first: Any, row: int, one: int, other: int) -> Any:
    """Tell whether one place of a heap row comes before another."""
    if first[row, one] != first[row, other]:
        return first[row, one] < first[row, other]
    if joined[row, one] != joined[row, other]:
        return joined[row, one] < joined[row, other]
    return queue[row, one] < queue[row, other]


@compiled
def _sink(queue: Any, joined: Any, first: Any, row: int, last: int) -> None:
    """Remove the first of a heap row whose last place is `last`."""
    place = 0
    below = 1
    while below < last:
        if below + 1 < last and _is_before(queue, joined, first, row, below + 1, below):
            below += 1
        if _is_before(queue, joined, first, row, last, below):
            break
        queue[row, place] = queue[row, below]
        joined[row, place] = joined[row, below]
        first[row, place] = first[row, below]
        place = below
        below = 2 * place + 1
    queue[row, place] = queue[row, last]
    joined[row, place] = joined[row, last]
    first[row, place] = first[row, last]


@inlined
def _forget_those_gone(s: State, row: int, heap: bool) -> None:
    """Remove from the front of a row with somebody in it all who have left it early."""
    if heap:
        while s.row_of[s.queue[row, 0]] != row:
            s.span[row, 1] -= 1
            _sink(s.queue, s.joined, s.first, row, s.span[row, 1])
    else:
        while s.row_of[s.queue[row, s.span[row, 0]]] != row:
            s.span[row, 0] += 1


@inlined
def _take(s: State, row: int, heap: bool) -> Any:
    """Remove and return the first of a row from whose front those gone are forgotten."""
    s.waiting[row] -= 1
    if heap:
        job = s.queue[row, 0]
        s.span[row, 1] -= 1
        _sink(s.queue, s.joined, s.first, row, s.span[row, 1])
    else:
        job = s.queue[row, s.span[row, 0]]
        s.span[row, 0] += 1
    s.row_of[job] = NOWHERE
    return job


@inlined
def _first_row(s: State, station: int) -> Any:
    """Return the row in which a station's most urgent orders wait, or the one after its last."""
    row = station * s.counts[CLASSES]
    end = row + s.counts[CLASSES]
    while row < end and s.waiting[row] == 0:
        row += 1
    return row


@inlined
def _enter(s: State, station: int, job: int, since: float) -> None:
    """Join a station's queue."""
    if s.counts[HAS_HEAPS]:
        size = s.span[station, 1]
        _rise(s.queue, s.joined, s.first, station, size, job, since, s.urgency[job])
        s.span[station, 1] += 1
        s.waiting[station] += 1
        s.row_of[job] = station
    else:
        _join(s, station * s.counts[CLASSES] + s.class_of[job], job, since)
    s.is_due[s.pool_of[station]] = True


@compiled
def _finish(s: State, job: int, now: float) -> None:
    """Be gone: the unit of stock that the job held is free."""
    s.gone[job] = now
    if s.is_return[job]:
        return
    s.counts[DONE] += 1
    if s.group[job] >= 0 and not np.isnan(s.released[job]):
        s.stock[s.group[job]] += 1


@inlined
def _go_on(s: State, job: int, station: int, now: float) -> None:
    """Send a job to the next place after `station` (-1: it comes to the line)."""
    stations = s.counts[STATIONS]
    skips = np.int64(s.skips[job])
    station += 1
    while station < stations and (skips >> station) & 1:
        station += 1
    if station < stations:
        if s.gate_row[station] >= 0:
            _join(s, s.gate_row[station], job, now)
        else:
            _enter(s, station, job, now)
    elif s.is_return[job]:
        _finish(s, job, now)
    else:
        s.counts[INSIDE] -= 1
        s.dispatched[job] = now
        if s.counts[HAS_COURIER]:
            _join(s, s.counts[DOCK], job, now)
        else:
            s.collected[job] = now
            s.counts[DONE] += 1


@compiled
def _leave(s: State, job: int, now: float) -> None:
    """Leave as cancelled: to be restocked if the goods were handled, or gone."""
    s.counts[INSIDE] -= 1
    restock = s.counts[RESTOCK]
    if s.is_handled[job] and restock >= 0:
        _enter(s, restock, job, now)
    else:
        _finish(s, job, now)


@compiled
def _detour(s: State, job: int, station: int, now: float) -> None:
    """Send a job that does not go straight on where it must go after its work at a station."""
    if s.is_cancelled[job]:
        if station == s.counts[RESTOCK]:
            _finish(s, job, now)
        else:
            _leave(s, job, now)
        return
    row = s.detour[station]
    if s.rework[row, job] > 0:
        s.rework[row, job] -= 1
        # From the station before on: the next one is where it is sent back to.
        _go_on(s, job, s.rework_to[station] - 1, now)
    else:
        seconds = s.delay[row, job]
        s.delay[row, job] = 0.0
        _push(s, now + seconds, job, s.counts[STATIONS] + station)
        s.row_of[job] = s.counts[HELD]


@inlined
def _after_work(s: State, job: int, station: Any, now: float) -> None:
    """Decide where a job goes whose work at a station has ended."""
    row = s.detour[station]
    if s.is_cancelled[job] or (row >= 0 and (s.rework[row, job] > 0 or s.delay[row, job] > 0)):
        _detour(s, job, station, now)
    else:
        _go_on(s, job, station, now)


@inlined
def _end(s: State, now: float) -> None:
    """Carry out the first of the ends: of one person's work, or of a delay."""
    stations = s.counts[STATIONS]
    job = s.ending[0]
    station = np.int64(s.end_code[0])
    if s.end[1] == now or s.end[2] == now:
        _remove_first(s)
    else:
        s.counts[IS_VACANT] = True
    if station >= stations:
        if s.row_of[job] == s.counts[HELD]:
            s.row_of[job] = NOWHERE
            _go_on(s, job, station - stations, now)
        return
    pool = s.pool_of[station]
    s.busy[pool] -= 1
    s.working[station] -= 1
    s.is_due[pool] = True
    if s.cart[station] == 1:
        _after_work(s, job, station, now)
    else:
        while job >= 0:
            following = s.next_in_cart[job]
            _after_work(s, job, station, now)
            job = following


@inlined
def _arrive(s: State, now: float) -> None:
    """Let the next job come to the line."""
    job = s.counts[ARRIVED]
    s.counts[ARRIVED] += 1
    if s.is_return[job]:
        _go_on(s, job, -1, now)
    else:
        s.counts[INSIDE] += 1
        _join(s, s.counts[ERP], job, now)


@compiled
def _cancel(s: State, now: float) -> None:
    """Step 2 of an instant for the next cancellation."""
    job = s.cancels[s.counts[CANCELLING]]
    s.counts[CANCELLING] += 1
    if np.isnan(s.dispatched[job]) and np.isnan(s.gone[job]):
        s.is_cancelled[job] = True
        row = s.row_of[job]
        if row != NOWHERE:
            if row != s.counts[HELD]:
                s.waiting[row] -= 1
            s.row_of[job] = NOWHERE
            _leave(s, job, now)


@compiled
def _release_stock(s: State, now: float) -> None:
    """Let orders go on that waited for stock, while there is some."""
    for group in range(s.counts[GROUPS]):
        row = s.short_row[group]
        while row >= 0 and s.waiting[row] > 0 and s.stock[group] > 0:
            _forget_those_gone(s, row, False)
            job = _take(s, row, False)
            s.stock[group] -= 1
            s.released[job] = now
            _go_on(s, job, -1, now)


@compiled
def _release_waves(s: State) -> None:
    """Let waves that have their count join their station's queue."""
    for station in range(s.counts[STATIONS]):
        if s.wave[station] > 0:
            row = s.gate_row[station]
            while s.waiting[row] >= s.wave[station]:
                for _ in range(s.wave[station]):
                    _forget_those_gone(s, row, False)
                    since = s.joined[row, s.span[row, 0]]
                    _enter(s, station, _take(s, row, False), since)


@inlined
def _release(s: State, now: float) -> None:
    """Step 4 of an instant up to the starts: stock, the ERP, waves that have their count."""
    counts = s.counts
    if counts[HAS_STOCK]:
        _release_stock(s, now)
    erp = counts[ERP]
    while counts[QUOTA] > 0 and s.waiting[erp] > 0:
        _forget_those_gone(s, erp, False)
        job = _take(s, erp, False)
        counts[QUOTA] -= 1
        counts[RELEASED] += 1
        group = s.group[job]
        if group >= 0 and s.stock[group] == 0:
            _join(s, s.short_row[group], job, now)
        else:
            if group >= 0:
                s.stock[group] -= 1
            s.released[job] = now
            _go_on(s, job, -1, now)
    if counts[HAS_WAVES]:
        _release_waves(s)


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
        row = _first_row(s, station)
        rank = row - station * classes
        if rank < classes and s.working[station] < s.places[station]:
            _forget_those_gone(s, row, heap)
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
        row = _first_row(s, station)
        if row == (station + 1) * classes:
            break
        _forget_those_gone(s, row, heap)
        s.log_joined[logged] = s.joined[row, 0 if heap else s.span[row, 0]]
        job = _take(s, row, heap)
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
    ends = now + np.rint(seconds * s.slowness[pool] * crowding * TICKS) / TICKS
    for visit in range(begun, logged):
        s.log_station[visit] = station
        s.log_started[visit] = now
        s.log_ended[visit] = ends
    counts[LOGGED] = logged
    if counts[IS_VACANT]:
        counts[IS_VACANT] = False
        _replace_first(s, ends, leader, station)
    else:
        _push(s, ends, leader, station)


@compiled
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
        row = _first_row(s, station)
        if row < end:
            _forget_those_gone(s, row, heap)
            place = 0 if heap else s.span[row, 0]
            s.first_joined[station] = s.joined[row, place]
            s.first_urgency[station] = s.urgency[s.queue[row, place]]


@compiled
def advance(s: State, now: float, until: float) -> None:
    """Finish the instant `now`, carry out all before `until`, and steps 1 and 2 of `until`."""
    counts = s.counts
    s.is_due[:] = True
    while True:
        _release(s, now)
        for pool in range(counts[POOLS]):
            if s.is_due[pool]:
                s.is_due[pool] = False
                while s.busy[pool] < s.staff[pool]:
                    station = _first_of(s, pool)
                    if station < 0:
                        break
                    _begin(s, pool, station, now)
        _fill_vacancy(s)
        now = np.inf
        if counts[ARRIVED] < s.counts[NJOBS]:
            now = s.ready[counts[ARRIVED]]
        now = min(now, s.end[0])
        if counts[CANCELLING] < s.counts[NCANCELS] and s.cancel_at[counts[CANCELLING]] < now:
            now = s.cancel_at[counts[CANCELLING]]
        if now > until:
            break
        while counts[ARRIVED] < s.counts[NJOBS] and s.ready[counts[ARRIVED]] == now:
            _arrive(s, now)
        while s.end[0] == now and not counts[IS_VACANT]:
            _end(s, now)
        while counts[CANCELLING] < s.counts[NCANCELS] and s.cancel_at[counts[CANCELLING]] == now:
            _cancel(s, now)
        if now == until:
            break
    _fill_vacancy(s)
    _look(s)


@compiled
def release_wave(s: State, station: int) -> None:
    """Let all orders that wait for a wave at `station` join its queue."""
    row = s.gate_row[station]
    while s.waiting[row] > 0:
        _forget_those_gone(s, row, False)
        since = s.joined[row, s.span[row, 0]]
        _enter(s, station, _take(s, row, False), since)
    _look(s)


@compiled
def collect(s: State, now: float, capacity: int) -> Any:
    """Hand the parcels that were dispatched first to the courier and return how many."""
    dock = s.counts[DOCK]
    collected = 0
    while s.waiting[dock] > 0 and capacity > 0:
        s.collected[_take(s, dock, False)] = now
        s.counts[DONE] += 1
        capacity -= 1
        collected += 1
    return collected
