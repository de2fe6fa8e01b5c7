"""Work beyond the staffed level: who is busy when a shift ends finishes the order in hand."""

import numpy as np
from numpy.typing import NDArray

from simulate.results.passage import Passage

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def overtime_by_station(passage: Passage, pool: int, times: Floats, people: Ints) -> Floats:
    """Return the person-seconds beyond the staffed level at each station of one pool.

    `times` and `people` are the pool's roster as steps. While more are busy than are staffed
    nobody takes an order; whoever is done first goes home, so the excess of B busy people over a
    level L lasts until the first B - L of their ends, or until the next step.
    """
    stations = np.flatnonzero(passage.line.pool_of == pool)
    started = passage.started[stations]
    ends = np.where(np.isnan(passage.finished[stations]), np.inf, passage.finished[stations])
    total = np.zeros(len(passage.line.stations))
    edges = np.append(times, np.inf)
    for step in range(len(times)):
        edge, until = edges[step], min(edges[step + 1], passage.ended)
        in_hand = (started < edge) & (ends > edge)
        excess = int(in_hand.sum()) - int(people[step])
        if excess <= 0:
            continue
        where, _ = np.nonzero(in_hand)
        finishes = ends[in_hand]
        first = np.argsort(finishes, kind="stable")[:excess]
        beyond = np.minimum(finishes[first], until) - edge
        np.add.at(total, stations[where[first]], beyond)
    return total
