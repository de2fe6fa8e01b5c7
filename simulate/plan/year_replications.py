"""Many simulations of one year, in this process or in several."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulate.experiment.workers import workers
from simulate.plan.year import Year
from simulate.plan.year_days import YearDays, year_days
from simulate.plan.year_orders import draw_year
from simulate.results.audit import audit_way
from simulate.results.passage import passage
from simulate.scenario.clock import to_ticks, wall_seconds
from simulate.warehouse.line import line_of
from simulate.warehouse.run import run_line
from simulate.warehouse.work import jobs_of

BATCH = 2
"""Years that a worker process simulates at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedYear:
    """What one simulated year says: its days, and the visitors of each period."""

    days: YearDays
    visitors: NDArray[np.int64]


def day_edges(year: Year) -> NDArray[np.float64]:
    """Return every local midnight of the year, the first and the last included, in seconds."""
    plan = year.plan.plan
    number = (plan.last - plan.first).days + 2
    midnights = [wall_seconds(year.line, plan.first + timedelta(days=day), 0)
                 for day in range(number)]  # fmt: skip
    return np.array([to_ticks(each) for each in midnights])


def simulate_year(
    year: Year, seed: int, replication: int, floor: str = "compiled"
) -> SimulatedYear:
    """Simulate one year from its first visitor to its last parcel, and audit it."""
    drawn = draw_year(year, seed, replication)
    work = jobs_of(year.line, drawn.orders, drawn.potential, seed, replication)
    stamps, log = run_line(year.line, work, seed, replication, floor)
    way = passage(line_of(year.line), work, drawn.orders, stamps, log)
    audit_way(year.line, way)
    days = year_days(year.line, drawn.orders, way, day_edges(year))
    return SimulatedYear(days=days, visitors=drawn.visitors)


def replicate_year(
    year: Year,
    seed: int,
    replications: int,
    *,
    jobs: int = 1,
    done: Callable[[int], None] = lambda _: None,
) -> list[SimulatedYear]:
    """Return replications 0 to `replications` - 1, in order, from `jobs` processes.

    The result does not depend on `jobs`. `done` is told the number finished so far.
    """
    numbers = [range(start, min(start + BATCH, replications))
               for start in range(0, replications, BATCH)]  # fmt: skip
    tasks = [partial(_batch, year, seed, some) for some in numbers]
    results: list[SimulatedYear] = []
    with workers(min(jobs, len(tasks))) as crew:
        for batch in crew.results(tasks):
            results += batch
            done(len(results))
    return results


def _batch(year: Year, seed: int, numbers: range) -> list[SimulatedYear]:
    return [simulate_year(year, seed, number) for number in numbers]
