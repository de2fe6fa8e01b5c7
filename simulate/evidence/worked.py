"""Small scenarios whose every time was worked out by hand, tried on both floors.

Each is an example of the playbook, ``content/examples/<name>.yml``; how its times come about is
told at the head of that file. Here are the same times, a column an order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from math import isclose, isnan
from pathlib import Path

import numpy as np

from simulate.demand.orders import draw, paid_orders
from simulate.evidence.proof import Case, Check, Effort
from simulate.experiment.replications import replicate
from simulate.scenario.loading import load
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats, Stamps
from simulate.warehouse.line import RETURNS, line_of
from simulate.warehouse.run import run_line
from simulate.warehouse.work import Work, jobs_of

EXAMPLES = Path(__file__).resolve().parents[2] / "content" / "examples"
FLOORS = ("compiled", "simpy")


@dataclass(frozen=True, slots=True)
class Worked:
    """An example and what must come out of it.

    `times` maps a row, ``<station> started`` or ``ended``, or a field of `Stamps`, to one clock
    time an order; ``-`` stands for none, ``+1d`` for the next day, and a comma joins several
    visits. The rows of returned parcels have one time a parcel. `measures` holds values by name.
    """

    name: str
    times: Mapping[str, str]
    measures: Mapping[str, float]


EXAMPLE_TABLES = (
    Worked(
        "priorities",
        {"pack ended": "08:50 08:30 09:00 08:10 08:40 08:20"},
        {},
    ),
    Worked(
        "waves",
        {
            "pick started": "08:05 08:05 08:05 08:05 08:14 08:14 08:30 08:30",
            "pick ended": "08:14 08:14 08:14 08:14 08:19 08:19 08:36 08:36",
            "sort ended": "08:15 08:16 - 08:17 08:20 - 08:37 08:38",
        },
        {},
    ),
    Worked(
        "rework",
        {
            "audit ended": "08:02 08:04 08:06 08:08",
            "pack joined": "08:02 08:24 08:06,08:15 08:08",
            "pack ended": "08:07 08:29 08:12,08:22 08:17",
            "check ended": "08:10 08:32 08:15,08:25 08:20",
        },
        {},
    ),
    Worked(
        "labour",
        {
            "pack ended": "08:30 09:00 09:30 10:00 10:30 11:15 11:30 "
            "11:45 12:00 12:15 12:30 12:45 13:00 13:15"
        },
        {},
    ),
    Worked(
        # 60 minutes an order on the first day, 4 orders until 12:00. On the second day the speed
        # has risen to 75 %, 40 minutes an order.
        "learning",
        {"pack ended": "09:00 10:00 11:00 12:00 08:40+1d 09:20+1d"},
        {},
    ),
    Worked(
        "supervisor",
        {
            "pick ended": "08:10 08:10 08:20 08:20 08:30 08:30",
            "pack started": "08:35 08:35 08:45 08:45 08:55 08:55",
            "pack ended": "08:45 08:45 08:55 08:55 09:05 09:05",
        },
        {},
    ),
    Worked(
        "crowding",
        {
            "pick started": "08:00 08:00 08:00 08:10 08:10 08:12",
            "pick ended": "08:10 08:10 08:12 08:20 08:22 08:24",
        },
        {},
    ),
    Worked(
        "equipment",
        {
            "released": "08:00 08:00 08:00 08:00 09:00 09:00 00:00+1d 00:00+1d",
            "pack ended": "08:10 08:10 08:20 08:20 09:10 09:10 08:10+1d 08:10+1d",
        },
        {},
    ),
    Worked(
        "stock",
        {
            "released": "08:00 08:00 08:00 08:00 08:00 10:30 10:30",
            "pack ended": "09:00 09:00 10:00 10:00 11:00 11:30 12:00",
        },
        {},
    ),
    Worked(
        "courier",
        {
            "dispatched": "08:01 08:02 08:03 08:04 08:05 08:06 08:07 08:08 08:09 08:10",
            "collected": "08:06 08:06 08:06 08:06 08:12 08:12 08:12 08:12 08:06+1d 08:06+1d",
        },
        {},
    ),
    Worked(
        "cancellations",
        {
            "pick ended": "08:10 08:20 08:30 -",
            "pack ended": "08:20 - 08:40 -",
            "gone": "- 08:25 - 08:15",
        },
        {"cancelled_orders": 2},
    ),
    Worked(
        "returns",
        {
            "pack ended": "08:10 08:20 08:30 08:40",
            "collected": "18:00 18:00 18:00+1d 18:00+1d",
            "returns joined": "13:52+1d",
            "returns ended": "14:02+1d",
        },
        {},
    ),
    Worked(
        "promises",
        {"deadline": "08:12 08:14 08:25 08:13", "pack ended": "08:10 08:20 08:30 08:40"},
        {"late_orders": 3, "compensation": 505},
    ),
    Worked(
        "cost",
        {"pack ended": "08:30 09:00 09:30 10:00 10:30 11:00 11:30 12:00 12:30 13:00"},
        {"cost_per_order": 21.5, "contribution": 185},
    ),
)


def cases(tables: Sequence[Worked] = EXAMPLE_TABLES, examples: Path = EXAMPLES) -> list[Case]:
    """Return the cases of the examples."""
    return [Case("worked", each.name, partial(_tried, each, examples)) for each in tables]


def _tried(worked: Worked, examples: Path, _effort: Effort) -> list[Check]:
    return [held(worked, examples)]


def held(worked: Worked, examples: Path = EXAMPLES) -> Check:
    """Hold an example against its table, on both floors."""
    scenario = load(examples / f"{worked.name}.yml").scenario
    looked, orders, faults = 0, 0, []
    for floor in FLOORS:
        book = draw(scenario, scenario.seed, 0)
        paid = paid_orders(book)
        work = jobs_of(scenario, paid, book.potential, scenario.seed, 0)
        stamps, _ = run_line(scenario, work, scenario.seed, 0, floor)
        orders = len(paid)
        for row, cells in worked.times.items():
            found = _clock_row(scenario, _row(scenario, row, work, stamps, paid.deadline))
            pairs = list(_padded(cells.split(), found))
            looked += len(pairs)
            faults += [
                f"{floor}, {row}, column {number}: {got} instead of {wanted}"
                for number, (wanted, got) in enumerate(pairs, start=1)
                if wanted != got
            ]
        (measured,) = replicate(scenario, scenario.seed, 1, floor=floor)
        for name, value in worked.measures.items():
            looked += 1
            got = measured.measures[name]
            if not isclose(got, value, rel_tol=1e-9, abs_tol=1e-9):
                faults.append(f"{floor}, {name}: {got:g} instead of {value:g}")
    return Check(
        case=worked.name,
        measure="times",
        trials=looked,
        orders=orders,
        wrong=len(faults),
        holds=looked > 0 and not faults,
        fault=faults[0] if faults else "" if looked else "nothing was worked out",
    )


def _padded(wanted: list[str], got: list[str]) -> list[tuple[str, str]]:
    length = max(len(wanted), len(got))
    return [
        (wanted[index] if index < len(wanted) else "nothing",
         got[index] if index < len(got) else "nothing")
        for index in range(length)
    ]  # fmt: skip


def _row(
    scenario: Scenario, row: str, work: Work, stamps: Stamps, deadline: Floats
) -> list[list[float]]:
    """Return the times of a row: of each order, or of each returned parcel."""
    of_stamps: dict[str, Callable[[], Floats]] = {
        "released": lambda: stamps.released,
        "dispatched": lambda: stamps.dispatched,
        "collected": lambda: stamps.collected,
        "gone": lambda: stamps.gone,
    }
    if row == "deadline":
        return [[time] for time in deadline.tolist()]
    if row in of_stamps:
        return [[] if isnan(t) else [t] for t in of_stamps[row]()[work.job_of].tolist()]
    station, what = row.rsplit(" ", 1)
    visits = stamps.visits
    here = visits.station == line_of(scenario).stations.index(station)
    times = getattr(visits, what)
    jobs = np.flatnonzero(work.order_of < 0) if station == RETURNS else work.job_of
    return [sorted(times[here & (visits.job == job)].tolist()) for job in jobs.tolist()]


def _clock_row(scenario: Scenario, times: list[list[float]]) -> list[str]:
    return [",".join(_clock(scenario, time) for time in each) or "-" for each in times]


def _clock(scenario: Scenario, seconds: float) -> str:
    """Return a time of the run as local clocks show it, with the days since the start."""
    start = scenario.local(scenario.starts)
    moment = start + timedelta(seconds=seconds)
    shown = f"{moment:%H:%M:%S}" if moment.second or moment.microsecond else f"{moment:%H:%M}"
    days = (moment.date() - start.date()).days
    return f"{shown}+{days}d" if days else shown
