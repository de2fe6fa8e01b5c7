"""Time inside a run: seconds since the scenario's start, ticks, and the shop's local hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import overload

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.scenario import TICKS_A_SECOND, Scenario

TICK = 1 / TICKS_A_SECOND
"""Seconds, just under a microsecond. Sums and differences of multiples of TICK are exact in
float64 (below 2**33 seconds), so every Floor on every machine computes the same times."""

_QUARTER = 900
_QUARTERS_A_DAY = 96


@overload
def to_ticks(seconds: float) -> float: ...
@overload
def to_ticks(seconds: NDArray[np.float64]) -> NDArray[np.float64]: ...
def to_ticks(seconds: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    """Return `seconds` rounded to the nearest multiple of `TICK`. NaN and inf stay as they are."""
    rounded = np.rint(np.multiply(seconds, 1 / TICK)) * TICK
    return rounded if isinstance(seconds, np.ndarray) else float(rounded)


@dataclass(frozen=True, slots=True)
class LocalHours:
    """The run cut at every full hour of the shop's clocks.

    `edges` has n + 1 seconds since the start: 0, every local full hour after it, and the end, so
    that the first and the last piece may be shorter than an hour. For each of the n pieces,
    `hour` is the local hour of day, 0 to 23, and `day` counts local days from the starting date.
    Where clocks go forward an hour of day is missing, where they go back one appears twice.
    """

    edges: NDArray[np.float64]
    hour: NDArray[np.int64]
    day: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LocalDays:
    """The run cut at every local midnight: n dates and n + 1 `edges` in seconds since the start.

    The first and the last day may be shorter than the calendar's.
    """

    edges: NDArray[np.float64]
    dates: tuple[date, ...]


def local_hour_edges(scenario: Scenario, until_seconds: float) -> LocalHours:
    """Return the local hours from the scenario's start to `until_seconds` after it.

    Raises ValueError unless `until_seconds` is above 0.
    """
    if until_seconds <= 0:
        raise ValueError(f"no time between the start and {until_seconds} s after it")
    start = scenario.local(scenario.starts)
    began = start.timestamp()
    first = int(began // _QUARTER)
    last = int((began + until_seconds) // _QUARTER) + 1
    instants = np.arange(first, last + 1, dtype=np.int64) * _QUARTER
    wall = instants + _offsets(scenario, instants)
    hours = wall // 3600
    begins = np.flatnonzero((wall[1:] % 3600 == 0) | (hours[1:] != hours[:-1])) + 1
    inside = begins[(instants[begins] > began) & (instants[begins] < began + until_seconds)]
    labels = np.concatenate(([hours[0]], hours[inside]))
    midnight = datetime(start.year, start.month, start.day) - datetime(1970, 1, 1)
    return LocalHours(
        edges=np.concatenate(([0.0], instants[inside] - began, [float(until_seconds)])),
        hour=labels % 24,
        day=labels // 24 - midnight.days,
    )


def _offsets(scenario: Scenario, instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return local time minus UTC, in seconds, at `instants`, quarters of an hour of UTC.

    Every zone's clocks change on a quarter of an hour. A day whose two ends have the same offset
    is taken to have no change in between, which spares most of the look-ups.
    """
    zone = scenario.zone

    def offset(instant: int) -> int:
        found = datetime.fromtimestamp(instant, zone).utcoffset()
        assert found is not None
        return round(found.total_seconds())

    offsets = np.empty(len(instants), dtype=np.int64)
    for begin in range(0, len(instants), _QUARTERS_A_DAY):
        block = instants[begin : begin + _QUARTERS_A_DAY]
        here = slice(begin, begin + len(block))
        before, after = offset(int(block[0])), offset(int(block[-1]))
        offsets[here] = before if before == after else [offset(int(each)) for each in block]
    return offsets


def local_days(scenario: Scenario, until_seconds: float) -> LocalDays:
    """Return the local days from the scenario's start to `until_seconds` after it.

    Raises ValueError unless `until_seconds` is above 0.
    """
    hours = local_hour_edges(scenario, until_seconds)
    begins = np.flatnonzero(np.diff(hours.day)) + 1
    first = scenario.local(scenario.starts).date()
    counted = hours.day[np.concatenate(([0], begins))]
    return LocalDays(
        edges=np.concatenate(([0.0], hours.edges[begins], hours.edges[-1:])),
        dates=tuple(first + timedelta(days=int(day)) for day in counted),
    )


def wall_seconds(scenario: Scenario, day: date, minutes: int) -> float:
    """Return the seconds from the start to the moment when local clocks show `minutes` of `day`.

    `minutes` count from local midnight and may pass 1440, into the next day. A time that clocks
    skip is read as if they had not changed yet; of a time that comes twice the first is taken.
    """
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return scenario.seconds(naive)
