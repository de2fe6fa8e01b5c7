"""Many replications of one scenario, in as many processes as asked for."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import OrderBook, Orders
from simulate.experiment.foresight import Foresight
from simulate.results.audit import audit, audit_control, audit_demand
from simulate.results.control import saved
from simulate.results.passage import Passage, passage
from simulate.results.replication import Replication, measure
from simulate.scenario.clock import local_hour_edges
from simulate.scenario.scenario import Scenario
from simulate.warehouse.controller import Foresee
from simulate.warehouse.line import line_of
from simulate.warehouse.run import run_line

BATCH = 5
"""Replications that a worker process takes at once."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One simulated campaign: everything that was drawn and everything that happened.

    `without`: the same customers if the controller, where there is one, never acts.
    """

    book: OrderBook
    orders: Orders
    way: Passage
    without: "Campaign | None" = None


def hours_of(scenario: Scenario) -> NDArray[np.float64]:
    """Return the hour edges of a run, in seconds since its start."""
    return local_hour_edges(scenario, scenario.limit_seconds).edges


def simulate(scenario: Scenario, seed: int, replication: int, floor: str) -> Campaign:
    """Simulate one campaign from the first visitor to the last parcel.

    If there is a controller and it acts, the campaign is simulated without its acting too.
    """

    def run(customers: Foresight, foresee: Foresee | None) -> Campaign:
        stamps, log = run_line(scenario, customers.work, seed, replication, floor, foresee)
        way = passage(line_of(scenario), customers.work, customers.orders, stamps, log)
        return Campaign(customers.book, customers.orders, way)

    ahead = Foresight(scenario, seed, replication)
    as_drawn = copy(ahead)
    found = run(ahead, ahead)
    if scenario.controller is None:
        return found
    return replace(found, without=run(as_drawn, None) if found.way.log.actions else found)


def measured(scenario: Scenario, campaign: Campaign, edges: NDArray[np.float64]) -> Replication:
    """Measure one campaign, whose hours start at `edges`, and audit it."""
    result = measure(scenario, campaign.book, campaign.orders, campaign.way, edges)
    audit(scenario, campaign.way, result)
    audit_demand(scenario, campaign.book, result)
    if campaign.without is None:
        return result
    if campaign.without.way is campaign.way:
        without = result
    else:
        without = measured(scenario, campaign.without, edges)
    audit_control(result, without)
    return replace(result, measures=result.measures | saved(result.measures, without.measures))


def replicate(
    scenario: Scenario,
    seed: int,
    replications: int,
    *,
    floor: str = "compiled",
    jobs: int = 1,
    done: Callable[[int], None] = lambda _: None,
    seen: Callable[[int, Campaign], None] | None = None,
) -> list[Replication]:
    """Return replications 0 to `replications` - 1, in order, from `jobs` processes.

    The result does not depend on `jobs`. `done` is told the number finished so far. `seen` gets
    every campaign in full; campaigns then stay in this process, one at a time.
    """
    batches = [
        range(start, min(start + BATCH, replications)) for start in range(0, replications, BATCH)
    ]
    results: list[Replication] = []
    batched: Iterator[list[Replication]]
    if seen is not None or min(jobs, len(batches)) <= 1:
        batched = (_batch(scenario, seed, numbers, floor, seen) for numbers in batches)
    else:
        batched = _in_processes(scenario, seed, batches, floor, jobs)
    for batch in batched:
        results += batch
        done(len(results))
    return results


def _batch(
    scenario: Scenario,
    seed: int,
    numbers: range,
    floor: str,
    seen: Callable[[int, Campaign], None] | None = None,
) -> list[Replication]:
    edges = hours_of(scenario)
    results = []
    for number in numbers:
        campaign = simulate(scenario, seed, number, floor)
        if seen is not None:
            seen(number, campaign)
        results.append(measured(scenario, campaign, edges))
    return results


def _in_processes(
    scenario: Scenario, seed: int, batches: list[range], floor: str, jobs: int
) -> Iterator[list[Replication]]:
    from joblib import Parallel, delayed

    work = (delayed(_batch)(scenario, seed, numbers, floor) for numbers in batches)
    yield from Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(work)
