"""Plans side by side in one language: what tables, charts and sentences about them share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, isfinite, log10

from simulate.experiment.comparison import Comparison, Difference, Side
from simulate.report.figures import MINUS, number, show, value
from simulate.report.measures import figure_of
from simulate.report.subject import Origin, Subject
from simulate.report.words import Words
from simulate.results.outcome import Estimate
from simulate.scenario.differing import Differing, differing
from simulate.scenario.loading import Loaded

HEADLINES = (
    "targets_held_share", "on_time_share", "late_orders", "lead_time_p90", "peak_backlog",
    "backlog_clearance", "overtime", "paid_orders", "sales", "total_cost", "cost_per_order",
    "contribution",
)  # fmt: skip
"""What is shown of every plan beside the measures that have a target."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A comparison, its plans in the same order, and the reader's language.

    `kind`: ``variants`` of one scenario, or ``compare`` for any plans.
    """

    comparison: Comparison
    plans: tuple[Loaded, ...]
    words: Words
    kind: str = "compare"

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Every plan with its outcome."""
        return tuple(
            Subject(loaded=plan, outcome=side.outcome, words=self.words)
            for plan, side in zip(self.plans, self.comparison.sides, strict=True)
        )

    @property
    def others(self) -> Sequence[tuple[Subject, Side]]:
        """Every plan but the first, with its differences."""
        return list(zip(self.subjects, self.comparison.sides, strict=True))[1:]

    @property
    def origin(self) -> Origin:
        """What the charts are drawn from: files lie in the folder of the first plan."""
        first = self.comparison.sides[0]
        return Origin(
            kind="scenario",
            owner=first.name,
            name=first.name,
            seed=self.comparison.seed,
            replications=self.comparison.replications,
            fingerprint=first.outcome.fingerprint,
        )

    def title(self, index: int) -> str:
        """Return what a plan is called here; the first among its own variants is the plan."""
        if index == 0 and self.kind == "variants":
            return self.words.say("compare.as_planned")
        name = self.plans[index].name
        _, sign, revision = name.partition("@")
        title = self.subjects[index].title
        return self.words.say("compare.at", title=title, revision=revision) if sign else title

    @cached_property
    def headlines(self) -> list[str]:
        """Measures to show: those with a target in any plan, then the usual ones."""
        asked = [
            judgement.measure
            for subject in self.subjects
            for judgement in subject.outcome.verdict.judgements
        ]
        return [
            name for name in dict.fromkeys([*asked, *HEADLINES])
            if any(name in subject.outcome.measures for subject in self.subjects)
        ]  # fmt: skip

    def figure(self, index: int, measure: str) -> str:
        """Return a measure of one plan without its interval, or a dash."""
        subject = self.subjects[index]
        if measure not in subject.outcome.measures:
            return self.words.say("figures.missing")
        return figure_of(measure, subject, interval=False)

    def difference(self, index: int, measure: str) -> str:
        """Return by how much a plan differs from the first, in words; nothing if that is unknown.

        A difference that is not clear shows its interval and no mean, which nobody should quote.
        """
        found = self.comparison.sides[index].differences.get(measure)
        return "" if found is None else told(found, self.words)

    def changes(self, index: int) -> tuple[Differing, ...]:
        """Return the inputs that a plan writes differently than the first."""
        return differing(self.plans[0], self.plans[index])


def told(difference: Difference, words: Words) -> str:
    """Return a difference as ``+1,240 ± 45``, as not clear, or as none at all."""
    if difference.word == "same":
        return words.say("compare.same")
    if difference.word == "unclear":
        if not isfinite(difference.estimate.low):
            return words.say("compare.unknown")
        low, high = (_end(end, difference.estimate, words) for end in ("low", "high"))
        return words.say("compare.unclear", low=low, high=high)
    return signed(difference.estimate, words)


def signed(estimate: Estimate, words: Words) -> str:
    """Return a difference with its sign: ``+1,240 ± 45``; of shares in points, ``−1.3 ± 0.2``."""
    mean, half = abs(estimate.mean), (estimate.high - estimate.low) / 2
    sign = MINUS if estimate.mean < 0 else "+"
    if estimate.unit == "share":
        places = _point_places(half)
        points = _plus_minus(number(100 * mean, places), number(100 * half, places), words)
        return words.say("compare.points", n=f"{sign}{points}")
    if estimate.unit == "seconds":
        text = _plus_minus(value(mean, "seconds", words), value(half, "seconds", words), words)
        return f"{sign}{text}"
    size = Estimate(mean=mean, low=mean - half, high=mean + half, unit=estimate.unit)
    return f"{sign}{show(size, words)}"


def _plus_minus(mean: str, half: str, words: Words) -> str:
    return words.say("figures.plus_minus", mean=mean, half=half)


def _end(end: str, estimate: Estimate, words: Words) -> str:
    """Return one end of an interval with its sign, in as many digits as the interval supports."""
    amount = estimate.low if end == "low" else estimate.high
    half = (estimate.high - estimate.low) / 2
    sign = MINUS if amount < 0 else "+"
    if estimate.unit == "share":
        text = number(100 * abs(amount), _point_places(half))
        return f"{sign}{text}" if end == "low" else words.say("compare.points", n=f"{sign}{text}")
    places = 0 if half >= 10 else min(2, 1 - floor(log10(half))) if half > 0 else 0
    is_last = end == "high" or estimate.unit == "seconds"
    text = (
        value(abs(amount), estimate.unit, words, decimals=places)
        if is_last
        else number(abs(amount), places)
    )
    return f"{sign}{text}"


def _point_places(half: float) -> int:
    """Return the decimals of percentage points: two leading digits of the half-width, at most 2."""
    return 1 if half <= 0 else min(2, max(1, -floor(log10(half * 100))))
