"""Work beyond a level of people: who is busy when a shift ends finishes the order in hand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.results.passage import Passage
from simulate.warehouse.compiling import compiled
from simulate.warehouse.floor import Floats, Ints


def beyond(
    way: Passage, leads: NDArray[np.bool_], levels: Sequence[tuple[Floats, Ints]], until: float
) -> Floats:
    """Return the person-seconds beyond a level of people in its pool, at each station.

    `leads` marks the first visit of each cart. The level of each pool is given as steps:
    `people[k]` from `times[k]` to the next step or `until`. While more are busy than the level
    nobody takes an order; whoever is done first goes home, so the excess of B busy people over a
    level L lasts until the first B - L of their ends, or until the next step.
    """
    found = np.zeros(len(way.line.stations))
    pools = np.concatenate([np.full(len(at), pool) for pool, (at, _) in enumerate(levels)])
    times = np.concatenate([at for at, _ in levels])
    ends = np.concatenate([np.append(at[1:], np.inf)[: len(at)] for at, _ in levels])
    people = np.concatenate([people for _, people in levels])
    order = np.argsort(times, kind="stable")
    most = max((people for steps in way.log.staff for _, people in steps), default=0)
    room = (len(levels), 2 * most + 2)
    _beyond(
        way.visits.station, way.visits.started, way.visits.ended, leads, way.line.pool_of,
        pools[order], times[order], np.minimum(ends[order], until), people[order],
        np.zeros(room), np.zeros(room, np.int64), np.zeros(len(levels), np.int64), found,
    )  # fmt: skip
    return found


@compiled
def _beyond(
    station: Any, started: Any, ended: Any, leads: Any, pool_of: Any,
    pools: Any, times: Any, stops: Any, people: Any, ends: Any, where: Any, size: Any, found: Any,
) -> None:  # fmt: skip
    """Go through the steps of all pools in time.

    `ends[P]`, `where[P]`: work that may be in hand, by pool, `size[P]` long. At most as much is
    in hand as people were ever at work, so there is room once what has ended is taken out.
    """
    visit = 0
    for step in range(len(times)):
        edge = times[step]
        while visit < len(started) and started[visit] < edge:
            if leads[visit] and ended[visit] > edge:
                here = station[visit]
                pool = pool_of[here]
                if size[pool] == ends.shape[1]:
                    _forget(ends, where, size, pool, started[visit])
                ends[pool, size[pool]] = ended[visit]
                where[pool, size[pool]] = here
                size[pool] += 1
            visit += 1
        pool = pools[step]
        _forget(ends, where, size, pool, edge)
        # Move the first ends to the front, one for each person beyond the level.
        for one in range(min(size[pool], size[pool] - people[step])):
            first = one
            for other in range(one + 1, size[pool]):
                if ends[pool, other] < ends[pool, first]:
                    first = other
            ends[pool, one], ends[pool, first] = ends[pool, first], ends[pool, one]
            where[pool, one], where[pool, first] = where[pool, first], where[pool, one]
            if stops[step] > edge:
                found[where[pool, one]] += min(ends[pool, one], stops[step]) - edge


@compiled
def _forget(ends: Any, where: Any, size: Any, pool: Any, time: Any) -> None:
    """Take out the work of a pool that has ended by `time`."""
    held = 0
    for one in range(size[pool]):
        if ends[pool, one] > time:
            ends[pool, held], where[pool, held] = ends[pool, one], where[pool, one]
            held += 1
    size[pool] = held
