"""The controller and the customers together: what it changes, and what it must not."""

from dataclasses import fields
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulate.demand.controls import Control, Controls
from simulate.demand.orders import Orders, draw
from simulate.evidence.random_scenarios import drawn_spec, scenario_of
from simulate.experiment.foresight import Foresight, difference_until
from simulate.experiment.replications import Campaign, hours_of, measured, simulate
from simulate.scenario.scenario import Scenario
from simulate.warehouse.recorded import PastChangedError
from simulate.warehouse.run import run_line
from tests.demand.shop import shop
from tests.warehouse.equal import difference, difference_of_logs

HOUR = 3600.0
CALM = {
    "above": "150 orders",
    "until": "60 orders",
    "delay": "30min",
    "cut": {"ads": "20%"},
    "close": ["flash"],
    "longer_promise": {"by": "48h", "order_share": "90%"},
}


def busy_shop(**changes: Any) -> Scenario:
    """Some 620 orders in two days that two packers cannot send in time."""
    return shop(
        **{
            "channels": {
                "search": {"visitors": "600 visitors/day"},
                "ads": {"visitors": "600 visitors/day"},
            },
            "conversion": {"order_share": "25%", "paid_share": "90%"},
            "payment_delay": {"mean": "20min", "distribution": {"kind": "exponential"}},
            "sku_groups": {
                "flash": {"share": "30%", "value": {"mean": "50 CNY/order"}, "margin": "20%"},
                "other": {"share": "70%", "value": {"mean": "90 CNY/order"}, "margin": "30%"},
            },
            "stations": {"pack": {"pool": "packers", "setup": "3min/order"}},
            "pools": {"packers": {"shifts": {"day": {
                "starts": "08:00", "ends": "16:00", "people": "1 person"}}}},
            "drain_limit": "10d",
            "promise": {"kind": "hours", "within": "24h"},
            "compensation": {"share": "0%", "least": "5 CNY"},
            "controller": {"every": "30min", "rules": {"calm": CALM}},
            **changes,
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return simulate(busy_shop(), 5, 0, "compiled")


def test_what_it_turns_down_is_fewer_orders_closed_goods_and_later_deadlines(
    campaign: Campaign,
) -> None:
    assert campaign.without is not None
    first = campaign.way.log.actions[0].starts
    for each, acts in ((campaign, True), (campaign.without, False)):
        after = (each.orders.placed > first) & (each.orders.placed <= first + 12 * HOUR)
        promised = np.round((each.orders.deadline - each.orders.paid)[after] / HOUR)
        assert set(promised.tolist()) == ({72.0} if acts else {24.0})
        assert (0 in each.orders.group[after]) is not acts
        assert bool(each.book.lost_closed[0]) is acts
    search, ads = campaign.book.turned_away_by_channel
    assert search == 0
    assert ads > 100
    assert len(campaign.orders) < 0.9 * len(campaign.without.orders)


def test_nothing_before_it_acts_is_changed(campaign: Campaign) -> None:
    assert campaign.without is not None
    first = campaign.way.log.actions[0].starts
    assert difference_until(first, campaign.orders, campaign.without.orders) == ""
    both = [each.way.visits.started for each in (campaign, campaign.without)]
    early = [started[started <= first].tolist() for started in both]
    assert early[0] == early[1]
    assert early[0]
    assert campaign.without.way.log.actions == []


def test_what_it_saved_is_the_difference_from_the_same_customers_without_it(
    campaign: Campaign,
) -> None:
    scenario = busy_shop()
    assert campaign.without is not None
    acting, without = (
        measured(scenario, each, hours_of(scenario)).measures
        for each in (campaign, campaign.without)
    )
    avoided = acting["controller_late_orders_avoided"]
    assert avoided == without["late_orders"] - acting["late_orders"]
    assert avoided > 0
    assert acting["controller_compensation_saved"] == 5 * avoided
    assert acting["controller_contribution_change"] == (
        acting["contribution"] - without["contribution"]
    )
    assert acting["turned_away_visitors"] == campaign.book.turned_away_by_channel.sum()
    assert acting["closed_lost_orders"] == campaign.book.lost_closed.sum()
    assert "controller_late_orders_avoided" not in without


def test_a_controller_that_never_acts_saves_nothing() -> None:
    calm = {**CALM, "above": "100,000 orders", "until": "0 orders"}
    scenario = busy_shop(controller={"every": "30min", "rules": {"calm": calm}})
    found = simulate(scenario, 5, 0, "compiled")
    assert found.without is not None
    alone = simulate(busy_shop(controller=None), 5, 0, "compiled")
    for each in (found, found.without):
        assert difference_until(np.inf, each.orders, alone.orders) == ""
        assert each.way.dispatched.tobytes() == alone.way.dispatched.tobytes()
        assert each.way.visits.started.tobytes() == alone.way.visits.started.tobytes()
    measures = measured(scenario, found, hours_of(scenario)).measures
    assert measures["controller_late_orders_avoided"] == 0
    assert measures["turned_away_visitors"] == 0


def test_without_a_controller_a_campaign_is_simulated_once() -> None:
    assert simulate(busy_shop(controller=None), 5, 0, "compiled").without is None


def test_a_redraw_that_changes_the_past_is_an_error() -> None:
    ahead = Foresight(busy_shop(controller=None), 5, 0)
    control = Control(at=10 * HOUR, cut={"ads": 0.0})
    assert len(ahead((control,)).order_of) > 0
    kept = np.arange(len(ahead.orders)) != 3
    ahead.orders = Orders(
        **{field.name: getattr(ahead.orders, field.name)[kept] for field in fields(Orders)}
    )
    with pytest.raises(PastChangedError, match="of them"):
        ahead((control, Control(at=11 * HOUR)))


def test_with_no_visitors_there_is_nobody_to_turn_away() -> None:
    empty = busy_shop(
        channels={"search": {"visitors": "0 visitors/day"}},
        opening_backlog={"orders": "3 orders", "paid_within": "1h"},
        controller=None,
    )
    book = draw(empty, 5, 0, (Control(at=HOUR, cut={"search": 0.0}),))
    assert (len(book), book.turned_away_by_channel.tolist()) == (3, [0])


def acting(random: Random) -> Scenario:
    """A random scenario with a controller that has something to do."""
    told = drawn_spec(random)
    rules = {
        name: {
            "above": f"{random.randint(3, 12)} orders",
            "until": f"{random.randint(0, 2)} orders",
            "delay": random.choice(("0min", "5min", "20min")),
            "cut": {"web": random.choice(("0%", "50%"))},
            "close": random.choice(([], [random.choice(list(told["sku_groups"]))])),
            "longer_promise": {"by": "5h", "order_share": random.choice(("60%", "100%"))},
        }
        for name in ("one", "other")[: random.randint(1, 2)]
    }
    every = random.choice(("5min", "30min", "55min"))
    return scenario_of({**told, "controller": {"every": every, "rules": rules}})


def outcome(scenario: Scenario, seed: int, floor: str) -> Any:
    ahead = Foresight(scenario, seed, 0)
    return (*run_line(scenario, ahead.work, seed, 0, floor, ahead), ahead)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_both_floors_lead_to_the_same_acts(random: Random, seed: int) -> None:
    scenario = acting(random)
    (one, decided, ahead), (other, also, behind) = (
        outcome(scenario, seed, floor) for floor in ("compiled", "simpy")
    )
    assert difference(one, other) is None
    assert difference_of_logs(decided, also) is None
    assert decided.actions == also.actions
    assert ahead.controls == behind.controls
    assert difference_until(np.inf, ahead.orders, behind.orders) == ""
    assert len(one.dispatched) == len(ahead.work.order_of)


def test_rules_do_come_into_force_in_scenarios_that_are_drawn() -> None:
    random = Random(1)
    controls: list[Controls] = []
    for seed in range(12):
        controls.append(outcome(acting(random), seed, "compiled")[2].controls)
    assert sum(map(len, controls)) > 12
