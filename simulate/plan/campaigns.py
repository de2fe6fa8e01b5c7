"""The campaigns of a year: when, how large, who prepares what, the day's timetable, the bids."""

from datetime import date, timedelta
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulate.plan.spans import ShareSpan
from simulate.scenario.base import ClockTime, Day, Label, Name, Part
from simulate.scenario.quantities import (
    Amount,
    Duration,
    Factor,
    MoneyPerClick,
    MoneyPerDay,
    MoneyPerMille,
    Share,
)

Size = Literal["daily", "weekly", "theme", "monthly", "semi-annual", "anniversary"]
SIZES: tuple[Size, ...] = get_args(Size)
"""How large an event is, from the smallest to the largest of the year."""


class Bid(Part):
    """What a campaign pays for the visitors of one channel, and what it wants back.

    `daily_budget` is spent on each of `days` days, all of the campaign's unless given. `roi` is
    the sales wanted for every unit of money spent.
    """

    daily_budget: MoneyPerDay | None = None
    days: Annotated[int, Field(strict=True, ge=1, le=400)] | None = None
    cpm: MoneyPerMille | None = None
    click_rate: Share | None = None
    cpc: MoneyPerClick | None = None
    roi: Factor | None = None

    @property
    def click_price(self) -> float | None:
        """What a click costs by CPM and click rate: CPC = CPM / (1000 x click rate)."""
        if self.cpm is None or not self.click_rate:
            return None
        return self.cpm.amount / (1000 * self.click_rate)


class Step(Part):
    """A task of the preparation: done by one `role`, either `before` the start or `due` on a day.

    `before` counts back from the first day of the campaign.
    """

    label: Label
    role: Name | None = None
    before: Duration | None = None
    due: Day | None = None

    @model_validator(mode="after")
    def _check_one_date(self) -> Self:
        if (self.before is None) == (self.due is None):
            raise PydanticCustomError(
                "step",
                "give the day of the step in one way: `before`, such as `10d` before the "
                "campaign, or `due`, a date",
            )
        return self

    def day(self, first: date) -> date:
        """Return the day on which the step is done, for a campaign that starts on `first`."""
        return self.due or first - timedelta(seconds=self.before or 0.0)


class Preparation(Part):
    """How long before the campaign its preparation starts, and its steps."""

    lasts: Duration
    steps: dict[Name, Step] = Field(default={})


class Slot(Part):
    """What happens from `starts` to `ends`, local time, on the campaign's main day."""

    label: Label
    starts: ClockTime
    ends: ClockTime
    role: Name | None = None
    channels: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.ends <= self.starts:
            raise PydanticCustomError("slot", "this ends before it starts", {"key": "ends"})
        if self.ends > 1440:
            raise PydanticCustomError(
                "slot", "the timetable is that of one day: end at `24:00`", {"key": "ends"}
            )
        return self


class Campaign(Part):
    """An event from its `first` to its `last` day, both included.

    `day` is its main day, the first unless given; on it falls `day_share` of the month's sales.
    `sales` is its own target. `scenario` names the scenario that simulates it; `role` is who
    answers for it.
    """

    label: Label
    size: Size
    first: Day
    last: Day
    day: Day | None = None
    scenario: Name | None = None
    role: Name | None = None
    sales: Amount | None = None
    day_share: ShareSpan | None = None
    preparation: Preparation | None = None
    timetable: dict[Name, Slot] = Field(default={})
    bids: dict[Name, Bid] = Field(default={})
    note: Label | None = None

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        if self.last < self.first:
            raise PydanticCustomError("campaign", "`last` is before `first`", {"key": "last"})
        if not self.first <= self.main_day <= self.last:
            raise PydanticCustomError(
                "campaign", "the main day lies outside the campaign", {"key": "day"}
            )
        return self

    @property
    def main_day(self) -> date:
        """The day of the event itself."""
        return self.day or self.first

    @property
    def days(self) -> int:
        """How many days the campaign lasts."""
        return (self.last - self.first).days + 1

    @property
    def rank(self) -> int:
        """The place of its size in `SIZES`: more is larger."""
        return SIZES.index(self.size)
