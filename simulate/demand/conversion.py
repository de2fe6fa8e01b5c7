"""What visitors do: who asks the service desk first, and who places an order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.shoppers import Shoppers, bits
from simulate.demand.streams import stream
from simulate.scenario.conversion import Conversion
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Choices:
    """`ordering`: the visitors who place an order, ascending. `enquiries` (C): who asked."""

    ordering: NDArray[np.intp]
    enquiries: NDArray[np.int64]


def conversion_of(scenario: Scenario, channel: str) -> Conversion:
    """Return the shop's shares with those in which `channel` differs."""
    change = scenario.channels[channel].conversion.model_dump(exclude_none=True)
    return scenario.conversion.model_copy(update=change)


def choose(scenario: Scenario, shoppers: Shoppers, seed: int, replication: int) -> Choices:
    """Return what each of `shoppers` does.

    A visitor asks with the enquiry share. Who asked orders with the enquiry order share, who did
    not with the order share, both times the order factor of the time of arrival and at most 1.
    Each visitor has one draw for asking and one for ordering, so a larger share only adds orders.
    """
    ordering = []
    enquiries = np.zeros(len(shoppers.by_channel), dtype=np.int64)
    begin = 0
    for row, name in enumerate(shoppers.rates.channels):
        n = int(shoppers.by_channel[row])
        shares = conversion_of(scenario, name)
        draw = bits(stream(seed, replication, f"conversion/{name}/orders"), n)
        orders = draw < _limits(shoppers, row, shares.order_share)
        if shares.enquiry_share > 0:
            asking = bits(stream(seed, replication, f"conversion/{name}/asks"), n)
            asks = asking < shares.enquiry_share * 2.0**32
            enquiries[row] = np.count_nonzero(asks)
            after_asking = draw < _limits(shoppers, row, shares.enquiry_order_share)
            orders = np.where(asks, after_asking, orders)
        ordering.append(np.flatnonzero(orders) + begin)
        begin += n
    return Choices(np.concatenate(ordering), enquiries)


def _limits(shoppers: Shoppers, row: int, share: float) -> NDArray[np.float64] | float:
    """Return the number of 2**32 below which a visitor's draw makes it order."""
    limits = np.minimum(share * shoppers.rates.order_factor, 1.0) * 2.0**32
    if (limits == limits[0]).all():
        return float(limits[0])
    return np.repeat(limits, shoppers.counts[row])
