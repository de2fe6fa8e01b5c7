"""The orders of one replication: placed, paid or not, with what the warehouse must know."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from simulate.demand.controls import Controls
from simulate.demand.conversion import choose, conversion_of
from simulate.demand.deadlines import deadlines
from simulate.demand.desk import Attended
from simulate.demand.goods import draw_goods, join
from simulate.demand.rates import rates_of
from simulate.demand.shoppers import draw_shoppers
from simulate.demand.sold_out import Sold
from simulate.demand.streams import stream
from simulate.demand.variation import factors
from simulate.scenario.clock import to_ticks
from simulate.scenario.scenario import Scenario

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
    nothing were sold out and nothing turned down. All draws for an order are taken by it, so that
    they stay with the order when others are placed or paid, or are not.
    """

    placed: NDArray[np.float64]
    paid: NDArray[np.float64]
    deadline: NDArray[np.float64]
    channel: NDArray[np.int64]
    group: NDArray[np.int64]
    lines: NDArray[np.int64]
    value: NDArray[np.float64]
    packed: NDArray[np.bool_]
    priority: NDArray[np.int64]
    opening: NDArray[np.bool_]
    drawn: NDArray[np.int64]
    shop: NDArray[np.int64]
    cancel_share: NDArray[np.float64]
    presale: NDArray[np.bool_]
    deposit: NDArray[np.float64]
    asked: NDArray[np.bool_]
    cart: NDArray[np.bool_]
    chased: NDArray[np.bool_]
    coupon: NDArray[np.bool_]
    moved: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBook(Orders):
    """All orders of one replication, and the visitors whom they came from.

    Paid orders come first, by payment, then by placing: their index is their order number. The
    never-paid follow, by placing. `potential`: how many numbers `drawn` runs through.

    One number a channel: visitors who came, those `turned_away`, visitors who asked the desk
    first, page `views`, visitors with something in the cart (`carts`). `attended` is what the
    desk did, `sold` what sold out. One number a SKU group: orders `lost_sold_out`, and those
    `lost_closed` because the group could not be ordered.
    """

    potential: int
    visitors_by_channel: NDArray[np.int64]
    turned_away_by_channel: NDArray[np.int64]
    enquiries_by_channel: NDArray[np.int64]
    views_by_channel: NDArray[np.float64]
    carts_by_channel: NDArray[np.int64]
    attended: Attended | None
    sold: Sold | None
    lost_sold_out: NDArray[np.int64]
    lost_closed: NDArray[np.int64]

    @property
    def visitors(self) -> int:
        """Visitors of all channels."""
        return int(self.visitors_by_channel.sum())

    @property
    def enquiries(self) -> int:
        """Visitors who asked the service desk first."""
        return int(self.enquiries_by_channel.sum())


def draw(scenario: Scenario, seed: int, replication: int, controls: Controls = ()) -> OrderBook:
    """Return the orders of one replication of `scenario`.

    The same arguments give the same bytes. An order may be paid after the campaign's end; one
    that would be paid after the drain limit, when nobody looks any more, is never paid.

    Every draw comes from a stream named after its purpose and its channel, one draw an order: so
    a change of how orders are paid, of what is in them, of another channel, or of the warehouse
    leaves all the rest as it was. A larger order share keeps every order and adds some, which
    moves the draws of the later orders of that channel.
    """
    rates = rates_of(scenario)
    shoppers = draw_shoppers(rates, scenario.forecast_error, seed, replication)
    choices = choose(scenario, shoppers, seed, replication)
    placed = shoppers.arrivals(choices.ordering)
    channel = shoppers.cells(choices.ordering)[0].astype(np.int64)
    lots = np.bincount(channel, minlength=len(rates.channels))

    paid = placed.copy()
    goods = []
    begin = 0
    for name, n in zip(rates.channels, lots.tolist(), strict=True):
        here = slice(begin, begin + n)
        begin += n
        paid[here] = _payments(scenario, name, placed[here], seed, replication)
        goods.append(draw_goods(scenario.sku_groups, seed, replication, f"order/{name}", n))
    waiting = _opening_times(scenario)
    goods.append(draw_goods(scenario.sku_groups, seed, replication, "opening", len(waiting)))

    placed = np.concatenate((placed, waiting))
    paid = np.concatenate((paid, waiting))
    channel = np.concatenate((channel, np.full(len(waiting), -1)))
    rank = _rank(placed, paid)
    what = join(goods)
    group = what.group[rank]
    return OrderBook(
        placed=placed[rank],
        paid=paid[rank],
        deadline=deadlines(scenario, paid[rank], group),
        channel=channel[rank],
        group=group,
        lines=what.lines[rank],
        value=what.value[rank],
        packed=what.packed[rank],
        priority=_priorities(scenario, rates.channels, channel[rank], group),
        opening=channel[rank] < 0,
        drawn=rank.astype(np.int64),
        shop=np.full(len(rank), -1),
        cancel_share=np.full(
            len(rank), scenario.cancellations.share if scenario.cancellations else 0.0
        ),
        presale=np.zeros(len(rank), np.bool_),
        deposit=np.zeros(len(rank)),
        asked=np.zeros(len(rank), np.bool_),
        cart=np.zeros(len(rank), np.bool_),
        chased=np.zeros(len(rank), np.bool_),
        coupon=np.zeros(len(rank), np.bool_),
        moved=np.zeros(len(rank), np.bool_),
        potential=len(rank),
        turned_away_by_channel=np.zeros(len(rates.channels), np.int64),
        views_by_channel=np.zeros(len(rates.channels)),
        carts_by_channel=np.zeros(len(rates.channels), np.int64),
        attended=None,
        sold=None,
        lost_sold_out=np.zeros(len(scenario.sku_groups), np.int64),
        lost_closed=np.zeros(len(scenario.sku_groups), np.int64),
        visitors_by_channel=shoppers.by_channel,
        enquiries_by_channel=choices.enquiries,
    )


def paid_orders(book: OrderBook) -> Orders:
    """Return the paid orders of `book`, in order number order, as views of its arrays."""
    n = int(np.count_nonzero(~np.isnan(book.paid)))
    return Orders(**{field.name: getattr(book, field.name)[:n] for field in fields(Orders)})


def _payments(
    scenario: Scenario, channel: str, placed: NDArray[np.float64], seed: int, replication: int
) -> NDArray[np.float64]:
    """Return when orders of `channel` are paid, NaN for never."""
    share = conversion_of(scenario, channel).paid_share
    delay = scenario.payment_delay
    paid = placed
    if delay is not None:
        generator = stream(seed, replication, f"payment/delay/{channel}")
        paid = placed + to_ticks(delay.mean * factors(delay.distribution, generator, len(placed)))
    if share < 1:
        pays = stream(seed, replication, f"payment/paid/{channel}").random(len(placed)) < share
        paid = np.where(pays, paid, np.nan)
    return np.where(paid > scenario.limit_seconds, np.nan, paid)


def _priorities(
    scenario: Scenario,
    channels: tuple[str, ...],
    channel: NDArray[np.int64],
    group: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the class of orders: of SKU group and channel, whichever comes first."""
    of_group = np.array([kind.priority for kind in scenario.sku_groups.values()])
    given = [scenario.channels[name].priority for name in channels]
    # The last place is that of the opening backlog, whose channel is -1.
    of_channel = np.array([NO_PRIORITY if each is None else each for each in given] + [NO_PRIORITY])
    priorities: NDArray[np.int64] = np.minimum(of_group[group], of_channel[channel])
    return priorities


def _opening_times(scenario: Scenario) -> NDArray[np.float64]:
    """Return when the opening backlog was paid: evenly, from `paid_within` before the start."""
    backlog = scenario.opening_backlog
    if backlog is None or backlog.orders == 0:
        return np.empty(0)
    return to_ticks(np.arange(-backlog.orders, 0.0) * (backlog.paid_within / backlog.orders))


def _rank(placed: NDArray[np.float64], paid: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the orders sorted by payment (never last), then placing, then as they come.

    Two payments in one tick are rare, and without any a sort by one key, which is several times
    as fast, gives the same.
    """
    never = np.isnan(paid)
    paying, unpaid = np.flatnonzero(~never), np.flatnonzero(never)
    rank = np.argsort(paid[paying])
    if (np.diff(paid[paying[rank]]) == 0).any():
        rank = np.lexsort((placed[paying], paid[paying]))
    tail = np.argsort(placed[unpaid], kind="stable")
    return np.concatenate((paying[rank], unpaid[tail]))
