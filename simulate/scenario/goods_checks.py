"""Whether SKU groups, what channels sell, offers and answers to them fit together."""

from collections.abc import Iterable, Iterator

from simulate.scenario.distributions import EmpiricalLines
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.goods import Coupon, Offer
from simulate.scenario.scenario import Scenario

SHARE_TOLERANCE = 0.001
"""Shares that should add up to 1 may miss it by a tenth of a percentage point."""

MOST_ELASTIC = 10.0
"""An elasticity above it would turn half the price into a thousand times the orders."""

Loc = tuple[str, ...]


def check_goods(scenario: Scenario) -> list[Finding]:
    """Return everything about what is sold that does not fit together."""
    return [
        *_groups(scenario),
        *_mixes(scenario),
        *_offers(scenario),
        *_answers(scenario),
    ]


def _groups(scenario: Scenario) -> Iterator[Finding]:
    shares = [group.share for group in scenario.sku_groups.values()]
    yield from _whole(shares, "SKU groups", "sku_groups")
    for name, group in scenario.sku_groups.items():
        if isinstance(group.lines, EmpiricalLines):
            yield from _whole(
                group.lines.shares.values(), "orders", "sku_groups", name, "lines", "shares"
            )
        if group.cancellations and scenario.cancellations is None:
            yield _no_cancellations(("sku_groups", name, "cancellations"))


def _mixes(scenario: Scenario) -> Iterator[Finding]:
    for name, channel in scenario.channels.items():
        if channel.sku_groups is None:
            continue
        loc = ("channels", name, "sku_groups")
        for group in channel.sku_groups:
            if group not in scenario.sku_groups:
                found = unknown("SKU group", group, scenario.sku_groups)
                yield Finding((*loc, group), found.message, of_key=True)
        yield from _whole(channel.sku_groups.values(), "what the channel sells", *loc)


def _offers(scenario: Scenario) -> Iterator[Finding]:
    for name, offer in scenario.offers.items():
        loc = ("offers", name)
        for index, phase in enumerate(offer.phases or ()):
            if phase not in scenario.phases:
                yield unknown("phase", phase, scenario.phases, *loc, "phases", index)
        for index, group in enumerate(offer.sku_groups or ()):
            if group not in scenario.sku_groups:
                yield unknown("SKU group", group, scenario.sku_groups, *loc, "sku_groups", index)
        if offer.discount == 1:
            yield Finding((*loc, "discount"), "a discount of 100 % gives everything away")
        if offer.coupon is not None:
            yield from _coupon(scenario, (*loc, "coupon"), offer, offer.coupon)
        elif offer.discount == 0:
            message = "the offer lowers no price: give it a `discount` or a `coupon`"
            yield Finding(loc, message, of_key=True)


def _coupon(scenario: Scenario, loc: Loc, offer: Offer, coupon: Coupon) -> Iterator[Finding]:
    if coupon.off.amount == 0:
        yield Finding((*loc, "off"), "nothing is taken off: write for example `20 CNY`")
    if coupon.off.amount >= coupon.threshold.amount:
        message = f"the coupon takes off all of its threshold, {coupon.threshold}, or more"
        yield Finding((*loc, "off"), message)
    if coupon.cancelled and scenario.cancellations is None:
        yield _no_cancellations((*loc, "cancelled"))
    named = offer.sku_groups or tuple(scenario.sku_groups)
    groups = [scenario.sku_groups[name] for name in named if name in scenario.sku_groups]
    if groups and all(group.value is None for group in groups):
        message = "a threshold of an order's value, and none of the SKU groups has a `value`"
        yield Finding((*loc, "threshold"), message)


def _answers(scenario: Scenario) -> Iterator[Finding]:
    for tier, elasticity in scenario.price_response.items():
        loc = ("price_response", tier)
        for key in type(elasticity).model_fields:
            if getattr(elasticity, key) > MOST_ELASTIC:
                message = f"an elasticity above {MOST_ELASTIC:g} is not possible"
                yield Finding((*loc, key), message)
        if elasticity.cancellations and scenario.cancellations is None:
            yield _no_cancellations((*loc, "cancellations"))


def _no_cancellations(loc: Loc) -> Finding:
    message = "nothing is cancelled without `cancellations`: write how long after payment they come"
    return Finding(loc, message)


def _whole(shares: Iterable[float], of: str, *loc: str) -> Iterator[Finding]:
    total = sum(shares)
    if abs(total - 1) > SHARE_TOLERANCE:
        message = f"the shares of {of} add up to {100 * total:.4g} %, not to 100 %"
        yield Finding(loc, message, of_key=True)
