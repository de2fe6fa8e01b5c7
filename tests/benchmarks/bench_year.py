"""The year of the shipped plan, of so many orders, in a process of its own.

The shop grows with its orders: traffic, people, machines, the ERP's limit and the courier's vans.
`python -m tests.benchmarks.bench_year ORDERS` prints one JSON object.
"""

import gc
import json
import resource
import statistics
import sys
import time
from dataclasses import replace
from typing import Any

from simulate.plan.loading import load_plan
from simulate.plan.year import Year, year_of
from simulate.plan.year_replications import simulate_year
from simulate.scenario.desk import Desk
from simulate.scenario.labour import Shift
from simulate.scenario.scenario import Scenario

SHIPPED = 40_000
"""Orders of the shipped plan's year, roughly."""

RUNS = 3


def larger(year: Year, factor: float) -> Year:
    """Return a year of a shop that is `factor` times as large in everything."""
    periods = tuple(
        replace(
            period,
            scenario=period.scenario.model_copy(
                update={
                    "traffic": period.scenario.traffic * factor,
                    "desk": desk(period.scenario.desk, factor),
                    "sku_groups": stocked(period.scenario, factor),
                }
            ),
        )
        for period in year.periods
    )
    return replace(year, periods=periods, line=line(year.line, factor))


def times(number: int | None, factor: float) -> int | None:
    """Return a number of people, places or orders, `factor` times as large."""
    return None if number is None else max(1, round(number * factor))


def desk(own: Desk | None, factor: float) -> Desk | None:
    """Return a desk with more agents."""
    return None if own is None else own.model_copy(update={"shifts": staffed(own.shifts, factor)})


def staffed(shifts: dict[str, Shift], factor: float) -> dict[str, Shift]:
    """Return shifts of more people."""
    return {
        name: shift.model_copy(update={"people": times(shift.people, factor)})
        for name, shift in shifts.items()
    }


def stocked(scenario: Scenario, factor: float) -> dict[str, Any]:
    """Return SKU groups with more units."""
    found: dict[str, Any] = {}
    for name, group in scenario.sku_groups.items():
        found[name] = group
        if group.stock is not None:
            receipts = {
                key: each.model_copy(update={"units": times(each.units, factor)})
                for key, each in group.stock.receipts.items()
            }
            changes = {"opening": round(group.stock.opening * factor), "receipts": receipts}
            stock = group.stock.model_copy(update=changes)
            found[name] = group.model_copy(update={"stock": stock})
    return found


def line(own: Scenario, factor: float) -> Scenario:
    """Return a line with more people, machines, room in the vans and orders through the ERP."""
    pools = {
        name: pool.model_copy(update={"shifts": staffed(pool.shifts, factor)})
        for name, pool in own.pools.items()
    }
    stations = {}
    for name, station in own.stations.items():
        changes: dict[str, Any] = {"crowding": None}
        if station.equipment is not None:
            number = times(station.equipment.number, factor)
            changes["equipment"] = station.equipment.model_copy(update={"number": number})
        stations[name] = station.model_copy(update=changes)
    assert own.courier is not None
    assert own.erp is not None
    collections = {
        name: each.model_copy(update={"capacity": times(each.capacity, factor)})
        for name, each in own.courier.collections.items()
    }
    return own.model_copy(
        update={
            "pools": pools,
            "stations": stations,
            "courier": own.courier.model_copy(update={"collections": collections}),
            "erp": own.erp.model_copy(update={"per_day": times(own.erp.per_day, factor)}),
            "sku_groups": stocked(own, factor),
        }
    )


def measured(orders: int) -> dict[str, Any]:
    """Return the median processor seconds of a year, its orders, and the most memory in MB."""
    year = year_of(load_plan("annual"))
    begun = time.perf_counter()
    simulate_year(year, 1, 0)
    loading = time.perf_counter() - begun
    year = larger(year, orders / SHIPPED)
    taken, paid = [], 0.0
    for number in range(RUNS):
        gc.collect()
        begun = time.process_time()
        paid = float(simulate_year(year, 1, number).days.paid.sum())
        taken.append(time.process_time() - begun)
    return {
        "seconds": statistics.median(taken),
        "seconds_to_load": loading,
        "orders": round(paid),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
