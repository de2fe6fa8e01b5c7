"""The default plan: exactly the contradictions that its figures have, and none once mended."""

from pathlib import Path

import pytest

from simulate.plan.lint import fails, lint
from simulate.plan.loading import load_plan
from simulate.scenario.playbook import Playbook

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "content" / "plan" / "annual.yml"

# By number: 1 price of a click, 2 ROI against conversion, 3 what ads bring, 4 ads by day against
# the year, 5 enquiry to payment, 6 hours left out, 7 orders against the ERP, 8 the bigger event.
EIGHT = {
    1: ("click-price", "error", "campaigns.double-12.bids.display.cpc"),
    2: ("bid-return", "error", "campaigns.double-12.bids.search-ads.roi"),
    3: ("ads-part", "warning", "ads_share"),
    4: ("daily-budget", "error", "campaigns.double-12.bids"),
    5: ("enquiry-chain", "warning", "kpis.enquiry_to_order"),
    6: ("timetable", "error", "campaigns.double-12.timetable"),
    7: ("erp-volume", "error", "campaigns.double-12.day_share"),
    8: ("bigger-event", "warning", "stages.burst.months.2026-12.sales"),
}

FIGURES = {
    1: ["CPC of 5 CNY, not 2 CNY", "3,000 clicks, not 7,500", "CPM of 40 CNY", "click rate of 5 %"],
    2: ["needs 9.1 to 10 % of visitors", "5 to 7 % would give 1 to 1.54"],
    3: ["ads at 12.5 % of sales", "bring 25 % of all sales"],
    4: ["25,000 CNY a day", "30 such days are 750,000 CNY", "the whole year's 500,000 CNY"],
    5: ["30 % × 50 % = 15 % of enquirers pay"],
    6: ["00:00 to 09:00", "18:00 to 20:00", "21:00 to 24:00", "00:00 to 01:00 alone brings 20 %"],
    7: ["242 orders a day", "to 2,250, at or over the 1,000 to 2,000 that the ERP handles"],
    8: ["150,000 CNY above November 2026 with Double 11"],
}


@pytest.fixture(scope="module")
def findings():
    return {each.rule: each for each in lint(load_plan(SHIPPED, Playbook(ROOT)))}


def test_the_shipped_plan_has_these_eight_contradictions_and_nothing_else():
    found = lint(load_plan(SHIPPED, Playbook(ROOT)))
    assert sorted((each.rule, each.severity, each.at) for each in found) == sorted(EIGHT.values())
    assert fails(found)


@pytest.mark.parametrize("number", EIGHT)
def test_each_says_by_how_much_and_what_would_agree(number, findings):
    finding = findings[EIGHT[number][0]]
    told = f"{finding.what.en} -> {finding.agree.en}"
    for figure in FIGURES[number]:
        assert figure in told
    assert finding.agree.en
    assert finding.agree.zh


@pytest.mark.parametrize("number", EIGHT)
def test_each_points_at_the_line_of_what_it_is_about(number, findings):
    finding = findings[EIGHT[number][0]]
    assert finding.place.file == SHIPPED
    line = SHIPPED.read_text(encoding="utf-8").splitlines()[finding.place.line - 1]
    marks = {
        1: "cpc: 2 CNY/click", 2: "roi: 2x", 3: "ads_share: 12.5%", 4: "search-ads:",
        5: "enquiry_to_order", 6: "social-morning:", 7: "value: 20% to 30%", 8: "2026-12:",
    }  # fmt: skip
    assert marks[number] in line


MENDED = [
    ("        cpc: 5 CNY/click\n        roi: 2x", "        cpc: 5 CNY/click\n        roi: 1.3x"),
    ("        cpc: 2 CNY/click\n        roi: 2x", "        cpc: 5 CNY/click\n        roi: 1.3x"),
    ("  growth: 10%\n", "  growth: 10%\n  ads_part_of_sales: 16%\n  enquiry_to_paid: 15%\n"),
    ("daily_budget: 10000 CNY/day", "daily_budget: 10000 CNY/day\n        days: 1"),
    ("daily_budget: 15000 CNY/day", "daily_budget: 15000 CNY/day\n        days: 1"),
    ("        starts: 09:00\n        ends: 10:00", "        starts: 00:00\n        ends: 10:00"),
    ("        starts: 20:00\n        ends: 21:00", "        starts: 18:00\n        ends: 24:00"),
    ("value: 20% to 30%", "value: 10% to 13%"),
    ('2026-11: {sales: "600,000 CNY"}', '2026-11: {sales: "750,000 CNY"}'),
    ('2026-12: {sales: "750,000 CNY"}', '2026-12: {sales: "600,000 CNY"}'),
]


def copied(folder, changes):
    """Return the shipped plan with pieces of its text replaced, in a file of its own."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"`{old}` is there {text.count(old)} times"
        text = text.replace(old, new)
    file = folder / "annual.yml"
    file.write_text(text, encoding="utf-8")
    return load_plan(file, Playbook(ROOT))


def test_a_mended_copy_has_none(tmp_path):
    assert lint(copied(tmp_path, MENDED)) == []


OTHERS = {
    1: [("cpc: 2 CNY/click", "cpc: 4 CNY/click")],
    2: [("cpc: 2 CNY/click\n        roi: 2x", "cpc: 2 CNY/click\n        roi: 4x")],
    4: [("daily_budget: 15000 CNY/day", "daily_budget: 90000 CNY/day")],
    6: [("starts: 09:00\n        ends: 10:00", "starts: 01:00\n        ends: 10:00")],
    7: [("value: 20% to 30%", "value: 50%")],
    8: [('2026-10: {sales: "480,000 CNY"}', '2026-10: {sales: "790,000 CNY"}'),
        ("    size: monthly\n    first: 2026-09-07\n    last: 2026-09-10\n    day: 2026-09-09",
         "    size: monthly\n    first: 2026-10-07\n    last: 2026-10-10\n    day: 2026-10-09")],
}  # fmt: skip

WHERE = {
    1: "campaigns.double-12.bids.display.cpc",
    2: "campaigns.double-12.bids.display.roi",
    4: "campaigns.double-12.bids",
    6: "campaigns.double-12.timetable",
    7: "campaigns.double-12.day_share",
    8: "stages.burst.months.2026-10.sales",
}


@pytest.mark.parametrize("number", OTHERS)
def test_the_same_contradiction_is_found_with_other_figures(number, tmp_path):
    plan = copied(tmp_path, OTHERS[number])
    found = {(each.rule, each.at) for each in lint(plan)}
    assert (EIGHT[number][0], WHERE[number]) in found
