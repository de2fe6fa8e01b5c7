"""A what-if grid in one language: what its table, its chart and the terminal share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulate.experiment.whatif import Axis, GridPoint, WhatIf, point_at
from simulate.report.figures import show
from simulate.report.grid import csv_text
from simulate.report.questions.named import input_label, value_text
from simulate.report.subject import Origin, Subject
from simulate.results.outcome import Estimate
from simulate.results.verdict import bounds, holds

USUAL = "on_time_share"
BESIDE = ("late_orders", "lead_time_p90", "peak_backlog", "cost_per_order")
MOST_BESIDE = 4
MARKS = {"pass": "✓", "fail": "✗", "none": ""}


@dataclass(frozen=True, kw_only=True)
class Gridded:
    """The grid, and its scenario, simulated or not. All text is plain."""

    found: WhatIf
    subject: Subject

    @property
    def origin(self) -> Origin:
        """What the chart is drawn from."""
        return Origin(
            kind="scenario",
            owner=self.subject.loaded.name,
            name=self.subject.loaded.name,
            seed=self.found.seed,
            replications=self.found.replications,
            fingerprint=self.found.fingerprint,
        )

    @cached_property
    def measure(self) -> str:
        """The measure that is drawn: that of the target which decides most of the verdicts."""
        known = self.found.points[0].estimates
        if not self._missed:
            return USUAL if USUAL in known else next(iter(known))
        all_points = len(self.found.points)
        missed = [name for names in self._missed.values() for name in names]
        asked = [name for name in bounds(self.subject.scenario.targets) if name in known]
        # As many held as missed: there the verdict turns.
        return max(asked, key=lambda name: min(missed.count(name), all_points - missed.count(name)))

    @cached_property
    def _missed(self) -> dict[tuple[int, ...], tuple[str, ...]]:
        """The targets that are missed on average, by point; points that miss none are left out."""
        targets = bounds(self.subject.scenario.targets)
        found = {
            point.at: tuple(
                name
                for name, bound in targets.items()
                if name in point.estimates and not holds(name, point.estimates[name].mean, bound)
            )
            for point in self.found.points
        }
        return {at: names for at, names in found.items() if names}

    @cached_property
    def target(self) -> float | None:
        """The target of that measure."""
        return bounds(self.subject.scenario.targets).get(self.measure)

    @cached_property
    def beside(self) -> list[str]:
        """Measures that are told of the chosen point beside the one that is drawn."""
        known = self.found.points[0].estimates
        missed = [name for names in self._missed.values() for name in names]
        names = [name for name in dict.fromkeys([*missed, USUAL, *BESIDE]) if name in known]
        return [name for name in names if name != self.measure][:MOST_BESIDE]

    @property
    def start(self) -> tuple[int, ...]:
        """The point nearest to what is planned."""
        return tuple(axis.start for axis in self.found.axes)

    @property
    def planned(self) -> GridPoint:
        """The point nearest to what is planned."""
        return point_at(self.found, self.start)

    def label(self, axis: Axis) -> str:
        """Return what an input is called."""
        return input_label(self.subject, axis.path)

    def value(self, axis: Axis, number: int) -> str:
        """Return one of an axis's values in words."""
        return value_text(self.subject, axis.values[number])

    def name(self, measure: str) -> str:
        """Return the label of a measure."""
        return self.subject.measure(measure)[0]

    def verdict(self, point: GridPoint) -> str:
        """Return the verdict in a word, and which targets are missed on average."""
        say = self.subject.words.say
        word = say(f"verdicts.{point.word}.badge")
        missed = [self.name(name) for name in self._missed.get(point.at, ())]
        if not missed:
            is_unsure = point.word == "inconclusive"
            return say("whatif.held", verdict=word) if is_unsure else word
        return say("whatif.missed", verdict=word, measures=say("assumptions.join").join(missed))

    def place(self, at: Sequence[int], axes: Sequence[Axis] | None = None) -> str:
        """Return the values of a point, such as ``Visitors: 1.2×, Packers: 2 people``."""
        say = self.subject.words.say
        chosen = self.found.axes if axes is None else axes
        return say("whatif.join").join(
            say("whatif.column", input=self.label(axis), value=self.value(axis, number))
            for axis, number in zip(self.found.axes, at, strict=True)
            if axis in chosen
        )

    @property
    def measures(self) -> list[str]:
        """What is told of a point: the measure that is drawn, and those beside it."""
        return [self.measure, *self.beside]

    def told(self, point: GridPoint) -> list[str]:
        """Return lines about a point: verdict and measures, each with its interval."""
        say = self.subject.words.say
        lines = [
            say("charts.whatif.measure", measure=self.name(name),
                value=self.figure(point.estimates.get(name)))
            for name in self.measures
        ]  # fmt: skip
        return [self.verdict(point), *lines]

    def figure(self, estimate: Estimate | None, *, interval: bool = True) -> str:
        """Return a measure as readers see it anywhere else."""
        words = self.subject.words
        if estimate is None:
            return words.say("figures.missing")
        return show(estimate, words, interval=interval)

    def cell(self, at: Sequence[int]) -> str:
        """Return what a table shows of a point: the measure, and a mark for the verdict."""
        point = point_at(self.found, at)
        shown = self.figure(point.estimates.get(self.measure), interval=False)
        if point.word == "inconclusive":
            return f"{shown} ({MARKS['fail' if point.at in self._missed else 'pass']})"
        return f"{shown} {MARKS[point.word]}".rstrip()

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return headings and rows: the first input down, the second across, others as planned."""
        first, *others = self.found.axes
        across = range(len(others[0].values)) if others else range(1)
        rest = self.start[2:]
        say = self.subject.words.say
        headings = [self.label(first)] + [
            say("whatif.column", input=self.label(others[0]), value=self.value(others[0], number))
            if others
            else self.name(self.measure)
            for number in across
        ]
        rows = [
            [
                self.value(first, row),
                *(self.cell((row, column, *rest) if others else (row,)) for column in across),
            ]
            for row in range(len(first.values))
        ]
        return headings, rows

    @property
    def notes(self) -> list[str]:
        """Say what the table leaves out, and what its marks mean."""
        say = self.subject.words.say
        left = [
            say("whatif.rest", input=self.label(axis), value=self.value(axis, axis.start))
            for axis in self.found.axes[2:]
        ]
        return [*left, say("whatif.legend", n=str(self.found.replications))]

    def csv(self) -> str:
        """Return every point: its values as written, its verdict, every measure's interval."""
        say = self.subject.words.say
        names = list(self.found.points[0].estimates)
        headings = [*(self.label(axis) for axis in self.found.axes), say("whatif.verdict")]
        for name in names:
            label = self.name(name)
            headings += [
                label, say("assumptions.lower", name=label), say("assumptions.upper", name=label),
            ]  # fmt: skip
        return csv_text(headings, list(self._rows(names)))

    def _rows(self, names: Sequence[str]) -> Iterator[list[str | float | None]]:
        for point in self.found.points:
            row: list[str | float | None] = [
                axis.values[number] for axis, number in zip(self.found.axes, point.at, strict=True)
            ]
            row.append(self.subject.words.say(f"verdicts.{point.word}.badge"))
            for name in names:
                each = point.estimates.get(name)
                scale = 100 if each is not None and each.unit == "share" else 1
                row += (
                    [None] * 3
                    if each is None
                    else [scale * each.mean, scale * each.low, scale * each.high]
                )
            yield row
