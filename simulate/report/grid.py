"""A table: as Markdown for readers, as CSV for spreadsheets."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from simulate.report.words import Words

BOM = "\ufeff"
"""Without it spreadsheets show Chinese as garbage."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, as Markdown, and whether its cells stand to the right, as numbers do."""

    heading: str
    right: bool = False


def heading(words: Words, name: str, unit: str = "") -> str:
    """Return a heading such as ``Sales (CNY)``; without a unit the name alone."""
    if not unit:
        return name
    shown = words.find(f"units.{unit}") or unit
    return words.say("charts.with_unit", name=name, unit=shown)


def markdown_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table of cells that are Markdown already."""
    lines = [
        _line([column.heading for column in columns]),
        _line(["--:" if column.right else "---" for column in columns]),
        *(_line(row) for row in rows),
    ]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def csv_text(headings: Sequence[str], rows: Sequence[Sequence[str | float | None]]) -> str:
    """Return CSV for a spreadsheet: byte-order mark, CRLF, three decimals, missing values empty.

    Text that a spreadsheet would run as a formula is kept as text by a leading apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_inert(heading) for heading in headings])
    writer.writerows([[_inert(cell) for cell in row] for row in rows])
    return BOM + buffer.getvalue()


def _inert(cell: str | float | None) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    if isinstance(cell, float):
        rounded = round(cell, 3)
        return int(rounded) if rounded.is_integer() else rounded
    return cell
