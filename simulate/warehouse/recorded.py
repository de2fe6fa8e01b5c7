"""A Floor that can be given other orders in the middle of a run."""

from typing import Any

import simpy

from simulate.warehouse.floor import Floor, Ints, Jobs, Line, Look, Stamps
from simulate.warehouse.instants import CANCELLATION, FAILURE, at

DECISIONS = (CANCELLATION + FAILURE) / 2
"""After steps 1 and 2 of an instant, before its first decision."""

BEFORE = -1.0
"""Seconds: what is told to a floor before it has carried out anything."""


class PastChangedError(RuntimeError):
    """What is to come was drawn anew and has changed what was before. A fault of the model."""


class RecordedFloor:
    """A Floor of some `kind` that writes down what it is told, to tell it to another one.

    The floor inside has an environment of its own, so that it can be thrown away for one with
    other jobs: `expect` opens it anew and repeats every decision so far at its moment. While
    `expects_more` nobody may take the run to be over: orders may come that are not among the jobs.
    """

    def __init__(self, kind: type[Floor], line: Line, jobs: Jobs, stock: Ints) -> None:
        self._kind, self._line, self._stock = kind, line, stock
        self._told: list[tuple[float, str, tuple[Any, ...], Any]] = []
        self.expects_more = False
        self._now = BEFORE
        self._open(jobs)

    def expect(self, jobs: Jobs) -> None:
        """Go on with `jobs`, of which those that are ready by now are the same as before.

        Raises PastChangedError if they bring the floor to another state than it is in.
        """
        now, was, told = self._now, self._counts(), self._told
        self._open(jobs)
        self._told = []
        for time, name, values, answer in told:
            self.advance(time)
            if self._tell(name, *values) != answer:
                raise PastChangedError(f"`{name}` at {time} s had another answer before")
        self.advance(now)
        if self._counts() != was:
            raise PastChangedError(f"another number of orders is inside at {now} s than before")

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and steps 1 and 2 of the instant `until`."""
        if until > self._now:
            self._env.run(until=at(self._env, until, DECISIONS))
            self._floor.advance(until)
            self._now = float(until)

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        self._tell("set_staff", pool, people)

    def set_places(self, station: int, places: int) -> None:
        """Let a station take at most `places` orders or carts at once."""
        self._tell("set_places", station, places)

    def set_slowness(self, pool: int, slowness: float) -> None:
        """Make work of a pool take `slowness` times its seconds from now on."""
        self._tell("set_slowness", pool, slowness)

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._tell("set_quota", orders)

    def add_stock(self, group: int, units: int) -> None:
        """Put `units` of a group on the shelf."""
        self._tell("add_stock", group, units)

    def release_wave(self, station: int) -> None:
        """Let all orders that wait for a wave at `station` join its queue."""
        self._tell("release_wave", station)

    def collect(self, capacity: int) -> int:
        """Hand the parcels that were dispatched first to the courier and return how many."""
        return int(self._tell("collect", capacity))

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return self._floor.released_count()

    def look(self) -> Look:
        """Return what a supervisor sees."""
        return self._floor.look()

    def inside(self) -> int:
        """Return how many orders have arrived and are not dispatched and not cancelled."""
        return self._floor.inside()

    def is_empty(self) -> bool:
        """Tell whether every order has left, and no others are expected."""
        return not self.expects_more and self._floor.is_empty()

    def stamps(self) -> Stamps:
        """Return when each of the jobs that came in the end passed each place."""
        return self._floor.stamps()

    def _open(self, jobs: Jobs) -> None:
        self._env = simpy.Environment(initial_time=0.0)
        self._floor = self._kind(self._env, self._line, jobs, self._stock)
        self._now = BEFORE

    def _tell(self, name: str, *values: Any) -> Any:
        answer = getattr(self._floor, name)(*values)
        self._told.append((self._now, name, values, answer))
        return answer

    def _counts(self) -> tuple[int, int]:
        return self.inside(), self.released_count()
