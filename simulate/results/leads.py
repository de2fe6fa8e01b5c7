"""Lead times of orders that were not cancelled, and lateness by promise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import Orders
from simulate.results.passage import Passage
from simulate.scenario.promises import Promise, WindowPromise
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAYMENT_STRETCH = 6 * 3600.0
"""Lead times are shown for orders paid in stretches of this many seconds."""

LEAD_BIN = 900.0
"""Width in seconds of the bins in which lead times are counted."""

QUANTILES = {"lead_time_p50": 0.5, "lead_time_p90": 0.9, "lead_time_p99": 0.99}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Lead times by payment. `counted[k, b]`: orders paid in stretch k with a lead time in bin b,
    as far as any; `promised[k]`, `paid[k]`: sum of promised seconds and orders in stretch k."""

    counted: Ints
    promised: Floats
    paid: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseClass:
    """Orders of one promise: of a SKU group's own (`group`) or the shop's; see `ClassLateness`."""

    group: str | None
    in_window: bool | None


def lead_measures(way: Passage) -> dict[str, float]:
    """Lead times in hours; those of orders still inside count up to the end of the run."""
    hours = way.lead_times[way.kept] / 3600
    if len(hours) == 0:
        return dict.fromkeys(("lead_time_mean", *QUANTILES), np.nan)
    found = np.quantile(hours, list(QUANTILES.values()))
    return {
        "lead_time_mean": float(hours.mean()),
        **dict(zip(QUANTILES, found.tolist(), strict=True)),
    }


def leads_by_payment(scenario: Scenario, way: Passage) -> Leads:
    """Count orders by stretch of payment and bin of lead time; opening orders are left out."""
    fresh = (way.paid >= 0) & way.kept
    stretches = int(np.ceil(scenario.traffic_seconds / PAYMENT_STRETCH))
    stretch = np.minimum(way.paid[fresh] // PAYMENT_STRETCH, stretches - 1).astype(np.int64)
    lead = (way.lead_times[fresh] // LEAD_BIN).astype(np.int64)
    bins = int(np.max(lead, initial=0)) + 1
    counted = np.bincount(stretch * bins + lead, minlength=stretches * bins).astype(np.int64)
    allowed = way.deadline[fresh] - way.paid[fresh]
    return Leads(
        counted=counted.reshape(stretches, bins),
        promised=np.bincount(stretch, weights=allowed, minlength=stretches).astype(np.float64),
        paid=np.bincount(stretch, minlength=stretches).astype(np.int64),
    )


def promise_classes(scenario: Scenario) -> list[PromiseClass]:
    """Return the classes of the shop's promise, then of each SKU group that has its own."""
    promises: list[tuple[str | None, Promise | None]] = [(None, scenario.promise)]
    promises += [(name, group.promise) for name, group in scenario.sku_groups.items()]
    return [
        PromiseClass(group=name, in_window=within)
        for name, promise in promises
        if promise is not None
        for within in ((True, False) if isinstance(promise, WindowPromise) else (None,))
    ]


def lateness(scenario: Scenario, orders: Orders, way: Passage) -> Floats:
    """Return for each promise class its orders, those on time, and the P90 of lead times in hours.

    Cancelled orders are left out. The P90 is NaN without orders.
    """
    classes = promise_classes(scenario)
    own = [group.promise is not None for group in scenario.sku_groups.values()]
    names = list(scenario.sku_groups)
    has_own = np.array(own)[orders.group]
    hours, on_time = way.lead_times / 3600, way.on_time
    rows = np.empty((len(classes), 3))
    for row, each in enumerate(classes):
        promise = scenario.promise
        those = way.kept
        if each.group is None:
            those = those & ~has_own
        else:
            promise = scenario.sku_groups[each.group].promise
            those = those & (orders.group == names.index(each.group))
        if each.in_window is not None:
            assert isinstance(promise, WindowPromise)
            opens, closes = (
                scenario.seconds(promise.paid_from),
                scenario.seconds(promise.paid_until),
            )
            inside = (way.paid >= opens) & (way.paid <= closes)
            those = those & (inside == each.in_window)
        found = hours[those]
        p90 = float(np.quantile(found, 0.9)) if len(found) else np.nan
        rows[row] = len(found), np.count_nonzero(on_time[those]), p90
    return rows
