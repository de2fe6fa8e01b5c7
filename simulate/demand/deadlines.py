"""Until when an order must be collected."""

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import to_ticks
from simulate.scenario.promises import HoursPromise
from simulate.scenario.scenario import Scenario


def deadlines(scenario: Scenario, paid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the deadline of orders paid at `paid`, in seconds since the start.

    It is inf without a promise, and for an order that is never paid (NaN in `paid`). Both ends
    of a pay window belong to it.
    """
    promise = scenario.promise
    if promise is None:
        return np.full(len(paid), np.inf)
    if isinstance(promise, HoursPromise):
        due = paid + to_ticks(promise.within)
    else:
        opens = to_ticks(scenario.seconds(promise.paid_from))
        closes = to_ticks(scenario.seconds(promise.paid_until))
        collected_by = to_ticks(scenario.seconds(promise.collected_by))
        otherwise = paid + to_ticks(promise.otherwise_within)
        due = np.where((paid >= opens) & (paid <= closes), collected_by, otherwise)
    return np.where(np.isnan(paid), np.inf, due)
