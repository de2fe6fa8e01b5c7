"""The Floor as one compiled event loop over arrays: the same timestamps, far sooner."""

import numpy as np
import simpy

from simulate.warehouse import ends, kernel, plain_kernel
from simulate.warehouse.floor import Ints, Jobs, Line, Look, Stamps, Visits
from simulate.warehouse.opening import opened
from simulate.warehouse.state import (
    BITS, DONE, IDLE, INSIDE, IS_DISORDERED, LOGGED, QUOTA, RELEASED, State, handed_over,
)  # fmt: skip
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
        self._keep(state)
        self._most_staff = [0] * len(line.pools)

    def _keep(self, state: State) -> None:
        self._state = handed_over(state)
        self._room = 1 << int(state.counts[BITS])
        self._horizon = ends.horizon(int(state.counts[BITS]))

    def _make_room(self, people: int) -> None:
        """Have room for the ends of so many people's work."""
        state = self._state
        before, bits = self._room, (people - 1).bit_length()
        more = (1 << bits) - before
        idlers = int(state.counts[IDLE])
        new_people = np.arange(before, before + more, dtype=np.uint32)
        grown = state._replace(
            ends=ends.more(state.ends, int(state.counts[BITS]), bits),
            ending=np.concatenate((state.ending, np.zeros(more, np.uint32))),
            end_station=np.concatenate((state.end_station, np.zeros(more, np.uint8))),
            idle=np.concatenate((state.idle[:idlers], new_people, state.idle[idlers:])),
        )
        state.counts[IDLE] += more
        state.counts[BITS] = bits
        self._keep(grown)

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and steps 1 and 2 of the instant `until`.

        Raises OverflowError after some years, or months with a million people at work.
        """
        if until > self._now:
            people = min(sum(self._most_staff), len(self._state.ready))
            if people > self._room:
                self._make_room(people)
            if until >= self._horizon:
                raise OverflowError(f"{until} s is too late for so many people at work")
            # SimPy counts from a whole number, and numba compiles anew for another type.
            self._advance(self._state.where, self._now, float(until))
            self._now = float(until)

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        self._state.staff[pool] = people
        if people > self._most_staff[pool]:
            self._most_staff[pool] = people

    def set_places(self, station: int, places: int) -> None:
        """Let a station take at most `places` orders or carts at once."""
        self._state.places[station] = places

    def set_slowness(self, pool: int, slowness: float) -> None:
        """Make work of a pool take `slowness` times its seconds from now on."""
        self._state.slowness[pool] = slowness

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._state.counts[QUOTA] = orders

    def add_stock(self, group: int, units: int) -> None:
        """Put `units` of a group on the shelf."""
        self._state.stock[group] += units

    def release_wave(self, station: int) -> None:
        """Let all orders that wait for a wave at `station` join its queue."""
        if self._state.waiting[self._rows.gates[station]]:
            kernel.release_wave(self._state.where, station)

    def collect(self, capacity: int) -> int:
        """Hand the parcels that were dispatched first to the courier and return how many."""
        return int(kernel.collect(self._state.where, self._now, capacity))

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return int(self._state.counts[RELEASED])

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
        return int(self._state.counts[INSIDE])

    def is_empty(self) -> bool:
        """Tell whether every order has been collected or is gone; returns do not count."""
        return int(self._state.counts[DONE]) == self._orders

    def stamps(self) -> Stamps:
        """Return when each job passed each place. The floor is of no more use after that."""
        state = self._state
        # A run is full of references in circles: without this, all its arrays would stay until
        # the next collection of garbage, and the next run would have to ask for new memory.
        del self._state
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
