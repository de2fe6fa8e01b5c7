"""How much can we take: the largest volume that still holds the targets, and what breaks then.

Every volume is a multiple of the scenario's own traffic, and all of them meet the same simulated
customers: more traffic adds some and leaves the others as they are (`simulate.demand.layers`), so
that volumes differ by what came on top alone (common random numbers). A few campaigns at volumes
far apart show the course of every measure; at the volume where a mean crosses its target, more
campaigns show how wide the band around it is, and so where the verdict becomes clear on each side.
This is the stochastic root finding of R. Pasupathy and S. Kim ("The stochastic root-finding
problem", ACM Transactions on Modeling and Computer Simulation 21, 2011) on fixed sample paths. The
answer is an interval: what surely holds, and what surely does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from simulate.experiment.kept import kept
from simulate.experiment.points import Points
from simulate.experiment.replications import batches, replications_of
from simulate.experiment.volume_search import (
    FINEST,
    FIRST,
    VolumeSearch,
    campaigns_needed,
    close_in,
    explore,
    missed_of,
)
from simulate.results.bottleneck import bottleneck
from simulate.results.estimates import estimate
from simulate.results.fingerprint import samples_fingerprint
from simulate.results.outcome import Bottleneck, Estimate, VerdictWord
from simulate.results.sample_store import Sample
from simulate.results.summary import estimate_of
from simulate.results.verdict import bounds
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import refusal
from simulate.scenario.promises import AT_LEAST
from simulate.scenario.quantities import Share

MOST = 40
"""Campaigns at each volume near the limit, unless said otherwise."""

PRECISION = 0.02
"""The answer is not looked for more closely than this part of the volume."""

COARSEST = 0.5
SHOWN = ("on_time_share", "paid_orders")
DAY = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What a volume gives: the `multiple` of the plan's traffic, and `traffic` as it is written.

    `measures`: those of all targets, the share on time and paid orders, over `replications`, a
    share of 1 as sure as it is at some larger volume;
    `orders_a_day`: paid orders a day of the campaign. `word`: the verdict on these alone. `missed`:
    targets that are missed on average.
    """

    multiple: float
    traffic: str
    replications: int
    word: VerdictWord
    measures: dict[str, Estimate]
    orders_a_day: Estimate
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLimit:
    """Up to which multiple tried a target surely `holds`, and from which it surely `breaks`.

    None if it holds, or breaks, at none. `target` in the unit of its measure.
    """

    measure: str
    target: float
    at_least: bool
    holds: float | None
    breaks: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The largest volume that holds all targets lies between two multiples of the plan's traffic.

    `holds`: the largest tried at which every target surely holds, None if there is none; `breaks`:
    the smallest above it at which one surely does not, None if none was found. A target that
    surely holds at a larger volume, and on average here, counts as held. `most`: campaigns at a
    volume near the limit; `needed`: about how many would bring the two within `precision`, None if
    they are.
    `targets`: the one that breaks first comes first. `bottleneck`: at the volume that breaks, or
    the largest.
    """

    scenario: str
    seed: int
    precision: float
    most: int
    holds: float | None
    breaks: float | None
    needed: int | None
    volumes: tuple[Volume, ...]
    targets: tuple[TargetLimit, ...]
    bottleneck: Bottleneck | None

    def volume(self, multiple: float | None) -> Volume | None:
        """Return what was found at a multiple that was tried."""
        return next((each for each in self.volumes if each.multiple == multiple), None)


def limit(
    loaded: Loaded,
    points: Points,
    *,
    seed: int | None = None,
    most: int | None = None,
    precision: float = PRECISION,
    folder: Path | None = None,
    published: Path | None = None,
    publish: set[str] | None = None,
) -> Limit:
    """Return the largest volume of `loaded` that holds its targets.

    `most`: campaigns at each volume near the limit. Kept in `folder`; `published` and `publish` as
    in `kept`. Raises InputError for a scenario without targets or without traffic, or a precision
    that is not from 0.1 % to 50 %.
    """
    scenario = loaded.scenario
    if not bounds(scenario.targets):
        raise refusal(
            f"`{loaded.name}` has no targets, so no volume is too much: write `targets`, such as "
            "`on_time_share: 98%`"
        )
    if not scenario.traffic:
        raise refusal(f"`{loaded.name}` has no traffic of which there could be more")
    if not FINEST <= precision <= COARSEST:
        raise refusal("the precision is a share from 0.1% to 50%")
    seed = scenario.seed if seed is None else seed
    most = max(FIRST, MOST if most is None else most)
    key: dict[str, object] = {
        "samples": samples_fingerprint(loaded, seed),
        "targets": loaded.canonical_targets,
        "most": [most, max(most, scenario.replications)],
        "precision": precision,
        "seed": seed,
    }
    found = kept(
        folder,
        "limit",
        key,
        lambda: _searched(loaded, points, seed, most, precision),
        Limit,
        published=published,
        publish=publish,
    )
    return replace(found, scenario=loaded.name)


def parse_precision(text: str) -> float:
    """Return a precision as planners write it, such as ``2%``; raise InputError for another."""
    try:
        return float(TypeAdapter(Share).validate_python(text))
    except ValidationError as error:
        raise refusal(f"the precision: {error.errors()[0]['msg']}") from None


def _searched(loaded: Loaded, points: Points, seed: int, most: int, precision: float) -> Limit:
    search = VolumeSearch(loaded, points, seed)
    explore(search)
    close_in(search, most, precision)
    low, high = search.passing, search.failing
    return Limit(
        scenario=loaded.name,
        seed=seed,
        precision=precision,
        most=most,
        holds=low,
        breaks=high,
        needed=campaigns_needed(low, high, most, precision),
        volumes=tuple(_volume(search, each) for each in _told(search)),
        targets=_targets(search),
        bottleneck=_bottleneck(search, high or search.tried[-1]),
    )


def _told(search: VolumeSearch) -> list[float]:
    """Return the multiples tried, but those of few campaigns amid those of many."""
    numbers = {each: len(search.samples[each]) for each in search.tried}
    many = [each for each, number in numbers.items() if number > FIRST and each != 1.0]
    return [
        each
        for each, number in numbers.items()
        if number > FIRST or not many or not min(many) < each < max(many)
    ]


def _volume(search: VolumeSearch, multiple: float) -> Volume:
    scenario, samples = search.loaded.scenario, search.samples[multiple]
    verdict = search.verdict(multiple)
    measures = {each.measure: each.estimate for each in verdict.judgements}
    for name in SHOWN:
        values = [each[name] for each in samples if isfinite(each.get(name, np.nan))]
        if values:
            measures[name] = estimate_of(name, values, scenario.currency)
    measures |= _surer(search, multiple, measures)
    return Volume(
        multiple=multiple,
        traffic=f"{search.plans[multiple].scenario.traffic:g}x",
        replications=len(samples),
        word=search.word(multiple),
        measures=measures,
        orders_a_day=_orders_a_day(search, multiple),
        missed=missed_of(verdict),
    )


def _orders_a_day(search: VolumeSearch, multiple: float) -> Estimate:
    """Return the paid orders a day of a volume.

    Where few campaigns were simulated, by what these have more or fewer orders of the plan than
    all do (the ratio estimator: W. G. Cochran, Sampling Techniques, 1977, chapter 6).
    """
    days = search.loaded.scenario.traffic_seconds / DAY

    def daily(samples: Sequence[Sample]) -> list[float]:
        return [(each["paid_orders"] - each.get("opening_orders", 0.0)) / days for each in samples]

    here, plan = daily(search.samples[multiple]), daily(search.samples.get(1.0, []))
    ratio = 1.0
    if len(here) < len(plan) and any(plan[: len(here)]):
        ratio = float(np.mean(plan) / np.mean(plan[: len(here)]))
    return estimate([each * ratio for each in here], "orders")


def _surer(
    search: VolumeSearch, multiple: float, measures: dict[str, Estimate]
) -> dict[str, Estimate]:
    """Return the shares without any exception, each as sure as it is at some larger volume."""
    found = {}
    for name, here in measures.items():
        if here.unit == "share" and here.mean == 1 and name in AT_LEAST:
            larger = [
                each.estimate.low
                for other in search.tried
                if other > multiple
                for each in search.verdict(other).judgements
                if each.measure == name
            ]
            found[name] = replace(here, low=max([here.low, *larger]))
    return found


def _targets(search: VolumeSearch) -> tuple[TargetLimit, ...]:
    """Return the limit of every target, the one that breaks first at the front."""
    found = []
    for name, bound in bounds(search.loaded.scenario.targets).items():
        words = [(each, word) for each, word in _words(search, name)]
        if not words:
            continue
        held = max((each for each, word in words if word == "pass"), default=None)
        broken = (each for each, word in words if word == "fail" and each > (held or 0.0))
        found.append(
            TargetLimit(
                measure=name,
                target=bound,
                at_least=name in AT_LEAST,
                holds=held,
                breaks=min(broken, default=None),
            )
        )
    endless = float("inf")
    return tuple(sorted(found, key=lambda each: (each.breaks or endless, each.holds or 0.0)))


def _words(search: VolumeSearch, measure: str) -> Iterator[tuple[float, VerdictWord]]:
    for each in search.tried:
        for judgement in search.verdict(each).judgements:
            if judgement.measure == measure:
                yield each, judgement.word


def _bottleneck(search: VolumeSearch, multiple: float) -> Bottleneck | None:
    """Return the bottleneck of the first campaigns of a volume."""
    scenario = search.plans[multiple].scenario
    tasks = [
        partial(replications_of, scenario, search.seed, search.points.floor, numbers)
        for numbers in batches(0, FIRST)
    ]
    found = [each for batch in search.points.workers.results(tasks) for each in batch]
    return bottleneck(scenario, found)
