"""What channels bring, cost and leave, worked out by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.demand.orders import OrderBook
from simulate.experiment.replications import Campaign
from simulate.results.channel_tables import by, channel_results, funnel_steps, shop_results
from simulate.results.channels import credited
from simulate.results.outcome import ChannelResult
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario
from tests.results.campaigns import book, campaign, measures, shop

CHANNELS: dict[str, Any] = {
    "organic": {"visitors": "240 visitors/day"},
    "ads": {
        "spend": "240 CNY/day",
        "cpc": "1 CNY/click",
        "landing": "50%",
        "commission": "10%",
        "assisted_by": {"organic": "25%"},
    },
}


def priced(**changes: Any) -> Scenario:
    """Four orders of 100 each: one waits at the start, one is organic, two come from ads."""
    return shop(
        **{
            "channels": CHANNELS,
            "sku_groups": {"all": {"share": "100%", "margin": "40%"}},
            "costs": {"parcel": "4 CNY/parcel", "material": "1 CNY/order"},
            "courier": None,
            **changes,
        }
    )


def drawn(**changes: Any) -> OrderBook:
    """20 organic visitors; 10 from ads, and 5 more who were turned away; one never paid."""
    found = book([-1, 0.5, 1, 1.25], unpaid=1)
    return replace(
        found,
        channel=np.array([-1, 0, 1, 1, 1]),
        visitors_by_channel=np.array([20, 10]),
        turned_away_by_channel=np.array([0, 5]),
        **changes,
    )


def done(scenario: Scenario, drawn_: OrderBook | None = None, **others: Any) -> Campaign:
    return campaign(scenario, drawn() if drawn_ is None else drawn_, [0.1] * 4, **others)


def rows(scenario: Scenario, *replications: Replication) -> dict[str, ChannelResult]:
    return {row.channel: row for row in channel_results(scenario, replications)}


def mean(scenario: Scenario, found: Campaign, channel: str) -> dict[str, float | None]:
    """Return the means of a channel's row over a campaign and its double."""
    result = measures(scenario, found)
    row = rows(scenario, result, result)[channel]
    return {
        name: None if (value := getattr(row, name)) is None else value.mean
        for name in type(row).__dataclass_fields__
        if name not in ("channel", "shop")
    }


def test_a_channel_that_buys_clicks() -> None:
    # 40 are planned for four hours; a third of the visitors, and of the clicks, was turned away.
    clicks = 40 * 10 / 15
    commission = 0.1 * 200
    cost = clicks + commission
    assert mean(priced(), done(priced()), "ads") == pytest.approx(
        {
            "visitors": 10,
            "turned_away": None,
            "orders": 3,
            "paid": 2,
            "sales": 200,
            "conversion": 0.2,
            "cost": cost,
            "cost_per_visitor": cost / 10,
            "return_on_ads": 200 / cost,
            "credited_sales": 150,
            "credited_return_on_ads": 150 / cost,
            "margin": 2 * (40 - 4 - 1) - cost,
            # Ten visitors are half of twenty clicks.
            "click_price": clicks / 20,
            "bid_ceiling": (2 * (40 - 4 - 1) - commission) / 20,
        }
    )


def test_a_channel_that_costs_nothing() -> None:
    found = mean(priced(), done(priced()), "organic")
    assert found["credited_sales"] == 100 + 50
    assert found["margin"] == 40 - 4 - 1
    free = ("cost", "cost_per_visitor", "return_on_ads", "click_price", "bid_ceiling")
    assert [found[name] for name in free] == [None] * 5


def test_who_was_turned_away_is_told_of_channels_that_a_rule_cuts() -> None:
    rule = {"above": "9 orders", "until": "1 order", "cut": {"ads": "0%"}}
    scenario = priced(controller={"every": "1h", "rules": {"less": rule}})
    assert mean(scenario, done(scenario), "ads")["turned_away"] == 5
    assert mean(scenario, done(scenario), "organic")["turned_away"] is None


def test_a_cancelled_order_is_no_sale_and_worth_nothing() -> None:
    # The last order is cancelled as it is paid; nobody has begun to pack it.
    found = mean(priced(), done(priced(), cancelled=[99, 99, 99, 1.25]), "ads")
    cost = 40 * 10 / 15 + 0.1 * 100
    assert (found["paid"], found["sales"]) == (2, 100)
    assert found["margin"] == pytest.approx(40 - 4 - 1 - cost)
    assert found["bid_ceiling"] == pytest.approx((40 - 4 - 1 - 10) / 20)


def test_forfeited_deposits_are_left_to_the_channel() -> None:
    deposit = drawn(
        presale=np.array([False, False, False, True, True]), deposit=np.array([0, 0, 0, 30.0, 30])
    )
    with_it, without = (
        mean(priced(), done(priced(), each), "ads")["margin"] for each in (deposit, drawn())
    )
    assert with_it is not None
    assert with_it == pytest.approx((without or 0) + 30)


def test_channels_and_the_opening_backlog_leave_the_contribution() -> None:
    scenario = priced(compensation={"share": "10%"})
    late = drawn()
    late.deadline[1] = 1801
    result = measures(scenario, done(scenario, late))
    assert result.measures["compensation"] == 10
    # The courier has none, so that there are no wages to share.
    assert result.channels["margin"].sum() == pytest.approx(result.measures["contribution"])
    assert result.channels["margin"][2] == 40 - 4 - 1
    assert result.channels["margin"][0] == 40 - 4 - 1 - 10


def test_without_a_margin_of_every_group_nothing_is_left() -> None:
    scenario = priced(sku_groups={"all": {"share": "100%"}})
    found = mean(scenario, done(scenario), "ads")
    assert (found["margin"], found["bid_ceiling"]) == (None, None)


def test_without_visitors_there_is_nothing_to_divide_by() -> None:
    nobody = replace(
        book([]), visitors_by_channel=np.array([0, 0]), turned_away_by_channel=np.array([0, 0])
    )
    scenario = priced()
    found = mean(scenario, campaign(scenario, nobody, []), "ads")
    assert found["visitors"] == 0
    # What was to be spent was spent.
    assert (found["cost"], found["return_on_ads"]) == (40, 0)
    names = ("conversion", "cost_per_visitor", "click_price", "bid_ceiling")
    assert [found[name] for name in names] == [None] * 4


def test_a_click_is_overbid_if_it_certainly_costs_more_than_it_may() -> None:
    dear = {**CHANNELS, "ads": {**CHANNELS["ads"], "spend": "2400 CNY/day", "cpc": "10 CNY/click"}}
    one, two = (
        measures(priced(channels=channels), done(priced(channels=channels)))
        for channels in (dear, CHANNELS)
    )
    assert rows(priced(channels=dear), one, one)["ads"].is_overbid
    assert not rows(priced(), two, two)["ads"].is_overbid
    assert not rows(priced(), two, two)["organic"].is_overbid
    # Between a dear campaign and a cheap one nothing is certain.
    assert not rows(priced(), one, two)["ads"].is_overbid


def test_credit_moves_from_channel_to_channel_and_none_is_lost() -> None:
    channels = {
        "a": {"visitors": "1 visitor/day", "assisted_by": {"b": "50%", "c": "20%"}},
        "b": {"visitors": "1 visitor/day", "assisted_by": {"a": "10%"}},
        "c": {"visitors": "1 visitor/day"},
    }
    found = credited(shop(channels=channels), np.array([100.0, 50, 10, 7]))
    assert found.tolist() == pytest.approx([30 + 5, 45 + 50, 10 + 20, 7])


def test_messages_slots_and_commission() -> None:
    channels = {
        "sms": {
            "reach": "1000 people", "response": "1%", "sent": "2026-12-12T00:00",
            "message_price": "0.05 CNY/message",
        },
        "fair": {"visitors": "240 visitors/day", "slot_fee": "30 CNY", "commission": "5%"},
    }  # fmt: skip
    scenario = priced(channels=channels, traffic=2)
    result = measures(scenario, done(scenario))
    assert {item: cost for item, cost in result.costs.items() if item[0] not in ("material",)} == {
        ("courier", None, None): 4 * 4,
        ("messages", "sms", None): 100,
        ("slots", "fair", None): 30,
        ("commission", "fair", None): 10,
    }
    expected = {
        "messages_cost": 100, "slots_cost": 30, "commission_cost": 10, "ad_spend": 140,
        "return_on_ads": 300 / 140, "ads_share_of_sales": 140 / 300,
    }  # fmt: skip
    assert {name: result.measures[name] for name in expected} == pytest.approx(expected)
    assert "clicks_cost" not in result.measures


def test_shops() -> None:
    one, other = CHANNELS["organic"], CHANNELS["ads"]
    scenario = priced(
        channels={"organic": {**one, "shop": "tmall"}, "ads": other}, shops={"tmall": {}}
    )
    late = drawn()
    late.deadline[2] = 3601
    result = measures(scenario, done(scenario, late))
    tmall, none = shop_results(scenario, [result] * 2)
    assert (tmall.shop, tmall.visitors.mean, tmall.paid.mean, tmall.sales.mean) == (
        "tmall", 20, 1, 100
    )  # fmt: skip
    assert tmall.on_time_share is not None
    assert none.on_time_share is not None
    assert (tmall.late_orders.mean, tmall.on_time_share.mean) == (0, 1)
    assert (none.shop, none.paid.mean, none.late_orders.mean) == (None, 2, 1)
    assert none.on_time_share.mean == 0.5
    assert shop_results(priced(), [result]) == ()


def test_steps_to_a_paid_order() -> None:
    path = {"views": "4 views/visitor", "cart_share": "10%/view", "cart_order_share": "50%/cart"}
    conversion = {"path": path, "enquiry_share": "10%"}
    scenario = priced(conversion=conversion)
    asked = drawn(
        views_by_channel=np.array([80.0, 40]),
        carts_by_channel=np.array([6, 3]),
        enquiries_by_channel=np.array([1, 4]),
        asked=np.array([False, False, True, False, True]),
    )
    result = measures(scenario, done(scenario, asked))
    steps = {step.step: step for step in funnel_steps(scenario, [result] * 2)}
    counted = {name: (step.count.mean, step.of) for name, step in steps.items()}
    assert counted == {
        "visitors": (30, None),
        "page_views": (120, "visitors"),
        "carts": (9, "visitors"),
        "enquiries": (5, "visitors"),
        "placed_orders": (4, "visitors"),
        "paid_orders": (3, "placed_orders"),
    }
    rates = {name: step.rate.mean for name, step in steps.items() if step.rate is not None}
    assert rates == pytest.approx(
        {"page_views": 4, "carts": 0.3, "enquiries": 1 / 6, "placed_orders": 4 / 30,
         "paid_orders": 0.75}
    )  # fmt: skip
    assert steps["page_views"].rate is not None
    assert (steps["page_views"].rate.unit, steps["page_views"].count.unit) == ("ratio", "views")
    # Of five who asked two ordered, of whom one paid.
    assert result.measures["enquiry_order_share"] == 0.4
    assert result.measures["order_paid_share"] == 0.5


def test_views_of_some_visitors_are_no_rate_of_all() -> None:
    path = {"views": "4 views/visitor", "cart_share": "10%/view", "cart_order_share": "50%/cart"}
    some = {**CHANNELS, "ads": {**CHANNELS["ads"], "conversion": {"path": path}}}
    but_one = {**CHANNELS, "ads": {**CHANNELS["ads"], "conversion": {"order_share": "3%"}}}
    for changes in ({"channels": some}, {"channels": but_one, "conversion": {"path": path}}):
        scenario = priced(**changes)
        result = measures(scenario, done(scenario))
        (views,) = (s for s in funnel_steps(scenario, [result] * 2) if s.step == "page_views")
        assert (views.of, views.rate) == ("visitors", None)


def test_a_presale() -> None:
    phase = {
        "starts": "2026-12-12T00:00", "ends": "2026-12-12T02:00",
        "presale": {
            "deposit": "30%", "balance_from": "2026-12-12T02:00",
            "balance_until": "2026-12-12T03:00", "paid_share": "50%", "delay": {"mean": "1min"},
        },
    }  # fmt: skip
    scenario = priced(phases={"early": phase})
    deposits = drawn(
        presale=np.array([False, True, True, False, True]), deposit=np.array([0, 30, 30, 0, 30.0])
    )
    found = measures(scenario, done(scenario, deposits)).measures
    assert found["presale_orders"] == 3
    assert found["balance_paid_share"] == pytest.approx(2 / 3)
    assert found["forfeited_deposits"] == 30
    assert "presale_orders" not in measures(priced(), done(priced())).measures


def test_parts_by_wholes_leave_out_replications_without_any() -> None:
    found = by(np.array([1.0, 5, 2]), np.array([2.0, 0, 4]), "ratio")
    assert found is not None
    assert (found.mean, found.unit) == (0.5, "ratio")
    assert by(np.array([1.0]), np.array([0.0]), "ratio") is None
