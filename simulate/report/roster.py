"""The roster as a sheet of a workbook, written and read back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from simulate.report.sheets import Cell, Sheet
from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.scenario.documents import Entry, Key, Leaf, Listing, Origin, Tree
from simulate.scenario.documents import Mapping as Branch
from simulate.scenario.extends import merge
from simulate.scenario.labour import WEEKDAYS, Shift
from simulate.scenario.loading import Loaded, validated
from simulate.scenario.problems import (
    InputError,
    Place,
    Problem,
    did_you_mean,
    listed,
    refusal,
    shortened,
)

COLUMNS = (
    "pool", "shift", "name", "people", "starts", "ends", "weekdays", "first", "last", "wage",
)  # fmt: skip
NEEDED = ("pool", "shift", "people")
DESK = "desk"
"""What stands for the service desk among the pools."""

LANGUAGES = ("en", "zh")
MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS = 10_000_000, 200_000_000, 2_000, 60


def roster_sheet(subject: Subject) -> Sheet:
    """Return who works when, a row for each shift, so that `with_roster` can read it back."""
    say, scenario = subject.words.say, subject.scenario
    rosters: dict[str, Mapping[str, Shift]] = {
        name: pool.shifts for name, pool in scenario.pools.items()
    }
    if scenario.desk is not None and DESK not in rosters:
        rosters[DESK] = scenario.desk.shifts
    return Sheet(
        title=say("workbook.roster.title"),
        above=[say("workbook.roster.title"), say("workbook.roster.how")],
        headings=[say(f"workbook.roster.{name}", currency=scenario.currency) for name in COLUMNS],
        rows=[
            _row(pool, name, shift, subject)
            for pool, shifts in rosters.items()
            for name, shift in shifts.items()
        ],
    )


def _row(pool: str, name: str, shift: Shift, subject: Subject) -> list[Cell]:
    days = "" if set(shift.weekdays) == set(WEEKDAYS) else _days(shift, subject)
    wage = shift.wage.amount if shift.wage else None
    label = subject.text(shift.label)
    return [pool, name, label, shift.people, _clock(shift.starts), _clock(shift.ends), days,
            shift.first, shift.last, wage]  # fmt: skip


def _days(shift: Shift, subject: Subject) -> str:
    return ", ".join(
        subject.words.say(f"weekdays.{day}") for day in WEEKDAYS if day in shift.weekdays
    )


def _clock(minutes: int) -> str:
    if minutes <= 1440:
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{minutes // 60 - 24:02d}:{minutes % 60:02d}+1d"


def with_roster(loaded: Loaded, file: Path) -> Loaded:
    """Return `loaded` with the shifts in the roster sheet of an .xlsx workbook.

    A pool's shifts become those in the sheet: what else was known of a shift, such as its breaks,
    stays, and a shift that is not in the sheet is gone. Pools that are not in the sheet stay as
    they are. Raises InputError, with row and column, for what cannot be used.
    """
    rows = list(_rows(file))
    problems: list[Problem] = []
    tree: Tree = loaded.tree
    for pool in dict.fromkeys(row.text("pool") for row in rows):
        of_pool = [row for row in rows if row.text("pool") == pool]
        try:
            tree = merge(tree, _overlay(loaded, pool, of_pool))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    assert isinstance(tree, Branch)
    return Loaded(loaded.name, validated(tree), loaded.files, tree)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet: its cells by what they hold, and where they stand."""

    place: Place
    cells: Mapping[str, Any]
    columns: Mapping[str, int]

    def text(self, name: str) -> str:
        """Return a cell as text, nothing if it is empty."""
        value = self.cells.get(name)
        return "" if value is None else str(value).strip()

    def at(self, name: str) -> Place:
        """Return where a cell stands."""
        return replace(self.place, column=self.columns.get(name, 1))


def _overlay(loaded: Loaded, pool: str, rows: list[_Row]) -> Branch:
    """Return what the rows of one pool change in the scenario's tree."""
    scenario, first = loaded.scenario, rows[0]
    known: Mapping[str, Shift]
    if pool in scenario.pools:
        path: tuple[str, ...] = ("pools", pool, "shifts")
        known = scenario.pools[pool].shifts
    elif pool == DESK and scenario.desk is not None:
        path, known = ("desk", "shifts"), scenario.desk.shifts
    else:
        near = did_you_mean(pool, scenario.pools) or f": there are {listed(scenario.pools)}"
        raise refusal(f"there is no pool `{shortened(pool)}`{near}", first.at("pool"))
    shifts: dict[Key, Entry] = {}
    for row in rows:
        name = row.text("shift")
        if not name or name in shifts:
            what = (
                f"the shift `{shortened(name)}` stands twice" if name else "the shift has no name"
            )
            raise refusal(f"{what}: each row of a pool is a shift of its own", row.at("shift"))
        shifts[name] = Entry(row.place, _shift(row, loaded, is_new=name not in known))
    for name in known:
        if name not in shifts:
            shifts[name] = Entry(first.place, _leaf(first.place, None))
    tree: Tree = Branch(first.place, shifts)
    for key in reversed(path):
        tree = Branch(first.place, {key: Entry(first.place, tree)})
    assert isinstance(tree, Branch)
    return tree


def _shift(row: _Row, loaded: Loaded, *, is_new: bool) -> Branch:
    """Return the keys of one shift; an empty cell takes away what was there."""
    values: dict[str, Tree] = {}

    def put(name: str, value: str | None) -> None:
        if not (is_new and value is None):
            values[name] = _leaf(row.at(name), value)

    people = row.cells.get("people")
    if isinstance(people, bool) or not isinstance(people, int | float) or people != int(people):
        raise refusal("`people` is a whole number, such as 3", row.at("people"))
    put("people", f"{int(people)} people")
    for name in ("starts", "ends"):
        if name in row.columns and (clock := _clock_of(row.cells.get(name))):
            put(name, clock)
        elif name in row.columns or is_new:
            raise refusal("a shift needs a time here, such as 08:30, or 06:00+1d for the next "
                          "morning", row.at(name))  # fmt: skip
    for name in ("first", "last"):
        if name in row.columns:
            put(name, _day_of(row.cells.get(name)))
    if "weekdays" in row.columns:
        days = _weekdays(row)
        values["weekdays"] = days if days else _leaf(row.at("weekdays"), None)
        if is_new and not days:
            del values["weekdays"]
    if "wage" in row.columns:
        put("wage", _wage(row, loaded.scenario.currency))
    if is_new and row.text("name"):
        values["label"] = _leaf(row.at("name"), row.text("name"))
    return Branch(row.place, {key: Entry(row.at(key), tree) for key, tree in values.items()})


def _leaf(place: Place, value: str | None) -> Leaf:
    return Leaf(place, value, "null" if value is None else value, Origin())


def _clock_of(value: Any) -> str:
    """Return a time of day as a scenario writes it; spreadsheets keep it in several ways."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, float | int) and 0 <= value <= 2:
        value = timedelta(days=value)
    if isinstance(value, timedelta):
        return _clock(round(value.total_seconds() / 60))
    return "" if value is None else str(value).strip()


def _day_of(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() or None if value is not None else None


def _weekdays(row: _Row) -> Listing | None:
    """Return the days of a shift, written in any language; None for every day."""
    names = {
        load_words(language).say(f"weekdays.{day}").casefold(): day
        for language in LANGUAGES
        for day in WEEKDAYS
    } | {day: day for day in WEEKDAYS}
    place = row.at("weekdays")
    written = row.text("weekdays").replace("，", ",").replace("、", ",").split(",")
    found = []
    for word in (each.strip() for each in written if each.strip()):
        if word.casefold() not in names:
            raise refusal(f"`{shortened(word)}` is not a day of the week: write `mon, tue` or "
                          "leave the cell empty for every day", place)  # fmt: skip
        found.append(_leaf(place, names[word.casefold()]))
    return Listing(place, tuple(found), Origin()) if found else None


def _wage(row: _Row, currency: str) -> str | None:
    value = row.cells.get("wage")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.10g} {currency}/h"
    return row.text("wage") or None


def _rows(file: Path) -> Iterator[_Row]:
    """Yield the rows of the roster sheet of a workbook."""
    for cells in _sheets(file):
        for number, row in enumerate(cells, 1):
            columns = _columns(row)
            if all(name in columns for name in NEEDED):
                yield from _below(file, cells[number:], number + 1, columns)
                return
    raise refusal(
        f"`{file.name}` has no roster: one sheet needs the headings `pool`, `shift` and `people`, "
        "as a workbook of `peakbook run NAME --xlsx FILE` has them"
    )


def _below(
    file: Path, cells: list[tuple[Any, ...]], first: int, columns: Mapping[str, int]
) -> Iterator[_Row]:
    for number, row in enumerate(cells, first):
        found = {name: row[at - 1] if at <= len(row) else None for name, at in columns.items()}
        if any(value not in (None, "") for value in found.values()):
            yield _Row(Place(file, number, 1), found, columns)


def _columns(row: tuple[Any, ...]) -> dict[str, int]:
    """Return where each column of a roster stands, if the row has headings of any language."""
    names = {name: name for name in COLUMNS}
    for language in LANGUAGES:
        for name in COLUMNS:
            heading = load_words(language).messages[f"workbook.roster.{name}"]
            names[heading.partition("{")[0].rstrip(" (（").casefold()] = name
    found: dict[str, int] = {}
    for at, value in enumerate(row, 1):
        text = str(value or "").strip().casefold()
        for heading, name in names.items():
            if text == heading or (name == "wage" and text.startswith(heading)):
                found.setdefault(name, at)
    return found


def _sheets(file: Path) -> list[list[tuple[Any, ...]]]:
    """Return the cells of every sheet; raise InputError for what is no workbook."""
    from openpyxl import load_workbook

    if not file.is_file():
        raise refusal(f"there is no file `{shortened(file, 200)}`")
    try:
        with ZipFile(file) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if file.stat().st_size > MOST_BYTES or unpacked > MOST_UNPACKED:
            raise refusal(f"`{file.name}` is too large for a roster")
        book = load_workbook(file, read_only=True, data_only=True)
        found = [
            list(islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS))
            for sheet in book.worksheets
        ]
        book.close()
    except (BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        if isinstance(error, OSError) and not isinstance(error, BadZipFile):
            raise
        raise refusal(f"`{file.name}` is not an Excel workbook that can be read") from None
    return found
