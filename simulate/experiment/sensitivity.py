"""Which assumptions decide the verdict: one at a time, and all at once.

One at a time, an input is set to either end of its range while all others stay as planned; every
point has the same simulated customers (common random numbers), so that differences are paired.
All at once, elementary effects are taken along random paths through the ranges: M. D. Morris,
"Factorial Sampling Plans for Preliminary Computational Experiments", Technometrics 33 (1991)
161-174, with the mean of absolute effects of F. Campolongo, J. Cariboni and A. Saltelli,
Environmental Modelling & Software 22 (2007) 1509-1518, as SALib has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.experiment.break_even import BreakEven, Judged, break_evens, judged
from simulate.experiment.comparison import Difference, differences
from simulate.experiment.kept import kept
from simulate.experiment.points import Points
from simulate.experiment.varied import Varied, assumed, stated
from simulate.results.estimates import short
from simulate.results.fingerprint import digest, samples_fingerprint
from simulate.results.outcome import Estimate
from simulate.results.sample_store import Sample
from simulate.results.summary import unit_of
from simulate.results.verdict import bounds
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import did_you_mean, refusal

REPLICATIONS = 20
"""Campaigns that every point is simulated for, unless told otherwise."""

SCREENING = 5
"""Campaigns of the first look at many inputs, of which the `MOST` that matter are kept."""

MOST = 12

PATHS = 10
"""Random paths through the ranges: Morris used between 4 and 10."""

LEVELS = 4
"""Values of each input on those paths."""

ON_PATHS = 10
"""Campaigns of each of their points; what is left of luck is part of the interval."""

USUAL = "on_time_share"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An input at one end of its range, all others as planned.

    `differences` from the plan, by measure: the one that is asked for and those with a target.
    """

    written: str
    found: Judged
    differences: dict[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an input does while all others move, too.

    `size`: mean of the absolute changes of the measure when the input moves across its range, with
    its 95 % interval over the random paths. `scatter`: their standard deviation; if it is as large
    as `size`, what the input does depends on the others.
    """

    size: Estimate
    scatter: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One input: what either end of its range does, and where the verdict turns."""

    path: str
    planned: str
    low: End
    high: End
    break_evens: tuple[BreakEven, ...]
    effect: Effect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Inputs by what they do to `measure`, the strongest first.

    `asked`: how many inputs were looked at. `replications` of every point one at a time, and
    `on_paths` of each of the `points_on_paths` with several inputs moved.
    """

    fingerprint: str
    seed: int
    replications: int
    on_paths: int
    points_on_paths: int
    measure: str
    planned: Judged
    swings: tuple[Swing, ...]
    asked: int


def sensitivity(
    loaded: Loaded,
    points: Points,
    folder: Path | None,
    *,
    measure: str | None = None,
    seed: int | None = None,
    replications: int | None = None,
    publish: set[str] | None = None,
    published: Path | None = None,
) -> Sensitivity:
    """Return what each input does: those with `ranges`, or all assumed ones 20 % off.

    Unless given, `measure` is that of the target which comes nearest to turning, or goes farthest
    beyond. `folder`, `publish` and `published` are those of `kept`. Raises InputError for ranges
    that cannot be.
    """
    seed = loaded.scenario.seed if seed is None else seed
    replications = replications or REPLICATIONS
    inputs = stated(loaded) or assumed(loaded)
    if not inputs:
        raise refusal("there is no input to vary: write `ranges`, each with `least` and `most`")
    key: dict[str, object] = {
        "samples": samples_fingerprint(loaded, seed),
        "targets": loaded.canonical_targets,
        "inputs": [[each.path, each.planned, each.least, each.most] for each in inputs],
        "measure": measure,
        "replications": replications,
        "paths": [PATHS, LEVELS, ON_PATHS],
        "SALib": version("SALib"),
    }
    return kept(
        folder,
        "sensitivity",
        key,
        lambda: _searched(loaded, points, inputs, measure, seed, replications, digest(key)),
        Sensitivity,
        published=published,
        publish=publish,
    )


def _searched(
    loaded: Loaded,
    points: Points,
    inputs: Sequence[Varied],
    measure: str | None,
    seed: int,
    replications: int,
    fingerprint: str,
) -> Sensitivity:
    asked = len(inputs)
    if asked > MOST:
        inputs = _screened(loaded, points, inputs, measure, seed)
    base, ends = _ends(loaded, points, inputs, seed, replications)
    if measure is not None and measure not in base[0]:
        raise refusal(f"there is no measure `{measure}`{did_you_mean(measure, base[0])}")
    judgements = _judged_ends(loaded, base, ends)
    measure = measure or deciding(loaded, *judgements)
    wanted = dict.fromkeys([measure, *bounds(loaded.scenario.targets)])
    found = [
        [_end(loaded, base, each, side, samples, wanted) for side, samples in enumerate(pair)]
        for each, pair in zip(inputs, ends, strict=True)
    ]
    turned = break_evens(loaded, points, inputs, *judgements, seed, replications)
    effects = _effects(loaded, points, inputs, measure, seed)
    swings = [
        Swing(
            path=each.path,
            planned=each.planned,
            low=pair[0],
            high=pair[1],
            break_evens=turn,
            effect=effect,
        )
        for each, pair, turn, effect in zip(inputs, found, turned, effects, strict=True)
    ]
    return Sensitivity(
        fingerprint=fingerprint,
        seed=seed,
        replications=replications,
        on_paths=ON_PATHS,
        points_on_paths=PATHS * (len(inputs) + 1),
        measure=measure,
        planned=judged(loaded, base, [measure]),
        swings=tuple(sorted(swings, key=lambda swing: -size_of(swing, measure))),
        asked=asked,
    )


def deciding(loaded: Loaded, planned: Judged, ends: Sequence[Sequence[Judged]]) -> str:
    """Return the target of whose distance from the plan the inputs use up most, at either end."""
    used = {
        name: max((_used(name, bound, planned, end) for pair in ends for end in pair), default=0.0)
        for name, bound in bounds(loaded.scenario.targets).items()
        if name in planned.estimates
    }
    return max(used, key=lambda name: used[name]) if any(used.values()) else USUAL


def _used(name: str, bound: float, planned: Judged, end: Judged) -> float:
    """Return how much of the distance between plan and target an end uses up, either way."""
    if name not in end.estimates:
        return 0.0
    distance = abs(bound - planned.estimates[name].mean)
    moved = abs(end.estimates[name].mean - planned.estimates[name].mean)
    return moved / max(distance, 1e-6 * max(abs(bound), 1.0))


def _judged_ends(
    loaded: Loaded, base: Sequence[Sample], ends: Sequence[Sequence[Sequence[Sample]]]
) -> tuple[Judged, list[list[Judged]]]:
    """Return what was found for the plan, and for every input at both ends of its range."""
    return judged(loaded, base), [[judged(loaded, some) for some in pair] for pair in ends]


def size_of(swing: Swing, measure: str) -> float:
    """Return how far a measure moves between the ends of a range and the plan, at most."""
    means = [
        end.differences[measure].estimate.mean if measure in end.differences else 0.0
        for end in (swing.low, swing.high)
    ]
    return max(map(abs, [*means, means[0] - means[1]]))


def _screened(
    loaded: Loaded, points: Points, inputs: Sequence[Varied], measure: str | None, seed: int
) -> list[Varied]:
    """Return the inputs that move the measure, or any target, most in a few campaigns."""
    base, ends = _ends(loaded, points, inputs, seed, SCREENING)
    planned, found = _judged_ends(loaded, base, ends)
    targets = bounds(loaded.scenario.targets)

    def moved(index: int) -> float:
        if measure is None and targets:
            return max(
                _used(name, bound, planned, end)
                for name, bound in targets.items()
                if name in planned.estimates
                for end in found[index]
            )
        return max(
            abs(there.get(measure or USUAL, 0.0) - here.get(measure or USUAL, 0.0))
            for samples in ends[index]
            for here, there in zip(base, samples, strict=True)
        )

    strongest = sorted(range(len(inputs)), key=lambda index: (-moved(index), index))[:MOST]
    return [inputs[index] for index in sorted(strongest)]


def _ends(
    loaded: Loaded, points: Points, inputs: Sequence[Varied], seed: int, replications: int
) -> tuple[list[Sample], list[list[list[Sample]]]]:
    """Return the samples of the plan, and of every input at both ends of its range."""
    asked = [loaded] + [
        changed(loaded, {each.path: text}) for each in inputs for text in (each.least, each.most)
    ]
    base, *found = points.at(asked, seed, replications)
    return base, [found[2 * index : 2 * index + 2] for index in range(len(inputs))]


def _end(
    loaded: Loaded,
    base: Sequence[Sample],
    each: Varied,
    side: int,
    samples: Sequence[Sample],
    wanted: Sequence[str] | dict[str, None],
) -> End:
    against = differences(loaded, base, loaded, samples)
    return End(
        written=(each.least, each.most)[side],
        found=judged(loaded, samples, wanted),
        differences={name: against[name] for name in wanted if name in against},
    )


def _effects(
    loaded: Loaded, points: Points, inputs: Sequence[Varied], measure: str, seed: int
) -> list[Effect | None]:
    """Return every input's elementary effects; none if the measure is not always known."""
    paths = random_paths(len(inputs), seed)
    asked = [
        changed(loaded, {each.path: each.at(at) for each, at in zip(inputs, row, strict=True)})
        for row in paths.tolist()
    ]
    samples = points.at(asked, seed, ON_PATHS)
    values = np.array([np.mean([each[measure] for each in some]) for some in samples])
    if not np.isfinite(values).all():
        return [None] * len(inputs)
    unit = unit_of(measure, loaded.scenario.currency)
    return list(effects_on(paths, values, unit, seed))


def random_paths(inputs: int, seed: int) -> Floats:
    """Return the points of `PATHS` random paths, a row each, with positions from 0 to 1."""
    from SALib.sample import morris

    paths: Floats = morris.sample(_problem(inputs), PATHS, num_levels=LEVELS, seed=seed % 2**32)
    return paths


def effects_on(paths: Floats, values: Floats, unit: str, seed: int) -> list[Effect]:
    """Return the effect of every input on `values`, one for each point of the `paths`."""
    from SALib.analyze import morris

    inputs = paths.shape[1]
    found = morris.analyze(
        _problem(inputs), paths, values, num_levels=LEVELS, num_resamples=1000, seed=seed % 2**32
    )
    return [_effect(found, index, unit) for index in range(inputs)]


def _problem(inputs: int) -> dict[str, Any]:
    return {
        "num_vars": inputs,
        "names": [str(index) for index in range(inputs)],
        "bounds": [[0.0, 1.0]] * inputs,
    }


def _effect(found: Any, index: int, unit: str) -> Effect:
    size, half = float(found["mu_star"][index]), float(found["mu_star_conf"][index])
    half = half if isfinite(half) else size
    return Effect(
        size=Estimate(
            mean=short(size), low=short(max(0.0, size - half)), high=short(size + half), unit=unit
        ),
        scatter=short(float(found["sigma"][index])),
    )


def about(loaded: Loaded, replications: int | None = None) -> int:
    """Return about how many campaigns the answer takes."""
    inputs = len(loaded.scenario.ranges)
    screening = 0 if inputs else SCREENING * 2 * len(loaded.inputs) // 2
    strongest = min(inputs or MOST, MOST)
    rounds = 2  # of the search for where the verdict turns, as most inputs do not turn it
    one_at_a_time = strongest * (2 + rounds) * (replications or REPLICATIONS)
    return screening + one_at_a_time + PATHS * (strongest + 1) * ON_PATHS
