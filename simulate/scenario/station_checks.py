"""Whether the stations and what is written at each of them fit together."""

from collections.abc import Iterator

from simulate.scenario.dispatch import Failures, Station, Wave
from simulate.scenario.distributions import EmpiricalLines, FixedLines, Lines
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.labour_checks import LEAST_PAUSE
from simulate.scenario.scenario import Scenario

DAY = 86400.0
MAX_WORK = DAY
MAX_REWORK = 0.5
RESERVED = {
    "erp": "the ERP",
    "restock": "the restocking of cancelled orders",
    "returns": "the handling of returned parcels",
}
"""Names that results use for places that are no station of the line."""

Loc = tuple[str, ...]


def check_stations(scenario: Scenario) -> list[Finding]:
    """Return everything at the stations that does not fit together."""
    lines = max(_mean_lines(group.lines) for group in scenario.sku_groups.values())
    return [
        finding
        for name, station in scenario.stations.items()
        for finding in (
            *_station(scenario, name, station, lines),
            *_options(("stations", name), station),
            *_rework(scenario, name, station),
        )
    ]


def check_failures(loc: Loc, failures: Failures | None) -> Iterator[Finding]:
    """Yield what is wrong with the breakdowns of the thing at `loc`."""
    if failures is None:
        return
    if failures.time_between < LEAST_PAUSE:
        message = "what fails at once never runs: write for example `30d`"
        yield Finding((*loc, "failures", "time_between"), message)
    if failures.repair == 0:
        message = "a repair takes time: write for example `30min`, or remove `failures`"
        yield Finding((*loc, "failures", "repair"), message)


def _station(scenario: Scenario, name: str, station: Station, lines: float) -> Iterator[Finding]:
    loc = ("stations", name)
    if name in RESERVED:
        message = f"`{name}` stands for {RESERVED[name]}: give the station another name"
        yield Finding(loc, message, of_key=True)
    if station.pool not in scenario.pools:
        yield unknown("pool", station.pool, scenario.pools, *loc, "pool")
    work = _mean_work(station, lines)
    if work == 0:
        message = (f"`{name}` takes no time: give it `setup` or `per_line`, or remove the "
                   "station")  # fmt: skip
        yield Finding(loc, message, of_key=True)
    elif work > MAX_WORK:
        message = (f"an order takes {work / 3600:,.0f} hours at `{name}`: more than "
                   f"{MAX_WORK / 3600:.0f} is not possible")  # fmt: skip
        yield Finding(loc, message, of_key=True)


def _mean_work(station: Station, lines: float) -> float:
    stop = station.interruption
    cart = station.cart.setup if station.cart else 0.0
    interrupted = stop.chance * stop.mean if stop else 0.0
    return station.setup + station.per_line * lines + interrupted + cart


def _mean_lines(lines: Lines) -> float:
    if isinstance(lines, FixedLines):
        return lines.count
    if isinstance(lines, EmpiricalLines):
        return sum(count * share for count, share in lines.shares.items())
    return lines.mean


def _options(loc: Loc, station: Station) -> Iterator[Finding]:
    if station.cart is not None and station.cart.orders == 0:
        yield Finding((*loc, "cart", "orders"), "a cart for no orders: write `1 order` or more")
    if station.wave is not None:
        yield from _wave((*loc, "wave"), station.wave)
    stop = station.exceptions
    if stop is not None and stop.share > 0 and stop.delay.mean == 0:
        message = "an exception that takes no time: write for example `30min`"
        yield Finding((*loc, "exceptions", "delay", "mean"), message)
    if station.crowding is not None and station.crowding.slowdown == 0:
        message = "a slowdown of 0 % changes nothing: write for example `10%`"
        yield Finding((*loc, "crowding", "slowdown"), message)
    if station.equipment is not None:
        if station.equipment.number == 0:
            message = "with 0 places nobody can work here: write 1 or more, or remove `equipment`"
            yield Finding((*loc, "equipment", "number"), message)
        yield from check_failures((*loc, "equipment"), station.equipment.failures)


def _wave(loc: Loc, wave: Wave) -> Iterator[Finding]:
    if wave.every is not None and not LEAST_PAUSE <= wave.every <= DAY:
        yield Finding((*loc, "every"), "waves come at least 1min and at most 24h apart")
    if wave.orders == 0:
        yield Finding((*loc, "orders"), "a wave of no orders: write `1 order` or more")


def _rework(scenario: Scenario, name: str, station: Station) -> Iterator[Finding]:
    if station.rework is None:
        return
    loc, back_to = ("stations", name, "rework"), station.rework.back_to
    line = scenario.stations_in_order
    if back_to not in scenario.stations:
        yield unknown("station", back_to, scenario.stations, *loc, "back_to")
    elif name in line and back_to in line and line.index(back_to) > line.index(name):
        message = f"`{back_to}` comes after `{name}`: orders can be sent back, not on"
        yield Finding((*loc, "back_to"), message)
    if station.rework.share > MAX_REWORK:
        message = (f"more than {MAX_REWORK:.0%} of the orders sent back, each time anew, is not "
                   "possible")  # fmt: skip
        yield Finding((*loc, "share"), message)
