"""What visitors do: who asks the service desk first, who would order, who fills a cart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.mixes import Mixes
from simulate.demand.shoppers import Shoppers, bits
from simulate.demand.streams import stream
from simulate.scenario.conversion import Conversion, ConversionChange, Path, changed
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Visitors = NDArray[np.intp]

ALL = 2.0**32
"""A visitor's draw is a whole number below this one: 35 % are those below 35 % of it."""

_NO_CHANGE = ConversionChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The shares of C channels by phase (C, P + 1); the last one is outside of all phases.

    Of visitors who do not ask: `order`, and `cart`, who have something in the cart; of all
    visitors: `enquiry`; of who asks and is answered: `after_agent` and `after_bot` order; of
    orders: `paid`. `views`: pages a visitor, 0 without a path. `order`, `after_agent` and
    `after_bot` have what offers make of them, and may pass 1. `fill` (P + 1): of who neither asks
    nor orders, who fill a cart; `convert` (C, P + 1): of these, who come back and order.
    """

    order: Floats
    cart: Floats
    enquiry: Floats
    after_agent: Floats
    after_bot: Floats
    paid: Floats
    views: Floats
    fill: Floats
    convert: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What visitors do if everybody is answered and nothing is turned down.

    Visitors by their number, ascending: `ordering` (n) would order;
    `asked` (n) tells which of them ask first; `asking` are all who ask; `returning` (m) come back
    to their cart later and order. `draw` (n) and `draw_cart` (m), from 0 to 2**32 - 1, decide.
    `carts` (C): visitors with something in the cart.
    """

    ordering: Visitors
    asked: Bools
    draw: Floats
    asking: Visitors
    returning: Visitors
    draw_cart: Floats
    carts: Ints


def conversion_of(scenario: Scenario, channel: str, phase: str | None = None) -> Conversion:
    """Return the shop's shares with those in which `phase` and then `channel` differ."""
    merged = scenario.conversion
    if phase is not None:
        merged = changed(merged, scenario.phases[phase].conversion)
    return changed(merged, scenario.channels[channel].conversion)


def shares_of(scenario: Scenario, mixes: Mixes) -> Shares:
    """Return the shares of all channels in all phases."""
    phases = scenario.phases
    plain = [phase.conversion == _NO_CHANGE for phase in phases.values()]
    found = []
    for channel in scenario.channels:
        base = conversion_of(scenario, channel)
        own = [
            base if same else conversion_of(scenario, channel, name)
            for name, same in zip(phases, plain, strict=True)
        ]
        found.append([*own, base])

    def table(name: str) -> Floats:
        return np.array([[getattr(each, name) for each in row] for row in found])

    def of_path(name: str) -> Floats:
        return np.array([[_of_path(each.path, name) for each in row] for row in found])

    offered = 1.0 if mixes.order_factor is None else mixes.order_factor
    agent = table("enquiry_order_share")
    bot = scenario.desk.bot_order_share if scenario.desk is not None else None
    carts = [phase.carts for phase in phases.values()]
    convert = np.zeros((len(found), len(phases) + 1))
    for index, each in enumerate(carts):
        if each is not None:
            opens = list(phases).index(each.opens)
            later = 1.0 if mixes.order_factor is None else mixes.order_factor[:, opens]
            convert[:, index] = np.minimum(each.convert * later, 1.0)
    return Shares(
        order=table("ordering") * offered,
        cart=of_path("visitor_cart_share"),
        enquiry=table("enquiry_share"),
        after_agent=agent * offered,
        after_bot=(agent if bot is None else np.full(agent.shape, bot)) * offered,
        paid=table("paid_share"),
        views=of_path("views"),
        fill=np.array([0.0 if each is None else each.share for each in carts] + [0.0]),
        convert=convert,
    )


def _of_path(path: Path | None, name: str) -> float:
    return 0.0 if path is None else float(getattr(path, name))


def choose(
    shoppers: Shoppers,
    shares: Shares,
    seed: int,
    replication: int,
    away: Bools | None = None,
) -> Choices:
    """Return what each of `shoppers` does.

    A visitor asks with the enquiry share. Who asked orders with the enquiry order share, who did
    not with the order share, both times the order factor of the time of arrival and at most 1.
    Who neither asks nor orders fills a cart with the phase's share. Each visitor has one draw for
    asking, one for ordering and one for the cart, so a larger share only adds orders. Visitors
    who are `away` choose as well; only `carts` leaves them out.
    """
    parts, begin = [], 0
    for row, n in enumerate(shoppers.by_row.tolist()):
        gone = None if away is None else away[begin : begin + n]
        parts.append(_choose(shoppers, shares, row, begin, gone, (seed, replication)))
        begin += n
    joined = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in Choices.__slots__
    }
    return Choices(**{**joined, "carts": shoppers.by_channel(joined["carts"])})


def _choose(
    shoppers: Shoppers,
    shares: Shares,
    row: int,
    begin: int,
    away: Bools | None,
    run: tuple[int, int],
) -> Choices:
    """Return what the visitors of one row do, the first of whom is visitor `begin`."""
    rates, counts, name = shoppers.rates, shoppers.counts[row], shoppers.row_names[row]
    n, phase, channel = int(counts.sum()), rates.phase, row % len(rates.channels)

    def draws(what: str) -> NDArray[np.uint32]:
        return bits(stream(*run, f"conversion/{name}/{what}"), n)

    def below(share: Floats) -> Floats | float:
        return _spread(np.minimum(share[phase] * rates.order_factor, 1.0) * ALL, counts)

    draw = draws("orders")
    silent = below(shares.order[channel])
    orders = draw < silent
    asks = np.zeros(0, dtype=np.bool_)
    if (shares.enquiry[channel] > 0).any():
        asks = draws("asks") < _spread(shares.enquiry[channel][phase] * ALL, counts)
        most = np.maximum(shares.after_agent[channel], shares.after_bot[channel])
        orders = np.where(asks, draw < below(most), orders)
    ordering = np.flatnonzero(orders)
    returning, draw_cart = np.empty(0, np.intp), np.empty(0)
    filled = _with_path(shares.cart[channel][phase], draw, orders, counts)
    if (shares.fill[phase] > 0).any():
        cart = draws("carts")
        idle = ~orders if not len(asks) else ~(orders | asks)
        fills = idle & (cart < _spread(shares.fill[phase] * ALL, counts))
        share = shares.fill * shares.convert[channel]
        returning = np.flatnonzero(fills & (cart < _spread(share[phase] * ALL, counts)))
        draw_cart = cart[returning].astype(np.float64)
        filled = fills if filled is None else filled | fills
    if filled is not None and away is not None:
        filled = filled & ~away
    return Choices(
        ordering=ordering + begin,
        asked=asks[ordering] if len(asks) else np.zeros(len(ordering), np.bool_),
        draw=draw[ordering].astype(np.float64),
        asking=np.flatnonzero(asks) + begin,
        returning=returning + begin,
        draw_cart=draw_cart,
        carts=np.array([0 if filled is None else np.count_nonzero(filled)]),
    )


def _with_path(
    share: Floats, draw: NDArray[np.uint32], orders: Bools, counts: Ints
) -> Bools | None:
    """Return who has something in the cart by the path, None if there is no path.

    Who orders has; the draw that decides on ordering decides on the cart as well, so that nobody
    orders without.
    """
    if not (share > 0).any():
        return None
    carts: Bools = (draw < _spread(share * ALL, counts)) | orders
    return carts


def _spread(limits: Floats, counts: Ints) -> Floats | float:
    """Return a limit of each segment for each of its visitors, or the one that all have."""
    if (limits == limits[0]).all():
        return float(limits[0])
    return np.repeat(limits, counts)
