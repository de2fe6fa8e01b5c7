from typing import Any

import numpy as np
import pytest

from simulate.demand.mixes import mixes_of
from simulate.demand.offers import Priced, felt_discount, price, prices_of
from simulate.scenario.goods import Coupon
from simulate.scenario.scenario import Scenario

from .shop import shop

GROUPS = {
    "hero": {"share": "40%", "value": {"mean": "50 CNY/order"}, "tier": "traffic"},
    "gown": {"share": "60%", "value": {"mean": "200 CNY/order"}, "tier": "profit"},
}
PHASES = {
    "warm-up": {"starts": "2026-12-12T00:00", "ends": "2026-12-13T00:00"},
    "burst": {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00"},
}
CANCELLATIONS = {"share": "4%", "delay": {"mean": "3h"}, "goods_from": "pack"}
COUPON = {"threshold": "100 CNY", "off": "20 CNY"}


def offering(**changes: Any) -> Scenario:
    return shop(sku_groups=GROUPS, phases=PHASES, cancellations=CANCELLATIONS, **changes)


def priced(
    scenario: Scenario,
    values: list[float],
    *,
    phase: int = -1,
    group: int = 0,
    draw: float = 0.0,
) -> Priced:
    """What orders of these values come to, of one phase and group, all with the same draw."""
    n = len(values)
    return price(
        scenario,
        prices_of(scenario),
        np.full(n, phase),
        np.full(n, group),
        np.ones(n, np.int64),
        np.array(values),
        lambda _: np.full(n, draw),
    )


def test_without_offers_an_order_is_worth_what_it_is_worth() -> None:
    found = priced(offering(), [50, 70])
    assert found.value.tolist() == [50, 70]
    assert found.cancel.tolist() == [0.04, 0.04]
    assert not found.coupon.any()
    assert mixes_of(offering(), prices_of(offering())).order_factor is None


def test_customers_answer_a_discount_by_the_elasticities_of_their_tier() -> None:
    """At 20 % off, 0.8 ** -2 = 1.5625 times the orders, 0.8 ** -1 = 1.25 the value, and so on."""
    scenario = offering(
        offers={"sale": {"discount": "20%", "phases": ["burst"]}},
        price_response={"traffic": {"conversion": 2, "order_value": 1, "cancellations": 0.5}},
    )
    burst = priced(scenario, [100.0], phase=1)
    assert burst.value[0] == pytest.approx(100 * 1.25 * 0.8)
    assert burst.cancel[0] == pytest.approx(0.04 * 0.8**-0.5)
    assert priced(scenario, [100.0], phase=0).value.tolist() == [100]
    # A tier that is not named pays less and does nothing else.
    other = priced(scenario, [100.0], phase=1, group=1)
    assert (other.value[0], other.cancel[0]) == (pytest.approx(80), pytest.approx(0.04))
    mixes = mixes_of(scenario, prices_of(scenario))
    assert mixes.order_factor is not None
    factor = 0.4 * 1.5625 + 0.6
    assert mixes.order_factor[0].tolist() == pytest.approx([1, factor, 1])
    hero = mixes.weights[mixes.row[0, 1]]
    assert hero / hero.sum() == pytest.approx([0.4 * 1.5625 / factor, 0.6 / factor])
    assert mixes.weights[mixes.row[0, 0]] == pytest.approx([0.4, 0.6])


def test_a_group_without_a_tier_answers_as_other_does() -> None:
    scenario = shop(
        sku_groups={"all": {"share": "100%", "value": {"mean": "50 CNY/order"}}},
        offers={"sale": {"discount": "50%"}},
        price_response={"other": {"conversion": 1}, "brand": {"conversion": 9}},
    )
    mixes = mixes_of(scenario, prices_of(scenario))
    assert mixes.order_factor is not None
    assert mixes.order_factor.tolist() == [[2]]


def test_discounts_multiply_and_are_for_their_groups() -> None:
    scenario = offering(
        offers={"a": {"discount": "20%"}, "b": {"discount": "10%", "sku_groups": ["gown"]}}
    )
    assert priced(scenario, [100.0], group=0).value[0] == pytest.approx(80)
    assert priced(scenario, [100.0], group=1).value[0] == pytest.approx(72)


def test_a_coupon_needs_its_threshold_and_some_add_a_line_to_reach_it() -> None:
    """20 off 100: from 100 on; of orders of 50 to 100 a quarter become orders of 100."""
    scenario = offering(offers={"coupon": {"coupon": {**COUPON, "stretch": "25%"}}})
    values = [49.0, 50, 99, 100, 130]
    few = priced(scenario, values, draw=0.3)
    assert few.value.tolist() == [49, 50, 99, 80, 110]
    assert few.coupon.tolist() == [False, False, False, True, True]
    assert few.lines.tolist() == [1] * 5
    more = priced(scenario, values, draw=0.2)
    assert more.value.tolist() == [49, 80, 80, 80, 110]
    assert more.lines.tolist() == [1, 2, 2, 1, 1]
    assert more.coupon.tolist() == [False, True, True, True, True]


def test_orders_with_a_coupon_are_cancelled_on_top_of_the_others() -> None:
    scenario = offering(offers={"coupon": {"coupon": {**COUPON, "cancelled": "10%"}}})
    assert priced(scenario, [50.0, 150]).cancel.tolist() == pytest.approx([0.04, 0.14])
    sure = offering(offers={"coupon": {"coupon": {**COUPON, "cancelled": "100%"}}})
    assert priced(sure, [150.0]).cancel.tolist() == [1]
    nothing = shop(offers={"coupon": {"coupon": {**COUPON, "cancelled": "10%"}}})
    assert priced(nothing, [150.0]).cancel.tolist() == [0]


def test_coupons_are_taken_off_in_turn_after_the_discounts() -> None:
    scenario = offering(
        offers={
            "sale": {"discount": "10%"},
            "shop": {"coupon": COUPON},
            "mall": {"coupon": {"threshold": "150 CNY", "off": "30 CNY"}},
        }
    )
    # 200 less 10 % are 180, less 20 are 160, which reach the second threshold.
    assert priced(scenario, [200.0, 180, 111]).value.tolist() == pytest.approx([130, 142, 99.9])


def test_a_coupon_is_felt_as_its_money_off_by_threshold_or_mean_value() -> None:
    coupon = Coupon.model_validate(COUPON)
    assert felt_discount(coupon, 80) == pytest.approx(0.2)
    assert felt_discount(coupon, 400) == pytest.approx(0.05)
    scenario = offering(
        offers={"coupon": {"coupon": COUPON}},
        price_response={"traffic": {"conversion": 1}, "profit": {"conversion": 1}},
    )
    mixes = mixes_of(scenario, prices_of(scenario))
    assert mixes.order_factor is not None
    assert mixes.order_factor[0, -1] == pytest.approx(0.4 / 0.8 + 0.6 / 0.9)


def test_a_group_may_be_cancelled_more_often() -> None:
    groups = {**GROUPS, "gown": {**GROUPS["gown"], "cancellations": "12%"}}
    scenario = shop(sku_groups=groups, cancellations=CANCELLATIONS)
    assert priced(scenario, [1.0], group=0).cancel.tolist() == [0.04]
    assert priced(scenario, [1.0], group=1).cancel.tolist() == [0.12]


def test_a_channel_sells_its_own_mix() -> None:
    channels = {
        "web": {"visitors": "2400 visitors/day"},
        "flash": {"visitors": "2400 visitors/day", "sku_groups": {"gown": "100%"}},
    }
    mixes = mixes_of(offering(channels=channels), None)
    assert mixes.weights[mixes.row[:, 0]].tolist() == [[0.4, 0.6], [0, 1], [0.4, 0.6]]
