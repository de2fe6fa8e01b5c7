"""The dispatch line: stations, labour pools, the ERP's cap, the courier."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.base import ClockTime, Day, Label, Name, Part
from simulate.scenario.distributions import Deterministic, Distribution, Interruption
from simulate.scenario.quantities import Orders, Parcels, People, SecondsPerLine, SecondsPerOrder

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Shift(Part):
    """`people` at work from `starts` to `ends`, local time, on `weekdays`, from `first` to `last`.

    A shift over midnight ends on the next day: ``starts: 22:00``, ``ends: 06:00+1d``.
    """

    label: Label | None = None
    starts: ClockTime
    ends: ClockTime
    people: People
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.ends <= self.starts:
            raise PydanticCustomError(
                "shift",
                "the shift ends before it starts: if it ends on the next day, write "
                "`ends: {clock}+1d`",
                {"clock": f"{self.ends // 60 % 24:02d}:{self.ends % 60:02d}", "key": "ends"},
            )
        if self.ends - self.starts > 24 * 60:
            raise PydanticCustomError("shift", "the shift is longer than 24 hours", {"key": "ends"})
        if self.first and self.last and self.last < self.first:
            raise PydanticCustomError("shift", "`last` is before `first`", {"key": "last"})
        return self


class Pool(Part):
    """People who can do the same work, and their roster."""

    label: Label | None = None
    shifts: dict[Name, Shift] = Field(min_length=1)


class Station(Part):
    """A step of the dispatch line.

    The mean work on an order is `setup` plus `per_line` for each of its lines; `distribution`
    varies it, and an `interruption` adds a rare long stop.
    """

    label: Label | None = None
    pool: Name
    setup: SecondsPerOrder = 0.0
    per_line: SecondsPerLine = 0.0
    distribution: Distribution = Deterministic(kind="deterministic")
    interruption: Interruption | None = None


class Erp(Part):
    """How many orders the ERP releases to the line, by clock hour and by local day."""

    label: Label | None = None
    per_hour: Orders | None = None
    per_day: Orders | None = None


def _check_same_day(minutes: int) -> int:
    if not 0 <= minutes < 1440:
        raise PydanticCustomError(
            "clock", "a collection is at a time of its own day, from `00:00` to `23:59`"
        )
    return minutes


class Collection(Part):
    """A courier's visit at `at`, local time, taking at most `capacity` parcels."""

    at: Annotated[ClockTime, AfterValidator(_check_same_day)]
    capacity: Parcels | None = None
    weekdays: tuple[Weekday, ...] = WEEKDAYS


class Courier(Part):
    """When parcels are collected."""

    label: Label | None = None
    collections: dict[Name, Collection] = Field(min_length=1)


class Dispatch(Part):
    """The line from a paid order to the courier's scan.

    `line` gives the order of the stations; without it, the order in which they are written.
    Parcels that were packed beforehand pass by `packed_beforehand_skips`. Without a courier an
    order is collected the moment its last station is done.
    """

    stations: dict[Name, Station] = Field(min_length=1, max_length=32)
    pools: dict[Name, Pool] = Field(min_length=1, max_length=32)
    line: tuple[Name, ...] | None = None
    packed_beforehand_skips: tuple[Name, ...] = ()
    erp: Erp | None = None
    courier: Courier | None = None

    @property
    def stations_in_order(self) -> tuple[str, ...]:
        """Names of the stations from the first to the last."""
        return self.line if self.line is not None else tuple(self.stations)
