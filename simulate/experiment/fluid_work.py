"""The work that each place of the line has to do, by the window in which it must be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulate.experiment.fluid import Floats, Ints, Windows, windows
from simulate.experiment.fluid_capacity import people_by_slot, visits
from simulate.experiment.foresight import Foresight
from simulate.scenario.clock import local_days, local_hour_edges
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Line
from simulate.warehouse.line import line_of

Kind = Literal["pool", "places", "erp-hour", "erp-day", "courier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What limits the line: the people of a pool, the machines of a station, the ERP, the courier.

    `capacity` in each slot between `edges` (n + 1 seconds since the start): person-seconds, or
    orders. `rows`: the stations that it works at.
    """

    kind: Kind
    name: str
    edges: Floats
    capacity: Floats
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The orders of one replication that nobody cancels: N of them, S stations.

    `ready`, `due` and `dispatched_by` (the last visit of the courier in time) in seconds; `can`:
    there is such a visit at all; `work[S, N]` in person-seconds; `cancelled`: how many others.
    """

    ready: Floats
    due: Floats
    dispatched_by: Floats
    can: NDArray[np.bool_]
    work: Floats
    cancelled: int

    def __len__(self) -> int:
        return len(self.ready)


@dataclass(frozen=True)
class House:
    """All places of a scenario."""

    scenario: Scenario

    @cached_property
    def line(self) -> Line:
        """The stations as numbers."""
        return line_of(self.scenario)

    @cached_property
    def hours(self) -> Floats:
        """Clock hours of the run."""
        return local_hour_edges(self.scenario, self.scenario.limit_seconds).edges

    @cached_property
    def visits(self) -> tuple[Floats, Floats]:
        """When the courier comes, and what it takes."""
        assert self.scenario.courier is not None
        return visits(self.scenario, self.scenario.courier)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every place that can limit the line."""
        return (*self._of_pools(), *self._of_erp(), *self._of_courier())

    def _of_pools(self) -> Iterator[Place]:
        line, lengths = self.line, np.diff(self.hours)
        for index, (name, pool) in enumerate(self.scenario.pools.items()):
            rows = tuple(np.flatnonzero(line.pool_of[: line.main] == index).tolist())
            if not rows:
                continue
            people = people_by_slot(self.scenario, pool, self.hours)
            yield Place(kind="pool", name=name, edges=self.hours, capacity=people, rows=rows)
            for row in rows:
                machines = self.scenario.stations[line.stations[row]].equipment
                if machines is None or not (people > machines.number * lengths).any():
                    continue
                most = np.minimum(people, machines.number * lengths)
                station = line.stations[row]
                yield Place(
                    kind="places", name=station, edges=self.hours, capacity=most, rows=(row,)
                )

    def _of_erp(self) -> Iterator[Place]:
        erp = self.scenario.erp
        if erp is not None and erp.per_hour is not None:
            number = len(self.hours) - 1
            most = np.full(number, float(erp.per_hour))
            yield Place(kind="erp-hour", name="erp", edges=self.hours, capacity=most)
        if erp is not None and erp.per_day is not None:
            days = local_days(self.scenario, self.scenario.limit_seconds).edges
            most = np.full(len(days) - 1, float(erp.per_day))
            yield Place(kind="erp-day", name="erp", edges=days, capacity=most)

    def _of_courier(self) -> Iterator[Place]:
        if self.scenario.courier is None:
            return
        times, parcels = self.visits
        if len(times) and np.isfinite(parcels).all():
            edges = np.concatenate(([0.0], times))
            yield Place(kind="courier", name="courier", edges=edges, capacity=parcels)

    def demand(self, seed: int, replication: int) -> Demand:
        """Return the orders of one replication, as the simulation draws them."""
        ahead = Foresight(self.scenario, seed, replication)
        jobs, those = ahead.work.jobs, ahead.work.job_of
        kept = np.isinf(jobs.cancelled[those])
        who = those[kept]
        ready = jobs.ready[who]
        due = np.minimum(ahead.orders.deadline[kept], self.scenario.limit_seconds)
        by, can = due, due >= ready
        if self.scenario.courier is not None:
            times, _ = self.visits
            last = np.searchsorted(times, due, side="right") - 1
            can = last >= np.searchsorted(times, ready, side="left")
            by = times[np.maximum(last, 0)] if len(times) else due
        return Demand(
            ready=ready,
            due=due,
            dispatched_by=by,
            can=can,
            work=self._work(ahead, who),
            cancelled=int(np.count_nonzero(~kept)),
        )

    def _work(self, ahead: Foresight, who: Ints) -> Floats:
        """Return the person-seconds of every order at every station, in full carts."""
        line, jobs = self.line, ahead.work.jobs
        found = jobs.work[: line.main, who] + (line.cart_setup / line.cart)[: line.main, None]
        for row in range(line.main):
            found[row, (jobs.skips[who] >> np.uint32(row)) & np.uint32(1) == 1] = 0.0
        again = np.zeros(found.shape)
        for row in range(line.main):
            back = int(line.rework_to[row])
            if back >= 0:
                rounds = np.where(found[row] > 0, jobs.rework[row, who], 0)
                again[back : row + 1] = np.maximum(again[back : row + 1], rounds)
        return found * (1 + again)

    def windows(self, place: Place, demand: Demand, share: float = 1.0) -> Windows:
        """Return what a place must do of a demand in time, each order counting as a `share`."""
        slots = len(place.capacity)
        work = demand.work[list(place.rows)].sum(axis=0) if place.rows else np.ones(len(demand))
        those = demand.can & (work > 0)
        ready, by = demand.ready[those], demand.dispatched_by[those]
        if place.kind == "courier":
            first = np.searchsorted(place.edges[1:], ready, side="left")
            last = np.searchsorted(place.edges[1:], demand.due[those], side="right") - 1
        else:
            first = np.searchsorted(place.edges, ready, side="right") - 1
            last = np.searchsorted(place.edges, by, side="left") - 1
        first, last = np.clip(first, 0, slots - 1), np.clip(last, 0, slots - 1)
        last = np.maximum(first, last)
        return windows(first, last, work[those], slots, share)
