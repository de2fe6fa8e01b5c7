"""The largest volume in the terminal: sentences and tables for people, JSON for programs."""

import json
import sys
from dataclasses import asdict
from io import StringIO
from typing import Any

from simulate.experiment.limit import Limit
from simulate.report.questions.documented import finite
from simulate.report.questions.limited import Limited
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.terminal import width
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded


def tell_limit(loaded: Loaded, limit: Limit) -> str:
    """Return the largest volume for a person."""
    from rich.console import Console

    shown = Limited(limit=limit, subject=unsimulated(loaded, load_words("en")))
    say = shown.subject.words.say
    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(shown.subject.title, style="bold", markup=False)
    for sentence in shown.sentences:
        console.print(sentence, markup=False)
    console.print()
    console.print(_volumes(shown))
    console.print()
    console.print(say("limit.targets"))
    console.print(_targets(shown))
    total = sum(volume.replications for volume in limit.volumes)
    console.print(f"{total} replications, seed {limit.seed}", style="dim")
    lines = console.export_text(styles=sys.stdout.isatty()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _volumes(shown: Limited) -> Any:
    from rich.table import Table

    say, found = shown.subject.words.say, shown.limit
    table = Table(box=None, pad_edge=False)
    table.add_column(say("limit.volume"), justify="right")
    table.add_column(say("limit.daily"), justify="right")
    for name in shown.shown:
        table.add_column(shown.label(name), justify="right")
    table.add_column(say("limit.verdict"))
    table.add_column(say("limit.campaigns"), justify="right")
    for volume in found.volumes:
        table.add_row(
            shown.times(volume.multiple),
            shown.daily(volume),
            *(shown.figure(volume, name) for name in shown.shown),
            say(f"limit.{volume.word}"),
            str(volume.replications),
            style="bold" if volume.multiple in (found.holds, found.breaks) else "",
        )
    return table


def _targets(shown: Limited) -> Any:
    from rich.table import Table

    say = shown.subject.words.say
    table = Table(say("limit.target"), box=None, pad_edge=False)
    for key in ("asked", "surely_holds", "surely_breaks"):
        table.add_column(say(f"limit.{key}"), justify="right")
    for each in shown.limit.targets:
        table.add_row(
            shown.label(each.measure),
            shown.asked(each),
            say("limit.beyond") if each.holds is None else shown.times(each.holds),
            say("limit.beyond") if each.breaks is None else shown.times(each.breaks),
        )
    return table


def limit_document(limit: Limit) -> str:
    """Return the largest volume as one JSON document; unknown bounds are null."""
    return json.dumps(finite(asdict(limit)), indent=2, ensure_ascii=False) + "\n"
