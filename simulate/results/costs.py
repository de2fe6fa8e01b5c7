"""What a replication costs and earns, as far as the scenario has prices."""

import numpy as np

from simulate.demand.orders import OrderBook, Orders
from simulate.results.desk import horizon_of
from simulate.results.labour import OVERTIME, Labour, hours_of
from simulate.results.passage import Passage
from simulate.results.spending import AD_KINDS, Spending
from simulate.scenario.labour import Pool
from simulate.scenario.promises import Compensation
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

Item = tuple[str, str | None, str | None]
"""Kind of cost, pool or channel, and shift or call-in; see `CostItem`."""

DESK = "desk"

PEOPLE = ("labour", "overtime", "call-in")
KIND_OF_DUTY = {"shift": "labour", "overtime": "overtime", "call-in": "call-in"}


def wage_of(pool: Pool, shift: str | None) -> float | None:
    """Return what an hour of a pool's shift costs at the plain rate, None if it has no wage."""
    own = pool.shifts[shift].wage if shift in pool.shifts else None
    wage = pool.wage if own is None else own
    return None if wage is None else wage.amount


def costs(
    scenario: Scenario,
    book: OrderBook,
    orders: Orders,
    way: Passage,
    people: Labour,
    spent: Spending,
) -> dict[Item, float]:
    """Return what each thing costs; without a price it is not there.

    People are paid for all hours of a duty for which they came, at their shift's wage or else
    their pool's; overtime at `overtime_rate` times it. Finishing the orders in hand after a duty
    is overtime at the pool's wage. The desk's agents are paid for every duty that begins before
    traffic has ended and the last chat is closed. The courier takes `parcel` for each parcel
    collected, material is used for each order dispatched. Compensation is paid for each late order
    with a deadline. `spent` is what it costs to bring visitors.
    """
    found = _people(scenario, way, people) | _desk(scenario, book)
    if scenario.costs.parcel is not None:
        parcels = np.count_nonzero(~np.isnan(way.collected))
        found["courier", None, None] = parcels * scenario.costs.parcel.amount
    if scenario.costs.material is not None:
        packed = np.count_nonzero(~np.isnan(way.dispatched))
        found["material", None, None] = packed * scenario.costs.material.amount
    if scenario.compensation is not None:
        found["compensation", None, None] = float(late_payments(scenario, orders, way).sum())
    found |= {(kind, channel, None): amount for (kind, channel), amount in spent.items()}
    return {item: float(amount) for item, amount in found.items()}


def _people(scenario: Scenario, way: Passage, people: Labour) -> dict[Item, float]:
    found: dict[Item, float] = {}
    pools = list(scenario.pools.items())
    for index, (name, pool) in enumerate(pools):
        for shift in pool.shifts:
            if wage_of(pool, shift) is not None:
                found["labour", name, shift] = 0.0
                if pool.overtime is not None:
                    found["overtime", name, shift] = 0.0
        wage = wage_of(pool, None)
        if wage is not None:
            in_hand = float(people.in_hand[index])
            found["overtime", name, None] = in_hand * wage * pool.overtime_rate
            found |= {("call-in", name, each): 0.0 for each in pool.call_ins}
    for duty in way.log.duties:
        name, pool = pools[duty.pool]
        wage = wage_of(pool, duty.name)
        if wage is not None:
            rate = pool.overtime_rate if duty.kind == OVERTIME else 1.0
            item = (KIND_OF_DUTY[duty.kind], name, duty.name)
            found[item] = found.get(item, 0.0) + hours_of(duty) * wage * rate
    return found


def _desk(scenario: Scenario, book: OrderBook) -> dict[Item, float]:
    desk, seen = scenario.desk, book.attended
    if desk is None or seen is None:
        return {}
    wages = {name: shift.wage or desk.wage for name, shift in desk.shifts.items()}
    found: dict[Item, float] = {(DESK, None, name): 0.0 for name, wage in wages.items() if wage}
    until = horizon_of(scenario, seen)
    for duty in seen.duties:
        wage = wages[duty.shift]
        if wage is not None and duty.starts < until:
            found[DESK, None, duty.shift] += duty.hours * wage.amount
    return found


def late_payments(scenario: Scenario, orders: Orders, way: Passage) -> Floats:
    """Return the compensation of each paid order, 0 if it is on time or has no deadline."""
    late = way.kept & ~way.on_time & np.isfinite(way.deadline)
    if scenario.compensation is None:
        return np.zeros(len(late))
    return np.where(late, compensation(scenario.compensation, orders.value), 0.0)


def compensation(rule: Compensation, values: Floats) -> Floats:
    """Return what is paid for late orders: a share of their value, within least and most."""
    least = 0.0 if rule.least is None else rule.least.amount
    most = np.inf if rule.most is None else rule.most.amount
    return np.minimum(np.maximum(values * rule.share, least), most)


def margins_of(scenario: Scenario) -> Floats | None:
    """Return each SKU group's margin, None unless every one has one."""
    margins = [group.margin for group in scenario.sku_groups.values()]
    given = [margin for margin in margins if margin is not None]
    return np.array(given) if len(given) == len(margins) else None


SUMS = {
    "labour_cost": PEOPLE, "overtime_cost": ("overtime",), "desk_cost": (DESK,),
    "courier_cost": ("courier",), "material_cost": ("material",),
    "compensation": ("compensation",), **{f"{kind}_cost": (kind,) for kind in AD_KINDS},
}  # fmt: skip
"""Kinds of cost in each measure that is a sum of costs."""


def cost_measures(
    scenario: Scenario, book: OrderBook, orders: Orders, way: Passage, found: dict[Item, float]
) -> dict[str, float]:
    """Return the sums of costs, what an order costs, and what the campaign leaves.

    `labour_cost` has the people of the warehouse, with the `overtime_cost` in it. `ad_spend`: what
    it costs to bring visitors, with `clicks_cost`, `messages_cost`, `slots_cost` and
    `commission_cost` as its parts; `return_on_ads`: sales by it, `ads_share_of_sales` the
    reverse. `total_cost`: all costs but ads; `cost_per_order`: the same over the orders
    dispatched. `contribution`: value times margin of the orders collected and deposits that were
    forfeited, less all costs and ads; only if every SKU group has a margin.
    """
    measures = {
        name: sum(amount for (kind, _, _), amount in found.items() if kind in kinds)
        for name, kinds in SUMS.items()
        if any(kind in kinds for kind, _, _ in found)
    }
    ads = sum(amount for (kind, _, _), amount in found.items() if kind in AD_KINDS)
    others = {item: amount for item, amount in found.items() if item[0] not in AD_KINDS}
    measures["ad_spend"] = ads
    if len(others) < len(found):
        sales = float(orders.value[way.kept & ~orders.opening].sum())
        measures["return_on_ads"] = sales / ads if ads else np.nan
        measures["ads_share_of_sales"] = ads / sales if sales else np.nan
    total = sum(others.values())
    dispatched = int(np.count_nonzero(~np.isnan(way.dispatched)))
    if others:
        measures["total_cost"] = total
        measures["cost_per_order"] = total / dispatched if dispatched else np.nan
    margins = margins_of(scenario)
    if margins is not None:
        earned = (orders.value * margins[orders.group])[~np.isnan(way.collected)]
        forfeited = book.deposit[book.presale & np.isnan(book.paid)]
        measures["contribution"] = float(earned.sum()) + float(forfeited.sum()) - ads - total
    return measures
