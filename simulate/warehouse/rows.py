"""Rows in which jobs wait: queues in order, and heaps by urgency."""

from typing import Any

from simulate.warehouse.compiling import ask_for, compiled, inlined
from simulate.warehouse.state import CLASSES, HAS_HEAPS, NOWHERE, State


@inlined
def join(s: State, row: int, job: int, since: float) -> None:
    """Put a job into a row in order, before those who joined later or have larger numbers."""
    queue, joined, span = s.queue, s.joined, s.span
    if s.waiting[row] == 0:
        # What was used just now is still close to the processor.
        span[row, 0] = span[row, 1] = 0
    place = span[row, 1]
    head = span[row, 0]
    while place > head:
        before = joined[row, place - 1]
        if before < since or (before == since and queue[row, place - 1] < job):
            break
        queue[row, place] = queue[row, place - 1]
        joined[row, place] = before
        place -= 1
    queue[row, place] = job
    joined[row, place] = since
    span[row, 1] += 1
    s.waiting[row] += 1
    s.row_of[job] = row


@compiled
def _rise(
    queue: Any, joined: Any, first: Any, row: int, size: int, job: int, since: float, urgency: float
) -> None:
    """Put a job into a row that is a heap of `size` by (urgency, joined, job)."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        other = first[row, above]
        if other < urgency or (
            other == urgency
            and (
                joined[row, above] < since
                or (joined[row, above] == since and queue[row, above] < job)
            )
        ):
            break
        queue[row, place] = queue[row, above]
        joined[row, place] = joined[row, above]
        first[row, place] = other
        place = above
    queue[row, place] = job
    joined[row, place] = since
    first[row, place] = urgency


@compiled
def _is_before(queue: Any, joined: Any, first: Any, row: int, one: int, other: int) -> Any:
    """Tell whether one place of a heap row comes before another."""
    if first[row, one] != first[row, other]:
        return first[row, one] < first[row, other]
    if joined[row, one] != joined[row, other]:
        return joined[row, one] < joined[row, other]
    return queue[row, one] < queue[row, other]


@compiled
def _sink(queue: Any, joined: Any, first: Any, row: int, last: int) -> None:
    """Remove the first of a heap row whose last place is `last`."""
    place = 0
    below = 1
    while below < last:
        if below + 1 < last and _is_before(queue, joined, first, row, below + 1, below):
            below += 1
        if _is_before(queue, joined, first, row, last, below):
            break
        queue[row, place] = queue[row, below]
        joined[row, place] = joined[row, below]
        first[row, place] = first[row, below]
        place = below
        below = 2 * place + 1
    queue[row, place] = queue[row, last]
    joined[row, place] = joined[row, last]
    first[row, place] = first[row, last]


@inlined
def forget_those_gone(s: State, row: int, heap: bool) -> None:
    """Remove from the front of a row with somebody in it all who have left it early."""
    if heap:
        while s.row_of[s.queue[row, 0]] != row:
            s.span[row, 1] -= 1
            _sink(s.queue, s.joined, s.first, row, s.span[row, 1])
    else:
        while s.row_of[s.queue[row, s.span[row, 0]]] != row:
            s.span[row, 0] += 1


@inlined
def take(s: State, row: int, heap: bool) -> Any:
    """Remove and return the first of a row from whose front those gone are forgotten."""
    s.waiting[row] -= 1
    if heap:
        job = s.queue[row, 0]
        s.span[row, 1] -= 1
        _sink(s.queue, s.joined, s.first, row, s.span[row, 1])
    else:
        job = s.queue[row, s.span[row, 0]]
        s.span[row, 0] += 1
    s.row_of[job] = NOWHERE
    return job


@inlined
def first_row(s: State, station: int) -> Any:
    """Return the row in which a station's most urgent orders wait, or the one after its last."""
    row = station * s.counts[CLASSES]
    end = row + s.counts[CLASSES]
    while row < end and s.waiting[row] == 0:
        row += 1
    return row


@inlined
def enter(s: State, station: int, job: int, since: float) -> None:
    """Join a station's queue."""
    ask_for(s.work, station, job)
    if s.counts[HAS_HEAPS]:
        size = s.span[station, 1]
        _rise(s.queue, s.joined, s.first, station, size, job, since, s.urgency[job])
        s.span[station, 1] += 1
        s.waiting[station] += 1
        s.row_of[job] = station
    else:
        join(s, station * s.counts[CLASSES] + s.class_of[job], job, since)
    s.is_due[s.pool_of[station]] = True
