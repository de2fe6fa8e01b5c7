"""Tables of what came out and what went in."""

from dataclasses import replace
from pathlib import Path

from simulate.report.grid import csv_text
from simulate.report.input_tables import inputs_table, roster_table, traffic_table
from simulate.report.subject import Subject
from simulate.report.tables import figure_of, measures_table, stations_table
from tests.report.outcomes import estimate, make_loaded, make_subject, with_measures


def rows(table: str) -> list[list[str]]:
    lines = table.replace("\u00a0", " ").splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def subject_with(tmp_path: Path, language: str = "en", **changes: object) -> Subject:
    subject = make_subject(tmp_path, language)
    return replace(subject, loaded=make_loaded(tmp_path, **changes))


def test_measures_with_interval_and_definition(tmp_path: Path) -> None:
    table = rows(measures_table(make_subject(tmp_path), ["paid_orders", "on_time_share"]))
    assert [row[:3] for row in table] == [
        ["Orders paid", "4,360", "4,315 to 4,405"],
        ["On time", "99.2 %", "98.8 to 99.6 %"],
    ]
    assert all(row[3].endswith(".") for row in table)


def test_measures_of_stations_stand_in_their_own_table(tmp_path: Path) -> None:
    labels = [row[0] for row in rows(measures_table(make_subject(tmp_path)))]
    subjects = [label for label in labels if label.startswith("**")]
    assert subjects == [
        "**Demand**", "**The promise**", "**Backlog**", "**People**", "**Promotion**", "**Money**",
    ]  # fmt: skip
    assert "Highest backlog" in labels
    assert not [label for label in labels if "Pack" in label]


def test_a_measure_of_no_subject_stands_at_the_end(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    outcome = with_measures(subject.outcome, {"pallet_moves": estimate(12, 2, "pallets")})
    table = rows(measures_table(replace(subject, outcome=outcome)))
    assert [row[0] for row in table[-2:]] == ["**Other**", "Pallet moves"]


def test_a_measure_without_words_shows_its_name(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    outcome = with_measures(subject.outcome, {"pallet_moves": estimate(12, 2, "pallets")})
    table = rows(measures_table(replace(subject, outcome=outcome), ["pallet_moves"]))
    assert table == [["Pallet moves", "12 pallets", "10 to 14 pallets", ""]]


def test_a_moment_is_shown_as_date_and_time(tmp_path: Path) -> None:
    assert figure_of("peak_backlog_at", make_subject(tmp_path)) == "13 Dec 08:00"
    assert figure_of("peak_backlog_at", make_subject(tmp_path, "zh")) == "12月13日 08:00"


def test_stations_in_the_order_of_the_line(tmp_path: Path) -> None:
    table = rows(stations_table(make_subject(tmp_path)))
    assert [row[0] for row in table] == [
        "Audit", "Print", "Pick", "Sort", "Check", "**Pack** (bottleneck)", "Scan",
    ]  # fmt: skip
    assert table[0][1:3] == ["Office", "30.0 %"]


def test_each_channel_says_how_it_is_given(tmp_path: Path) -> None:
    assert rows(traffic_table(make_subject(tmp_path))) == [
        ["Search ads", "2,000", "10,000 CNY a day at 5 CNY a click", "whole campaign"],
        ["Display", "3,000",
         "15,000 CNY a day at 100 CNY a thousand impressions, 2.0 % click", "Burst"],
        ["SMS", "160 once", "20,000 people, 0.8 % come, sent 11 Dec 18:00", "whole campaign"],
        ["natural", "12,000", "visitors a day", "whole campaign"],
    ]  # fmt: skip


def test_channels_in_chinese(tmp_path: Path) -> None:
    assert rows(traffic_table(make_subject(tmp_path, "zh")))[0] == [
        "直通车", "2,000", "每天 10,000 元，每次点击 5 元", "整个活动期",
    ]  # fmt: skip


def test_people_by_pool_and_shift(tmp_path: Path) -> None:
    night = {"starts": "22:00", "ends": "06:00+1d", "people": "4 people",
             "weekdays": ["sat", "sun"], "first": "2026-12-12", "last": "2026-12-13"}  # fmt: skip
    day = {"starts": "08:00", "ends": "18:00", "people": "6 people"}
    subject = subject_with(
        tmp_path,
        pools={
            "office": {"shifts": {"day": day}},
            "floor": {"shifts": {"day": day}},
            "packers": {"label": "Packers", "shifts": {"day": day, "night": night}},
            "dock": {"shifts": {"day": day}},
        },
    )
    assert rows(roster_table(subject))[2:4] == [
        ["Packers", "Check, Pack", "day", "08:00 to 18:00", "every day", "6"],
        ["", "", "night", "22:00 to 06:00 next day", "Sat, Sun, 12 Dec to 13 Dec", "4"],
    ]


def test_inputs_with_their_source(tmp_path: Path) -> None:
    subject = subject_with(
        tmp_path,
        currency={"value": "CNY", "source": "Annual plan", "confidence": "plan"},
    )
    table = inputs_table(subject)
    assert "| <code>currency</code> | CNY | our plan | Annual plan |" in table
    assert "| <code>conversion.order&#95;share</code> | 5% | **assumed** |  |" in table
    assert "<summary>Conversion (3, 3 of them assumed)</summary>" in table
    assert "label" not in table


def test_assumed_inputs_are_counted(tmp_path: Path) -> None:
    lead, _, sections = inputs_table(make_subject(tmp_path)).partition("\n\n")
    count = sections.count("| **assumed** |")
    assert lead.startswith(f"{count} inputs, of which {count} are **assumed**")


def test_inputs_under_one_key(tmp_path: Path) -> None:
    table = rows(inputs_table(make_subject(tmp_path), "stations.pack"))
    assert [row[0] for row in table] == [
        f"<code>stations.pack.{key}</code>" for key in ("pool", "setup")
    ]
    assert inputs_table(make_subject(tmp_path), "stations.pac") == "None."


def test_csv_keeps_text_from_running_as_a_formula() -> None:
    text = csv_text(["=a", "b"], [["=1+1", 2.0], ["x,y", None], ["-", 0.12345]])
    assert text == "\ufeff'=a,b\r\n'=1+1,2\r\n\"x,y\",\r\n'-,0.123\r\n"
