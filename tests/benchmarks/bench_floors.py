"""One engine on the same work as all others, in a process of its own.

Orders pass seven stations one after the other, each with four people who are 90 % busy; all
arrivals and times of work are drawn beforehand. `python -m tests.benchmarks.bench_floors ENGINE
ORDERS` prints one JSON object.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import simpy

from simulate.scenario.clock import TICK, to_ticks
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.floor import NOWHERE, Floats, Floor, Jobs, Line
from simulate.warehouse.instants import STAFFING, at
from simulate.warehouse.simpy_floor import SimpyFloor

STATIONS = 7
PEOPLE = 4
WORK = 10.0
BUSY = 0.9
DECIDES_EVERY = 900.0
MEASURED_SECONDS = 1.0
LEAST_RUNS = 3
"""Short runs are repeated for about so long, and their median is told."""

Times = tuple[Floats, Floats]
"""When each order began at each station, and when it left."""


def jobs_of(orders: int) -> Jobs:
    """Draw Poisson arrivals and exponential work."""
    draws = np.random.default_rng(12)
    return Jobs(
        ready=to_ticks(np.cumsum(draws.exponential(WORK / PEOPLE / BUSY, orders))),
        work=to_ticks(draws.exponential(WORK, (STATIONS, orders))),
        skips=np.zeros(orders, np.uint32),
        urgency=np.zeros(orders),
        group=np.full(orders, NOWHERE, np.int32),
        delay=np.broadcast_to(np.zeros(1), (STATIONS, orders)),
        rework=np.broadcast_to(np.zeros(1, np.int8), (STATIONS, orders)),
        cancelled=np.full(orders, np.inf),
        is_return=np.zeros(orders, np.bool_),
    )


def plain_simpy(jobs: Jobs) -> Times:
    """Run as SimPy's manual would: a process an order, a `Resource` a station.

    Like every engine here it returns when each order began at each station, and its end.
    """
    env = simpy.Environment()
    stations = [simpy.Resource(env, PEOPLE) for _ in range(STATIONS)]
    started, left = np.empty_like(jobs.work), np.empty_like(jobs.ready)

    def order(number: int, work: list[float]) -> Any:
        for index, station in enumerate(stations):
            with station.request() as turn:
                yield turn
                started[index, number] = env.now
                yield env.timeout(work[index])
        left[number] = env.now

    def arrivals() -> Any:
        for number, work in enumerate(jobs.work.T.tolist()):
            yield env.timeout(jobs.ready[number] - env.now)
            env.process(order(number, work))

    env.process(arrivals())
    env.run()
    return started, left


def on_floor(floor: type[Floor]) -> Callable[[Jobs], Times]:
    """Return a run on a floor, with a process that decides every quarter of an hour."""
    line = Line(
        stations=tuple(f"station{index}" for index in range(STATIONS)),
        pools=tuple(f"pool{index}" for index in range(STATIONS)),
        pool_of=np.arange(STATIONS),
        cart=np.ones(STATIONS, np.int64),
        cart_setup=np.zeros(STATIONS),
        wave=np.full(STATIONS, NOWHERE),
        crowd_from=np.full(STATIONS, 2**31),
        crowd_slowdown=np.zeros(STATIONS),
        rework_to=np.full(STATIONS, NOWHERE),
        goods_from=STATIONS,
        restock=NOWHERE,
        main=STATIONS,
        by_urgency=False,
        has_courier=False,
        is_steady=True,
    )

    def run(jobs: Jobs) -> Times:
        env = simpy.Environment()
        running = floor(env, line, jobs, np.zeros(0, np.int64))

        def decide() -> Any:
            running.advance(0.0)
            for pool in range(STATIONS):
                running.set_staff(pool, PEOPLE)
            time_now = 0.0
            while not running.is_empty():
                time_now += DECIDES_EVERY
                yield at(env, time_now, STAFFING)
                running.advance(time_now)

        env.run(until=env.process(decide()))
        stamps = running.stamps()
        return stamps.visits.started, stamps.collected

    return run


ENGINES: dict[str, Callable[[Jobs], Times]] = {
    "simpy": plain_simpy,
    "simpy floor": on_floor(SimpyFloor),
    "compiled floor": on_floor(CompiledFloor),
}


def measured(engine: str, orders: int) -> dict[str, Any]:
    """Return the median seconds of a run, the most memory used in MB, and the sum of all times.

    Seconds are those of the processor in this process, so that others on the machine count little.
    """
    run, jobs = ENGINES[engine], jobs_of(orders)
    run(jobs_of(50))  # compiles, or loads what was compiled before
    taken: list[float] = []
    while sum(taken) < MEASURED_SECONDS or len(taken) < LEAST_RUNS:
        begun = time.process_time()
        times = run(jobs)
        taken.append(time.process_time() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": statistics.median(taken),
        "peak_memory_mb": memory,
        "checksum": sum(int(np.rint(each / TICK).astype(np.int64).sum()) for each in times),
    }


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
