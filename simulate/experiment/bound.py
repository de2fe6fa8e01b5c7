"""The fluid bound: what cannot work even if nothing varies, known without simulating the line.

Each place of the line (the people of a pool, machines, the ERP, the courier) is looked at as if it
stood alone: work reaches it the moment an order is paid, may be cut into any pieces, is done in the
best order for being on time, by everybody who could be there, overtime and people on call included;
carts are full, nothing breaks, nobody turns marketing down. No line does better, so what is out of
reach here is out of reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

import numpy as np

from simulate.experiment.fluid import Floats, most_orders, tightest, waiting
from simulate.experiment.fluid_work import Demand, House, Kind, Place
from simulate.experiment.kept import kept
from simulate.results.backlog import CLEARED
from simulate.results.estimates import estimate, short
from simulate.results.fingerprint import samples_fingerprint
from simulate.results.outcome import Estimate
from simulate.results.verdict import bounds
from simulate.scenario.loading import Loaded

DRAWS = 20
"""Demands that are drawn for it: the first replications of the simulation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBound:
    """What one place can do at best.

    `station`: of a pool, the one that takes most of its time. `on_time_share`: of all orders, if
    this place alone limited them. `load`: of the stretch from `tight_from` to `tight_until`
    (seconds since the start), the one that is loaded most, the work that must be done in it by
    what can be done in it; None where there is work and nobody to do it. By hour, for a pool or
    machines: `due`, people's worth of work on orders paid in the hour; `people` who could be at
    work; `waiting`, orders left at its end. `cleared_at`: when at most 5 % of the highest of
    these is left, None if never; all on the average of the draws.
    """

    kind: Kind
    name: str
    station: str
    on_time_share: Estimate
    load: float | None
    tight_from: float
    tight_until: float
    due: tuple[float, ...] = ()
    people: tuple[float, ...] = ()
    waiting: tuple[float, ...] = ()
    cleared_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What the whole line can do at best.

    `limiting`: index into `places` of the one that limits. `on_time_share` and `late_orders`
    over `draws` demands with their 95 % interval. `multiple`: so many times the plan's volume
    could at most be on time as a whole, on average; None if not even none could. `waiting`: by
    hour, orders that must be waiting; `peak`, `peak_at`: their highest; `cleared_at`: when they
    could be gone. `missed`: targets that cannot be held, whatever happens.
    """

    scenario: str
    seed: int
    draws: int
    orders: Estimate
    places: tuple[PlaceBound, ...]
    limiting: int
    on_time_share: Estimate
    late_orders: Estimate
    multiple: float | None
    hour_starts: tuple[float, ...]
    waiting: tuple[float, ...]
    peak: float
    peak_at: float
    cleared_at: float | None
    missed: tuple[str, ...]


def bound(loaded: Loaded, *, seed: int | None = None, draws: int = DRAWS) -> Bound:
    """Return the fluid bound of a scenario, over the demand of its first `draws` replications."""
    scenario = loaded.scenario
    seed = scenario.seed if seed is None else seed
    house = House(scenario)
    demands = [house.demand(seed, number) for number in range(draws)]
    shares = [[_share(house, place, demand) for demand in demands] for place in house.places]
    places = tuple(
        _place(house, place, demands, found)
        for place, found in zip(house.places, shares, strict=True)
    )
    best = [min((found[draw] for found in shares), default=1.0) for draw in range(draws)]
    numbers = [len(demand) for demand in demands]
    late = [(1 - share) * number for share, number in zip(best, numbers, strict=True)]
    at_once = [each.waiting for each in places if each.waiting]
    highest = tuple(map(max, zip(*at_once, strict=True))) if at_once else ()
    peak_slot = max(range(len(highest)), key=highest.__getitem__, default=0)
    loads = [each.load for each in places]
    finite = [load for load in loads if load is not None]
    share, least_late = estimate(best, "share"), estimate(late, "orders")
    return Bound(
        scenario=loaded.name,
        seed=seed,
        draws=draws,
        orders=estimate(numbers, "orders"),
        places=places,
        limiting=_limiting(places),
        on_time_share=share,
        late_orders=least_late,
        multiple=short(1 / max(finite)) if len(finite) == len(loads) and any(finite) else None,
        hour_starts=tuple(house.hours[:-1].tolist()),
        waiting=highest,
        peak=max(highest, default=0.0),
        peak_at=short(float(house.hours[peak_slot + 1])),
        cleared_at=_cleared(np.array(highest), house.hours),
        missed=_missed(loaded, share, least_late),
    )


def _share(house: House, place: Place, demand: Demand) -> float:
    """Return the share of a demand that can be on time if one place alone limits it."""
    total = len(demand) + demand.cancelled
    if total == 0:
        return 1.0
    found = house.windows(place, demand)
    limited = float(found.orders.sum())
    # Who cancels may as well have been served in time before.
    free = np.count_nonzero(demand.can) - limited + demand.cancelled
    return min(1.0, (free + most_orders(found, place.capacity)) / total)


def _place(
    house: House, place: Place, demands: Sequence[Demand], shares: Sequence[float]
) -> PlaceBound:
    """Return what a place can do at best, with its hours on the average demand."""
    orders = together(demands)
    load, first, last = tightest(house.windows(place, orders, 1 / len(demands)), place.capacity)
    found = PlaceBound(
        kind=place.kind,
        name=place.name,
        station=_station(house, place, orders),
        on_time_share=estimate(shares, "share"),
        load=short(load) if isfinite(load) else None,
        tight_from=short(float(place.edges[first])),
        tight_until=short(float(place.edges[last + 1])),
    )
    return found if not place.rows else _by_hour(found, place, orders, len(demands))


def _by_hour(found: PlaceBound, place: Place, orders: Demand, draws: int) -> PlaceBound:
    slots, lengths = len(place.capacity), np.diff(place.edges)
    work = orders.work[list(place.rows)].sum(axis=0)
    slot = np.clip(np.searchsorted(place.edges, orders.ready, side="right") - 1, 0, slots - 1)
    comes = np.bincount(slot, weights=work, minlength=slots) / draws
    mean = float(work[work > 0].mean()) if (work > 0).any() else 1.0
    left = waiting(comes, place.capacity) / mean
    return replace(
        found,
        due=_rounded(comes / lengths),
        people=_rounded(place.capacity / lengths),
        waiting=_rounded(left),
        cleared_at=_cleared(left, place.edges),
    )


def together(demands: Sequence[Demand]) -> Demand:
    """Return all demands as one."""
    names = ("ready", "due", "dispatched_by", "can")
    return Demand(
        **{name: np.concatenate([getattr(each, name) for each in demands]) for name in names},
        work=np.concatenate([each.work for each in demands], axis=1),
        cancelled=sum(each.cancelled for each in demands),
    )


def _station(house: House, place: Place, together: Demand) -> str:
    if not place.rows:
        return place.name
    busiest = max(place.rows, key=lambda row: float(together.work[row].sum()))
    return house.line.stations[busiest]


def _limiting(places: Sequence[PlaceBound]) -> int:
    """Return the place with fewest orders on time; of equals the one that is loaded most."""
    return max(
        range(len(places)),
        key=lambda index: (
            -places[index].on_time_share.mean,
            float("inf") if places[index].load is None else places[index].load or 0.0,
        ),
        default=0,
    )


def _cleared(left: Floats, edges: Floats) -> float | None:
    """Return the end of the first slot after the highest in which at most 5 % of it is left."""
    if not left.any():
        return 0.0
    peak = int(np.argmax(left))
    gone = np.flatnonzero(left[peak:] <= CLEARED * left[peak])
    return short(float(edges[peak + gone[0] + 1])) if len(gone) else None


def _missed(loaded: Loaded, share: Estimate, late: Estimate) -> tuple[str, ...]:
    """Return the targets whose best values, with their whole interval, are not good enough."""
    asked = bounds(loaded.scenario.targets)
    found = []
    if "on_time_share" in asked and share.high < asked["on_time_share"]:
        found.append("on_time_share")
    if "late_orders" in asked and late.low > asked["late_orders"]:
        found.append("late_orders")
    return tuple(found)


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(float(f"{value:.4g}") for value in values.tolist())


def known_bound(
    loaded: Loaded,
    folder: Path | None,
    *,
    published: Path | None = None,
    publish: set[str] | None = None,
) -> Bound:
    """Return the fluid bound of a scenario with its own seed, worked out once: see `kept`."""
    seed = loaded.scenario.seed
    key: dict[str, object] = {
        "samples": samples_fingerprint(loaded, seed),
        "targets": loaded.canonical_targets,
        "draws": DRAWS,
    }
    found = kept(
        folder, "bound", key, lambda: bound(loaded), Bound, published=published, publish=publish
    )
    return replace(found, scenario=loaded.name)
