"""One floor against the other: random scenarios, every option on, equal to the last bit."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.random_scenarios import on_a_grid, random_scenario
from simulate.experiment.foresight import Foresight, unshaped
from simulate.experiment.workers import workers
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Stamps, Visits
from simulate.warehouse.log import Log
from simulate.warehouse.run import run_line

FLOORS = ("compiled", "simpy")
SCENARIOS, QUICK_SCENARIOS = 500, 60


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two floors on one scenario: jobs and visits looked at, and the first difference, if any."""

    jobs: int
    visits: int
    difference: str


def compare(seed: int, *, grid: bool, floors: tuple[str, str] = FLOORS) -> Comparison:
    """Run random scenario `seed` on two floors; with `grid`, its times are rounded to a grid."""
    return compare_on(random_scenario(seed), seed, grid=grid, floors=floors)


def compare_on(
    scenario: Scenario, seed: int, *, grid: bool, floors: tuple[str, str] = FLOORS
) -> Comparison:
    """Run the first replication of a scenario on two floors."""

    def run(floor: str) -> tuple[Stamps, Log, int]:
        ahead = Foresight(scenario, seed, 0, shape=on_a_grid if grid else unshaped)
        stamps, log = run_line(scenario, ahead.work, seed, 0, floor, ahead)
        return stamps, log, len(ahead.work.order_of)

    (one, one_log, jobs), (other, other_log, _) = (run(floor) for floor in floors)
    found = difference(one, other) or log_difference(one_log, other_log)
    return Comparison(jobs, len(one.visits.job), found)


def difference(one: Stamps, other: Stamps) -> str:
    """Return what first differs, by a bit or more, between two floors' stamps, or nothing."""
    for part, names in ((Stamps, _arrays(Stamps)), (Visits, _arrays(Visits))):
        left, right = (one, other) if part is Stamps else (one.visits, other.visits)
        for name in names:
            found = _array_difference(name, getattr(left, name), getattr(right, name))
            if found:
                return found
    return "" if one.ended == other.ended else f"ended: {one.ended} and {other.ended}"


def log_difference(one: Log, other: Log) -> str:
    """Return the part of the logs in which two runs took different decisions, or nothing."""
    for field in fields(Log):
        # By their text: a visit that did not come has NaN, which equals nothing.
        if repr(getattr(one, field.name)) != repr(getattr(other, field.name)):
            return f"the decisions differ: {field.name}"
    return ""


def _arrays(part: type) -> list[str]:
    return [field.name for field in fields(part) if field.name not in ("visits", "ended")]


def _array_difference(name: str, one: NDArray[Any], other: NDArray[Any]) -> str:
    if one.shape != other.shape or one.dtype != other.dtype:
        return f"{name}: {one.dtype}{one.shape} and {other.dtype}{other.shape}"
    if one.tobytes() == other.tobytes():
        return ""
    size = one.dtype.itemsize
    bits = (np.frombuffer(each.tobytes(), np.uint8).reshape(-1, size) for each in (one, other))
    unequal = np.flatnonzero(np.not_equal(*bits).any(axis=1))
    first = int(unequal[0])
    return f"{name}[{first}]: {one[first]} and {other[first]}"


def cases(floors: tuple[str, str] = FLOORS) -> list[Case]:
    """Return the cases that hold two floors against each other."""
    return [
        Case("floors", name, partial(_tried, name, grid, floors))
        for name, grid in (("as_drawn", False), ("on_a_grid", True))
    ]


def _tried(name: str, grid: bool, floors: tuple[str, str], effort: Effort) -> list[Check]:
    seeds = range(QUICK_SCENARIOS if effort.quick else SCENARIOS)
    jobs = visits = wrong = 0
    fault = ""
    for seed, found in zip(seeds, _compared(seeds, grid, floors, effort), strict=True):
        jobs, visits = jobs + found.jobs, visits + found.visits
        if found.difference:
            wrong += 1
            fault = fault or f"random scenario {seed}: {found.difference}"
    return [
        Check(
            case=name,
            measure="visits",
            expected=0.0,
            estimate=float(visits),
            trials=len(seeds),
            orders=jobs,
            wrong=wrong,
            holds=wrong == 0 and visits > 0,
            fault=fault,
        )
    ]


def _compared(
    seeds: range, grid: bool, floors: tuple[str, str], effort: Effort
) -> Iterable[Comparison]:
    if effort.jobs == 1 or effort.quick:
        return [compare(seed, grid=grid, floors=floors) for seed in seeds]
    tasks = [partial(compare, seed, grid=grid, floors=floors) for seed in seeds]
    with workers(effort.jobs) as crew:
        return list(crew.results(tasks))
