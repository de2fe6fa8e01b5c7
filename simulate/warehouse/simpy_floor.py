"""The Floor as SimPy processes, one an order: short and readable, it defines the model."""

from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any

import numpy as np
import simpy

from simulate.warehouse.floor import UNLIMITED, Jobs, Line, Stamps
from simulate.warehouse.instants import START, at

Steps = Generator[simpy.Event, Any, None]
Queue = list[tuple[float, int, simpy.Event]]


class SimpyFloor:
    """Orders as processes that queue for people.

    Work ends and orders arrive at SimPy's normal priority, decisions come after them and free
    people take orders last: see `simulate.warehouse.instants`.
    """

    def __init__(self, env: simpy.Environment, line: Line, jobs: Jobs) -> None:
        self._env = env
        self._line = line
        self._jobs = jobs
        orders, stations = len(jobs.ready), len(line.stations)
        self._released = np.full(orders, np.nan)
        self._started = np.full((stations, orders), np.nan)
        self._collected = np.full(orders, np.nan)
        self._erp: Queue = []
        self._queues: list[Queue] = [[] for _ in range(stations)]
        self._dock: Queue = []
        self._staff = [0] * len(line.pools)
        self._busy = [0] * len(line.pools)
        self._quota = UNLIMITED
        self._released_count = 0
        self._collected_count = 0
        self._start_is_due = False
        env.process(self._arrivals())

    def _arrivals(self) -> Steps:
        for order, ready in enumerate(self._jobs.ready.tolist()):
            if ready > self._env.now:
                yield self._env.timeout(ready - self._env.now)
            self._env.process(self._order(order))

    def _order(self, order: int) -> Steps:
        """One order's way from the ERP to the courier."""
        yield self._join(self._erp, order)
        self._released[order] = self._env.now
        for station, pool in enumerate(self._line.pool_of.tolist()):
            if int(self._jobs.skips[order]) >> station & 1:
                continue
            yield self._join(self._queues[station], order)
            self._started[station, order] = self._env.now
            yield self._env.timeout(float(self._jobs.work[station, order]))
            self._busy[pool] -= 1
            self._look_for_starts()
        if self._line.has_courier:
            yield self._join(self._dock, order)
        self._collected[order] = self._env.now
        self._collected_count += 1

    def _join(self, queue: Queue, order: int) -> simpy.Event:
        turn = self._env.event()
        heappush(queue, (self._env.now, order, turn))
        self._look_for_starts()
        return turn

    def _look_for_starts(self) -> None:
        """Have free people take orders once everything else of this instant has happened."""
        if not self._start_is_due:
            self._start_is_due = True
            at(self._env, self._env.now, START).callbacks.append(self._start)

    def _start(self, _: simpy.Event) -> None:
        self._start_is_due = False
        releases = min(len(self._erp), self._quota)
        for _number in range(releases):
            self._call(self._erp)
        self._quota -= releases
        self._released_count += releases
        if releases:
            # They are on their way to their first queue: people choose when they are there.
            self._look_for_starts()
            return
        for pool, staff in enumerate(self._staff):
            while self._busy[pool] < staff and (queue := self._longest_wait(pool)):
                self._busy[pool] += 1
                self._call(queue)

    def _longest_wait(self, pool: int) -> Queue | None:
        """Return the queue of the pool whose first order joined earliest, the last of equals."""
        queues = [
            q for q, p in zip(self._queues, self._line.pool_of, strict=True) if p == pool and q
        ]
        return min(reversed(queues), key=lambda queue: queue[0][0], default=None)

    @staticmethod
    def _call(queue: Queue) -> None:
        heappop(queue)[2].succeed()

    def advance(self, until: float) -> None:
        """Do nothing: the environment has carried out everything up to now."""
        assert until == self._env.now

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        self._staff[pool] = people
        self._look_for_starts()

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._quota = orders
        self._look_for_starts()

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return self._released_count

    def collect(self, capacity: int) -> None:
        """Hand the parcels that were dispatched first to the courier."""
        for _ in range(min(capacity, len(self._dock))):
            self._call(self._dock)

    def is_empty(self) -> bool:
        """Tell whether every order has been collected."""
        return self._collected_count == len(self._jobs.ready)

    def stamps(self) -> Stamps:
        """Return when each order passed each place."""
        return Stamps(
            released=self._released,
            started=self._started,
            collected=self._collected,
            ended=float(self._env.now),
        )
