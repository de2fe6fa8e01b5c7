"""Laws that no run may break, over every scenario of the playbook and random ones.

Every replication is audited as it is measured, in each `run` and `publish` too: a run that
breaks a law is an error and no result. Here the audits are counted.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.random_scenarios import random_scenario
from simulate.experiment.replications import replicate
from simulate.results.audit import AuditError
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario

QUICK_REPLICATIONS = 3
RANDOM, QUICK_RANDOM = 300, 60

Simulate = Callable[[Scenario, int, int, int], Iterable[Replication]]
"""From a scenario, seed, number of replications and of processes to audited replications."""


def audited(scenario: Scenario, seed: int, replications: int, jobs: int) -> list[Replication]:
    """Return replications that passed their audits. Raises AuditError if one does not."""
    return replicate(scenario, seed, replications, jobs=jobs)


def cases(scenarios: Mapping[str, Scenario], simulate: Simulate = audited) -> list[Case]:
    """Return one case a scenario, and one for the random ones."""
    return [
        *(
            Case("laws", name, partial(_scenario, name, scenario, simulate))
            for name, scenario in scenarios.items()
        ),
        Case("laws", "random", partial(_random, simulate)),
    ]


def _scenario(name: str, scenario: Scenario, simulate: Simulate, effort: Effort) -> list[Check]:
    total = min(QUICK_REPLICATIONS, scenario.replications)
    if not effort.quick:
        total = scenario.replications
    orders, fault = _orders(scenario, scenario.seed, total, effort.jobs, simulate)
    return [_check(name, total, orders, int(bool(fault)), fault)]


def _random(simulate: Simulate, effort: Effort) -> list[Check]:
    seeds = range(QUICK_RANDOM if effort.quick else RANDOM)
    total = wrong = 0
    first = ""
    for seed in seeds:
        orders, fault = _orders(random_scenario(seed), seed, 1, 1, simulate)
        total, wrong = total + orders, wrong + bool(fault)
        first = first or (f"random scenario {seed}: {fault}" if fault else "")
    return [_check("random", len(seeds), total, wrong, first)]


def _orders(
    scenario: Scenario, seed: int, replications: int, jobs: int, simulate: Simulate
) -> tuple[int, str]:
    """Return how many orders were audited, and what was wrong."""
    try:
        found = simulate(scenario, seed, replications, jobs)
    except AuditError as error:
        return 0, str(error)
    counted = sum(each.measures["paid_orders"] + each.measures["opening_orders"] for each in found)
    return int(counted), ""


def _check(name: str, total: int, orders: int, wrong: int, fault: str) -> Check:
    return Check(case=name, trials=total, orders=orders, wrong=wrong, holds=wrong == 0, fault=fault)
