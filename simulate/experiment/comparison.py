"""Plans side by side on the same customers: what each gives, and by how much it differs.

Replication k of every plan has the same random numbers, so that visitors, prices and luck cancel
out of the differences (common random numbers: A. M. Law, "Simulation Modeling and Analysis",
5th edition, section 11.2). Differences are paired by replication, with Student's interval.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from math import ceil, isfinite
from pathlib import Path
from typing import Literal

import numpy as np

from simulate.experiment.kept import kept
from simulate.experiment.points import Points
from simulate.experiment.replications import batches, hours_of, replications_of
from simulate.results.estimates import short
from simulate.results.fingerprint import fingerprint, samples_fingerprint
from simulate.results.intervals import mean_interval
from simulate.results.outcome import Band, Estimate, Outcome
from simulate.results.replication import Replication
from simulate.results.sample_store import Sample
from simulate.results.store import RunStore
from simulate.results.summary import summarise, unit_of
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import refusal

Word = Literal["more", "less", "same", "unclear"]

SHOWN_SERIES = ("backlog", "paid")
"""What is kept of the hours: enough to draw the backlogs over each other."""

FIGURES = 4
"""Significant digits of what is only drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By how much a measure differs from the first plan's: the other's value less the first's.

    `estimate`: mean and 95 % interval over `pairs` of replications in which both plans have the
    measure. `word`: ``more`` or ``less`` if the interval lies on that side of 0, ``same`` if no
    replication differs, else ``unclear``; `needed` is then about how many more replications would
    make it clear, None if its mean is 0.
    """

    estimate: Estimate
    pairs: int
    word: Word
    needed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One plan: its outcome, with the series of `SHOWN_SERIES` alone, and its differences.

    `differences` by measure; empty for the first plan.
    """

    name: str
    outcome: Outcome
    differences: dict[str, Difference] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two plans or more. The first is the one that the others are held against."""

    seed: int
    replications: int
    sides: tuple[Side, ...]


def compare(
    plans: Sequence[Loaded],
    points: Points,
    runs: RunStore | None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    publish: set[str] | None = None,
    published: Path | None = None,
) -> Comparison:
    """Return `plans` side by side, each held against the first.

    Seed and number of replications are the first plan's own unless given. What the stores hold is
    not simulated again; `publish` and `published` are those of `kept`.
    Raises InputError if there are not two plans, or if two bear one name.
    """
    names = [plan.name for plan in plans]
    if len(plans) < 2:
        raise refusal("there is nothing to compare: name two scenarios or more")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise refusal(f"`{twice}` is named twice: a scenario does not differ from itself")
    seed = plans[0].scenario.seed if seed is None else seed
    replications = plans[0].scenario.replications if replications is None else replications
    return kept(
        runs.folder if runs is not None else None,
        "comparison",
        comparison_key(plans, seed, replications),
        lambda: _compared(plans, points, runs, seed, replications),
        Comparison,
        published=published,
        publish=publish,
    )


def comparison_key(plans: Sequence[Loaded], seed: int, replications: int) -> dict[str, object]:
    """Return all that a comparison depends on."""
    return {"plans": [fingerprint(plan, seed, replications) for plan in plans]}


def _compared(
    plans: Sequence[Loaded], points: Points, runs: RunStore | None, seed: int, replications: int
) -> Comparison:
    outcomes, samples = _simulated(plans, points, runs, seed, replications)
    first = samples[0]
    sides = [
        Side(
            name=plan.name,
            outcome=_for_charts(outcome),
            differences={} if index == 0 else differences(plans[0], first, plan, samples[index]),
        )
        for index, (plan, outcome) in enumerate(zip(plans, outcomes, strict=True))
    ]
    return Comparison(seed=seed, replications=replications, sides=tuple(sides))


def differences(
    first: Loaded, base: Sequence[Sample], other: Loaded, samples: Sequence[Sample]
) -> dict[str, Difference]:
    """Return the paired difference of every measure that both plans have, in the same unit."""
    found = {}
    for name in base[0]:
        unit = unit_of(name, other.scenario.currency)
        if name not in samples[0] or unit != unit_of(name, first.scenario.currency):
            continue
        values = [there[name] - here[name] for here, there in zip(base, samples, strict=True)]
        known = [value for value in values if not np.isnan(value)]
        if known:
            found[name] = _difference(known, unit)
    return found


def _difference(values: Sequence[float], unit: str) -> Difference:
    mean, low, high = mean_interval(values)
    word: Word = "unclear"
    if not any(values):
        word = "same"
    elif low > 0 or high < 0:
        word = "more" if low > 0 else "less"
    needed = None
    if word == "unclear" and mean and isfinite(high):
        # An interval shrinks with the square root of the number of replications.
        needed = max(1, ceil(len(values) * (((high - mean) / mean) ** 2 - 1)))
    estimate = Estimate(mean=short(mean), low=short(low), high=short(high), unit=unit)
    return Difference(estimate=estimate, pairs=len(values), word=word, needed=needed)


def _simulated(
    plans: Sequence[Loaded], points: Points, runs: RunStore | None, seed: int, replications: int
) -> tuple[list[Outcome], list[list[Sample]]]:
    """Return every plan's outcome and the measures of its replications, in order.

    Plans that differ in name or targets alone are simulated once. What is known of a plan is kept
    as soon as its last replication is there, for a comparison that is broken off and begun again.
    """
    keys = [samples_fingerprint(plan, seed) for plan in plans]
    known_as = [fingerprint(plan, seed, replications) for plan in plans]
    outcomes = {
        mark: outcome
        for mark in known_as
        if runs is not None and (outcome := runs.get(mark, points.floor)) is not None
    }
    samples: dict[str, list[Sample]] = {
        key: _kept_samples(key, points, replications) for key in keys
    }
    due = {
        key: plan
        for key, mark, plan in zip(keys, known_as, plans, strict=True)
        if mark not in outcomes or len(samples[key]) < replications
    }
    for owner, results in _replications(due, points, seed, replications):
        samples[owner] = [result.measures for result in results]
        if points.store is not None:
            points.store.put(owner, samples[owner])
        for key, mark, plan in zip(keys, known_as, plans, strict=True):
            if key == owner and mark not in outcomes:
                outcomes[mark] = _outcome(plan, results, points, runs, seed)
    return [outcomes[mark] for mark in known_as], [samples[key] for key in keys]


def _kept_samples(key: str, points: Points, replications: int) -> list[Sample]:
    return [] if points.store is None else points.store.get(key)[:replications]


def _replications(
    due: Mapping[str, Loaded], points: Points, seed: int, replications: int
) -> Iterator[tuple[str, list[Replication]]]:
    """Yield the key of every plan that is due with its replications, one plan after the other."""
    numbers = batches(0, replications)
    tasks = [
        partial(replications_of, plan.scenario, seed, points.floor, some)
        for plan in due.values()
        for some in numbers
    ]
    results = points.workers.results(tasks)
    for key in due:
        found: list[Replication] = []
        for batch in islice(results, len(numbers)):
            found += batch
            points.done(len(batch))
        yield key, found


def _outcome(
    plan: Loaded,
    replications: Sequence[Replication],
    points: Points,
    runs: RunStore | None,
    seed: int,
) -> Outcome:
    outcome = summarise(
        plan.scenario,
        replications,
        hours_of(plan.scenario),
        name=plan.name,
        fingerprint=fingerprint(plan, seed, len(replications)),
        seed=seed,
        floor=points.floor,
    )
    if runs is not None:
        runs.put(outcome)
    return outcome


def _for_charts(outcome: Outcome) -> Outcome:
    """Return the outcome without what is not shown beside others."""
    hours = 1 + max(
        (hour for name in SHOWN_SERIES for hour, mean in enumerate(outcome.series[name].mean)
         if mean > 0), default=0
    )  # fmt: skip
    return replace(
        outcome,
        hour_starts=outcome.hour_starts[:hours],
        series={name: _drawn(outcome.series[name], hours) for name in SHOWN_SERIES},
        lead_times=(),
        samples={},
        late_by_class=(),
        people=(),
        collections=(),
        costs=(),
        funnel=(),
        channels=(),
        shops=(),
        sold_out=(),
        actions=(),
    )


def _drawn(band: Band, hours: int) -> Band:
    def rounded(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(float(f"{value:.{FIGURES}g}") for value in values[:hours])

    return Band(
        mean=rounded(band.mean), low=rounded(band.low), high=rounded(band.high), unit=band.unit
    )
