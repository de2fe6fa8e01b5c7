"""Each rule of the plan linter, on a small plan whose figures agree until one is changed."""

import pytest

from simulate.plan.ruleset import RULES

from .small_plan import linted

ADS = "ads: {daily_budget: 1000 CNY/day, cpc: 5 CNY/click, roi: 1x}"
EVENING = "evening: {label: Ads, starts: 17:00, ends: 22:00, role: boss}"
DUE = "stock: {label: Count, role: boss, due: 2026-12-05}"
PREPARED = "    preparation: {lasts: 10d, steps: {" + DUE + "}}\n"

BREAKS = [
    # sums
    ("stage-sum", "stages.growth.sales", [('"100,000 CNY", ad', '"110,000 CNY", ad'),
     ("20,000 visitors", "22,000 visitors")],
     "add up to 310,000 CNY, 10,000 CNY more than the 300,000 CNY"),
    ("stage-sum", "stages.growth.ad_budget", [('"20,000 CNY"', '"15,000 CNY"')],
     "add up to 25,000 CNY, 5,000 CNY less than the 30,000 CNY"),
    ("year-sum", "sales", [("sales: 450,000 CNY", "sales: 451,000 CNY")],
     "add up to 450,000 CNY, 1,000 CNY less than the 451,000 CNY of the year"),
    ("year-sum", "ad_budget", [("ad_budget: 50,000 CNY", "ad_budget: 49,900 CNY")],
     "add up to 50,000 CNY, 100 CNY more than the 49,900 CNY of the year"),
    ("ads-share", "stages.burst.ads_share", [("13.3%", "13.5%")],
     "ads of 20,000 CNY on sales of 150,000 CNY are 13.33 %, not 13.5 %"),
    ("stage-sum", "stages.growth.visitors",
     [("    skus: 20 SKUs\n", "    visitors: 60,000 visitors\n"),
      ('ad_budget: "20,000 CNY"}', 'ad_budget: "20,000 CNY", visitors: "39,900 visitors"}')],
     "the visitors of the months add up to 59,900, not to the 60,000 of the stage “Growth”"),
    # sales
    ("sales-formula", "stages.growth.months.2026-10.sales",
     [("20,000 visitors", "18,000 visitors")],
     "18,000 visitors × 5 % × 100 CNY make 90,000 CNY; the target of 100,000 CNY is 10,000 CNY "
     "more"),
    ("campaign-sales", "campaigns.double.sales", [("sales: 100,000 CNY\n    prep",
     "sales: 160,000 CNY\n    prep")],
     "160,000 CNY, 10,000 CNY more than the whole month's 150,000"),
    ("hero-items", "stages.burst.months.2026-12.hero_items", [("4 items", "6 items")],
     "6 hero items where the plan keeps 3 to 5"),
    ("hero-items", "stages.burst.months.2026-12.hero_items", [("30 SKUs", "3 SKUs")],
     "4 hero items among 3 SKUs"),
    ("promotion-cost", "kpis.promotion_share", [("10% to 15%", "12% to 15%")],
     "ads are 11.1 % of the year's sales, outside the 12 to 15 %"),
    # ads
    ("click-price", "campaigns.double.bids.banners.cpc", [("cpc: 3 CNY", "cpc: 2.5 CNY")],
     "a CPC of 3 CNY, not 2.50 CNY; 500 CNY a day then buy 167 clicks, not 200"),
    ("bid-return", "campaigns.double.bids.ads.roi", [("roi: 1x", "roi: 1.1x"),
     ("ads_part_of_sales: 11%", "ads_part_of_sales: 12%")], "has 5 %, which gives 1"),
    ("ads-part", "kpis.ads_part_of_sales", [("ads_part_of_sales: 11%", "ads_part_of_sales: 20%")],
     "ads bring 11.1 % of all sales, not 20 %"),
    ("ads-part", "ads_share", [("  ads_part_of_sales: 11%\n", "")],
     "11.1 % of all sales, and the plan does not say so"),
    ("daily-budget", "campaigns.double.bids",
     [(ADS, ADS.replace("1x}", "1x, days: 30}"))],
     "ads of 1,500 CNY a day are 31,000 CNY over 2 to 30 days; the stage “Burst” has 20,000 CNY"),
    ("enquiry-chain", "kpis.enquiry_to_paid", [("enquiry_to_paid: 15%", "enquiry_to_paid: 20%")],
     "30 % × 50 % = 15 % of enquirers pay, not 20 %"),
    ("enquiry-chain", "kpis.enquiry_to_order", [("  enquiry_to_paid: 15%\n", "")],
     "the plan does not say which"),
    # the day
    ("timetable", "campaigns.double.timetable", [(EVENING, EVENING.replace("22:00", "20:00"))],
     "leaves out 12:00 to 17:00 (20 %), 20:00 to 22:00 (40 %): 60 % of the day's orders; "
     "20:00 to 21:00 alone brings 30 %"),
    ("erp-volume", "campaigns.double.day_share", [("day_share: 20%", "day_share: 20% to 45%")],
     "at or over the 400 to 600 that the ERP handles, by up to 75"),
    ("erp-of-shop", "erp_per_day", [("400 to 600 orders", "550 to 600 orders")],
     "the plan's ERP handles 550 to 600 orders a day, the shop's 500"),
    # events
    ("overlap", "campaigns.singles.first", [("    first: 2026-10-01\n    last: 2026-10-03",
     "    first: 2026-11-08\n    last: 2026-11-10")], "1 day in both"),
    ("bigger-event", "stages.growth.months.2026-11.sales", [("size: theme", "size: semi-annual")],
     "100,000 CNY above October 2026 with Holiday, the bigger event"),
    ("preparation", "campaigns.double", [(PREPARED, "")],
     "Double has 0 days of preparation, the plan wants 1 week or more"),
    ("preparation", "campaigns.double.preparation.lasts", [("lasts: 10d", "lasts: 6d")],
     "Double has 6 days of preparation"),
    ("preparation", "campaigns.double.preparation.steps.stock.due", [("2026-12-05", "2026-12-11")],
     "“Count” of Double is due on 11 December 2026, when it has started"),
    ("preparation", "campaigns.double.preparation.steps.stock.due", [("2026-12-05", "2026-11-30")],
     "“Count” of Double is due on 30 November 2026, before its preparation starts"),
    ("responsible", "campaigns.double", [("    scenario: double\n    role: boss\n",
     "    scenario: double\n")], "nobody answers for Double"),
    ("responsible", "campaigns.double.preparation.steps.stock",
     [(DUE, DUE.replace("role: boss, ", ""))],
     "nobody answers for “Count” of Double"),
    ("responsible", "campaigns.double.timetable.evening",
     [(EVENING, EVENING.replace(", role: boss", ""))],
     "nobody answers for “Ads” in the timetable of Double"),
    ("scenario-dates", "campaigns.double.last", [("last: 2026-12-12", "last: 2026-12-14")],
     "ends on 14 December 2026 in the plan and on 12 December 2026 in its scenario `double`: 2"),
    ("scenario-bids", "campaigns.double.bids.ads.daily_budget",
     [(ADS, ADS.replace("1000", "1200"))],
     "the plan has 1,200 CNY for `ads`, its scenario `double` 1,000 CNY"),
]  # fmt: skip


def test_figures_that_agree_are_left_in_peace(tmp_path):
    assert linted(tmp_path) == []


@pytest.mark.parametrize(("rule", "at", "swaps", "words"), BREAKS)
def test_one_figure_that_does_not_agree_is_found_alone(tmp_path, rule, at, swaps, words):
    found = linted(tmp_path, *swaps)
    assert [(each.rule, each.at) for each in found] == [(rule, at)]
    assert words in found[0].what.en


def test_every_rule_is_broken_by_some_plan_here():
    elsewhere = {"line-volume", "campaigns-budget"}
    assert {rule.id for rule in RULES} == {case[0] for case in BREAKS} | elsewhere


def test_orders_that_the_people_cannot_send_in_time_are_an_error(tmp_path):
    crew = ("people: 3 people", "people: 1 person")
    found = linted(
        tmp_path,
        ("day_share: 20%", "day_share: 90%"),
        ("400 to 600 orders", "400 to 2,000 orders"),
        shop=crew,
    )
    assert [each.rule for each in found] == ["erp-volume", "line-volume"]
    # One person, 10 hours, 90 s an order: 400 a day, as many as the courier takes; 1,350 orders
    # of the day itself are due two days later, when 1,200 can have left.
    assert found[0].severity == "warning"
    assert found[1].what.en.startswith(
        "by 14 December 2026 1,350 orders are due, and the line can send 1,200 at best: 150 too"
    )


def test_a_busy_line_that_keeps_its_promise_is_left_in_peace(tmp_path):
    found = linted(tmp_path, ("day_share: 20%", "day_share: 26%"))
    assert found == []


def test_campaigns_that_fit_alone_may_be_too_dear_together(tmp_path):
    def bids(each):
        return f"    bids:\n      posts: {{daily_budget: {each} CNY/day}}\n    role: boss\n"

    def of_campaigns(october, november):
        return [
            ("    last: 2026-10-03\n    role: boss\n", "    last: 2026-10-03\n" + bids(october)),
            ("    day: 2026-11-11\n    role: boss\n", "    day: 2026-11-11\n" + bids(november)),
            (', ad_budget: "10,000 CNY"', ""),
            (', ad_budget: "20,000 CNY"', ""),
        ]

    (tmp_path / "fits").mkdir()
    assert linted(tmp_path / "fits", *of_campaigns(6000, 6000)) == []
    found = linted(tmp_path, *of_campaigns(6000, 7000))
    assert [(each.rule, each.at) for each in found] == [
        ("campaigns-budget", "stages.growth.ad_budget")
    ]
    words = "the ads of 2 campaigns cost 32,000 CNY, 2,000 CNY more than the stage “Growth” has"
    assert found[0].what.en.startswith(words)
