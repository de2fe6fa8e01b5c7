"""How much can we take: the largest volume that still holds the targets, and what breaks then.

Every volume is a multiple of the scenario's own traffic, and all of them meet the same simulated
customers: more traffic adds some and leaves the others as they are (`simulate.demand.layers`), so
that volumes differ by what came on top alone (common random numbers). A few campaigns at volumes
far apart show the course of every measure; at the volume where a mean crosses its target, more
campaigns show how wide the band around it is, and so where the verdict becomes clear on either side.
This is the stochastic root finding of R. Pasupathy and S. Kim ("The stochastic root-finding
problem", ACM Transactions on Modeling and Computer Simulation 21, 2011) on fixed sample paths. The
answer is an interval: what surely holds, and what surely does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil, floor, isfinite, log
from pathlib import Path

import numpy as np

from simulate.experiment.kept import kept
from simulate.experiment.points import Points
from simulate.experiment.replications import batches, replications_of
from simulate.experiment.stopping import estimates, more_needed
from simulate.results.bottleneck import bottleneck
from simulate.results.estimates import estimate
from simulate.results.fingerprint import samples_fingerprint
from simulate.results.outcome import Bottleneck, Estimate, Judgement, Verdict, VerdictWord
from simulate.results.sample_store import Sample
from simulate.results.summary import estimate_of
from simulate.results.verdict import bounds, holds, judge
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError, refusal
from simulate.scenario.promises import AT_LEAST

GRID = (0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)
MORE, LESS = (2.8, 4.0, 5.6, 8.0, 11.0, 16.0), (0.35, 0.25, 0.12, 0.06)
"""Volumes that are looked at first, and those beyond as long as nothing breaks, or all does."""

FIRST = 10
"""Campaigns at each of these."""

MOST = 50
"""Campaigns at each volume near the limit, unless said otherwise."""

PRECISION = 0.02
"""The answer is not looked for more closely than this part of the volume."""

ROUNDS = 3
"""So often the volumes of a clear verdict are looked for, each time from all that is known."""

FINEST = 0.001
SHOWN = ("on_time_share", "paid_orders")
DAY = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What a volume gives: the `multiple` of the plan's traffic, and `traffic` as it is written.

    `measures`: those of all targets, the share on time and paid orders, over `replications`;
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
    if not FINEST <= precision <= 0.5:
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


@dataclass(slots=True)
class _Search:
    """What is known of volumes, by multiple."""

    loaded: Loaded
    points: Points
    seed: int
    plans: dict[float, Loaded] = field(default_factory=dict)
    samples: dict[float, list[Sample]] = field(default_factory=dict)

    def look(self, multiples: Sequence[float], replications: int) -> bool:
        """Simulate so many campaigns of every multiple; False if one of them is not possible."""
        try:
            self.plans |= {each: self._plan(each) for each in multiples if each not in self.plans}
        except InputError:
            return False
        plans = [self.plans[each] for each in multiples]
        found = self.points.at(plans, self.seed, replications)
        for each, samples in zip(multiples, found, strict=True):
            if len(samples) > len(self.samples.get(each, [])):
                self.samples[each] = samples
        return True

    def _plan(self, multiple: float) -> Loaded:
        traffic = self.loaded.scenario.traffic * multiple
        return changed(self.loaded, {"traffic": f"{traffic:.6g}x"})

    @property
    def tried(self) -> list[float]:
        """Every multiple, ascending."""
        return sorted(self.samples)

    def verdict(self, multiple: float) -> Verdict:
        """Return the verdict on a multiple by itself."""
        scenario = self.loaded.scenario
        return judge(scenario.targets, estimates(scenario, self.samples[multiple]))

    def word(self, multiple: float) -> VerdictWord:
        """Return the verdict on a multiple with what is known of larger ones."""
        words = {self._word(multiple, each) for each in self.verdict(multiple).judgements}
        if "fail" in words or not words:
            return "fail" if words else "none"
        return "inconclusive" if "inconclusive" in words else "pass"

    def _word(self, multiple: float, judgement: Judgement) -> VerdictWord:
        mean = judgement.estimate.mean
        if judgement.word != "inconclusive" or not holds(judgement.measure, mean, judgement.target):
            return judgement.word
        larger = (
            each.word
            for other in self.tried
            if other > multiple
            for each in self.verdict(other).judgements
            if each.measure == judgement.measure
        )
        return "pass" if "pass" in larger else "inconclusive"

    def on_average(self, multiple: float) -> bool:
        """Tell whether every target holds on average."""
        return not _missed(self.verdict(multiple))

    @property
    def passing(self) -> float | None:
        """The largest multiple that surely holds every target."""
        return max((each for each in self.tried if self.word(each) == "pass"), default=None)

    @property
    def failing(self) -> float | None:
        """The smallest multiple above `passing` that surely misses a target."""
        above = self.passing or 0.0
        fails = (each for each in self.tried if each > above and self.word(each) == "fail")
        return min(fails, default=None)


def _searched(loaded: Loaded, points: Points, seed: int, most: int, precision: float) -> Limit:
    search = _Search(loaded, points, seed)
    _explore(search)
    _close_in(search, most, precision)
    low, high = search.passing, search.failing
    return Limit(
        scenario=loaded.name,
        seed=seed,
        precision=precision,
        most=most,
        holds=low,
        breaks=high,
        needed=_needed(low, high, most, precision),
        volumes=tuple(_volume(search, each) for each in search.tried),
        targets=_targets(search),
        bottleneck=_bottleneck(search, high or search.tried[-1]),
    )


def _explore(search: _Search) -> None:
    """Look at volumes far apart, until some hold on average and a larger one does not."""
    if not search.look(GRID, FIRST) and not search.look(GRID[:4], FIRST):
        search.look([1.0], FIRST)
    for each in MORE:
        if not search.on_average(search.tried[-1]) or not search.look([each], FIRST):
            break
    for each in LESS:
        if any(search.on_average(other) for other in search.tried):
            break
        search.look([each], FIRST)


def _close_in(search: _Search, most: int, precision: float) -> None:
    """Find the volumes next to the limit at which the verdict is clear."""
    middle = _crossing(search, precision)
    if middle is None:
        _assure(search, search.tried[-1], most)
        return
    search.look([middle], most)
    for _ in range(ROUNDS):
        low, high = search.passing, search.failing
        if _needed(low, high, most, precision) is None:
            return
        asked = [each for each in _edges(search, middle, precision) if _is_new(search, each, most)]
        if not asked:
            break
        search.look(asked, most)
    _assure(search, min(_edges(search, middle, precision)), most)


def _is_new(search: _Search, multiple: float, most: int) -> bool:
    return len(search.samples.get(multiple, [])) < most


def _assure(search: _Search, multiple: float, most: int) -> None:
    """Simulate as many campaigns as show that what never happened is rare.

    An exception that no campaign had says little on few of them, and no other volume helps where
    none has any.
    """
    scenario = search.loaded.scenario
    search.look([multiple], most)
    if search.word(multiple) != "inconclusive":
        return
    more = more_needed(scenario, search.samples[multiple])
    total = len(search.samples[multiple]) + (more or 0)
    spotless = [
        each.word != "inconclusive"
        or (each.estimate.unit == "share" and each.estimate.mean in (0, 1))
        for each in search.verdict(multiple).judgements
    ]
    if more and all(spotless) and total <= max(most, scenario.replications):
        search.look([multiple], total)


def _lattice(search: _Search, precision: float) -> list[float]:
    """Return the multiples that are looked at, `precision` apart, within those tried."""
    step, tried = log(1 + precision), search.tried
    first, last = ceil(log(tried[0]) / step), floor(log(tried[-1]) / step)
    return [float(f"{(1 + precision) ** number:.4g}") for number in range(first, last + 1)]


def _crossing(search: _Search, precision: float) -> float | None:
    """Return the multiple at which a mean is expected to cross its target; None if none does."""
    held = [each for each in search.tried if search.on_average(each)]
    if not held or held[-1] == search.tried[-1]:
        return None
    above = [each for each in _lattice(search, precision) if each > held[-1]]
    slack = _slack(search, above, None, 0)
    return next((each for each, left in zip(above, slack, strict=True) if left < 0), above[-1])


def _edges(search: _Search, middle: float, precision: float) -> list[float]:
    """Return the multiples at which a pass and a fail are expected to be clear.

    They lie one step outside of what was found unclear on as many campaigns.
    """
    lattice = _lattice(search, precision)
    most = len(search.samples[middle])
    unclear = [
        each
        for each in search.tried
        if len(search.samples[each]) >= most and search.word(each) == "inconclusive"
    ] or [middle]
    lowest, highest = min(unclear), max(unclear)
    worst = _slack(search, lattice, lowest, -1)
    best = _slack(search, lattice, highest, 1)
    is_open = search.word(middle) == "inconclusive"
    passes = [
        each
        for each, left in zip(lattice, worst, strict=True)
        if left >= 0 and (each < lowest or not is_open)
    ]
    fails = [
        each
        for each, left in zip(lattice, best, strict=True)
        if left < 0 and (each > highest or not is_open)
    ]
    below = [each for each in lattice if each < lowest] or lattice[:1]
    beyond = [each for each in lattice if each > highest] or lattice[-1:]
    return [max(passes, default=below[-1]), min(fails, default=beyond[0])]


def _slack(
    search: _Search, multiples: Sequence[float], anchor: float | None, side: int
) -> Sequence[float]:
    """Return by how much the tightest target is expected to be held, in bands of its measure.

    The course of a mean is that of the first campaigns of every volume tried, drawn straight
    between them (over the logarithm of the volume). It is moved to go through the `anchor`, where
    more are known, and `side` -1 or 1 takes the band's worse or better edge there.
    """
    scenario = search.loaded.scenario
    tried, found = search.tried, []
    means = [estimates(scenario, search.samples[each][:FIRST]) for each in tried]
    for name, bound in bounds(scenario.targets).items():
        if any(name not in each for each in means):
            continue
        sign = 1.0 if name in AT_LEAST else -1.0
        course = [sign * (each[name].mean - bound) for each in means]
        scale = max(abs(bound), 1e-9)
        here = np.interp(np.log(multiples), np.log(tried), course)
        if anchor is not None:
            known = estimates(scenario, search.samples[anchor])[name]
            here = here + sign * known.mean - sign * bound - course[tried.index(anchor)]
            worse, better = sorted((known.low, known.high), key=lambda edge: sign * edge)
            is_spotless = known.unit == "share" and known.mean in (0, 1)
            edge = known.mean if is_spotless else (better if side > 0 else worse)
            here = here + sign * (edge - known.mean)
        found.append(here / scale)
    return np.min(found, axis=0).tolist() if found else [1.0] * len(multiples)


def _needed(low: float | None, high: float | None, most: int, precision: float) -> int | None:
    """Return about how many campaigns would bring the two within the precision.

    Bands shrink with the square root of their number. None if the two are near enough, or if one
    of them is missing.
    """
    if low is None or high is None:
        return None
    gap = high / low - 1
    if gap <= precision + FINEST:
        return None
    return ceil(most * (gap / precision) ** 2)


def _missed(verdict: Verdict) -> tuple[str, ...]:
    return tuple(
        each.measure
        for each in verdict.judgements
        if not holds(each.measure, each.estimate.mean, each.target)
    )


def _volume(search: _Search, multiple: float) -> Volume:
    scenario, samples = search.loaded.scenario, search.samples[multiple]
    verdict = search.verdict(multiple)
    measures = {each.measure: each.estimate for each in verdict.judgements}
    for name in SHOWN:
        values = [each[name] for each in samples if isfinite(each.get(name, np.nan))]
        if values:
            measures[name] = estimate_of(name, values, scenario.currency)
    days = scenario.traffic_seconds / DAY
    daily = [(each["paid_orders"] - each.get("opening_orders", 0.0)) / days for each in samples]
    return Volume(
        multiple=multiple,
        traffic=f"{search.plans[multiple].scenario.traffic:g}x",
        replications=len(samples),
        word=search.word(multiple),
        measures=measures,
        orders_a_day=estimate(daily, "orders"),
        missed=_missed(verdict),
    )


def _targets(search: _Search) -> tuple[TargetLimit, ...]:
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


def _words(search: _Search, measure: str) -> Iterator[tuple[float, VerdictWord]]:
    for each in search.tried:
        for judgement in search.verdict(each).judgements:
            if judgement.measure == measure:
                yield each, judgement.word


def _bottleneck(search: _Search, multiple: float) -> Bottleneck | None:
    """Return the bottleneck of the first campaigns of a volume."""
    scenario = search.plans[multiple].scenario
    tasks = [
        partial(replications_of, scenario, search.seed, search.points.floor, numbers)
        for numbers in batches(0, FIRST)
    ]
    found = [each for batch in search.points.workers.results(tasks) for each in batch]
    return bottleneck(scenario, found)
