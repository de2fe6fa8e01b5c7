"""One replication's way through the line, completed from its stamps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import Orders
from simulate.warehouse.floor import NOWHERE, Floats, Ints, Line, Stamps, Visits
from simulate.warehouse.log import Log
from simulate.warehouse.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """When each order passed each place, all work, and who waits when the run ends.

    Times are seconds since the start, NaN for what did not happen by `ended`. Arrays of `n`
    orders in the order of payment: `paid`; `deadline`, inf without a promise; `ready`; `released`;
    `dispatched`, its last station was done; `collected` by the courier; `cancelled` by its
    customer before dispatch; `gone`, cancelled and out of the house; `left`, when it left the
    line: dispatched, or cancelled and not in anybody's hands. `visits` speak of jobs, `order_of`
    gives a job's order, -1 for a returned parcel. `came_back`: when each returned parcel came;
    `put_away`: when its work was done.
    """

    line: Line
    work: Work
    log: Log
    paid: Floats
    deadline: Floats
    ready: Floats
    released: Floats
    dispatched: Floats
    collected: Floats
    cancelled: Floats
    gone: Floats
    left: Floats
    visits: Visits
    joined: Floats
    place: Ints
    came_back: Floats
    put_away: Floats
    ended: float

    @property
    def order_of(self) -> Ints:
        """Order of each job, -1 for a returned parcel."""
        return self.work.order_of

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Whether each order was not cancelled."""
        return np.isnan(self.cancelled)

    @property
    def lead_times(self) -> Floats:
        """Seconds from payment to the courier's scan; of orders inside, up to the run's end.

        Of a cancelled order it means nothing.
        """
        return np.where(np.isnan(self.collected), self.ended, self.collected) - self.paid

    @property
    def on_time(self) -> NDArray[np.bool_]:
        """Whether each order was collected by its deadline; one inside or cancelled was not."""
        return self.collected <= self.deadline


def passage(line: Line, work: Work, orders: Orders, stamps: Stamps, log: Log) -> Passage:
    """Complete the stamps and the log of paid `orders` into a passage."""
    jobs = work.jobs
    ready, dispatched, gone = (
        each[work.job_of] for each in (jobs.ready, stamps.dispatched, stamps.gone)
    )
    wish = np.maximum(jobs.cancelled[work.job_of], ready)
    cancelled = np.where(np.isnan(dispatched) & (wish <= stamps.ended), wish, np.nan)
    returned = np.flatnonzero(work.order_of == NOWHERE)
    return Passage(
        line=line,
        work=work,
        log=log,
        paid=orders.paid,
        deadline=orders.deadline,
        ready=ready,
        released=stamps.released[work.job_of],
        dispatched=dispatched,
        collected=stamps.collected[work.job_of],
        cancelled=cancelled,
        gone=gone,
        left=_left(line, work, stamps, dispatched, gone),
        visits=stamps.visits,
        joined=stamps.joined,
        place=stamps.place,
        came_back=jobs.ready[returned],
        put_away=stamps.gone[returned],
        ended=stamps.ended,
    )


def _left(line: Line, work: Work, stamps: Stamps, dispatched: Floats, gone: Floats) -> Floats:
    """Return when orders left the line: what is restocked left it when it went there."""
    left = np.where(np.isnan(dispatched), gone, dispatched)
    if line.restock != NOWHERE:
        there = stamps.visits.station == line.restock
        left[work.order_of[stamps.visits.job[there]]] = stamps.visits.joined[there]
        waits = stamps.place == line.restock
        left[work.order_of[waits]] = stamps.joined[waits]
    return left
