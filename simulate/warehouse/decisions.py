"""One replication under way: what every process that decides shares."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import simpy

from simulate.demand.streams import stream
from simulate.scenario.scenario import Scenario
from simulate.scenario.timetable import Calendar
from simulate.warehouse.floor import Floor
from simulate.warehouse.instants import LIMIT, at
from simulate.warehouse.log import Log

Steps = Generator[simpy.Event, None, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A replication: its scenario and calendar, its environment and floor, and its log.

    `over` ends it. Whoever decides first lets the floor carry out all that flows up to the
    moment, then acts; what it does shows at once to whoever decides next.
    """

    scenario: Scenario
    seed: int
    replication: int
    calendar: Calendar
    env: simpy.Environment
    floor: Floor
    log: Log
    over: simpy.Event

    def stream(self, purpose: str) -> np.random.Generator:
        """Return the random numbers for `purpose`."""
        return stream(self.seed, self.replication, purpose)

    def goes_on(self) -> bool:
        """Carry out all that flows up to now; end the run if every order has left."""
        floor = self.floor
        floor.advance(self.env.now)
        if self.over.triggered:
            return False
        if floor.is_empty():
            self.over.succeed()
            return False
        return True

    def reach(self, time: float, priority: float) -> Steps:
        """Wait for the decisions of `priority` at the instant `time`, with all before carried out.

        Once the run is over nobody gets there any more.
        """
        yield at(self.env, time, priority)
        if not self.goes_on():
            yield self.env.event()


def limit(run: Run) -> Steps:
    """End the run at its drain limit, after that moment's decisions, whatever is still inside."""
    yield from run.reach(run.scenario.limit_seconds, LIMIT)
    run.over.succeed()
