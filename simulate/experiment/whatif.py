"""What if? Every combination of a few values of up to three inputs, each simulated.

All points have the same simulated customers, and each the numbers that a run with these inputs
and as many replications gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import floor, prod
from pathlib import Path

from simulate.experiment.break_even import judged
from simulate.experiment.kept import kept
from simulate.experiment.points import Points
from simulate.experiment.varied import Varied, parted, shown, sliders, varied
from simulate.results.fingerprint import digest, samples_fingerprint
from simulate.results.outcome import Estimate, VerdictWord
from simulate.results.verdict import bounds
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import refusal, shortened
from simulate.scenario.ranges import MOST_INPUTS

REPLICATIONS = 10
"""Campaigns that every point is simulated for, unless told otherwise."""

MOST_POINTS = 300
MOST_VALUES = 30
MEASURES = ("on_time_share", "late_orders", "lead_time_p90", "peak_backlog", "cost_per_order")
"""What is kept of every point beside the measures that have a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An input and the values it takes, as written.

    They begin with the number `first` in `unit` and go up by `step`. `start` is the one nearest to
    what is `planned`.
    """

    path: str
    planned: str
    values: tuple[str, ...]
    first: float
    step: float
    unit: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPoint:
    """A combination: the number of each axis's value, the verdict, the measures."""

    at: tuple[int, ...]
    word: VerdictWord
    estimates: dict[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A grid; `points` in order, the last axis moving fastest."""

    fingerprint: str
    seed: int
    replications: int
    axes: tuple[Axis, ...]
    points: tuple[GridPoint, ...]


def whatif(
    loaded: Loaded,
    points: Points,
    folder: Path | None,
    *,
    axes: Sequence[Axis] | None = None,
    seed: int | None = None,
    replications: int | None = None,
    publish: set[str] | None = None,
    published: Path | None = None,
) -> WhatIf:
    """Return the grid over `axes`, those of the scenario's `whatif` unless given.

    `folder`, `publish` and `published` are those of `kept`. Raises InputError for a grid that
    cannot be.
    """
    axes = stated_axes(loaded) if axes is None else list(axes)
    _check(axes)
    seed = loaded.scenario.seed if seed is None else seed
    replications = replications or REPLICATIONS
    key: dict[str, object] = {
        "samples": samples_fingerprint(loaded, seed),
        "targets": loaded.canonical_targets,
        "axes": [[each.path, *each.values] for each in axes],
        "replications": replications,
    }
    return kept(
        folder,
        "whatif",
        key,
        lambda: _grid(loaded, points, axes, seed, replications, digest(key)),
        WhatIf,
        published=published,
        publish=publish,
    )


def stated_axes(loaded: Loaded) -> list[Axis]:
    """Return the axes below `whatif`; raise InputError if there are none or if one cannot be."""
    spans = loaded.scenario.whatif
    if not spans:
        raise refusal(
            "no input is named: write `whatif` into the scenario, or "
            "`--vary traffic=0.8x..1.6x:0.2x`"
        )
    return [
        axis_of(each, str(spans[each.path].step), loaded, ("whatif", each.path, "step"))
        for each in sliders(loaded)
    ]


def parse_axis(loaded: Loaded, text: str) -> Axis:
    """Return the axis of ``traffic=0.8x..1.6x:0.2x``; raise InputError if it is none."""
    path, sign, span = text.partition("=")
    ends, colon, step = span.partition(":")
    least, dots, most = ends.partition("..")
    if not (sign and colon and dots and path.strip()):
        raise refusal(
            f"`{shortened(text)}` names no values: write a path, two ends and a step, such as "
            "`traffic=0.8x..1.6x:0.2x`"
        )
    return axis_of(varied(loaded, path.strip(), least.strip(), most.strip()), step.strip(), loaded)


def axis_of(each: Varied, step: str, loaded: Loaded, loc: Sequence[str] | None = None) -> Axis:
    """Return the axis that goes through a range by `step`."""
    place = None if loc is None else loaded.place(tuple(loc))
    by, unit = parted(step)
    planned, least, most = each.numbers
    unit_of_range = parted(each.least)[1]
    if unit != unit_of_range or by <= 0:
        like = shown((most - least) / 4, unit_of_range)
        raise refusal(f"`{shortened(step)}` is no step of `{each.path}`: write `{like}`", place)
    number = 1 + floor((most - least) / by + 1e-9)
    if not 2 <= number <= MOST_VALUES:
        raise refusal(
            f"`{each.path}` takes {number} values: 2 to {MOST_VALUES} can be told apart", place
        )
    values = [float(f"{least + index * by:.9g}") for index in range(number)]
    return Axis(
        path=each.path,
        planned=each.planned,
        values=tuple(shown(value, unit_of_range) for value in values),
        first=least,
        step=by,
        unit=unit_of_range,
        start=min(range(number), key=lambda index: abs(values[index] - planned)),
    )


def point_at(found: WhatIf, at: Sequence[int]) -> GridPoint:
    """Return the point with these numbers of its axes' values."""
    index = 0
    for axis, number in zip(found.axes, at, strict=True):
        index = index * len(axis.values) + number
    return found.points[index]


def changes_at(axes: Sequence[Axis], at: Sequence[int]) -> Mapping[str, str]:
    """Return what is changed in the scenario at a point."""
    return {axis.path: axis.values[number] for axis, number in zip(axes, at, strict=True)}


def size_of(axes: Sequence[Axis]) -> int:
    """Return the number of points."""
    return prod(len(axis.values) for axis in axes)


def _check(axes: Sequence[Axis]) -> None:
    if len(axes) > MOST_INPUTS:
        raise refusal(f"{len(axes)} inputs are named: at most {MOST_INPUTS} can be moved at once")
    if len({axis.path for axis in axes}) < len(axes):
        raise refusal("an input is named twice")
    size = size_of(axes)
    if size > MOST_POINTS:
        raise refusal(f"that makes {size:,} points, more than {MOST_POINTS}: take larger steps")


def _grid(
    loaded: Loaded,
    points: Points,
    axes: Sequence[Axis],
    seed: int,
    replications: int,
    fingerprint: str,
) -> WhatIf:
    places = list(product(*(range(len(axis.values)) for axis in axes)))
    asked = [changed(loaded, dict(changes_at(axes, at))) for at in places]
    samples = points.at(asked, seed, replications)
    wanted = dict.fromkeys([*MEASURES, *bounds(loaded.scenario.targets)])
    found = [judged(loaded, some, [name for name in wanted if name in some[0]]) for some in samples]
    return WhatIf(
        fingerprint=fingerprint,
        seed=seed,
        replications=replications,
        axes=tuple(axes),
        points=tuple(
            GridPoint(at=at, word=each.word, estimates=each.estimates)
            for at, each in zip(places, found, strict=True)
        ),
    )
