"""The days between campaigns: the small shop scaled to what its plan says.

The shop has 900 visitors a day of its own, 200 for 1,000 CNY a day (5 CNY a click) and 500 / 3 for
500 CNY a day (60 CNY a thousand at 2 %: 3 CNY a click); 5 % order and pay.
"""

import pytest

from simulate.demand.rates import expected_spend, expected_visitors, rates_of
from simulate.plan.ordinary import mean_value, paying_share, planned_visitors
from simulate.plan.year import Year, year_of
from tests.plan.small_plan import loaded

DOUBLE = 2 * (900 + 200 + 500 / 3)
"""Visitors of the campaign's two days, which are those of the shop."""


def totals(year: Year, month: str) -> tuple[float, float]:
    """Visitors and ad spending that are expected of a month, campaigns included."""
    parts = [each.scenario for each in year.periods if each.month == month]
    return (
        sum(sum(expected_visitors(part).values()) for part in parts),
        sum(sum(expected_spend(part).values()) for part in parts),
    )


def factors(year: Year, name: str) -> dict[str, float]:
    period = next(each for each in year.periods if each.name == name)
    return period.scenario.phases["ordinary"].channels


def test_a_month_without_campaigns_has_its_visitors_and_its_budget(tmp_path):
    year = year_of(loaded(tmp_path))
    assert totals(year, "2026-10") == pytest.approx((20_000, 10_000))
    # 10,000 of the 46,500 CNY that the shop would spend; the rest of the visitors come by
    # themselves.
    ads = 10_000 / (31 * 1500)
    assert factors(year, "2026-10/1") == pytest.approx(
        {
            "ads": ads,
            "banners": ads,
            "web": (20_000 - ads * 31 * (200 + 500 / 3)) / (31 * 900),
        }
    )


def test_ordinary_days_get_what_campaigns_leave(tmp_path):
    year = year_of(loaded(tmp_path))
    names = [each.name for each in year.periods if each.month == "2026-12"]
    assert names == ["2026-12/1", "double", "2026-12/2"]
    # 150,000 CNY / (5 % x 100 CNY) = 30,000 visitors; 20,000 CNY of ads, of which the campaign
    # costs 3,000. Its own visitors are as in its scenario.
    assert totals(year, "2026-12") == pytest.approx((30_000, 20_000))
    double = next(each for each in year.periods if each.campaign == "double")
    assert sum(expected_visitors(double.scenario).values()) == pytest.approx(DOUBLE)
    assert factors(year, "2026-12/1") == factors(year, "2026-12/2")


def test_a_month_in_which_clocks_change_has_its_visitors_too(tmp_path):
    year = year_of(loaded(tmp_path, shop=("Asia/Shanghai", "Europe/Berlin")))
    assert totals(year, "2026-10") == pytest.approx((20_000, 10_000))
    assert year.periods[0].scenario.traffic_seconds == (31 * 24 + 1) * 3600


def test_sales_without_visitors_are_divided_by_conversion_and_order_value(tmp_path):
    read = loaded(tmp_path)
    november = read.plan.months[1]
    assert read.shop is not None
    assert planned_visitors(read.shop.scenario, november) == 200_000 / 0.05 / 100
    assert planned_visitors(read.shop.scenario, read.plan.months[0]) == 20_000


def test_a_month_of_rest_is_no_period(tmp_path):
    swap = ('2026-11: {sales: "200,000 CNY", ad_budget: "20,000 CNY"}', '2026-11: {sales: "0 CNY"}')
    year = year_of(loaded(tmp_path, swap))
    assert {each.month for each in year.periods} == {"2026-10", "2026-12"}


def test_conversion_and_order_value_of_the_plan_hold(tmp_path):
    worth = ("all: {share: 100%,", "all: {share: 100%, value: {mean: 80 CNY/order},")
    tenth = ('2026-10: {sales: "100,000 CNY",', '2026-10: {conversion: 10%, sales: "100,000 CNY",')
    year = year_of(loaded(tmp_path, tenth, shop=worth))
    october = year.periods[0].scenario
    assert october.phases["ordinary"].order_share == pytest.approx(2)
    assert mean_value(october) == pytest.approx(100)


def test_a_shop_that_states_no_values_has_those_of_the_plan(tmp_path):
    assert mean_value(year_of(loaded(tmp_path)).periods[0].scenario) == 100


def test_campaigns_that_bring_more_than_the_month_are_noted(tmp_path):
    year = year_of(loaded(tmp_path, ('"150,000 CNY", hero', '"10,000 CNY", hero')))
    (note,) = (each for each in year.notes if each.kind == "full-month")
    assert (note.where, note.planned, note.expected) == ("2026-12", 2000, pytest.approx(DOUBLE))
    # What is left of the budget still buys visitors; nobody else comes.
    assert factors(year, "2026-12/1")["web"] == 0
    assert totals(year, "2026-12")[1] == pytest.approx(20_000)


def test_ads_that_bring_more_than_the_month_are_noted(tmp_path):
    swap = (
        'ad_budget: "10,000 CNY", visitors: "20,000',
        'ad_budget: "90,000 CNY", visitors: "20,000',
    )
    year = year_of(loaded(tmp_path, swap))
    (note,) = (each for each in year.notes if each.kind == "only-ads")
    # 90,000 of 46,500 CNY buy 90 / 46.5 times 31 x (200 + 500 / 3) visitors.
    bought = 90 / 46.5 * 31 * (200 + 500 / 3)
    assert (note.where, note.planned) == ("2026-10", 20_000)
    assert note.expected == pytest.approx(bought)
    assert factors(year, "2026-10/1")["web"] == 0


def test_who_asks_while_nobody_is_at_the_desk_is_not_counted_on(tmp_path):
    # All customers come from 8 to 22 o'clock; the desk is open from 18: 10 + 10 + 30 + 10 % come
    # in its hours. Of all, 20 % ask, a quarter of them the bot.
    desk = (
        "conversion: {order_share: 5%}",
        "conversion: {order_share: 5%, enquiry_share: 20%, enquiry_order_share: 40%, "
        "paid_share: 90%}\n"
        "desk:\n"
        "  shifts: {evening: {starts: 18:00, ends: 22:00, people: 2 people}}\n"
        "  chats: 3 chats\n"
        "  handling: {mean: 5min}\n"
        "  patience: {mean: 2min}\n"
        "  bot_share: 25%\n"
        "  bot_order_share: 10%",
    )
    read = loaded(tmp_path, shop=desk)
    assert read.shop is not None
    shop = read.shop.scenario
    wanted = (0.8 * 0.05 + 0.2 * (0.25 * 0.1 + 0.75 * 0.6 * 0.4)) * 0.9
    assert paying_share(shop, rates_of(shop)) == pytest.approx(wanted)


def test_a_channel_with_a_conversion_of_its_own(tmp_path):
    own = ("web: {visitors: 900 visitors/day}",
           "web: {visitors: 900 visitors/day, conversion: {order_share: 10%}}")  # fmt: skip
    read = loaded(tmp_path, shop=own)
    assert read.shop is not None
    shop = read.shop.scenario
    others = 200 + 500 / 3
    wanted = (900 * 0.1 + others * 0.05) / (900 + others)
    assert paying_share(shop, rates_of(shop)) == pytest.approx(wanted)


def test_without_any_budget_all_channels_grow_alike(tmp_path):
    swaps = [
        ("ad_budget: 50,000 CNY\nads_share: 11.1%\n", ""),
        ("    ad_budget: 30,000 CNY\n    ads_share: 10%\n", ""),
        ("    ad_budget: 20,000 CNY\n    ads_share: 13.3%\n", ""),
        (', ad_budget: "10,000 CNY", visitors', ", visitors"),
        (', ad_budget: "20,000 CNY"}', "}"),
    ]
    year = year_of(loaded(tmp_path, *swaps))
    assert len(set(factors(year, "2026-10/1").values())) == 1
    assert totals(year, "2026-10")[0] == pytest.approx(20_000)
