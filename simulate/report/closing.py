"""What a run shows while it works: the intervals of the targets as they close."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from simulate.report import figures
from simulate.report.steps import Done
from simulate.report.words import Words, load_words
from simulate.results.outcome import Judgement, Verdict

WIDTH = 24
"""Characters of a gauge."""

Watched = Callable[[Verdict], None]


@dataclass(slots=True)
class Closing:
    """The intervals of a run so far, one line a target: words, interval, gauge, judgement.

    Every gauge keeps the scale of the first interval that it shows, so that one sees it close.
    """

    words: Words
    verdict: Verdict | None = None
    _scales: dict[str, tuple[float, float]] = field(default_factory=dict)

    def lines(self) -> list[tuple[str, str, str, str]]:
        """Return the cells of each target's line."""
        judgements = self.verdict.judgements if self.verdict else ()
        return [self._line(each) for each in judgements]

    def _line(self, each: Judgement) -> tuple[str, str, str, str]:
        say, unit = self.words.say, each.estimate.unit
        label = self.words.find(f"measures.{each.measure}.label") or each.measure
        bound = figures.value(each.target, unit, self.words)
        asked = say(f"verdicts.{'at_least' if each.at_least else 'at_most'}",
                    measure=label, target=bound)  # fmt: skip
        shown = figures.span(each.estimate, self.words)
        return asked, shown, self._gauge(each), say(f"verdicts.{each.word}.short")

    def _gauge(self, each: Judgement) -> str:
        low, high = each.estimate.low, each.estimate.high
        if not (isfinite(low) and isfinite(high)):
            return ""
        if each.measure not in self._scales:
            first, last = min(low, each.target), max(high, each.target)
            spare = 0.05 * (last - first) or 1.0
            self._scales[each.measure] = first - spare, last + spare
        return gauge(low, high, each.target, *self._scales[each.measure])


def gauge(low: float, high: float, target: float, first: float, last: float) -> str:
    """Return an interval as a line from `first` to `last`, with its target as a stroke."""

    def place(value: float) -> int:
        share = (value - first) / (last - first)
        return round(min(1.0, max(0.0, share)) * (WIDTH - 1))

    marks = ["·"] * WIDTH
    for at in range(place(low), place(high) + 1):
        marks[at] = "━"
    marks[place(target)] = "┃"
    return "".join(marks)


@contextmanager
def closing(what: str, most: int) -> Iterator[tuple[Done, Watched]]:
    """Yield who is told how many campaigns are finished, and the verdict on them.

    On a terminal they are shown as they come; elsewhere nothing is printed.
    """
    if not sys.stderr.isatty():
        yield (lambda _: None), (lambda _: None)
        return
    from rich import progress
    from rich.console import Console, Group
    from rich.live import Live
    from rich.table import Table

    bar = progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
    )
    task = bar.add_task(what, total=most)
    state = Closing(load_words("en"))

    def drawn() -> Any:
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column()
        table.add_column()
        for _ in range(3):  # on a narrow terminal the words give way, not the gauge
            table.add_column(no_wrap=True)
        for cells in state.lines():
            table.add_row("", *cells)
        return Group(bar, table)

    with Live(drawn(), console=Console(stderr=True), transient=True, refresh_per_second=8) as live:

        def watched(verdict: Verdict) -> None:
            state.verdict = verdict
            live.update(drawn())

        yield (lambda count: bar.update(task, completed=count)), watched
