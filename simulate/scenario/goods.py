"""What is sold, at which price: SKU groups, tiers, offers."""

from typing import Literal

from pydantic import Field

from simulate.scenario.aftercare import Stock
from simulate.scenario.base import Label, Name, Part
from simulate.scenario.distributions import Deterministic, Distribution, FixedLines, Lines
from simulate.scenario.promises import Promise
from simulate.scenario.quantities import Amount, Factor, MoneyPerOrder, Share
from simulate.scenario.traffic import Priority

Tier = Literal["traffic", "profit", "competition", "brand"]
"""What a price is for: to draw visitors, to earn, to answer a rival, to stand for the brand."""


Answering = Literal["traffic", "profit", "competition", "brand", "other"]
"""A tier, or all groups without one."""


class OrderValue(Part):
    """Value of an order: its mean and how it varies."""

    mean: MoneyPerOrder
    distribution: Distribution = Deterministic(kind="deterministic")


class SkuGroup(Part):
    """Goods that are ordered and handled alike.

    `share` of orders; `lines` and `value` of an order; `packed_beforehand`: the share of its
    orders whose parcel is ready before it is paid. Off unless written: `stock` that can run out;
    a `promise` of its own instead of the shop's; a `margin`, the share of its value that is left
    after the goods are paid; a price `tier`; `cancellations`, the share of its paid orders that is
    cancelled, instead of the shop's. `priority` from 0 (first) to 9 is its class; an order of a
    channel with a priority has the smaller of both.
    """

    label: Label | None = None
    share: Share
    lines: Lines = FixedLines(kind="fixed", count=1)
    value: OrderValue | None = None
    packed_beforehand: Share = 0.0
    stock: Stock | None = None
    promise: Promise | None = None
    margin: Share | None = None
    tier: Tier | None = None
    cancellations: Share | None = None
    priority: Priority = 5


class Coupon(Part):
    """Money `off` an order whose value is `threshold` or more.

    Of smaller orders that reach at least half of the threshold a share `stretch` adds a line and
    is brought up to it. Of orders with the coupon a share `cancelled` is cancelled on top of the
    others: bought for the threshold, kept in part.
    """

    threshold: Amount
    off: Amount
    stretch: Share = 0.0
    cancelled: Share = 0.0


class Offer(Part):
    """A lower price: a `discount` on every order, a `coupon`, or both.

    `phases` and `sku_groups` limit it; without them it holds always and for everything. Several at
    once: discounts multiply, then each coupon is taken off in turn.
    """

    label: Label | None = None
    discount: Share = 0.0
    coupon: Coupon | None = None
    phases: tuple[Name, ...] | None = None
    sku_groups: tuple[Name, ...] | None = None


class Elasticity(Part):
    """By how much customers answer a discount d: each share or value x (1 - d) ** -elasticity.

    `conversion`: the share of visitors who order; `order_value`: the value of an order before the
    discount is taken off; `cancellations`: the share of paid orders that is cancelled.
    """

    conversion: Factor = 0.0
    order_value: Factor = 0.0
    cancellations: Factor = 0.0


class Goods(Part):
    """SKU groups, what is offered, and how customers of each tier answer a discount.

    A group without a tier answers as `other` does, one of a tier that is not named not at all. The
    discount of a coupon is taken to be its money off, by the larger of its threshold and the mean
    value of an order.
    """

    sku_groups: dict[Name, SkuGroup] = Field(default={"all": SkuGroup(share=1.0)}, min_length=1)
    offers: dict[Name, Offer] = Field(default={})
    price_response: dict[Answering, Elasticity] = Field(default={})
