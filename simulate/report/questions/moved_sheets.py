"""Moved inputs as Excel workbooks: which of them decide, and what-if grids."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from simulate.experiment.sensitivity import End, Swing
from simulate.experiment.varied import parted
from simulate.report.questions.gridded import Gridded
from simulate.report.questions.weighed import Weighed
from simulate.report.sheets import Cell, Sheet, write_sheets
from simulate.results.outcome import Estimate


def write_sensitivity(path: Path, weighed: Weighed) -> None:
    """Write which assumptions decide as a workbook: a row an input."""
    say = weighed.subject.words.say
    ends = [say(f"assumptions.{key}") for key in ("at_low", "at_high")]
    headings = [say("assumptions.input"), say("assumptions.planned")]
    for end in ends:
        headings += [
            end, weighed.measure, say("assumptions.change"),
            say("tables.interval_low"), say("tables.interval_high"), say("whatif.verdict"),
        ]  # fmt: skip
    headings += [say("assumptions.turn"), say("assumptions.all")]
    write_sheets(
        path,
        [
            Sheet(
                title=say("charts.sensitivity.title"),
                headings=headings,
                rows=[_swing(weighed, swing) for swing in weighed.found.swings],
                above=[weighed.subject.title, *weighed.sentences],
            )
        ],
    )


def _swing(weighed: Weighed, swing: Swing) -> Sequence[Cell]:
    turns = "; ".join(weighed.turn(turn) for turn in swing.break_evens)
    return [
        weighed.label(swing.path),
        weighed.value(swing.planned),
        *_end(weighed, swing.low),
        *_end(weighed, swing.high),
        turns or weighed.subject.words.say("assumptions.no_turn"),
        weighed.effect(swing.effect),
    ]


def _end(weighed: Weighed, end: End) -> list[Cell]:
    measure, say = weighed.found.measure, weighed.subject.words.say
    found, change = end.found.estimates.get(measure), end.differences.get(measure)
    return [
        weighed.value(end.written),
        _numbers(found)[0],
        *_numbers(change.estimate if change is not None else None),
        say(f"verdicts.{end.found.word}.badge"),
    ]


def write_whatif(path: Path, gridded: Gridded) -> None:
    """Write a what-if grid as a workbook: the table of the page, and a row a combination."""
    say, found = gridded.subject.words.say, gridded.found
    names = list(found.points[0].estimates)
    headings = [*(gridded.label(axis) for axis in found.axes), say("whatif.verdict")]
    for name in names:
        headings += [gridded.name(name), say("tables.interval_low"), say("tables.interval_high")]
    rows: list[Sequence[Cell]] = []
    for point in found.points:
        places: list[Cell] = [
            parted(axis.values[number])[0]
            for axis, number in zip(found.axes, point.at, strict=True)
        ]
        numbers = [cell for name in names for cell in _numbers(point.estimates.get(name))]
        rows.append([*places, gridded.verdict(point), *numbers])
    across, table = gridded.table()
    title = say("charts.whatif.title")
    write_sheets(
        path,
        [
            Sheet(
                title=title,
                headings=across,
                rows=table,
                above=[
                    gridded.subject.title,
                    gridded.name(gridded.measure),
                    *gridded.notes,
                ],
            ),
            Sheet(title=say("whatif.combinations"), headings=headings, rows=rows),
        ],
    )


def _numbers(estimate: Estimate | None) -> list[Cell]:
    """Return mean and interval; shares in per cent, what is not known empty."""
    if estimate is None:
        return [None, None, None]
    scale = 100.0 if estimate.unit == "share" else 1.0
    values = (estimate.mean, estimate.low, estimate.high)
    return [float(f"{value * scale:.9g}") if isfinite(value) else None for value in values]
