"""Reading an annual plan: what it refers to, where its values stand, what is refused."""

from datetime import date
from pathlib import Path

import pytest

from simulate.plan.loading import load_plan
from simulate.plan.models import AnnualPlan
from simulate.plan.spans import Span
from simulate.scenario.problems import InputError
from simulate.scenario.quantities import Money

from .small_plan import complaints, loaded, written


def test_months_inherit_what_they_do_not_say(tmp_path):
    october, november, december = loaded(tmp_path).plan.months
    assert october.key == "2026-10"
    assert october.sales == Money(100_000, "CNY")
    assert october.conversion == Span(0.05, 0.05)
    assert november.order_value.amounts == Span(100, 100)
    assert (november.skus, december.skus) == (Span(20, 20), Span(30, 30))
    assert (october.hero_items, december.hero_items) == (Span(3, 5), Span(4, 4))
    assert october.visitors == Span(20_000, 20_000)
    assert november.visitors is None
    assert (november.days, december.last) == (30, date(2026, 12, 31))


def test_the_shop_is_open_all_year_and_scenarios_are_known_by_campaign(tmp_path):
    plan = loaded(tmp_path)
    assert plan.shop.scenario.starts.date() == date(2026, 10, 1)
    assert plan.shop.scenario.ends.date() == date(2027, 1, 1)
    assert {name: each.name for name, each in plan.scenarios.items()} == {"double": "double"}
    assert [file.name for file in plan.files] == ["annual.yml", "shop.yml", "double.yml"]
    assert plan.scenario_of("singles") is plan.shop.scenario


def test_values_know_their_line_and_their_source(tmp_path):
    sourced = "ads_share: {value: 11.1%, source: The plan, confidence: plan}"
    plan = loaded(tmp_path, ("ads_share: 11.1%", sourced))
    found = next(each for each in plan.inputs if each.path == ("ads_share",))
    assert (found.place.line, found.text, found.confidence) == (5, "11.1%", "plan")


def test_a_plan_needs_neither_shop_nor_campaigns(tmp_path):
    file = tmp_path / "bare.yml"
    file.write_text("title: Bare\nstages: {one: {label: One, months: {2026-12: {}}}}\n")
    plan = load_plan(file)
    assert plan.shop is None
    assert plan.scenarios == {}
    assert plan.scenario_of("any") is None


WRONG = [
    ("kpis:", "kpi:", "10:1: unknown key `kpi`, did you mean `kpis`?"),
    ("  2026-12:", "  2026-13:", "34:7: `2026-13` is not a month: write `2026-12`"),
    ("  2026-12:", "  2027-01:", "34:7: the months between `2026-11` and `2027-01` are missing"),
    ("  2026-12:", "  2026-11:",
     "34:16: the month `2026-11` is already in the stage `growth`"),
    ("sales: 450,000 CNY", "sales: 450,000", "3:8: `450,000` has no unit: write for example "
     "`500 CNY`"),
    ("sales: 450,000 CNY", "sales: 450,000 EUR", "3:8: `450000 EUR` is not in the plan's currency: "
     "write it in CNY"),
    ("100 CNY/order", "120 to 100 CNY/order", "6:14: `120 to 100 CNY/order` runs backwards: write "
     "the smaller figure first"),
    ("3 to 5 items", "3 to 5.5 items", "7:13: `5.5 items` is not a whole number of items: write "
     "for example `4 items`"),
    ("size: theme", "size: huge", "40:11: `huge` is not one of `daily`, `weekly`, `theme`, "
     "`monthly`, `semi-annual`, `anniversary`"),
    ("first: 2026-10-01", "first: 2026-09-30", "41:12: 2026-09-30 lies outside the plan's year, "
     "2026-10-01 to 2026-12-31"),
    ("last: 2026-10-03", "last: 2026-09-03", "42:11: `last` is before `first`"),
    ("day: 2026-11-11", "day: 2026-11-12", "53:10: the main day lies outside the campaign"),
    ("scenario: double", "scenario: doubel", "62:15: there is no scenario `doubel`, did you mean "
     "`double`?"),
    ("scenario: double\n    role: boss", "scenario: double\n    role: bos",
     "63:11: there is no role `bos`, did you mean `boss`?"),
    ("      ads: {daily", "      adds: {daily", "68:7: there is no channel `adds`, did you mean "
     "`ads`?"),
    ("channels: [web]", "channels: [wb]", "75:82: there is no channel `wb`, did you mean `web`?"),
    ("ends: 12:00", "ends: 07:00", "75:52: this ends before it starts"),
    ("before: 7d}", "before: 7d, due: 2026-09-01}", "47:16: give the day of the step in one way: "
     "`before`, such as `10d` before the campaign, or `due`, a date"),
    ("shop: ../shop.yml", "shop: ../shpo.yml", "2:7: `../shpo.yml` is not there, or lies outside "
     "the folders that a scenario may build on: its own, the one above it and the playbook's "
     "content"),
    ("roles:\n", "accepted: [{rule: overlaps, reason: x}]\nroles:\n",
     "35:19: there is no rule `overlaps`, did you mean `overlap`?"),
    ("roles:\n", "accepted: [{rule: overlap, at: campaigns.x, reason: x}]\nroles:\n",
     "35:32: the plan has nothing at `campaigns.x`: write the keys that lead there, such as "
     "`campaigns.double-12`"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_what_cannot_be_used_is_said_at_its_place(tmp_path, old, new, said):
    assert said in complaints(tmp_path, (old, new))


def test_a_shop_that_is_wrong_is_told_at_its_own_place(tmp_path):
    playbook = written(tmp_path, shop=("order_share: 5%", "order_share: 500%"))
    with pytest.raises(InputError) as refused:
        load_plan("annual", playbook)
    assert refused.value.problems[0].place.file.name == "shop.yml"


def test_a_scenario_is_no_plan_and_says_nothing_of_what_it_holds(tmp_path):
    playbook = written(tmp_path)
    with pytest.raises(InputError, match="this is not an annual plan") as refused:
        load_plan(tmp_path / "content" / "shop.yml", playbook)
    assert "channels" not in str(refused.value)


def test_a_plan_is_found_by_name_or_by_path(tmp_path):
    playbook = written(tmp_path)
    assert load_plan("annual", playbook).name == "annual"
    assert load_plan(tmp_path / "content" / "plan" / "annual.yml", playbook).name == "annual"
    with pytest.raises(InputError, match="there is no annual plan `anual`, did you mean `annual`"):
        load_plan("anual", playbook)
    with pytest.raises(InputError, match=r"its name must end in `\.yml`"):
        load_plan("a/plan.txt", playbook)
    with pytest.raises(InputError, match="there is no file"):
        load_plan(Path("none.yml"), playbook)


def test_models_can_be_made_without_a_file():
    stage = {"label": "A", "months": {"2026-02": {"sales": "1 CNY"}, "2026-01": {}}}
    plan = AnnualPlan.model_validate({"title": "T", "stages": {"a": stage}})
    assert [month.key for month in plan.months] == ["2026-01", "2026-02"]
    assert (plan.first, plan.last) == (date(2026, 1, 1), date(2026, 2, 28))
    assert plan.month_of(date(2026, 3, 1)) is None
