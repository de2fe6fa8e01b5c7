"""Work as a fluid: what could be done at best if people did nothing but what is most urgent.

Work may be done in any slot of its window, in any pieces, and slots have a capacity. What fits is
then known exactly: a set of work fits if, between any two slots, no more has to be done than can be
(P. Hall's condition, which for windows on a line only has to hold for stretches: F. Glover,
"Maximum matching in a convex bipartite graph", Naval Research Logistics Quarterly 14, 1967).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Work by the window in which it must be done: from slot `first` to slot `last`, both in it.

    `work` in the unit of the capacity, above 0; `orders`: how many orders it belongs to.
    """

    first: Ints
    last: Ints
    work: Floats
    orders: Floats


def windows(first: Ints, last: Ints, work: Floats, slots: int, share: float = 1.0) -> Windows:
    """Return single orders put together by window; each counts as a `share` of an order."""
    key = first * slots + last
    order_count = np.bincount(key, minlength=0).astype(np.float64)
    total: Floats = np.bincount(key, weights=work).astype(np.float64)
    those = np.flatnonzero(total > 0)
    return Windows(
        first=those // slots,
        last=those % slots,
        work=total[those] * share,
        orders=order_count[those] * share,
    )


def tightest(found: Windows, capacity: Floats) -> tuple[float, int, int]:
    """Return the load of the stretch that is loaded most, and its first and last slot.

    The load is the work that must be done in the stretch by what can be done in it: above 1 not
    everything fits; inf where there is work and no capacity.
    """
    if len(found.work) == 0:
        return 0.0, 0, 0
    inside = _inside(found, len(capacity))
    room = _room(capacity)
    loads = np.zeros_like(inside)
    must = inside > TINY * found.work.sum()
    np.divide(inside, room, out=loads, where=must & (room > 0))
    loads[must & (room <= 0)] = np.inf
    place = int(np.argmax(loads))
    return float(loads.flat[place]), place // len(capacity), place % len(capacity)


def most_orders(found: Windows, capacity: Floats) -> float:
    """Return how many orders can be done within their windows at most, in parts if need be.

    What fits is a polymatroid, so that taking as much as fits of the lightest orders first is best
    (J. Edmonds, "Submodular functions, matroids, and certain polyhedra", 1970).
    """
    if tightest(found, capacity)[0] <= 1:
        return float(found.orders.sum())
    room = _room(capacity)
    room[np.tril_indices(len(capacity), -1)] = np.inf
    done = 0.0
    each = found.work / found.orders
    for number in np.lexsort((found.first, found.last, each)):
        stretch = room[: found.first[number] + 1, found.last[number] :]
        fits = min(float(found.work[number]), float(stretch.min()))
        if fits > 0:
            stretch -= fits
            done += fits / each[number]
    return float(done)


def waiting(arrivals: Floats, capacity: Floats) -> Floats:
    """Return what is left at the end of each slot if everybody works as long as there is work."""
    left, found = 0.0, np.empty(len(arrivals))
    for slot, (comes, can) in enumerate(zip(arrivals.tolist(), capacity.tolist(), strict=True)):
        left = max(0.0, left + comes - can)
        found[slot] = left
    return found


def _inside(found: Windows, slots: int) -> Floats:
    """Return the work that must be done from slot a to slot b, for all a and b."""
    grid = np.zeros((slots, slots))
    np.add.at(grid, (found.first, found.last), found.work)
    summed: Floats = np.cumsum(np.cumsum(grid[::-1], axis=0)[::-1], axis=1)
    return summed


def _room(capacity: Floats) -> Floats:
    """Return what can be done from slot a to slot b, for all a and b."""
    until = np.concatenate(([0.0], np.cumsum(capacity)))
    room: Floats = until[None, 1:] - until[:-1, None]
    return room
