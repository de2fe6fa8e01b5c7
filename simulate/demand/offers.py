"""Lower prices: what they make of orders, of their value, and of what is cancelled."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.goods import Coupon, Elasticity, Offer
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prices:
    """What the offers of each of P phases do to each of G SKU groups; the last row is no phase.

    `conversion`, `value` and `cancellations` (P + 1, G) are what customers make of the discount;
    `left` is the share of the value that they still pay. `coupons`: each with where it holds.
    """

    conversion: Floats
    value: Floats
    cancellations: Floats
    left: Floats
    coupons: tuple[tuple[Coupon, Bools], ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """What n orders come to: `lines`, `value` as it is paid, `coupon` used, chance to `cancel`."""

    lines: Ints
    value: Floats
    coupon: Bools
    cancel: Floats


def prices_of(scenario: Scenario) -> Prices | None:
    """Return what the scenario's offers do, None if there are none.

    A discount d changes conversion, value and cancellations by (1 - d) ** -elasticity, those of
    the group's tier; several offers at once multiply.
    """
    if not scenario.offers:
        return None
    groups = list(scenario.sku_groups.values())
    shape = (len(scenario.phases) + 1, len(groups))
    answers = [scenario.price_response.get(kind.tier or "other", Elasticity()) for kind in groups]
    log_left, left, coupons = np.zeros(shape), np.ones(shape), []
    for offer in scenario.offers.values():
        holds = _holds(scenario, offer)
        left = np.where(holds, left * (1 - offer.discount), left)
        felt = np.full(len(groups), 1 - offer.discount)
        if offer.coupon is not None:
            coupons.append((offer.coupon, holds))
            felt *= [1 - felt_discount(offer.coupon, _mean(kind.value)) for kind in groups]
        log_left += np.where(holds, np.log(felt), 0.0)

    def answer(elasticities: list[float]) -> Floats:
        factor: Floats = np.exp(-np.array(elasticities) * log_left)
        return factor

    return Prices(
        conversion=answer([each.conversion for each in answers]),
        value=answer([each.order_value for each in answers]),
        cancellations=answer([each.cancellations for each in answers]),
        left=left,
        coupons=tuple(coupons),
    )


def felt_discount(coupon: Coupon, mean: float) -> float:
    """Return a coupon as a discount: its money off by the larger of threshold and mean value."""
    by = max(coupon.threshold.amount, mean)
    return coupon.off.amount / by if by > 0 else 0.0


def _mean(value: object) -> float:
    mean = getattr(value, "mean", None)
    return 0.0 if mean is None else float(mean.amount)


def _holds(scenario: Scenario, offer: Offer) -> Bools:
    """Return in which phases (P + 1) and for which groups (G) an offer holds."""
    phases = [offer.phases is None or name in offer.phases for name in scenario.phases]
    groups = [offer.sku_groups is None or name in offer.sku_groups for name in scenario.sku_groups]
    return np.outer([*phases, offer.phases is None], groups)


def price(
    scenario: Scenario,
    prices: Prices | None,
    phase: Ints,
    group: Ints,
    lines: Ints,
    value: Floats,
    uniform: Callable[[str], Floats],
) -> Priced:
    """Return what orders (n) of `phase` for `group` come to, of `value` without any offer.

    The value is what customers make of it, less all discounts, less each coupon in turn that the
    value then reaches; of orders that reach half of its threshold a share adds a line to reach it.
    `uniform` gives the draws (n) in [0, 1) for a purpose.

    The chance to be cancelled is the group's own share or the shop's, times what the discounts
    make of it, plus that of each coupon, at most 1; 0 in a scenario without cancellations.
    """
    shop = scenario.cancellations
    shares = [
        kind.cancellations if kind.cancellations is not None else shop.share if shop else 0.0
        for kind in scenario.sku_groups.values()
    ]
    cancel = np.array(shares if shop else [0.0] * len(shares))[group]
    coupon = np.zeros(len(group), dtype=np.bool_)
    if prices is None:
        return Priced(lines, value, coupon, cancel)
    cancel = cancel * prices.cancellations[phase, group]
    value = value * prices.value[phase, group] * prices.left[phase, group]
    stretch = uniform("offers/stretch") if prices.coupons else np.empty(0)
    for each, holds in prices.coupons:
        here, threshold = holds[phase, group], each.threshold.amount
        reached = here & (value >= threshold)
        grows = here & ~reached & (value >= threshold / 2) & (stretch < each.stretch)
        lines = lines + grows
        uses = reached | grows
        value = np.where(grows, threshold, value) - np.where(uses, each.off.amount, 0.0)
        coupon |= uses
        cancel = cancel + np.where(uses & (shop is not None), each.cancelled, 0.0)
    return Priced(lines, value, coupon, np.minimum(cancel, 1.0))
