"""What was decided during a run, and by whom."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One stretch of work of some people of a pool.

    `kind`: ``shift``, ``overtime`` (a shift that stayed on) or ``call-in``; `name` of the shift or
    call-in. `planned` people were on the roster, `came` of them were there. Seconds since the
    start; breaks lie within.
    """

    pool: int
    kind: str
    name: str
    starts: float
    ends: float
    planned: int
    came: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of the courier: `planned` for, `came` at (NaN: it did not), with room for
    `capacity` parcels of which `taken` were filled."""

    name: str
    planned: float
    came: float
    capacity: int
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A machine of a station, or the ERP (station -1), that did not run."""

    station: int
    starts: float
    ends: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One time that a rule of the controller was in force, in seconds since the start."""

    rule: str
    starts: float
    ends: float


@dataclass(slots=True)
class Log:
    """Everything that was decided in one run.

    `staff[p]`: steps (seconds, people) of how many of a pool were at work, as given to the floor;
    people who are away unloading or changing stations are not at work. `is_alarmed`: a controller
    who only looked on has seen a backlog above what a rule allows.
    """

    staff: list[list[tuple[float, int]]]
    duties: list[Duty] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    moves: int = 0
    is_alarmed: bool = False

    def tell_staff(self, pool: int, time: float, people: int) -> None:
        """Note how many of a pool work from `time` on; the last word of an instant counts."""
        steps = self.staff[pool]
        if steps and steps[-1][0] == time:
            steps.pop()
        if not steps or steps[-1][1] != people:
            steps.append((time, people))

    def steps(self, pool: int) -> tuple[Floats, Ints]:
        """Return the staffing of a pool as steps: `people[k]` from `times[k]` on."""
        times, people = zip(*self.staff[pool], strict=True) if self.staff[pool] else ((0.0,), (0,))
        return np.array(times), np.array(people, np.int64)
