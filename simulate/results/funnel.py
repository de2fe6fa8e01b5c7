"""From visitors to orders collected on time, and what became of the others."""

import numpy as np

from simulate.demand.orders import OrderBook, Orders
from simulate.results.passage import Passage
from simulate.scenario.conversion import Conversion, ConversionChange
from simulate.scenario.scenario import Scenario

Measures = dict[str, float]


def funnel(scenario: Scenario, book: OrderBook, orders: Orders, way: Passage) -> Measures:
    """Return how many got how far; sales are the value of orders paid anew and not cancelled.

    Shares are of the orders that were not cancelled: `on_time_share` were scanned by the courier
    by their deadline, `late_dispatch_share` had not left the last station by theirs. One still
    inside is late.
    """
    kept, fresh = way.kept, ~orders.opening
    total = int(np.count_nonzero(kept))
    on_time = int(np.count_nonzero(way.on_time))
    in_time = int(np.count_nonzero(way.dispatched <= way.deadline))
    return {
        "visitors": float(book.visitors),
        "enquiries": float(book.enquiries),
        "placed_orders": float(np.count_nonzero(~book.opening)),
        "paid_orders": float(np.count_nonzero(fresh)),
        "opening_orders": float(np.count_nonzero(orders.opening)),
        "dispatched_orders": float(np.count_nonzero(~np.isnan(way.dispatched))),
        "collected_orders": float(np.count_nonzero(~np.isnan(way.collected))),
        "cancelled_orders": float(len(orders) - total),
        "unfinished_orders": float(np.count_nonzero(np.isnan(way.collected) & kept)),
        "on_time_share": on_time / total if total else np.nan,
        "late_orders": float(total - on_time),
        "late_dispatch_share": 1 - in_time / total if total else np.nan,
        "sales": float(orders.value[fresh & kept].sum()),
        **_steps(scenario, book),
        **_presale(scenario, book),
    }


def _steps(scenario: Scenario, book: OrderBook) -> Measures:
    """Return how many got how far before they paid, as far as the scenario tells steps apart.

    `page_views` and `carts`, visitors with something in the cart. `enquiry_order_share`: of
    visitors who asked, the share who placed an order; `order_paid_share`: of these orders, the
    share that is paid.
    """
    shares: list[Conversion | ConversionChange] = [
        scenario.conversion,
        *(channel.conversion for channel in scenario.channels.values()),
        *(phase.conversion for phase in scenario.phases.values()),
    ]
    has_path = any(each.path is not None for each in shares)
    measures = {}
    if has_path:
        measures["page_views"] = float(book.views_by_channel.sum())
    if has_path or any(phase.carts for phase in scenario.phases.values()):
        measures["carts"] = float(book.carts_by_channel.sum())
    if any(each.enquiry_share for each in shares):
        orders = int(np.count_nonzero(book.asked))
        paid = int(np.count_nonzero(book.asked & ~np.isnan(book.paid)))
        measures["enquiry_order_share"] = orders / book.enquiries if book.enquiries else np.nan
        measures["order_paid_share"] = paid / orders if orders else np.nan
    return measures


def _presale(scenario: Scenario, book: OrderBook) -> Measures:
    """Return how many deposits were paid, which share of them led to a paid order, and the rest."""
    if not any(phase.presale for phase in scenario.phases.values()):
        return {}
    orders = int(np.count_nonzero(book.presale))
    forfeited = book.presale & np.isnan(book.paid)
    lost = int(np.count_nonzero(forfeited))
    return {
        "presale_orders": float(orders),
        "balance_paid_share": 1 - lost / orders if orders else np.nan,
        "forfeited_deposits": float(book.deposit[forfeited].sum()),
    }
