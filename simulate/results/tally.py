"""One pass over all work of a replication: waiting, busy people, backlogs and work by hour.

V visits, S stations, H hours. Compiled, since a run of a million orders has millions of visits.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.results.given_up import given_up
from simulate.results.occupancy import add, in_ticks, integrals, span_at
from simulate.results.passage import Passage
from simulate.scenario.clock import TICK
from simulate.warehouse.compiling import compiled
from simulate.warehouse.floor import Floats, Ints
from simulate.warehouse.kernel import TICKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What all visits of a replication add up to.

    By station: `queued` counts who was worked on or still waits, `waited[S]`
    their seconds in it; `busy[S]`: person-seconds up to a horizon; `begun[S]`: visits. By station
    and hour: `busy_by_hour`, `present_by_hour`: person-seconds of people at work, order-seconds of
    orders waiting or in work; `due_by_hour`: seconds of work that joined. `wasted`: seconds of
    work on orders that were cancelled. `reworked`: orders that came to a station again.
    `leads[V]`: whether a visit is the first of its cart, one person each.
    """

    queued: Ints
    waited: Floats
    begun: Ints
    busy: Floats
    busy_by_hour: Floats
    present_by_hour: Floats
    due_by_hour: Floats
    wasted: float
    reworked: int
    leads: NDArray[np.bool_]


def tally(way: Passage, edges: Floats, horizon: float) -> Tally:
    """Add up all visits of a run whose hours start at `edges`."""
    stations, hours, marks = len(way.line.stations), len(edges) - 1, in_ticks(edges)
    visits, jobs = way.visits, len(way.order_of)
    queued, waited, begun, busy = (np.zeros(stations, np.int64) for _ in range(4))
    busy_part, part = (np.zeros((stations, hours), np.int64) for _ in range(2))
    busy_whole, whole = (np.zeros((stations, hours + 1), np.int64) for _ in range(2))
    due = np.zeros((stations, hours))
    leads = np.zeros(len(visits.job), np.bool_)
    is_cancelled = np.zeros(jobs, np.bool_)
    is_cancelled[way.work.job_of] = ~way.kept
    more = np.zeros(2)
    _tally(
        visits.job, visits.station, visits.joined, visits.started, visits.ended,
        way.line.cart, way.line.main, marks, in_ticks(np.array([way.ended, horizon])),
        is_cancelled, np.zeros(jobs, np.int64),
        queued, waited, begun, busy, busy_part, busy_whole, part, whole, due, leads, more,
    )  # fmt: skip
    _waits(way, marks, queued, waited, part, whole, due)
    return Tally(
        queued=queued,
        waited=waited.astype(np.float64) * TICK,
        begun=begun,
        busy=busy.astype(np.float64) * TICK,
        busy_by_hour=integrals(busy_part, busy_whole, marks),
        present_by_hour=integrals(part, whole, marks),
        due_by_hour=due,
        wasted=float(more[0]),
        reworked=int(more[1]),
        leads=leads,
    )


@compiled
def _tally(
    job: Any, station: Any, joined: Any, started: Any, ended: Any,
    cart: Any, main: int, edges: Any, ends: Any, is_cancelled: Any, seen: Any,
    queued: Any, waited: Any, begun: Any, busy: Any, busy_part: Any, busy_whole: Any,
    part: Any, whole: Any, due: Any, leads: Any, more: Any,
) -> None:  # fmt: skip
    """Go through the visits in the order of beginning, cart by cart.

    Visits of one cart follow each other and share their times. `seen[n]` has a bit for each
    station that a job came to, -1 once it came to one again.
    """
    visit, hour = 0, 0
    while visit < len(job):
        here = np.int64(station[visit])
        size = 1
        while (
            size < cart[here]
            and visit + size < len(job)
            and station[visit + size] == here
            and started[visit + size] == started[visit]
            and ended[visit + size] == ended[visit]
        ):
            size += 1
        leads[visit] = True
        start, end = np.int64(started[visit] * TICKS), np.int64(ended[visit] * TICKS)
        each = (ended[visit] - started[visit]) / size
        left = min(end, ends[0])
        done = (left - start) / TICKS / size
        hour = span_at(edges, start, hour)
        until = span_at(edges, left, hour)
        add(busy_part, busy_whole, here, edges, hour, start, 1)
        add(busy_part, busy_whole, here, edges, until, left, -1)
        busy[here] += min(left, ends[1]) - min(start, ends[1])
        begun[here] += size
        for one in range(visit, visit + size):
            number, since = job[one], np.int64(joined[one] * TICKS)
            queued[here] += 1
            waited[here] += start - since
            first = span_at(edges, since, hour)
            add(part, whole, here, edges, first, since, 1)
            add(part, whole, here, edges, until, left, -1)
            if first < len(edges) - 1:
                due[here, first] += each
            if here < main:
                if is_cancelled[number]:
                    more[0] += done
                if seen[number] >= 0:
                    if (seen[number] >> here) & 1:
                        more[1] += 1
                        seen[number] = -1
                    else:
                        seen[number] |= 1 << here
        visit += size


def _waits(
    way: Passage, edges: Ints, queued: Ints, waited: Ints, part: Ints, whole: Ints, due: Floats
) -> None:
    """Add who waits in a station's queue when the run ends, and who gave up in one."""
    end = in_ticks(np.array([way.ended]))
    jobs = np.flatnonzero((way.place >= 0) & (way.place < len(way.line.stations)))
    where, since = way.place[jobs], in_ticks(way.joined[jobs])
    np.add.at(queued, where, 1)
    np.add.at(waited, where, end - since)
    _wait(where, since, np.repeat(end, len(jobs)), way.work.jobs.work[where, jobs],
          edges, part, whole, due)  # fmt: skip
    if not way.kept.all():
        waits = given_up(way)
        work = way.work.jobs.work[waits.station, waits.job]
        _wait(waits.station, in_ticks(waits.since), in_ticks(waits.until), work,
              edges, part, whole, due)  # fmt: skip


@compiled
def _wait(
    where: Any, since: Any, until: Any, work: Any, edges: Any, part: Any, whole: Any, due: Any
) -> None:
    hour = 0
    for one in range(len(where)):
        hour = span_at(edges, since[one], hour)
        add(part, whole, where[one], edges, hour, since[one], 1)
        if hour < len(edges) - 1:
            due[where[one], hour] += work[one]
        hour = span_at(edges, until[one], hour)
        add(part, whole, where[one], edges, hour, until[one], -1)
