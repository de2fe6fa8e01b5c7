"""How many of a pool are at work, for all the reasons that there are."""

from dataclasses import dataclass
from typing import Protocol

import simpy

from simulate.warehouse.decisions import Run
from simulate.warehouse.instants import STAFFING, at


@dataclass(slots=True, eq=False)
class Group:
    """People who come and go together, all of one `speed`; not at work while they pause."""

    people: int
    speed: float
    pauses: bool = False


class Sharing(Protocol):
    """Someone who says at which station of the pool each of its people stands."""

    def share_out(self, people: int) -> None:
        """Send `people` to stations."""

    def receive(self) -> None:
        """Let those work who have come to their station by now."""

    on_the_way: int
    """How many of them are between two stations."""


class Crew:
    """The people of one pool: the only one who tells the floor how many are at work.

    `present`: people who are in the house and do not pause. All changes of one instant are told
    at its end, once.
    """

    def __init__(self, run: Run, pool: int) -> None:
        self._run, self._pool = run, pool
        self._groups: list[Group] = []
        self._lent = 0
        self.present = 0
        self._slowness = 1.0
        self._told = (-1, 1.0)
        self._due = self._review_due = False
        self._shared = -1
        self._somebody: simpy.Event | None = None
        self.supervisor: Sharing | None = None
        self.change()

    @property
    def available(self) -> int:
        """People who are present and not lent."""
        return max(0, self.present - self._lent)

    def come(self, people: int, speed: float = 1.0) -> Group:
        """Let `people` begin."""
        group = Group(people, speed)
        self._groups.append(group)
        self._count()
        return group

    def go(self, group: Group) -> None:
        """Send a group home."""
        self._groups.remove(group)
        self._count()

    def pause(self, group: Group, pauses: bool) -> None:
        """Begin or end the pause of a group."""
        group.pauses = pauses
        self._count()

    def lend(self, people: int) -> None:
        """Take people away from the stations, all of them if there are fewer."""
        self._lent += people
        self.change()

    def take_back(self, people: int) -> None:
        """Give back people who were lent."""
        self._lent -= people
        self.change()

    def somebody(self) -> simpy.Event:
        """Return an event that happens as soon as anybody is available."""
        if self._somebody is None:
            self._somebody = self._run.env.event()
        self.change()
        return self._somebody

    def review(self) -> None:
        """Have the supervisor send everybody anew; only at the end of an instant's decisions."""
        self._review_due = True
        self.tell()

    def change(self) -> None:
        """Tell the floor at the end of this instant's decisions."""
        if not self._due:
            self._due = True
            at(self._run.env, self._run.env.now, STAFFING).callbacks.append(self._tell_if_due)

    def _tell_if_due(self, _: simpy.Event) -> None:
        if self._due:
            self.tell()

    def tell(self) -> None:
        """Tell the floor how many are at work; only at the end of an instant's decisions."""
        self._due = False
        run = self._run
        if not run.goes_on():
            return
        people = max(0, self.present - self._lent)
        if people and self._somebody is not None:
            self._somebody.succeed()
            self._somebody = None
        supervisor = self.supervisor
        if supervisor is not None:
            supervisor.receive()
            if self._review_due or people != self._shared:
                supervisor.share_out(people)
                self._shared = people
            people -= supervisor.on_the_way
        self._review_due = False
        slowness = self._slowness
        if people != self._told[0]:
            run.floor.set_staff(self._pool, people)
            run.log.tell_staff(self._pool, run.env.now, people)
        if slowness != self._told[1]:
            run.floor.set_slowness(self._pool, slowness)
        self._told = (people, slowness)

    def _count(self) -> None:
        """Count who is present, and how much longer work takes them than people of full speed."""
        present = [group for group in self._groups if group.people and not group.pauses]
        self.present = sum(group.people for group in present)
        self._slowness = 1.0
        if any(group.speed != 1.0 for group in present):
            self._slowness = self.present / sum(group.people * group.speed for group in present)
        self.change()
