"""Where shoppers come from and what they do: channels, conversion, SKU groups, phases."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.aftercare import Stock
from simulate.scenario.base import Label, Moment, Name, Part
from simulate.scenario.distributions import Delay, Deterministic, Distribution, FixedLines, Lines
from simulate.scenario.promises import Promise
from simulate.scenario.quantities import (
    Duration,
    Factor,
    MoneyPerClick,
    MoneyPerDay,
    MoneyPerMille,
    MoneyPerOrder,
    People,
    Share,
    VisitorRate,
)

TRAFFIC_WAYS = (
    ("visitors",),
    ("spend", "cpc"),
    ("spend", "cpm", "click_rate"),
    ("reach", "response", "sent"),
)


Priority = Annotated[int, Field(strict=True, ge=0, le=9)]
"""A class of orders: 0 is served first."""


class Conversion(Part):
    """What visitors do.

    `order_share`: of those who do not ask, the share who place an order. `enquiry_share`: of
    all visitors, the share who ask the service desk first. `enquiry_order_share`: of those who
    ask, the share who place an order. `paid_share`: of placed orders, the share that is paid.
    """

    order_share: Share
    enquiry_share: Share = 0.0
    enquiry_order_share: Share = 0.0
    paid_share: Share = 1.0


class ConversionChange(Part):
    """The shares in which one channel differs from the shop's conversion."""

    order_share: Share | None = None
    enquiry_share: Share | None = None
    enquiry_order_share: Share | None = None
    paid_share: Share | None = None


class Channel(Part):
    """A source of visitors, given in one of four ways.

    `visitors` a day; `spend` and `cpc`; `spend`, `cpm` and `click_rate`; or `reach`, `response`
    and `sent` for a message, whose visitors come after `sent` with an exponential delay of mean
    `response_delay`. `phases` limits a channel to some phases of the campaign.
    """

    label: Label | None = None
    visitors: VisitorRate | None = None
    spend: MoneyPerDay | None = None
    cpc: MoneyPerClick | None = None
    cpm: MoneyPerMille | None = None
    click_rate: Share | None = None
    reach: People | None = None
    response: Share | None = None
    sent: Moment | None = None
    response_delay: Duration = 3 * 3600.0
    conversion: ConversionChange = ConversionChange()
    phases: tuple[Name, ...] | None = None
    priority: Priority | None = None

    @model_validator(mode="after")
    def _check_one_way(self) -> Self:
        names = sorted({name for way in TRAFFIC_WAYS for name in way})
        given = {name for name in names if getattr(self, name) is not None}
        if not any(given == set(way) for way in TRAFFIC_WAYS):
            raise PydanticCustomError(
                "channel",
                "the channel gives {given}: give its visitors in one way, as `visitors`, as "
                "`spend` and `cpc`, as `spend`, `cpm` and `click_rate`, or as `reach`, "
                "`response` and `sent` (write `null` to drop an inherited key)",
                {"given": " and ".join(f"`{name}`" for name in sorted(given)) or "no visitors"},
            )
        if (self.cpc and not self.cpc.amount) or (self.cpm and not self.cpm.amount):
            raise PydanticCustomError("price", "a price of 0 would buy endless visitors")
        return self

    @property
    def visitors_per_second(self) -> float | None:
        """Visitors a second before phases and profile; None for a message.

        Clicks = spend / CPC, and CPC = CPM / (1000 x click rate).
        """
        if self.visitors is not None:
            return self.visitors
        if self.spend is None:
            return None
        if self.cpc is not None:
            return self.spend.amount / self.cpc.amount / 86400
        assert self.cpm is not None
        assert self.click_rate is not None
        return self.spend.amount / self.cpm.amount * 1000 * self.click_rate / 86400


class OrderValue(Part):
    """Value of an order: its mean and how it varies."""

    mean: MoneyPerOrder
    distribution: Distribution = Deterministic(kind="deterministic")


class SkuGroup(Part):
    """Goods that are ordered and handled alike.

    `share` of orders; `lines` and `value` of an order; `packed_beforehand`: the share of its
    orders whose parcel is ready before it is paid. Off unless written: `stock` that can run out;
    a `promise` of its own instead of the shop's; a `margin`, the share of its value that is left
    after the goods are paid. `priority` from 0 (first) to 9 is its class; an order of a channel
    with a priority has the smaller of both.
    """

    label: Label | None = None
    share: Share
    lines: Lines = FixedLines(kind="fixed", count=1)
    value: OrderValue | None = None
    packed_beforehand: Share = 0.0
    stock: Stock | None = None
    promise: Promise | None = None
    margin: Share | None = None
    priority: Priority = 5


class Phase(Part):
    """A stretch of the campaign that scales traffic and conversion.

    `channels` scales single channels instead of `traffic`; `order_share` scales the share of
    visitors who order; `profile` names the hour profile of the phase.
    """

    label: Label | None = None
    starts: Moment
    ends: Moment
    traffic: Factor = 1.0
    channels: dict[Name, Factor] = Field(default={})
    order_share: Factor = 1.0
    profile: Name | None = None


class ForecastError(Part):
    """How far real traffic is off its forecast: coefficients of variation of gamma factors.

    Each factor has mean 1. `campaign` is drawn once, `day` for each local day, `hour` for each
    hour; one that is absent is off. With all three off arrivals are exactly Poisson.
    """

    campaign: Share | None = None
    day: Share | None = None
    hour: Share | None = None


HourProfile = Annotated[tuple[Share, ...], Field(min_length=24, max_length=24)]
"""Share of a day's visitors in each of its 24 local hours; scaled to add up to 1."""


class Demand(Part):
    """Everything in front of payment."""

    channels: dict[Name, Channel] = Field(min_length=1)
    conversion: Conversion
    payment_delay: Delay | None = None
    sku_groups: dict[Name, SkuGroup] = Field(default={"all": SkuGroup(share=1.0)}, min_length=1)
    profiles: dict[Name, HourProfile] = Field(default={})
    profile: Name | None = None
    phases: dict[Name, Phase] = Field(default={})
    traffic: Factor = 1.0
    forecast_error: ForecastError = ForecastError()
