"""Workbooks: what is in them, that nothing in them runs, and that the same is the same bytes."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from simulate.report.sheets import Sheet, check_workbook, write_sheets
from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.report.workbook import sheets_of, write_workbook
from simulate.scenario.problems import InputError
from tests.report.outcomes import make_loaded, make_outcome, make_subject


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    book = load_workbook(BytesIO(path.read_bytes()))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_a_sheet_holds_what_it_is_given(tmp_path: Path) -> None:
    sheet = Sheet(
        title="A/B [1]",
        above=["Title"],
        headings=["Text", "Number", "Share", "Day"],
        rows=[
            ["pack", 3, 0.25, date(2026, 12, 12)],
            [None, float("nan"), float("inf"), datetime(2026, 12, 12, 8)],
        ],
        formats={2: "0.0%"},
    )
    file = tmp_path / "a.xlsx"
    write_sheets(file, [sheet])
    page = load_workbook(file).worksheets[0]
    assert page.title == "A B  1 "
    assert cells(file) == [
        ["Title", None, None, None],
        [None] * 4,
        ["Text", "Number", "Share", "Day"],
        ["pack", 3, 0.25, datetime(2026, 12, 12)],
        [None, None, None, datetime(2026, 12, 12, 8)],
    ]
    assert page["C4"].number_format == "0.0%"
    assert page["D4"].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A4"


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)"])
def test_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.xlsx"
    write_sheets(file, [Sheet(title="S", headings=[text], rows=[[text]])])
    for row in load_workbook(file).worksheets[0].iter_rows():
        assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in row] == [
            (text, "s", True)
        ]


def test_control_characters_do_not_break_it(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write_sheets(
        file, [Sheet(title="S\x07", headings=["a\x00b"], rows=[["x\u202ey" + "z" * 40_000]])]
    )
    assert cells(file)[0] == ["a b"]
    assert len(cells(file)[1][0]) == 32_767


def test_the_same_is_the_same_bytes(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    for name in ("a", "b"):
        write_workbook(tmp_path / f"{name}.xlsx", subject.loaded, subject.outcome, "en")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_run_has_five_sheets(tmp_path: Path, language: str) -> None:
    subject = make_subject(tmp_path, language)
    names = {
        "en": ["Answer", "Measures", "By hour", "Roster", "Inputs"],
        "zh": ["结论", "指标", "逐小时", "排班", "参数"],
    }
    sheets = sheets_of(subject)
    assert [sheet.title for sheet in sheets] == names[language]
    for sheet in sheets:
        assert sheet.rows
        assert {len(row) for row in sheet.rows} == {len(sheet.headings)}
        texts = [cell for row in (sheet.headings, *sheet.rows) for cell in row]
        assert not [text for text in texts if isinstance(text, str) and "**" in text]


def test_the_answer_stands_first_with_its_targets(tmp_path: Path) -> None:
    sheet = sheets_of(make_subject(tmp_path))[0]
    assert sheet.above[0] == "Double 12"
    assert sheet.above[1].startswith("Holds. 99.2\u00a0% of the orders are on time")
    first = sheet.rows[0]
    assert first[0] == "On time: at least 97.0\u00a0%"
    assert first[1:4] == [0.992, 0.988, 0.996]
    assert first[4:] == ["%", "holds"]


def test_hours_are_local_and_the_backlog_has_its_band(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    sheet = sheets_of(subject)[2]
    assert sheet.rows[0][0] == datetime(2026, 12, 11)
    column = sheet.headings.index("Backlog (orders)")
    assert sheet.headings[column + 1 : column + 3] == [
        "Backlog, 5th percentile", "Backlog, 95th percentile"
    ]  # fmt: skip
    band = subject.outcome.series["backlog"]
    assert sheet.rows[30][column : column + 3] == [band.mean[30], band.low[30], band.high[30]]
    assert "Backlog: Pack (orders)" in sheet.headings
    assert "At work: Packers (people)" in sheet.headings


def test_every_input_has_its_source_and_place(tmp_path: Path) -> None:
    sheet = sheets_of(make_subject(tmp_path))[4]
    rows = {row[0]: row[1:] for row in sheet.rows}
    assert rows["stations.pack.setup"][:2] == ["20s/order", "assumed"]
    assert str(rows["stations.pack.setup"][3]).startswith("double-12.yml:")


def test_every_series_that_a_run_can_have_has_words(tmp_path: Path) -> None:
    outcome = make_outcome()
    names = ("released", "desk/asked", "desk/waiting", "desk/agents", "desk/busy", "turned_away")
    series = outcome.series | dict.fromkeys(names, outcome.series["paid"])
    for language in ("en", "zh"):
        subject = Subject(
            loaded=make_loaded(tmp_path),
            outcome=replace(outcome, series=series),
            words=load_words(language),
        )
        headings = " ".join(sheets_of(subject)[2].headings)
        assert not [name for name in names if name in headings]


@pytest.mark.parametrize(
    ("name", "says"), [("a.xls", "must end in .xlsx"), ("no/a.xlsx", "there is no folder")]
)
def test_a_file_that_cannot_be_is_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        check_workbook(tmp_path / name)
