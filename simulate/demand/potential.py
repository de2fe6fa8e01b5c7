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

    `name` is that of their channel, ``<channel>/carts`` for orders out of carts, or ``opening``.
    """

    name: str
    begin: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Potential:
    """N potential orders by number: channel after channel, the opening backlog, then carts.

    `at`: when the visitor comes, when a cart is taken up again, when an order of the opening
    backlog was paid; `visitor`: whose order it is, -1 in the opening backlog. `channel` is -1 in
    the opening backlog, `phase` -1 outside of all phases. `enquiry`: which of all enquiries comes
    before the order, -1 for none. It is placed if `draw` is below `limit`, or `limit_bot` if the
    bot has answered.
    """

    lots: tuple[Lot, ...]
    at: Floats
    visitor: NDArray[np.intp]
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
    segment = shoppers.cells(choices.ordering)
    channel, phase = segment[0].astype(np.int64), rates.phase[segment[1]]
    factor = rates.order_factor[segment[1]]
    after = np.where(
        choices.asked, shares.after_agent[channel, phase], shares.order[channel, phase]
    )
    waiting = _opening_times(scenario)
    came = shoppers.cells(choices.returning)
    cart_channel = came[0].astype(np.int64)
    back = _returns(scenario, cart_channel, rates.phase[came[1]], rates.channels, seed, replication)
    limit_cart = (shares.fill * shares.convert)[cart_channel, rates.phase[came[1]]] * ALL
    at = shoppers.arrivals(choices.ordering)

    n, m, k = len(at), len(waiting), len(back)
    enquiry = np.full(n + m + k, -1)
    asked = np.flatnonzero(choices.asked)
    enquiry[asked] = np.searchsorted(choices.asking, choices.ordering[asked])
    always = np.full(m, ALL)
    bot = shares.after_bot[channel, phase]
    return Potential(
        lots=_lots(rates.channels, channel, m, cart_channel),
        at=np.concatenate((at, waiting, back)),
        visitor=np.concatenate((choices.ordering, np.full(m, -1), choices.returning)),
        channel=np.concatenate((channel, np.full(m, -1), cart_channel)),
        phase=np.concatenate((phase, np.full(m, -1), _phase_at(scenario, back))),
        enquiry=enquiry,
        cart=np.arange(n + m + k) >= n + m,
        draw=np.concatenate((choices.draw, np.zeros(m), choices.draw_cart)),
        limit=np.concatenate((np.minimum(after * factor, 1) * ALL, always, limit_cart)),
        limit_bot=np.concatenate((np.minimum(bot * factor, 1) * ALL, always, limit_cart)),
        seed=seed,
        replication=replication,
    )


def _lots(channels: tuple[str, ...], direct: Ints, opening: int, carts: Ints) -> tuple[Lot, ...]:
    named = [
        *zip(channels, np.bincount(direct, minlength=len(channels)).tolist(), strict=True),
        (OPENING, opening),
        *(
            (f"{name}/carts", n)
            for name, n in zip(
                channels, np.bincount(carts, minlength=len(channels)).tolist(), strict=True
            )
        ),
    ]
    lots, begin = [], 0
    for name, n in named:
        if n:
            lots.append(Lot(name, begin, n))
        begin += n
    return tuple(lots)


def _returns(
    scenario: Scenario,
    channel: Ints,
    phase: Ints,
    channels: tuple[str, ...],
    seed: int,
    replication: int,
) -> Floats:
    """Return when customers come back to carts that were filled in `phase`, by channel (n)."""
    opens, within = np.zeros(len(scenario.phases)), np.zeros(len(scenario.phases))
    for index, each in enumerate(scenario.phases.values()):
        if each.carts is not None:
            opens[index] = scenario.seconds(scenario.phases[each.carts.opens].starts)
            within[index] = each.carts.within
    later = np.empty(len(channel))
    for row in np.unique(channel).tolist():
        those = channel == row
        generator = stream(seed, replication, f"carts/{channels[row]}/within")
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
