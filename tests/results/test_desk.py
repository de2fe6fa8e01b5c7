"""Measures of a desk that has one agent with two chats, worked out by hand.

From 00:00 to 02:00, traffic until 04:00; times in minutes, chats of 30 and a chase of 20:

    customer  asked  taken  answered  ended  closed  gave up
    0         10     10     11        40     40
    1         10     bot at once
    2         20     20     21        50     50      (its order is chased 80 to 100)
    3         30     40     41        70     70      (its order is paid by itself)
    4         35                                     45, and an order with it
    5         110    110    111       140    140     (20 minutes after the shift)
    6         turned away
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.demand.desk import Attended
from simulate.demand.orders import OrderBook
from simulate.results.desk import desk_measures, desk_series, horizon_of
from simulate.scenario.scenario import Scenario

from .campaigns import book, shop

NONE = np.nan


def minutes(*times: float) -> np.ndarray[Any, Any]:
    return np.array(times, np.float64) * 60


SEEN = Attended(
    asked=minutes(10, 10, 20, 30, 35, 110, NONE),
    taken=minutes(10, NONE, 20, 40, NONE, 110, NONE),
    answered=minutes(11, 10, 21, 41, NONE, 111, NONE),
    ended=minutes(40, 10, 50, 70, NONE, 140, NONE),
    closed=minutes(40, 10, 50, 70, NONE, 140, NONE),
    by_bot=np.array([False, True, False, False, False, False, False]),
    gave_up=minutes(NONE, NONE, NONE, NONE, 45, NONE, NONE),
    lost=np.array([False, False, False, False, True, False, False]),
    due_asker=minutes(NONE, NONE, 80, NONE, NONE, NONE, NONE),
    chase_taken_asker=minutes(NONE, NONE, 80, NONE, NONE, NONE, NONE),
    chased_asker=minutes(NONE, NONE, 100, NONE, NONE, NONE, NONE),
    due=minutes(90, 9999),
    chase_taken=minutes(90, NONE),
    chased=minutes(110, NONE),
    step_at=minutes(0, 120),
    agents=np.array([1, 0]),
    chats=2,
    duties=(),
)


def desk_shop(**changes: Any) -> Scenario:
    desk = {
        "shifts": {"day": {"starts": "00:00", "ends": "02:00", "people": "1 person"}},
        "chats": "2 chats",
        "handling": {"mean": "30min"},
        "patience": {"mean": "10min"},
    }
    return shop(desk={**desk, **changes})


CHASING = desk_shop(chase={"after": "30min", "handling": {"mean": "20min"}, "success": "50%"})


def asked_book() -> OrderBook:
    """Three orders of which one is paid because it was chased, and one that is never paid."""
    return replace(
        book([0.5, 1, 1.5], unpaid=1),
        asked=np.array([True, True, False, False]),
        chased=np.array([False, True, False, False]),
        enquiries_by_channel=np.array([5, 1]),
        attended=SEEN,
    )


def test_measures_by_hand() -> None:
    found = desk_measures(CHASING, asked_book())
    # Of the 2 x 120 minutes of two places until 02:00, the chats use 30 + 30 + 30 + 10 (the last
    # one goes on after the shift), the chases 20 + 20.
    assert found == pytest.approx(
        {
            "first_response_p50": 60,
            "first_response_p90": 0.3 * 60 + 0.7 * 660,
            "abandonment_share": 1 / 5,
            "desk_lost_orders": 1,
            "utilisation_desk": 140 / 240,
            "chased_orders": 2,
            "won_by_chasing": 1,
        }
    )


def test_without_chasing_there_is_nothing_to_say_of_it() -> None:
    found = desk_measures(desk_shop(), asked_book())
    assert {"chased_orders", "won_by_chasing"}.isdisjoint(found)


def test_with_more_in_hand_than_places_all_places_are_in_use() -> None:
    # From 01:00 on one place of two is left, and at 00:40 to 01:10 there are two chats.
    seen = replace(
        SEEN,
        taken=minutes(40, 40, *[NONE] * 5),
        closed=minutes(70, 70, *[NONE] * 5),
        chase_taken_asker=minutes(*[NONE] * 7),
        chase_taken=minutes(NONE, NONE),
        step_at=minutes(0, 60, 120),
        agents=np.array([2, 1, 0]),
        chats=1,
    )
    found = desk_measures(CHASING, replace(asked_book(), attended=seen))
    assert found["utilisation_desk"] == pytest.approx((2 * 20 + 10) / (2 * 60 + 60))


def test_a_desk_that_nobody_asked_has_no_shares() -> None:
    none = minutes(*[NONE] * 7)
    seen = replace(
        SEEN, asked=none, taken=none, answered=none, gave_up=none, closed=none,
        lost=np.zeros(7, np.bool_), by_bot=np.zeros(7, np.bool_), chase_taken_asker=none,
        chased_asker=none, chase_taken=minutes(NONE, NONE), chased=minutes(NONE, NONE),
    )  # fmt: skip
    empty = replace(
        book([0.5]), asked=np.zeros(1, np.bool_), enquiries_by_channel=np.zeros(2, np.int64),
        attended=seen,
    )  # fmt: skip
    found = desk_measures(CHASING, empty)
    nothing = {name for name, value in found.items() if np.isnan(value)}
    assert nothing == {"first_response_p50", "first_response_p90", "abandonment_share"}
    assert found["utilisation_desk"] == 0


def test_series_by_hand() -> None:
    found = desk_series(CHASING, asked_book(), np.array([0.0, 1, 2, 3]) * 3600)
    expected = {
        "desk/asked": [5, 1, 0],
        "desk/waiting": [20 / 60, 0, 0],
        "desk/agents": [1, 1, 0],
        # Of two places one is half an agent; the last chat goes on for 20 minutes.
        "desk/busy": [80 / 120, 60 / 120, 20 / 120],
    }
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        assert found[name].tolist() == pytest.approx(values), name


def test_the_desk_is_over_with_the_traffic_or_with_its_last_chat_or_chase() -> None:
    scenario = desk_shop()
    assert horizon_of(scenario, SEEN) == 4 * 3600
    later = replace(SEEN, chase_taken=minutes(90, 290), chased=minutes(110, 300))
    assert horizon_of(scenario, later) == 5 * 3600
    endless = replace(SEEN, chase_taken=minutes(90, 290), chased=minutes(110, 9999))
    assert horizon_of(scenario, endless) == scenario.limit_seconds == 12 * 3600


def test_without_a_desk_there_is_nothing_to_say() -> None:
    assert desk_measures(shop(), book([0.5])) == {}
    assert desk_series(shop(), book([0.5]), np.array([0.0, 3600])) == {}
