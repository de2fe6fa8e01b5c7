"""When the money for ads is spent."""

import numpy as np
from numpy.typing import NDArray

from simulate.demand.rates import Rates, rates_of
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def ad_spending(scenario: Scenario, rates: Rates) -> Floats:
    """Return what ads are expected to cost in each segment of `rates`, in the shop's currency.

    Clicks and impressions as they are bought; messages, and the fee for a slot, when the first
    visitor can come of them, or at the start if none ever does. Commission is not among it: it is
    paid on sales, not from a budget.
    """
    clicks = _before_saturation(scenario, rates)
    spent = np.zeros(len(rates.edges) - 1)
    for row, channel in enumerate(scenario.channels.values()):
        steady = channel.visitors_per_second
        if channel.spend is not None and steady:
            spent += clicks[row] * (channel.spend.amount / 86400 / steady)
        once = 0.0 if channel.slot_fee is None else channel.slot_fee.amount
        if channel.message_price is not None and channel.reach is not None:
            once += channel.reach * scenario.traffic * channel.message_price.amount
        spent[int(np.argmax(rates.expected[row] > 0))] += once
    return spent


def _before_saturation(scenario: Scenario, rates: Rates) -> Floats:
    """Return the visitors that would come if clicks did not become dearer, by channel."""
    channels = scenario.channels
    if not any(channel.saturation for channel in channels.values()):
        return rates.expected
    plain = {name: each.model_copy(update={"saturation": None}) for name, each in channels.items()}
    return rates_of(scenario.model_copy(update={"channels": plain})).expected
