"""What the linter makes of findings: places, order, acceptance; and figures of every kind."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from simulate.plan.lint import fails, lint
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import AnnualPlan
from simulate.plan.ruleset import RULE_IDS, RULES
from simulate.scenario.documents import Mapping
from simulate.scenario.problems import Place

from .small_plan import linted

ROI = ("roi: 1x", "roi: 3x")
PART = ("ads_part_of_sales: 11%", "ads_part_of_sales: 33%")
CPC = ("cpc: 3 CNY/click", "cpc: 2 CNY/click")


def accepting(rule, at=None):
    where = f", at: {at}" if at else ""
    return ("roles:\n", f"accepted: [{{rule: {rule}{where}, reason: We know.}}]\nroles:\n")


def test_findings_come_in_the_order_of_the_file_with_their_places(tmp_path):
    found = linted(tmp_path, CPC, ROI, PART)
    assert [(each.rule, each.place.line, each.place.column) for each in found] == [
        ("bid-return", 68, 64),
        ("click-price", 73, 14),
    ]
    assert fails(found)


def test_an_accepted_finding_stays_in_sight_and_does_not_fail(tmp_path):
    found = linted(tmp_path, CPC, accepting("click-price", "campaigns.double"))
    assert [(each.rule, each.accepted and each.accepted.en) for each in found] == [
        ("click-price", "We know.")
    ]
    assert not fails(found)


def test_an_acceptance_is_for_its_rule_and_its_place_alone(tmp_path):
    found = linted(tmp_path, CPC, accepting("bid-return", "campaigns.double"))
    assert [(each.rule, each.severity) for each in found] == [
        ("unused-acceptance", "warning"),
        ("click-price", "error"),
    ]
    assert found[0].what.en.startswith("`bid-return` at `campaigns.double` is accepted, and there")
    (tmp_path / "elsewhere").mkdir()
    found = linted(
        tmp_path / "elsewhere", CPC, accepting("click-price", "campaigns.double.bids.ads")
    )
    assert [each.rule for each in found] == ["unused-acceptance", "click-price"]


def test_a_warning_alone_does_not_fail(tmp_path):
    found = linted(tmp_path, ("  enquiry_to_paid: 15%\n", ""))
    assert [each.severity for each in found] == ["warning"]
    assert not fails(found)


def test_rules_are_known_by_names_of_their_own():
    assert len(set(RULE_IDS)) == len(RULE_IDS)
    assert all(rule.title.en and rule.title.zh and rule.find.__doc__ for rule in RULES)


def planned(**figures):
    """A plan that is in no file."""
    plan = AnnualPlan.model_validate({"title": "T", **figures})
    place = Place(file=__file__, line=1, column=1)
    return LoadedPlan("t", plan, Mapping(place, {}), (), None, {})


def year(amounts, of_stages, whole):
    """A plan of months with these sales, cut into stages of two."""
    months = [f"2026-{number:02d}" for number in range(1, len(amounts) + 1)]
    stages = {
        f"s{at // 2}": {
            "label": "S",
            "sales": f"{of_stages[at // 2]} CNY",
            "months": {
                month: {"sales": f"{amount} CNY"}
                for month, amount in zip(months[at : at + 2], amounts[at : at + 2], strict=True)
            },
        }
        for at in range(0, len(amounts), 2)
    }
    return planned(sales=f"{whole} CNY", stages=stages)


AMOUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@given(AMOUNTS)
def test_sums_that_come_out_are_never_found(amounts):
    stages = [sum(amounts[at : at + 2]) for at in range(0, len(amounts), 2)]
    assert lint(year(amounts, stages, sum(amounts))) == []


@given(AMOUNTS, st.integers(1, 10**9), st.data())
def test_a_sum_that_is_off_is_found_with_what_it_is_off_by(amounts, off, data):
    stages = [sum(amounts[at : at + 2]) for at in range(0, len(amounts), 2)]
    at = data.draw(st.integers(0, len(stages) - 1))
    stages[at] += off
    found = lint(year(amounts, stages, sum(stages)))
    assert [(each.rule, each.at) for each in found] == [("stage-sum", f"stages.s{at}.sales")]
    assert f" {off:,} CNY less than" in found[0].what.en
    found = lint(year(amounts, [sum(amounts[a : a + 2]) for a in range(0, len(amounts), 2)],
                      sum(amounts) + off))  # fmt: skip
    assert [(each.rule, each.at) for each in found] == [("year-sum", "sales")]


SHARES = st.one_of(st.just(0.0), st.just(1.0), st.floats(0, 1))
MONEY = st.one_of(st.just(0.0), st.floats(0.01, 10**7))


@given(st.data())
def test_no_figure_of_a_plan_is_too_odd_to_be_looked_at(data):
    def share():
        return repr(data.draw(SHARES))

    def money(per=""):
        return f"{data.draw(MONEY):.2f} CNY{per}"

    figures = {"sales": money(), "ad_budget": money(), "ads_share": share(),
               "conversion": share(), "order_value": money("/order"),
               "visitors": f"{data.draw(st.integers(0, 10**6))} visitors"}  # fmt: skip
    bid = {"daily_budget": money("/day"), "cpm": money("/1000 impressions"),
           "click_rate": share(), "cpc": money("/click"), "roi": share()}  # fmt: skip
    days = sorted(data.draw(st.tuples(*[st.integers(1, 31)] * 3)))
    campaign = {"label": "C", "size": "weekly", "first": date(2026, 1, days[0]),
                "day": date(2026, 1, days[1]), "last": date(2026, 1, days[2]), "day_share": share(),
                "sales": money(), "bids": {"ads": bid}}  # fmt: skip
    plan = planned(
        **figures,
        erp_per_day=f"{data.draw(st.integers(0, 1000))} orders",
        kpis={"enquiry_to_order": share(), "order_to_paid": share(), "enquiry_to_paid": share(),
              "ads_part_of_sales": share(), "promotion_share": share()},
        stages={"s": {"label": "S", **figures, "months": {"2026-01": figures, "2026-02": figures}}},
        campaigns={"one": campaign, "two": {**campaign, "size": "monthly"}},
    )  # fmt: skip
    for finding in lint(plan):
        assert finding.rule in RULE_IDS
        for told in (finding.what, finding.agree):
            for text in (told.en, told.zh):
                assert text
                assert "nan" not in text.lower().split()
                assert " inf" not in text.lower()
