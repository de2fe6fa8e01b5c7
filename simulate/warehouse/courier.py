"""The courier's visits, and what goes wrong with them."""

from dataclasses import dataclass

import numpy as np

from simulate.scenario.clock import to_ticks
from simulate.scenario.dispatch import Collection, Courier
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.floor import UNLIMITED
from simulate.warehouse.instants import COURIER
from simulate.warehouse.log import Visit


@dataclass(frozen=True, slots=True, order=True)
class _Van:
    """A visit as it will be: at the time it comes, or if it is `missing`, should have come."""

    time: float
    planned: float
    name: str
    missing: bool
    capacity: int


def collections(run: Run, courier: Courier) -> Steps:
    """Have the courier collect parcels when its vans come, each up to its capacity."""
    vans = [
        van for name, each in courier.collections.items() for van in _vans(run, courier, name, each)
    ]
    for van in sorted(vans):
        yield from run.reach(van.time, COURIER)
        taken = 0 if van.missing else run.floor.collect(van.capacity)
        run.log.visits.append(
            Visit(
                name=van.name,
                planned=van.planned,
                came=float("nan") if van.missing else van.time,
                capacity=van.capacity,
                taken=taken,
            )
        )


def _vans(run: Run, courier: Courier, name: str, collection: Collection) -> list[_Van]:
    """Return the visits of one collection; each has its own draws."""
    planned = list(
        run.calendar.times(collection.at, collection.weekdays, collection.first, collection.last)
    )
    missing = np.zeros(len(planned), np.bool_)
    comes = np.array(planned)
    chance = courier.missing if collection.missing is None else collection.missing
    delayed = collection.late or courier.late
    if chance:
        missing = run.stream(f"courier/{name}/missing").random(len(planned)) < chance
    if delayed is not None:
        late = run.stream(f"courier/{name}/late").random(len(planned)) < delayed.share
        delays = run.stream(f"courier/{name}/delay").exponential(delayed.delay, len(planned))
        comes = comes + np.where(late & ~missing, to_ticks(delays), 0.0)
    return [
        _Van(time, plan, name, lost, _capacity(run, courier, collection, time))
        for time, plan, lost in zip(comes.tolist(), planned, missing.tolist(), strict=True)
    ]


def _capacity(run: Run, courier: Courier, collection: Collection, time: float) -> int:
    """Return what a visit at `time` takes: a share of it while the network is full."""
    if collection.capacity is None:
        return UNLIMITED
    shares = [
        overload.capacity
        for overload in courier.overloads.values()
        if run.scenario.seconds(overload.starts) <= time < run.scenario.seconds(overload.ends)
    ]
    return int(collection.capacity * min(shares, default=1.0) + 1e-9)
