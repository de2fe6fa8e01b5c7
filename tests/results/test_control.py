from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.results.control import (
    action_results,
    control_measures,
    control_series,
    in_force,
    saved,
)
from simulate.scenario.scenario import Scenario
from simulate.warehouse.log import Action
from tests.results.campaigns import book, shop

HOUR = 3600.0
LIMITS = {"above": "10 orders", "until": "5 orders"}


def controlled(**rules: Any) -> Scenario:
    rules = {name: {**LIMITS, **rule} for name, rule in rules.items()}
    return shop(controller={"every": "30min", "rules": rules})


BOTH = controlled(calm={"cut": {"ads": "50%"}}, firm={"close": ["all"]})
TWICE_CALM = [
    Action(rule="calm", starts=1 * HOUR, ends=2 * HOUR),
    Action(rule="calm", starts=2.5 * HOUR, ends=4 * HOUR),
]


def test_of_each_rule_its_first_moment_its_times_and_its_hours() -> None:
    calm, firm = in_force(BOTH, TWICE_CALM).tolist()
    assert calm == [HOUR, 2, 2.5]
    assert firm == pytest.approx([np.nan, 0, 0], nan_ok=True)


def test_rules_over_campaigns_of_which_some_need_them() -> None:
    tables = [in_force(BOTH, actions) for actions in (TWICE_CALM, [], TWICE_CALM[1:], [])]
    calm, firm = action_results(BOTH, tables)
    assert calm.rule == "calm"
    assert calm.share.mean == 0.5
    assert calm.first is not None
    percentiles = (calm.first.low, calm.first.median, calm.first.high)
    assert percentiles == pytest.approx((1.075 * HOUR, 1.75 * HOUR, 2.425 * HOUR))
    assert calm.times.mean == 0.75
    assert calm.hours.mean == 1
    assert firm.share.mean == 0
    assert firm.first is None


def test_without_a_controller_there_is_nothing_to_tell() -> None:
    assert in_force(shop(), []).shape == (0, 3)
    assert action_results(shop(), []) == ()
    assert control_measures(shop(), book([1])) == {}


def test_what_was_turned_down_is_measured_where_a_rule_can_do_it() -> None:
    drawn = replace(book([1]), turned_away_by_channel=np.array([0, 7]), lost_closed=np.array([3]))
    assert control_measures(BOTH, drawn) == {"turned_away_visitors": 7, "closed_lost_orders": 3}
    cut_only = controlled(calm={"cut": {"ads": "50%"}})
    assert control_measures(cut_only, drawn) == {"turned_away_visitors": 7}


def test_visitors_turned_away_by_hour_are_0_after_the_traffic() -> None:
    drawn = replace(book([1]), turned_away_by_hour=np.array([0, 7, 2, 0]))
    edges = np.arange(0.0, 7 * HOUR, HOUR)
    assert control_series(BOTH, drawn, edges)["turned_away"].tolist() == [0, 7, 2, 0, 0, 0]
    assert control_series(controlled(firm={"close": ["all"]}), drawn, edges) == {}


def test_what_is_saved_is_what_would_have_been_less_what_was() -> None:
    acting = {"late_orders": 10.0, "compensation": 50.0, "contribution": 900.0}
    without = {"late_orders": 40.0, "compensation": 200.0, "contribution": 1000.0}
    assert saved(acting, without) == {
        "controller_late_orders_avoided": 30,
        "controller_compensation_saved": 150,
        "controller_contribution_change": -100,
    }
    assert saved({"late_orders": 5.0}, {"late_orders": 4.0}) == {
        "controller_late_orders_avoided": -1
    }
