"""The Floor as one compiled event loop over arrays: the same timestamps, far sooner."""

from typing import Any

import numpy as np
import simpy

from simulate.warehouse import kernel, plain_kernel
from simulate.warehouse.floor import NOWHERE, UNLIMITED, Ints, Jobs, Line, Look, Stamps, Visits
from simulate.warehouse.visits import by_start_and_pool

MOST_CLASSES = 8
"""So many urgencies have a queue of their own at each station; of more a heap is sooner."""


class CompiledFloor:
    """A Floor that carries out all that flows up to a decision in one call."""

    def __init__(self, env: simpy.Environment, line: Line, jobs: Jobs, stock: Ints) -> None:
        # Before the start, so that what is ready at the start arrives in the first step.
        self._now = float(env.now) - 1
        classes, class_of = _classes(line, jobs)
        has_heaps = classes > MOST_CLASSES
        rows = _Rows(line, jobs, stock, 1 if has_heaps else classes)
        number, stations, pools = len(jobs.ready), len(line.stations), len(line.pools)
        width = number + int(_rows_of(jobs.rework).sum())
        detour, delay, rework = _detours(jobs)
        visits = _most_visits(line, jobs)
        cancels = np.flatnonzero(np.isfinite(jobs.cancelled))
        cancel_at = np.maximum(jobs.cancelled, jobs.ready)[cancels]
        order = np.argsort(cancel_at, kind="stable")
        counts = np.zeros(kernel.COUNTS, np.int64)
        counts[kernel.QUOTA] = UNLIMITED
        counts[kernel.HAS_COURIER] = line.has_courier
        counts[kernel.HAS_HEAPS], counts[kernel.CLASSES] = has_heaps, rows.classes
        counts[kernel.RESTOCK] = line.restock
        counts[kernel.GOODS_FROM] = line.goods_from
        counts[kernel.ERP], counts[kernel.DOCK], counts[kernel.HELD] = (
            rows.erp,
            rows.dock,
            rows.held,
        )
        self._line, self._rows = line, rows
        self._orders = int(np.count_nonzero(~jobs.is_return))
        self._is_plain = _is_plain(line, jobs)
        self._advance = plain_kernel.advance if self._is_plain else kernel.advance
        self._state = kernel.State(
            pool_of=line.pool_of.astype(np.uint32),
            cart=line.cart,
            cart_setup=line.cart_setup,
            wave=line.wave,
            crowd_from=line.crowd_from,
            crowd_slowdown=line.crowd_slowdown,
            rework_to=line.rework_to,
            ready=jobs.ready,
            work=jobs.work,
            skips=jobs.skips,
            urgency=jobs.urgency,
            class_of=class_of,
            group=jobs.group,
            detour=detour,
            delay=delay,
            rework=rework,
            is_return=jobs.is_return,
            cancels=cancels[order].astype(np.int32),
            cancel_at=cancel_at[order],
            queue=np.empty((rows.number, width), np.uint32),
            joined=np.empty((rows.number, width)),
            first=np.empty((stations, width if has_heaps else 0)),
            span=np.zeros((rows.number, 2), np.uint32),
            waiting=np.zeros(rows.number, np.int64),
            row_of=np.full(number, NOWHERE, np.int16),
            gate_row=rows.gates,
            short_row=rows.short,
            end=np.full(2, np.inf),
            ending=np.empty(2, np.uint32),
            end_code=np.empty(2, np.uint16),
            next_in_cart=np.full(number, NOWHERE, np.int32),
            at_station=np.zeros(number, np.int8),
            of_pool=_stations_of_pools(line),
            staff=np.zeros(pools, np.int64),
            busy=np.zeros(pools, np.int64),
            slowness=np.ones(pools),
            places=np.full(stations, UNLIMITED),
            working=np.zeros(stations, np.int64),
            stock=stock.copy(),
            due=np.zeros(pools, np.int64),
            is_due=np.zeros(pools, np.bool_),
            in_queue=np.zeros(stations, np.int64),
            first_joined=np.full(stations, np.inf),
            first_urgency=np.full(stations, np.inf),
            is_cancelled=np.zeros(number, np.bool_),
            is_handled=np.zeros(number, np.bool_),
            released=np.full(number, np.nan),
            dispatched=np.full(number, np.nan),
            collected=np.full(number, np.nan),
            gone=np.full(number, np.nan),
            log_job=np.empty(visits, np.int32),
            log_station=np.empty(visits, np.int8),
            log_joined=np.empty(visits),
            log_started=np.empty(visits),
            log_ended=np.empty(visits),
            counts=counts,
        )
        counts[kernel.STATIONS], counts[kernel.POOLS], counts[kernel.NJOBS] = (
            stations,
            pools,
            number,
        )
        counts[kernel.NCANCELS], counts[kernel.GROUPS] = len(cancels), len(stock)
        counts[kernel.HAS_STOCK], counts[kernel.HAS_WAVES] = (
            (rows.short >= 0).any(),
            (line.wave > 0).any(),
        )
        self._delays = int(np.count_nonzero(delay.any(axis=0)))
        self._most_staff = [0] * pools
        self._make_room()

    def _make_room(self) -> None:
        """Have room in the heap of ends for everybody at work and for every delay."""
        state = self._state
        room = sum(self._most_staff) + self._delays
        if room + 2 > len(state.end):
            more = max(room + 2, 16) - len(state.end)
            self._state = state._replace(
                end=np.concatenate((state.end, np.full(more, np.inf))),
                ending=np.concatenate((state.ending, np.empty(more, np.uint32))),
                end_code=np.concatenate((state.end_code, np.empty(more, np.uint16))),
            )

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and steps 1 and 2 of the instant `until`."""
        if until > self._now:
            # SimPy counts from a whole number, and numba compiles anew for another type.
            self._advance(self._state, self._now, float(until))
            self._now = float(until)

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        self._state.staff[pool] = people
        if people > self._most_staff[pool]:
            self._most_staff[pool] = people
            self._make_room()

    def set_places(self, station: int, places: int) -> None:
        """Let a station take at most `places` orders or carts at once."""
        self._state.places[station] = places

    def set_slowness(self, pool: int, slowness: float) -> None:
        """Make work of a pool take `slowness` times its seconds from now on."""
        self._state.slowness[pool] = slowness

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._state.counts[kernel.QUOTA] = orders

    def add_stock(self, group: int, units: int) -> None:
        """Put `units` of a group on the shelf."""
        self._state.stock[group] += units

    def release_wave(self, station: int) -> None:
        """Let all orders that wait for a wave at `station` join its queue."""
        if self._state.waiting[self._rows.gates[station]]:
            kernel.release_wave(self._state, station)

    def collect(self, capacity: int) -> int:
        """Hand the parcels that were dispatched first to the courier and return how many."""
        return int(kernel.collect(self._state, self._now, capacity))

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return int(self._state.counts[kernel.RELEASED])

    def look(self) -> Look:
        """Return what a supervisor sees."""
        state = self._state
        return Look(
            state.in_queue.tolist(),
            state.working.tolist(),
            state.first_joined.tolist(),
            state.first_urgency.tolist(),
        )

    def inside(self) -> int:
        """Return how many orders have arrived and are not dispatched and not cancelled."""
        return int(self._state.counts[kernel.INSIDE])

    def is_empty(self) -> bool:
        """Tell whether every order has been collected or is gone; returns do not count."""
        return int(self._state.counts[kernel.DONE]) == self._orders

    def stamps(self) -> Stamps:
        """Return when each job passed each place. The floor is of no more use after that."""
        state = self._state
        # A run is full of references in circles: without this, all its arrays would stay until
        # the next collection of garbage, and the next run would have to ask for new memory.
        del self._state
        if self._is_plain:
            self._rows.note_waiting(state)
        joined, place = self._rows.still_waiting(state)
        logged = slice(int(state.counts[kernel.LOGGED]))
        return Stamps(
            released=state.released,
            dispatched=state.dispatched,
            collected=state.collected,
            gone=state.gone,
            visits=by_start_and_pool(
                Visits(
                    job=state.log_job[logged],
                    station=state.log_station[logged],
                    joined=state.log_joined[logged],
                    started=state.log_started[logged],
                    ended=state.log_ended[logged],
                ),
                self._line.pool_of,
            ),
            joined=joined,
            place=place,
            ended=self._now,
        )


class _Rows:
    """Which row of the state stands for which place: stations, gates, ERP, dock, stock, delays."""

    def __init__(self, line: Line, jobs: Jobs, stock: Ints, classes: int) -> None:
        stations = len(line.stations)
        needed = np.bincount(jobs.group[jobs.group >= 0], minlength=len(stock))
        self.classes = classes
        places = [station for station in range(stations) for _ in range(classes)]
        self.erp, self.dock = len(places), len(places) + 1
        places += [stations, stations + 2]
        self.gates = np.full(stations, NOWHERE, np.int64)
        for station in np.flatnonzero(line.wave != NOWHERE):
            self.gates[station] = len(places)
            places.append(int(station))
        self.short = np.full(len(stock), NOWHERE, np.int64)
        for group in np.flatnonzero((stock < UNLIMITED) & (needed > 0)):
            self.short[group] = len(places)
            places.append(stations + 1)
        self.number = len(places)
        self.held = len(places)
        self._places = np.array([*places, stations + 3], np.int64)

    def note_waiting(self, state: Any) -> None:
        """Note the row of each job that waits, which the kernel of plain lines does not."""
        arrived, released = state.counts[kernel.ARRIVED], state.counts[kernel.RELEASED]
        state.span[self.erp] = released, arrived
        state.queue[self.erp, released:arrived] = np.arange(released, arrived)
        state.joined[self.erp, released:arrived] = state.ready[released:arrived]
        for row in range(self.number):
            state.row_of[state.queue[row, slice(*state.span[row])]] = row

    def still_waiting(self, state: Any) -> tuple[np.ndarray[Any, Any], Ints]:
        """Return since when and where each job waits, NaN and -1 for none."""
        joined = np.full(len(state.ready), np.nan)
        place = np.full(len(state.ready), NOWHERE, np.int64)
        waits = state.row_of != NOWHERE
        place[waits] = self._places[state.row_of[waits]]
        for row in range(self.number):
            here = slice(*state.span[row])
            jobs = state.queue[row, here]
            there = state.row_of[jobs] == row
            joined[jobs[there]] = state.joined[row, here][there]
        held = state.row_of == self.held
        if held.any():
            # Of a job's visits the last is assigned last.
            logged = int(state.counts[kernel.LOGGED])
            visits = np.flatnonzero(held[state.log_job[:logged]])
            joined[state.log_job[visits]] = state.log_ended[visits]
        return joined, place


def _classes(line: Line, jobs: Jobs) -> tuple[int, Any]:
    """Return how many urgencies there are and, unless they are too many, which each job has."""
    if not line.by_urgency or not len(jobs.ready):
        return 1, np.zeros(len(jobs.ready), np.int8)
    urgencies = np.unique(jobs.urgency)
    if len(urgencies) > MOST_CLASSES:
        return len(urgencies), np.empty(0, np.int8)
    return len(urgencies), np.searchsorted(urgencies, jobs.urgency).astype(np.int8)


def _is_plain(line: Line, jobs: Jobs) -> bool:
    """Tell whether a line and its jobs have none of the options that the full kernel is for."""
    options = (
        not line.is_steady,
        line.by_urgency,
        (line.cart != 1).any(),
        line.cart_setup.any(),
        (line.wave != NOWHERE).any(),
        line.crowd_slowdown.any(),
        _rows_of(jobs.delay).any(),
        _rows_of(jobs.rework).any(),
        jobs.is_return.any(),
        (jobs.group != NOWHERE).any(),
        np.isfinite(jobs.cancelled).any(),
    )
    return not any(options)


def _stations_of_pools(line: Line) -> Ints:
    """Return the stations of each pool, last of the line first, filled up with -1."""
    table = np.full((len(line.pools), len(line.stations) + 1), NOWHERE, np.int64)
    for pool in range(len(line.pools)):
        own = np.flatnonzero(line.pool_of == pool)[::-1]
        table[pool, : len(own)] = own
    return table


def _rows_of(table: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a table of jobs, or one row of it if it says the same of all and takes no memory."""
    return table if any(table.strides) else table[:1]


def _detours(jobs: Jobs) -> tuple[Ints, Any, Any]:
    """Return each station's row, or -1, in the tables of delays and rework, and the tables."""
    away = _rows_of(jobs.delay).any(axis=1) | _rows_of(jobs.rework).any(axis=1)
    stations = np.flatnonzero(np.broadcast_to(away, len(jobs.work)))
    detour = np.full(len(jobs.work), NOWHERE, np.int64)
    detour[stations] = np.arange(len(stations))
    return detour, jobs.delay[stations], jobs.rework[stations]


def _most_visits(line: Line, jobs: Jobs) -> int:
    """Return how many visits there can be: every station that is not passed by, rework, restock."""
    stations = len(line.stations)
    passed_by = int(np.bitwise_count(jobs.skips & np.uint32(2**stations - 1)).sum())
    again = sum(
        int(jobs.rework[s].sum()) * (s - int(line.rework_to[s]) + 1)
        for s in range(stations)
        if line.rework_to[s] != NOWHERE
    )
    return stations * len(jobs.ready) - passed_by + again + int(np.isfinite(jobs.cancelled).sum())
