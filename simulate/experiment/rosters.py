"""Rosters to choose from: how many people each shift may have, and what a person of it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from simulate.results.costs import wage_of
from simulate.results.estimates import short
from simulate.scenario.changes import changed
from simulate.scenario.labour import Shift
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError, did_you_mean, listed, refusal, shortened
from simulate.scenario.scenario import Scenario
from simulate.scenario.timetable import Calendar, shift_days

DESK = "desk"
"""Stands for the pool of the service desk."""

MORE_FOR_NOW = 4
"""Without bounds, so many people more than today may be hired for a shift of the campaign."""

Roster = tuple[int, ...]
"""People of each shift that may be changed, in the order of the knobs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A shift whose number of people may be changed, from `least` to `most`; now it has `today`.

    `pool` is ``desk`` for the service desk. `hours`: what one person is paid for over all days of
    the shift that begin before the traffic ends; `cost`: what those cost, None without a wage.
    """

    pool: str
    shift: str
    least: int
    most: int
    today: int
    hours: float
    cost: float | None

    @property
    def price(self) -> float:
        """What a person counts for in the search: money, or without a wage hours."""
        return self.hours if self.cost is None else self.cost

    @property
    def path(self) -> str:
        """Where the number of people is written."""
        owner = DESK if self.pool == DESK else f"pools.{self.pool}"
        return f"{owner}.shifts.{self.shift}.people"

    @property
    def name(self) -> str:
        """Pool and shift, such as ``packers.extra``."""
        return f"{self.pool}.{self.shift}"


def knobs_of(loaded: Loaded, within: Mapping[str, tuple[int, int]] | None = None) -> list[Knob]:
    """Return the shifts that may be changed, in the order of the scenario.

    `within` has bounds by name of the knob; else those of the scenario's `staffing` hold. Without
    any, the shifts that are for some dates only may have none up to `MORE_FOR_NOW` people more,
    and if there are none such, every shift. Raises InputError for a shift that there is not.
    """
    scenario = loaded.scenario
    shifts = dict(_shifts(scenario))
    bounds = _given(within, shifts) or _written(scenario) or _usual(shifts)
    calendar = Calendar(scenario)
    found = []
    for (pool, name), shift in shifts.items():
        if (pool, name) in bounds:
            least, most = bounds[pool, name]
            hours = _hours(scenario, calendar, shift)
            wage = _wage(scenario, pool, name, shift)
            cost = None if wage is None else short(hours * wage)
            found.append(
                Knob(pool=pool, shift=name, least=least, most=most, today=shift.people,
                     hours=short(hours), cost=cost)
            )  # fmt: skip
    if any(knob.cost is None for knob in found):
        # Money and hours cannot be added up: without every wage, hours count.
        return [replace(knob, cost=None) for knob in found]
    return found


def with_roster(loaded: Loaded, knobs: Sequence[Knob], roster: Roster) -> Loaded | None:
    """Return the scenario with a roster, None if nobody would be at work where there is work."""
    changes = {
        knob.path: f"{people} people"
        for knob, people in zip(knobs, roster, strict=True)
        if people != knob.today
    }
    try:
        return changed(loaded, changes) if changes else loaded
    except InputError:
        return None


def price_of(knobs: Sequence[Knob], roster: Roster) -> float:
    """Return what a roster's people cost, or without wages their hours."""
    return short(sum(knob.price * people for knob, people in zip(knobs, roster, strict=True)))


def today(knobs: Sequence[Knob]) -> Roster:
    """Return the roster as it is."""
    return tuple(knob.today for knob in knobs)


def parse_bounds(texts: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the bounds written as ``packers.extra=0..4``; raise InputError for another form."""
    found = {}
    for text in texts:
        name, _, bounds = text.partition("=")
        least, dots, most = bounds.partition("..")
        parts = (least.strip(), most.strip())
        if not dots or not all(part.isdecimal() for part in parts) or "." not in name:
            raise refusal(
                f"`{shortened(text)}` is no bound: write pool, shift, and the fewest and most "
                "people, such as `packers.extra=0..4`"
            )
        if int(parts[0]) > int(parts[1]):
            raise refusal(f"`{shortened(text)}`: the fewest people are more than the most")
        found[name.strip()] = (int(parts[0]), int(parts[1]))
    return found


def _shifts(scenario: Scenario) -> Iterator[tuple[tuple[str, str], Shift]]:
    for pool_name, pool in scenario.pools.items():
        for name, shift in pool.shifts.items():
            yield (pool_name, name), shift
    if scenario.desk is not None:
        for name, shift in scenario.desk.shifts.items():
            yield (DESK, name), shift


Bounds = dict[tuple[str, str], tuple[int, int]]


def _given(
    within: Mapping[str, tuple[int, int]] | None, shifts: Mapping[tuple[str, str], Shift]
) -> Bounds:
    known = {f"{pool}.{name}": (pool, name) for pool, name in shifts}
    found = {}
    for text, bounds in (within or {}).items():
        if text not in known:
            near = did_you_mean(text, known) or f": there are {listed(known)}"
            raise refusal(f"there is no shift `{shortened(text)}`{near}")
        found[known[text]] = bounds
    return found


def _written(scenario: Scenario) -> Bounds:
    if scenario.staffing is None:
        return {}
    desk = {(DESK, name): (r.least, r.most) for name, r in scenario.staffing.desk.items()}
    return {
        (pool, name): (each.least, each.most)
        for pool, ranges in scenario.staffing.pools.items()
        for name, each in ranges.items()
    } | desk


def _usual(shifts: Mapping[tuple[str, str], Shift]) -> Bounds:
    for_now = {key: shift for key, shift in shifts.items() if shift.first or shift.last}
    return {key: (0, each.people + MORE_FOR_NOW) for key, each in (for_now or shifts).items()}


def _hours(scenario: Scenario, calendar: Calendar, shift: Shift) -> float:
    days = [day for day in shift_days(calendar, shift) if day.starts < scenario.traffic_seconds]
    return sum(day.ends - day.starts for day in days) / 3600


def _wage(scenario: Scenario, pool: str, name: str, shift: Shift) -> float | None:
    if pool != DESK:
        return wage_of(scenario.pools[pool], name)
    assert scenario.desk is not None
    wage = shift.wage or scenario.desk.wage
    return None if wage is None else wage.amount
