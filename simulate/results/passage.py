"""One replication's way through the line, completed from its stamps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.warehouse.floor import Jobs, Line, Stamps

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """When each order joined, began and left each place, in seconds since the start.

    Arrays of `N` orders in the order of payment, of `S` stations by `N` orders for stations.
    NaN: it did not happen, or not before `ended`. `queued`: joined the station's queue.
    `dispatched`: its last station was done. `deadline`: inf without a promise.
    """

    line: Line
    paid: Floats
    deadline: Floats
    ready: Floats
    released: Floats
    queued: Floats
    started: Floats
    finished: Floats
    dispatched: Floats
    collected: Floats
    ended: float

    @property
    def lead_times(self) -> Floats:
        """Seconds from payment to the courier's scan; of orders inside, up to the run's end."""
        return np.where(np.isnan(self.collected), self.ended, self.collected) - self.paid

    @property
    def on_time(self) -> NDArray[np.bool_]:
        """Whether each order was collected by its deadline; one still inside was not."""
        return self.collected <= self.deadline


def passage(line: Line, jobs: Jobs, stamps: Stamps, paid: Floats, deadline: Floats) -> Passage:
    """Complete `stamps` of `jobs` into a passage."""
    # Ends are sums of whole ticks, exactly those that the floor had.
    finished = stamps.started + jobs.work
    finished[finished > stamps.ended] = np.nan
    queued = np.full_like(finished, np.nan)
    reached = stamps.released
    for station in range(len(line.stations)):
        passes = (jobs.skips >> np.uint32(station)) & 1 == 0
        queued[station] = np.where(passes, reached, np.nan)
        reached = np.where(passes, finished[station], reached)
    return Passage(
        line=line,
        paid=paid,
        deadline=deadline,
        ready=jobs.ready,
        released=stamps.released,
        queued=queued,
        started=stamps.started,
        finished=finished,
        dispatched=reached,
        collected=stamps.collected,
        ended=stamps.ended,
    )
