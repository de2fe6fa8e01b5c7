"""Which potential orders are placed, and when: visitors turned away, the desk, closed goods."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.controls import Controls, is_closed, kept, order_factor
from simulate.demand.conversion import Choices
from simulate.demand.desk import Attended, Chases, Enquiries, attend, bot_answers
from simulate.demand.payment import Intent
from simulate.demand.potential import Potential
from simulate.demand.shoppers import Shoppers
from simulate.demand.streams import stream
from simulate.scenario.clock import to_ticks
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Visits:
    """Who of the visitors comes: `away` (n) are absent or turned away, None if nobody is.

    Visitors who come, `counts` (C, S), and who are `turned_away` (C, S), by channel and segment.
    """

    away: Bools | None
    counts: Ints
    turned_away: Ints


@dataclass(frozen=True, slots=True)
class Placed:
    """`at` (N): when potential orders are placed, NaN for never; `closed`: their goods are not on
    sale then. `chased`: when the desk has chased one, NaN for never. `attended`: what it did."""

    at: Floats
    closed: Bools
    chased: Floats
    attended: Attended | None


def visits_of(shoppers: Shoppers, controls: Controls, seed: int, replication: int) -> Visits:
    """Return who of `shoppers` comes although `controls` turn paid traffic down."""
    there = shoppers.there
    if not any(control.cut for control in controls):
        return Visits(shoppers.absent, there, np.zeros_like(there))
    away = np.zeros(len(shoppers.place), dtype=np.bool_)
    if shoppers.absent is not None:
        away = shoppers.absent.copy()
    channels = shoppers.rates.channels
    ends = np.cumsum(shoppers.by_row).tolist()
    for row, name in enumerate(shoppers.row_names):
        channel = channels[row % len(channels)]
        if any(channel in control.cut for control in controls):
            here = np.arange(ends[row] - int(shoppers.by_row[row]), ends[row])
            draw = stream(seed, replication, f"visitors/{name}/kept").random(len(here))
            away[here] |= ~kept(controls, channel, shoppers.arrivals(here), draw)
    counts = shoppers.without(away)
    return Visits(away, counts, there - counts)


def place(
    scenario: Scenario,
    shoppers: Shoppers,
    choices: Choices,
    visits: Visits,
    orders: Potential,
    group: Ints,
    intent: Intent,
    controls: Controls,
) -> Placed:
    """Return when potential orders for `group` (N) are placed.

    Who asks first orders with the last message of the chat, and not at all if nobody answers. A
    longer promise acts on those who come while it is shown; goods are closed or not at the moment
    of placing. Who comes back to a cart after the campaign's end does not order.
    """
    come = np.ones(len(orders), dtype=np.bool_)
    if visits.away is not None and len(visits.away):
        come = ~visits.away[orders.visitor] | orders.opening
    come &= ~(orders.cart & (orders.at > to_ticks(scenario.traffic_seconds)))
    scale = np.where(orders.opening, 1.0, order_factor(controls, orders.at)) if controls else 1.0
    wants = come & (orders.draw < orders.limit * scale)
    wants_bot = come & (orders.draw < orders.limit_bot * scale)
    if scenario.desk is not None:
        wishes = np.where(_by_bot(scenario, shoppers, choices, orders), wants_bot, wants)
        return _attended(
            scenario, shoppers, choices, visits, orders, group, intent, controls, wishes
        )
    at = np.where(wants, orders.at, np.nan)
    closed = _closed(scenario, controls, orders, group, at)
    return Placed(at, closed, np.full(len(orders), np.nan), None)


def _attended(
    scenario: Scenario,
    shoppers: Shoppers,
    choices: Choices,
    visits: Visits,
    orders: Potential,
    group: Ints,
    intent: Intent,
    controls: Controls,
    wants: Bools,
) -> Placed:
    """Return when the orders that customers want (N) are placed at a desk."""
    of_desk = np.flatnonzero(orders.enquiry >= 0)
    enquiry = orders.enquiry[of_desk]
    at = np.where(wants, orders.at, np.nan)
    shut = _closed(scenario, controls, orders, group, at)
    buys, owes = np.zeros((2, len(choices.asking)), dtype=np.bool_)
    buys[enquiry] = (wants & ~shut)[of_desk]
    owes[enquiry] = (wants & ~shut & ~intent.pays)[of_desk]
    here = np.ones(len(owes), np.bool_)
    if visits.away is not None:
        here = ~visits.away[choices.asking]
    enquiries = Enquiries(
        asked=shoppers.arrivals(choices.asking),
        here=here,
        orders=buys,
        owes=owes,
        by_row=_asked_by(shoppers, choices),
    )
    others = _to_chase(scenario, orders, intent)
    due = np.where(shut, np.nan, at)
    chases = _chases(scenario, len(shoppers.counts), orders, others, due)
    attended = attend(scenario, orders.seed, orders.replication, enquiries, chases)
    at[of_desk] = np.where(wants[of_desk], attended.ended[enquiry], np.nan)
    chased = np.full(len(orders), np.nan)
    chased[of_desk] = attended.chased_asker[enquiry]
    chased[others] = attended.chased
    return Placed(at, _closed(scenario, controls, orders, group, at), chased, attended)


def _asked_by(shoppers: Shoppers, choices: Choices) -> Ints:
    """Return how many visitors of each row ask first, whether they come or not."""
    row = shoppers.cells(choices.asking)[0]
    return np.bincount(row, minlength=len(shoppers.counts)).astype(np.int64)


def _by_bot(scenario: Scenario, shoppers: Shoppers, choices: Choices, orders: Potential) -> Bools:
    """Return which potential orders come after an answer by the bot."""
    by_row = _asked_by(shoppers, choices)
    answers = bot_answers(scenario, orders.seed, orders.replication, by_row)
    asked = orders.enquiry >= 0
    by_bot = np.zeros(len(orders), dtype=np.bool_)
    by_bot[asked] = answers[orders.enquiry[asked]]
    return by_bot


def _to_chase(scenario: Scenario, orders: Potential, intent: Intent) -> NDArray[np.intp]:
    """Return the orders without an enquiry that are not paid by themselves, by row."""
    assert scenario.desk is not None
    if scenario.desk.chase is None:
        return np.empty(0, np.intp)
    unpaid = np.flatnonzero((orders.enquiry < 0) & ~intent.pays & ~orders.opening)
    return unpaid[np.argsort(orders.row[unpaid], kind="stable")]


def _chases(
    scenario: Scenario, rows: int, orders: Potential, others: NDArray[np.intp], placed: Floats
) -> Chases:
    assert scenario.desk is not None
    chase = scenario.desk.chase
    after = 0.0 if chase is None else to_ticks(chase.after)
    return Chases(
        due=placed[others] + after,
        here=~np.isnan(placed[others]),
        by_row=np.bincount(orders.row[others], minlength=rows).astype(np.int64),
    )


def _closed(
    scenario: Scenario, controls: Controls, orders: Potential, group: Ints, placed: Floats
) -> Bools:
    """Return which orders are for goods that cannot be ordered when they are placed."""
    closed = np.zeros(len(placed), dtype=np.bool_)
    for index, name in enumerate(scenario.sku_groups):
        if any(name in control.closed for control in controls):
            those = (group == index) & ~orders.opening & ~np.isnan(placed)
            closed[those] = is_closed(controls, name, placed[those])
    return closed
