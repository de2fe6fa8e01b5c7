"""Small lines and jobs by hand, and a way to drive a floor through given decisions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import simpy

from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.floor import NOWHERE, Floor, Jobs, Line, Stamps
from simulate.warehouse.instants import ROSTER, at
from simulate.warehouse.simpy_floor import SimpyFloor
from simulate.warehouse.work import Work

FLOORS = (CompiledFloor, SimpyFloor)
NEVER = float("nan")

Decision = tuple[float, str, tuple[float, ...]]
"""When, the name of a Floor's method, and its arguments."""


def line_of(pool_of: Sequence[int], *, courier: bool = False, **others: Any) -> Line:
    """A line whose station s is worked by pool `pool_of[s]`, plain but for `others`."""
    number = len(pool_of)
    plain = {
        "cart": [1] * number,
        "cart_setup": [0.0] * number,
        "wave": [NOWHERE] * number,
        "crowd_from": [99] * number,
        "crowd_slowdown": [0.0] * number,
        "rework_to": [NOWHERE] * number,
    }
    arrays = {name: np.array(others.pop(name, values)) for name, values in plain.items()}
    alone = {"goods_from": 0, "restock": NOWHERE, "main": number, "by_urgency": False, **others}
    return Line(
        stations=tuple(f"s{index}" for index in range(number)),
        pools=tuple(f"p{index}" for index in range(max(pool_of) + 1)),
        pool_of=np.array(pool_of, np.int64),
        has_courier=courier,
        **arrays,
        **alone,
    )


def jobs_of(
    ready: Sequence[float],
    work: Sequence[Sequence[float]],
    skips: Sequence[int] | None = None,
    **others: Any,
) -> Jobs:
    """Jobs with `work[s][n]` seconds; `skips[n]` are bits; plain but for `others`."""
    number, stations = len(ready), len(work)
    plain = {
        "urgency": (np.float64, 0.0),
        "group": (np.int32, NOWHERE),
        "cancelled": (np.float64, np.inf),
        "is_return": (np.bool_, False),
    }
    arrays = {
        name: np.array(others.pop(name, [value] * number), kind)
        for name, (kind, value) in plain.items()
    }
    delay = np.array(others.pop("delay", np.zeros((stations, number))), float)
    rework = np.array(others.pop("rework", np.zeros((stations, number))), np.int8)
    assert not others
    return Jobs(
        ready=np.array(ready, float),
        work=np.array(work, float).reshape(stations, number),
        skips=np.array([0] * number if skips is None else skips, np.uint32),
        delay=delay,
        rework=rework,
        **arrays,
    )


def work_of(jobs: Jobs) -> Work:
    """Jobs that are all of orders, in their order."""
    numbers = np.arange(len(jobs.ready))
    return Work(jobs=jobs, order_of=numbers, job_of=numbers)


Seen = list[tuple[Any, ...]]
"""What a floor shows after each decision."""


def drive(
    floor: type[Floor],
    line: Line,
    jobs: Jobs,
    decisions: Sequence[Decision],
    until: float,
    stock: Sequence[int] = (),
    seen: Seen | None = None,
) -> Stamps:
    """Take `decisions`, those of an instant in their order, and stop at `until`.

    What the floor shows after each is put into `seen`.
    """
    env = simpy.Environment()
    under_test = floor(env, line, jobs, np.array(stock, np.int64))

    def decide() -> Any:
        for time, name, arguments in sorted(decisions, key=lambda each: each[0]):
            yield at(env, time, ROSTER)
            under_test.advance(time)
            answer = getattr(under_test, name)(*arguments)
            if seen is not None:
                counts = (under_test.inside(), under_test.released_count(), under_test.is_empty())
                seen.append((answer, under_test.look(), *counts))
        yield at(env, until, ROSTER)
        under_test.advance(until)

    env.run(until=env.process(decide()))
    return under_test.stamps()


def started(stamps: Stamps, stations: int) -> list[list[list[float]]]:
    """When work began, `[station][job]`: a list, as a job may come again."""
    table: list[list[list[float]]] = [[[] for _ in stamps.released] for _ in range(stations)]
    visits = stamps.visits
    for job, station, begun in zip(visits.job, visits.station, visits.started, strict=True):
        table[station][job].append(float(begun))
    return table


def once(stamps: Stamps, stations: int) -> list[list[float | None]]:
    """When work began, `[station][job]`, where no job comes twice; None if it never came."""
    found = started(stamps, stations)
    assert all(len(times) < 2 for row in found for times in row)
    return [[times[0] if times else None for times in row] for row in found]
