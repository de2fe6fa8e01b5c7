"""What it costs to bring visitors: clicks, messages, slots and commission, by channel."""

import numpy as np

from simulate.demand.orders import OrderBook, Orders
from simulate.demand.rates import expected_spend
from simulate.results.passage import Passage
from simulate.scenario.scenario import Scenario

CLICKS, MESSAGES, SLOTS, COMMISSION = "clicks", "messages", "slots", "commission"

AD_KINDS = (CLICKS, MESSAGES, SLOTS, COMMISSION)

Spending = dict[tuple[str, str], float]
"""Money by kind and channel."""


def spending(scenario: Scenario, book: OrderBook, orders: Orders, way: Passage) -> Spending:
    """Return what each channel costs, by kind; a kind for which it has no price is not there.

    Clicks cost the planned spend of the campaign, whatever visitors it brings: what chance adds or
    takes changes the price of a click. Of visitors whom the controller turns away the clicks are
    not bought. Messages cost their price each, however few answer; a slot is paid once;
    commission is a share of the value of paid orders that were not cancelled.
    """
    found: Spending = {}
    planned = expected_spend(scenario)
    came, turned = book.visitors_by_channel, book.turned_away_by_channel
    for row, (name, channel) in enumerate(scenario.channels.items()):
        if channel.spend is not None:
            drawn = int(came[row] + turned[row])
            bought = int(came[row]) / drawn if drawn else 1.0
            found[CLICKS, name] = planned[name] * bought
        if channel.message_price is not None and channel.reach is not None:
            sent = channel.reach * scenario.traffic
            found[MESSAGES, name] = sent * channel.message_price.amount
        if channel.slot_fee is not None:
            found[SLOTS, name] = channel.slot_fee.amount
        if channel.commission:
            sold = orders.value[way.kept & (orders.channel == row)]
            found[COMMISSION, name] = float(np.sum(sold)) * channel.commission
    return found
