"""The search for the volumes next to the limit, from what is known of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log

import numpy as np

from simulate.experiment.points import Points
from simulate.experiment.stopping import estimates, more_needed
from simulate.results.outcome import Judgement, Verdict, VerdictWord
from simulate.results.sample_store import Sample
from simulate.results.verdict import bounds, holds, judge
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError
from simulate.scenario.promises import AT_LEAST

GRID = (0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)
MORE, LESS = (2.8, 4.0, 5.6, 8.0, 11.0, 16.0), (0.35, 0.25, 0.12, 0.06)
"""Volumes that are looked at first, and those beyond as long as nothing breaks, or all does."""

FIRST = 10
"""Campaigns at each of these."""

ROUNDS = 3
"""So often the volumes of a clear verdict are looked for, each time from all that is known."""

FINEST = 0.001
"""Multiples that are nearer to each other count as one."""


@dataclass(slots=True)
class VolumeSearch:
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
        return not missed_of(self.verdict(multiple))

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


def explore(search: VolumeSearch) -> None:
    """Look at volumes far apart, until two hold on average and a larger one does not."""
    if not search.look(GRID, FIRST) and not search.look(GRID[:4], FIRST):
        search.look([1.0], FIRST)
    for each in MORE:
        if not search.on_average(search.tried[-1]) or not search.look([each], FIRST):
            break
    for each in LESS:
        if sum(search.on_average(other) for other in search.tried) > 1:
            break
        search.look([each], FIRST)


def close_in(search: VolumeSearch, most: int, precision: float) -> None:
    """Find the volumes next to the limit at which the verdict is clear.

    The plan itself is looked at as closely, since everybody will compare with it.
    """
    search.look([1.0], most)
    middle = _crossing(search, precision)
    if middle is None:
        _assure(search, search.tried[-1], most)
        return
    search.look([middle], most)
    for _ in range(ROUNDS):
        low, high = search.passing, search.failing
        if campaigns_needed(low, high, most, precision) is None:
            return
        asked = [each for each in _edges(search, middle, precision) if _is_new(search, each, most)]
        if not asked:
            break
        search.look(asked, most)
    _assure(search, min(_edges(search, middle, precision)), most)


def _is_new(search: VolumeSearch, multiple: float, most: int) -> bool:
    return len(search.samples.get(multiple, [])) < most


def _assure(search: VolumeSearch, multiple: float, most: int) -> None:
    """Simulate as many campaigns as show that what never happened is rare.

    An exception that no campaign had says little on few of them, and no other volume helps where
    none has any.
    """
    scenario = search.loaded.scenario
    search.look([multiple], most)
    while search.word(multiple) == "inconclusive":
        more = more_needed(scenario, search.samples[multiple])
        total = len(search.samples[multiple]) + (more or 0)
        if (
            not more
            or not _is_spotless(search, multiple)
            or total > max(most, scenario.replications)
        ):
            return
        search.look([multiple], total)


def _is_spotless(search: VolumeSearch, multiple: float) -> bool:
    """Tell whether all that is open are shares without any exception."""
    return all(
        each.word != "inconclusive"
        or (each.estimate.unit == "share" and each.estimate.mean in (0, 1))
        for each in search.verdict(multiple).judgements
    )


def _lattice(search: VolumeSearch, precision: float) -> list[float]:
    """Return the multiples that are looked at, `precision` apart, within those tried."""
    step, tried = log(1 + precision), search.tried
    first, last = ceil(log(tried[0]) / step), floor(log(tried[-1]) / step)
    return [float(f"{(1 + precision) ** number:.4g}") for number in range(first, last + 1)]


def _crossing(search: VolumeSearch, precision: float) -> float | None:
    """Return the multiple at which a mean is expected to cross its target; None if none does."""
    held = [each for each in search.tried if search.on_average(each)]
    if not held or held[-1] == search.tried[-1]:
        return None
    above = [each for each in _lattice(search, precision) if each > held[-1]]
    slack = _slack(search, above, None, 0)
    return next((each for each, left in zip(above, slack, strict=True) if left < 0), above[-1])


def _edges(search: VolumeSearch, middle: float, precision: float) -> list[float]:
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
    search: VolumeSearch, multiples: Sequence[float], anchor: float | None, side: int
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


def campaigns_needed(
    low: float | None, high: float | None, most: int, precision: float
) -> int | None:
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


def missed_of(verdict: Verdict) -> tuple[str, ...]:
    """Return the targets that are missed on average."""
    return tuple(
        each.measure
        for each in verdict.judgements
        if not holds(each.measure, each.estimate.mean, each.target)
    )
