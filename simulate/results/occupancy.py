"""How many are somewhere at a time, exactly, from when each came and went."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import TICK
from simulate.warehouse.compiling import compiled, inlined
from simulate.warehouse.kernel import TICKS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def in_ticks(seconds: Floats) -> Ints:
    """Return whole ticks."""
    return np.rint(seconds / TICK).astype(np.int64)


@inlined
def span_at(edges: Ints, time: Any, near: Any) -> Any:
    """Return the span of `edges` that `time` is in, looked for from span `near` on.

    It is -1 before the first edge, and the number of spans from the last edge on.
    """
    while near >= 0 and edges[near] > time:
        near -= 1
    while near + 1 < len(edges) and edges[near + 1] <= time:
        near += 1
    return near


@inlined
def add(part: Ints, whole: Ints, row: Any, edges: Ints, span: Any, time: Any, sign: int) -> None:
    """Count one more (`sign` 1) or less (-1) in a row from `time` on, which is in `span`.

    `part[row, k]` sums ticks within span k, `whole[row, k]` how many more there are from the
    beginning of span k on.
    """
    if 0 <= span < len(edges) - 1:
        part[row, span] += sign * (edges[span + 1] - time)
    if span < len(edges) - 1:
        whole[row, span + 1] += sign


def integrals(part: Ints, whole: Ints, edges: Ints) -> Floats:
    """Return the integral of the number present, in seconds, from what `add` has counted."""
    ticks = part + np.cumsum(whole, axis=-1)[..., :-1] * np.diff(edges)
    seconds: Floats = np.multiply(ticks, TICK, dtype=np.float64)
    return seconds


@compiled
def _sum_up(came: Floats, went: Floats, edges: Ints, part: Ints, whole: Ints) -> None:
    span, until = 0, 0
    for one in range(len(came)):
        if not np.isnan(came[one]):
            time = np.int64(came[one] * TICKS)
            span = span_at(edges, time, span)
            add(part, whole, 0, edges, span, time, 1)
        if not np.isnan(went[one]):
            time = np.int64(went[one] * TICKS)
            until = span_at(edges, time, until)
            add(part, whole, 0, edges, until, time, -1)


def person_time(came: Floats, went: Floats, edges: Floats) -> Floats:
    """Return the integral of the number present from edge to edge, one value fewer than `edges`.

    `came` and `went` have one entry each, in whole ticks; NaN in `went` is still present, NaN in
    `came` never was. Sums of ticks are exact.
    """
    marks = in_ticks(edges)
    part, whole = np.zeros((1, len(edges) - 1), np.int64), np.zeros((1, len(edges)), np.int64)
    _sum_up(came, went, marks, part, whole)
    present: Floats = integrals(part, whole, marks)[0]
    return present


def mean_present(came: Floats, went: Floats, edges: Floats) -> Floats:
    """Return the mean number present between each two edges, exactly 0 where nobody is."""
    return person_time(came, went, edges) / np.diff(edges)


def steps_between(times: Floats, levels: NDArray[np.int64], edges: Floats) -> Floats:
    """Return the integral of a step function (`levels[k]` from `times[k]` on) between edges.

    It is 0 before its first step.
    """
    gains = np.diff(levels, prepend=0)
    at = in_ticks(times)
    # The integral up to t is the sum of gain x (t - time) over all steps up to t.
    height = np.concatenate(([0], np.cumsum(gains)))
    moment = np.concatenate(([0], np.cumsum(gains * at)))
    marks = in_ticks(edges)
    reached = np.searchsorted(at, marks, side="right")
    area: Floats = np.diff(height[reached] * marks - moment[reached]) * TICK
    return area


@compiled
def _count(times: Floats, edges: Ints, found: Floats) -> None:
    span = 0
    for time in times:
        if not np.isnan(time):
            span = span_at(edges, np.int64(time * TICKS), span)
            if 0 <= span < len(found):
                found[span] += 1


def counts(times: Floats, edges: Floats) -> Floats:
    """Return how many of `times`, in whole ticks, fall from each edge up to, not at, the next."""
    found = np.zeros(len(edges) - 1)
    _count(times, in_ticks(edges), found)
    return found


def peak(came: Floats, went: Floats) -> tuple[int, float]:
    """Return the largest number present at once and the first time at which it was reached.

    Who goes at the very moment at which another comes is gone. Without anyone, (0, 0.0).
    """
    if len(came) == 0:
        return 0, 0.0
    comes = np.sort(came)
    goes = np.sort(went)  # NaN sorts last, behind every coming
    present = np.arange(1, len(comes) + 1) - np.searchsorted(goes, comes, side="right")
    first = int(np.argmax(present))
    return int(present[first]), float(comes[first])


def first_time_at_most(came: Floats, went: Floats, level: float, after: float) -> float | None:
    """Return the first moment after `after` with at most `level` present, or None if never."""
    comes = np.sort(came)
    goes = np.sort(went[~np.isnan(went)])
    present = np.searchsorted(comes, goes, side="right") - np.arange(1, len(goes) + 1)
    found = np.flatnonzero((goes > after) & (present <= level))
    return float(goes[found[0]]) if len(found) else None
