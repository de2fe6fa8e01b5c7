"""When enough replications have been simulated for the decision at hand.

Sequential, on all target measures at once, with a look-ahead: K. Hoad, S. Robinson and R. Davies,
"Automated selection of the number of replications for a discrete-event simulation", Journal of
the Operational Research Society 61 (2010) 1632-1644. There an interval must be narrow; here it
must lie on one side of its target, since the verdict is what is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from simulate.results.outcome import Estimate, Judgement, Verdict, VerdictWord
from simulate.results.sample_store import Sample
from simulate.results.summary import estimate_of
from simulate.results.verdict import bounds, judge
from simulate.scenario.scenario import Scenario

FEWEST = 10
"""No verdict is given on fewer replications, unless the most that are allowed are fewer."""

FEWEST_SHOWN = 20
"""No outcome is shown on fewer: its bands hold nine campaigns of ten, and of fewer than twenty
not one lies outside at each end."""

CLEAR = ("pass", "fail")

LOOK_AHEAD = 5
"""So many more replications, and 5 % of those so far, must leave a clear verdict clear."""


def estimates(scenario: Scenario, samples: Sequence[Sample]) -> dict[str, Estimate]:
    """Return the estimate of every target measure that has a value in any replication."""
    found = {}
    for name in bounds(scenario.targets):
        known = [sample[name] for sample in samples if name in sample]
        values = [value for value in known if not np.isnan(value)]
        if values:
            found[name] = estimate_of(name, values, scenario.currency)
    return found


def verdict_on(scenario: Scenario, samples: Sequence[Sample]) -> Verdict:
    """Return the verdict on replications; it is that of their outcome."""
    return judge(scenario.targets, estimates(scenario, samples))


def is_clear(scenario: Scenario, samples: Sequence[Sample], fewest: int = FEWEST) -> bool:
    """Tell whether the verdict on `samples` is pass or fail, and stands on `fewest` at least."""
    return len(samples) >= fewest and verdict_on(scenario, samples).word in CLEAR


def look_ahead(replications: int) -> int:
    """Return how many more replications must agree with a verdict on so many."""
    return max(LOOK_AHEAD, ceil(LOOK_AHEAD * replications / 100))


@dataclass(slots=True)
class Stopping:
    """Decides, batch by batch and in their order, when to stop.

    The decision depends on the samples alone and not on how many were simulated at once. Without
    targets there is nothing to be clear about: it never stops. With `every_target` it is not enough
    that one target is surely missed: all must be surely missed or held.
    """

    scenario: Scenario
    fewest: int = FEWEST
    every_target: bool = False
    is_enough: bool = False
    _since: int = 0
    _word: VerdictWord = "none"

    @property
    def soonest(self) -> int:
        """With how many replications it may stop at the soonest."""
        return self.fewest + look_ahead(self.fewest)

    def may_stop(self, samples: Sequence[Sample]) -> bool:
        """Tell whether the first `len(samples)` replications are enough.

        It is to be asked after every batch.
        """
        word: VerdictWord = "none"
        if len(samples) >= self.fewest:
            verdict = verdict_on(self.scenario, samples)
            is_open = any(each.word == "inconclusive" for each in verdict.judgements)
            word = "inconclusive" if self.every_target and is_open else verdict.word
        if word != self._word:
            self._word, self._since = word, len(samples)
        agreed = len(samples) - self._since
        self.is_enough = word in CLEAR and agreed >= look_ahead(self._since)
        return self.is_enough


def more_needed(scenario: Scenario, samples: Sequence[Sample]) -> int | None:
    """Return about how many more replications would make an unclear verdict clear.

    An interval shrinks with the square root of the number: as many are needed as bring it to the
    distance between mean and target. One target that is surely missed makes the verdict clear, so
    does every target surely held. None if the verdict is clear, or if a mean is on its target.
    """
    verdict = verdict_on(scenario, samples)
    if verdict.word != "inconclusive":
        return None
    open_ones = [each for each in verdict.judgements if each.word == "inconclusive"]
    to_fail = [_times_as_many(each) for each in open_ones if not _holds_on_average(each)]
    to_pass = [_times_as_many(each) for each in open_ones if _holds_on_average(each)]
    times = min(to_fail) if to_fail else max(to_pass)
    return max(1, ceil(len(samples) * (times - 1))) if times < inf else None


def _holds_on_average(each: Judgement) -> bool:
    distance = each.estimate.mean - each.target
    return distance >= 0 if each.at_least else distance <= 0


def _times_as_many(each: Judgement) -> float:
    """Return how many times as many replications bring the interval to one side of the target."""
    found, distance = each.estimate, abs(each.estimate.mean - each.target)
    half = found.high - found.mean if found.mean < each.target else found.mean - found.low
    if distance == 0:
        return inf
    # The interval of a share without any exception shrinks as 1 / n.
    is_spotless = found.unit == "share" and found.mean in (0, 1)
    return half / distance if is_spotless else (half / distance) ** 2
