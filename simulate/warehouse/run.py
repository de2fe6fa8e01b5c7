"""One replication of the dispatch line."""

import numpy as np
import simpy

from simulate.scenario.scenario import Scenario
from simulate.scenario.timetable import Calendar
from simulate.warehouse import (
    controller,
    courier,
    equipment,
    erp,
    shifts,
    stock,
    supervisor,
    waves,
)
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.controller import Foresee
from simulate.warehouse.crew import Crew
from simulate.warehouse.decisions import Run, limit
from simulate.warehouse.equipment import Places
from simulate.warehouse.floor import Floor, Line, Stamps
from simulate.warehouse.line import line_of, opening_stock
from simulate.warehouse.log import Log
from simulate.warehouse.recorded import RecordedFloor
from simulate.warehouse.simpy_floor import SimpyFloor
from simulate.warehouse.work import Work

FLOORS: dict[str, type[Floor]] = {"compiled": CompiledFloor, "simpy": SimpyFloor}


def run_line(
    scenario: Scenario,
    work: Work,
    seed: int,
    replication: int,
    floor: str = "compiled",
    foresee: Foresee | None = None,
) -> tuple[Stamps, Log]:
    """Send the jobs of `work` through the scenario's dispatch line.

    Return when each passed each place, and what was decided. `floor` is a key of `FLOORS`; every
    floor gives the same. A controller acts only if `foresee` tells what comes of it: the stamps
    are then those of the work that it told of last. Otherwise it looks on.
    """
    line = line_of(scenario)
    env = simpy.Environment(initial_time=0.0)
    opening = opening_stock(scenario)
    acting = scenario.controller if foresee is not None else None
    recorded = RecordedFloor(FLOORS[floor], line, work.jobs, opening) if acting else None
    run = Run(
        scenario=scenario,
        seed=seed,
        replication=replication,
        calendar=Calendar(scenario),
        env=env,
        floor=recorded or FLOORS[floor](env, line, work.jobs, opening),
        log=Log(staff=[[] for _ in line.pools]),
        over=env.event(),
    )
    places = Places(run, len(line.stations))
    crews = {name: Crew(run, index) for index, name in enumerate(line.pools)}
    _begin(run, line, places, crews)
    if acting is not None and recorded is not None and foresee is not None:
        env.process(controller.reviews(run, acting, recorded, foresee))
    elif scenario.controller is not None:
        env.process(controller.looks_on(run, scenario.controller))
    env.run(until=run.over)
    return run.floor.stamps(), run.log


def _begin(run: Run, line: Line, places: Places, crews: dict[str, Crew]) -> None:
    """Start every process that decides."""
    scenario = run.scenario
    equipment.install(run, places)
    if scenario.erp is not None:
        erp.start(run, scenario.erp)
    stock.receipts(run, crews)
    for index, (crew, pool) in enumerate(zip(crews.values(), scenario.pools.values(), strict=True)):
        shifts.roster(run, index, crew)
        several = np.count_nonzero(line.pool_of == index) > 1
        if pool.supervisor is not None and several:
            crew.supervisor = supervisor.Supervision(
                run, crew, places, pool.supervisor, line, index
            )
            run.env.process(supervisor.reviews(run, crew, pool.supervisor.every))
    waves.clocks(run)
    if scenario.courier is not None:
        run.env.process(courier.collections(run, scenario.courier))
    run.env.process(limit(run))
