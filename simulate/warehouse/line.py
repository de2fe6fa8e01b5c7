"""The scenario's dispatch line as numbers."""

import numpy as np

from simulate.demand.orders import NO_PRIORITY
from simulate.scenario.aftercare import Handling
from simulate.scenario.clock import to_ticks
from simulate.scenario.dispatch import Station
from simulate.scenario.goods import SkuGroup
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import NOWHERE, UNLIMITED, Ints, Line

RESTOCK = "restock"
RETURNS = "returns"
RETURN_PRIORITY: int = SkuGroup.model_fields["priority"].default
"""The class of returned parcels: that of orders to which nobody has given another."""


def sides_of(scenario: Scenario) -> dict[str, Handling]:
    """Return the stations beside the line: where what was cancelled or sent back is handled."""
    sides = {}
    if scenario.cancellations is not None and scenario.cancellations.restocking is not None:
        sides[RESTOCK] = scenario.cancellations.restocking
    if scenario.returns is not None:
        sides[RETURNS] = scenario.returns.handling
    return sides


def line_of(scenario: Scenario) -> Line:
    """Return the stations of the main line, then those beside it, and what holds for each."""
    main = scenario.stations_in_order
    stations = [scenario.stations[name] for name in main]
    sides = sides_of(scenario)
    pools = tuple(scenario.pools)
    workers = [*(s.pool for s in stations), *(side.pool for side in sides.values())]
    plain = [Station(pool=side.pool) for side in sides.values()]
    every = [*stations, *plain]
    cancellations = scenario.cancellations
    return Line(
        stations=(*main, *sides),
        pools=pools,
        pool_of=np.array([pools.index(pool) for pool in workers], np.int64),
        cart=np.array([s.cart.orders if s.cart else 1 for s in every], np.int64),
        cart_setup=to_ticks(np.array([s.cart.setup if s.cart else 0.0 for s in every])),
        wave=np.array([_wave(station) for station in every], np.int64),
        crowd_from=np.array([s.crowding.beyond if s.crowding else 2**31 for s in every], np.int64),
        crowd_slowdown=np.array([s.crowding.slowdown if s.crowding else 0.0 for s in every]),
        rework_to=np.array(
            [main.index(s.rework.back_to) if s.rework else NOWHERE for s in every], np.int64
        ),
        goods_from=main.index(cancellations.goods_from) if cancellations else len(main),
        restock=len(main) if RESTOCK in sides else NOWHERE,
        main=len(main),
        by_urgency=differ_in_urgency(scenario),
        has_courier=scenario.courier is not None,
        is_steady=_is_steady(scenario),
    )


def _is_steady(scenario: Scenario) -> bool:
    """Tell whether no machine, no supervisor and no learner changes how stations work."""
    pools = scenario.pools.values()
    return not (
        any(station.equipment for station in scenario.stations.values())
        or any(pool.supervisor for pool in pools)
        or any(shift.learning for pool in pools for shift in pool.shifts.values())
    )


def _wave(station: Station) -> int:
    if station.wave is None:
        return NOWHERE
    return station.wave.orders or 0


def differ_in_urgency(scenario: Scenario) -> bool:
    """Tell whether any two jobs of the scenario can differ in urgency."""
    groups = scenario.sku_groups.values()
    if scenario.due_dates and scenario.promises:
        return True
    channels = {channel.priority for channel in scenario.channels.values()}
    limits = {NO_PRIORITY if limit is None else limit for limit in channels}
    if scenario.opening_backlog is not None:
        limits.add(NO_PRIORITY)
    classes = {min(group.priority, limit) for group in groups for limit in limits}
    if scenario.returns is not None:
        classes.add(RETURN_PRIORITY)
    return len(classes) > 1


def opening_stock(scenario: Scenario) -> Ints:
    """Return the units of each SKU group at the start, UNLIMITED for one that never runs out."""
    groups = scenario.sku_groups.values()
    return np.array([g.stock.opening if g.stock else UNLIMITED for g in groups], np.int64)
