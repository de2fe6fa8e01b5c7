"""Whether stations, pools, rosters and the courier fit together."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from simulate.scenario.dispatch import Station
from simulate.scenario.labour import WEEKDAYS, Shift
from simulate.scenario.distributions import EmpiricalLines, FixedLines, Lines
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.problems import listed
from simulate.scenario.scenario import Scenario

MAX_PEOPLE = 10_000
MAX_WORK = 86400.0


def check_dispatch(scenario: Scenario) -> list[Finding]:
    """Return everything on the dispatch line that does not fit together."""
    shifts = list(_shifts(scenario))
    blamed = {finding.loc[:2] for finding in shifts}
    return [
        *_line(scenario),
        *_packed_beforehand(scenario),
        *_stations(scenario),
        *shifts,
        *(finding for finding in _rosters(scenario) if finding.loc not in blamed),
        *_limits(scenario),
    ]


def works_within(scenario: Scenario, shift: Shift) -> bool:
    """Whether a shift is at work at any time between the start and the drain limit."""
    return any(
        scenario.seconds(_clock(day, shift.starts)) < scenario.limit_seconds
        and scenario.seconds(_clock(day, shift.ends)) > 0
        for day in _days(scenario)
        if WEEKDAYS[day.weekday()] in shift.weekdays
        and (shift.first is None or day >= shift.first)
        and (shift.last is None or day <= shift.last)
    )


def _days(scenario: Scenario) -> Iterator[date]:
    """Yield the local dates on which a shift of the run can start."""
    day = scenario.local(scenario.starts).date() - timedelta(days=2)
    for _ in range(int(scenario.limit_seconds // 86400) + 5):
        yield day
        day += timedelta(days=1)


def _clock(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


def _line(scenario: Scenario) -> Iterator[Finding]:
    line = scenario.line
    if line is None:
        return
    for index, name in enumerate(line):
        if name not in scenario.stations:
            yield unknown("station", name, scenario.stations, "line", index)
        elif name in line[:index]:
            yield Finding(("line", index), f"`{name}` is on the line twice")
    left_out = [name for name in scenario.stations if name not in line]
    if left_out and set(line) <= set(scenario.stations):
        message = f"the line leaves out {listed(left_out)}: name every station, or remove it"
        yield Finding(("line",), message)


def _packed_beforehand(scenario: Scenario) -> Iterator[Finding]:
    skipped = scenario.packed_beforehand_skips
    for index, name in enumerate(skipped):
        if name not in scenario.stations:
            loc = ("packed_beforehand_skips", index)
            yield unknown("station", name, scenario.stations, *loc)
    some = any(group.packed_beforehand for group in scenario.sku_groups.values())
    if some and set(scenario.stations) <= set(skipped):
        message = "parcels packed beforehand would pass by every station: leave one, such as scan"
        yield Finding(("packed_beforehand_skips",), message)


def _stations(scenario: Scenario) -> Iterator[Finding]:
    lines = max(_mean_lines(group.lines) for group in scenario.sku_groups.values())
    for name, station in scenario.stations.items():
        if station.pool not in scenario.pools:
            yield unknown("pool", station.pool, scenario.pools, "stations", name, "pool")
        work = _mean_work(station, lines)
        if work == 0:
            message = (f"`{name}` takes no time: give it `setup` or `per_line`, or remove the "
                       "station")  # fmt: skip
            yield Finding(("stations", name), message, of_key=True)
        elif work > MAX_WORK:
            message = (f"an order takes {work / 3600:,.0f} hours at `{name}`: more than "
                       f"{MAX_WORK / 3600:.0f} is not possible")  # fmt: skip
            yield Finding(("stations", name), message, of_key=True)


def _mean_work(station: Station, lines: float) -> float:
    stop = station.interruption
    return station.setup + station.per_line * lines + (stop.chance * stop.mean if stop else 0.0)


def _mean_lines(lines: Lines) -> float:
    if isinstance(lines, FixedLines):
        return lines.count
    if isinstance(lines, EmpiricalLines):
        return sum(count * share for count, share in lines.shares.items())
    return lines.mean


def _shifts(scenario: Scenario) -> Iterator[Finding]:
    start = scenario.local(scenario.starts).date()
    limit = start + timedelta(days=scenario.limit_seconds // 86400 + 1)
    for pool_name, pool in scenario.pools.items():
        for name, shift in pool.shifts.items():
            loc = ("pools", pool_name, "shifts", name)
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


def _rosters(scenario: Scenario) -> Iterator[Finding]:
    for pool_name, pool in scenario.pools.items():
        waiting = [
            name
            for name, station in scenario.stations.items()
            if station.pool == pool_name and _has_work(scenario, name)
        ]
        staffed = any(
            shift.people and works_within(scenario, shift) for shift in pool.shifts.values()
        )
        if waiting and not staffed:
            message = (
                f"nobody of `{pool_name}` is at work between the start and the drain limit, so "
                f"all orders would wait at {listed(waiting)}"
            )
            yield Finding(("pools", pool_name), message, of_key=True)


def _has_work(scenario: Scenario, station: str) -> bool:
    """Whether any order needs the station: those packed beforehand may pass it by."""
    return station not in scenario.packed_beforehand_skips or any(
        group.share and group.packed_beforehand < 1 for group in scenario.sku_groups.values()
    )


def _limits(scenario: Scenario) -> Iterator[Finding]:
    for key in ("per_hour", "per_day"):
        if scenario.erp is not None and getattr(scenario.erp, key) == 0:
            message = "an ERP that releases no orders stops the shop: write `null` for no limit"
            yield Finding(("erp", key), message)
    if scenario.courier is None:
        return
    for name, collection in scenario.courier.collections.items():
        if collection.capacity == 0:
            message = "a courier who takes no parcels: write `null` for no limit"
            yield Finding(("courier", "collections", name, "capacity"), message)
    visits = (
        scenario.seconds(_clock(day, collection.at))
        for collection in scenario.courier.collections.values()
        for day in _days(scenario)
        if WEEKDAYS[day.weekday()] in collection.weekdays
    )
    if not any(0 <= visit <= scenario.limit_seconds for visit in visits):
        message = "the courier never comes between the start and the drain limit"
        yield Finding(("courier", "collections"), message, of_key=True)
