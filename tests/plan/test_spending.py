"""When the money for ads is spent."""

from typing import Any

import numpy as np
import pytest

from simulate.demand.rates import expected_spend, rates_of
from simulate.plan.spending import ad_spending
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop

ADS = {"spend": "2400 CNY/day", "cpc": "2 CNY/click"}


def by_day(scenario: Scenario) -> list[float]:
    rates = rates_of(scenario)
    return [float(each) for each in np.bincount(rates.day, weights=ad_spending(scenario, rates))]


def channels(**given: dict[str, Any]) -> Scenario:
    return shop(channels=given)


def test_clicks_cost_their_budget_every_day():
    assert by_day(channels(ads=ADS)) == pytest.approx([2400, 2400])


def test_phases_and_traffic_scale_what_is_spent():
    phase = {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00", "channels": {"ads": "3x"}}
    scenario = shop(channels={"ads": ADS}, phases={"day": phase}, traffic="50%")
    assert by_day(scenario) == pytest.approx([1200, 3600])


def test_saturation_makes_clicks_dearer_and_spending_no_smaller():
    dear = {**ADS, "saturation": {"linear_up_to": "600 CNY/day", "exponent": "50%"}}
    scenario = channels(ads=dear)
    assert by_day(scenario) == pytest.approx([2400, 2400])
    assert sum(by_day(scenario)) == pytest.approx(expected_spend(scenario)["ads"])
    # Four times the 600 CNY buy twice the clicks of 600 CNY.
    assert rates_of(scenario).expected.sum() == pytest.approx(2 * 2 * 600 / 2)


def test_messages_and_places_are_paid_once_when_they_begin():
    message = {
        "reach": "10000 people", "response": "2%", "sent": "2026-12-13T10:00",
        "message_price": "0.05 CNY/message",
    }  # fmt: skip
    phase = {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00"}
    slot = {"visitors": "100 visitors/day", "slot_fee": "800 CNY", "phases": ["day"]}
    scenario = shop(channels={"sms": message, "daily": slot}, phases={"day": phase})
    assert by_day(scenario) == pytest.approx([0, 10_000 * 0.05 + 800])


def test_a_slot_that_never_brings_anybody_is_paid_all_the_same():
    nobody = {"visitors": "0 visitors/day", "slot_fee": "800 CNY"}
    assert by_day(channels(web=nobody, free={"visitors": "10 visitors/day"})) == [800, 0]


def test_twice_the_traffic_takes_twice_the_messages():
    message = {
        "reach": "10000 people", "response": "2%", "sent": "2026-12-12T10:00",
        "message_price": "0.05 CNY/message",
    }  # fmt: skip
    assert by_day(shop(channels={"sms": message}, traffic="200%")) == pytest.approx([1000, 0])
