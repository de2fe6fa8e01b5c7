"""The Floor as one compiled event loop over arrays: the same timestamps, far sooner."""

from typing import Any, cast

import numpy as np
import simpy

from simulate.warehouse import ends, kernel, plain_kernel
from simulate.warehouse.floor import Ints, Jobs, Line, Look, Stamps, Visits
from simulate.warehouse.opening import opened
from simulate.warehouse.state import (
    BITS,
    DONE,
    IDLE,
    INSIDE,
    IS_DISORDERED,
    LOGGED,
    QUOTA,
    RELEASED,
    State,
    handed_over,
)
from simulate.warehouse.visits import by_start_and_pool


class CompiledFloor:
    """A Floor that carries out all that flows up to a decision in one call."""

    def __init__(self, env: simpy.Environment, line: Line, jobs: Jobs, stock: Ints) -> None:
        # Before the start, so that what is ready at the start arrives in the first step.
        self._now = float(env.now) - 1
        self._line = line
        self._orders = len(jobs.ready) - int(np.count_nonzero(jobs.is_return))
        state, self._rows, self._is_plain = opened(line, jobs, stock)
        self._advance = plain_kernel.advance if self._is_plain else kernel.advance
        self._most_staff = [0] * len(line.pools)
        self._room, self._has_room = 1, True
        self._look: Look | None = None
        self._keep(state)

    def _keep(self, state: State) -> None:
        self._state = handed_over(state)
        self._where = self._state.where
        self._horizon = ends.horizon(int(state.counts[BITS]))
        # Single numbers are told and set sooner past numpy.
        self._counts, self._staff, self._places = (
            memoryview(cast(Any, numbers))
            for numbers in (self._state.counts, self._state.staff, self._state.places)
        )

    def _make_room(self) -> None:
        """Have room for the ends of everybody's work; there is no more of it than jobs."""
        self._has_room = True
        people = min(sum(self._most_staff), len(self._state.ready))
        if people <= self._room:
            return
        state, bits = self._state, (people - 1).bit_length()
        newcomers = np.arange(self._room, 1 << bits, dtype=np.uint32)
        nothing = np.zeros(len(newcomers), np.uint32)
        idlers = self._counts[IDLE]
        grown = state._replace(
            ends=ends.more(state.ends, self._counts[BITS], bits),
            ending=np.concatenate((state.ending, nothing)),
            end_station=np.concatenate((state.end_station, nothing)),
            idle=np.concatenate((state.idle[:idlers], newcomers, state.idle[idlers:])),
        )
        self._counts[IDLE] += len(newcomers)
        self._counts[BITS] = bits
        self._room = 1 << bits
        self._keep(grown)

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and steps 1 and 2 of the instant `until`.

        Raises OverflowError after a thousand years, or months with a million people at work.
        """
        if until > self._now:
            if not self._has_room:
                self._make_room()
            if until >= self._horizon:
                raise OverflowError(f"{until} s is too late for so many people at work")
            # SimPy counts from a whole number, and numba compiles anew for another type.
            self._advance(self._where, self._now, float(until))
            self._now = float(until)
            self._look = None

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        self._staff[pool] = people
        if people > self._most_staff[pool]:
            self._most_staff[pool] = people
            self._has_room = False

    def set_places(self, station: int, places: int) -> None:
        """Let a station take at most `places` orders or carts at once."""
        self._places[station] = places

    def set_slowness(self, pool: int, slowness: float) -> None:
        """Make work of a pool take `slowness` times its seconds from now on."""
        self._state.slowness[pool] = slowness

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._counts[QUOTA] = orders

    def add_stock(self, group: int, units: int) -> None:
        """Put `units` of a group on the shelf."""
        self._state.stock[group] += units

    def release_wave(self, station: int) -> None:
        """Let all orders that wait for a wave at `station` join its queue."""
        if self._state.waiting[self._rows.gates[station]]:
            kernel.release_wave(self._where, station)
            self._look = None

    def collect(self, capacity: int) -> int:
        """Hand the parcels that were dispatched first to the courier and return how many."""
        return int(kernel.collect(self._where, self._now, capacity))

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return self._counts[RELEASED]

    def look(self) -> Look:
        """Return what a supervisor sees."""
        if self._look is None:
            state = self._state
            self._look = Look(
                state.in_queue.tolist(),
                state.working.tolist(),
                state.first_joined.tolist(),
                state.first_urgency.tolist(),
            )
        return self._look

    def inside(self) -> int:
        """Return how many orders have arrived and are not dispatched and not cancelled."""
        return self._counts[INSIDE]

    def is_empty(self) -> bool:
        """Tell whether every order has been collected or is gone; returns do not count."""
        return self._counts[DONE] == self._orders

    def stamps(self) -> Stamps:
        """Return when each job passed each place. The floor is of no more use after that."""
        state = self._state
        # A run is full of references in circles: without this, all its arrays would stay until
        # the next collection of garbage, and the next run would have to ask for new memory.
        del self._state, self._where, self._counts, self._staff, self._places
        joined, place = self._rows.still_waiting(state, self._is_plain)
        logged = slice(int(state.counts[LOGGED]))
        visits = Visits(
            job=state.log_job[logged],
            station=state.log_station[logged],
            joined=state.log_joined[logged],
            started=state.log_started[logged],
            ended=state.log_ended[logged],
        )
        if state.counts[IS_DISORDERED]:
            visits = by_start_and_pool(visits, self._line.pool_of)
        return Stamps(
            released=state.released,
            dispatched=state.dispatched,
            collected=state.collected,
            gone=state.gone,
            visits=visits,
            joined=joined,
            place=place,
            ended=self._now,
        )
