"""Orders under controls: what is turned down, and that nothing before it is touched."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from simulate.demand.controls import Control
from simulate.demand.orders import OrderBook, Orders, draw, paid_orders
from simulate.scenario.scenario import Scenario

from .shop import DAY, HOUR, shop

ALWAYS = {"starts": "00:00", "ends": "24:00"}
EVERYTHING: dict[str, Any] = {
    "channels": {
        "search": {"visitors": "1500 visitors/day"},
        "ads": {
            "spend": "2000 CNY/day",
            "cpc": "2 CNY/click",
            "sku_groups": {"hero": "50%", "gown": "50%"},
        },
        "sms": {"reach": "4000 people", "response": "10%", "sent": "2026-12-12T09:00"},
        "show": {
            "stream": {
                "starts": "2026-12-12T20:00",
                "lasts": "1h",
                "decay": "1h",
                "visitors": "500 people",
            }
        },
    },
    "conversion": {
        "order_share": "15%",
        "enquiry_share": "25%",
        "enquiry_order_share": "40%",
        "paid_share": "70%",
    },
    "payment_delay": {"mean": "40min"},
    "sku_groups": {
        "hero": {
            "share": "30%",
            "value": {"mean": "60 CNY/order"},
            "packed_beforehand": "50%",
            "stock": {
                "opening": "60 units",
                "receipts": {"noon": {"at": "2026-12-13T12:00", "units": "40 units"}},
                "sold_out": {"leave": "40%", "wait": "10%", "take": {"gown": "50%"}},
            },
        },
        "gown": {
            "share": "70%",
            "lines": {"kind": "geometric", "mean": 2},
            "value": {"mean": "100 CNY/order", "distribution": {"kind": "gamma", "cv": 0.5}},
        },
    },
    "phases": {
        "warm-up": {
            "starts": "2026-12-12T00:00",
            "ends": "2026-12-12T12:00",
            "carts": {"share": "20%", "opens": "burst", "convert": "40%", "within": "3h"},
        },
        "deposits": {
            "starts": "2026-12-12T12:00",
            "ends": "2026-12-12T20:00",
            "presale": {
                "deposit": "20%",
                "balance_from": "2026-12-13T00:00",
                "balance_until": "2026-12-13T20:00",
                "paid_share": "80%",
                "delay": {"mean": "2h"},
                "sku_groups": ["gown"],
            },
        },
        "burst": {
            "starts": "2026-12-12T20:00",
            "ends": "2026-12-14T00:00",
            "first_hour": "20%",
            "conversion": {"order_share": "20%"},
        },
    },
    "offers": {
        "sale": {"discount": "10%", "phases": ["burst"]},
        "coupon": {
            "coupon": {"threshold": "150 CNY", "off": "20 CNY", "stretch": "30%"},
            "phases": ["burst"],
        },
    },
    "price_response": {"other": {"conversion": 2, "order_value": 0.5}},
    "desk": {
        "shifts": {"day": {"starts": "08:00", "ends": "24:00", "people": "1 person"}},
        "chats": "3 chats",
        "handling": {"mean": "6min"},
        "patience": {"mean": "4min"},
        "bot_share": "20%",
        "bot_order_share": "25%",
        "chase": {"after": "20min", "handling": {"mean": "3min"}, "success": "30%"},
    },
    "promise": {"kind": "hours", "within": "48h"},
    "opening_backlog": {"orders": "12 orders", "paid_within": "24h"},
}

CONTROLS = st.builds(
    lambda at, cut, closed, longer, share: Control(
        at=float(at), cut=cut, closed=frozenset(closed), longer=longer, order_share=share
    ),
    at=st.integers(0, int(2 * DAY)),
    cut=st.dictionaries(
        st.sampled_from(["search", "ads", "sms", "show"]), st.sampled_from([0.0, 0.4, 0.9])
    ),
    closed=st.sets(st.sampled_from(["hero", "gown"])),
    longer=st.sampled_from([0.0, HOUR, DAY]),
    share=st.sampled_from([0.0, 0.5, 0.8, 1.0]),
)


def until(book: OrderBook, at: float) -> dict[str, list[Any]]:
    """Every order that is paid by then, in the order of payment, with all that is known of it."""
    paid = paid_orders(book)
    n = int(np.searchsorted(paid.paid, at, side="right"))
    return {field.name: getattr(paid, field.name)[:n].tolist() for field in fields(Orders)}


def by_then(times: NDArray[np.float64], at: float) -> list[float | None]:
    return [time if time <= at else None for time in times.tolist()]


@settings(max_examples=40, deadline=None)
@given(st.lists(CONTROLS, min_size=1, max_size=3, unique_by=lambda control: control.at))
def test_one_more_control_changes_nothing_before_its_moment(controls: list[Control]) -> None:
    """The warehouse relies on it: what it has seen stays as it was when demand is drawn anew."""
    ordered = tuple(sorted(controls, key=lambda control: control.at))
    scenario, at = shop(**EVERYTHING), ordered[-1].at
    before, after = draw(scenario, 1, 0, ordered[:-1]), draw(scenario, 1, 0, ordered)
    assert until(before, at) == until(after, at)
    assert before.potential == after.potential
    assert before.attended is not None
    assert after.attended is not None
    for name in ("answered", "ended", "gave_up", "chased", "chased_asker"):
        told = [by_then(getattr(book.attended, name), at) for book in (before, after)]
        assert told[0] == told[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(CONTROLS, min_size=1, max_size=3, unique_by=lambda control: control.at))
def test_who_still_orders_orders_the_same(controls: list[Control]) -> None:
    ordered = tuple(sorted(controls, key=lambda control: control.at))
    scenario = shop(**EVERYTHING)
    free, held = draw(scenario, 1, 0), draw(scenario, 1, 0, ordered)
    mine = {number: at for at, number in enumerate(free.drawn.tolist())}
    both = [(mine[number], at) for at, number in enumerate(held.drawn.tolist()) if number in mine]
    here, there = (np.array(each, dtype=np.int64) for each in zip(*both, strict=True))
    same = free.group[here] == held.group[there]
    for name in ("channel", "lines", "value", "packed", "cart", "asked", "shop"):
        assert np.array_equal(getattr(free, name)[here][same], getattr(held, name)[there][same])
    assert held.opening.sum() == free.opening.sum() == 12
    came = held.visitors_by_channel + held.turned_away_by_channel
    assert came.tolist() == free.visitors_by_channel.tolist()


def test_a_control_that_turns_nothing_down_changes_nothing() -> None:
    scenario = shop(**EVERYTHING)
    free, same = draw(scenario, 1, 0), draw(scenario, 1, 0, (Control(at=0.0),))
    for field in fields(Orders):
        assert getattr(free, field.name).tobytes() == getattr(same, field.name).tobytes()


def test_visitors_of_a_cut_channel_stay_away_with_all_they_would_have_done() -> None:
    shares = {"order_share": "50%", "enquiry_share": "20%", "enquiry_order_share": "50%"}
    scenario = shop(conversion=shares)
    free, cut = draw(scenario, 1, 0), draw(scenario, 1, 0, (Control(at=DAY, cut={"search": 0.3}),))
    late = int((free.placed > DAY).sum())
    assert stats.binomtest(int((cut.placed > DAY).sum()), late, 0.3).pvalue > 0.001
    assert set(cut.drawn) < set(free.drawn)
    away = int(cut.turned_away_by_channel[0])
    assert cut.visitors + away == free.visitors
    assert stats.binomtest(away, free.visitors, 0.7 / 2).pvalue > 0.001
    assert stats.binomtest(cut.enquiries, cut.visitors, 0.2).pvalue > 0.001


def test_closed_goods_are_not_ordered_and_their_customers_leave() -> None:
    groups = {"hero": {"share": "40%"}, "gown": {"share": "60%"}}
    scenario = shop(sku_groups=groups)
    free = draw(scenario, 1, 0)
    closed = draw(scenario, 1, 0, (Control(at=DAY, closed=frozenset({"hero"})),))
    lost = (free.placed > DAY) & (free.group == 0)
    assert closed.lost_closed.tolist() == [lost.sum(), 0]
    assert set(closed.drawn) == set(free.drawn[~lost])


def test_a_longer_promise_moves_deadlines_and_fewer_order() -> None:
    scenario = shop(promise={"kind": "hours", "within": "48h"})
    free = draw(scenario, 1, 0)
    held = draw(scenario, 1, 0, (Control(at=DAY, longer=24 * HOUR, order_share=0.6),))
    late = held.placed > DAY
    assert stats.binomtest(int(late.sum()), int((free.placed > DAY).sum()), 0.6).pvalue > 0.001
    assert set(held.deadline[~late] - held.paid[~late]) == {48 * HOUR}
    assert set(held.deadline[late] - held.paid[late]) == {72 * HOUR}


def test_carts_are_bought_when_their_phase_opens() -> None:
    """2,400 visitors of whom none orders at once, half fill a cart and half of these come back."""
    scenario = carts("1h")
    book = draw(scenario, 1, 0)
    late = book.placed - DAY
    assert book.cart.all()
    assert stats.binomtest(len(book), int(book.visitors_by_channel[0]), 0.25).pvalue > 0.001
    assert stats.kstest(late, stats.truncexpon(b=24, scale=HOUR).cdf).pvalue > 0.001
    assert (book.value == np.where(book.group == 0, 5.0, 7.0)).all()
    assert stats.binomtest(int(book.group.sum()), len(book), 0.5).pvalue > 0.001


def test_who_would_come_back_after_the_end_does_not_order() -> None:
    book = draw(carts("24h"), 1, 0)
    assert (book.placed <= 2 * DAY).all()
    expected = (1 - np.exp(-1)) * 0.25
    assert stats.binomtest(len(book), int(book.visitors_by_channel[0]), expected).pvalue > 0.001
    assert book.potential > len(book)


def carts(within: str) -> Scenario:
    filled = {"share": "50%", "opens": "burst", "convert": "50%", "within": within}
    return shop(
        channels={"search": {"visitors": "2400 visitors/day", "phases": ["warm-up"]}},
        conversion={"order_share": "0%"},
        sku_groups={
            "a": {"share": "50%", "value": {"mean": "5 CNY/order"}},
            "b": {"share": "50%", "value": {"mean": "7 CNY/order"}},
        },
        phases={
            "warm-up": {
                "starts": "2026-12-12T00:00",
                "ends": "2026-12-13T00:00",
                "carts": filled,
            },
            "burst": {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00"},
        },
    )


def test_carts_leave_all_other_orders_and_their_numbers_as_they_were() -> None:
    phases = EVERYTHING["phases"]
    plain = {**EVERYTHING, "phases": {**phases, "warm-up": {**phases["warm-up"], "carts": None}}}
    without = {**plain, "desk": None, "sku_groups": {"all": {"share": "100%"}}}
    with_carts = {**without, "phases": phases}
    for case in (without, with_carts):
        case["channels"] = {"search": EVERYTHING["channels"]["search"]}
        case["phases"] = {
            name: {**phase, "presale": None} for name, phase in case["phases"].items()
        }
    few, many = draw(shop(**without), 1, 0), draw(shop(**with_carts), 1, 0)
    rest = ~many.cart
    assert few.potential + many.cart.sum() <= many.potential
    for field in fields(Orders):
        name = field.name
        assert getattr(many, name)[rest].tobytes() == getattr(few, name).tobytes(), name


def test_who_is_not_answered_does_not_order_and_the_others_order_when_the_chat_ends() -> None:
    """One agent for a chat of 30 minutes, in an hour with a hundred who wait for a minute."""
    scenario = shop(
        conversion={
            "order_share": "0%",
            "enquiry_share": "100%",
            "enquiry_order_share": "100%",
        },
        desk={
            "shifts": {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}},
            "chats": "1 chat",
            "handling": {"mean": "30min", "distribution": {"kind": "deterministic"}},
            "patience": {"mean": "1min", "distribution": {"kind": "deterministic"}},
        },
    )
    book = draw(scenario, 1, 0)
    assert book.attended is not None
    answered = ~np.isnan(book.attended.answered)
    assert len(book) == answered.sum() < 100
    assert sorted(book.placed) == sorted(book.attended.ended[answered])
    assert (np.diff(np.sort(book.placed)) >= 1800).all()
    assert book.enquiries == book.visitors == book.potential == len(answered)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_bot_that_answers_all_decides_alone(share: float) -> None:
    scenario = shop(
        conversion={
            "order_share": "0%",
            "enquiry_share": "100%",
            "enquiry_order_share": f"{100 - 100 * share}%",
        },
        desk={**EVERYTHING["desk"], "bot_share": "100%", "bot_order_share": share},
    )
    book = draw(scenario, 1, 0)
    assert len(book) == share * book.visitors


def test_sold_out_goods_are_left_or_replaced() -> None:
    stock = {"opening": "60 units", "sold_out": {"leave": "40%", "take": {"gown": "60%"}}}
    groups = {
        "hero": {"share": "30%", "value": {"mean": "60 CNY/order"}, "stock": stock},
        "gown": {"share": "70%", "value": {"mean": "90 CNY/order"}},
    }
    plain = {**groups, "hero": {**groups["hero"], "stock": None}}
    all_there, book = draw(shop(sku_groups=plain), 1, 0), draw(shop(sku_groups=groups), 1, 0)
    assert int((book.group == 0).sum()) == 60
    too_late = int((all_there.group == 0).sum()) - 60
    assert int(book.moved.sum()) + int(book.lost_sold_out[0]) == too_late
    assert stats.binomtest(int(book.moved.sum()), too_late, 0.6).pvalue > 0.001
    assert set(book.value[book.moved]) == {90}
    assert len(book) == len(all_there) - book.lost_sold_out.sum()


def test_orders_know_the_shop_of_their_channel() -> None:
    scenario = shop(
        channels={
            "search": {"visitors": "240 visitors/day", "shop": "taobao"},
            "ads": {"visitors": "240 visitors/day", "shop": "tmall"},
            "web": {"visitors": "240 visitors/day"},
        },
        shops={"tmall": {"promise": {"kind": "hours", "within": "24h"}}, "taobao": {}},
        opening_backlog={"orders": "5 orders", "paid_within": "1h"},
    )
    book = draw(scenario, 1, 0)
    assert book.shop.tolist() == [[1, 0, -1, -1][channel] for channel in book.channel.tolist()]
    assert (np.isfinite(book.deadline) == (book.shop == 0)).all()


def test_nobody_chases_orders_for_goods_that_could_not_be_ordered() -> None:
    desk = {**EVERYTHING["desk"], "shifts": {"day": {**ALWAYS, "people": "50 people"}}}
    conversion = {"order_share": "50%", "paid_share": "0%"}
    groups = {"hero": {"share": "50%"}, "gown": {"share": "50%"}}
    scenario = shop(conversion=conversion, sku_groups=groups, desk=desk)
    book = draw(scenario, 1, 0, (Control(at=0.0, closed=frozenset({"hero"})),))
    assert book.attended is not None
    assert set(book.group) == {1}
    assert np.count_nonzero(~np.isnan(book.attended.due)) == len(book)
    assert book.lost_closed.tolist() == [book.potential - len(book), 0]


FEATURES = ("desk", "offers", "price_response", "promise", "opening_backlog", "payment_delay")


@settings(max_examples=40, deadline=None)
@given(
    off=st.sets(st.sampled_from(FEATURES)),
    phases=st.sets(st.sampled_from(sorted(EVERYTHING["phases"]))),
    channels=st.sets(st.sampled_from(sorted(EVERYTHING["channels"])), min_size=1),
    traffic=st.sampled_from([0.0, 0.01, 1.0]),
    controls=st.lists(CONTROLS, max_size=2, unique_by=lambda control: control.at),
    seed=st.integers(0, 99),
)
def test_every_book_adds_up(
    off: set[str],
    phases: set[str],
    channels: set[str],
    traffic: float,
    controls: list[Control],
    seed: int,
) -> None:
    kept = {name: part for name, part in EVERYTHING["phases"].items() if name in phases}
    if "burst" not in phases and "warm-up" in phases:
        kept["warm-up"] = {**kept["warm-up"], "carts": None}
    offers = {
        name: {**offer, "phases": ["burst"] if "burst" in phases else None}
        for name, offer in EVERYTHING["offers"].items()
    }
    changes = {
        **EVERYTHING,
        "offers": offers,
        "phases": kept,
        "channels": {name: EVERYTHING["channels"][name] for name in sorted(channels)},
        "traffic": traffic,
    }
    scenario = shop(**{name: part for name, part in changes.items() if name not in off})
    ordered = tuple(sorted(controls, key=lambda control: control.at))
    book = draw(scenario, seed, 0, ordered)
    paid = paid_orders(book)
    assert {len(getattr(book, field.name)) for field in fields(Orders)} == {len(book)}
    assert len(set(book.drawn)) == len(book) <= book.potential
    assert ((book.drawn >= 0) & (book.drawn < book.potential)).all()
    assert (np.diff(paid.paid) >= 0).all()
    assert (paid.paid >= paid.placed).all()
    assert ((book.deposit >= 0) & (book.deposit <= book.value)).all()
    assert ((book.deposit > 0) <= book.presale).all()
    assert ((book.cancel_share >= 0) & (book.cancel_share <= 1)).all()
    assert not (book.cart & book.asked).any()
    assert not (book.opening & (book.cart | book.asked | book.moved)).any()
    assert (book.carts_by_channel <= book.visitors_by_channel).all()
    assert (book.attended is None) == ("desk" in off)
    fresh = int((~book.opening).sum() + book.lost_closed.sum() + book.lost_sold_out.sum())
    assert fresh <= book.visitors
    units = int((book.group[: len(paid)] == 0).sum())
    waits = 0 if book.sold is None else int(book.sold.waits.sum())
    assert units <= 100 + waits
