"""What the customers of each channel buy in each phase."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.offers import Prices
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mixes:
    """`weights` (K, G): K different mixes of the G SKU groups.

    `row` (C + 1, P + 1): the mix of each channel in each phase; the last channel is none, that of
    the opening backlog, the last phase is none. `order_factor` (C, P + 1): what offers make of
    the share of the channel's visitors who order; None without offers.
    """

    weights: Floats
    row: Ints
    order_factor: Floats | None


def mixes_of(scenario: Scenario, prices: Prices | None) -> Mixes:
    """Return the mix of each channel and phase.

    Offers change how many customers order of each group: the groups that they hold for gain a
    larger part of the mix, and all of them together make the channel's order factor.
    """
    shop = [kind.share for kind in scenario.sku_groups.values()]
    phases = len(scenario.phases) + 1
    own = [
        shop if channel.sku_groups is None
        else [channel.sku_groups.get(name, 0.0) for name in scenario.sku_groups]
        for channel in scenario.channels.values()
    ]  # fmt: skip
    base = np.array([*own, shop])
    if prices is None:
        weights, index = np.unique(base, axis=0, return_inverse=True)
        row = np.repeat(index.reshape(-1, 1), phases, axis=1)
        return Mixes(weights, row.astype(np.int64), None)
    each = base[:, None, :] * prices.conversion
    each[-1] = shop
    factor = each[:-1].sum(axis=2) / base[:-1].sum(axis=1, keepdims=True)
    weights, index = np.unique(each.reshape(-1, len(shop)), axis=0, return_inverse=True)
    return Mixes(weights, index.reshape(len(base), phases).astype(np.int64), factor)
