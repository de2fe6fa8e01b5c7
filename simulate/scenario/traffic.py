"""Where visitors come from and when: channels, profiles, phases, and how sure the forecast is."""

from typing import Annotated, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.base import ClockTime, Label, Moment, Name, Part
from simulate.scenario.conversion import Carts, ConversionChange, Presale
from simulate.scenario.quantities import (
    Amount,
    Duration,
    Factor,
    MoneyPerClick,
    MoneyPerDay,
    MoneyPerMessage,
    MoneyPerMille,
    People,
    Share,
    VisitorRate,
)

TRAFFIC_WAYS = (
    ("visitors",),
    ("spend", "cpc"),
    ("spend", "cpm", "click_rate"),
    ("reach", "response", "sent"),
    ("stream",),
)

Priority = Annotated[int, Field(strict=True, ge=0, le=9)]
"""A class of orders: 0 is served first."""


class LiveStream(Part):
    """A show with `visitors` in all.

    They come evenly while it `lasts` from `starts` on, and ever fewer after it: the rate falls
    exponentially, with mean time `decay`. Phases and profile do not scale them.
    """

    starts: Moment
    lasts: Duration
    decay: Duration
    visitors: People


class Saturation(Part):
    """More spend buys ever dearer clicks.

    Up to `linear_up_to` a day clicks grow as the spend does; beyond it as (spend / that) to the
    power of `exponent`, so at an exponent of 50 % four times the spend brings twice the clicks.
    """

    linear_up_to: MoneyPerDay
    exponent: Share


class Channel(Part):
    """A source of visitors, given in one of five ways.

    `visitors` a day; `spend` and `cpc`; `spend`, `cpm` and `click_rate`; `reach`, `response` and
    `sent` for a message, whose visitors come after `sent` with an exponential delay of mean
    `response_delay`; or a live `stream`. `phases` limits a channel to some phases of the campaign.

    Off unless written: `saturation` of its ads; `landing`, the share of its visitors who come to
    this shop and not to another one; `commission`, a share of the value of its paid orders;
    `slot_fee`, paid once; `message_price`; `sku_groups`, what its customers buy instead of the
    shop's mix; `assisted_by`, shares of its orders that other channels are credited with; the
    `shop` whose channel it is.
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
    stream: LiveStream | None = None
    saturation: Saturation | None = None
    landing: Share = 1.0
    commission: Share = 0.0
    slot_fee: Amount | None = None
    message_price: MoneyPerMessage | None = None
    conversion: ConversionChange = ConversionChange()
    sku_groups: dict[Name, Share] | None = None
    assisted_by: dict[Name, Share] = Field(default={})
    shop: Name | None = None
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
                "`spend` and `cpc`, as `spend`, `cpm` and `click_rate`, as `reach`, "
                "`response` and `sent`, or as a live `stream` (write `null` to drop an "
                "inherited key)",
                {"given": " and ".join(f"`{name}`" for name in sorted(given)) or "no visitors"},
            )
        if (self.cpc and not self.cpc.amount) or (self.cpm and not self.cpm.amount):
            raise PydanticCustomError("price", "a price of 0 would buy endless visitors")
        return self

    @property
    def click_price(self) -> float | None:
        """What a click costs before saturation; None if visitors are not bought by the click.

        CPC = CPM / (1000 x click rate).
        """
        if self.cpc is not None:
            return self.cpc.amount
        if self.cpm is not None and self.click_rate:
            return self.cpm.amount / (1000 * self.click_rate)
        return None

    @property
    def visitors_per_second(self) -> float | None:
        """Visitors a second before phases and profile; None for a message or a live stream.

        Clicks = spend / CPC, of which `landing` come to the shop. Without saturation, which
        depends on what a phase makes of the spend.
        """
        if self.visitors is not None:
            return self.visitors * self.landing
        if self.spend is None:
            return None
        price = self.click_price
        return self.spend.amount / price * self.landing / 86400 if price else 0.0


class Milestones(Part):
    """A day's visitors as cumulative shares by local time, even in between: ``{"01:00": 35%}``.

    0 % at 00:00 and 100 % at 24:00 need not be written.
    """

    milestones: dict[ClockTime, Share] = Field(min_length=1)


def _check_number(shares: tuple[float, ...]) -> tuple[float, ...]:
    if len(shares) not in (24, 1440):
        raise PydanticCustomError(
            "profile",
            "a profile has 24 shares, one an hour, or 1,440, one a minute: here are {given}",
            {"given": len(shares)},
        )
    return shares


def _way_of(profile: object) -> str:
    return "milestones" if isinstance(profile, dict | Milestones) else "shares"


Shares = Annotated[
    tuple[Share, ...],
    AfterValidator(_check_number),
    Field(json_schema_extra={"minItems": 24, "maxItems": 1440}),
]
Profile = Annotated[
    Annotated[Shares, Tag("shares")] | Annotated[Milestones, Tag("milestones")],
    Discriminator(_way_of),
]
"""Shares of a day's visitors in its 24 local hours, its 1440 minutes, or as milestones.

Lists are scaled to add up to 1.
"""


class Phase(Part):
    """A stretch of the campaign that scales traffic and conversion.

    `channels` scales single channels instead of `traffic`; `order_share` scales the share of
    visitors who order; `conversion` replaces single shares of the shop's, a channel's own go
    first; `profile` names the profile of the phase. `first_hour` is the share of the visitors of
    its first 24 hours who come in the first of them; the others keep the profile. `carts` are
    filled now and bought later; in a `presale` deposits are paid now and the rest later.
    """

    label: Label | None = None
    starts: Moment
    ends: Moment
    traffic: Factor = 1.0
    channels: dict[Name, Factor] = Field(default={})
    order_share: Factor = 1.0
    conversion: ConversionChange = ConversionChange()
    profile: Name | None = None
    first_hour: Share | None = None
    carts: Carts | None = None
    presale: Presale | None = None


class ForecastError(Part):
    """By how much real traffic is off its forecast in 9 of 10 cases, up or down.

    Each level is a gamma factor of mean 1 that lies within 1 - x and 1 + x in 9 of 10 cases:
    `campaign` is drawn once, `channel` once for each channel, `day` for each local day, `hour`
    for each hour. One that is absent is off. With all off arrivals are exactly Poisson.
    """

    campaign: Share | None = None
    channel: Share | None = None
    day: Share | None = None
    hour: Share | None = None
