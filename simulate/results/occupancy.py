"""How many are somewhere at a time, exactly, from when each came and went."""

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import TICK

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def person_time(came: Floats, went: Floats, edges: Floats) -> Floats:
    """Return the integral of the number present from edge to edge, one value fewer than `edges`.

    `came` and `went` have one entry each; NaN in `went` is still present, NaN in `came` never was.
    The integral up to t is the sum of (t - came) over those who came by t, less the sum of
    (t - went) over those who went by t.
    """
    present: Floats = np.diff(_integral(came, edges) - _integral(went, edges)) * TICK
    return present


def _integral(times: Floats, edges: Floats) -> Ints:
    """Return the sum of (t - time) over all `times` up to each edge t, in ticks.

    Times are whole ticks, so sums of integers are exact. They may overflow and wrap around: their
    differences are right all the same.
    """
    known = _ticks(np.sort(times[~np.isnan(times)]))
    sums = np.concatenate(([0], np.cumsum(known)))
    limits = _ticks(edges)
    count = np.searchsorted(known, limits, side="right")
    return limits * count - sums[count]


def _ticks(seconds: Floats) -> Ints:
    return np.rint(seconds / TICK).astype(np.int64)


def mean_present(came: Floats, went: Floats, edges: Floats) -> Floats:
    """Return the mean number present between each two edges, exactly 0 where nobody is."""
    return person_time(came, went, edges) / np.diff(edges)


def steps_between(times: Floats, levels: NDArray[np.int64], edges: Floats) -> Floats:
    """Return the integral of a step function (`levels[k]` from `times[k]` on) between edges.

    It is 0 before its first step.
    """
    gains = np.diff(np.concatenate(([0], levels))).astype(float)
    reached = np.maximum(0.0, edges[:, None] - times[None, :])
    return np.diff(reached @ gains)


def counts(times: Floats, edges: Floats) -> Floats:
    """Return how many of `times` fall from each edge up to, but not at, the next."""
    known = np.sort(times[~np.isnan(times)])
    return np.diff(np.searchsorted(known, edges, side="left")).astype(float)


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
