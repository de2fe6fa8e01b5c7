"""Many replications of one scenario, by whoever works on them."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import OrderBook, Orders
from simulate.experiment.foresight import Foresight
from simulate.experiment.workers import Here, Workers, workers
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
"""Replications that a worker takes at once, and after which the verdict is looked at."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One simulated campaign: everything that was drawn and everything that happened.

    `without`: the same customers if the controller, where there is one, never acts.
    """

    book: OrderBook
    orders: Orders
    way: Passage
    without: "Campaign | None" = None


Seen = Callable[[int, Campaign], None]
"""Is told each campaign in full, with its number."""


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

    as_drawn = Foresight(scenario, seed, replication)
    ahead = copy(as_drawn)
    found = run(as_drawn, None)
    if scenario.controller is None:
        return found
    # A controller that is never alarmed changes nothing.
    return replace(run(ahead, ahead) if found.way.log.is_alarmed else found, without=found)


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


def batches(first: int, last: int) -> list[range]:
    """Return the replications `first` to `last` - 1 in batches that end at whole `BATCH`es."""
    edges = [*range(first - first % BATCH + BATCH, last, BATCH), last]
    return [
        range(start, stop)
        for start, stop in zip([first, *edges], edges, strict=False)
        if start < stop
    ]


def replications_of(
    scenario: Scenario, seed: int, floor: str, numbers: range, seen: Seen | None = None
) -> list[Replication]:
    """Return the replications `numbers` of `scenario`, measured; `seen` gets each in full."""
    edges = hours_of(scenario)
    results = []
    for number in numbers:
        campaign = simulate(scenario, seed, number, floor)
        if seen is not None:
            seen(number, campaign)
        results.append(measured(scenario, campaign, edges))
    return results


def replicate(
    scenario: Scenario,
    seed: int,
    replications: int,
    *,
    floor: str = "compiled",
    jobs: int = 1,
    crew: Workers | None = None,
    done: Callable[[int], None] = lambda _: None,
    seen: Seen | None = None,
) -> list[Replication]:
    """Return replications 0 to `replications` - 1, in order, from a `crew` or `jobs` processes.

    The result does not depend on who works. `done` is told the number finished so far. `seen` gets
    every campaign in full; campaigns then stay in this process, one at a time.
    """
    some = batches(0, replications)
    crew = Here() if seen is not None else crew or workers(min(jobs, len(some)))
    tasks = [partial(replications_of, scenario, seed, floor, numbers, seen) for numbers in some]
    results: list[Replication] = []
    for batch in crew.results(tasks):
        results += batch
        done(len(results))
    return results
