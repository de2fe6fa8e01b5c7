"""Whom a campaign needs, as an Excel workbook whose roster `peakbook run --roster` reads."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path

from simulate.experiment.rosters import with_roster
from simulate.experiment.staffing import Staffing
from simulate.report.questions.staffed import Staffed
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.roster import roster_sheet
from simulate.report.sheets import Cell, Sheet, write_sheets
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded


def write_staffing(path: Path, loaded: Loaded, staffing: Staffing, language: str) -> None:
    """Write the answer of a roster search: people by shift, each step, others, the new roster."""
    words = load_words(language)
    shown = Staffed(staffing=staffing, subject=unsimulated(loaded, words))
    sheets = [_people(shown), _steps(shown), _others(shown)]
    found = with_roster(loaded, staffing.knobs, staffing.best.people)
    if found is not None:
        sheets.append(roster_sheet(unsimulated(found, words)))
    write_sheets(path, [sheet for sheet in sheets if sheet.rows])


def _people(shown: Staffed) -> Sheet:
    say, found = shown.subject.words.say, shown.staffing
    rows: list[Sequence[Cell]] = [
        [
            shown.shift(knob.pool, knob.shift),
            knob.today,
            found.least[index],
            found.best.people[index],
            found.best.people[index] - knob.today,
            knob.price,
        ]
        for index, knob in enumerate(found.knobs)
    ]
    keys = ("shift", "now", "least", shown.found, "change", "cost")
    return Sheet(
        title=say("workbook.answer"),
        above=[shown.subject.title, *map(unescape, shown.sentences)],
        headings=[say(f"staff.{key}") for key in keys],
        rows=rows,
    )


def _steps(shown: Staffed) -> Sheet:
    say = shown.subject.words.say
    rows: list[Sequence[Cell]] = [
        [
            shown.shift(step.pool, step.shift),
            shown.step(step),
            step.price,
            shown.impression(step),
            unescape(shown.effect(step)),
        ]
        for step in shown.staffing.changes
    ]
    keys = ("shift", "step", "saves", "verdict", "brings")
    return Sheet(
        title=say("staff.sheets.steps"), headings=[say(f"staff.{key}") for key in keys], rows=rows
    )


def _others(shown: Staffed) -> Sheet:
    say = shown.subject.words.say
    rows: list[Sequence[Cell]] = [
        [
            unescape(shown.roster(each.people)),
            each.price,
            shown.impression_of(each),
            each.replications,
        ]
        for each in shown.staffing.alternatives
    ]
    keys = ("roster", "price", "verdict", "campaigns")
    return Sheet(
        title=say("staff.sheets.others"), headings=[say(f"staff.{key}") for key in keys], rows=rows
    )
