"""Local calendar and clock times as seconds since a scenario's start."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import wall_seconds
from simulate.scenario.dispatch import Collection
from simulate.scenario.labour import WEEKDAYS, Pool, Shift
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _days(scenario: Scenario) -> Iterator[date]:
    """Yield every local date that any shift of the run can start on."""
    day = scenario.local(scenario.starts).date() - timedelta(days=2)
    last = scenario.local(scenario.ends).date() + timedelta(seconds=scenario.drain_limit, days=2)
    while day <= last:
        yield day
        day += timedelta(days=1)


def shift_spans(scenario: Scenario, shift: Shift) -> list[tuple[float, float]]:
    """Return (start, end) in seconds of every time that a shift works, clipped to the run."""
    limit = scenario.limit_seconds
    spans = []
    for day in _days(scenario):
        if WEEKDAYS[day.weekday()] not in shift.weekdays:
            continue
        if (shift.first and day < shift.first) or (shift.last and day > shift.last):
            continue
        start = max(0.0, wall_seconds(scenario, day, shift.starts))
        end = min(limit, wall_seconds(scenario, day, shift.ends))
        if start < end:
            spans.append((start, end))
    return spans


def staffing(scenario: Scenario, pool: Pool) -> tuple[Floats, Ints]:
    """Return a pool's roster as steps: at `times[k]` seconds `people[k]` are put to work.

    The first step is at 0. Shifts that overlap add up.
    """
    changes: dict[float, int] = {0.0: 0}
    for shift in pool.shifts.values():
        for start, end in shift_spans(scenario, shift):
            changes[start] = changes.get(start, 0) + shift.people
            changes[end] = changes.get(end, 0) - shift.people
    times = np.array(sorted(changes))
    people = np.cumsum([changes[time] for time in times.tolist()])
    news = np.concatenate(([True], np.diff(people) != 0))
    return times[news], people[news].astype(np.int64)


def collection_times(scenario: Scenario, collection: Collection) -> list[float]:
    """Return the seconds of every visit of the courier in the run."""
    times = [
        wall_seconds(scenario, day, collection.at)
        for day in _days(scenario)
        if WEEKDAYS[day.weekday()] in collection.weekdays
    ]
    return [time for time in times if 0 <= time <= scenario.limit_seconds]
