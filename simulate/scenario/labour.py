"""People: pools, their shifts, and what changes how many are at work and how fast they are."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.base import ClockTime, Day, Label, Name, Part
from simulate.scenario.quantities import Duration, Factor, MoneyPerHour, Orders, People, Share

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Break(Part):
    """A pause of the whole shift, from `starts` on; who is busy finishes the order in hand."""

    starts: ClockTime
    lasts: Duration


class Learning(Part):
    """New people work at `first_day` of full speed on the shift's first day.

    Their speed rises evenly from day to day of the shift until it is full after `days`.
    """

    first_day: Share
    days: Annotated[int, Field(strict=True, ge=1, le=365)]


class Shift(Part):
    """`people` at work from `starts` to `ends`, local time, on `weekdays`, from `first` to `last`.

    A shift over midnight ends on the next day: ``starts: 22:00``, ``ends: 06:00+1d``. Off unless
    written: `breaks`; `absence`, the share of people who do not come, drawn for each of them and
    each day; `learning` of temporary staff; a `wage` of their own.
    """

    label: Label | None = None
    starts: ClockTime
    ends: ClockTime
    people: People
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    first: Day | None = None
    last: Day | None = None
    breaks: dict[Name, Break] = Field(default={})
    absence: Share = 0.0
    learning: Learning | None = None
    wage: MoneyPerHour | None = None

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


class Supervisor(Part):
    """Someone who moves the people of a pool to where the work is, `every` so often.

    Without a supervisor each free person takes the order that comes first at any station of the
    pool. With one, people stand at stations: at each review, and whenever their number changes,
    everybody is sent, one by one, to the station that the rule names and that needs one more.
    `longest-wait`: whose first order has waited longest, the wait divided by the people sent there
    so far and one; `most-urgent`: whose first order is most urgent; `fixed-order`: the last of the
    line. Who is moved is away for `switching`.
    """

    every: Duration
    rule: Literal["longest-wait", "most-urgent", "fixed-order"]
    switching: Duration = 0.0


class Overtime(Part):
    """At the end of a shift its people stay for `lasts` if the backlog is above `backlog`."""

    backlog: Orders
    lasts: Duration


class CallIn(Part):
    """An extra shift that is called in: looked at each day `at`, if the backlog is above `backlog`.

    `people` come `notice` later and work for `lasts`. `first` and `last` are the days on which it
    is looked at.
    """

    at: ClockTime
    backlog: Orders
    notice: Duration
    people: People
    lasts: Duration
    first: Day | None = None
    last: Day | None = None


class Pool(Part):
    """People who can do the same work, and their roster.

    Off unless written: a `supervisor` who moves them between stations, `overtime` that is ordered
    when the backlog is high, `call_ins`. `wage` is paid for every hour of a shift, overtime at
    `overtime_rate` times it.
    """

    label: Label | None = None
    shifts: dict[Name, Shift] = Field(min_length=1)
    supervisor: Supervisor | None = None
    overtime: Overtime | None = None
    call_ins: dict[Name, CallIn] = Field(default={})
    wage: MoneyPerHour | None = None
    overtime_rate: Factor = 1.5
