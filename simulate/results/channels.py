"""What each channel of one replication brings, sells and leaves."""

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import OrderBook, Orders
from simulate.results.costs import late_payments, margins_of
from simulate.results.passage import Passage
from simulate.results.spending import AD_KINDS, CLICKS, COMMISSION, Spending
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

Sums = dict[str, Floats]
"""Arrays of one number a channel, and a last one for the opening backlog."""


def by_channel(
    scenario: Scenario, book: OrderBook, orders: Orders, way: Passage, spent: Spending
) -> Sums:
    """Return the sums of one replication, each [C + 1]; the last row is the opening backlog.

    ``visitors``, ``turned_away``; orders ``placed``, ``paid``, ``kept`` (paid and not cancelled)
    and ``on_time``; ``sales`` and ``credited`` sales; ``cost`` and, of it, ``click_cost``;
    ``clicks`` that were bought. Only if every SKU group has a margin: ``margin``, what is left of
    the channel's orders, and ``worth``, what its clicks may cost in all: value x margin of orders
    kept, less a parcel and material each, and less commission.
    """
    rows = len(scenario.channels) + 1
    kept, fresh = way.kept, ~orders.opening

    def total(amounts: Floats | NDArray[np.bool_]) -> Floats:
        return np.bincount(orders.channel % rows, amounts, rows).astype(np.float64)

    sums = {
        "visitors": np.append(book.visitors_by_channel, 0.0),
        "turned_away": np.append(book.turned_away_by_channel, 0.0),
        "placed": np.bincount(book.channel[~book.opening], minlength=rows).astype(np.float64),
        "paid": total(fresh),
        "kept": total(kept),
        "on_time": total(way.on_time),
        "sales": total(orders.value * (kept & fresh)),
        "cost": _cost(scenario, spent, AD_KINDS),
        "click_cost": _cost(scenario, spent, (CLICKS,)),
        "clicks": _clicks(scenario, book),
    }
    sums["credited"] = credited(scenario, sums["sales"])
    margins = margins_of(scenario)
    if margins is not None:
        parcel, material = _handling(scenario)
        earned = orders.value * margins[orders.group]
        left = (earned - parcel) * ~np.isnan(way.collected) - material * ~np.isnan(way.dispatched)
        left -= late_payments(scenario, orders, way)
        sums["margin"] = total(left) + _forfeited(book, rows) - sums["cost"]
        commission = _cost(scenario, spent, (COMMISSION,))
        sums["worth"] = total((earned - parcel - material) * kept) - commission
    return sums


def credited(scenario: Scenario, sales: Floats) -> Floats:
    """Return sales as channels are credited with them: who assisted has its share of them."""
    names = list(scenario.channels)
    found = sales.copy()
    for row, channel in enumerate(scenario.channels.values()):
        for other, share in channel.assisted_by.items():
            found[names.index(other)] += share * sales[row]
            found[row] -= share * sales[row]
    return found


def _cost(scenario: Scenario, spent: Spending, kinds: tuple[str, ...]) -> Floats:
    sums = [sum(spent.get((kind, name), 0.0) for kind in kinds) for name in scenario.channels]
    return np.array([*sums, 0.0])


def _clicks(scenario: Scenario, book: OrderBook) -> Floats:
    """Return how many clicks each channel bought, of which `landing` came to this shop."""
    landing = [
        channel.landing if channel.spend is not None else 0.0
        for channel in scenario.channels.values()
    ]
    clicks = np.zeros(len(landing) + 1)
    np.divide(book.visitors_by_channel, landing, out=clicks[:-1], where=np.array(landing) > 0)
    return clicks


def _handling(scenario: Scenario) -> tuple[float, float]:
    """Return what a parcel and the material of an order cost."""
    parcel, material = (
        0.0 if price is None else price.amount
        for price in (scenario.costs.parcel, scenario.costs.material)
    )
    return parcel, material


def _forfeited(book: OrderBook, rows: int) -> Floats:
    """Return the deposits of those who never paid the rest."""
    lost = book.presale & np.isnan(book.paid)
    return np.bincount(book.channel % rows, book.deposit * lost, rows).astype(np.float64)
