"""Orders that were cancelled while they waited at a station: no visit tells of them."""

from typing import NamedTuple

import numpy as np

from simulate.results.passage import Passage
from simulate.warehouse.floor import Floats, Ints


class Waits(NamedTuple):
    """Stays in a station's queue that ended without work: `job`, `station`, seconds from, to."""

    job: Ints
    station: Ints
    since: Floats
    until: Floats


def given_up(way: Passage) -> Waits:
    """Return where orders waited as they were cancelled, and since when.

    That is the station after the last work on them, or the first one; who was held after a
    station, or had not passed the ERP, waited at none.
    """
    orders = np.flatnonzero(~way.kept & (way.left == way.cancelled) & ~np.isnan(way.released))
    jobs, until, line = way.work.job_of[orders], way.cancelled[orders], way.line
    last, passes = _last_visits(way, jobs)
    has_come = last >= 0
    at, since = np.zeros(len(jobs), np.int64), way.released[orders]
    at[has_come] = way.visits.station[last[has_come]]
    since[has_come] = way.visits.ended[last[has_come]]
    rounds, delay = way.work.jobs.rework[at, jobs], way.work.jobs.delay[at, jobs]
    since = since + np.where(has_come & (passes == rounds + 1), delay, 0.0)
    after = np.where(passes <= rounds, line.rework_to[at] - 1, at)
    station = np.where(has_come, after, -1) + 1
    skips = way.work.jobs.skips[jobs].astype(np.int64)
    for _ in range(line.main):
        station += (station < line.main) & ((skips >> station) & 1 == 1)
    waits = (station < line.main) & (since <= until)
    return Waits(jobs[waits], station[waits], since[waits], until[waits])


def _last_visits(way: Passage, jobs: Ints) -> tuple[Ints, Ints]:
    """Return the last visit of each job on the main line, -1 for none, and how often it came."""
    visits = way.visits
    place = np.full(len(way.order_of), -1, np.int64)
    place[jobs] = np.arange(len(jobs))
    theirs = np.flatnonzero((place[visits.job] >= 0) & (visits.station < way.line.main))
    which = place[visits.job[theirs]]
    last = np.full(len(jobs), -1, np.int64)
    # Of a job's visits the last is assigned last.
    last[which] = theirs
    there = visits.station[theirs] == visits.station[last[which]]
    return last, np.bincount(which[there], minlength=len(jobs))
