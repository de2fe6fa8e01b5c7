"""What a replication costs and earns, as far as the scenario has prices."""

import numpy as np

from simulate.demand.orders import Orders
from simulate.results.funnel import ad_spend
from simulate.results.labour import OVERTIME, Labour, hours_of
from simulate.results.passage import Passage
from simulate.scenario.labour import Pool
from simulate.scenario.promises import Compensation
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

Item = tuple[str, str | None, str | None]
"""Kind of cost, pool, and shift or call-in; see `CostItem`."""

PEOPLE = ("labour", "overtime", "call-in")
KIND_OF_DUTY = {"shift": "labour", "overtime": "overtime", "call-in": "call-in"}


def wage_of(pool: Pool, shift: str | None) -> float | None:
    """Return what an hour of a pool's shift costs at the plain rate, None if it has no wage."""
    own = pool.shifts[shift].wage if shift in pool.shifts else None
    wage = pool.wage if own is None else own
    return None if wage is None else wage.amount


def costs(scenario: Scenario, orders: Orders, way: Passage, people: Labour) -> dict[Item, float]:
    """Return what each thing costs; without a price it is not there.

    People are paid for all hours of a duty for which they came, at their shift's wage or else
    their pool's; overtime at `overtime_rate` times it. Finishing the orders in hand after a duty
    is overtime at the pool's wage. The courier takes `parcel` for each parcel collected, material
    is used for each order dispatched. Compensation is paid for each late order with a deadline.
    """
    found = _people(scenario, way, people)
    if scenario.costs.parcel is not None:
        parcels = np.count_nonzero(~np.isnan(way.collected))
        found["courier", None, None] = parcels * scenario.costs.parcel.amount
    if scenario.costs.material is not None:
        packed = np.count_nonzero(~np.isnan(way.dispatched))
        found["material", None, None] = packed * scenario.costs.material.amount
    if scenario.compensation is not None:
        late = way.kept & ~way.on_time & np.isfinite(way.deadline)
        paid = compensation(scenario.compensation, orders.value[late])
        found["compensation", None, None] = float(paid.sum())
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


def compensation(rule: Compensation, values: Floats) -> Floats:
    """Return what is paid for late orders: a share of their value, within least and most."""
    least = 0.0 if rule.least is None else rule.least.amount
    most = np.inf if rule.most is None else rule.most.amount
    return np.minimum(np.maximum(values * rule.share, least), most)


def cost_measures(
    scenario: Scenario, orders: Orders, way: Passage, found: dict[Item, float]
) -> dict[str, float]:
    """Return the sums of costs, what an order costs, and what the campaign leaves.

    `labour_cost` has all people, `overtime_cost` the overtime in it. `total_cost`: all costs but
    ads; `cost_per_order`: the same over the orders dispatched. `contribution`: value times margin
    of the orders collected, less all costs and ads; only if every SKU group has a margin.
    """
    sums = {
        "labour_cost": PEOPLE, "overtime_cost": ("overtime",), "courier_cost": ("courier",),
        "material_cost": ("material",), "compensation": ("compensation",),
    }  # fmt: skip
    measures = {
        name: sum(amount for (kind, _, _), amount in found.items() if kind in kinds)
        for name, kinds in sums.items()
        if any(kind in kinds for kind, _, _ in found)
    }
    total = sum(found.values())
    dispatched = int(np.count_nonzero(~np.isnan(way.dispatched)))
    if found:
        measures["total_cost"] = total
        measures["cost_per_order"] = total / dispatched if dispatched else np.nan
    margins = [group.margin for group in scenario.sku_groups.values()]
    given = [margin for margin in margins if margin is not None]
    if len(given) == len(margins):
        done = ~np.isnan(way.collected)
        earned = (orders.value * np.array(given)[orders.group])[done]
        measures["contribution"] = float(earned.sum()) - ad_spend(scenario) - total
    return measures
