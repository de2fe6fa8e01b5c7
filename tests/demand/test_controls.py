import numpy as np
import pytest
from pydantic import TypeAdapter

from simulate.demand.controls import Control, control_of, is_closed, kept, longer, order_factor
from simulate.scenario.controller import Rule

HOUR = 3600.0
FROM_ONE_TO_TWO = (
    Control(
        at=HOUR,
        cut={"ads": 0.25},
        closed=frozenset({"flash"}),
        longer=24 * HOUR,
        order_share=0.9,
    ),
    Control(at=2 * HOUR),
)
AROUND = np.array([0.0, HOUR, HOUR + 1, 2 * HOUR, 2 * HOUR + 1])


def rule(**given: object) -> Rule:
    return Rule.model_validate({"above": "100 orders", "until": "50 orders", **given})


def test_a_control_holds_after_its_moment_up_to_and_at_the_next() -> None:
    draw = np.full(5, 0.25)
    assert kept(FROM_ONE_TO_TWO, "ads", AROUND, draw).tolist() == [True, True, False, False, True]
    assert is_closed(FROM_ONE_TO_TWO, "flash", AROUND).tolist() == [0, 0, 1, 1, 0]
    assert longer(FROM_ONE_TO_TWO, AROUND).tolist() == [0, 0, 24 * HOUR, 24 * HOUR, 0]
    assert order_factor(FROM_ONE_TO_TWO, AROUND).tolist() == [1, 1, 0.9, 0.9, 1]


def test_who_comes_is_who_drew_less_than_the_share_that_is_left() -> None:
    times = np.full(3, 1.5 * HOUR)
    draw = np.array([0.0, 0.24, 0.25])
    assert kept(FROM_ONE_TO_TWO, "ads", times, draw).tolist() == [True, True, False]
    assert kept(FROM_ONE_TO_TWO, "search", times, draw).all()


def test_nobody_turns_anything_down_without_controls() -> None:
    assert kept((), "ads", AROUND, np.full(5, 0.99)).all()
    assert not is_closed((), "flash", AROUND).any()
    assert set(longer((), AROUND)) == {0}
    assert set(order_factor((), AROUND)) == {1}


def test_of_rules_in_force_together_the_strictest_counts() -> None:
    calm = rule(cut={"ads": "50%", "sms": "80%"}, close=["flash"])
    firm = rule(cut={"ads": "20%"}, close=["hero"])
    assert control_of([calm, firm], HOUR) == Control(
        at=HOUR, cut={"ads": 0.2, "sms": 0.8}, closed=frozenset({"flash", "hero"})
    )


@pytest.mark.parametrize("turned", [False, True])
def test_of_later_deadlines_the_latest_is_shown_with_its_own_share(turned: bool) -> None:
    later = [
        rule(longer_promise={"by": "24h", "order_share": "80%"}),
        rule(longer_promise={"by": "48h", "order_share": "95%"}),
    ]
    found = control_of(reversed(later) if turned else later, 0.0)
    assert (found.longer, found.order_share) == (48 * HOUR, 0.95)


def test_what_holds_is_compared_without_its_moment() -> None:
    one, rules = Control(at=1.0), TypeAdapter(list[Rule]).validate_python([])
    assert control_of(rules, 5.0).same_as(one)
    assert not control_of([rule(close=["flash"])], 1.0).same_as(one)
