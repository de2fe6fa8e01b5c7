"""Whether rosters, breaks, supervisors, overtime and call-ins fit together."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from simulate.scenario.findings import Finding
from simulate.scenario.labour import WEEKDAYS, CallIn, Pool, Shift
from simulate.scenario.problems import listed
from simulate.scenario.scenario import Scenario

MAX_PEOPLE = 10_000
LEAST_PAUSE = 60.0
"""Seconds: nothing is decided more often than every minute."""
DAY = 86400.0

Loc = tuple[str, ...]


def check_labour(scenario: Scenario) -> list[Finding]:
    """Return everything about people that does not fit together."""
    shifts = [
        finding
        for pool_name, pool in scenario.pools.items()
        for name, shift in pool.shifts.items()
        for finding in check_shift(scenario, ("pools", pool_name, "shifts", name), shift)
    ]
    blamed = {finding.loc[:2] for finding in shifts}
    return [
        *shifts,
        *(finding for finding in _rosters(scenario) if finding.loc not in blamed),
        *_supervisors(scenario),
        *_extra_hours(scenario),
    ]


def days_of(scenario: Scenario) -> Iterator[date]:
    """Yield the local dates on which a shift of the run can start."""
    day = scenario.local(scenario.starts).date() - timedelta(days=2)
    for _ in range(int(scenario.limit_seconds // DAY) + 5):
        yield day
        day += timedelta(days=1)


def clock_of(day: date, minutes: int) -> datetime:
    """Return the naive local moment `minutes` after the midnight that begins `day`."""
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


def works_within(scenario: Scenario, shift: Shift) -> bool:
    """Whether a shift is at work at any time between the start and the drain limit."""
    return any(
        scenario.seconds(clock_of(day, shift.starts)) < scenario.limit_seconds
        and scenario.seconds(clock_of(day, shift.ends)) > 0
        for day in days_of(scenario)
        if WEEKDAYS[day.weekday()] in shift.weekdays
        and (shift.first is None or day >= shift.first)
        and (shift.last is None or day <= shift.last)
    )


def check_shift(scenario: Scenario, loc: Loc, shift: Shift) -> Iterator[Finding]:
    """Yield everything about one shift, of a pool or of the desk, that does not fit together."""
    start = scenario.local(scenario.starts).date()
    limit = start + timedelta(days=scenario.limit_seconds // DAY + 1)
    if shift.people > MAX_PEOPLE:
        message = f"more than {MAX_PEOPLE:,} people on one shift is not possible"
        yield Finding((*loc, "people"), message)
    if not shift.weekdays:
        message = "the shift works on no day: name `weekdays`, or remove the shift"
        yield Finding((*loc, "weekdays"), message)
    elif (shift.first or shift.last) and not works_within(scenario, shift):
        late = shift.first is not None and shift.first > start
        message = (
            "with these dates the shift never works: the run goes from "
            f"{start} to {limit} at the latest"
        )
        yield Finding((*loc, "first" if late or shift.last is None else "last"), message)
    if shift.absence == 1:
        message = "nobody of the shift ever comes: write fewer `people`, or remove the shift"
        yield Finding((*loc, "absence"), message)
    if shift.learning is not None and shift.learning.first_day == 0:
        message = "who works at 0 % of full speed never gets done: write for example `60%`"
        yield Finding((*loc, "learning", "first_day"), message)
    yield from _breaks(loc, shift)


def _breaks(loc: Loc, shift: Shift) -> Iterator[Finding]:
    hours = f"{_shown(shift.starts)} to {_shown(shift.ends)}"
    taken: list[tuple[float, float, str]] = []
    for name, pause in shift.breaks.items():
        here, ends = (*loc, "breaks", name), pause.starts + pause.lasts / 60
        if pause.lasts == 0:
            yield Finding((*here, "lasts"), "the break takes no time: write for example `30min`")
        elif pause.lasts / 60 >= shift.ends - shift.starts:
            yield Finding((*here, "lasts"), f"the break is as long as its shift, {hours}")
        elif shift.starts <= pause.starts + 1440 < shift.ends:
            message = (
                f"after midnight, a break of this shift is written `{_shown(pause.starts)}+1d`"
            )
            yield Finding((*here, "starts"), message)
        elif not shift.starts <= pause.starts < shift.ends:
            yield Finding((*here, "starts"), f"the break lies outside its shift, {hours}")
        elif ends > shift.ends:
            yield Finding((*here, "lasts"), f"the break goes on after its shift, {hours}")
        for begun, over, other in taken:
            if pause.starts < over and begun < ends:
                yield Finding((*here, "starts"), f"the break overlaps with `{other}`")
        taken.append((pause.starts, ends, name))


def _shown(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}" + ("+1d" if minutes >= 1440 else "")


def _rosters(scenario: Scenario) -> Iterator[Finding]:
    for pool_name, pool in scenario.pools.items():
        if any(
            shift.people and shift.absence < 1 and works_within(scenario, shift)
            for shift in pool.shifts.values()
        ):
            continue
        waiting = [
            name
            for name, station in scenario.stations.items()
            if station.pool == pool_name and _has_work(scenario, name)
        ]
        nobody = f"nobody of `{pool_name}` is at work between the start and the drain limit, so "
        if waiting:
            message = f"{nobody}all orders would wait at {listed(waiting)}"
            yield Finding(("pools", pool_name), message, of_key=True)
        elif pool_name in _handling_pools(scenario):
            message = f"{nobody}what is cancelled or comes back would never be put away"
            yield Finding(("pools", pool_name), message, of_key=True)


def _handling_pools(scenario: Scenario) -> list[str]:
    cancellations, returns = scenario.cancellations, scenario.returns
    restocking = cancellations.restocking if cancellations else None
    handling = returns.handling if returns else None
    return [each.pool for each in (restocking, handling) if each is not None]


def _has_work(scenario: Scenario, station: str) -> bool:
    """Whether any order needs the station: those packed beforehand may pass it by."""
    return station not in scenario.packed_beforehand_skips or any(
        group.share and group.packed_beforehand < 1 for group in scenario.sku_groups.values()
    )


def _supervisors(scenario: Scenario) -> Iterator[Finding]:
    for name, pool in scenario.pools.items():
        if pool.supervisor is None:
            continue
        loc = ("pools", name, "supervisor")
        served = [key for key, station in scenario.stations.items() if station.pool == name]
        number = len(served) + _handling_pools(scenario).count(name)
        if number < 2:
            message = (f"`{name}` serves only one station, so there is nowhere to move people to: "
                       "remove the supervisor")  # fmt: skip
            yield Finding(loc, message, of_key=True)
        if pool.supervisor.every < LEAST_PAUSE:
            yield Finding((*loc, "every"), "a supervisor looks at most once a minute: write `1min`")
        elif pool.supervisor.switching >= pool.supervisor.every:
            message = "who is moved would be moved again before arriving: make it less than `every`"
            yield Finding((*loc, "switching"), message)


def _extra_hours(scenario: Scenario) -> Iterator[Finding]:
    for name, pool in scenario.pools.items():
        loc = ("pools", name)
        if pool.overtime is not None and not 0 < pool.overtime.lasts <= DAY / 2:
            message = "overtime lasts more than 0 and at most 12h"
            yield Finding((*loc, "overtime", "lasts"), message)
        for key, call in pool.call_ins.items():
            yield from _call_in((*loc, "call_ins", key), key, call, pool)


def _call_in(loc: Loc, name: str, call: CallIn, pool: Pool) -> Iterator[Finding]:
    if name in pool.shifts:
        message = f"`{name}` is also a shift of this pool: give the call-in another name"
        yield Finding(loc, message, of_key=True)
    if call.at >= 1440:
        message = "the backlog is looked at on the day itself, from `00:00` to `23:59`"
        yield Finding((*loc, "at"), message)
    if call.people == 0:
        yield Finding((*loc, "people"), "a call-in of nobody: write `1 person` or more")
    elif call.people > MAX_PEOPLE:
        message = f"more than {MAX_PEOPLE:,} people on one call-in is not possible"
        yield Finding((*loc, "people"), message)
    if not 0 < call.lasts <= DAY:
        yield Finding((*loc, "lasts"), "a call-in lasts more than 0 and at most 24h")
    if call.notice > 14 * DAY:
        yield Finding((*loc, "notice"), "a notice of more than 14d is not possible")
