"""The Floor as one compiled event loop over arrays: the same timestamps, far sooner."""

import numpy as np
import simpy
from numpy.typing import NDArray

from simulate.warehouse import kernel
from simulate.warehouse.floor import UNLIMITED, Jobs, Line, Stamps

Integers = NDArray[np.int64]

HEAP_MARGIN = 3
"""Places that the kernel looks at beyond those of all people at work."""


def _chains(line: Line) -> tuple[Integers, Integers]:
    """Return each pool's first station and each station's follower in its pool; -1: none."""
    first = np.full(len(line.pools), -1, np.int64)
    following = np.full(len(line.stations), -1, np.int64)
    for station in reversed(range(len(line.stations))):
        pool = line.pool_of[station]
        following[station] = first[pool]
        first[pool] = station
    return first, following


class CompiledFloor:
    """A Floor that carries out all that flows up to a decision in one call."""

    def __init__(self, env: simpy.Environment, line: Line, jobs: Jobs) -> None:
        self._now = float(env.now) - 1
        orders, stations, pools = len(jobs.ready), len(line.stations), len(line.pools)
        first, following = _chains(line)
        counts = np.zeros(6, np.int64)
        counts[kernel.QUOTA] = UNLIMITED
        counts[kernel.COURIER] = line.has_courier
        self._state = kernel.State(
            ready=jobs.ready,
            work=jobs.work,
            skips=jobs.skips,
            pool_of=line.pool_of,
            queue=np.empty((stations + 1, orders), np.int32),
            queued=np.empty((stations + 1, orders)),
            span=np.zeros((stations + 1, 2), np.int64),
            first=first,
            following=following,
            end=np.full(HEAP_MARGIN, np.inf),
            ending=np.zeros(HEAP_MARGIN, np.int32),
            at_station=np.zeros(orders, np.int8),
            staff=np.zeros(pools, np.int64),
            busy=np.zeros(pools, np.int64),
            released=np.full(orders, np.nan),
            started=np.full((stations, orders), np.nan),
            collected=np.full(orders, np.nan),
            counts=counts,
        )

    def advance(self, until: float) -> None:
        """Carry out everything before `until`, and step 1 of the instant `until`."""
        if until > self._now:
            kernel.advance(self._state, self._now, until)
            self._now = until

    def set_staff(self, pool: int, people: int) -> None:
        """Put `people` to work in a pool."""
        state = self._state
        state.staff[pool] = people
        room = int(np.maximum(state.staff, state.busy).sum()) + HEAP_MARGIN
        more = room - len(state.end)
        if more > 0:
            self._state = state._replace(
                end=np.concatenate((state.end, np.full(more, np.inf))),
                ending=np.concatenate((state.ending, np.zeros(more, np.int32))),
            )

    def set_quota(self, orders: int) -> None:
        """Let the ERP release `orders` from now on."""
        self._state.counts[kernel.QUOTA] = orders

    def released_count(self) -> int:
        """Return how many orders the ERP has released so far."""
        return int(self._state.counts[kernel.RELEASED])

    def collect(self, capacity: int) -> None:
        """Hand the parcels that were dispatched first to the courier."""
        kernel.collect(self._state, self._now, capacity)

    def is_empty(self) -> bool:
        """Tell whether every order has been collected."""
        return int(self._state.counts[kernel.COLLECTED]) == len(self._state.ready)

    def stamps(self) -> Stamps:
        """Return when each order passed each place."""
        state = self._state
        return Stamps(
            released=state.released,
            started=state.started,
            collected=state.collected,
            ended=self._now,
        )
