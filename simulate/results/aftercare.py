"""What went wrong with orders: stops, work done again or for nothing, goods that were missing."""

import numpy as np

from simulate.demand.orders import Orders
from simulate.results.passage import Passage
from simulate.results.tally import Tally
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats


def aftercare(scenario: Scenario, orders: Orders, way: Passage, seen: Tally) -> dict[str, float]:
    """Return the measures of what the scenario can go wrong with.

    `wasted_work`: person-hours at the line on orders that were cancelled, until the run's end;
    `reworked_orders` came to a station again; `exception_orders` were stopped after a station;
    `mis_sent_orders`: the expected number of dispatched orders that some station got wrong;
    `waiting_for_stock`: orders that waited for their goods, `waiting_for_stock_mean` their hours;
    `returned_parcels` came back by the run's end.
    """
    stations = scenario.stations.values()
    measures: dict[str, float] = {}
    if scenario.cancellations is not None:
        measures["wasted_work"] = seen.wasted / 3600
    if any(station.rework for station in stations):
        measures["reworked_orders"] = float(seen.reworked)
    if any(station.exceptions for station in stations):
        measures["exception_orders"] = float(_stopped(scenario, way))
    if any(station.mis_sent for station in stations):
        measures["mis_sent_orders"] = _mis_sent(scenario, way)
    if any(group.stock for group in scenario.sku_groups.values()):
        waits = waits_for_stock(scenario, orders, way)
        count = int(np.count_nonzero(waits))
        measures["waiting_for_stock"] = float(count)
        measures["waiting_for_stock_mean"] = float(waits.sum()) / count / 3600 if count else np.nan
    if scenario.returns is not None:
        measures["returned_parcels"] = float(np.count_nonzero(way.came_back <= way.ended))
    return measures


def _stopped(scenario: Scenario, way: Passage) -> int:
    """Count the orders that were stopped after any station by the run's end."""
    visits, delay = way.visits, way.work.jobs.delay
    stopped = np.zeros(len(way.order_of), np.bool_)
    until = np.full(len(way.order_of), np.inf)
    until[way.work.job_of] = np.where(way.kept, np.inf, way.cancelled)
    for station, name in enumerate(scenario.stations_in_order):
        if scenario.stations[name].exceptions is not None:
            done = (visits.station == station) & (visits.ended <= way.ended)
            jobs = visits.job[done]
            stopped[jobs] |= (delay[station, jobs] > 0) & (visits.ended[done] <= until[jobs])
    return int(np.count_nonzero(stopped))


def _mis_sent(scenario: Scenario, way: Passage) -> float:
    """Sum the chance of being wrong, 1 - product of (1 - share) over the stations passed."""
    skips = way.work.jobs.skips[way.work.job_of][~np.isnan(way.dispatched)]
    right = np.ones(len(skips))
    for station, name in enumerate(scenario.stations_in_order):
        share = scenario.stations[name].mis_sent
        if share:
            right *= np.where((skips >> np.uint32(station)) & 1 == 0, 1 - share, 1.0)
    return float(len(skips) - right.sum())


def waits_for_stock(scenario: Scenario, orders: Orders, way: Passage) -> Floats:
    """Return how long each order waited for its goods, in seconds, at least.

    Without caps an order is through the ERP when it comes. With caps, the ERP still lets orders
    through in their order: whoever goes on later than one behind it has waited since then.
    Who waits for goods when the run ends, or was cancelled while waiting, waited until then.
    """
    limited = np.array([group.stock is not None for group in scenario.sku_groups.values()])
    through = way.ready
    until = np.where(np.isnan(way.released), way.left, way.released)
    until = np.where(np.isnan(until), way.ended, until)
    if scenario.erp is not None:
        known = np.where(np.isnan(way.released), np.inf, way.released)
        through = np.minimum.accumulate(known[::-1])[::-1]
        through = np.minimum(through, until)
    short = way.place[way.work.job_of] == len(way.line.stations) + 1
    through = np.where(short, way.joined[way.work.job_of], through)
    return np.where(limited[orders.group], until - through, 0.0)
