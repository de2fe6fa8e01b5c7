"""Which assumptions decide, in the terminal: a table for people, JSON for programs."""

import json
import sys
from dataclasses import asdict
from html import unescape
from io import StringIO
from typing import Any

from simulate.experiment.sensitivity import End, Sensitivity
from simulate.report.questions.documented import finite
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.questions.weighed import Weighed
from simulate.report.terminal import width
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded


def tell_sensitivity(loaded: Loaded, found: Sensitivity) -> str:
    """Return the answer for a person."""
    from rich.console import Console

    weighed = Weighed(found=found, subject=unsimulated(loaded, load_words("en")))
    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(weighed.subject.title, style="bold", markup=False)
    for sentence in weighed.sentences:
        console.print(sentence, markup=False)
    console.print()
    console.print(_table(weighed))
    for swing, turn in weighed.turning:
        told = [weighed.turn(turn), weighed.doubtless(turn)]
        line = f"{weighed.label(swing.path)}: {'; '.join(filter(None, told))}"
        console.print(line, markup=False)
    console.print(
        f"{found.replications} replications of every end, {found.on_paths} of each of "
        f"{found.points_on_paths} points on random paths, seed {found.seed}",
        style="dim",
    )
    lines = console.export_text(styles=sys.stdout.isatty()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _table(weighed: Weighed) -> Any:
    from rich.table import Table

    say = weighed.subject.words.say
    table = Table(say("assumptions.input"), box=None, pad_edge=False)
    for key in ("planned", "at_low", "at_high", "all"):
        table.add_column(say(f"assumptions.{key}"), justify="right")
    for swing in weighed.found.swings:
        table.add_row(
            weighed.label(swing.path),
            weighed.value(swing.planned),
            _cell(weighed, swing.low),
            _cell(weighed, swing.high),
            weighed.effect(swing.effect),
        )
        changes = [unescape(weighed.change(end)) for end in (swing.low, swing.high)]
        table.add_row("", "", *changes, "", style="dim")
    return table


def _cell(weighed: Weighed, end: End) -> str:
    word = end.found.word
    mark = "" if word == "none" else f", {weighed.subject.words.say(f'verdicts.{word}.short')}"
    return f"{weighed.value(end.written)}: {weighed.figure(end)}{mark}"


def sensitivity_document(found: Sensitivity) -> str:
    """Return the answer as one JSON document; unknown bounds are null."""
    return json.dumps(finite(asdict(found)), indent=2, ensure_ascii=False) + "\n"
