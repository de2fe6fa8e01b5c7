"""Tables as the sheets of an Excel workbook: the same bytes for the same tables."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from simulate.files import write_whole
from simulate.report.escape import plain
from simulate.scenario.problems import refusal

SUFFIX = ".xlsx"
WIDEST = 60
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""

STAMP = "2000-01-01T00:00:00Z"
"""What stands for the moment of writing, which would change the bytes."""

Cell = str | float | int | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: what stands above its table, the headings, the rows.

    A cell is a number, a date, or text, which is never a formula. `formats` gives the Excel number
    format of columns by position, `row_formats` that of all numbers in a row.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    above: Sequence[str] = ()
    formats: dict[int, str] | None = None
    row_formats: Sequence[str] | None = None


def check_workbook(path: Path) -> None:
    """Raise InputError unless a workbook can be written to `path`."""
    if path.suffix.lower() != SUFFIX:
        raise refusal(f"`{path.name}` is no workbook: its name must end in {SUFFIX}")
    if not path.absolute().parent.is_dir():
        raise refusal(f"there is no folder `{path.parent}` to write the workbook into")


def write_sheets(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write `sheets` as a workbook to `path`, which then appears whole."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(_tab(sheet.title)), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    write_whole(path, _stamped(buffer.getvalue()))


def _tab(title: str) -> str:
    """Return a name that Excel takes for a sheet."""
    return re.sub(r"[\\/*?:\[\]]", " ", plain(title))[:31]


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for number, text in enumerate(sheet.above, 1):
        _put(page.cell(number, 1), text)
        page.cell(number, 1).font = Font(bold=number == 1, size=14 if number == 1 else 11)
    top = len(sheet.above) + 2 if sheet.above else 1
    for column, heading in enumerate(sheet.headings, 1):
        cell = page.cell(top, column)
        _put(cell, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8ECF1")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row, 1):
            cell = page.cell(top + 1 + number, column)
            _put(cell, value)
            if isinstance(value, int | float):
                cell.number_format = _format(sheet, number, column - 1)
    for column in range(1, len(sheet.headings) + 1):
        texts = [sheet.headings[column - 1], *(row[column - 1] for row in sheet.rows)]
        widest = max(_columns(text) for text in texts)
        page.column_dimensions[get_column_letter(column)].width = min(WIDEST, widest + 2)
    page.freeze_panes = page.cell(top + 1, 1)


def _put(cell: Any, value: Cell) -> None:
    """Put a value into a cell; text stays text, even if it begins like a formula."""
    if isinstance(value, str):
        cell.value = plain(value)[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    elif isinstance(value, float) and not isfinite(value):
        cell.value = None
    else:
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _format(sheet: Sheet, row: int, column: int) -> str:
    if sheet.formats and column in sheet.formats:
        return sheet.formats[column]
    return sheet.row_formats[row] if sheet.row_formats else "General"


def _columns(value: Cell) -> int:
    """Return about how many characters wide a value is; Chinese ones count twice."""
    if isinstance(value, datetime):
        return 16
    if not isinstance(value, str):
        return 10
    return sum(2 if ord(mark) > 0x2E80 else 1 for mark in value)


def _stamped(data: bytes) -> bytes:
    """Return a workbook without the moment at which it was written."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as stamped:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", STAMP.encode(), content)
            entry = ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            stamped.writestr(entry, content)
    return buffer.getvalue()
