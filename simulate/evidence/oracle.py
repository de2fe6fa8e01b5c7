"""An engine of others as an oracle: Ciw, a simulator of queueing networks.

Ciw (G. I. Palmer, V. A. Knight, P. R. Harper and A. L. Hawa, 2019) knows nothing of Peakbook. It
gets the very orders of a campaign: when each arrives, how long each takes at each station, what
is sent back and when each customer loses patience. Then the two need not agree on average, but
order by order: each piece of work begins and ends in the same second. Compared is what Ciw has:
several people, tandems, classes, shifts that end while somebody is busy, delays, rework, and
orders that leave the queue. It has no carts, waves, stock, ERP, courier, nor people shared by
stations.

Shifts need a gap in between: where one follows on another Ciw has the people of both at work
until the first have finished, while here a shift is a number of people, whoever they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from simulate.demand.orders import draw, paid_orders
from simulate.evidence.proof import Case, Check, Effort
from simulate.scenario.loading import load
from simulate.warehouse.floor import Jobs, Line, Stamps
from simulate.warehouse.line import line_of
from simulate.warehouse.run import run_line
from simulate.warehouse.work import jobs_of

SCENARIOS = Path(__file__).parent / "scenarios"
HOUR = 3600.0

TOLERANCE = 1e-6
"""Seconds. Both add the same whole ticks, so nothing but a different order of events can differ."""

Day = tuple[tuple[float, int], ...]
"""(until, people) of each stretch of every day, in seconds after midnight."""


@dataclass(frozen=True, slots=True)
class Oracle:
    """A scenario, and how many people it has at each station: always, or by the day's stretches.

    They are written down a second time, so that a wrong roster shows.
    """

    name: str
    people: tuple[int | Day, ...]


ORACLES = (
    Oracle("ciw_tandem", (3, 2, 1)),
    Oracle("ciw_classes", (2,)),
    Oracle(
        "ciw_shifts",
        (((8 * HOUR, 0), (12 * HOUR, 3), (13 * HOUR, 0), (20 * HOUR, 2), (24 * HOUR, 0)),),
    ),
    Oracle("ciw_rework", (1, 2, 1)),
    Oracle("ciw_patience", (2,)),
)


def cases(oracles: Sequence[Oracle] = ORACLES) -> list[Case]:
    """Return the cases that Ciw can tell."""
    return [Case("oracle", each.name, partial(_held, each)) for each in oracles]


def _held(oracle: Oracle, effort: Effort) -> list[Check]:
    scenario = load(SCENARIOS / f"{oracle.name}.yml").scenario
    line = line_of(scenario)
    replications = 1 if effort.quick else scenario.replications
    orders = visits = wrong = 0
    most, fault = 0.0, ""
    for replication in range(replications):
        book = draw(scenario, scenario.seed, replication)
        work = jobs_of(scenario, paid_orders(book), book.potential, scenario.seed, replication)
        stamps, _ = run_line(scenario, work, scenario.seed, replication)
        apart, found = furthest_apart(
            visits_of(stamps), told_by_ciw(line, work.jobs, oracle.people)
        )
        orders, visits = orders + len(work.order_of), visits + len(stamps.visits.job)
        most = max(most, apart)
        if found:
            wrong += 1
            fault = fault or f"campaign {replication}: {found}"
    check = Check(
        case=oracle.name,
        measure="visits",
        expected=0.0,
        estimate=most if np.isfinite(most) else None,
        unit="seconds",
        trials=visits,
        orders=orders,
        wrong=wrong,
        holds=wrong == 0 and visits > 0,
        fault=fault,
    )
    return [check]


Told = list[tuple[int, int, float, float]]
"""(job, station, started, ended) of each piece of work, by job and time."""


def visits_of(stamps: Stamps) -> Told:
    """Return the work on a floor."""
    visits = stamps.visits
    columns = (visits.job, visits.station, visits.started, visits.ended)
    return sorted(zip(*(column.tolist() for column in columns), strict=True), key=_by_time)


def _by_time(visit: tuple[int, int, float, float]) -> tuple[int, float]:
    return visit[0], visit[2]


def furthest_apart(ours: Told, theirs: Told) -> tuple[float, str]:
    """Return the largest difference in seconds, and the first that is too large, if any."""
    if len(ours) != len(theirs):
        return float("inf"), f"{len(ours)} pieces of work and {len(theirs)} in Ciw"
    most, fault = 0.0, ""
    for one, other in zip(ours, theirs, strict=True):
        apart = max(abs(one[2] - other[2]), abs(one[3] - other[3]))
        apart = float("inf") if one[:2] != other[:2] else apart
        if apart > TOLERANCE and not fault:
            fault = f"order {one[0] + 1}: {one[1:]} and {other[1:]} in Ciw"
        most = max(most, apart)
    return most, fault


def route(line: Line, jobs: Jobs, job: int) -> list[int]:
    """Return the stations of a job in turn; S + s stands for the delay after station s."""
    stops: list[int] = []
    rounds = jobs.rework[:, job].tolist()
    station = 0
    while station < line.main:
        if jobs.skips[job] >> station & 1:
            station += 1
            continue
        stops.append(station)
        if jobs.delay[station, job] > 0:
            stops.append(line.main + station)
        if rounds[station]:
            rounds[station] -= 1
            station = int(line.rework_to[station])
        else:
            station += 1
    return stops


def told_by_ciw(line: Line, jobs: Jobs, people: Sequence[int | Day]) -> Told:
    """Return what Ciw says of the same jobs with these people."""
    import ciw

    of_job = _distribution(ciw.dists.Distribution)
    routes = [route(line, jobs, job) for job in range(len(jobs.ready))]
    # One class of Ciw's for each urgency and first stop, with the very times of its arrivals.
    kinds = sorted({(u, r[0]) for u, r in zip(jobs.urgency.tolist(), routes, strict=True)})
    urgencies = sorted({urgency for urgency, _ in kinds})
    names = {kind: f"kind {number:04}" for number, kind in enumerate(kinds)}
    arrivals: dict[str, list[float]] = {name: [] for name in names.values()}
    for job, ready in enumerate(jobs.ready.tolist()):
        arrivals[names[jobs.urgency[job], routes[job][0]]].append(ready)
    nodes = 2 * line.main
    services = [of_job(jobs.work[station]) for station in range(line.main)]
    services += [of_job(jobs.delay[station]) for station in range(line.main)]
    patience = [of_job(jobs.cancelled - jobs.ready)] * line.main + [None] * line.main
    network = ciw.create_network(
        arrival_distributions={
            name: [
                ciw.dists.Sequential([*np.diff(arrivals[name], prepend=0.0).tolist(), np.inf])
                if node == first
                else None
                for node in range(nodes)
            ]
            for (_, first), name in names.items()
        },
        service_distributions=dict.fromkeys(arrivals, services),
        reneging_time_distributions=dict.fromkeys(arrivals, patience),
        number_of_servers=[*(_servers(ciw, each) for each in people)] + [np.inf] * line.main,
        priority_classes={name: urgencies.index(kind[0]) for kind, name in names.items()},
        routing={
            name: ciw.routing.ProcessBased(
                lambda individual, _: [stop + 1 for stop in routes[individual.id_number - 1][1:]]
            )
            for name in arrivals
        },
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(float(jobs.ready.max() + jobs.work.sum()))
    told = [
        (each.id_number - 1, each.node - 1, each.service_start_date, each.service_end_date)
        for each in simulation.get_all_records()
        if each.record_type == "service" and each.node <= line.main
    ]
    return sorted(told, key=_by_time)


def _servers(ciw: Any, people: int | Day) -> Any:
    if isinstance(people, int):
        return people
    return ciw.Schedule(
        numbers_of_servers=[count for _, count in people],
        shift_end_dates=[until for until, _ in people],
    )


def _distribution(base: Any) -> Any:
    """Return a distribution of Ciw's that has one stated time for each job."""

    class OfJob(base):  # type: ignore[misc]
        def __init__(self, seconds: Any) -> None:
            self.seconds = seconds

        def sample(self, t: Any = None, ind: Any = None) -> float:
            return float(self.seconds[ind.id_number - 1])

    return OfJob
