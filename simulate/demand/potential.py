"""Potential orders: all that would be placed if nobody waited in vain and nothing were refused."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.conversion import ALL, Choices, Shares
from simulate.demand.shoppers import Shoppers
from simulate.demand.streams import stream
from simulate.scenario.clock import to_ticks
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Lot:
    """`n` potential orders that have streams of their own, from number `begin` on.

    `name` is that of their row, ``<row>/carts`` for orders out of carts, or ``opening``.
    """

    name: str
    begin: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Potential:
    """N potential orders by number: channel after channel, the opening backlog, then carts.

    These are those of layer 0; of each further layer channel after channel, then carts, follow.

    `at`: when the visitor comes, when a cart is taken up again, when an order of the opening
    backlog was paid; `visitor`: whose order it is. `row` is that of its
    visitor; it, `visitor` and `channel` are -1 in the opening backlog, `phase` is -1 outside of all
    phases. `enquiry`: which of all enquiries comes
    before the order, -1 for none. It is placed if `draw` is below `limit`, or `limit_bot` if the
    bot has answered.
    """

    lots: tuple[Lot, ...]
    at: Floats
    visitor: NDArray[np.intp]
    row: Ints
    channel: Ints
    phase: Ints
    enquiry: Ints
    cart: Bools
    draw: Floats
    limit: Floats
    limit_bot: Floats
    seed: int
    replication: int

    def __len__(self) -> int:
        return len(self.at)

    @property
    def opening(self) -> Bools:
        """Which are of the opening backlog (N)."""
        return self.channel < 0

    def uniform(self, purpose: str) -> Floats:
        """Return a draw in [0, 1) for each number."""
        return stream(self.seed, self.replication, purpose).random(len(self))


def potential_orders(
    scenario: Scenario,
    shoppers: Shoppers,
    choices: Choices,
    shares: Shares,
    seed: int,
    replication: int,
) -> Potential:
    """Return the potential orders of `shoppers` who make `choices`.

    Who comes back to a cart does so an exponential time after the phase begins that `carts`
    opens; one that comes after the campaign's end does not order. An order belongs to the phase
    in which its visitor came, out of a cart to the one in which it is taken up again.
    """
    rates = shoppers.rates
    row, segment = shoppers.cells(choices.ordering)
    channel, phase = shoppers.channels_of(row), rates.phase[segment]
    factor = rates.order_factor[segment]
    after = np.where(
        choices.asked, shares.after_agent[channel, phase], shares.order[channel, phase]
    )
    waiting = _opening_times(scenario)
    cart_row, cart_segment = shoppers.cells(choices.returning)
    cart_channel, filled = shoppers.channels_of(cart_row), rates.phase[cart_segment]
    back = _returns(scenario, cart_row, filled, shoppers.row_names, seed, replication)
    limit_cart = (shares.fill * shares.convert)[cart_channel, filled] * ALL
    at = shoppers.arrivals(choices.ordering)

    n, m, k = len(at), len(waiting), len(back)
    enquiry = np.full(n + m + k, -1)
    asked = np.flatnonzero(choices.asked)
    enquiry[asked] = np.searchsorted(choices.asking, choices.ordering[asked])
    always = np.full(m, ALL)
    none = np.full(m, -1)
    bot = shares.after_bot[channel, phase]
    rows = np.concatenate((row, none, cart_row)).astype(np.int64)
    by_layer = _by_layer(rows, len(rates.channels))
    return Potential(
        lots=_lots(shoppers.row_names, len(rates.channels), row, m, cart_row),
        at=np.concatenate((at, waiting, back))[by_layer],
        visitor=np.concatenate((choices.ordering, none, choices.returning))[by_layer],
        row=rows[by_layer],
        channel=np.concatenate((channel, none, cart_channel))[by_layer],
        phase=np.concatenate((phase, none, _phase_at(scenario, back)))[by_layer],
        enquiry=enquiry[by_layer],
        cart=(np.arange(n + m + k) >= n + m)[by_layer],
        draw=np.concatenate((choices.draw, np.zeros(m), choices.draw_cart))[by_layer],
        limit=np.concatenate((np.minimum(after * factor, 1) * ALL, always, limit_cart))[by_layer],
        limit_bot=np.concatenate((np.minimum(bot * factor, 1) * ALL, always, limit_cart))[by_layer],
        seed=seed,
        replication=replication,
    )


def _by_layer(rows: Ints, channels: int) -> NDArray[np.intp] | slice:
    """Return the order of orders of `rows` by layer; the opening backlog is in the first."""
    if not len(rows) or rows.max() < channels:
        return slice(None)
    return np.argsort(np.maximum(rows, 0) // channels, kind="stable")


def _lots(
    names: list[str],
    channels: int,
    direct: NDArray[np.intp],
    opening: int,
    carts: NDArray[np.intp],
) -> tuple[Lot, ...]:
    numbers, returning = (
        np.bincount(rows, minlength=len(names)).tolist() for rows in (direct, carts)
    )
    named: list[tuple[str, int]] = []
    for first in range(0, len(names), channels):
        layer = range(first, first + channels)
        named += [(names[row], numbers[row]) for row in layer]
        named += [(OPENING, opening)] if first == 0 else []
        named += [(f"{names[row]}/carts", returning[row]) for row in layer]
    lots, begin = [], 0
    for name, n in named:
        if n:
            lots.append(Lot(name, begin, n))
        begin += n
    return tuple(lots)


def _returns(
    scenario: Scenario,
    rows: NDArray[np.intp],
    phase: Ints,
    names: list[str],
    seed: int,
    replication: int,
) -> Floats:
    """Return when customers of `rows` come back to carts that were filled in `phase` (n)."""
    opens, within = np.zeros(len(scenario.phases)), np.zeros(len(scenario.phases))
    for index, each in enumerate(scenario.phases.values()):
        if each.carts is not None:
            opens[index] = scenario.seconds(scenario.phases[each.carts.opens].starts)
            within[index] = each.carts.within
    later = np.empty(len(rows))
    for row in np.unique(rows).tolist():
        those = rows == row
        generator = stream(seed, replication, f"carts/{names[row]}/within")
        later[those] = generator.standard_exponential(int(np.count_nonzero(those)))
    return to_ticks(opens[phase] + later * within[phase])


def _phase_at(scenario: Scenario, times: Floats) -> Ints:
    found = np.full(len(times), -1)
    for index, phase in enumerate(scenario.phases.values()):
        low, high = to_ticks(scenario.seconds(phase.starts)), to_ticks(scenario.seconds(phase.ends))
        found[(times >= low) & (times < high)] = index
    return found


def _opening_times(scenario: Scenario) -> Floats:
    """Return when the opening backlog was paid: evenly, from `paid_within` before the start."""
    backlog = scenario.opening_backlog
    if backlog is None or backlog.orders == 0:
        return np.empty(0)
    return to_ticks(np.arange(-backlog.orders, 0.0) * (backlog.paid_within / backlog.orders))
