"""A roster read back from a workbook."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from simulate.report.roster import with_roster
from simulate.report.workbook import write_workbook
from simulate.scenario.labour import Shift
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError
from tests.report.outcomes import make_loaded, make_outcome

FULL = Path(__file__).parents[1] / "results" / "tiny.yml"
DOUBLE_12 = Path(__file__).parents[2] / "content" / "scenarios" / "double-12.yml"


def written(folder: Path, loaded: Loaded, language: str = "en") -> Path:
    file = folder / "roster.xlsx"
    write_workbook(file, loaded, make_outcome(), language)
    return file


def edited(file: Path, edit: Callable[[Any], None]) -> Path:
    """Change the roster sheet of a workbook as a planner would."""
    book = load_workbook(file)
    edit(book.worksheets[3])
    book.save(file)
    return file


def sheet_of(folder: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = folder / "own.xlsx"
    book.save(file)
    return file


def shifts(loaded: Loaded, pool: str = "packers") -> dict[str, Shift]:
    return dict(loaded.scenario.pools[pool].shifts)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scenario", [FULL, DOUBLE_12], ids=["tiny", "double-12"])
def test_what_was_written_is_read_back_as_it_was(
    tmp_path: Path, language: str, scenario: Path
) -> None:
    from dataclasses import replace

    from simulate.report.roster import roster_sheet
    from simulate.report.sheets import write_sheets
    from simulate.report.subject import Subject
    from simulate.report.words import load_words

    loaded = load(scenario)
    subject = Subject(loaded=loaded, outcome=make_outcome(), words=load_words(language))
    file = tmp_path / "a.xlsx"
    write_sheets(file, [replace(roster_sheet(subject), title="anything")])
    assert with_roster(loaded, file).canonical == loaded.canonical


def test_people_that_were_changed_are_taken(tmp_path: Path) -> None:
    loaded = make_loaded(tmp_path)
    before = shifts(loaded)

    def more(page: Any) -> None:
        row = next(
            row for row in page.iter_rows() if [c.value for c in row][:2] == ["packers", "day"]
        )
        assert row[3].value == 6
        row[3].value = 9

    found = with_roster(loaded, edited(written(tmp_path, loaded, "zh"), more))
    after = shifts(found)
    assert after["day"].people == 9
    assert after == before | {"day": before["day"].model_copy(update={"people": 9})}
    assert shifts(found, "floor") == shifts(loaded, "floor")


def test_a_row_that_is_gone_is_a_shift_that_is_gone(tmp_path: Path) -> None:
    loaded = make_loaded(tmp_path)
    file = sheet_of(
        tmp_path, ["pool", "shift", "people"], ["packers", "day", 4], [None, None, None]
    )
    found = with_roster(loaded, file)
    assert {name: shift.people for name, shift in shifts(found).items()} == {"day": 4}
    assert set(shifts(found, "floor")) == {"day", "evening"}


def test_a_new_row_is_a_new_shift(tmp_path: Path) -> None:
    loaded = make_loaded(tmp_path)
    headings = ["Pool", "Shift", "Label", "People", "Starts", "Ends", "Weekdays", "First day",
                "Last day", "Wage an hour (CNY)"]  # fmt: skip
    file = sheet_of(
        tmp_path,
        ["My own roster"],
        headings,
        ["packers", "night", "Night", 2.0, time(22), "06:00+1d", "sat，周日", date(2026, 12, 12),
         "2026-12-13", 31.5],
    )  # fmt: skip
    ((name, shift),) = shifts(with_roster(loaded, file)).items()
    assert (name, shift.people, shift.starts, shift.ends) == ("night", 2, 22 * 60, 30 * 60)
    assert shift.weekdays == ("sat", "sun")
    assert (shift.first, shift.last) == (date(2026, 12, 12), date(2026, 12, 13))
    assert shift.wage is not None
    assert (shift.wage.amount, shift.wage.currency) == (31.5, "CNY")
    assert shift.label is not None
    assert shift.label.en == "Night"


DAY = ["packers", "day", 3]
HEADINGS = ["pool", "shift", "people"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([HEADINGS, ["packer", "day", 3]], "own.xlsx:2:1: there is no pool `packer`, did you mean "
         "`packers`?"),
        ([HEADINGS, ["packers", "day", "many"]], "own.xlsx:2:3: `people` is a whole number"),
        ([HEADINGS, ["packers", "day", 2.5]], "own.xlsx:2:3: `people` is a whole number"),
        ([HEADINGS, ["packers", "day", None]], "own.xlsx:2:3: `people` is a whole number"),
        ([HEADINGS, DAY, DAY], "own.xlsx:3:2: the shift `day` stands twice"),
        ([HEADINGS, ["packers", None, 3]], "own.xlsx:2:2: the shift has no name"),
        ([HEADINGS, ["packers", "late", 3]], "own.xlsx:2:1: a shift needs a time here"),
        ([[*HEADINGS, "starts"], [*DAY, "eight"]], "own.xlsx:2:4: `eight` is not a time of day"),
        ([[*HEADINGS, "ends"], [*DAY, "07:00"]], "own.xlsx:2:4: the shift ends before it starts"),
        ([[*HEADINGS, "weekdays"], [*DAY, "Caturday"]], "`Caturday` is not a day of the week"),
        ([[*HEADINGS, "first"], [*DAY, "12.12."]], "own.xlsx:2:4: `12.12.` is not a date"),
        ([[*HEADINGS, "wage"], [*DAY, "=1+1"]], "own.xlsx:2:4"),
        ([["people", "shift"], [3, "day"]], "`own.xlsx` has no roster"),
        ([], "`own.xlsx` has no roster"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_row_and_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[list[Any]], says: str
) -> None:
    loaded = make_loaded(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = sheet_of(tmp_path, *rows)
    if says == "own.xlsx:2:4":  # a formula that no spreadsheet has worked out is an empty cell
        assert shifts(with_roster(loaded, file))["day"].wage is None
        return
    with pytest.raises(InputError) as error:
        with_roster(loaded, file)
    assert says in str(error.value)


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    loaded = make_loaded(tmp_path)
    file = tmp_path / "a.xlsx"
    with pytest.raises(InputError, match="there is no file"):
        with_roster(loaded, file)
    for data in (b"", b"pool,shift\n", b"PK\x03\x04" + bytes(40)):
        file.write_bytes(data)
        with pytest.raises(InputError, match="is not an Excel workbook"):
            with_roster(loaded, file)
