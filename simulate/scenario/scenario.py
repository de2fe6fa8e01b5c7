"""One campaign in full: the shop and what the campaign changes, merged and frozen."""

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from simulate.scenario.aftercare import Cancellations, Returns
from simulate.scenario.base import Label, Moment
from simulate.scenario.controller import Controller
from simulate.scenario.costs import Costs
from simulate.scenario.dispatch import Dispatch
from simulate.scenario.market import Demand
from simulate.scenario.promises import Compensation, OpeningBacklog, Promise, Targets
from simulate.scenario.quantities import Duration
from simulate.scenario.ranges import Ranges, Sliders
from simulate.scenario.staffing import Staffing

TICKS_A_SECOND = 2**20
"""All times of a run are whole ticks: see `simulate.scenario.clock.TICK`."""


def _check_zone(value: str) -> str:
    if value not in available_timezones():
        raise PydanticCustomError(
            "timezone",
            "`{value}` is not a time zone: write one such as `Asia/Shanghai` or `Europe/Berlin`",
            {"value": value[:40]},
        )
    return value


class Scenario(Demand, Dispatch):
    """Every input of one campaign.

    The campaign's traffic runs from `starts` to `ends`. The line works on until the last order
    has left, at the latest until `drain_limit` after `ends`; what is still inside is late.
    """

    title: Label
    summary: Label | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    timezone: Annotated[str, AfterValidator(_check_zone)]
    starts: Moment
    ends: Moment
    drain_limit: Duration = 14 * 86400.0
    opening_backlog: OpeningBacklog | None = None
    promise: Promise | None = None
    compensation: Compensation | None = None
    cancellations: Cancellations | None = None
    returns: Returns | None = None
    controller: Controller | None = None
    costs: Costs = Costs()
    targets: Targets = Targets()
    staffing: Staffing | None = None
    ranges: Ranges = Field(default={})
    whatif: Sliders = Field(default={})
    expected: Literal["pass", "fail", "inconclusive"] | None = None
    replications: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 100
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 1

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise that is made: the shop's, those of SKU groups, and of several shops."""
        groups = (group.promise for group in self.sku_groups.values())
        shops = (shop.promise for shop in self.shops.values())
        return tuple(each for each in (self.promise, *groups, *shops) if each is not None)

    def local(self, moment: datetime) -> datetime:
        """Return `moment` in the shop's time zone; a naive one is taken to be local."""
        if moment.tzinfo is None:
            return moment.replace(tzinfo=self.zone)
        return moment.astimezone(self.zone)

    def seconds(self, moment: datetime) -> float:
        """Return the seconds, in whole ticks, from the scenario's start to `moment`."""
        return _in_ticks(self.local(moment).timestamp() - self.local(self.starts).timestamp())

    @property
    def traffic_seconds(self) -> float:
        """Length of the campaign's traffic in seconds."""
        return self.seconds(self.ends)

    @property
    def limit_seconds(self) -> float:
        """Seconds from the start to the drain limit, when every run ends at the latest."""
        return self.traffic_seconds + _in_ticks(self.drain_limit)


def _in_ticks(seconds: float) -> float:
    return round(seconds * TICKS_A_SECOND) / TICKS_A_SECOND
