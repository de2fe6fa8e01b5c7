"""Paid orders as jobs of the line: when each is ready, and its work at every station."""

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import Orders
from simulate.demand.streams import stream
from simulate.demand.variation import factors
from simulate.scenario.clock import to_ticks
from simulate.scenario.dispatch import Station
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Jobs


def jobs_of(scenario: Scenario, orders: Orders, drawn: int, seed: int, replication: int) -> Jobs:
    """Return the jobs of paid `orders`, of `drawn` orders in all, paid or not.

    Orders paid before the start are ready at 0. Every order has its own draws at every station,
    whether it passes by it or not, from streams named after the station.
    """
    stations = scenario.stations_in_order
    work = np.empty((len(stations), len(orders)))
    skips = np.zeros(len(orders), np.uint32)
    for row, name in enumerate(stations):
        seconds = _work(name, scenario.stations[name], orders, drawn, seed, replication)
        work[row] = to_ticks(seconds)
        if name in scenario.packed_beforehand_skips:
            skips |= orders.packed.astype(np.uint32) << np.uint32(row)
    return Jobs(ready=np.maximum(orders.paid, 0.0), work=work, skips=skips)


def _work(
    name: str, station: Station, orders: Orders, drawn: int, seed: int, replication: int
) -> NDArray[np.float64]:
    """Return the seconds of work of each order at one station."""
    spread = factors(
        station.distribution, stream(seed, replication, f"work/{name}/variation"), drawn
    )
    seconds = (station.setup + station.per_line * orders.lines) * spread[orders.drawn]
    if station.interruption is not None:
        generator = stream(seed, replication, f"work/{name}/interruption")
        stops = generator.random(drawn) < station.interruption.chance
        lengths = generator.exponential(station.interruption.mean, drawn)
        seconds = seconds + np.where(stops, lengths, 0.0)[orders.drawn]
    return seconds
