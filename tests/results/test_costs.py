"""Costs by hand: two people for two hours at 30 an hour, and what happens after them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.demand.desk_roster import DeskDuty
from simulate.results.costs import compensation, wage_of
from simulate.results.replication import Replication
from simulate.scenario.promises import Compensation
from simulate.scenario.scenario import Scenario
from tests.results.campaigns import book, campaign, measures, shop
from tests.results.test_desk import SEEN, desk_shop

ADS = 40
"""What ads of 240 a day cost in four hours."""


def with_wages(**changes: Any) -> Scenario:
    shift = {"starts": "00:00", "ends": "02:00", "people": "2 people"}
    temporary = {"starts": "04:00", "ends": "05:00", "people": "1 person", "wage": "20 CNY/h"}
    pool = {
        "wage": "30 CNY/h",
        "overtime_rate": "2x",
        "shifts": {"day": shift, "temporary": temporary},
    }
    return shop(**{"pools": {"packers": pool}, "courier": None, **changes})


def measured(scenario: Scenario, paid: list[float], work: list[float]) -> Replication:
    return measures(scenario, campaign(scenario, book(paid), work))


def test_people_are_paid_by_the_duty_and_for_orders_in_hand() -> None:
    # The second order is done at 4.5, 2.5 hours after the shift and 0.5 into the other.
    result = measured(with_wages(), [0, 0], [1, 4.5])
    assert result.costs == {
        ("labour", "packers", "day"): 2 * 2 * 30,
        ("labour", "packers", "temporary"): 20,
        ("overtime", "packers", None): 2 * 30 * 2,
        ("clicks", "ads", None): ADS,
    }
    expected = {
        "labour_cost": 120 + 20 + 120, "overtime_cost": 120, "total_cost": 260,
        "cost_per_order": 130, "overtime": 2, "ad_spend": ADS,
    }  # fmt: skip
    assert {name: result.measures[name] for name in expected} == expected
    assert "courier_cost" not in result.measures
    assert "contribution" not in result.measures


def test_agents_are_paid_for_duties_that_begin_before_the_desk_is_done() -> None:
    shift = {"starts": "00:00", "ends": "02:00", "people": "3 people"}
    shifts = {"day": shift, "dear": {**shift, "wage": "30 CNY/h"}}
    scenario = desk_shop(wage="20 CNY/h", shifts=shifts)

    def duty(name: str, starts: int, ends: int) -> DeskDuty:
        return DeskDuty(
            shift=name, starts=starts * 3600, ends=ends * 3600, breaks=(), planned=3, came=2
        )

    # Traffic is over at 4, and so is the last chat.
    duties = (duty("day", 0, 2), duty("dear", 1, 2), duty("day", 3, 5), duty("day", 5, 7))
    drawn = replace(book([0]), attended=replace(SEEN, duties=duties))
    result = measures(scenario, campaign(scenario, drawn, [1]))
    assert result.costs["desk", None, "day"] == 2 * 20 * (2 + 2)
    assert result.costs["desk", None, "dear"] == 2 * 30
    assert result.measures["desk_cost"] == result.measures["total_cost"] == 220
    free = desk_shop(shifts={"day": shift, "dear": shift})
    assert "desk_cost" not in measures(free, campaign(free, drawn, [1])).measures


def test_contribution() -> None:
    groups = {"all": {"share": "100%", "margin": "40%"}}
    prices = {"parcel": "4 CNY/parcel", "material": "1 CNY/order"}
    scenario = with_wages(
        sku_groups=groups, costs=prices, compensation={"share": "10%", "most": "5 CNY"}
    )  # fmt: skip
    # Two orders of 100, due at half past; the second is late: 5 CNY.
    drawn = book([0, 0])
    drawn.deadline[:] = 1800
    found = measures(scenario, campaign(scenario, drawn, [0.5, 1])).measures
    expected = {
        "labour_cost": 120, "courier_cost": 8, "material_cost": 2, "compensation": 5,
        "contribution": 2 * 40 - ADS - 120 - 8 - 2 - 5,
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_some_margins_are_no_contribution() -> None:
    groups = {"one": {"share": "50%", "margin": "40%"}, "other": {"share": "50%"}}
    assert "contribution" not in measured(with_wages(sku_groups=groups), [0], [1]).measures


def test_without_prices_there_are_no_costs() -> None:
    free = {"visitors": "240 visitors/day"}
    result = measured(shop(channels={"search": free, "ads": free}), [0], [1])
    assert result.costs == {}
    assert not any("cost" in name or "ads" in name for name in result.measures)
    assert result.measures["ad_spend"] == 0


def test_no_compensation_for_an_order_without_a_deadline_or_cancelled() -> None:
    rule = {"share": "30%"}
    endless = shop(compensation=rule)
    drawn = book([0, 0])
    drawn.deadline[0] = np.inf
    # Both are still inside at the end; the second was due at 5.5.
    found = measures(endless, campaign(endless, drawn, [20, 20])).measures
    assert (found["late_orders"], found["compensation"]) == (2, 30)
    gone = measures(endless, campaign(endless, book([0, 0]), [20, 20], cancelled=[99, 1])).measures
    assert (found["late_orders"], gone["compensation"]) == (2, 30)


@pytest.mark.parametrize(
    ("rule", "paid"),
    [
        ({"share": "30%"}, [3, 300]),
        ({"share": "30%", "least": "5 CNY"}, [5, 300]),
        ({"share": "30%", "most": "250 CNY"}, [3, 250]),
    ],
)
def test_compensation(rule: dict[str, str], paid: list[float]) -> None:
    found = compensation(Compensation.model_validate(rule), np.array([10.0, 1000]))
    assert found.tolist() == pytest.approx(paid)


def test_wages() -> None:
    pool = with_wages().pools["packers"]
    assert [wage_of(pool, each) for each in ("day", "temporary", None)] == [30, 20, 30]
    assert wage_of(shop().pools["packers"], "night") is None
