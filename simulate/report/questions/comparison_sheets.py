"""Plans side by side as an Excel workbook."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from simulate.report.charts.compare import hours_of, series_of, titles
from simulate.report.charts.figure import stamp, with_unit
from simulate.report.measures import by_subject
from simulate.report.questions.compared import Compared
from simulate.report.questions.comparison_table import change_text
from simulate.report.sheets import Cell, Sheet, write_sheets
from simulate.results.outcome import Estimate


def write_comparison(path: Path, compared: Compared) -> None:
    """Write a comparison as a workbook: measures, backlogs by hour, what each plan changes."""
    write_sheets(path, comparison_sheets(compared))


def comparison_sheets(compared: Compared) -> list[Sheet]:
    """Return the sheets of a comparison; those without a row are left out."""
    sheets = [_measures(compared), _hours(compared), _changes(compared)]
    return [sheet for sheet in sheets if sheet.rows]


def _measures(compared: Compared) -> Sheet:
    """Return a row for each measure of each plan, with its difference from the first."""
    say, first = compared.words.say, compared.subjects[0]
    names = dict.fromkeys(name for each in compared.subjects for name in each.outcome.measures)
    ordered = [name for found in by_subject(list(names), first).values() for name in found]
    rows = [
        _measure_row(compared, name, index)
        for name in ordered
        for index, subject in enumerate(compared.subjects)
        if name in subject.outcome.measures
    ]
    difference = say("compare.difference", title=compared.title(0))
    interval = [say("tables.interval_low"), say("tables.interval_high")]
    return Sheet(
        title=say("compare.sheets.measures"),
        headings=[
            say("tables.measure"), say("compare.variant"), say("compare.unit"),
            say("tables.mean"), *interval, difference, *interval, say("compare.sheets.clear"),
        ],
        rows=rows,
        above=[say("compare.sheets.above")],
    )  # fmt: skip


def _measure_row(compared: Compared, name: str, index: int) -> list[Cell]:
    subject, words = compared.subjects[index], compared.words
    measure = subject.outcome.measures[name]
    row: list[Cell] = [
        compared.subjects[0].measure(name)[0],
        compared.title(index),
        words.find(f"units.{measure.unit}") or measure.unit,
        *_numbers(measure),
    ]
    found = compared.comparison.sides[index].differences.get(name)
    if found is None:
        return [*row, None, None, None, ""]
    return [*row, *_numbers(found.estimate), words.say(f"compare.words.{found.word}")]


def _numbers(estimate: Estimate) -> list[Cell]:
    """Return mean and interval; shares in per cent, as their unit says."""
    scale = 100.0 if estimate.unit == "share" else 1.0
    values = (estimate.mean, estimate.low, estimate.high)
    return [float(f"{value * scale:.9g}") if isfinite(value) else None for value in values]


def _hours(compared: Compared) -> Sheet:
    """Return the mean backlog of every plan, a row an hour."""
    first, series = compared.subjects[0], series_of(compared)
    headings = [with_unit(first, title, "orders") for title in titles(compared)]
    rows: list[Sequence[Cell]] = [
        [stamp(first, hour * 3600), *(values[hour] for values in series)]
        for hour in range(hours_of(compared))
    ]
    return Sheet(
        title=compared.words.say("charts.compare.y"),
        headings=[compared.words.say("charts.hour"), *headings],
        rows=rows,
    )


def _changes(compared: Compared) -> Sheet:
    say = compared.words.say
    rows: list[Sequence[Cell]] = [
        [compared.title(index), *change_text(change, compared)]
        for index in range(1, len(compared.plans))
        for change in compared.changes(index)
    ]
    return Sheet(
        title=say("compare.sheets.changes"),
        headings=[say(f"compare.{key}") for key in ("variant", "input", "before", "after")],
        rows=rows,
    )
