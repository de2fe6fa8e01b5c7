"""The contract of a Floor: what flows between two decisions.

Order of an instant. Everything that falls on the same moment happens in this order, on every
Floor:

1. Work that ends at the moment ends, and orders that are paid at the moment arrive. Each joins
   the queue of its next place.
2. Decisions take effect: shift edges, the ERP's quota, the courier's collection.
3. The ERP releases waiting orders while its quota lasts. Then free people take waiting orders.

Work that takes no time at all, begun in step 3, ends at the same moment: steps 1 and 3 repeat
until nothing more happens. Decisions do not repeat, so a parcel scanned at the very moment of a
collection goes with it, unless its scan began at that moment.

A queue is ordered by the time of joining, then by order number. A free person whose pool serves
several stations takes the order that joined its queue earliest; of equals, the one at the
station further down the line.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNLIMITED = 2**62
"""A quota or capacity that never binds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The dispatch line as numbers.

    `stations` and `pools` are names in order; `pool_of[s]` is the index of station s's pool.
    `has_courier`: parcels wait for a collection after the last station.
    """

    stations: tuple[str, ...]
    pools: tuple[str, ...]
    pool_of: NDArray[np.int64]
    has_courier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """Paid orders as the line sees them; an order's number is its index.

    `ready[n]`: seconds since the start when each reaches the ERP, ascending. `work[s, n]`:
    seconds of work at each station. `skips[n]`: bit s is set if the order passes by station s.
    All times are whole ticks, so that sums of them are exact.
    """

    ready: Floats
    work: Floats
    skips: NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """When each order passed each place, in seconds since the start; NaN: it did not.

    `released[n]` by the ERP, `started[s, n]` at each station, `collected[n]` by the courier
    (without a courier, when its last station was done). `ended` is when the run ended.
    """

    released: Floats
    started: Floats
    collected: Floats
    ended: float


class Floor(Protocol):
    """Orders queueing and being worked at stations between two decisions."""

    def __init__(self, env: Any, line: Line, jobs: Jobs) -> None:
        """Open the floor in a `simpy.Environment` with nobody at work."""

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and step 1 of the instant `until`."""

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool; who is busy beyond that finishes the order in hand."""

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on, until the quota is set again."""

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""

    def collect(self, capacity: int) -> None:
        """Hand the parcels that were dispatched first, up to `capacity`, to the courier."""

    def is_empty(self) -> bool:
        """Tell whether every order has been collected."""

    def stamps(self) -> Stamps:
        """Return when each order passed each place."""
