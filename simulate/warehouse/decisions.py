"""Everything that decides: SimPy processes that act on a Floor at moments of their own.

Each process first lets the floor carry out all that flows up to its moment. It ends the run when
nothing is left to do.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import simpy

from simulate.scenario.clock import local_hour_edges
from simulate.scenario.dispatch import Erp
from simulate.scenario.labour import Pool
from simulate.scenario.scenario import Scenario
from simulate.warehouse import timetable
from simulate.warehouse.floor import UNLIMITED, Floor
from simulate.warehouse.instants import END_OF_RUN, at, decision_at

Steps = Generator[simpy.Event, Any, None]


@dataclass(frozen=True, slots=True)
class Run:
    """One replication under way: its environment, its floor, and the event that ends it."""

    env: simpy.Environment
    floor: Floor
    over: simpy.Event

    def reach(self, time: float) -> Steps:
        """Wait for the decisions of the instant `time`, with all that flows carried out."""
        yield decision_at(self.env, time)
        self.floor.advance(time)

    def ends_if_empty(self) -> bool:
        """End the run if every order has been collected; tell whether it is over."""
        if self.floor.is_empty() and not self.over.triggered:
            self.over.succeed()
        return bool(self.over.triggered)


def roster(run: Run, scenario: Scenario, index: int, pool: Pool) -> Steps:
    """Put people to work and send them home as the pool's shifts say."""
    times, people = timetable.staffing(scenario, pool)
    for time, count in zip(times.tolist(), people.tolist(), strict=True):
        yield from run.reach(time)
        if run.ends_if_empty():
            return
        run.floor.set_staff(index, count)


def erp_release(run: Run, scenario: Scenario, erp: Erp) -> Steps:
    """Give the ERP its quota at every full hour: the hour's cap, or what the day's has left."""
    hours = local_hour_edges(scenario, scenario.limit_seconds)
    released_before, today = 0, -1
    for time, day in zip(hours.edges.tolist(), hours.day.tolist(), strict=False):
        yield from run.reach(time)
        if run.ends_if_empty():
            return
        if day != today:
            released_before, today = run.floor.released_count(), day
        released_today = run.floor.released_count() - released_before
        hour_cap = UNLIMITED if erp.per_hour is None else erp.per_hour
        day_cap = UNLIMITED if erp.per_day is None else erp.per_day - released_today
        run.floor.set_quota(min(hour_cap, day_cap))


def collections(run: Run, scenario: Scenario) -> Steps:
    """Have the courier collect parcels at its times, each visit up to its capacity."""
    assert scenario.courier is not None
    visits = sorted(
        (time, UNLIMITED if collection.capacity is None else collection.capacity)
        for collection in scenario.courier.collections.values()
        for time in timetable.collection_times(scenario, collection)
    )
    for time, capacity in visits:
        yield from run.reach(time)
        if run.ends_if_empty():
            return
        run.floor.collect(capacity)


def limit(run: Run, scenario: Scenario) -> Steps:
    """End the run at its drain limit, after that moment's decisions, whatever is still inside."""
    yield at(run.env, scenario.limit_seconds, END_OF_RUN)
    run.floor.advance(scenario.limit_seconds)
    if not run.over.triggered:
        run.over.succeed()
