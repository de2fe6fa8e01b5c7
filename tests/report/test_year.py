"""A year on the pages: how likely its target is, its full days, and what contradicts itself."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import vl_convert

from simulate.report.assets import MAX_SPEC_BYTES, VEGA_LITE, live_script
from simulate.report.charts import calendar, months, spending
from simulate.report.freshness import check_pages
from simulate.report.lint_table import findings_block
from simulate.report.pages import fill_pages
from simulate.report.palette import LIGHT, config
from simulate.report.registry import KINDS, YEAR_CHARTS
from simulate.report.year import YearSubject
from simulate.report.year_tables import (
    busy_days_table,
    campaigns_table,
    months_table,
    notes_list,
    stages_table,
)
from simulate.report.year_verdict import year_verdict
from simulate.results.outcome import Estimate
from tests.report.outcomes import make_loaded, make_outcome
from tests.report.test_tables import rows
from tests.report.year_outcomes import make_answer, make_year_subject


def with_outcome(year: YearSubject, **changes: object) -> YearSubject:
    outcome = replace(year.outcome, **changes)  # type: ignore[arg-type]
    return replace(year, answer=replace(year.answer, outcome=outcome))


@pytest.mark.parametrize("chart", YEAR_CHARTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chart_compiles_and_states_its_finding(chart: str, language: str, tmp_path: Path) -> None:
    year = make_year_subject(tmp_path, language)
    figure = import_module(f"simulate.report.charts.{chart}").draw(year)
    for specification in (figure.still, figure.live):
        compiled = vl_convert.vegalite_to_vega(
            specification, vl_version=VEGA_LITE, config=config(LIGHT, figure.colours)
        )
        assert compiled["marks"]
    assert len(live_script(year.origin.owner, figure).encode()) < MAX_SPEC_BYTES
    assert any(mark.isdigit() for mark in figure.alt)
    assert {len(row) for row in figure.rows} == {len(figure.columns)}


def test_the_verdict_says_how_likely_the_target_is(tmp_path: Path) -> None:
    text = year_verdict(make_year_subject(tmp_path)).replace("\xa0", " ")
    assert '<div class="pb-verdict pb-inconclusive" markdown>' in text
    assert (
        "**Open.** The year reaches its target of 300,000 CNY in 55 % of the simulated years "
        "(34 to 74 %). It sells 305,000 CNY (244,000 to 366,000 CNY)." in text
    )
    assert (
        "On 3.4 days of a year the dispatch line is at 80 % or more of what it can do, on 1.6 of "
        "these at 90 % or more. The fullest is 12 Dec, with 130 % at packers." in text
    )
    assert "Ads cost 33,000 CNY, more than the budget of 30,000 CNY." in text


@pytest.mark.parametrize(
    ("odds", "word", "lead"),
    [(0.85, "pass", "Likely."), (0.5, "inconclusive", "Open."), (0.1, "fail", "Unlikely.")],
)
def test_the_colour_follows_the_odds(odds: float, word: str, lead: str, tmp_path: Path) -> None:
    reached = Estimate(mean=odds, low=odds, high=odds, unit="share")
    text = year_verdict(with_outcome(make_year_subject(tmp_path), reached=reached))
    assert f"pb-{word}" in text
    assert f"**{lead}**" in text


def test_a_year_without_a_target_says_what_it_sells(tmp_path: Path) -> None:
    year = with_outcome(make_year_subject(tmp_path), reached=None, target=None, ad_budget=None)
    text = year_verdict(year).replace("\xa0", " ")
    assert "**No target is set.** The year sells 305,000 CNY (244,000 to 366,000 CNY)." in text
    assert "Ads cost" not in text


def test_each_stage_has_its_months_and_what_ends_it(tmp_path: Path) -> None:
    assert rows(stages_table(make_year_subject(tmp_path))) == [
        ["Opening", "Oct 2026", "100,000", "10,000", "Orders leave in time."],
        ["Burst", "Nov to Dec 2026", "200,000", "20,000", "–"],
    ]


def test_each_month_has_its_odds(tmp_path: Path) -> None:
    table = rows(months_table(make_year_subject(tmp_path)))
    assert [row[:5] for row in table] == [
        ["Oct 2026", "40 %", "100,000", "96,000 (77,000 to 115,000)", "914"],
        ["Nov", "90 %", "80,000", "88,000 (70,000 to 106,000)", "838"],
        ["Dec", "10 %", "120,000", "101,000 (81,000 to 122,000)", "966"],
    ]


def test_each_campaign_has_its_days_and_its_fullest(tmp_path: Path) -> None:
    (row,) = rows(campaigns_table(make_year_subject(tmp_path)))
    assert row == [
        "Double 12", "9 to 13 Dec", '<span class="pb-badge pb-fail">130 %</span> 12 Dec', "800",
        "84,000 (67,000 to 101,000)", "98.0 %",
    ]  # fmt: skip


def test_the_fullest_days_stand_in_the_order_of_the_calendar(tmp_path: Path) -> None:
    table = rows(busy_days_table(make_year_subject(tmp_path)))
    assert [(row[0], row[1].partition(">")[2]) for row in table[-3:]] == [
        ("11 Dec", "82 %</span>"), ("12 Dec", "130 %</span>"), ("13 Dec", "85 %</span>"),
    ]  # fmt: skip
    assert table[-2][2:] == ["104 to 156 %", "packers", "Double 12", "90 %", "30"]
    assert table[0][4] == "ordinary day"


def test_what_is_left_out_is_said_in_both_languages(tmp_path: Path) -> None:
    english = notes_list(make_year_subject(tmp_path))
    assert english.splitlines()[0] == (
        "- Double 12: nobody turns marketing down when the backlog grows."
    )
    chinese = notes_list(make_year_subject(tmp_path, "zh"))
    assert chinese.splitlines()[1].startswith("- 2026年12月：光是活动就带来访客 9,800 人")


def test_the_calendar_tells_full_days_by_campaign(tmp_path: Path) -> None:
    figure = calendar.draw(make_year_subject(tmp_path))
    assert figure.alt.replace("\xa0", " ") == (
        "The fullest day is 12 Dec: 130 % at packers. 2 days are at 80 to 90 %, 1 at 90 % or "
        "more, by campaign: Double 12 1."
    )
    assert figure.rows[-1] == ["Dec 2026", "37\xa0%", "12 Dec", "130\xa0%", "2", "1"]
    assert len(figure.csv.splitlines()) == 93
    records = max(figure.still["datasets"].values(), key=len)
    assert [record["d"] for record in records if record["c"] == 5] == [12]


def test_months_are_coloured_by_their_odds(tmp_path: Path) -> None:
    year = make_year_subject(tmp_path)
    assert [months.state_of(each) for each in year.outcome.months] == ["amber", "good", "bad"]
    assert months.draw(year).alt.replace("\xa0", " ") == (
        "1 of 3 months with a target reach it in at least every other year. Least likely is Dec "
        "2026, in 10 % of the years: 101,000 CNY on average against 120,000 CNY."
    )


def test_spending_is_held_against_the_budget(tmp_path: Path) -> None:
    year = make_year_subject(tmp_path)
    assert [spending.state_of(each) for each in year.outcome.months] == ["good", "good", "bad"]
    assert spending.draw(year).alt.replace("\xa0", " ") == (
        "Ads cost 33,000 CNY in the year, of a budget of 30,000 CNY. Months above their "
        "budget: 1, most of all Dec 2026 with 15,000 CNY of 12,000 CNY."
    )


def test_a_finding_says_where_what_and_what_would_agree(tmp_path: Path) -> None:
    text = findings_block(make_year_subject(tmp_path, december="150,000 CNY"))
    assert text.startswith("Open: **")
    assert "**Months against their stage** " in text
    assert '<span class="pb-badge pb-fail">contradiction</span>' in text
    assert "*What would agree:*" in text
    assert "annual.yml, line " in text


def test_a_clean_plan_says_so(tmp_path: Path) -> None:
    year = make_year_subject(tmp_path)
    year = replace(year, answer=replace(year.answer, findings=()))
    assert findings_block(year) == "Nothing in the plan contradicts itself."
    assert findings_block(replace(year, words=make_year_subject(tmp_path, "zh").words)) == (
        "计划前后一致，没有查出矛盾。"
    )


def test_words_of_a_plan_never_become_markup(tmp_path: Path) -> None:
    year = make_year_subject(tmp_path, opening='"<b>x</b> | [a](b)"')
    assert "<b>" not in stages_table(year)
    assert "[a](b)" not in stages_table(year)


def page_of_all_year_blocks(root: Path) -> Path:
    blocks = [
        f"{kind} {name}".strip()
        for kind, names in KINDS.items()
        for name, entry in names.items()
        if entry.about == "plan"
    ]
    (root / "en").mkdir()
    page = root / "en" / "year.md"
    lines = [f"<!-- peakbook:{each} plan=annual -->\n<!-- /peakbook -->\n" for each in blocks]
    page.write_text("\n".join(lines), encoding="utf-8")
    return page


def test_blocks_of_a_plan_are_filled_and_known_to_be_fresh(tmp_path: Path) -> None:
    page, answer = page_of_all_year_blocks(tmp_path), make_answer(tmp_path)
    outcomes = {"double-12": (make_loaded(tmp_path), make_outcome())}
    changed = fill_pages(tmp_path, ["en"], outcomes, None, {"annual": answer})
    assert page in changed
    names = {file.name for file in (tmp_path / "en/assets/plan.annual").iterdir()}
    assert {f"{chart}.light.svg" for chart in YEAR_CHARTS} <= names
    marks = {"double-12": "0" * 16, "plan.annual": answer.shown_fingerprint}
    assert check_pages(tmp_path, ["en"], marks) == []
    marks["plan.annual"] = "1" * 16
    assert {finding.kind for finding in check_pages(tmp_path, ["en"], marks)} == {"stale"}


def test_a_plan_without_a_shop_shows_what_it_can(tmp_path: Path) -> None:
    page = page_of_all_year_blocks(tmp_path)
    answer = replace(make_answer(tmp_path), outcome=None)
    outcomes = {"double-12": (make_loaded(tmp_path), make_outcome())}
    fill_pages(tmp_path, ["en"], outcomes, None, {"annual": answer})
    text = page.read_text(encoding="utf-8")
    assert "The plan names no shop, so its year is not simulated." in text
    assert "| Opening | Oct 2026 |" in text
    marks = {"double-12": "0" * 16, "plan.annual": answer.shown_fingerprint}
    assert check_pages(tmp_path, ["en"], marks) == []
