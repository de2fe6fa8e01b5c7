"""The state of a `CompiledFloor` when it opens: nobody at work, and no job has come yet."""

from typing import Any

import numpy as np

from simulate.warehouse import ends, state
from simulate.warehouse.compiling import compiled
from simulate.warehouse.floor import NOWHERE, UNLIMITED, Floats, Ints, Jobs, Line
from simulate.warehouse.state import State
from simulate.warehouse.waiting import Rows

MOST_CLASSES = 8
"""So many urgencies have a queue of their own at each station; of more a heap is sooner."""

Away = tuple[Ints, Floats, Any]
"""Each station's row, or -1, in the tables of delays and rework, and the two tables."""
Cancellations = tuple[Any, Floats]
"""Jobs that are cancelled and when, in the order in which they are."""


def opened(line: Line, jobs: Jobs, stock: Ints) -> tuple[State, Rows, bool]:
    """Return the state, what its rows stand for, and whether the kernel of plain lines will do."""
    away, cancellations = _detours(jobs), _cancellations(jobs)
    is_plain = _is_plain(line, jobs, away, cancellations)
    classes, class_of = _classes(line, jobs)
    has_heaps = classes > MOST_CLASSES
    rows = Rows(line, jobs, stock, 1 if has_heaps else classes)
    number, stations, pools = len(jobs.ready), len(line.stations), len(line.pools)
    visits = _most_visits(line, jobs, away, cancellations)
    width = number + int(away[2].sum())
    unless_plain = 0 if is_plain else number
    delays = int(np.count_nonzero(away[1].any(axis=0)))
    # To ask for memory often takes longer than to fill it.
    released, dispatched, collected, gone = np.full((4, number), np.nan)
    log_joined, log_started, log_ended = np.empty((3, visits))
    opening = State(
        where=np.empty(0, np.int64),
        pool_of=line.pool_of.astype(np.uint32),
        cart=line.cart,
        cart_setup=line.cart_setup,
        wave=line.wave,
        crowd_from=line.crowd_from,
        crowd_slowdown=line.crowd_slowdown,
        rework_to=line.rework_to,
        ready=jobs.ready,
        work=jobs.work,
        skips=jobs.skips,
        urgency=jobs.urgency,
        class_of=class_of,
        group=jobs.group,
        detour=away[0],
        delay=away[1],
        rework=away[2],
        is_return=jobs.is_return,
        cancels=cancellations[0],
        cancel_at=cancellations[1],
        queue=np.empty((rows.number, width), np.uint32),
        joined=np.empty((rows.number, width)),
        first=np.empty((stations, width if has_heaps else 0)),
        span=np.zeros((rows.number, 2), np.uint32),
        waiting=np.zeros(rows.number, np.int64),
        # On plain lines too: the courier, who takes from the dock, writes it.
        row_of=np.full(number, NOWHERE, np.int16),
        gate_row=rows.gates,
        short_row=rows.short,
        ends=ends.empty(0),
        ending=np.zeros(1, np.uint32),
        end_station=np.zeros(1, np.uint8),
        idle=np.zeros(1, np.uint32),
        next_in_cart=np.empty(unless_plain, np.int32),
        delay_end=np.full(delays, np.inf),
        delayed=np.empty(delays, np.uint32),
        delay_station=np.empty(delays, np.uint8),
        of_pool=_stations_of_pools(line),
        staff=np.zeros(pools, np.int64),
        busy=np.zeros(pools, np.int64),
        slowness=np.ones(pools),
        places=np.full(stations, UNLIMITED),
        working=np.zeros(stations, np.int64),
        stock=stock.copy(),
        due=np.zeros(pools, np.int64),
        is_due=np.zeros(pools, np.bool_),
        in_queue=np.zeros(stations, np.int64),
        first_joined=np.full(stations, np.inf),
        first_urgency=np.full(stations, np.inf),
        is_cancelled=np.zeros(unless_plain, np.bool_),
        is_handled=np.zeros(unless_plain, np.bool_),
        released=released,
        dispatched=dispatched,
        collected=collected,
        gone=gone,
        log_job=np.empty(visits, np.int32),
        log_station=np.empty(visits, np.int8),
        log_joined=log_joined,
        log_started=log_started,
        log_ended=log_ended,
        counts=_counts(
            line,
            rows,
            {
                state.NJOBS: number,
                state.NCANCELS: len(cancellations[0]),
                state.GROUPS: len(stock),
                state.HAS_HEAPS: has_heaps,
                state.HAS_DELAYS: delays > 0,
            },
        ),
    )
    return opening, rows, is_plain


def _counts(line: Line, rows: Rows, others: dict[int, int]) -> Ints:
    """Return what `State.counts` holds when nothing has happened yet."""
    counts = np.zeros(state.COUNTS, np.int64)
    known = {
        state.QUOTA: UNLIMITED,
        state.HAS_COURIER: line.has_courier,
        state.CLASSES: rows.classes,
        state.RESTOCK: line.restock,
        state.GOODS_FROM: line.goods_from,
        state.ERP: rows.erp,
        state.DOCK: rows.dock,
        state.HELD: rows.held,
        state.STATIONS: len(line.stations),
        state.POOLS: len(line.pools),
        state.HAS_STOCK: (rows.short != NOWHERE).any(),
        state.HAS_WAVES: (line.wave > 0).any(),
        state.IDLE: 1,
        state.VACANT: NOWHERE,
    }
    for place, value in {**known, **others}.items():
        counts[place] = value
    return counts


def _classes(line: Line, jobs: Jobs) -> tuple[int, Any]:
    """Return how many urgencies there are, up to one too many, and which each job has."""
    class_of = np.zeros(len(jobs.ready), np.int8)
    if not line.by_urgency or not len(jobs.ready):
        return 1, class_of
    found = np.empty(MOST_CLASSES + 1)
    return int(_classify(np.ascontiguousarray(jobs.urgency), found, class_of)), class_of


@compiled
def _classify(urgency: Floats, found: Floats, class_of: Any) -> int:
    """Number the urgencies from 0 on, in ascending order, unless there are too many.

    Return how many there are, at most one more than `MOST_CLASSES`; `found` is for them.
    """
    classes = 0
    for job in range(len(urgency)):
        is_known = False
        for rank in range(classes):
            is_known |= found[rank] == urgency[job]
        if not is_known:
            place = classes
            while place > 0 and found[place - 1] > urgency[job]:
                found[place] = found[place - 1]
                place -= 1
            found[place] = urgency[job]
            classes += 1
            if classes > MOST_CLASSES:
                return classes
    for rank in range(1, classes):
        for job in range(len(urgency)):
            class_of[job] += urgency[job] >= found[rank]
    return classes


def _is_plain(line: Line, jobs: Jobs, away: Away, cancellations: Cancellations) -> bool:
    """Tell whether a line and its jobs have none of the options that the full kernel is for."""
    options = (
        not line.is_steady,
        line.by_urgency,
        (line.cart != 1).any(),
        line.cart_setup.any(),
        (line.wave != NOWHERE).any(),
        line.crowd_slowdown.any(),
        (away[0] != NOWHERE).any(),
        jobs.is_return.any(),
        (jobs.group != NOWHERE).any(),
        len(cancellations[0]),
    )
    return not any(options)


def _stations_of_pools(line: Line) -> Ints:
    """Return the stations of each pool, last of the line first, filled up with -1."""
    table = np.full((len(line.pools), len(line.stations) + 1), NOWHERE, np.int64)
    for pool in range(len(line.pools)):
        own = np.flatnonzero(line.pool_of == pool)[::-1]
        table[pool, : len(own)] = own
    return table


def _some(table: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Tell for each row of a table of jobs whether it holds anything but zeros."""
    if any(table.strides):
        return np.asarray(table.any(axis=1))
    return np.full(len(table), table[:1, :1].any())


def _detours(jobs: Jobs) -> Away:
    """Return which stations not all jobs go straight on from, and how these jobs do not."""
    stations = np.flatnonzero(_some(jobs.delay) | _some(jobs.rework))
    detour = np.full(len(jobs.work), NOWHERE, np.int64)
    detour[stations] = np.arange(len(stations))
    delay = jobs.delay[stations] if _some(jobs.delay).any() else np.empty((0, len(jobs.ready)))
    return detour, delay, jobs.rework[stations]


def _cancellations(jobs: Jobs) -> Cancellations:
    """Return the cancellations, none of which is before the job is there."""
    cancels = np.flatnonzero(np.isfinite(jobs.cancelled))
    cancel_at = np.maximum(jobs.cancelled[cancels], jobs.ready[cancels])
    order = np.argsort(cancel_at, kind="stable")
    return cancels[order].astype(np.int32), cancel_at[order]


def _most_visits(line: Line, jobs: Jobs, away: Away, cancellations: Cancellations) -> int:
    """Return how many visits there can be: every station that is not passed by, rework, restock."""
    stations = len(line.stations)
    visits = stations * len(jobs.ready) + len(cancellations[0])
    if jobs.skips.any():
        visits -= int(np.bitwise_count(jobs.skips & np.uint32(2**stations - 1)).sum())
    for station in np.flatnonzero(away[0] != NOWHERE).tolist():
        if line.rework_to[station] != NOWHERE:
            again = int(away[2][away[0][station]].sum())
            visits += again * (station - int(line.rework_to[station]) + 1)
    return visits
