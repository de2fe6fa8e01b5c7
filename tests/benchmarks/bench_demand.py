"""Visitors of the shipped Double 12 and their orders, drawn in a process of its own.

`python -m tests.benchmarks.bench_demand VISITORS` scales its traffic and prints one JSON object.
"""

import json
import resource
import statistics
import sys
import time

from simulate.demand.orders import draw
from simulate.demand.rates import expected_visitors
from simulate.scenario.loading import load

SCENARIO = "double-12"
RUNS = 7


def main() -> None:
    """Measure, and print the median of some replications after a first one."""
    visitors = int(sys.argv[1])
    shipped = load(SCENARIO).scenario
    factor = visitors / sum(expected_visitors(shipped).values())
    scenario = shipped.model_copy(update={"traffic": shipped.traffic * factor})
    begun = time.perf_counter()
    book = draw(scenario, 1, 0)
    seconds_to_load = time.perf_counter() - begun
    taken = []
    for replication in range(RUNS):
        begun = time.perf_counter()
        draw(scenario, 1, replication)
        taken.append(time.perf_counter() - begun)
    told = {
        "visitors": book.visitors,
        "orders": len(book),
        "seconds": statistics.median(taken),
        "seconds_to_load": seconds_to_load,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
