"""A run as an Excel workbook: answer, measures, hours, roster, inputs with their sources."""

from html import unescape
from pathlib import Path

from simulate.report import figures
from simulate.report.escape import plain
from simulate.report.grid import heading
from simulate.report.measures import by_subject
from simulate.report.roster import roster_sheet
from simulate.report.sheets import Cell, Sheet, check_workbook, write_sheets
from simulate.report.subject import Subject
from simulate.report.verdicts import effort, lead, sentence
from simulate.report.words import load_words
from simulate.results.outcome import Estimate, Outcome
from simulate.scenario.loading import Loaded

__all__ = ["check_workbook", "write_workbook"]

PERCENT, PLAIN, FINE = "0.0%", "#,##0", "#,##0.00"


def write_workbook(path: Path, loaded: Loaded, outcome: Outcome, language: str) -> None:
    """Write an outcome and what it was simulated from to an .xlsx file, in a language."""
    subject = Subject(loaded=loaded, outcome=outcome, words=load_words(language))
    write_sheets(path, sheets_of(subject))


def sheets_of(subject: Subject) -> list[Sheet]:
    """Return the sheets of a run."""
    return [
        answer_sheet(subject),
        measures_sheet(subject),
        hours_sheet(subject),
        roster_sheet(subject),
        inputs_sheet(subject),
    ]


def answer_sheet(subject: Subject) -> Sheet:
    """Return the verdict, and a row a target."""
    say, outcome = subject.words.say, subject.outcome
    judgements = outcome.verdict.judgements
    rows: list[list[Cell]] = []
    for each in judgements:
        label, _ = subject.measure(each.measure)
        bound = figures.value(each.target, each.estimate.unit, subject.words)
        key = "at_least" if each.at_least else "at_most"
        asked = say(f"verdicts.{key}", measure=label, target=bound)
        result = say(f"verdicts.{each.word}.short")
        rows.append([asked, *_numbers(each.estimate), _unit(each.estimate, subject), result])
    made = say(
        "workbook.made_of",
        scenario=subject.loaded.name,
        replications=figures.number(outcome.replications),
        seed=str(outcome.seed),
        fingerprint=outcome.fingerprint,
    )
    answer = f"{lead(subject)} {unescape(sentence(subject))}"
    return Sheet(
        title=say("workbook.answer"),
        above=[text for text in (subject.title, answer, effort(subject), made) if text],
        headings=[say("tables.target"), *_headings(subject), say("tables.judgement")],
        rows=rows,
        row_formats=[_format(each.estimate) for each in judgements],
    )


def measures_sheet(subject: Subject) -> Sheet:
    """Return every measure with its interval, its definition, and the name it has in JSON."""
    say, measures = subject.words.say, subject.outcome.measures
    rows: list[list[Cell]] = []
    formats = []
    for about, names in by_subject(list(measures), subject).items():
        for name in names:
            label, definition = subject.measure(name)
            estimate = measures[name]
            told = [_unit(estimate, subject), _unmarked(definition), name]
            rows.append([say(f"subjects.{about}"), label, *_numbers(estimate), *told])
            formats.append(_format(estimate))
    return Sheet(
        title=say("workbook.measures"),
        headings=[
            say("workbook.about"),
            say("tables.measure"),
            *_headings(subject),
            say("tables.definition"),
            say("workbook.key"),
        ],
        rows=rows,
        row_formats=formats,
    )


def hours_sheet(subject: Subject) -> Sheet:
    """Return every series by local hour, mean over the campaigns; the backlog with its band."""
    say, outcome = subject.words.say, subject.outcome
    columns: dict[str, tuple[float, ...]] = {}
    for name, band in outcome.series.items():
        label = _series(name, subject)
        columns[heading(subject.words, label, band.unit)] = band.mean
        if name == "backlog":
            for bound, values in (("low", band.low), ("high", band.high)):
                columns[say(f"workbook.{bound}", series=label)] = values
    hours = range(subject.hours_shown)
    return Sheet(
        title=say("workbook.hours"),
        headings=[say("charts.hour"), *columns],
        rows=[
            [
                subject.local(outcome.hour_starts[hour]).replace(tzinfo=None),
                *(values[hour] for values in columns.values()),
            ]
            for hour in hours
        ],
        formats=dict.fromkeys(range(1, len(columns) + 1), "#,##0.0"),
    )


def inputs_sheet(subject: Subject) -> Sheet:
    """Return every input as it is written, how sure it is, its source, and where it stands."""
    say = subject.words.say
    return Sheet(
        title=say("workbook.inputs"),
        headings=[
            say("tables.input"),
            say("tables.value"),
            say("tables.confidence"),
            say("tables.source"),
            say("workbook.place"),
        ],
        rows=[
            [
                ".".join(map(str, each.path)),
                each.text,
                say(f"confidence.{each.confidence}").replace("*", ""),
                subject.text(each.source),
                f"{each.place.file.name}:{each.place.line}",
            ]
            for each in subject.loaded.inputs
        ],
    )


def _headings(subject: Subject) -> list[str]:
    say = subject.words.say
    return [
        say("tables.mean"),
        _unmarked(say("tables.interval_low")),
        _unmarked(say("tables.interval_high")),
        say("workbook.unit"),
    ]


def _unmarked(text: str) -> str:
    """Return words for a page as words for a cell."""
    return unescape(text).replace("\\_", " ").replace("**", "").replace("\N{NO-BREAK SPACE}", " ")


def _numbers(estimate: Estimate) -> list[Cell]:
    return [estimate.mean, estimate.low, estimate.high]


def _unit(estimate: Estimate, subject: Subject) -> str:
    if estimate.unit == "share":
        return "%"
    return subject.words.find(f"units.{estimate.unit}") or estimate.unit


def _format(estimate: Estimate) -> str:
    if estimate.unit == "share":
        return PERCENT
    return PLAIN if abs(estimate.mean) >= 1000 else FINE


def _series(name: str, subject: Subject) -> str:
    """Return what a series is called, with its place if it has one."""
    what, _, place = name.partition("/")
    words = subject.words
    if what == "desk":
        return words.find(f"workbook.series.desk_{place}") or plain(name)
    label = words.find(f"workbook.series.{what}") or plain(what)
    if not place:
        return label
    shown = subject.pool(place) if what in ("staff", "due") else subject.place(place)
    return words.say("workbook.at", series=label, place=shown)
