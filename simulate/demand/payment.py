"""Who pays, when, and what: at once or after a delay, by deposit and rest, or when chased."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.conversion import Shares
from simulate.demand.potential import Potential
from simulate.demand.streams import stream
from simulate.demand.variation import factors
from simulate.scenario.clock import to_ticks
from simulate.scenario.distributions import Delay
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Intent:
    """How N potential orders would be paid: `pays` by itself, a `delay` after it is placed."""

    pays: Bools
    delay: Floats


@dataclass(frozen=True, slots=True)
class Payments:
    """Payments of N potential orders, in seconds; NaN for never.

    `counted`: when an order takes its unit of stock, at its payment or its deposit. `paid`: in
    full. `presale`: a deposit was paid. `chased`: it is counted because it was chased.
    """

    counted: Floats
    paid: Floats
    presale: Bools
    chased: Bools


def intents(scenario: Scenario, orders: Potential, shares: Shares) -> Intent:
    """Return how potential orders are paid if nobody chases them."""
    pays = np.ones(len(orders), dtype=np.bool_)
    delay = np.zeros(len(orders))
    paid = np.where(orders.opening, 1.0, shares.paid[orders.channel, orders.phase])
    for lot in orders.lots:
        here = slice(lot.begin, lot.begin + lot.n)
        if orders.channel[lot.begin] < 0:
            continue
        if scenario.payment_delay is not None:
            delay[here] = _delays(
                orders, scenario.payment_delay, f"payment/delay/{lot.name}", lot.n
            )
        if (paid[here] < 1).any():
            generator = _stream(orders, f"payment/paid/{lot.name}")
            pays[here] = generator.random(lot.n) < paid[here]
    return Intent(pays, delay)


def payments(
    scenario: Scenario,
    orders: Potential,
    group: Ints,
    intent: Intent,
    placed: Floats,
    chased: Floats,
) -> Payments:
    """Return when orders `placed` (NaN: never) are paid.

    `chased` (N): when the desk has chased an order, NaN for never; its success is drawn. What
    would be paid after the drain limit, when nobody looks any more, is never paid.
    """
    counted = np.where(intent.pays, placed + intent.delay, np.nan)
    won = np.zeros(len(orders), dtype=np.bool_)
    if scenario.desk is not None and scenario.desk.chase is not None:
        won = orders.uniform("payment/chased") < scenario.desk.chase.success
        won &= ~intent.pays & ~np.isnan(placed) & ~np.isnan(chased)
        counted = np.where(won, chased, counted)
    counted = np.where(counted > scenario.limit_seconds, np.nan, counted)
    paid = counted
    presale = np.zeros(len(orders), dtype=np.bool_)
    if any(phase.presale is not None for phase in scenario.phases.values()):
        paid, presale = _balances(scenario, orders, group, counted)
    return Payments(counted, paid, presale, won & ~np.isnan(counted))


def _balances(
    scenario: Scenario, orders: Potential, group: Ints, deposited: Floats
) -> tuple[Floats, Bools]:
    """Return when orders are paid in full, and which of them have paid a deposit in a presale.

    The rest falls due when the presale says, or with a later deposit.
    """
    paid, presale = deposited.copy(), np.zeros(len(orders), dtype=np.bool_)
    names = list(scenario.sku_groups)
    draw = orders.uniform("presale/paid")
    for index, phase in enumerate(scenario.phases.values()):
        sale = phase.presale
        if sale is None:
            continue
        those = (orders.phase == index) & ~np.isnan(deposited)
        if sale.sku_groups is not None:
            those &= np.isin(group, [names.index(name) for name in sale.sku_groups])
        presale |= those
        delay = np.empty(len(orders))
        for lot in orders.lots:
            purpose = f"presale/delay/{lot.name}"
            delay[lot.begin : lot.begin + lot.n] = _delays(orders, sale.delay, purpose, lot.n)
        due = np.maximum(deposited, to_ticks(scenario.seconds(sale.balance_from)))
        rest = due + delay
        until = min(to_ticks(scenario.seconds(sale.balance_until)), scenario.limit_seconds)
        rest = np.where((draw < sale.paid_share) & (rest <= until), rest, np.nan)
        paid = np.where(those, rest, paid)
    return paid, presale


def deposits(scenario: Scenario, phase: Ints, presale: Bools, value: Floats) -> Floats:
    """Return the money that orders of `value` have paid as a deposit, 0 outside of a presale."""
    if not presale.any():
        return np.zeros(len(value))
    share = [0.0 if each.presale is None else each.presale.deposit
             for each in scenario.phases.values()]  # fmt: skip
    return np.where(presale, value * np.array([*share, 0.0])[phase], 0.0)


def _delays(orders: Potential, delay: Delay, purpose: str, n: int) -> Floats:
    return to_ticks(delay.mean * factors(delay.distribution, _stream(orders, purpose), n))


def _stream(orders: Potential, purpose: str) -> np.random.Generator:
    return stream(orders.seed, orders.replication, purpose)
