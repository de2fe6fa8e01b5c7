from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from simulate.demand.orders import OrderBook, Orders, draw, paid_orders
from simulate.scenario.clock import TICK
from simulate.scenario.scenario import Scenario

from .shop import DAY, HOUR, shop

GOODS: dict[str, dict[str, Any]] = {
    "box": {"share": "60%", "packed_beforehand": "30%"},
    "gown": {
        "share": "40%",
        "lines": {"kind": "geometric", "mean": 2},
        "value": {"mean": "105 CNY/order", "distribution": {"kind": "gamma", "cv": 0.5}},
    },
}
FULL: dict[str, Any] = {
    "channels": {
        "search": {"visitors": "2400 visitors/day"},
        "sms": {"reach": "4000 people", "response": "10%", "sent": "2026-12-12T09:00"},
    },
    "conversion": {
        "order_share": "30%",
        "enquiry_share": "20%",
        "enquiry_order_share": "40%",
        "paid_share": "80%",
    },
    "payment_delay": {"mean": "20min"},
    "sku_groups": GOODS,
    "opening_backlog": {"orders": "12 orders", "paid_within": "24h"},
    "promise": {"kind": "hours", "within": "48h"},
    "forecast_error": {"campaign": "10%", "day": "10%", "hour": "20%"},
}


def as_bytes(book: Orders) -> dict[str, bytes]:
    arrays = {field.name: getattr(book, field.name) for field in fields(book)}
    return {name: each.tobytes() for name, each in arrays.items() if hasattr(each, "tobytes")}


def as_placed(book: OrderBook) -> dict[str, NDArray[np.generic]]:
    """The book's arrays by time of placing, which in these scenarios is unique."""
    rank = np.argsort(book.placed, kind="stable")
    return {field.name: getattr(book, field.name)[rank] for field in fields(Orders)}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    first = as_bytes(draw(shop(**FULL), 5, 2))
    assert as_bytes(draw(shop(**FULL), 5, 2)) == first
    assert as_bytes(draw(shop(**FULL), 5, 3))["placed"] != first["placed"]
    assert as_bytes(draw(shop(**FULL), 6, 2))["placed"] != first["placed"]


def test_orders_by_hour_are_poisson() -> None:
    """A share of a Poisson stream is Poisson: 100 visitors an hour, half of whom order."""
    scenario = shop()
    counted = np.array(
        [
            np.histogram(draw(scenario, 1, each).placed, np.arange(49) * HOUR)[0]
            for each in range(200)
        ]
    ).ravel()
    values = np.arange(30, 71)
    chances = stats.poisson(50).pmf(values)
    observed = [int((counted == value).sum()) for value in values]
    expected = len(counted) * np.append(chances, 1 - chances.sum())
    observed.append(len(counted) - sum(observed))
    assert stats.chisquare(observed, expected).pvalue > 0.001
    score = (((counted - 50.0) ** 2 / 50).mean() - 1) / ((2 + 1 / 50) / len(counted)) ** 0.5
    assert abs(score) < 3.5


def test_orders_are_paid_at_once_without_a_delay() -> None:
    book = draw(shop(), 1, 0)
    assert np.array_equal(book.paid, book.placed)
    assert book.visitors == book.visitors_by_channel.sum()
    assert book.enquiries == 0
    assert stats.binomtest(len(book), book.visitors, 0.5).pvalue > 0.001


def test_payment_follows_its_share_and_delay_also_after_the_end() -> None:
    scenario = shop(
        channels={"search": {"visitors": "24000 visitors/day"}},
        conversion={"order_share": "50%", "paid_share": "60%"},
        payment_delay={"mean": "6h"},
    )
    book = draw(scenario, 1, 0)
    paid = paid_orders(book)
    assert stats.binomtest(len(paid), len(book), 0.6).pvalue > 0.001
    delay = paid.paid - paid.placed
    assert stats.kstest(delay, stats.expon(scale=6 * HOUR).cdf).pvalue > 0.001
    assert (paid.placed <= 2 * DAY).all()
    assert (paid.paid > 2 * DAY).any()


def test_a_fixed_delay_is_the_same_for_all() -> None:
    delay = {"mean": "15min", "distribution": {"kind": "deterministic"}}
    book = draw(shop(payment_delay=delay), 1, 0)
    assert set(book.paid - book.placed) == {900.0}


def test_paid_orders_are_numbered_by_payment_and_the_rest_follows() -> None:
    book = draw(shop(**FULL), 1, 0)
    paid = paid_orders(book)
    assert 0 < len(paid) < len(book)
    assert (np.diff(paid.paid) >= 0).all()
    assert np.isnan(book.paid[len(paid) :]).all()
    assert (np.diff(book.placed[len(paid) :]) >= 0).all()
    assert np.shares_memory(paid.lines, book.lines)


def test_payments_in_one_tick_are_numbered_by_placing_then_by_channel() -> None:
    at_once = {"reach": "1000 people", "response": "5%", "response_delay": "0s"}
    scenario = shop(
        channels={
            "late": {**at_once, "sent": "2026-12-12T00:30"},
            "early": {**at_once, "sent": "2026-12-12T00:10"},
            "also": {**at_once, "sent": "2026-12-12T00:10"},
        },
        conversion={"order_share": "100%"},
    )
    book = draw(scenario, 1, 0)
    late, early, also = book.visitors_by_channel.tolist()
    assert book.channel.tolist() == [1] * early + [2] * also + [0] * late


def test_the_opening_backlog_was_paid_evenly_before_the_start() -> None:
    scenario = shop(
        conversion={"order_share": "0%"},
        opening_backlog={"orders": "4 orders", "paid_within": "8h"},
        promise={"kind": "hours", "within": "24h"},
        sku_groups=GOODS,
    )
    book = draw(scenario, 1, 0)
    assert book.paid.tolist() == [-8 * HOUR, -6 * HOUR, -4 * HOUR, -2 * HOUR]
    assert book.placed.tolist() == book.paid.tolist()
    assert book.deadline.tolist() == [16 * HOUR, 18 * HOUR, 20 * HOUR, 22 * HOUR]
    assert book.opening.all()
    assert book.channel.tolist() == [-1] * 4
    assert book.visitors > 0


def test_the_opening_backlog_comes_on_top_and_changes_nothing_else() -> None:
    without = draw(shop(**{**FULL, "opening_backlog": None}), 1, 0)
    with_it = draw(shop(**FULL), 1, 0)
    assert int(with_it.opening.sum()) == 12
    rest = ~with_it.opening
    for field in fields(Orders):
        kept = getattr(with_it, field.name)[rest]
        assert kept.tobytes() == getattr(without, field.name).tobytes()


def changed(**change: Any) -> Scenario:
    return shop(**{**FULL, **change})


UNPAID = {**FULL["conversion"], "paid_share": "50%"}
NO_MESSAGE = {"search": FULL["channels"]["search"]}
HEAVIER = {**GOODS, "gown": {**GOODS["gown"], "lines": {"kind": "fixed", "count": 9}}}


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        ({"conversion": UNPAID}, {"paid", "deadline"}),
        ({"payment_delay": {"mean": "3h"}}, {"paid", "deadline"}),
        ({"promise": {"kind": "hours", "within": "24h"}}, {"deadline"}),
        ({"sku_groups": HEAVIER}, {"lines"}),
        ({"stations": {"pack": {"pool": "packers", "setup": "90s/order"}}}, set()),
        ({"seed": 99, "replications": 3, "drain_limit": "3d"}, set()),
    ],
)
def test_a_change_leaves_all_other_draws_as_they_were(
    change: dict[str, Any], touched: set[str]
) -> None:
    before, after = as_placed(draw(shop(**FULL), 1, 0)), as_placed(draw(changed(**change), 1, 0))
    moved = {name for name in before if before[name].tobytes() != after[name].tobytes()}
    assert moved == touched


def test_fewer_paid_orders_are_a_part_of_the_many() -> None:
    many = as_placed(draw(shop(**FULL), 1, 0))["paid"]
    few = as_placed(draw(changed(conversion=UNPAID), 1, 0))["paid"]
    both = ~np.isnan(few)
    assert np.array_equal(few[both], many[both])
    assert both.sum() < (~np.isnan(many)).sum()


def test_a_channel_less_leaves_the_orders_of_the_others() -> None:
    before = as_placed(draw(shop(**FULL), 1, 0))
    after = as_placed(draw(changed(channels=NO_MESSAGE), 1, 0))
    stay = before["channel"] != 1
    assert 0 < stay.sum() < len(stay)
    for name in before.keys() - {"drawn"}:
        assert before[name][stay].tobytes() == after[name].tobytes()


def test_orders_keep_the_number_under_which_they_were_drawn() -> None:
    """Channel after channel, then the opening backlog; payment has no part in it."""
    book = draw(shop(**FULL), 1, 0)
    assert sorted(book.drawn) == list(range(len(book)))
    rank = np.argsort(book.drawn)
    assert (np.diff(np.where(book.opening, 2, book.channel)[rank]) >= 0).all()
    assert book.channel[rank][-12:].tolist() == [-1] * 12


@settings(max_examples=60, deadline=None)
@given(
    visitors=st.integers(0, 3000),
    shares=st.tuples(*[st.floats(0, 1)] * 4),
    delay=st.none() | st.floats(0, 100),
    backlog=st.none() | st.integers(0, 30),
    promise=st.none() | st.floats(0, 100),
    order_factor=st.floats(0, 5),
    seed=st.integers(0, 2**63 - 1),
)
def test_every_book_is_in_order(
    visitors: int,
    shares: tuple[float, ...],
    delay: float | None,
    backlog: int | None,
    promise: float | None,
    order_factor: float,
    seed: int,
) -> None:
    names = ("order_share", "enquiry_share", "enquiry_order_share", "paid_share")
    scenario = shop(
        channels={
            "search": {"visitors": f"{visitors} visitors/day"},
            "sms": {"reach": "900 people", "response": "10%", "sent": "2026-12-12T09:00"},
        },
        conversion=dict(zip(names, shares, strict=True)),
        payment_delay=None if delay is None else {"mean": f"{delay:f}h"},
        opening_backlog=None
        if backlog is None
        else {"orders": f"{backlog} orders", "paid_within": "7h"},
        promise=None if promise is None else {"kind": "hours", "within": f"{promise:f}h"},
        phases={
            "burst": {
                "starts": "2026-12-12T20:00",
                "ends": "2026-12-12T21:30",
                "order_share": order_factor,
            }
        },
        sku_groups=GOODS,
        forecast_error={"hour": "30%"},
    )
    book = draw(scenario, seed, 0)
    paid = paid_orders(book)
    assert {len(getattr(book, field.name)) for field in fields(Orders)} == {len(book)}
    assert int(book.opening.sum()) == (backlog or 0)
    assert len(book) - (backlog or 0) <= book.visitors
    assert book.enquiries <= book.visitors
    assert (book.opening == (book.channel == -1)).all()
    assert ((book.placed < 0) == book.opening).all()
    assert (book.placed <= scenario.traffic_seconds).all()
    assert (paid.paid >= paid.placed).all()
    assert (np.diff(paid.paid) >= 0).all()
    assert (book.lines >= 1).all()
    assert (book.value >= 0).all()
    assert not (book.packed & (book.group == 1)).any()
    for times in (book.placed, paid.paid, paid.deadline[np.isfinite(paid.deadline)]):
        assert ((times / TICK) % 1 == 0).all()
    assert (np.isinf(book.deadline) == (np.isnan(book.paid) | (promise is None))).all()


def test_the_class_of_an_order_is_that_of_its_goods_or_its_channel() -> None:
    book = draw(
        shop(
            channels={
                "search": {"visitors": "2400 visitors/day"},
                "members": {"visitors": "2400 visitors/day", "priority": 3},
            },
            sku_groups={"box": {"share": "50%"}, "flash": {"share": "50%", "priority": 1}},
            opening_backlog={"orders": "20 orders", "paid_within": "1h"},
        ),
        1,
        0,
    )
    assert set(book.channel.tolist()) == {-1, 0, 1}
    # Boxes are of class 5 unless the channel says otherwise; a flash order is of class 1.
    expected = np.where(book.group == 1, 1, np.where(book.channel == 1, 3, 5))
    assert book.priority.tolist() == expected.tolist()
