"""The fewest people that could be enough: what the fluid bound asks of each pool by itself."""

from collections.abc import Sequence
from itertools import product

from simulate.experiment.bound import DRAWS, together
from simulate.experiment.fluid import Floats, most_orders
from simulate.experiment.fluid_capacity import people_by_slot
from simulate.experiment.fluid_work import House
from simulate.experiment.rosters import Knob, Roster
from simulate.scenario.labour import Pool
from simulate.scenario.loading import Loaded

MOST_COMBINATIONS = 400


def least_by_fluid(loaded: Loaded, knobs: Sequence[Knob]) -> Roster:
    """Return the cheapest people of each pool with which its share on time could be high enough.

    On the average demand. Pools are independent of each other here, and a pool of more
    combinations than can be looked at, the desk, and a scenario without such a target have the
    fewest people allowed.
    """
    target = loaded.scenario.targets.on_time_share
    found = {knob.name: knob.least for knob in knobs}
    if target is None:
        return tuple(found.values())
    house = House(loaded.scenario)
    demands = [house.demand(loaded.scenario.seed, number) for number in range(DRAWS // 4)]
    orders = together(demands)
    total = (len(orders) + orders.cancelled) / len(demands)
    for place in house.places:
        own = [knob for knob in knobs if place.kind == "pool" and knob.pool == place.name]
        if not own:
            continue
        work = house.windows(place, orders, 1 / len(demands))
        free = total - float(work.orders.sum())
        free -= float((~orders.can).sum()) / len(demands)
        pool = loaded.scenario.pools[place.name]
        fixed = people_by_slot(loaded.scenario, _without(pool, own), house.hours)
        units = [people_by_slot(loaded.scenario, _alone(pool, knob), house.hours) for knob in own]
        for people in _by_price(own):
            capacity: Floats = fixed + sum(n * unit for n, unit in zip(people, units, strict=True))
            if free + most_orders(work, capacity) >= target * total:
                found |= {knob.name: n for knob, n in zip(own, people, strict=True)}
                break
        else:
            found |= {knob.name: knob.most for knob in own}
    return tuple(found.values())


def _by_price(knobs: Sequence[Knob]) -> list[Roster]:
    """Return the people of some shifts in all ways, the cheapest first; few if there are many."""
    ranges = [range(knob.least, knob.most + 1) for knob in knobs]
    number = 1
    for each in ranges:
        number *= len(each)
    if number > MOST_COMBINATIONS:
        return [tuple(knob.least for knob in knobs)]

    def price(people: Roster) -> float:
        return sum(knob.price * n for knob, n in zip(knobs, people, strict=True))

    return sorted(product(*ranges), key=lambda people: (price(people), people))


def _without(pool: Pool, knobs: Sequence[Knob]) -> Pool:
    """Return a pool with nobody on the shifts that may be changed."""
    names = {knob.shift for knob in knobs}
    shifts = {
        name: shift.model_copy(update={"people": 0}) if name in names else shift
        for name, shift in pool.shifts.items()
    }
    return pool.model_copy(update={"shifts": shifts})


def _alone(pool: Pool, knob: Knob) -> Pool:
    """Return a pool of one person on one shift."""
    shift = pool.shifts[knob.shift].model_copy(update={"people": 1})
    return pool.model_copy(update={"shifts": {knob.shift: shift}, "call_ins": {}})
