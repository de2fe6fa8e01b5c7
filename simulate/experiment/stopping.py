"""When enough replications have been simulated for the decision at hand.

Sequential, on all target measures at once, with a look-ahead: K. Hoad, S. Robinson and R. Davies,
"Automated selection of the number of replications for a discrete-event simulation", Journal of
the Operational Research Society 61 (2010) 1632-1644. There an interval must be narrow; here it
must lie on one side of its target, since the verdict is what is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from simulate.results.estimates import estimate
from simulate.results.outcome import Estimate
from simulate.results.summary import unit_of
from simulate.results.verdict import bounds, judge
from simulate.scenario.scenario import Scenario

FEWEST = 10
"""No verdict is given on fewer replications."""

LOOK_AHEAD = 5
"""So many more replications, and 5 % of those so far, must leave a clear verdict clear."""

Sample = Mapping[str, float]
"""The measures of one replication, NaN where there is none."""


def estimates(scenario: Scenario, samples: Sequence[Sample]) -> dict[str, Estimate]:
    """Return the estimate of every target measure that has a value in any replication."""
    found = {}
    for name in bounds(scenario.targets):
        known = [sample[name] for sample in samples if name in sample]
        values = [value for value in known if not np.isnan(value)]
        if values:
            found[name] = estimate(values, unit_of(name, scenario.currency))
    return found


def is_clear(scenario: Scenario, samples: Sequence[Sample]) -> bool:
    """Tell whether the verdict on `samples` is pass or fail; without targets nothing is unclear."""
    if len(samples) < min(FEWEST, scenario.replications):
        return False
    return judge(scenario.targets, estimates(scenario, samples)).word != "inconclusive"


def look_ahead(replications: int) -> int:
    """Return how many more replications must agree with a verdict on so many."""
    return LOOK_AHEAD if replications <= 100 else ceil(LOOK_AHEAD * replications / 100)


@dataclass(slots=True)
class Stopping:
    """Decides, replication by replication and in their order, when to stop.

    The decision depends on the samples alone and not on how many were simulated at once.
    """

    scenario: Scenario
    step: int
    _clear_since: int | None = None

    def may_stop(self, samples: Sequence[Sample]) -> bool:
        """Tell whether the first `len(samples)` replications are enough.

        It is to be asked after every `step` replications.
        """
        if not is_clear(self.scenario, samples):
            self._clear_since = None
            return False
        if self._clear_since is None:
            self._clear_since = len(samples)
        seen = len(samples) - self._clear_since
        return seen >= look_ahead(self._clear_since)


def more_needed(scenario: Scenario, samples: Sequence[Sample]) -> int | None:
    """Return about how many more replications would make an unclear verdict clear.

    An interval shrinks with the square root of the number: as many are needed as bring it to the
    distance between mean and target. None if they coincide, or if the verdict is clear.
    """
    judgements = judge(scenario.targets, estimates(scenario, samples)).judgements
    unclear = [each for each in judgements if each.word == "inconclusive"]
    times = max((_times_as_many(each.estimate, each.target) for each in unclear), default=1.0)
    return ceil(len(samples) * (times - 1)) if 1 < times < inf else None


def _times_as_many(found: Estimate, target: float) -> float:
    """Return how many times as many replications bring the interval to one side of the target."""
    distance = abs(found.mean - target)
    half = found.high - found.mean if found.mean < target else found.mean - found.low
    if distance == 0:
        return inf
    # The interval of a share without any exception shrinks as 1 / n.
    is_spotless = found.unit == "share" and found.mean in (0, 1)
    return half / distance if is_spotless else (half / distance) ** 2
