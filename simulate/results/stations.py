"""Waiting, busy people and backlogs at the stations."""

import numpy as np

from simulate.results import occupancy
from simulate.results.overtime import beyond
from simulate.results.passage import Passage
from simulate.results.tally import Tally
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats


def horizon_of(scenario: Scenario, way: Passage) -> float:
    """Return when traffic has ended and the last order has left the line, the run's end at most."""
    left = way.ended if np.isnan(way.left).any() else float(np.max(way.left, initial=0.0))
    return min(max(left, scenario.traffic_seconds), way.ended)


def station_measures(way: Passage, seen: Tally, horizon: float) -> dict[str, float]:
    """Return waiting and utilisation of each station.

    Waiting is that in the station's queue, for a wave too; of an order still there it counts up
    to the run's end. Utilisation is the work within the level of people at work over the time
    that people of the station's pool are at work, up to `horizon`; people, not orders of a cart.
    """
    span = np.array([0.0, horizon])
    measures: dict[str, float] = {}
    steps = [way.log.steps(pool) for pool in range(len(way.line.pools))]
    late = beyond(way, seen.leads, steps, horizon)
    for pool, (times, people) in enumerate(steps):
        staffed = float(occupancy.steps_between(times, people, span)[0])
        for station in np.flatnonzero(way.line.pool_of == pool).tolist():
            name, queued = way.line.stations[station], int(seen.queued[station])
            measures[f"wait_{name}_mean"] = seen.waited[station] / queued if queued else np.nan
            within = float(seen.busy[station] - late[station])
            measures[f"utilisation_{name}"] = within / staffed if staffed else np.nan
    return {name: float(value) for name, value in measures.items()}


def station_series(way: Passage, seen: Tally, edges: Floats) -> dict[str, Floats]:
    """Return by hour the backlog and busy people of each station, people and work of each pool.

    People at work are NaN after the run's end: what would have been is not known.
    """
    widths = np.diff(edges)
    series: dict[str, Floats] = {}
    for station, name in enumerate(way.line.stations):
        series[f"backlog/{name}"] = seen.present_by_hour[station] / widths
        series[f"busy/{name}"] = seen.busy_by_hour[station] / widths
    until = np.minimum(edges, way.ended)
    known = np.diff(until)
    for pool, name in enumerate(way.line.pools):
        people = occupancy.steps_between(*way.log.steps(pool), until)
        staff = np.full(len(widths), np.nan)
        np.divide(people, known, out=staff, where=known > 0)
        series[f"staff/{name}"] = staff
        series[f"due/{name}"] = seen.due_by_hour[way.line.pool_of == pool].sum(axis=0) / widths
    return series
