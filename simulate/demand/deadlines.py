"""Until when an order must be collected."""

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import to_ticks
from simulate.scenario.promises import HoursPromise, Promise
from simulate.scenario.scenario import Scenario


def deadlines(
    scenario: Scenario,
    paid: NDArray[np.float64],
    group: NDArray[np.int64],
    shop: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the deadline of orders (n) for SKU groups `group` paid at `paid`, in seconds.

    The promise of an order's `shop` (-1: none) holds instead of the scenario's, and that of its
    group instead of both. The deadline is inf without a promise, and for an order that is never
    paid (NaN in `paid`). Both ends of a pay window belong to it.
    """
    due = _due(scenario, scenario.promise, paid)
    for index, each in enumerate(scenario.shops.values()):
        if each.promise is not None:
            those = shop == index
            due[those] = _due(scenario, each.promise, paid[those])
    for index, kind in enumerate(scenario.sku_groups.values()):
        if kind.promise is not None:
            those = group == index
            due[those] = _due(scenario, kind.promise, paid[those])
    return np.where(np.isnan(paid), np.inf, due)


def _due(
    scenario: Scenario, promise: Promise | None, paid: NDArray[np.float64]
) -> NDArray[np.float64]:
    if promise is None:
        return np.full(len(paid), np.inf)
    if isinstance(promise, HoursPromise):
        return paid + to_ticks(promise.within)
    opens = to_ticks(scenario.seconds(promise.paid_from))
    closes = to_ticks(scenario.seconds(promise.paid_until))
    collected_by = to_ticks(scenario.seconds(promise.collected_by))
    otherwise = paid + to_ticks(promise.otherwise_within)
    return np.where((paid >= opens) & (paid <= closes), collected_by, otherwise)
