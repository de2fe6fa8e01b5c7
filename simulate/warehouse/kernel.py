"""The event loop of `CompiledFloor`, compiled by numba: plain loops over arrays.

Every function here changes the arrays it is given in place. `S` stations, `P` pools, `N` orders,
`C` people at work at the most.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile with numba, keeping the machine code on disk for the next process."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))


ARRIVED, RELEASED, WORKING, QUOTA, COLLECTED, COURIER = range(6)
"""Places in `State.counts`."""


class State(NamedTuple):
    """All that a floor knows.

    `ready[N]`, `work[S, N]`, `skips[N]`, `pool_of[S]`: as in `Line` and `Jobs`.
    `queue[S + 1, N]` and `queued[S + 1, N]`: order numbers in the order of joining, and when they
    joined; `span[S + 1, 2]`: the part (head, tail) that is waiting. Row S is the dock. The ERP's
    queue is the orders from the number released to the number arrived.
    `first[P]`, `following[S]`: the stations of each pool as a chain that ends with -1.
    `end[C + 3]`, `ending[C + 3]`: binary heap of the ends of work, by time; inf beyond its size.
    `at_station[N]`: where an order is in work. `staff[P]`, `busy[P]`.
    `released[N]`, `started[S, N]`, `collected[N]`: as in `Stamps`.
    """

    ready: Floats
    work: Floats
    skips: NDArray[np.uint32]
    pool_of: Ints
    queue: NDArray[np.int32]
    queued: Floats
    span: Ints
    first: Ints
    following: Ints
    end: Floats
    ending: Numbers
    at_station: NDArray[np.int8]
    staff: Ints
    busy: Ints
    released: Floats
    started: Floats
    collected: Floats
    counts: Ints


@compiled
def _push(end: Floats, ending: Numbers, size: int, time: float, order: int) -> None:
    """Add the end of an order's work to a heap of `size`."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if end[above] <= time:
            break
        end[place] = end[above]
        ending[place] = ending[above]
        place = above
    end[place] = time
    ending[place] = order


@compiled
def _replace_first(end: Floats, ending: Numbers, size: int, time: float, order: int) -> None:
    """Put the end of an order's work in the place of the first of a heap of `size`."""
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
    ending[place] = order


@compiled
def _remove_first(end: Floats, ending: Numbers, size: int) -> None:
    """Remove the first of a heap of `size`."""
    time, order = end[size - 1], ending[size - 1]
    end[size - 1] = np.inf
    if size > 1:
        _replace_first(end, ending, size - 1, time, order)


@compiled
def _join(
    queue: NDArray[np.int32], queued: Floats, row: int, span: Ints, order: int, now: float
) -> None:
    """Put an order at the end of queue `row`, before those of this instant with larger numbers.

    `span[row]` is (head, tail).
    """
    place = span[row, 1]
    head = span[row, 0]
    while place > head and queued[row, place - 1] == now and queue[row, place - 1] > order:
        queue[row, place] = queue[row, place - 1]
        queued[row, place] = now
        place -= 1
    queue[row, place] = order
    queued[row, place] = now
    span[row, 1] += 1


@compiled
def _make_due(due: Ints, is_due: NDArray[np.bool_], dues: int, pool: int) -> int:
    """Put a pool on the list of those to look at, once, and return the list's new length."""
    if is_due[pool]:
        return dues
    is_due[pool] = True
    due[dues] = pool
    return dues + 1


@compiled
def _next_place(skips: Any, station: Any, dock: int) -> Any:
    """Return the next station after `station` that an order does not pass by, or the dock."""
    station += 1
    while station < dock and (skips >> station) & 1:
        station += 1
    return station


@compiled
def advance(state: State, now: float, until: float) -> None:  # noqa: PLR0912, PLR0915
    """Finish the instant `now`, carry out all before `until`, and step 1 of the instant `until`.

    One loop, with its state in local names: handing it around costs more than the work itself.
    """
    ready, work, skips, pool_of = state.ready, state.work, state.skips, state.pool_of
    queue, queued, span = state.queue, state.queued, state.span
    first, following = state.first, state.following
    end, ending, at_station = state.end, state.ending, state.at_station
    staff, busy = state.staff, state.busy
    released, started, collected = state.released, state.started, state.collected
    counts = state.counts
    orders, dock, pools = len(ready), len(pool_of), len(staff)
    arrived, passed = counts[ARRIVED], counts[RELEASED]
    working, quota = counts[WORKING], counts[QUOTA]
    has_courier = counts[COURIER] == 1
    # Pools whose people may have something new to do: at first all of them.
    due, is_due = np.arange(pools), np.ones(pools, np.bool_)
    dues = pools
    # The first of the heap has ended, and its place is free for the next work that begins.
    is_vacant = False
    while True:
        # Step 3 of the instant `now`: the ERP releases, then free people take waiting orders.
        while quota > 0 and passed < arrived:
            order = passed
            passed += 1
            quota -= 1
            released[order] = now
            place = _next_place(np.int64(skips[order]), -1, dock)
            if place < dock:
                dues = _make_due(due, is_due, dues, pool_of[place])
                _join(queue, queued, place, span, order, now)
            elif has_courier:
                _join(queue, queued, dock, span, order, now)
            else:
                collected[order] = now
                counts[COLLECTED] += 1
        while dues > 0:
            dues -= 1
            pool = due[dues]
            is_due[pool] = False
            while busy[pool] < staff[pool]:
                # The longest wait of the pool's stations; of equals the last.
                chosen = -1
                earliest = np.inf
                station = first[pool]
                while station >= 0:
                    head = span[station, 0]
                    if head < span[station, 1] and queued[station, head] <= earliest:
                        earliest = queued[station, head]
                        chosen = station
                    station = following[station]
                if chosen < 0:
                    break
                order = queue[chosen, span[chosen, 0]]
                span[chosen, 0] += 1
                busy[pool] += 1
                started[chosen, order] = now
                at_station[order] = chosen
                if is_vacant:
                    is_vacant = False
                    _replace_first(end, ending, working, now + work[chosen, order], order)
                else:
                    _push(end, ending, working, now + work[chosen, order], order)
                    working += 1
        if is_vacant:
            is_vacant = False
            _remove_first(end, ending, working)
            working -= 1
        now = np.inf
        if arrived < orders:
            now = ready[arrived]
        now = min(now, end[0])
        if now > until:
            break
        # Step 1 of the instant `now`: work that ends ends, paid orders arrive.
        while arrived < orders and ready[arrived] == now:
            arrived += 1
        while end[0] == now and not is_vacant:
            order = ending[0]
            if end[1] == now or end[2] == now:
                _remove_first(end, ending, working)
                working -= 1
            else:
                is_vacant = True
            station = np.int64(at_station[order])
            pool = pool_of[station]
            busy[pool] -= 1
            dues = _make_due(due, is_due, dues, pool)
            place = _next_place(np.int64(skips[order]), station, dock)
            if place < dock:
                dues = _make_due(due, is_due, dues, pool_of[place])
                _join(queue, queued, place, span, order, now)
            elif has_courier:
                _join(queue, queued, dock, span, order, now)
            else:
                collected[order] = now
                counts[COLLECTED] += 1
        if now == until:
            break
    if is_vacant:
        _remove_first(end, ending, working)
        working -= 1
    counts[ARRIVED], counts[RELEASED] = arrived, passed
    counts[WORKING], counts[QUOTA] = working, quota


@compiled
def collect(state: State, now: float, capacity: int) -> None:
    """Hand the parcels that were dispatched first to the courier."""
    dock = len(state.pool_of)
    while state.span[dock, 0] < state.span[dock, 1] and capacity > 0:
        state.collected[state.queue[dock, state.span[dock, 0]]] = now
        state.span[dock, 0] += 1
        state.counts[COLLECTED] += 1
        capacity -= 1
