"""What a dispatch line can do on a day at its best, without simulating it."""

from dataclasses import dataclass
from datetime import date
from math import inf

from simulate.scenario.dispatch import Station
from simulate.scenario.distributions import EmpiricalLines, FixedLines, Lines
from simulate.scenario.goods import SkuGroup
from simulate.scenario.labour import WEEKDAYS, Pool, Shift
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most `orders` of a day, and the pool that allows no more; empty if it is the courier."""

    orders: float
    pool: str


def day_capacity(scenario: Scenario, day: date) -> Capacity:
    """Return how many orders the people and the courier of `day` can send at the very most.

    Orders = seconds at work / seconds of work an order, for the pool where that is least. Carts
    are full, nobody waits, overtime and call-ins are worked: no run sends more in the long run.
    """
    work = work_an_order(scenario)
    best = Capacity(_courier(scenario, day), "")
    for name, pool in scenario.pools.items():
        if work.get(name):
            orders = seconds_at_work(pool, day) / work[name]
            best = min(best, Capacity(orders, name), key=lambda each: each.orders)
    return best


def seconds_at_work(pool: Pool, day: date) -> float:
    """Return the person-seconds of the shifts of a pool that start on `day`, with all extra."""
    total = sum(
        shift.people * (1 - shift.absence) * _seconds(shift, pool)
        for shift in pool.shifts.values()
        if _works(shift, day)
    )
    for call_in in pool.call_ins.values():
        if (call_in.first or day) <= day <= (call_in.last or day):
            total += call_in.people * call_in.lasts
    return total


def _works(shift: Shift, day: date) -> bool:
    return WEEKDAYS[day.weekday()] in shift.weekdays and (shift.first or day) <= day <= (
        shift.last or day
    )


def _seconds(shift: Shift, pool: Pool) -> float:
    pauses = sum(pause.lasts for pause in shift.breaks.values())
    extra = pool.overtime.lasts if pool.overtime else 0.0
    return max(0.0, (shift.ends - shift.starts) * 60 - pauses) + extra


def _courier(scenario: Scenario, day: date) -> float:
    """Return how many parcels the collections of `day` take."""
    if scenario.courier is None:
        return inf
    visits = [
        visit
        for visit in scenario.courier.collections.values()
        if WEEKDAYS[day.weekday()] in visit.weekdays
        and (visit.first or day) <= day <= (visit.last or day)
    ]
    return sum(inf if visit.capacity is None else float(visit.capacity) for visit in visits)


def work_an_order(scenario: Scenario) -> dict[str, float]:
    """Return the mean seconds of work that each pool has with an order."""
    work = dict.fromkeys(scenario.pools, 0.0)
    total = sum(group.share for group in scenario.sku_groups.values())
    for group in scenario.sku_groups.values():
        for name in scenario.stations_in_order:
            station = scenario.stations[name]
            seconds = _passing(scenario, name, group) * (group.share / total if total else 0.0)
            work[station.pool] += seconds * _repeats(scenario, name)
    return work


def _passing(scenario: Scenario, name: str, group: SkuGroup) -> float:
    """Return the mean work of a station on an order of `group`, 0 for the orders that skip it."""
    station = scenario.stations[name]
    lines, single = mean_lines(group.lines), _single_share(group.lines)
    share, of_lines = 1.0, lines
    if name in scenario.single_line_skips:
        share, of_lines = 1 - single, lines - single
    if name in scenario.packed_beforehand_skips:
        share, of_lines = (each * (1 - group.packed_beforehand) for each in (share, of_lines))
    return share * _fixed(station) + of_lines * station.per_line


def _fixed(station: Station) -> float:
    stops = station.interruption
    cart = station.cart.setup / station.cart.orders if station.cart else 0.0
    return station.setup + cart + (stops.chance * stops.mean if stops else 0.0)


def _repeats(scenario: Scenario, name: str) -> float:
    """Return how often an order passes a station: rework = share / (1 - share) times more."""
    order = scenario.stations_in_order
    times = 1.0
    for other in order[order.index(name) :]:
        rework = scenario.stations[other].rework
        if rework and rework.share < 1 and order.index(rework.back_to) <= order.index(name):
            times += rework.share / (1 - rework.share)
    return times


def mean_lines(lines: Lines) -> float:
    """Return the mean number of lines of an order."""
    if isinstance(lines, FixedLines):
        return float(lines.count)
    if isinstance(lines, EmpiricalLines):
        total = sum(lines.shares.values())
        return sum(count * share for count, share in lines.shares.items()) / total
    return lines.mean


def _single_share(lines: Lines) -> float:
    """Return the share of orders with a single line."""
    if isinstance(lines, FixedLines):
        return 1.0 if lines.count == 1 else 0.0
    if isinstance(lines, EmpiricalLines):
        return lines.shares.get(1, 0.0) / sum(lines.shares.values())
    return 1 / lines.mean
