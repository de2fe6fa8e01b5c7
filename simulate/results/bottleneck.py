"""The place that limits the line: who is busiest while the backlog stands high."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulate.results.outcome import Bottleneck
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario
from simulate.warehouse.line import sides_of

HIGH = 0.5
"""Share of its highest hour from which a backlog stands high."""


def busiest(scenario: Scenario, series: Mapping[str, NDArray[np.float64]]) -> tuple[str, float]:
    """Return the bottleneck of one replication and its utilisation while the backlog is high.

    Of the labour pools the one that is busy for the largest share of its time at work is named by
    the station where it spends most of that time. The ERP counts with the orders that it
    releases as a share of those that its caps allow.
    """
    backlog = series["backlog"]
    high = (backlog >= HIGH * backlog.max()) & (backlog > 0)
    loads: dict[str, float] = {}
    pools = {name: station.pool for name, station in scenario.stations.items()}
    pools |= {name: side.pool for name, side in sides_of(scenario).items()}
    for pool in scenario.pools:
        busy = {
            name: float(series[f"busy/{name}"][high].sum())
            for name, owner in pools.items()
            if owner == pool
        }
        at_work = float(np.nansum(series[f"staff/{pool}"][high]))
        if busy and at_work > 0:
            loads[max(busy, key=lambda name: busy[name])] = sum(busy.values()) / at_work
    if scenario.erp is not None and high.any():
        loads["erp"] = float(series["released"][high].sum()) / (_cap(scenario) * high.sum())
    if not loads:
        return "", 0.0
    place = max(loads, key=lambda name: loads[name])
    return place, loads[place]


def _cap(scenario: Scenario) -> float:
    """Return the orders an hour that the ERP can release, over a whole day."""
    assert scenario.erp is not None
    caps = [np.inf]
    if scenario.erp.per_hour is not None:
        caps.append(float(scenario.erp.per_hour))
    if scenario.erp.per_day is not None:
        caps.append(scenario.erp.per_day / 24)
    return min(caps)


def bottleneck(scenario: Scenario, replications: Sequence[Replication]) -> Bottleneck | None:
    """Return the place that most replications name, None if there is never a backlog."""
    named = [busiest(scenario, replication.series) for replication in replications]
    votes = Counter(place for place, _ in named if place)
    if not votes:
        return None
    place, count = votes.most_common(1)[0]
    loads = [load for name, load in named if name == place]
    return Bottleneck(
        place=place, agreement=count / len(replications), utilisation=float(np.mean(loads))
    )
