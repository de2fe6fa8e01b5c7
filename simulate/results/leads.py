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
Bools = NDArray[np.bool_]

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
    """Orders of one promise: of a SKU group, of one of several shops, or of all others.

    See `ClassLateness`.
    """

    group: str | None
    shop: str | None
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
    """Return the classes of the promise to all, then of each shop and SKU group with its own."""
    return [
        PromiseClass(group=group, shop=shop, in_window=within)
        for group, shop, promise in _promises(scenario)
        for within in ((True, False) if isinstance(promise, WindowPromise) else (None,))
    ]


def _promises(scenario: Scenario) -> list[tuple[str | None, str | None, Promise]]:
    """Return each promise with the SKU group or the shop whose own it is."""
    given: list[tuple[str | None, str | None, Promise | None]] = [(None, None, scenario.promise)]
    given += [(None, name, shop.promise) for name, shop in scenario.shops.items()]
    given += [(name, None, group.promise) for name, group in scenario.sku_groups.items()]
    return [(group, shop, promise) for group, shop, promise in given if promise is not None]


def lateness(scenario: Scenario, orders: Orders, way: Passage) -> Floats:
    """Return for each promise class its orders, those on time, and the P90 of lead times in hours.

    Cancelled orders are left out. The P90 is NaN without orders.
    """
    hours, on_time = way.lead_times / 3600, way.on_time
    rows = []
    for group, shop, promise in _promises(scenario):
        those = way.kept & _holds_for(scenario, orders, group, shop)
        parts = [those]
        if isinstance(promise, WindowPromise):
            opens, closes = (
                scenario.seconds(promise.paid_from),
                scenario.seconds(promise.paid_until),
            )
            inside = (way.paid >= opens) & (way.paid <= closes)
            parts = [those & inside, those & ~inside]
        for part in parts:
            found = hours[part]
            p90 = float(np.quantile(found, 0.9)) if len(found) else np.nan
            rows.append((len(found), np.count_nonzero(on_time[part]), p90))
    return np.array(rows, np.float64).reshape(-1, 3)


def _holds_for(scenario: Scenario, orders: Orders, group: str | None, shop: str | None) -> Bools:
    """Return for which orders a promise holds: a SKU group's goes first, then a shop's."""
    those: Bools
    if group is not None:
        those = orders.group == list(scenario.sku_groups).index(group)
        return those
    of_group = np.array([each.promise is not None for each in scenario.sku_groups.values()])
    if shop is not None:
        those = orders.shop == list(scenario.shops).index(shop)
    else:
        # The last place is that of orders of no shop, -1.
        of_shop = np.array([each.promise is not None for each in scenario.shops.values()] + [False])
        those = ~of_shop[orders.shop]
    those &= ~of_group[orders.group]
    return those
