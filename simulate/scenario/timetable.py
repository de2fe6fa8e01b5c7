"""Local calendar and clock times as seconds since a scenario's start."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from simulate.scenario.clock import to_ticks, wall_seconds
from simulate.scenario.labour import WEEKDAYS, Shift, Weekday
from simulate.scenario.scenario import Scenario

DAY = 86400.0


class Calendar:
    """The local days of a run and two days around it, each with when it begins."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.limit = scenario.limit_seconds
        first = scenario.local(scenario.starts).date() - timedelta(days=2)
        number = int(self.limit // DAY) + 6
        self.days = [first + timedelta(days=day) for day in range(number)]
        self._midnights = [wall_seconds(scenario, day, 0) for day in self.days]

    def seconds(self, day: int, minutes: int) -> float:
        """Return when local clocks show `minutes` after the midnight of `days[day]`."""
        midnight = self._midnights[day]
        if day + 2 < len(self.days) and self._midnights[day + 2] == midnight + 2 * DAY:
            return midnight + 60.0 * minutes
        return wall_seconds(self._scenario, self.days[day], minutes)

    def times(
        self,
        minutes: int,
        weekdays: tuple[Weekday, ...] = WEEKDAYS,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[float]:
        """Yield when clocks show `minutes` on each of the `weekdays` within the run.

        Only from `first` to `last`, if they are given.
        """
        for day, when in enumerate(self.days):
            if (first and when < first) or (last and when > last):
                continue
            if WEEKDAYS[when.weekday()] in weekdays:
                time = self.seconds(day, minutes)
                if 0 <= time <= self.limit:
                    yield time

    def ticking(self, every: float) -> Iterator[float]:
        """Yield each `every` seconds after each local midnight within the run."""
        step = max(to_ticks(every), 1.0)
        for midnight, following in zip(self._midnights, self._midnights[1:], strict=False):
            skipped = max(0, int(-midnight // step))
            time = midnight + skipped * step
            while time < following and time <= self.limit:
                if time >= 0:
                    yield time
                time += step


@dataclass(frozen=True, slots=True)
class ShiftDay:
    """One day of a shift: its `date`, which of the shift's days it is (0 is the first), and in
    seconds since the start, clipped to the run, when it `starts`, `ends`, and pauses."""

    date: date
    number: int
    starts: float
    ends: float
    breaks: tuple[tuple[float, float], ...]


def shift_days(calendar: Calendar, shift: Shift) -> list[ShiftDay]:
    """Return every day that a shift works within the run.

    Its days are counted from its `first` date, or if it has none from the first within the run.
    """
    found: list[ShiftDay] = []
    before = _days_before(calendar.days[0], shift)
    for day, when in enumerate(calendar.days):
        if not _works_on(when, shift):
            continue
        starts = max(0.0, calendar.seconds(day, shift.starts))
        ends = min(calendar.limit, calendar.seconds(day, shift.ends))
        if starts < ends:
            breaks = _breaks(calendar, day, shift, starts, ends)
            found.append(ShiftDay(when, before, starts, ends, breaks))
        if starts < ends or shift.first is not None:
            before += 1
    return found


def _works_on(day: date, shift: Shift) -> bool:
    if (shift.first and day < shift.first) or (shift.last and day > shift.last):
        return False
    return WEEKDAYS[day.weekday()] in shift.weekdays


def _days_before(day: date, shift: Shift) -> int:
    """Return how many days a shift has worked before `day`, counted from its `first` date."""
    if shift.first is None:
        return 0
    earlier = range((day - shift.first).days)
    return sum(_works_on(shift.first + timedelta(days=number), shift) for number in earlier)


def _breaks(
    calendar: Calendar, day: int, shift: Shift, starts: float, ends: float
) -> tuple[tuple[float, float], ...]:
    """Return the pauses of one day of a shift; those that overlap are one."""
    pauses: list[tuple[float, float]] = []
    planned = []
    for pause in shift.breaks.values():
        minutes = pause.starts if pause.starts >= shift.starts else pause.starts + 1440
        begins = calendar.seconds(day, minutes)
        planned.append((max(starts, begins), min(ends, begins + to_ticks(pause.lasts))))
    for begins, over in sorted(planned):
        if pauses and begins <= pauses[-1][1]:
            pauses[-1] = (pauses[-1][0], max(over, pauses[-1][1]))
        elif begins < over:
            pauses.append((begins, over))
    return tuple(pauses)
