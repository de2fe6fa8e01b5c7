"""Cases with a known answer: queueing theory against whole campaigns.

Theory speaks of a line in its steady state, and runs begin empty. They last forty days, more than
six hundred times as long as the slowest of these queues takes to forget how it began (M/M/4:
work / (c (1 - sqrt(rho))^2) = 95 minutes), so that what is missing at the start is lost in the
intervals. Only M(t)/G/infinity is compared hour by hour, from its empty start on.

The rule. More than thirty values are compared at once, and of as many 95 % intervals one or two
would miss although nothing is wrong. So each interval here is made for 99.999 %: by Bonferroni's
inequality all of up to a hundred of them hold together in at least 999 of 1,000 verifications of
a right program. So that a wrong program cannot hide in a wide interval, half of the interval may
not be more than `PRECISION` of theory's value.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from simulate.demand.orders import draw, paid_orders
from simulate.demand.rates import rates_of
from simulate.evidence import service_desk
from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.queueing import mean_busy, served_lognormal, waits_by_class
from simulate.evidence.steady import expected, order_rate, variation
from simulate.experiment.replications import replicate
from simulate.results.summary import unit_of
from simulate.scenario.distributions import Lognormal
from simulate.scenario.loading import load
from simulate.scenario.scenario import Scenario
from simulate.warehouse.run import run_line
from simulate.warehouse.work import jobs_of

SCENARIOS = Path(__file__).parent / "scenarios"

CONFIDENCE = 1 - 1e-5
PRECISION, QUICK_PRECISION = 0.05, 0.1
QUICK_REPLICATIONS = 40
"""At least; otherwise a quick verification does a quarter of the replications."""

STEADY = ("mm1", "mm4", "md1", "me1", "mg1", "tandem", "erlang_a")
HOURS = (1, 4, 5, 6, 9, 16, 24, 28, 29, 40)
"""Hours of `day_profile` that are compared: on and after its peaks, and in between."""

Values = dict[str, float]
Samples = dict[str, list[float]]


def cases() -> list[Case]:
    """Return every case with a known answer."""
    return [
        *(theory_case(name, expected, measures) for name in STEADY),
        theory_case("classes", by_class, waits_of_classes),
        theory_case("day_profile", by_hour, busy_by_hour),
        theory_case("desk_erlang_a", service_desk.with_patience, service_desk.sampled),
        theory_case("desk_patient", service_desk.without_end, service_desk.sampled),
    ]


def theory_case(
    name: str,
    theory: Callable[[Scenario], Values],
    sampled: Callable[[Scenario, Sequence[str], int, int], Samples],
) -> Case:
    """Return the case that holds what `sampled` finds in a scenario against `theory`."""

    def run(effort: Effort) -> list[Check]:
        scenario = load(SCENARIOS / f"{name}.yml").scenario
        values = theory(scenario)
        total = scenario.replications
        if effort.quick:
            total = max(QUICK_REPLICATIONS, total // 4)
        samples = sampled(scenario, list(values), total, effort.jobs)
        return [
            held_against(name, measure, value, samples[measure], quick=effort.quick)
            for measure, value in values.items()
        ]

    return Case("theory", name, run)


def held_against(
    case: str, measure: str, expected_value: float, sample: list[float], *, quick: bool
) -> Check:
    """Return whether an interval of `sample` holds the expected value and is narrow enough."""
    mean, low, high = interval(sample)
    precise = (high - low) / 2 <= (QUICK_PRECISION if quick else PRECISION) * expected_value
    holds = precise and low <= expected_value <= high
    unit = "people" if measure.startswith("busy_") else unit_of(measure, "")
    fault = "" if holds else "theory lies outside" if precise else "the interval is too wide"
    return Check(
        case=case,
        measure=measure,
        expected=expected_value,
        estimate=mean,
        low=low,
        high=high,
        unit=unit,
        trials=len(sample),
        holds=holds,
        fault=fault,
        wrong=int(not holds),
    )


def interval(sample: Sequence[float]) -> tuple[float, float, float]:
    """Return (mean, low, high) by Student's t for `CONFIDENCE`."""
    from scipy.special import stdtrit

    values = np.asarray(sample, float)
    quantile = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2))
    half = float(values.std(ddof=1) / np.sqrt(len(values))) * quantile
    mean = float(values.mean())
    return mean, mean - half, mean + half


def measures(scenario: Scenario, names: Sequence[str], total: int, jobs: int) -> Samples:
    """Return the measures `names` of every replication."""
    found = replicate(scenario, scenario.seed, total, jobs=jobs)
    return {name: [each.measures[name] for each in found] for name in names}


def by_class(scenario: Scenario) -> Values:
    """Return the mean wait of each SKU group of a scenario whose groups are classes."""
    (station,) = scenario.stations.values()
    groups = sorted(scenario.sku_groups.items(), key=lambda item: item[1].priority)
    rate = order_rate(scenario)
    waits = waits_by_class(
        [rate * group.share for _, group in groups],
        [station.setup] * len(groups),
        [variation(station.distribution)] * len(groups),
    )
    return {f"wait_{name}": wait for (name, _), wait in zip(groups, waits, strict=True)}


def waits_of_classes(scenario: Scenario, _names: Sequence[str], total: int, _jobs: int) -> Samples:
    """Return the mean wait of each SKU group at the only station, from the floor's own stamps."""
    samples: Samples = {f"wait_{name}": [] for name in scenario.sku_groups}
    for replication in range(total):
        book = draw(scenario, scenario.seed, replication)
        orders = paid_orders(book)
        work = jobs_of(scenario, orders, book.potential, scenario.seed, replication)
        visits = run_line(scenario, work, scenario.seed, replication)[0].visits
        waited = visits.started - visits.joined
        group = orders.group[work.order_of[visits.job]]
        for index, name in enumerate(scenario.sku_groups):
            samples[f"wait_{name}"].append(float(waited[group == index].mean()))
    return samples


def by_hour(scenario: Scenario) -> Values:
    """Return the mean number at work over each of `HOURS`, from the scenario's hourly rates."""
    (station,) = scenario.stations.values()
    assert isinstance(station.distribution, Lognormal)
    served = served_lognormal(station.setup, station.distribution.cv)
    rates = rates_of(scenario)
    edges = rates.edges.tolist()
    a_second = (rates.expected.sum(axis=0) / np.diff(rates.edges)).tolist()
    values = {}
    for hour in HOURS:
        # Gauss and Legendre's rule is exact here to eight digits: the curve is smooth in an hour.
        nodes, weights = np.polynomial.legendre.leggauss(24)
        times = (hour + (nodes + 1) / 2) * 3600
        inside = [mean_busy(edges, a_second, served, time) for time in times.tolist()]
        values[f"busy_hour_{hour}"] = float(np.dot(weights, inside) / 2)
    return values


def busy_by_hour(scenario: Scenario, _names: Sequence[str], total: int, jobs: int) -> Samples:
    """Return the mean number of busy people over each of `HOURS` of every replication."""
    (station,) = scenario.stations
    found = replicate(scenario, scenario.seed, total, jobs=jobs)
    return {
        f"busy_hour_{hour}": [float(each.series[f"busy/{station}"][hour]) for each in found]
        for hour in HOURS
    }
