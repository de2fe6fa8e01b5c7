"""Work beyond a level of people: who is busy when a shift ends finishes the order in hand."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.results.passage import Passage
from simulate.warehouse.floor import Floats, Ints
from simulate.warehouse.kernel import compiled


def beyond(
    way: Passage, leads: NDArray[np.bool_], pool: int, times: Floats, people: Ints, until: float
) -> Floats:
    """Return the person-seconds beyond a level of people at each station of one pool.

    `leads` marks the first visit of each cart. The level is `people[k]` from `times[k]` to the
    next step or `until`. While more are busy than the level nobody takes an order; whoever is
    done first goes home, so the excess of B busy people over a level L lasts until the first
    B - L of their ends, or until the next step.
    """
    found = np.zeros(len(way.line.stations))
    room = 1 + max((count for _, count in way.log.staff[pool]), default=0)
    _beyond(
        way.visits.station, way.visits.started, way.visits.ended, leads, way.line.pool_of, pool,
        times, people, until, np.zeros(room), np.zeros(room, np.int64), found,
    )  # fmt: skip
    return found


@compiled
def _beyond(
    station: Any, started: Any, ended: Any, leads: Any, pool_of: Any, pool: int,
    times: Any, people: Any, until: float, ends: Any, where: Any, found: Any,
) -> None:  # fmt: skip
    """Keep those in hand at each step, at most as many as were ever at work, in `ends`, `where`."""
    visit, size = 0, 0
    for step in range(len(times)):
        edge = times[step]
        stop = min(until, times[step + 1]) if step + 1 < len(times) else until
        held = 0
        for one in range(size):
            if ends[one] > edge:
                ends[held], where[held] = ends[one], where[one]
                held += 1
        size = held
        while visit < len(started) and started[visit] < edge:
            here = station[visit]
            if leads[visit] and pool_of[here] == pool and ended[visit] > edge and size < len(ends):
                ends[size], where[size] = ended[visit], here
                size += 1
            visit += 1
        # Move the first ends to the front, one for each person beyond the level.
        for one in range(min(size, size - people[step])):
            first = one
            for other in range(one + 1, size):
                if ends[other] < ends[first]:
                    first = other
            ends[one], ends[first] = ends[first], ends[one]
            where[one], where[first] = where[first], where[one]
            if stop > edge:
                found[where[one]] += min(ends[one], stop) - edge
