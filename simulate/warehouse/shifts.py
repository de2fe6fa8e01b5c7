"""Who comes when: shifts with their pauses, absence and learning, overtime, people called in."""

import numpy as np

from simulate.scenario.clock import to_ticks
from simulate.scenario.labour import CallIn, Learning, Pool, Shift
from simulate.scenario.timetable import ShiftDay, shift_days
from simulate.warehouse.crew import Crew
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.instants import ROSTER
from simulate.warehouse.log import Duty

SLOWEST = 0.01
"""Nobody is slower, however new."""


def roster(run: Run, index: int, crew: Crew) -> None:
    """Start the processes of everybody who may come to a pool."""
    name, pool = list(run.scenario.pools.items())[index]
    for shift_name, shift in pool.shifts.items():
        for day in shift_days(run.calendar, shift):
            purpose = f"absence/{name}/{shift_name}/{day.date}"
            run.env.process(_day(run, index, crew, (shift_name, shift), day, purpose))
    for call_name, call_in in pool.call_ins.items():
        for time in run.calendar.times(call_in.at, first=call_in.first, last=call_in.last):
            run.env.process(_call_in(run, index, crew, (call_name, call_in), time))


def _day(
    run: Run, index: int, crew: Crew, named: tuple[str, Shift], day: ShiftDay, purpose: str
) -> Steps:
    """One day of a shift: its people come, pause, and go, or stay on if the backlog is high."""
    name, shift = named
    pool: Pool = run.scenario.pools[list(run.scenario.pools)[index]]
    yield from run.reach(day.starts, ROSTER)
    came = _attendance(run, shift, purpose)
    group = crew.come(came, _speed(shift.learning, day.number))
    planned = shift.people

    def log(kind: str, starts: float, ends: float, planned: int) -> None:
        run.log.duties.append(
            Duty(pool=index, kind=kind, name=name, starts=starts, ends=ends, planned=planned,
                 came=came)
        )  # fmt: skip

    log("shift", day.starts, day.ends, planned)
    for begins, over in day.breaks:
        yield from run.reach(begins, ROSTER)
        crew.pause(group, True)
        yield from run.reach(over, ROSTER)
        crew.pause(group, False)
    yield from run.reach(day.ends, ROSTER)
    overtime = pool.overtime
    if overtime is not None and came and run.floor.inside() > overtime.backlog:
        ends = min(day.ends + to_ticks(overtime.lasts), run.calendar.limit)
        if day.ends < ends:
            log("overtime", day.ends, ends, came)
            yield from run.reach(ends, ROSTER)
    crew.go(group)


def _attendance(run: Run, shift: Shift, purpose: str) -> int:
    """Return how many come: a draw for each of the people and each day."""
    if shift.absence == 0:
        return shift.people
    return int(np.count_nonzero(run.stream(purpose).random(shift.people) >= shift.absence))


def _speed(learning: Learning | None, day: int) -> float:
    """Return the speed of people on day number `day` of their shift, at most 1."""
    if learning is None or day >= learning.days:
        return 1.0
    return max(SLOWEST, learning.first_day + (1 - learning.first_day) * day / learning.days)


def _call_in(run: Run, index: int, crew: Crew, named: tuple[str, CallIn], time: float) -> Steps:
    """Look at the backlog once; people come after their notice if it is high."""
    name, call_in = named
    yield from run.reach(time, ROSTER)
    starts = time + to_ticks(call_in.notice)
    ends = min(starts + to_ticks(call_in.lasts), run.calendar.limit)
    if run.floor.inside() <= call_in.backlog or ends <= starts:
        return
    yield from run.reach(starts, ROSTER)
    group = crew.come(call_in.people)
    people = call_in.people
    run.log.duties.append(
        Duty(pool=index, kind="call-in", name=name, starts=starts, ends=ends, planned=people,
             came=people)
    )  # fmt: skip
    yield from run.reach(ends, ROSTER)
    crew.go(group)
