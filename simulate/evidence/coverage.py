"""Whether 95 % intervals hold the true value 95 times in 100.

Thirty orders wait and one packer works them off, each in an exponential time. The true mean wait
and the true share in time are known exactly, so the same experiment, done again and again with
other random numbers, must give intervals that hold them as often as they say.

The rule: of all intervals 93 to 97 in 100 hold the true value, or as many as a right program can
have with this number of experiments (exact binomial bounds that one in a thousand leaves).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from simulate.evidence.proof import Case, Check, Effort
from simulate.experiment.replications import replicate
from simulate.results.intervals import CONFIDENCE, mean_interval, share_interval
from simulate.scenario.loading import load
from simulate.scenario.promises import HoursPromise
from simulate.scenario.scenario import Scenario

FILE = Path(__file__).parent / "scenarios" / "coverage.yml"
EXPERIMENTS, QUICK_EXPERIMENTS = 2000, 250
WANTED = (0.93, 0.97)
RARE = 0.001

Interval = Callable[[Sequence[float]], tuple[float, float, float]]


def cases(mean: Interval = mean_interval, share: Interval = share_interval) -> list[Case]:
    """Return the case that counts how often intervals hold the truth."""
    intervals = {"wait_pack_mean": mean, "on_time_share": share}
    return [Case("coverage", "coverage", lambda effort: _counted(effort, intervals))]


def true_values(scenario: Scenario) -> dict[str, float]:
    """Return the exact mean wait in seconds and share of orders in time.

    Order k of n, counted from 0, waits for k exponential times of mean m: (n - 1) / 2 x m on
    average. It was paid n - k intervals before the start, and is in time if k + 1 such times are
    over by its deadline, which is a gamma distribution.
    """
    from scipy.special import gammainc

    (station,) = scenario.stations.values()
    backlog, promise = scenario.opening_backlog, scenario.promise
    assert backlog is not None
    assert isinstance(promise, HoursPromise)
    n, step = backlog.orders, backlog.paid_within / backlog.orders
    in_time = [
        float(gammainc(k + 1, (promise.within - (n - k) * step) / station.setup)) for k in range(n)
    ]
    return {"wait_pack_mean": (n - 1) / 2 * station.setup, "on_time_share": sum(in_time) / n}


def allowed(experiments: int) -> tuple[float, float]:
    """Return the least and the largest share of intervals that may hold the truth."""
    from scipy.stats import binom

    low = float(binom.ppf(RARE / 2, experiments, CONFIDENCE)) / experiments
    high = float(binom.isf(RARE / 2, experiments, CONFIDENCE)) / experiments
    return min(low, WANTED[0]), max(high, WANTED[1])


def _counted(effort: Effort, intervals: dict[str, Interval]) -> list[Check]:
    scenario = load(FILE).scenario
    experiments = QUICK_EXPERIMENTS if effort.quick else EXPERIMENTS
    size = scenario.replications
    found = replicate(scenario, scenario.seed, experiments * size, jobs=effort.jobs)
    low, high = allowed(experiments)
    checks = []
    for measure, value in true_values(scenario).items():
        sample = [each.measures[measure] for each in found]
        hits = 0
        for begin in range(0, len(sample), size):
            _, least, most = intervals[measure](sample[begin : begin + size])
            hits += bool(least <= value <= most)
        share = hits / experiments
        holds = low <= share <= high
        checks.append(
            Check(
                case="coverage",
                measure=measure,
                expected=CONFIDENCE,
                estimate=share,
                low=low,
                high=high,
                unit="share",
                trials=experiments,
                orders=len(sample),
                wrong=experiments - hits,
                holds=holds,
                fault="" if holds else "intervals are not as sure as they say",
            )
        )
    return checks
