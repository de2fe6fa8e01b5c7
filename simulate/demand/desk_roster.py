"""How many agents are at the service desk, from the shifts that they work."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.streams import stream
from simulate.scenario.scenario import Scenario
from simulate.scenario.timetable import Calendar, shift_days

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDuty:
    """One day of a shift: `came` of its `planned` agents are there from `starts` to `ends`.

    They are away in `breaks`, each a beginning and an end. Seconds since the start.
    """

    shift: str
    starts: float
    ends: float
    breaks: tuple[tuple[float, float], ...]
    planned: int
    came: int

    @property
    def hours(self) -> float:
        """Agent-hours, breaks included."""
        return (self.ends - self.starts) / 3600 * self.came


def duties_of(scenario: Scenario, seed: int, replication: int) -> tuple[DeskDuty, ...]:
    """Return every day of every shift of the desk, with who of its agents came.

    Absence takes a draw for each agent and each day, from a stream for each day of a shift.
    """
    if scenario.desk is None:
        return ()
    calendar = Calendar(scenario)
    duties = []
    for name, shift in scenario.desk.shifts.items():
        for day in shift_days(calendar, shift):
            came = shift.people
            if shift.absence:
                generator = stream(seed, replication, f"desk/absence/{name}/{day.date}")
                came = int(np.count_nonzero(generator.random(shift.people) >= shift.absence))
            duties.append(
                DeskDuty(
                    shift=name,
                    starts=day.starts,
                    ends=day.ends,
                    breaks=day.breaks,
                    planned=shift.people,
                    came=came,
                )
            )
    return tuple(duties)


def agent_steps(duties: Sequence[DeskDuty]) -> tuple[Floats, Ints]:
    """Return as steps how many agents are at work, without those in a break; 0 from 0 on."""
    changes = [(0.0, 0)]
    for duty in duties:
        changes += [(duty.starts, duty.came), (duty.ends, -duty.came)]
        for begins, ends in duty.breaks:
            changes += [(begins, -duty.came), (ends, duty.came)]
    times, place = np.unique(np.array([time for time, _ in changes]), return_inverse=True)
    change = np.zeros(len(times), np.int64)
    np.add.at(change, place, [gain for _, gain in changes])
    return times, np.cumsum(change)
