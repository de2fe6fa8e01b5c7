"""One replication of the dispatch line."""

import numpy as np
import simpy

from simulate.scenario.scenario import Scenario
from simulate.warehouse import decisions
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.floor import Floor, Jobs, Line, Stamps
from simulate.warehouse.simpy_floor import SimpyFloor

FLOORS: dict[str, type[Floor]] = {"compiled": CompiledFloor, "simpy": SimpyFloor}


def line_of(scenario: Scenario) -> Line:
    """Return the scenario's dispatch line as numbers."""
    stations = scenario.stations_in_order
    pools = tuple(scenario.pools)
    return Line(
        stations=stations,
        pools=pools,
        pool_of=np.array([pools.index(scenario.stations[s].pool) for s in stations], np.int64),
        has_courier=scenario.courier is not None,
    )


def run_line(scenario: Scenario, jobs: Jobs, floor: str = "compiled") -> Stamps:
    """Send `jobs` through the scenario's dispatch line and return their stamps.

    `floor` is a key of `FLOORS`; every floor gives the same stamps.
    """
    env = simpy.Environment()
    run = decisions.Run(env, FLOORS[floor](env, line_of(scenario), jobs), env.event())
    for index, pool in enumerate(scenario.pools.values()):
        env.process(decisions.roster(run, scenario, index, pool))
    if scenario.erp is not None:
        env.process(decisions.erp_release(run, scenario, scenario.erp))
    if scenario.courier is not None:
        env.process(decisions.collections(run, scenario))
    env.process(decisions.limit(run, scenario))
    env.run(until=run.over)
    return run.floor.stamps()
