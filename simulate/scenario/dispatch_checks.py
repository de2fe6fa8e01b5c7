"""Whether the line, the ERP and the courier fit together."""

from collections.abc import Iterator
from itertools import pairwise

from simulate.scenario.dispatch import Courier, LateVans
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.labour import WEEKDAYS
from simulate.scenario.labour_checks import clock_of, days_of
from simulate.scenario.problems import listed
from simulate.scenario.scenario import Scenario
from simulate.scenario.station_checks import check_failures, check_stations


def check_dispatch(scenario: Scenario) -> list[Finding]:
    """Return everything on the dispatch line, people aside, that does not fit together."""
    found = [*_line(scenario), *_skips(scenario), *check_stations(scenario), *_erp(scenario)]
    if scenario.courier is not None:
        found += _courier(scenario, scenario.courier)
    return found


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


def _skips(scenario: Scenario) -> Iterator[Finding]:
    packed, single = scenario.packed_beforehand_skips, scenario.single_line_skips
    for key, names in (("packed_beforehand_skips", packed), ("single_line_skips", single)):
        for index, name in enumerate(names):
            if name not in scenario.stations:
                yield unknown("station", name, scenario.stations, key, index)
    every = set(scenario.stations)
    some = any(group.packed_beforehand for group in scenario.sku_groups.values())
    if some and every <= set(packed):
        message = "parcels packed beforehand would pass by every station: leave one, such as scan"
        yield Finding(("packed_beforehand_skips",), message)
    elif every <= set(single):
        message = "orders of one line would pass by every station: leave one, such as scan"
        yield Finding(("single_line_skips",), message)
    elif some and every <= {*packed, *single}:
        message = ("orders of one line that are packed beforehand would pass by every station: "
                   "leave one, such as scan")  # fmt: skip
        yield Finding(("single_line_skips",), message)


def _erp(scenario: Scenario) -> Iterator[Finding]:
    if scenario.erp is None:
        return
    for key in ("per_hour", "per_day"):
        if getattr(scenario.erp, key) == 0:
            message = "an ERP that releases no orders stops the shop: write `null` for no limit"
            yield Finding(("erp", key), message)
    yield from check_failures(("erp",), scenario.erp.failures)


def _courier(scenario: Scenario, courier: Courier) -> Iterator[Finding]:
    for name, collection in courier.collections.items():
        if collection.capacity == 0:
            message = "a courier who takes no parcels: write `null` for no limit"
            yield Finding(("courier", "collections", name, "capacity"), message)
        if collection.first and collection.last and collection.last < collection.first:
            yield Finding(("courier", "collections", name, "last"), "`last` is before `first`")
        yield from _late(("courier", "collections", name), collection.late)
    visits = (
        scenario.seconds(clock_of(day, collection.at))
        for collection in courier.collections.values()
        for day in days_of(scenario)
        if WEEKDAYS[day.weekday()] in collection.weekdays
        and (collection.first is None or day >= collection.first)
        and (collection.last is None or day <= collection.last)
    )
    if not any(0 <= visit <= scenario.limit_seconds for visit in visits):
        message = "the courier never comes between the start and the drain limit"
        yield Finding(("courier", "collections"), message, of_key=True)
    missing = [
        courier.missing if collection.missing is None else collection.missing
        for collection in courier.collections.values()
    ]
    if min(missing) == 1:
        message = "with every visit missing the courier never comes: write a smaller share"
        yield Finding(("courier", "missing"), message)
    yield from _late(("courier",), courier.late)
    yield from _overloads(scenario, courier)


def _late(loc: tuple[str, ...], late: LateVans | None) -> Iterator[Finding]:
    if late is not None and late.share and late.delay == 0:
        message = "a late van that is not late: write for example `45min`, or remove `late`"
        yield Finding((*loc, "late", "delay"), message)


def _overloads(scenario: Scenario, courier: Courier) -> Iterator[Finding]:
    spans = []
    for name, overload in courier.overloads.items():
        loc = ("courier", "overloads", name)
        starts, ends = scenario.seconds(overload.starts), scenario.seconds(overload.ends)
        spans.append((starts, ends, name))
        if ends <= starts:
            yield Finding((*loc, "ends"), "the overload must end after it starts")
        elif starts > scenario.limit_seconds or ends <= 0:
            message = "the overload lies outside the run, which ends at the drain limit"
            yield Finding((*loc, "starts"), message)
        if all(collection.capacity is None for collection in courier.collections.values()):
            message = "a share of a visit's capacity, and no collection has a `capacity`"
            yield Finding((*loc, "capacity"), message)
    for (_, ends, earlier), (starts, _, later) in pairwise(sorted(spans)):
        if starts < ends:
            message = f"`{later}` starts before `{earlier}` has ended: overloads must not overlap"
            yield Finding(("courier", "overloads", later, "starts"), message)
