"""The Floor as SimPy processes, one a job: short and readable, it defines the model."""

from collections.abc import Generator
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
import simpy

from simulate.warehouse.floor import NOWHERE, UNLIMITED, Ints, Jobs, Line, Look, Stamps, Visits
from simulate.warehouse.instants import CANCELLATION, START, at
from simulate.warehouse.visits import by_start_and_pool

Steps = Generator[simpy.Event, Any, Any]
Queue = list[tuple[float, float, int, simpy.Event]]
"""A heap of (urgency, joined, job, turn): the turn is called when it is the job's."""

TICKS = 2.0**20


def lengthened(work: float, slowness: float, crowding: float) -> float:
    """Return seconds of work made longer, in whole ticks."""
    return round(work * slowness * crowding * TICKS) / TICKS


class SimpyFloor:
    """Jobs as processes that queue for people.

    Work ends and jobs arrive at SimPy's normal priority; cancellations, decisions and starts come
    after them: see `simulate.warehouse.instants`.
    """

    def __init__(self, env: simpy.Environment, line: Line, jobs: Jobs, stock: Ints) -> None:
        self._env, self._line, self._jobs = env, line, jobs
        number, stations = len(jobs.ready), len(line.stations)
        self._released = np.full(number, np.nan)
        self._dispatched = np.full(number, np.nan)
        self._collected = np.full(number, np.nan)
        self._gone = np.full(number, np.nan)
        self._log: list[tuple[int, int, float, float, float]] = []
        self._erp: Queue = []
        self._short: list[Queue] = [[] for _ in stock]
        self._gates: list[Queue] = [[] for _ in range(stations)]
        self._queues: list[Queue] = [[] for _ in range(stations)]
        self._dock: list[tuple[float, int]] = []
        self._held: Queue = []
        self._stock = stock.tolist()
        self._staff = [0] * len(line.pools)
        self._slowness = [1.0] * len(line.pools)
        self._busy = [0] * len(line.pools)
        self._places = [UNLIMITED] * stations
        self._working = [0] * stations
        self._quota = UNLIMITED
        self._released_count = self._inside = self._done = 0
        self._waits_in: dict[int, Queue] = {}
        self._cancelled: set[int] = set()
        self._handled: set[int] = set()
        self._orders = int(np.count_nonzero(~jobs.is_return))
        self._start_is_due = False
        env.process(self._arrivals())
        for job in np.flatnonzero(np.isfinite(jobs.cancelled)).tolist():
            time = max(jobs.cancelled[job], jobs.ready[job])
            at(env, float(time), CANCELLATION).callbacks.append(
                lambda _, job=job: self._cancel(job)
            )

    def _arrivals(self) -> Steps:
        for job, ready in enumerate(self._jobs.ready.tolist()):
            if ready > self._env.now:
                yield self._env.timeout(ready - self._env.now)
            self._inside += not self._jobs.is_return[job]
            self._env.process(self._job(job))

    def _job(self, job: int) -> Steps:
        """One job's way: an order from the ERP to the courier, or a returned parcel's."""
        is_return = bool(self._jobs.is_return[job])
        stays = is_return or (yield from self._release(job))
        station = self._following(job, NOWHERE)
        rework = self._jobs.rework[:, job].tolist()
        delay = self._jobs.delay[:, job].tolist()
        while stays and station < len(self._line.stations):
            stays = yield from self._pass(job, station)
            if stays and rework[station] > 0:
                rework[station] -= 1
                station = self._following(job, int(self._line.rework_to[station]) - 1)
                continue
            if stays and delay[station] > 0:
                stays = yield from self._hold(job, delay[station])
                delay[station] = 0.0
            station = self._following(job, station)
        if is_return:
            self._gone[job] = self._env.now
            return
        self._inside -= 1
        if not stays:
            yield from self._leave(job)
        else:
            self._dispatched[job] = self._env.now
            if self._line.has_courier:
                heappush(self._dock, (self._env.now, job))
                return
            self._collected[job] = self._env.now
        self._done += 1

    def _release(self, job: int) -> Steps:
        """Pass the ERP and take a unit of stock; return False if cancelled before."""
        if not (yield self._join(self._erp, job, urgency=0.0)):
            return False
        group = int(self._jobs.group[job])
        if group != NOWHERE:
            if self._stock[group] > 0 and not self._short[group]:
                self._stock[group] -= 1
            elif not (yield self._join(self._short[group], job, urgency=0.0)):
                return False
        self._released[job] = self._env.now
        return True

    def _pass(self, job: int, station: int) -> Steps:
        """Wait for a person at a station and be worked on; return False if cancelled since."""
        if self._line.wave[station] == NOWHERE:
            turn = self._join(self._queues[station], job)
        else:
            turn = self._join(self._gates[station], job, urgency=0.0)
        work = yield turn
        if not work:
            return False
        seconds, is_first_of_cart = work
        yield self._env.timeout(seconds)
        if is_first_of_cart:
            self._working[station] -= 1
            self._busy[self._line.pool_of[station]] -= 1
            self._look_for_starts()
        return job not in self._cancelled

    def _hold(self, job: int, seconds: float) -> Steps:
        """Be held for a while; return False if cancelled meanwhile."""
        turn = self._join(self._held, job)

        def call(_: simpy.Event) -> None:
            if not turn.triggered:
                self._drop(self._held, job).succeed(True)

        self._env.timeout(seconds).callbacks.append(call)
        return (yield turn)

    def _leave(self, job: int) -> Steps:
        """Be put back on the shelf if the goods were handled, and be gone."""
        if job in self._handled and self._line.restock != NOWHERE:
            self._cancelled.discard(job)
            yield from self._pass(job, self._line.restock)
        self._gone[job] = self._env.now
        group = int(self._jobs.group[job])
        if group != NOWHERE and not np.isnan(self._released[job]):
            self._stock[group] += 1
            self._look_for_starts()

    def _following(self, job: int, station: int) -> int:
        """Return the next station after `station` that the job does not pass by."""
        station += 1
        while station < len(self._line.stations) and int(self._jobs.skips[job]) >> station & 1:
            station += 1
        return station

    def _join(self, queue: Queue, job: int, *, urgency: float | None = None) -> simpy.Event:
        """Put a job in a queue and return its turn, whose value is false if it was cancelled."""
        turn = self._env.event()
        first = float(self._jobs.urgency[job]) if urgency is None else urgency
        heappush(queue, (first, self._env.now, job, turn))
        self._waits_in[job] = queue
        self._look_for_starts()
        return turn

    def _drop(self, queue: Queue, job: int) -> simpy.Event:
        """Take a job out of the middle of a queue and return its turn."""
        place = next(index for index, entry in enumerate(queue) if entry[2] == job)
        turn = queue.pop(place)[3]
        heapify(queue)
        del self._waits_in[job]
        return turn

    def _call(self, queue: Queue, value: Any = True) -> None:
        """Call the first of a queue."""
        _, _, job, turn = heappop(queue)
        del self._waits_in[job]
        turn.succeed(value)

    def _cancel(self, job: int) -> None:
        """Step 2 of an instant: an order leaves its place, unless somebody works on it."""
        if not np.isnan(self._dispatched[job]) or not np.isnan(self._gone[job]):
            return
        self._cancelled.add(job)
        queue = self._waits_in.get(job)
        if queue is not None:
            self._drop(queue, job).succeed(False)

    def _look_for_starts(self) -> None:
        """Have free people take orders once everything else of this instant has happened."""
        if not self._start_is_due:
            self._start_is_due = True
            at(self._env, self._env.now, START).callbacks.append(self._start)

    def _start(self, _: simpy.Event) -> None:
        """Step 4 of an instant. Who is called joins its next place before people choose."""
        self._start_is_due = False
        if self._call_waiting_for_stock() or self._call_erp():
            self._look_for_starts()
            return
        for station, count in enumerate(self._line.wave.tolist()):
            while count > 0 and len(self._gates[station]) >= count:
                self._open_gate(station, count)
        for pool in range(len(self._staff)):
            while self._busy[pool] < self._staff[pool]:
                station = self._first_of(pool)
                if station == NOWHERE:
                    break
                self._begin(pool, station)

    def _call_waiting_for_stock(self) -> bool:
        called = False
        for group, queue in enumerate(self._short):
            while queue and self._stock[group] > 0:
                self._stock[group] -= 1
                self._call(queue)
                called = True
        return called

    def _call_erp(self) -> bool:
        releases = min(len(self._erp), self._quota)
        for _number in range(releases):
            self._call(self._erp)
        self._quota -= releases
        self._released_count += releases
        return releases > 0

    def _first_of(self, pool: int) -> int:
        """Return the station of a pool whose first order is most urgent and joined earliest."""
        chosen, best = NOWHERE, (np.inf, np.inf)
        for station, queue in enumerate(self._queues):
            open_ = self._working[station] < self._places[station]
            if self._line.pool_of[station] == pool and queue and open_ and queue[0][:2] <= best:
                chosen, best = station, queue[0][:2]
        return chosen

    def _begin(self, pool: int, station: int) -> None:
        """Have one person of a pool take the next order, or cart of orders, of a station."""
        line, queue = self._line, self._queues[station]
        self._busy[pool] += 1
        self._working[station] += 1
        cart = [queue[0]] if line.cart[station] == 1 else sorted(queue)[: line.cart[station]]
        work = float(line.cart_setup[station])
        for _, _, job, _turn in cart:
            work += float(self._jobs.work[station, job])
        over = max(0, self._working[station] - int(line.crowd_from[station]))
        crowding = 1.0 + float(line.crowd_slowdown[station]) * over
        seconds = lengthened(work, self._slowness[pool], crowding)
        for number, (_, joined, job, _turn) in enumerate(cart):
            if station >= line.goods_from:
                self._handled.add(job)
            now = self._env.now
            self._log.append((job, station, joined, now, now + seconds))
            self._call(queue, (seconds, number == 0))

    def advance(self, until: float) -> None:
        """Do nothing: the environment has carried out everything up to now."""
        assert until == self._env.now

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        self._staff[pool] = people
        self._look_for_starts()

    def set_places(self, station: int, places: int) -> None:
        """Let a station take at most `places` orders or carts at once."""
        self._places[station] = places
        self._look_for_starts()

    def set_slowness(self, pool: int, slowness: float) -> None:
        """Make work of a pool take `slowness` times its seconds from now on."""
        self._slowness[pool] = slowness

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._quota = orders
        self._look_for_starts()

    def add_stock(self, group: int, units: int) -> None:
        """Put `units` of a group on the shelf."""
        self._stock[group] += units
        self._look_for_starts()

    def release_wave(self, station: int) -> None:
        """Let all orders that wait for a wave at `station` join its queue."""
        self._open_gate(station, len(self._gates[station]))

    def _open_gate(self, station: int, orders: int) -> None:
        """Let the first `orders` that wait for a wave join the station's queue."""
        for _ in range(orders):
            _, joined, job, turn = heappop(self._gates[station])
            urgency = float(self._jobs.urgency[job])
            heappush(self._queues[station], (urgency, joined, job, turn))
            self._waits_in[job] = self._queues[station]
        self._look_for_starts()

    def collect(self, capacity: int) -> int:
        """Hand the parcels that were dispatched first to the courier and return how many."""
        collected = min(capacity, len(self._dock))
        for _ in range(collected):
            _, job = heappop(self._dock)
            self._collected[job] = self._env.now
        self._done += collected
        return collected

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return self._released_count

    def look(self) -> Look:
        """Return what a supervisor sees."""
        queues = self._queues
        return Look(
            waiting=[len(queue) for queue in queues],
            busy=list(self._working),
            joined=[queue[0][1] if queue else np.inf for queue in queues],
            urgency=[queue[0][0] if queue else np.inf for queue in queues],
        )

    def inside(self) -> int:
        """Return how many orders have arrived and are not dispatched and not cancelled."""
        return self._inside

    def is_empty(self) -> bool:
        """Tell whether every order has been collected or is gone; returns do not count."""
        return self._done == self._orders

    def stamps(self) -> Stamps:
        """Return when each job passed each place."""
        joined = np.full(len(self._jobs.ready), np.nan)
        place = np.full(len(joined), NOWHERE, np.int64)
        stations = len(self._line.stations)
        places = [*range(stations), *range(stations), stations, stations + 3]
        queues = [*self._queues, *self._gates, self._erp, self._held]
        queues += self._short
        places += [stations + 1] * len(self._short)
        for where, queue in zip(places, queues, strict=True):
            for _, since, job, _turn in queue:
                joined[job], place[job] = since, where
        for since, job in self._dock:
            joined[job], place[job] = since, stations + 2
        log = list(zip(*self._log, strict=True)) or [()] * 5
        return Stamps(
            released=self._released,
            dispatched=self._dispatched,
            collected=self._collected,
            gone=self._gone,
            visits=by_start_and_pool(
                Visits(
                    job=np.array(log[0], np.int32),
                    station=np.array(log[1], np.int8),
                    joined=np.array(log[2], float),
                    started=np.array(log[3], float),
                    ended=np.array(log[4], float),
                ),
                self._line.pool_of,
            ),
            joined=joined,
            place=place,
            ended=float(self._env.now),
        )
