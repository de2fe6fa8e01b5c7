"""The largest volume as an Excel workbook."""

from collections.abc import Sequence
from html import unescape
from math import isfinite
from pathlib import Path

from simulate.experiment.limit import Limit, Volume
from simulate.report.questions.limited import Limited
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.sheets import Cell, Sheet, write_sheets
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded


def write_limit(path: Path, loaded: Loaded, limit: Limit, language: str = "en") -> None:
    """Write the answer with every volume that was tried, and how far each target carries."""
    shown = Limited(limit=limit, subject=unsimulated(loaded, load_words(language)))
    write_sheets(path, [_volumes(shown), _targets(shown)])


def _volumes(shown: Limited) -> Sheet:
    say, names = shown.subject.words.say, [each.measure for each in shown.limit.targets]
    headings = [say("limit.volume"), say("limit.daily")]
    for name in names:
        label = shown.label(name)
        headings += [label, say("charts.low", name=label), say("charts.high", name=label)]
    rows: list[Sequence[Cell]] = [
        [
            volume.multiple,
            volume.orders_a_day.mean,
            *(edge for name in names for edge in _interval(volume, name)),
            say(f"limit.{volume.word}"),
            volume.replications,
        ]
        for volume in shown.limit.volumes
    ]
    return Sheet(
        title=say("workbook.answer"),
        above=[shown.subject.title, *map(unescape, shown.sentences)],
        headings=[*headings, say("limit.verdict"), say("limit.campaigns")],
        rows=rows,
    )


def _interval(volume: Volume, measure: str) -> tuple[Cell, Cell, Cell]:
    found = volume.measures.get(measure)
    if found is None:
        return None, None, None
    low, high = (edge if isfinite(edge) else None for edge in (found.low, found.high))
    return found.mean, low, high


def _targets(shown: Limited) -> Sheet:
    say = shown.subject.words.say
    rows: list[Sequence[Cell]] = [
        [shown.label(each.measure), unescape(shown.asked(each)), each.holds, each.breaks]
        for each in shown.limit.targets
    ]
    keys = ("target", "asked", "surely_holds", "surely_breaks")
    return Sheet(
        title=say("limit.target"), headings=[say(f"limit.{key}") for key in keys], rows=rows
    )
