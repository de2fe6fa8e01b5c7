"""Jobs that are held for a while after a station: a binary heap by the time when it is over.

`delay_end[H]`, inf beyond what is in use, with the job `delayed[H]` and the station before its
delay, `delay_station[H]`. `counts[DELAYED]` are in use; some may have left meanwhile.
"""

import numpy as np

from simulate.warehouse.compiling import compiled, inlined
from simulate.warehouse.state import DELAYED, HELD, Ints, State, recalled


@compiled
def hold(where: Ints, job: int, station: int, until: float) -> None:
    """Hold a job after a station."""
    s = recalled(where)
    end = s.delay_end
    place = s.counts[DELAYED]
    s.counts[DELAYED] += 1
    while place > 0:
        above = (place - 1) >> 1
        if end[above] <= until:
            break
        _move(s, above, place)
        place = above
    _put(s, place, until, job, station)
    s.row_of[job] = s.counts[HELD]


@compiled
def drop_first(where: Ints) -> None:
    """Remove the delay that is over first."""
    s = recalled(where)
    s.counts[DELAYED] -= 1
    last = s.counts[DELAYED]
    time, job, station = s.delay_end[last], s.delayed[last], s.delay_station[last]
    s.delay_end[last] = np.inf
    if last == 0:
        return
    end = s.delay_end
    place = 0
    below = 1
    while below < last:
        if below + 1 < last and end[below + 1] < end[below]:
            below += 1
        if time <= end[below]:
            break
        _move(s, below, place)
        place = below
        below = 2 * place + 1
    _put(s, place, time, job, station)


@inlined
def _move(s: State, source: int, place: int) -> None:
    s.delay_end[place] = s.delay_end[source]
    s.delayed[place] = s.delayed[source]
    s.delay_station[place] = s.delay_station[source]


@inlined
def _put(s: State, place: int, time: float, job: int, station: int) -> None:
    s.delay_end[place], s.delayed[place], s.delay_station[place] = time, job, station
