"""What each place of the line can do at most, slot by slot, if all come and nothing breaks."""

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from simulate.experiment.fluid import Floats
from simulate.scenario.dispatch import Collection, Courier
from simulate.scenario.labour import Pool, Shift
from simulate.scenario.scenario import Scenario
from simulate.scenario.timetable import Calendar, ShiftDay, shift_days

Stretch = tuple[float, float, float]
"""From, until, and how many people's worth of work there is."""


def people_by_slot(scenario: Scenario, pool: Pool, edges: Floats) -> Floats:
    """Return the person-seconds of a pool in each slot between `edges`, at most.

    Absence and learning count as they are on average; overtime and people on call are taken to
    come always.
    """
    calendar = Calendar(scenario)
    found = np.zeros(len(edges) - 1)
    for stretch in _stretches(calendar, pool):
        _add(found, edges, stretch)
    return found


def _stretches(calendar: Calendar, pool: Pool) -> Iterator[Stretch]:
    for shift in pool.shifts.values():
        for day in shift_days(calendar, shift):
            people = worth(shift, day)
            begins = day.starts
            for pause, over in day.breaks:
                yield begins, pause, people
                begins = over
            yield begins, day.ends, people
            if pool.overtime is not None:
                yield day.ends, day.ends + pool.overtime.lasts, people
    for call in pool.call_ins.values():
        for time in calendar.times(call.at, first=call.first, last=call.last):
            yield time + call.notice, time + call.notice + call.lasts, float(call.people)


def worth(shift: Shift, day: ShiftDay) -> float:
    """Return how many people of full speed a day of a shift is worth on average."""
    people = shift.people * (1 - shift.absence)
    new = shift.learning
    if new is None or day.number >= new.days:
        return people
    return people * (new.first_day + (1 - new.first_day) * day.number / new.days)


def _add(found: Floats, edges: Floats, stretch: Stretch) -> None:
    begins, ends, people = stretch
    first = max(0, bisect_right(edges, begins) - 1)
    for slot in range(first, len(found)):
        if edges[slot] >= ends:
            return
        found[slot] += people * max(0.0, min(ends, edges[slot + 1]) - max(begins, edges[slot]))


def visits(scenario: Scenario, courier: Courier) -> tuple[Floats, Floats]:
    """Return when the courier comes, as planned, and how many parcels it takes; inf for any number.

    Visits that are missed lower what it takes on average.
    """
    calendar = Calendar(scenario)
    planned = sorted(
        (time, _parcels(scenario, courier, each, time))
        for each in courier.collections.values()
        for time in calendar.times(each.at, each.weekdays, each.first, each.last)
    )
    times = np.array([time for time, _ in planned])
    return times, np.array([parcels for _, parcels in planned])


def _parcels(scenario: Scenario, courier: Courier, each: Collection, time: float) -> float:
    if each.capacity is None:
        return np.inf
    shares = [
        overload.capacity
        for overload in courier.overloads.values()
        if scenario.seconds(overload.starts) <= time < scenario.seconds(overload.ends)
    ]
    missing = courier.missing if each.missing is None else each.missing
    return each.capacity * min(shares, default=1.0) * (1 - missing)
