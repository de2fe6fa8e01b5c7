"""The courier's visits of one replication."""

import numpy as np

from simulate.results.passage import Passage
from simulate.scenario.dispatch import Courier
from simulate.warehouse.floor import Floats
from simulate.warehouse.log import Visit


def courier_measures(courier: Courier | None, visits: list[Visit]) -> dict[str, float]:
    """Return how many visits were missed and how many came late, if any can."""
    measures = {}
    if courier is not None and courier.missing:
        measures["missed_collections"] = float(sum(np.isnan(visit.came) for visit in visits))
    if courier is not None and courier.late is not None:
        measures["late_collections"] = float(sum(visit.came > visit.planned for visit in visits))
    return measures


def waiting_at_visits(way: Passage) -> Floats:
    """Return how many parcels were on the dock as each of the courier's visits came.

    Of a visit that was missed: when it was planned.
    """
    at = np.array(
        [visit.planned if np.isnan(visit.came) else visit.came for visit in way.log.visits]
    )
    done, gone = np.sort(way.dispatched), np.sort(way.collected)
    there = np.searchsorted(done, at, side="right") - np.searchsorted(gone, at, side="left")
    return there.astype(float)
