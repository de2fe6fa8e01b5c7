"""One floor on a line with everything on, in a process of its own.

Seven stations of three pools that supervisors share out every quarter of an hour; two classes of
orders; carts of 12; 3 % sent back; machines that fail; 5 % cancelled, and put back on the shelf;
four vans a day. Open around the clock, as many orders as asked for at 25,000 a day. `python -m
tests.benchmarks.bench_full FLOOR ORDERS` prints one JSON object.
"""

import gc
import json
import resource
import statistics
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from simulate.demand.orders import draw, paid_orders
from simulate.scenario.scenario import Scenario
from simulate.warehouse.run import run_line
from simulate.warehouse.work import jobs_of

ORDERS_A_DAY = 25_000
MEASURED_SECONDS = 1.0
LEAST_RUNS = 3
START = datetime(2026, 1, 1)
FAILS = {"time_between": "40h", "repair": "30min"}


def station(pool: str, seconds: float, **options: Any) -> dict[str, Any]:
    """Return a station with exponential work."""
    work = {"setup": f"{seconds}s/order", "distribution": {"kind": "exponential"}}
    return {"pool": pool, **work, **options}


def pool(people: int) -> dict[str, Any]:
    """Return a pool that is always at work, and shared out by a supervisor."""
    shift = {"starts": "00:00", "ends": "24:00", "people": f"{people} people"}
    supervisor = {"every": "15min", "rule": "longest-wait", "switching": "1min"}
    return {"shifts": {"always": shift}, "supervisor": supervisor}


def scenario_of(orders: int) -> Scenario:
    """Return a scenario in which about `orders` orders come."""
    days = max(orders / ORDERS_A_DAY, 0.01)
    printers = {"number": "12 places", "failures": FAILS}
    return Scenario.model_validate(
        {
            "title": "Everything on",
            "timezone": "Asia/Shanghai",
            "starts": START.isoformat(),
            "ends": (START + timedelta(days=days)).isoformat(timespec="seconds"),
            "drain_limit": "5d",
            "channels": {"web": {"visitors": f"{ORDERS_A_DAY} visitors/day"}},
            "conversion": {"order_share": 1.0},
            "sku_groups": {
                "members": {"share": 0.3, "priority": 1, "lines": {"kind": "geometric", "mean": 2}},
                "others": {"share": 0.7, "lines": {"kind": "geometric", "mean": 2}},
            },
            "stations": {
                "audit": station("office", 8),
                "print": station("office", 8, equipment=printers),
                "pick": station("floor", 10, cart={"orders": "12 orders", "setup": "60s/cart"}),
                "sort": station("floor", 10),
                "check": station("tables", 10, rework={"share": 0.03, "back_to": "sort"}),
                "pack": station("tables", 12, equipment={"number": "14 places", "failures": FAILS}),
                "scan": station("tables", 6),
            },
            "pools": {"office": pool(7), "floor": pool(11), "tables": pool(12)},
            "cancellations": {
                "share": 0.05,
                "delay": {"mean": "2h"},
                "goods_from": "pick",
                "restocking": {"pool": "floor", "work": "20s/parcel"},
            },
            "courier": {
                "collections": {
                    name: {"at": at}
                    for name, at in zip("abcd", ("06:00", "12:00", "18:00", "23:00"), strict=True)
                }
            },
        }
    )


def measured(floor: str, orders: int) -> dict[str, Any]:
    """Return the median seconds of a run, its visits, the most memory in MB, and a checksum.

    Seconds are those of the processor, of the line alone: demand is drawn beforehand.
    """
    begun = time.perf_counter()
    run(floor, 200)
    compiling = time.perf_counter() - begun
    taken: list[float] = []
    told: dict[str, Any] = {}
    while sum(taken) < MEASURED_SECONDS or len(taken) < LEAST_RUNS:
        gc.collect()  # a run is full of cycles, and would stand beside the next one
        told = run(floor, orders)
        taken.append(told.pop("seconds"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": statistics.median(taken),
        "seconds_to_load": compiling,
        "peak_memory_mb": memory,
        **told,
    }


def run(floor: str, orders: int) -> dict[str, Any]:
    """Run once and return its seconds, visits and checksum."""
    scenario = scenario_of(orders)
    book = draw(scenario, 1, 0)
    paid = paid_orders(book)
    work = jobs_of(scenario, paid, book.potential, 1, 0)
    begun = time.process_time()
    stamps, _ = run_line(scenario, work, 1, 0, floor)
    seconds = time.process_time() - begun
    visits = stamps.visits
    return {
        "seconds": seconds,
        "orders": len(paid),
        "visits": len(visits.job),
        "checksum": float(visits.started.sum() + visits.ended.sum()),
    }


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
