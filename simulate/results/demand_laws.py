"""Laws of everything in front of the line: visitors, orders, units sold, money."""

from collections.abc import Iterator

import numpy as np

from simulate.demand.orders import OrderBook
from simulate.results.replication import Replication
from simulate.results.spending import AD_KINDS
from simulate.scenario.clock import to_ticks
from simulate.scenario.scenario import Scenario

ROUNDING = 1e-9
"""Relative error that sums of many amounts may have."""


def broken_laws(scenario: Scenario, book: OrderBook, replication: Replication) -> Iterator[str]:
    """Yield each law that a replication's accounts break.

    Visitors: nobody is turned away without a controller's cut, and none orders twice. Orders:
    what is placed is paid, unpaid or forfeited; what is lost was never placed. Stock: a group
    that shows its stock sells no more than came in, but to those who wait. Enquiries: who asks is
    answered or gives up. Money: the sums of all channels are those of the shop.
    """
    yield from _visitors(scenario, book)
    yield from _orders(book, replication)
    yield from _stock(scenario, book)
    yield from _enquiries(book)
    yield from _sums(replication)


def _visitors(scenario: Scenario, book: OrderBook) -> Iterator[str]:
    came, turned = book.visitors_by_channel, book.turned_away_by_channel
    rules = () if scenario.controller is None else scenario.controller.rules.values()
    may_be_cut = np.array([any(name in rule.cut for rule in rules) for name in scenario.channels])
    if np.any(came < 0) or np.any(turned < 0) or np.any(turned[~may_be_cut]):
        yield "visitors were turned away whom nobody cut"
    if int(book.turned_away_by_hour.sum()) != int(turned.sum()):
        yield "visitors turned away by hour and by channel differ"
    placed = np.bincount(book.channel[~book.opening], minlength=len(came))
    if np.any(placed > came) or np.any(book.enquiries_by_channel > came):
        yield "a channel has more orders or enquiries than visitors"


def _orders(book: OrderBook, replication: Replication) -> Iterator[str]:
    measures, fresh, paid = replication.measures, ~book.opening, ~np.isnan(book.paid)
    forfeited = int(np.count_nonzero(book.presale & ~paid))
    unpaid = int(np.count_nonzero(fresh & ~paid & ~book.presale))
    if measures["placed_orders"] != measures["paid_orders"] + unpaid + forfeited:
        yield "placed orders are not those paid, unpaid and forfeited"
    if np.any(book.paid < book.placed) or np.any(np.isnan(book.placed)):
        yield "an order was paid before it was placed"
    if np.any(book.deposit > book.value) or np.any(book.deposit[~book.presale] != 0):
        yield "a deposit is more than the order's value, or of no presale"
    lost = int(book.lost_sold_out.sum() + book.lost_closed.sum())
    desk = 0 if book.attended is None else int(np.count_nonzero(book.attended.lost))
    numbers = np.unique(book.drawn)
    if len(numbers) != len(book) or len(book) + lost + desk > book.potential:
        yield "orders were placed that nobody wanted"


def _stock(scenario: Scenario, book: OrderBook) -> Iterator[str]:
    """Hold the units that were taken against those that came in, of groups that can sell out."""
    sold = book.sold
    if sold is None:
        return
    # The paid and those of a presale have taken a unit, whether they are paid in full or not.
    takes = ~np.isnan(book.paid) | book.presale
    for index, (name, group) in enumerate(scenario.sku_groups.items()):
        if group.stock is None:
            continue
        receipts = group.stock.receipts.values()
        came = group.stock.opening + sum(
            receipt.units
            for receipt in receipts
            if 0 <= to_ticks(scenario.seconds(receipt.at)) <= scenario.limit_seconds
        )
        mine = takes & (book.group == index)
        waits = int(np.count_nonzero(sold.waits[book.drawn] & mine))
        if int(np.count_nonzero(mine)) - waits > came:
            yield f"{name}: more units were sold than came in"


def _enquiries(book: OrderBook) -> Iterator[str]:
    seen = book.attended
    if seen is None:
        return
    asked = ~np.isnan(seen.asked)
    answered, gave_up = ~np.isnan(seen.answered), ~np.isnan(seen.gave_up)
    if int(np.count_nonzero(asked)) != book.enquiries:
        yield "enquiries and those that the desk has seen differ"
    if np.any(answered & gave_up) or np.any(asked != (answered | gave_up)):
        yield "somebody asked and was neither answered nor gave up, or both"
    if np.any(seen.taken < seen.asked) or np.any(seen.gave_up < seen.asked):
        yield "an enquiry was answered or given up before it was made"


def _sums(replication: Replication) -> Iterator[str]:
    """Hold the sums over channels against the measures of the whole shop."""
    measures, sums = replication.measures, replication.channels
    totals = {"visitors": "visitors", "placed": "placed_orders", "paid": "paid_orders"}
    for name, measure in totals.items():
        if sums[name].sum() != measures[measure]:
            yield f"{measure} of all channels are not those of the shop"
    late = float((sums["kept"] - sums["on_time"]).sum())
    if late != measures["late_orders"]:
        yield "late orders of all channels are not those of the shop"
    ads = {item: amount for item, amount in replication.costs.items() if item[0] in AD_KINDS}
    shared = sum(
        amount
        for (kind, _, _), amount in replication.costs.items()
        if kind not in (*AD_KINDS, "courier", "material", "compensation")
    )
    pairs = [
        ("sales", sums["sales"].sum(), measures["sales"]),
        ("credited sales", sums["credited"].sum(), measures["sales"]),
        ("costs of ads", sums["cost"].sum(), sum(ads.values())),
    ]
    if "margin" in sums:
        pairs.append(("margins", sums["margin"].sum() - shared, measures["contribution"]))
    scale = max(1.0, float(measures["sales"]), float(sum(replication.costs.values())))
    for what, found, total in pairs:
        if not abs(found - total) <= ROUNDING * scale:
            yield f"{what} of all channels do not add up"
