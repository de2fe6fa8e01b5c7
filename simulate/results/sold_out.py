"""What sold out, for how long, and what became of the orders for it."""

from collections.abc import Sequence

import numpy as np

from simulate.demand.orders import OrderBook
from simulate.results.estimates import estimate
from simulate.results.moments import span_of
from simulate.results.outcome import SoldOutResult
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

HOUR = 3600.0


def sold_out_measures(scenario: Scenario, book: OrderBook) -> dict[str, float]:
    """Return how many orders were lost as their group was sold out, if customers can find it so."""
    if book.sold is None or not groups_that_sell_out(scenario):
        return {}
    return {"sold_out_lost_orders": float(book.sold.lost.sum())}


def groups_that_sell_out(scenario: Scenario) -> dict[str, int]:
    """Return the SKU groups with stock, and their indexes; none if nobody acts on selling out."""
    groups = scenario.sku_groups
    stocks = {name: group.stock for name, group in groups.items() if group.stock is not None}
    if all(stock.sold_out is None for stock in stocks.values()):
        return {}
    return {name: index for index, name in enumerate(groups) if name in stocks}


def sold_out_table(scenario: Scenario, book: OrderBook) -> Floats:
    """Return of each group that can sell out (L, 5) when it first did and for how long.

    That is: seconds since the start (NaN: never), hours up to the end of the campaign's traffic,
    and orders that were lost, moved to another group, or waited.
    """
    groups, sold = groups_that_sell_out(scenario), book.sold
    ends = scenario.traffic_seconds
    table = np.zeros((len(groups), 5))
    table[:, 0] = np.nan
    if sold is None:
        return table
    for row, index in enumerate(groups.values()):
        spans = [(since, min(until, ends)) for since, until in sold.spans[index] if since < ends]
        table[row, 0] = spans[0][0] if spans else np.nan
        table[row, 1] = sum(until - since for since, until in spans) / HOUR
        table[row, 2:] = sold.lost[index], sold.taken_elsewhere[index], sold.waiting[index]
    return table


def sold_out_results(scenario: Scenario, tables: Sequence[Floats]) -> tuple[SoldOutResult, ...]:
    """Return how each group that can sell out did, from the tables of all replications."""
    every = np.stack(tables)
    return tuple(
        SoldOutResult(
            group=name,
            share=estimate((~np.isnan(every[:, row, 0])).astype(float).tolist(), "share"),
            first=span_of(every[:, row, 0].tolist()),
            hours=estimate(every[:, row, 1].tolist(), "hours"),
            lost_orders=estimate(every[:, row, 2].tolist(), "orders"),
            moved_orders=estimate(every[:, row, 3].tolist(), "orders"),
            waiting_orders=estimate(every[:, row, 4].tolist(), "orders"),
        )
        for row, name in enumerate(groups_that_sell_out(scenario))
    )
