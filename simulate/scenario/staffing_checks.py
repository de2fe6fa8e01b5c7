"""Whether the bounds of a roster speak of shifts that there are."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from simulate.scenario.findings import Finding, unknown
from simulate.scenario.labour_checks import MAX_PEOPLE
from simulate.scenario.scenario import Scenario
from simulate.scenario.staffing import Range

MOST_SHIFTS = 24
"""More cannot be searched through."""


def check_staffing(scenario: Scenario) -> list[Finding]:
    """Return everything about the bounds of the roster that does not fit."""
    staffing = scenario.staffing
    if staffing is None:
        return []
    found = []
    for name, ranges in staffing.pools.items():
        loc = ("staffing", "pools", name)
        pool = scenario.pools.get(name)
        if pool is None:
            found.append(replace(unknown("pool", name, scenario.pools, *loc), of_key=True))
            continue
        found += _ranges(ranges, pool.shifts, *loc)
    if staffing.desk and scenario.desk is None:
        message = "there is no `desk`: remove this, or write the desk and its shifts"
        found.append(Finding(("staffing", "desk"), message, of_key=True))
    elif scenario.desk is not None:
        found += _ranges(staffing.desk, scenario.desk.shifts, "staffing", "desk")
    number = len(staffing.desk) + sum(map(len, staffing.pools.values()))
    if number > MOST_SHIFTS:
        message = f"more than {MOST_SHIFTS} shifts to choose from: fix those that are settled"
        found.append(Finding(("staffing",), message, of_key=True))
    return found


def _ranges(ranges: dict[str, Range], shifts: Iterable[str], *loc: str) -> Iterator[Finding]:
    known = list(shifts)
    for name, each in ranges.items():
        if name not in known:
            yield replace(unknown("shift", name, known, *loc, name), of_key=True)
        if each.least > each.most:
            message = f"`least` is more than `most`, {each.most}"
            yield Finding((*loc, name, "least"), message)
        if each.most > MAX_PEOPLE:
            message = f"more than {MAX_PEOPLE:,} people on one shift is not possible"
            yield Finding((*loc, name, "most"), message)
