from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.demand.controls import Control
from simulate.demand.sold_out import Sold, sell
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop

HOUR = 3600.0
NEVER = np.nan
LEAVE, WAIT, TAKE = 0.1, 0.6, 0.9
"""Draws of customers who leave, wait, or take the twin."""

HERO = {
    "share": "50%",
    "stock": {
        "opening": "2 units",
        "receipts": {"first": {"at": "2026-12-12T01:00", "units": "3 units"}},
        "sold_out": {"leave": "50%", "wait": "25%", "take": {"twin": "25%"}},
    },
}
TWIN = {"share": "30%", "stock": {"opening": "1 unit"}}
PLAIN = {"share": "20%"}


def heroes(**changes: Any) -> Scenario:
    return shop(sku_groups={"hero": HERO, "twin": TWIN, "plain": PLAIN, **changes})


def sold(scenario: Scenario, *orders: tuple[int, float, float], controls: Any = ()) -> Sold:
    """Sell to orders (group, when, what the customer draws)."""
    group, counted, choice = (np.array(column) for column in zip(*orders, strict=True))
    return sell(scenario, controls, group, counted.astype(float), choice.astype(float))


def test_who_finds_nothing_leaves_waits_or_takes_another() -> None:
    found = sold(
        heroes(),
        (0, 10, LEAVE), (0, 20, LEAVE),  # the two units
        (0, 30, LEAVE), (0, 40, WAIT), (0, 50, TAKE),
    )  # fmt: skip
    assert found.group.tolist() == [0, 0, -1, 0, 1]
    assert found.left.tolist() == [0, 0, 1, 0, 0]
    assert found.waits.tolist() == [0, 0, 0, 1, 0]
    assert found.moved.tolist() == [0, 0, 0, 0, 1]
    assert found.lost.tolist() == found.waiting.tolist() == found.taken_elsewhere.tolist()
    assert found.lost.tolist() == [1, 0, 0]


def test_a_group_sells_out_because_the_other_did() -> None:
    found = sold(
        heroes(),
        (0, 10, 0.5), (0, 20, 0.5),
        (0, 50, TAKE),  # the only unit of the twin
        (1, 60, LEAVE),  # nothing is said of the twin: its customers wait
        (0, 70, TAKE),  # neither has any
        (2, 80, LEAVE),
    )  # fmt: skip
    assert found.group.tolist() == [0, 0, 1, 1, -1, 2]
    assert found.waits.tolist() == [0, 0, 0, 1, 0, 0]
    assert found.spans == {0: [(20.0, HOUR)], 1: [(50.0, np.inf)]}


def test_a_receipt_opens_the_group_again_when_who_waits_has_been_served() -> None:
    found = sold(
        heroes(),
        (0, 10, 0.5), (0, 20, 0.5),
        (0, 30, WAIT),  # takes one of the three that come in after an hour
        (0, HOUR, LEAVE), (0, HOUR + 5, LEAVE),  # the other two
        (0, HOUR + 9, LEAVE),
    )  # fmt: skip
    assert found.group.tolist() == [0, 0, 0, 0, 0, -1]
    assert found.spans[0] == [(20.0, HOUR), (HOUR + 5, np.inf)]


def test_a_receipt_that_those_who_wait_use_up_opens_nothing() -> None:
    waiting = [(0, 30.0 + number, WAIT) for number in range(3)]
    found = sold(heroes(), (0, 10, 0.5), (0, 20, 0.5), *waiting, (0, HOUR + 1, LEAVE))
    assert found.group.tolist() == [0] * 5 + [-1]
    assert found.spans[0] == [(20.0, np.inf)]


def test_orders_that_take_no_unit_stay_as_they_are() -> None:
    found = sold(heroes(), (0, NEVER, LEAVE), (0, 1, LEAVE), (0, 2, LEAVE), (0, 3, LEAVE))
    assert found.group.tolist() == [0, 0, 0, -1]


def test_the_opening_backlog_has_units_and_can_only_wait() -> None:
    found = sold(heroes(), (0, 5, LEAVE), (0, -30, NEVER), (0, -20, NEVER), (0, -10, NEVER))
    assert found.group.tolist() == [-1, 0, 0, 0]
    assert found.waits.tolist() == [0, 0, 0, 1]
    assert found.spans[0] == [(0.0, HOUR)]


def test_a_group_that_is_closed_is_not_taken_instead() -> None:
    controls = (Control(at=50.0, closed=frozenset({"twin"})),)
    orders = (0, 10, 0.5), (0, 20, 0.5), (0, 51, TAKE)
    assert sold(heroes(), *orders).group.tolist() == [0, 0, 1]
    assert sold(heroes(), *orders, controls=controls).group.tolist() == [0, 0, -1]


def test_without_stock_nothing_sells_out() -> None:
    found = sold(shop(), (0, 1, LEAVE), (0, 2, LEAVE))
    assert found.group.tolist() == [0, 0]
    assert found.spans == {}
    assert not found.left.any()


GROUPS = 3
ORDERS = st.lists(
    st.tuples(
        st.integers(0, GROUPS - 1),
        st.one_of(st.integers(-2, 12).map(float), st.just(NEVER)),
        st.one_of(st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.99]), st.just(NEVER)),
    ),
    min_size=1,
    max_size=30,
)
STOCKS = st.lists(
    st.tuples(
        st.booleans(), st.integers(0, 4), st.lists(st.integers(0, 11), max_size=3), st.booleans()
    ),
    min_size=GROUPS,
    max_size=GROUPS,
)


def stocked(index: int, opening: int, receipts: list[int], acts: bool) -> dict[str, Any]:
    """A group of `opening` units, two more at each second of `receipts`."""
    others = [name for name in "abc" if name != "abc"[index]]
    takes = {"leave": "40%", "wait": "20%", "take": {others[0]: "20%", others[1]: "20%"}}
    return {
        "opening": f"{opening} units",
        "receipts": {
            f"r{number}": {"at": f"2026-12-12T00:00:{second:02d}", "units": "2 units"}
            for number, second in enumerate(receipts)
        },
        **({"sold_out": takes} if acts else {}),
    }


def one_by_one(
    scenario: Scenario, stocks: list[Any], orders: list[tuple[int, float, float]]
) -> list[int]:
    """Serve every order by itself: slow, and plain to see."""
    shown = [opening if is_limited else 10**9 for is_limited, opening, _, _ in stocks]
    events = [(second, 0, group) for group, stock in enumerate(stocks) if stock[0]
              for second in stock[2]]  # fmt: skip
    events += [(order[1], 1, number) for number, order in enumerate(orders)
               if not np.isnan(order[1])]  # fmt: skip
    bought = [group for group, _, _ in orders]
    for _, is_order, which in sorted(events, key=lambda event: event[:2]):
        if not is_order:
            shown[which] += 2
            continue
        group, _, choice = orders[which]
        _, _, _, acts = stocks[group]
        if shown[group] <= 0 and acts and not np.isnan(choice):
            first, second = (other for other in range(GROUPS) if other != group)
            way = next(way for limit, way in
                       [(0.4, -1), (0.6, group), (0.8, first), (1.0, second)]
                       if choice < limit)  # fmt: skip
            bought[which] = way if way in (-1, group) or shown[way] > 0 else -1
        if bought[which] >= 0:
            shown[bought[which]] -= 1
    return bought


@settings(max_examples=300, deadline=None)
@given(STOCKS, ORDERS)
def test_all_at_once_is_the_same_as_one_by_one(
    stocks: list[Any], orders: list[tuple[int, float, float]]
) -> None:
    groups: dict[str, Any] = {}
    for index, (is_limited, opening, receipts, acts) in enumerate(stocks):
        stock = {"stock": stocked(index, opening, receipts, acts)} if is_limited else {}
        groups["abc"[index]] = {"share": "30%", **stock}
    scenario = shop(sku_groups=groups)
    assert sold(scenario, *orders).group.tolist() == one_by_one(scenario, stocks, orders)
