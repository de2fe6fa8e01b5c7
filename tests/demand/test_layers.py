"""More traffic only adds visitors and orders, and all others keep their draws."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.demand.controls import Control
from simulate.demand.layers import Layer, layers_of, row_names
from simulate.demand.orders import OrderBook, Orders, draw
from simulate.demand.rates import rates_of
from simulate.demand.shoppers import Shoppers, draw_shoppers
from simulate.scenario.scenario import Scenario

from .shop import HOUR, shop
from .test_shoppers import assert_poisson
from .test_turned_down import EVERYTHING

PATIENT: dict[str, Any] = {
    "shifts": {"all": {"starts": "00:00", "ends": "24:00", "people": "5000 people"}},
    "chats": "1 chat",
    "handling": {"mean": "4min"},
    "patience": {"mean": "3min"},
    "bot_share": "30%",
    "bot_order_share": "25%",
    "chase": {"after": "20min", "handling": {"mean": "3min"}, "success": "30%"},
}
"""A desk at which nobody ever waits, so that no customer takes another's place."""

ENOUGH = {
    name: {key: value for key, value in group.items() if key != "stock"}
    for name, group in EVERYTHING["sku_groups"].items()
}
UNCOUPLED = {
    **{key: value for key, value in EVERYTHING.items() if key != "desk"},
    "sku_groups": ENOUGH,
    "opening_backlog": {"orders": "9 orders", "paid_within": "5h"},
    "forecast_error": {"campaign": "30%", "channel": "20%", "hour": "10%"},
}


def shoppers_of(scenario: Scenario, replication: int) -> Shoppers:
    return draw_shoppers(rates_of(scenario), scenario.forecast_error, 1, replication)


@pytest.mark.parametrize(
    ("traffic", "layers"),
    [
        (1, [(1, 1)]),
        (0.25, [(1, 0.25)]),
        (0, [(1, 0)]),
        (1.25, [(1, 1), (0.5, 0.5)]),
        (1.5, [(1, 1), (0.5, 1)]),
        (2, [(1, 1), (0.5, 1), (0.5, 1)]),
        (5, [(1, 1), (0.5, 1), (0.5, 1), (1, 1), (1, 1), (2, 0.5)]),
    ],
)
def test_layers_add_up_to_the_traffic(traffic: float, layers: list[tuple[float, float]]) -> None:
    assert layers_of(traffic) == tuple(Layer(*each) for each in layers)


def test_rows_are_named_after_channel_and_layer() -> None:
    assert row_names(["a", "b"], 2) == ["a", "b"]
    assert row_names(["a", "b"], 6) == [
        "a",
        "b",
        "a/layer 1",
        "b/layer 1",
        "a/layer 2",
        "b/layer 2",
    ]


@pytest.mark.parametrize("traffic", ["0.7x", "1.2x", "3x"])
def test_visitors_by_hour_are_poisson_at_any_traffic(traffic: str) -> None:
    scenario = shop(ends="2026-12-13T00:00", traffic=traffic)
    came = np.array([shoppers_of(scenario, each).there[0] for each in range(300)])
    assert_poisson(came, 100 * float(traffic[:-1]))


def test_without_traffic_nobody_comes() -> None:
    scenario = shop(traffic="0x", opening_backlog={"orders": "3 orders", "paid_within": "1h"})
    book = draw(scenario, 1, 0)
    assert (len(book), book.visitors, int(book.turned_away_by_channel.sum())) == (3, 0, 0)


def by_number(book: OrderBook, numbers: np.ndarray[Any, Any]) -> dict[str, bytes]:
    """Everything about the orders of `numbers`, by number."""
    at = np.full(book.potential, -1)
    at[book.drawn] = np.arange(len(book))
    return {
        field.name: getattr(book, field.name)[at[numbers]].tobytes() for field in fields(Orders)
    }


@settings(max_examples=40, deadline=None)
@given(
    some=st.floats(0, 5),
    more=st.floats(0, 5),
    seed=st.integers(0, 2**31),
    desk=st.booleans(),
    ads=st.none() | st.floats(0, 1),
)
def test_more_traffic_only_adds(
    some: float, more: float, seed: int, desk: bool, ads: float | None
) -> None:
    """Of visitors, and of orders with everything that is drawn for them."""
    few, many = (
        shop(**UNCOUPLED, traffic=f"{each:f}x", **({"desk": PATIENT} if desk else {}))
        for each in sorted((some, more))
    )
    controls = () if ads is None else (Control(at=9 * HOUR, cut={"ads": ads}),)
    one, other = (
        draw_shoppers(rates_of(each), each.forecast_error, seed, 3) for each in (few, many)
    )
    n = len(one.place)
    assert one.place.tobytes() == other.place[:n].tobytes()
    assert one.arrived.tobytes() == other.arrived[:n].tobytes()
    gone, stay = (
        np.zeros(len(each.place), np.bool_) if each.absent is None else each.absent
        for each in (one, other)
    )
    assert not (stay[:n] & ~gone).any()
    assert (one.there <= other.there).all()

    small, large = draw(few, seed, 3, controls), draw(many, seed, 3, controls)
    assert np.isin(small.drawn, large.drawn).all()
    numbers = np.sort(small.drawn)
    assert by_number(small, numbers) == by_number(large, numbers)
    for count in ("visitors", "turned_away", "enquiries", "views", "carts"):
        name = f"{count}_by_channel"
        assert (getattr(small, name) <= getattr(large, name)).all()


def test_orders_grow_with_traffic() -> None:
    books = [draw(shop(traffic=f"{each}x"), 1, 0) for each in (0.5, 1, 1.25, 2, 3)]
    numbers = [len(book) for book in books]
    expected = np.array([0.5, 1, 1.25, 2, 3]) * 2400
    assert (np.abs(numbers - expected) < 4 * expected**0.5).all()
    assert numbers == sorted(numbers)
