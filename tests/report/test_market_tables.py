"""Channels, the desk, what sells out, the controller, shops: what tables and charts say of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulate.report.channel_tables import ads_line, ads_table, channels_table, overbid_lines
from simulate.report.charts import channels as channels_chart
from simulate.report.charts import controller as controller_chart
from simulate.report.charts import desk as desk_chart
from simulate.report.charts.strips import Strip, round_top
from simulate.report.cost_tables import cost_table
from simulate.report.desk_tables import desk_table
from simulate.report.figures import show
from simulate.report.input_tables import roster_table, traffic_table
from simulate.report.market_tables import controller_table, shops_table, sold_out_table
from simulate.report.terminal import tell
from simulate.report.words import load_words
from tests.report.market_outcomes import channel, make_market_subject
from tests.report.outcomes import estimate
from tests.report.test_tables import rows
from tests.report.test_warehouse_tables import with_outcome


def test_each_channel_has_a_row_and_units_stand_above(tmp_path: Path) -> None:
    head, _, _ = channels_table(make_market_subject(tmp_path)).partition("\n")
    assert head == (
        "| Channel | Visitors | Conversion (%) | Orders paid | Sales (CNY) | Kept away | "
        "Left over (CNY) |"
    )
    assert rows(channels_table(make_market_subject(tmp_path))) == [
        ["Search ads (Tmall)", "10,000", "5.0", "500", "52,500", "900", "−35,000"],
        ["Live show (taobao)", "5,000", "5.0", "250", "26,200", "–", "1,250"],
        ["partners (Tmall)", "2,500", "5.0", "125", "13,100", "–", "3,750"],
    ]


def test_channels_that_cost_have_a_return_and_a_ceiling(tmp_path: Path) -> None:
    table = rows(ads_table(make_market_subject(tmp_path)))
    assert [row[:1] + row[2:] for row in table] == [
        ["Search ads (Tmall)", "50,000", "1.05", "1.00", "5.00", "5.00", "1.50"],
        ["Live show (taobao)", "8,250", "3.18", "3.00", "1.65", "–", "–"],
    ]
    assert [row[1].partition(">")[2] for row in table] == ["too dear</span>", ""]


@pytest.mark.parametrize(
    ("ceiling", "said"), [(6.0, "pays"), (5.05, "on the edge"), (4.0, "too dear")]
)
def test_a_click_is_held_against_its_ceiling(ceiling: float, said: str, tmp_path: Path) -> None:
    bid = channel(
        "search", "tmall", 1000,
        cost=estimate(5000, 0, "CNY"), click_price=estimate(5, 0.1, "CNY"),
        bid_ceiling=estimate(ceiling, 0.1, "CNY"),
    )  # fmt: skip
    table = rows(ads_table(with_outcome(make_market_subject(tmp_path), channels=(bid,))))
    assert said in table[0][1]


def test_free_channels_have_no_ads_table(tmp_path: Path) -> None:
    subject = with_outcome(
        make_market_subject(tmp_path), channels=(channel("partners", "tmall", 100),)
    )
    assert ads_table(subject) == "No channel costs anything."


def test_the_terminal_tells_channels_and_warns_of_bids(tmp_path: Path) -> None:
    subject = make_market_subject(tmp_path)
    assert ads_line(subject) == (
        "Promotion costs 60,000\xa0CNY, 13.0\xa0% of sales: 1.85 in sales for each unit spent."
    )
    warning = "Search ads (Tmall): a click costs 5.00\xa0CNY and may cost 1.50\xa0CNY at most."
    assert overbid_lines(subject) == [warning]
    told = tell(subject.loaded, subject.outcome)
    assert f"warning   {warning}" in told
    assert "Live show" in told


def test_the_desk_is_told_in_its_measures(tmp_path: Path) -> None:
    table = rows(desk_table(make_market_subject(tmp_path)))
    assert [row[:2] for row in table] == [
        ["First answer, median", "24 s"],
        ["First answer, P90", "1 min 35 s"],
        ["Gave up waiting", "12.0 %"],
        ["Orders lost at the desk", "130"],
    ]


def test_what_sells_out_says_how_often_and_when(tmp_path: Path) -> None:
    assert rows(sold_out_table(make_market_subject(tmp_path))) == [
        ["Flash items", "80.0 %", "12 Dec 20:00 (12 Dec 16:00 to 13 Dec 12:00)", "30 h", "120",
         "0", "80"],
    ]  # fmt: skip


def test_what_never_sells_out_says_never(tmp_path: Path) -> None:
    subject = make_market_subject(tmp_path)
    never = replace(subject.outcome.sold_out[0], first=None)
    assert rows(sold_out_table(with_outcome(subject, sold_out=(never,))))[0][2] == "never"


def test_a_rule_says_when_it_begins_and_what_it_does(tmp_path: Path) -> None:
    table = controller_table(make_market_subject(tmp_path))
    first, _, saved = table.partition("\n\n")
    assert rows(first) == [
        ["Ease off", "above 1,000 orders, until 600: Search ads to 30 %, Flash items closed, "
         "24 h more promised", "66.0 %", "12 Dec 03:00", "1.3", "14 h"],
    ]  # fmt: skip
    assert "| Late orders avoided | 210 |" in saved


def test_each_shop_has_a_row(tmp_path: Path) -> None:
    assert rows(shops_table(make_market_subject(tmp_path, "zh"))) == [
        ["天猫店", "12,500", "625", "65,600 元", "5", "99.2%"],
        ["taobao", "5,000", "250", "26,200 元", "20", "92.0%"],
    ]


def test_channels_are_shown_as_they_are_given(tmp_path: Path) -> None:
    assert [row[1:3] for row in rows(traffic_table(make_market_subject(tmp_path)))] == [
        ["2,000", "10,000 CNY a day at 5 CNY a click, dearer beyond 8,000 CNY a day"],
        ["5,000 once", "live from 12 Dec 20:00 for 2.0 h, 5,000 visitors in all, 20.0 % "
         "commission, slot 3,000 CNY"],
        ["500", "visitors a day, 50.0 % of them come here"],
    ]  # fmt: skip


def test_agents_stand_on_the_roster(tmp_path: Path) -> None:
    assert rows(roster_table(make_market_subject(tmp_path)))[-1] == [
        "Service desk", "chats, 4 at once", "Day", "09:00 to 23:00", "every day", "3",
    ]  # fmt: skip


def test_promotion_stands_with_the_channels_and_not_among_the_costs(tmp_path: Path) -> None:
    labels = [row[0] for row in rows(cost_table(make_market_subject(tmp_path)))]
    assert "Service desk: Day" in labels
    assert not [label for label in labels if label.startswith("Clicks")]


def test_the_chart_names_channels_that_cost_more_than_they_bring(tmp_path: Path) -> None:
    assert channels_chart.draw(make_market_subject(tmp_path)).alt == (
        "Search ads brings most: 15,000\xa0CNY of margin. These cost more than they bring: Search "
        "ads costs 50,000\xa0CNY and brings 15,000\xa0CNY."
    )


def test_without_margins_sales_stand_against_the_costs(tmp_path: Path) -> None:
    subject = with_outcome(
        make_market_subject(tmp_path), channels=(channel("partners", "tmall", 2000, margin=None),)
    )
    figure = channels_chart.draw(subject)
    assert figure.title == "What each channel sells and costs"
    assert figure.rows == [["partners", "10,500\xa0CNY", "0\xa0CNY"]]


def test_the_chart_of_the_desk_names_the_worst_hour(tmp_path: Path) -> None:
    assert desk_chart.draw(make_market_subject(tmp_path)).alt == (
        "Most ask in the hour from 12 Dec 00:00: 150. Most wait in the hour from 12 Dec 00:00: "
        "3.8 customers on average, with 0.0 agents at work. In all 12.0\xa0% of those who want an "
        "agent give up."
    )


def test_the_chart_of_the_controller_tells_what_came_into_force(tmp_path: Path) -> None:
    subject = make_market_subject(tmp_path)
    assert controller_chart.draw(subject).alt == (
        "These rules come into force: Ease off in 66\xa0% of the campaigns, first around 12 Dec "
        "03:00, for 14.0\xa0h on average. On average 900 visitors are kept away. That avoids 210 "
        "late orders."
    )
    calm = with_outcome(subject, actions=())
    assert controller_chart.draw(calm).alt.startswith("In 0 campaigns")


def test_a_backlog_without_a_controller_is_drawn_only_if_it_is_known(tmp_path: Path) -> None:
    subject = make_market_subject(tmp_path)
    assert len(controller_chart.draw(subject).columns) == 5
    series = {k: v for k, v in subject.outcome.series.items() if k != "without/backlog"}
    assert len(controller_chart.draw(with_outcome(subject, series=series)).columns) == 4


@pytest.mark.parametrize(
    ("most", "top"), [(0.0, 1.0), (0.4, 1.0), (1.2, 1.5), (37.0, 40.0), (1000.0, 1000.0)]
)
def test_a_strip_ends_at_a_round_number(most: float, top: float) -> None:
    assert round_top([0.0, most]) == top


def test_values_stand_in_their_strip() -> None:
    strip = Strip(title="", top=40, base=1)
    assert strip.place("n") == "1 + datum.n * 0.01850000"
    assert strip.full == pytest.approx(1.74)


@pytest.mark.parametrize(
    ("mean", "half", "shown"),
    [(1.853, 0.0, "1.85"), (1.853, 0.04, "1.85 ± 0.04"), (12.53, 0, "12.5")],
)
def test_a_ratio_has_no_unit(mean: float, half: float, shown: str) -> None:
    assert show(estimate(mean, half, "ratio"), load_words("en")).replace("\xa0", " ") == shown
