"""The orders of one replication: placed, paid or not, with what the warehouse must know."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from simulate.demand.controls import Controls, longer
from simulate.demand.conversion import choose
from simulate.demand.deadlines import deadlines
from simulate.demand.desk import Attended
from simulate.demand.goods import Goods, draw_goods, join, replaced
from simulate.demand.ground import ground_of
from simulate.demand.mixes import Mixes
from simulate.demand.offers import Priced, price
from simulate.demand.payment import Payments, deposits, intents, payments
from simulate.demand.placing import place, visits_of
from simulate.demand.potential import OPENING, Potential, potential_orders
from simulate.demand.rates import Rates
from simulate.demand.shoppers import Shoppers, draw_shoppers
from simulate.demand.sold_out import Sold, sell
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_PRIORITY = 10
"""Comes after every class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """n orders as arrays. Times are seconds since the scenario's start, in whole ticks.

    `paid` is NaN for an order that is never paid, `deadline` inf without a promise. `channel`,
    `group` and `shop` are indexes into the scenario's channels, SKU groups and shops in the order
    in which it gives them; `channel` is -1 in the `opening` backlog, `shop` where there is none.
    `value` is what the customer pays, in the shop's currency. `priority` is the order's class, 0
    first: that of its SKU group or of its channel, whichever comes first. `packed` marks a parcel
    that was ready before it was paid. `cancel_share` is the chance that the order is cancelled.

    `presale` marks an order whose deposit was paid in a presale; it is `paid` when the rest is.
    `deposit` is the money paid so, 0 for other orders. `asked`: its customer asked the desk first;
    `cart`: it was put into a cart in an earlier phase; `chased`: it is paid because the desk
    chased it; `coupon`: a coupon is taken off; `moved`: its goods stand for others that were sold
    out.

    `drawn` numbers all potential orders, those that would be placed if everybody were answered,
    nothing were sold out and nothing turned down, and some that more traffic would bring. All
    draws for an order are taken by it, so that they stay with the order when others are placed or
    paid, or are not.
    """

    placed: Floats
    paid: Floats
    deadline: Floats
    channel: Ints
    group: Ints
    lines: Ints
    value: Floats
    packed: Bools
    priority: Ints
    opening: Bools
    drawn: Ints
    shop: Ints
    cancel_share: Floats
    presale: Bools
    deposit: Floats
    asked: Bools
    cart: Bools
    chased: Bools
    coupon: Bools
    moved: Bools

    def __len__(self) -> int:
        return len(self.placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBook(Orders):
    """All orders of one replication, and the visitors whom they came from.

    Paid orders come first, by payment, then by placing: their index is their order number. The
    never-paid follow, by placing. `potential`: how many numbers `drawn` runs through.

    One number a channel: visitors who came, those `turned_away`, visitors who asked the desk
    first, page `views`, visitors with something in the cart (`carts`). One number a clock hour
    from the start, as far as there is traffic: `turned_away_by_hour`. `attended` is what the desk
    did, `sold` what sold out. One number a SKU group: orders `lost_sold_out`, and those
    `lost_closed` because the group could not be ordered.
    """

    potential: int
    visitors_by_channel: Ints
    turned_away_by_channel: Ints
    turned_away_by_hour: Ints
    enquiries_by_channel: Ints
    views_by_channel: Floats
    carts_by_channel: Ints
    attended: Attended | None
    sold: Sold | None
    lost_sold_out: Ints
    lost_closed: Ints

    @property
    def visitors(self) -> int:
        """Visitors of all channels."""
        return int(self.visitors_by_channel.sum())

    @property
    def enquiries(self) -> int:
        """Visitors who asked the service desk first."""
        return int(self.enquiries_by_channel.sum())


def draw(scenario: Scenario, seed: int, replication: int, controls: Controls = ()) -> OrderBook:
    """Return the orders of one replication of `scenario` under `controls`.

    The same arguments give the same bytes. An order may be paid after the campaign's end; one
    that would be paid after the drain limit, when nobody looks any more, is never paid.

    Every draw comes from a stream named after its purpose and its channel, one draw a potential
    order: so a change of how orders are paid, of what is in them, of another channel, or of the
    warehouse leaves all the rest as it was, more traffic only adds visitors, and a further control
    changes nothing before its moment. A larger order share keeps every order and adds some, which
    moves the draws of the later orders of that channel.
    """
    run = (seed, replication)
    ground = ground_of(scenario)
    rates, shares = ground.rates, ground.shares
    shoppers = draw_shoppers(rates, scenario.forecast_error, *run)
    visits = visits_of(shoppers, controls, *run)
    choices = choose(shoppers, shares, *run, visits.away)
    orders = potential_orders(scenario, shoppers, choices, shares, *run)
    wanted = _goods(scenario, orders, ground.mixes)
    intent = intents(scenario, orders, shares)
    there = place(scenario, shoppers, choices, visits, orders, wanted.group, intent, controls)
    placed = np.where(there.closed, np.nan, there.at)
    money = payments(scenario, orders, wanted.group, intent, placed, there.chased)
    sold = _sold(scenario, controls, orders, wanted.group, money.counted)
    goods, left = wanted, np.zeros(len(orders), np.bool_)
    if sold is not None:
        goods = replaced(scenario.sku_groups, wanted, sold.group, sold.moved, *run)
        left = sold.left
    priced = price(
        scenario, ground.prices, orders.phase, goods.group, goods.lines, goods.value, orders.uniform
    )
    in_book = np.flatnonzero(~np.isnan(placed) & ~left)
    listed = _listed(
        scenario, controls, orders, placed, money, goods, priced, _rank(placed, money.paid, in_book)
    )
    return OrderBook(
        **{field.name: getattr(listed, field.name) for field in fields(Orders)},
        potential=len(orders),
        visitors_by_channel=visits.counts.sum(axis=1),
        turned_away_by_channel=visits.turned_away.sum(axis=1),
        turned_away_by_hour=_by_hour(rates, visits.turned_away),
        enquiries_by_channel=_counted(shoppers, choices.asking, visits.away),
        views_by_channel=(visits.counts * shares.views[:, rates.phase]).sum(axis=1),
        carts_by_channel=choices.carts,
        attended=there.attended,
        sold=sold,
        lost_sold_out=np.bincount(wanted.group[left], minlength=len(scenario.sku_groups)),
        lost_closed=np.bincount(wanted.group[there.closed], minlength=len(scenario.sku_groups)),
    )


def paid_orders(book: OrderBook) -> Orders:
    """Return the paid orders of `book`, in order number order, as views of its arrays."""
    n = int(np.count_nonzero(~np.isnan(book.paid)))
    return Orders(**{field.name: getattr(book, field.name)[:n] for field in fields(Orders)})


def _listed(
    scenario: Scenario,
    controls: Controls,
    orders: Potential,
    placed: Floats,
    money: Payments,
    goods: Goods,
    priced: Priced,
    rank: NDArray[np.intp],
) -> Orders:
    """Return those of the potential orders that are placed, in the order of `rank`."""
    group, channel = goods.group[rank], orders.channel[rank]
    shop = _shops(scenario)[channel]
    due = deadlines(scenario, money.paid[rank], group, shop)
    return Orders(
        placed=placed[rank],
        paid=money.paid[rank],
        deadline=due + longer(controls, placed[rank]) if controls else due,
        channel=channel,
        group=group,
        lines=priced.lines[rank],
        value=priced.value[rank],
        packed=goods.packed[rank],
        priority=_priorities(scenario, channel, group),
        opening=channel < 0,
        drawn=rank.astype(np.int64),
        shop=shop,
        cancel_share=priced.cancel[rank],
        presale=money.presale[rank],
        deposit=deposits(scenario, orders.phase, money.presale, priced.value)[rank],
        asked=orders.enquiry[rank] >= 0,
        cart=orders.cart[rank],
        chased=money.chased[rank],
        coupon=priced.coupon[rank],
        moved=goods.moved[rank],
    )


def _goods(scenario: Scenario, orders: Potential, mixes: Mixes) -> Goods:
    """Return what is in each potential order as long as nothing is sold out."""
    row = mixes.row[orders.channel, orders.phase]
    parts = []
    for lot in orders.lots:
        name = lot.name if lot.name == OPENING else f"order/{lot.name}"
        here = row[lot.begin : lot.begin + lot.n]
        run = (orders.seed, orders.replication)
        parts.append(draw_goods(scenario.sku_groups, mixes.weights, here, *run, name))
    return (
        join(parts)
        if parts
        else draw_goods(
            scenario.sku_groups, mixes.weights, row, orders.seed, orders.replication, OPENING
        )
    )


def _sold(
    scenario: Scenario, controls: Controls, orders: Potential, group: Ints, counted: Floats
) -> Sold | None:
    """Return what becomes of orders, by number, when stock runs out; None if it never shows."""
    stocks = (kind.stock for kind in scenario.sku_groups.values())
    if not any(stock is not None and stock.sold_out is not None for stock in stocks):
        return None
    choice = np.where(orders.opening, np.nan, orders.uniform("sold out"))
    return sell(scenario, controls, group, counted, choice)


def _shops(scenario: Scenario) -> Ints:
    """Return the shop of each channel, -1 without one; the last is that of the opening backlog."""
    names = list(scenario.shops)
    shops = [
        -1 if channel.shop is None else names.index(channel.shop)
        for channel in scenario.channels.values()
    ]
    return np.array([*shops, -1])


def _by_hour(rates: Rates, visitors: Ints) -> Ints:
    """Return how many of `visitors` (C, S) come in each clock hour from the start."""
    return np.bincount(rates.hour, visitors.sum(axis=0)).astype(np.int64)


def _counted(shoppers: Shoppers, who: NDArray[np.intp], away: Bools | None) -> Ints:
    """Return how many of the visitors `who` come, by channel."""
    here = who if away is None else who[~away[who]]
    ends = np.searchsorted(here, np.cumsum(shoppers.by_row))
    return shoppers.by_channel(np.diff(ends, prepend=0))


def _priorities(scenario: Scenario, channel: Ints, group: Ints) -> Ints:
    """Return the class of orders: of SKU group and channel, whichever comes first."""
    of_group = np.array([kind.priority for kind in scenario.sku_groups.values()])
    given = [each.priority for each in scenario.channels.values()]
    # The last place is that of the opening backlog, whose channel is -1.
    of_channel = np.array([NO_PRIORITY if each is None else each for each in given] + [NO_PRIORITY])
    priorities: Ints = np.minimum(of_group[group], of_channel[channel])
    return priorities


def _rank(placed: Floats, paid: Floats, who: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return `who` sorted by payment (never last), then placing, then as they come.

    Two payments in one tick are rare, and without any a sort by one key, which is several times
    as fast, gives the same.
    """
    never = np.isnan(paid[who])
    paying, unpaid = who[~never], who[never]
    rank = np.argsort(paid[paying])
    if (np.diff(paid[paying[rank]]) == 0).any():
        rank = np.lexsort((placed[paying], paid[paying]))
    tail = np.argsort(placed[unpaid], kind="stable")
    return np.concatenate((paying[rank], unpaid[tail]))
