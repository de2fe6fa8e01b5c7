"""Whom a campaign needs, in the terminal: sentences and tables for people, JSON for programs."""

import json
import sys
from dataclasses import asdict
from html import unescape
from io import StringIO
from math import isfinite
from typing import Any

from simulate.experiment.staffing import Staffing
from simulate.report.figures import number
from simulate.report.questions.staffed import Staffed
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.terminal import width
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded


def tell_staffing(loaded: Loaded, staffing: Staffing) -> str:
    """Return the answer of a roster search for a person."""
    from rich.console import Console

    shown = Staffed(staffing=staffing, subject=unsimulated(loaded, load_words("en")))
    say = shown.subject.words.say
    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(shown.subject.title, style="bold", markup=False)
    for sentence in shown.sentences:
        console.print(unescape(sentence), markup=False)
    console.print()
    console.print(_rosters(shown))
    if staffing.changes:
        console.print()
        console.print(say("staff.steps"))
        console.print(_steps(shown))
    if staffing.alternatives:
        console.print()
        console.print(say("staff.alternatives"))
        console.print(_alternatives(shown))
    console.print(
        f"{staffing.tried} rosters tried, {staffing.best.replications} replications of this one, "
        f"seed {staffing.seed}",
        style="dim",
    )
    lines = console.export_text(styles=sys.stdout.isatty()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _rosters(shown: Staffed) -> Any:
    from rich.table import Table
    from rich.text import Text

    say, found = shown.subject.words.say, shown.staffing
    table = Table(say("staff.shift"), box=None, pad_edge=False)
    for key in ("now", "least", shown.found, "change", "cost"):
        table.add_column(say(f"staff.{key}"), justify="right")
    for index, knob in enumerate(found.knobs):
        needed = found.best.people[index]
        gap = needed - knob.today
        table.add_row(
            Text(shown.shift(knob.pool, knob.shift)),
            number(knob.today),
            number(found.least[index]),
            number(needed),
            f"{gap:+d}" if gap else "",
            shown.price(knob.price),
        )
    return table


def _steps(shown: Staffed) -> Any:
    from rich.table import Table
    from rich.text import Text

    say = shown.subject.words.say
    table = Table(say("staff.shift"), say("staff.step"), box=None, pad_edge=False)
    table.add_column(say("staff.saves"), justify="right")
    table.add_column(say("staff.verdict"))
    table.add_column(say("staff.brings"))
    for step in shown.staffing.changes:
        table.add_row(
            Text(shown.shift(step.pool, step.shift)),
            shown.step(step),
            shown.signed_price(step.price),
            shown.impression(step),
            unescape(shown.effect(step)),
        )
    return table


def _alternatives(shown: Staffed) -> Any:
    from rich.table import Table
    from rich.text import Text

    say = shown.subject.words.say
    table = Table(say("staff.roster"), box=None, pad_edge=False)
    table.add_column(say("staff.price"), justify="right")
    table.add_column(say("staff.verdict"))
    table.add_column(say("staff.campaigns"), justify="right")
    for each in shown.staffing.alternatives:
        table.add_row(
            Text(unescape(shown.roster(each.people))),
            shown.price(each.price),
            shown.impression_of(each),
            number(each.replications),
        )
    return table


def staffing_document(staffing: Staffing) -> str:
    """Return the answer of a roster search as one JSON document; unknown bounds are null.

    Rosters have people in the order of ``knobs``.
    """
    document = _finite(asdict(staffing)) | {"holds": staffing.answer is not None}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finite(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _finite(each) for key, each in told.items()}
    if isinstance(told, list | tuple):
        return [_finite(each) for each in told]
    return None if isinstance(told, float) and not isfinite(told) else told
