"""Plans side by side in the terminal: a table for people, one JSON document for programs."""

import json
import sys
from html import unescape
from io import StringIO
from math import isfinite
from typing import Any

from simulate.experiment.comparison import Difference
from simulate.report.measures import by_subject
from simulate.report.questions.compared import Compared
from simulate.report.questions.comparison_table import change_text
from simulate.report.terminal import width
from simulate.results.outcome import Estimate

AT_ONCE = 3
"""So many plans stand beside the first before the table begins anew."""

MOST_CHANGES = 8


def tell_comparison(compared: Compared, *, every: bool = False) -> str:
    """Return a comparison for a person; with `every` all measures and not only the headlines."""
    from rich.console import Console

    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    say = compared.words.say
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for index, subject in enumerate(compared.subjects):
        verdict = say(f"verdicts.{subject.outcome.verdict.word}.badge")
        line = f"{_letter(letters, index)}  {compared.title(index)}: {verdict}"
        console.print(line, style="bold", markup=False)
        for text in _changes(compared, index):
            console.print(f"   {text}", style="dim", markup=False)
    others = range(1, len(compared.plans))
    for start in range(1, len(compared.plans), AT_ONCE):
        console.print()
        console.print(_table(compared, list(others)[start - 1 : start - 1 + AT_ONCE], every))
    console.print()
    console.print(unescape(say("compare.legend_plain")), style="dim", markup=False)
    console.print(
        f"{compared.comparison.replications} replications each, seed {compared.comparison.seed}",
        style="dim",
    )
    return console.export_text(styles=sys.stdout.isatty()).rstrip("\n")


def _letter(letters: str, index: int) -> str:
    return letters[index] if index < len(letters) else str(index + 1)


def _changes(compared: Compared, index: int) -> list[str]:
    """Return a line for each of the first inputs that a plan changes."""
    if index == 0:
        return []
    changes = compared.changes(index)
    lines = [
        f"{path}: {before} -> {after}"
        for path, before, after in (change_text(each, compared) for each in changes[:MOST_CHANGES])
    ]
    left = len(changes) - MOST_CHANGES
    return [*lines, *([f"and {left} more"] if left > 0 else [])]


def _table(compared: Compared, others: list[int], every: bool) -> Any:
    """Return the measures of the first plan and of `others`, each with its difference below."""
    from rich.table import Table

    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    table = Table("Measure", box=None, pad_edge=False)
    for index in (0, *others):
        table.add_column(_letter(letters, index), justify="right")
    for measure in _measures(compared, every):
        label, _ = compared.subjects[0].measure(measure)
        table.add_row(label, *(compared.figure(index, measure) for index in (0, *others)))
        differences = [compared.difference(index, measure) for index in others]
        if any(differences):
            table.add_row("", "", *differences, style="dim")
    return table


def _measures(compared: Compared, every: bool) -> list[str]:
    if not every:
        return compared.headlines
    names = list(
        dict.fromkeys(name for each in compared.subjects for name in each.outcome.measures)
    )
    found = by_subject(names, compared.subjects[0])
    return [name for listed in found.values() for name in listed]


def comparison_document(compared: Compared) -> str:
    """Return a comparison as one JSON document, with every measure; unknown bounds are null."""
    document = {
        "seed": compared.comparison.seed,
        "replications": compared.comparison.replications,
        "scenarios": [
            {
                "scenario": side.name,
                "title": compared.title(index),
                "fingerprint": side.outcome.fingerprint,
                "verdict": side.outcome.verdict.word,
                "measures": {
                    name: _estimate(estimate) for name, estimate in side.outcome.measures.items()
                },
                "differences": {
                    name: _difference(difference) for name, difference in side.differences.items()
                },
                "changes": [
                    {"input": ".".join(map(str, each.path)), "before": each.before,
                     "after": each.after}
                    for each in (compared.changes(index) if index else ())
                ],
            }
            for index, side in enumerate(compared.comparison.sides)
        ],
    }  # fmt: skip
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _estimate(estimate: Estimate) -> dict[str, float | str | None]:
    numbers = {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
    finite = {name: each if isfinite(each) else None for name, each in numbers.items()}
    return {**finite, "unit": estimate.unit}


def _difference(difference: Difference) -> dict[str, float | int | str | None]:
    return {
        **_estimate(difference.estimate),
        "pairs": difference.pairs,
        "word": difference.word,
        "replications_needed": difference.needed,
    }
