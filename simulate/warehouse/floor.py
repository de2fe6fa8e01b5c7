"""The contract of a Floor: what flows between two decisions.

Order of an instant. Everything that falls on the same moment happens in this order, on every
Floor:

1. Work that ends at the moment ends, delays that end at it end, and jobs that are ready at it
   arrive. Each joins its next place.
2. Orders that are cancelled at the moment leave their place, unless somebody works on them.
3. Decisions take effect, in this order: failures and repairs, the ERP's quota, receipts of
   stock, shift edges and breaks, waves by the clock, the courier's collection, moves of people.
4. Orders that waited for stock go on while there is some. The ERP releases waiting orders while
   its quota lasts; an order without stock waits for it. Waves that have their count are
   released. Then free people take waiting orders.

Work that takes no time at all, begun in step 4, ends at the same moment: steps 1 and 4 repeat
until nothing more happens. Decisions do not repeat, so a parcel scanned at the very moment of a
collection goes with it, unless its scan began at that moment.

A queue is ordered by urgency, then by the time of joining, then by order number. Urgency is the
order's class and, if due dates count, its deadline. A free person whose pool serves several
stations takes the order that comes first by urgency and time of joining; of equals, the one at
the station further down the line. A station takes no more orders at once than it has places.

A cancelled order that is in work is worked to the end of that station. If its goods were handled
it is restocked where there is a station for that, and is gone when it is; otherwise it is gone at
once. The unit of stock that it held is free again when it is gone.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNLIMITED = 2**62
"""A quota, a capacity, a number of places or a stock that never binds."""

NOWHERE = -1
"""Stands for no station, no group or no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The dispatch line as numbers: S stations, the restocking and returns stations among them.

    `stations`, `pools`: names in order. `pool_of[s]`: index of a station's pool. `cart[s]`: how
    many orders one person takes at once; `cart_setup[s]`: seconds of work a cart. `wave[s]`: -1
    without waves, otherwise the number of orders that makes a wave, 0 if only the clock does.
    `crowd_from[s]`, `crowd_slowdown[s]`: each person at work beyond the first makes all work that
    begins longer by the second, a share. `rework_to[s]`: where a second check sends back to, or
    -1. `goods_from`: the first station that handles goods. `restock`: the station that puts back
    what was cancelled, or -1. `main`: the stations of an order's own way; those from `main` on
    are reached only by cancellation or by jobs that skip all others.
    `by_urgency`: whether any two jobs differ in urgency. `has_courier`: parcels wait for a
    collection after the last station of the way. `is_steady`: neither places nor slowness are
    ever set, which lets a floor leave out the questions.
    """

    stations: tuple[str, ...]
    pools: tuple[str, ...]
    pool_of: Ints
    cart: Ints
    cart_setup: Floats
    wave: Ints
    crowd_from: Ints
    crowd_slowdown: Floats
    rework_to: Ints
    goods_from: int
    restock: int
    main: int
    by_urgency: bool
    has_courier: bool
    is_steady: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """What comes to the line; a job's number is its index. N jobs.

    `ready[N]`: seconds since the start when each arrives, ascending. `work[S, N]`: seconds of
    work at each station, at full speed. `skips[N]`: bit s is set if the job passes by station s.
    `urgency[N]`: smaller comes first. `group[N]`: index of the group whose stock it needs, or -1.
    `delay[S, N]`: seconds for which it is held after a station, 0 for not at all. `rework[S, N]`:
    how often it is sent back. `cancelled[N]`: when its customer cancels, inf for never.
    `is_return[N]`: a parcel that comes back; it goes to its stations past ERP, stock and courier.
    `delay` and `rework` may be broadcast from a single zero. All times are whole ticks.
    """

    ready: Floats
    work: Floats
    skips: NDArray[np.uint32]
    urgency: Floats
    group: NDArray[np.int32]
    delay: Floats
    rework: NDArray[np.int8]
    cancelled: Floats
    is_return: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Every piece of work that was begun, by the time of beginning, then by pool; V visits.

    `job[V]`, `station[V]`, and in seconds since the start `joined[V]` (the station's queue),
    `started[V]`, `ended[V]`: when the work ends, be it after the end of the run. Visits of one
    cart share `started` and `ended`.
    """

    job: NDArray[np.int32]
    station: NDArray[np.int8]
    joined: Floats
    started: Floats
    ended: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """When each job passed each place, in seconds since the start; NaN: it did not.

    `released[N]` by the ERP, with stock; `dispatched[N]`: its last station was done;
    `collected[N]` by the courier (without one, when dispatched); `gone[N]`: cancelled and out of
    the house, or a return that is put away. `visits`: all work. `joined[N]`, `place[N]`: since
    when and where a job waits when the run ends, place -1 for none. `ended`: when the run ended.
    """

    released: Floats
    dispatched: Floats
    collected: Floats
    gone: Floats
    visits: Visits
    joined: Floats
    place: Ints
    ended: float


class Look(NamedTuple):
    """What a supervisor sees: by station, how many wait and work, and who waits first.

    `waiting[S]`: jobs in the queue. `busy[S]`: orders or carts that are worked on. `joined[S]`
    and `urgency[S]` of the first in the queue, inf if it is empty.
    """

    waiting: list[int]
    busy: list[int]
    joined: list[float]
    urgency: list[float]


class Floor(Protocol):
    """Orders queueing and being worked at stations between two decisions."""

    def __init__(self, env: Any, line: Line, jobs: Jobs, stock: Ints) -> None:
        """Open the floor in a `simpy.Environment` with nobody at work.

        `stock[G]`: units of each group at the start, UNLIMITED for a group that never runs out.
        """

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and steps 1 and 2 of the instant `until`."""

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool; who is busy beyond that finishes the order in hand."""

    def set_places(self, station: int, places: int) -> None:
        """Let a station take at most `places` orders or carts at once; those in work go on."""

    def set_slowness(self, pool: int, slowness: float) -> None:
        """Make work of a pool that begins from now on take `slowness` times its seconds."""

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on, until the quota is set again."""

    def add_stock(self, group: int, units: int) -> None:
        """Put `units` of a group on the shelf."""

    def release_wave(self, station: int) -> None:
        """Let all orders that wait for a wave at `station` join its queue."""

    def collect(self, capacity: int) -> int:
        """Hand the parcels that were dispatched first, up to `capacity`, to the courier.

        Return how many there were.
        """

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far, with stock or without."""

    def look(self) -> Look:
        """Return what a supervisor sees."""

    def inside(self) -> int:
        """Return how many orders have arrived and are not dispatched and not cancelled."""

    def is_empty(self) -> bool:
        """Tell whether every order has been collected or is gone; returns do not count."""

    def stamps(self) -> Stamps:
        """Return when each job passed each place."""
