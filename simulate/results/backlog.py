"""The backlog: orders paid, not cancelled and not yet dispatched."""

import numpy as np

from simulate.results import occupancy
from simulate.results.passage import Passage
from simulate.warehouse.floor import Floats

CLEARED = 0.05
"""Share of its peak at which a backlog counts as gone."""


def backlog(way: Passage) -> tuple[dict[str, float], float, float]:
    """Return its measures, when it was highest, and when it was gone, NaN if never."""
    most, at = occupancy.peak(way.ready, way.left)
    cleared = occupancy.first_time_at_most(way.ready, way.left, CLEARED * most, at)
    if most == 0:
        cleared = at
    gone = way.ended if cleared is None else cleared
    measures = {
        "peak_backlog": float(most),
        "peak_backlog_at": at / 3600,
        "backlog_clearance": (gone - at) / 3600,
    }
    return measures, at, np.nan if cleared is None else cleared


def flow_series(way: Passage, edges: Floats) -> dict[str, Floats]:
    """Return by hour how many passed each point, and the mean number inside."""
    released = np.where(np.isnan(way.released), way.left, way.released)
    series = {
        "paid": occupancy.counts(way.paid, edges),
        "released": occupancy.counts(way.released, edges),
        "dispatched": occupancy.counts(way.dispatched, edges),
        "collected": occupancy.counts(way.collected, edges),
        "backlog": occupancy.mean_present(way.ready, way.left, edges),
        "backlog/erp": occupancy.mean_present(way.ready, released, edges),
    }
    if way.line.has_courier:
        series["dock"] = occupancy.mean_present(way.dispatched, way.collected, edges)
    return series
