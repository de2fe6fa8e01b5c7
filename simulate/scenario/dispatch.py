"""The dispatch line: stations, the ERP's cap, the courier."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.base import ClockTime, Day, Label, Moment, Name, Part
from simulate.scenario.distributions import Delay, Deterministic, Distribution, Interruption
from simulate.scenario.labour import WEEKDAYS, Pool, Weekday
from simulate.scenario.quantities import (
    Duration,
    Orders,
    Parcels,
    People,
    Places,
    SecondsPerCart,
    SecondsPerLine,
    SecondsPerOrder,
    Share,
)


class Failures(Part):
    """Breakdowns and repairs, each after an exponential time.

    `time_between` is the mean time that one machine runs until it fails, day and night; `repair`
    the mean time until it runs again.
    """

    time_between: Duration
    repair: Duration


class Equipment(Part):
    """Machines or tables of a station: at most `number` orders or carts are worked on at once."""

    label: Label | None = None
    number: Places
    failures: Failures | None = None


class Cart(Part):
    """One person takes up to `orders` at once.

    The work on a cart is `setup` and the work on each of its orders; all of them are done when
    the cart is. Nobody waits for a cart to fill up: it takes who is there.
    """

    orders: Orders
    setup: SecondsPerCart = 0.0


class Wave(Part):
    """Orders are let to the station together: by the clock, by their number, or by both.

    `every` counts from local midnight. With `orders`, that many are let in as soon as they wait.
    """

    every: Duration | None = None
    orders: Orders | None = None

    @model_validator(mode="after")
    def _check_some(self) -> Self:
        if self.every is None and self.orders is None:
            raise PydanticCustomError("wave", "a wave needs `every`, `orders`, or both")
        return self


class Exceptions(Part):
    """A `share` of orders is stopped once after the station's work, for a `delay`.

    Nobody works on it meanwhile.
    """

    share: Share
    delay: Delay


class Rework(Part):
    """A `share` of orders is sent `back_to` a station, and comes again, each time anew."""

    share: Share
    back_to: Name


class Crowding(Part):
    """Everybody at the station beyond a number slows all work that begins by `slowdown`."""

    beyond: People
    slowdown: Share


class Station(Part):
    """A step of the dispatch line.

    The mean work on an order is `setup` plus `per_line` for each of its lines; `distribution`
    varies it, and an `interruption` adds a rare long stop. Off unless written: a `cart` takes
    several orders at once, a `wave` lets orders in together, `exceptions` stop orders after it,
    `rework` sends orders back, `crowding` slows people down, `equipment` limits how many work.
    A share `mis_sent` of the orders that pass it is wrong and found by the customer; it is
    counted.
    """

    label: Label | None = None
    pool: Name
    setup: SecondsPerOrder = 0.0
    per_line: SecondsPerLine = 0.0
    distribution: Distribution = Deterministic(kind="deterministic")
    interruption: Interruption | None = None
    cart: Cart | None = None
    wave: Wave | None = None
    exceptions: Exceptions | None = None
    rework: Rework | None = None
    crowding: Crowding | None = None
    equipment: Equipment | None = None
    mis_sent: Share = 0.0


class Erp(Part):
    """How many orders the ERP releases, by clock hour and by local day, and how often it is down.

    While it is down it releases nothing.
    """

    label: Label | None = None
    per_hour: Orders | None = None
    per_day: Orders | None = None
    failures: Failures | None = None


def _check_same_day(minutes: int) -> int:
    if not 0 <= minutes < 1440:
        raise PydanticCustomError(
            "clock", "a collection is at a time of its own day, from `00:00` to `23:59`"
        )
    return minutes


class LateVans(Part):
    """A `share` of the courier's visits comes late, by an exponential time of mean `delay`."""

    share: Share
    delay: Duration


class Collection(Part):
    """A courier's visit at `at`, local time, taking at most `capacity` parcels.

    It comes on `weekdays`, from `first` to `last`. Its own `late` and `missing` hold instead of
    the courier's.
    """

    at: Annotated[ClockTime, AfterValidator(_check_same_day)]
    capacity: Parcels | None = None
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    first: Day | None = None
    last: Day | None = None
    late: LateVans | None = None
    missing: Share | None = None


class Overload(Part):
    """From `starts` to `ends` the courier's network is full: each visit takes only a share."""

    starts: Moment
    ends: Moment
    capacity: Share


class Courier(Part):
    """When parcels are collected, and what goes wrong with it.

    `late`: vans that come late; `missing`: the share of visits that do not happen; `overloads`:
    times when each visit takes only a share of its capacity.
    """

    label: Label | None = None
    collections: dict[Name, Collection] = Field(min_length=1)
    late: LateVans | None = None
    missing: Share = 0.0
    overloads: dict[Name, Overload] = Field(default={})


class Dispatch(Part):
    """The line from a paid order to the courier's scan.

    `line` gives the order of the stations; without it, the order in which they are written.
    Parcels that were packed beforehand pass by `packed_beforehand_skips`, orders of one line by
    `single_line_skips`. Without a courier an order is collected the moment its last station is
    done. With `due_dates`, orders of one class are taken by their deadline.
    """

    stations: dict[Name, Station] = Field(min_length=1, max_length=30)
    pools: dict[Name, Pool] = Field(min_length=1, max_length=32)
    line: tuple[Name, ...] | None = None
    packed_beforehand_skips: tuple[Name, ...] = ()
    single_line_skips: tuple[Name, ...] = ()
    due_dates: bool = False
    erp: Erp | None = None
    courier: Courier | None = None

    @property
    def stations_in_order(self) -> tuple[str, ...]:
        """Names of the stations from the first to the last."""
        return self.line if self.line is not None else tuple(self.stations)
