"""From visitors to orders collected on time, and what became of the others."""

import numpy as np

from simulate.demand.orders import OrderBook, Orders
from simulate.demand.rates import expected_visitors
from simulate.results.passage import Passage
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
        "ad_spend": ad_spend(scenario),
    }


def ad_spend(scenario: Scenario) -> float:
    """Return what all channels are expected to spend over the campaign.

    What a channel spends a day buys its visitors of a day; more or fewer of them in a phase cost
    as much more or less.
    """
    expected = expected_visitors(scenario)
    spend = 0.0
    for name, channel in scenario.channels.items():
        if channel.spend is not None and channel.visitors_per_second:
            price = channel.spend.amount / 86400 / channel.visitors_per_second
            spend += expected[name] * price
    return spend
