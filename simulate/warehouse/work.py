"""Paid orders and returned parcels as jobs of the line: everything that is drawn for each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import Orders
from simulate.demand.streams import stream
from simulate.demand.variation import factors
from simulate.scenario.clock import to_ticks
from simulate.scenario.dispatch import Station
from simulate.scenario.distributions import Delay, Distribution
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import NOWHERE, Floats, Ints, Jobs
from simulate.warehouse.line import RESTOCK, RETURN_PRIORITY, differ_in_urgency, sides_of

A_CLASS = 2.0**27
"""Seconds, four years: what one class more puts an order behind in urgency by deadline."""

MOST_ROUNDS = 20
"""An order is sent back at most so often by one station."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The jobs of one replication and whose they are.

    `order_of[N]`: index into the paid orders, -1 for a returned parcel. `job_of[n]`: the job of
    each paid order. Without returns both are 0, 1, 2, ...
    """

    jobs: Jobs
    order_of: Ints
    job_of: Ints


@dataclass(frozen=True, slots=True)
class _Draws:
    """The streams of one replication, one draw an order, paid or not, of each."""

    seed: int
    replication: int
    drawn: int
    orders: Orders

    def uniform(self, purpose: str) -> Floats:
        """Return for each paid order a draw in [0, 1)."""
        return self._stream(purpose).random(self.drawn)[self.orders.drawn]

    def exponential(self, purpose: str, mean: float) -> Floats:
        """Return for each paid order an exponential time."""
        return self._stream(purpose).exponential(mean, self.drawn)[self.orders.drawn]

    def factors(self, purpose: str, distribution: Distribution) -> Floats:
        """Return for each paid order a factor of mean 1."""
        return factors(distribution, self._stream(purpose), self.drawn)[self.orders.drawn]

    def delays(self, purpose: str, share: float | Floats, delay: Delay) -> Floats:
        """Return a delay for a share of the paid orders, in ticks, and NaN for the others."""
        chosen = self.uniform(f"{purpose}/share") < share
        lengths = delay.mean * self.factors(f"{purpose}/delay", delay.distribution)
        return np.where(chosen, to_ticks(lengths), np.nan)

    def _stream(self, purpose: str) -> np.random.Generator:
        return stream(self.seed, self.replication, purpose)


def jobs_of(scenario: Scenario, orders: Orders, drawn: int, seed: int, replication: int) -> Work:
    """Return the jobs of paid `orders`, of `drawn` orders in all, paid or not.

    Orders paid before the start are ready at 0. Every order has its own draws for everything, be
    it needed or not, from streams named after what they are for: what is switched on or changed
    leaves all other draws as they were.
    """
    draws = _Draws(seed, replication, drawn, orders)
    cancelled = _cancelled(scenario, draws)
    returned, back = _returned(scenario, draws, cancelled)
    jobs = _orders_as_jobs(scenario, draws, cancelled)
    numbers = np.arange(len(orders))
    if len(returned) == 0:
        return Work(jobs=jobs, order_of=numbers, job_of=numbers)
    return _merged(jobs, _returns_as_jobs(scenario, draws, returned, back))


def _orders_as_jobs(scenario: Scenario, draws: _Draws, cancelled: Floats) -> Jobs:
    orders, main, sides = draws.orders, scenario.stations_in_order, sides_of(scenario)
    stations = [scenario.stations[name] for name in main]
    number, rows = len(orders), len(main) + len(sides)
    work = np.zeros((rows, number))
    skips = np.full(number, (2**rows - 1) & -(2 ** len(main)), np.uint32)
    for row, (name, station) in enumerate(zip(main, stations, strict=True)):
        work[row] = to_ticks(_work(name, station, draws))
        bit = np.uint32(1 << row)
        if name in scenario.packed_beforehand_skips:
            skips[orders.packed] |= bit
        if name in scenario.single_line_skips:
            skips[orders.lines == 1] |= bit
    if RESTOCK in sides:
        side = sides[RESTOCK]
        work[len(main)] = to_ticks(side.work * draws.factors("work/restock", side.distribution))
    return Jobs(
        ready=np.maximum(orders.paid, 0.0),
        work=work,
        skips=skips,
        urgency=_urgency(scenario, orders),
        group=_groups(scenario, orders),
        delay=_held(main, stations, draws, rows),
        rework=_rounds(main, stations, draws, rows),
        cancelled=cancelled,
        is_return=np.zeros(number, np.bool_),
    )


def _work(name: str, station: Station, draws: _Draws) -> Floats:
    """Return the seconds of work of each order at one station."""
    seconds = station.setup + station.per_line * draws.orders.lines
    seconds = seconds * draws.factors(f"work/{name}/variation", station.distribution)
    if station.interruption is not None:
        generator = stream(draws.seed, draws.replication, f"work/{name}/interruption")
        stops = generator.random(draws.drawn) < station.interruption.chance
        lengths = generator.exponential(station.interruption.mean, draws.drawn)
        seconds = seconds + np.where(stops, lengths, 0.0)[draws.orders.drawn]
    return seconds


def _urgency(scenario: Scenario, orders: Orders) -> Floats:
    if not differ_in_urgency(scenario):
        return np.zeros(len(orders))
    if scenario.due_dates:
        due = np.minimum(orders.deadline, A_CLASS - 1)
        return (orders.priority * A_CLASS + due).astype(np.float64)
    return orders.priority.astype(np.float64)


def _groups(scenario: Scenario, orders: Orders) -> NDArray[np.int32]:
    """Return the group whose stock each order needs, -1 if that never runs out."""
    limited = [g.stock is not None for g in scenario.sku_groups.values()]
    return np.where(np.array(limited)[orders.group], orders.group, NOWHERE).astype(np.int32)


def _held(main: tuple[str, ...], stations: list[Station], draws: _Draws, rows: int) -> Floats:
    """Return for how long each order is stopped after each station."""
    number = len(draws.orders)
    if not any(station.exceptions for station in stations):
        return np.broadcast_to(np.float64(0), (rows, number))
    held = np.zeros((rows, number))
    for row, (name, station) in enumerate(zip(main, stations, strict=True)):
        if station.exceptions is not None:
            stop = station.exceptions
            delays = draws.delays(f"exceptions/{name}", stop.share, stop.delay)
            held[row] = np.nan_to_num(delays, nan=0.0)
    return held


def _rounds(
    main: tuple[str, ...], stations: list[Station], draws: _Draws, rows: int
) -> NDArray[np.int8]:
    """Return how often each order is sent back: k times or more with the chance share ** k."""
    number = len(draws.orders)
    if not any(station.rework for station in stations):
        return np.broadcast_to(np.int8(0), (rows, number))
    rounds = np.zeros((rows, number), np.int8)
    for row, (name, station) in enumerate(zip(main, stations, strict=True)):
        if station.rework is None or station.rework.share == 0:
            continue
        share, draw = station.rework.share, draws.uniform(f"rework/{name}")
        if share == 1:
            rounds[row] = MOST_ROUNDS
        else:
            rounds[row] = np.minimum(np.log1p(-draw) / np.log(share), MOST_ROUNDS).astype(np.int8)
    return rounds


def _cancelled(scenario: Scenario, draws: _Draws) -> Floats:
    """Return when each order is cancelled, inf for never."""
    cancellations = scenario.cancellations
    if cancellations is None:
        return np.full(len(draws.orders), np.inf)
    delays = draws.delays("cancellations", draws.orders.cancel_share, cancellations.delay)
    return np.nan_to_num(np.maximum(draws.orders.paid, 0.0) + delays, nan=np.inf)


def _returned(scenario: Scenario, draws: _Draws, cancelled: Floats) -> tuple[Ints, Floats]:
    """Return which orders come back and when, in order of coming; not if it is after the limit.

    An order that is cancelled does not come back as well.
    """
    if scenario.returns is None:
        return np.empty(0, np.int64), np.empty(0)
    delays = draws.delays("returns", scenario.returns.share, scenario.returns.delay)
    back = np.maximum(draws.orders.paid + delays, 0.0)
    those = np.flatnonzero((back <= scenario.limit_seconds) & np.isinf(cancelled))
    those = those[np.argsort(back[those], kind="stable")]
    return those, back[those]


def _returns_as_jobs(scenario: Scenario, draws: _Draws, returned: Ints, back: Floats) -> Jobs:
    assert scenario.returns is not None
    handling = scenario.returns.handling
    rows = len(scenario.stations_in_order) + len(sides_of(scenario))
    number = len(returned)
    work = np.zeros((rows, number))
    spread = draws.factors("work/returns", handling.distribution)
    work[-1] = to_ticks(handling.work * spread[returned])
    urgency = float(RETURN_PRIORITY)
    if scenario.due_dates:
        urgency = RETURN_PRIORITY * A_CLASS + A_CLASS - 1
    return Jobs(
        ready=back,
        work=work,
        skips=np.full(number, 2 ** (rows - 1) - 1, np.uint32),
        urgency=np.full(number, urgency if differ_in_urgency(scenario) else 0.0),
        group=np.full(number, NOWHERE, np.int32),
        delay=np.broadcast_to(np.float64(0), (rows, number)),
        rework=np.broadcast_to(np.int8(0), (rows, number)),
        cancelled=np.full(number, np.inf),
        is_return=np.ones(number, np.bool_),
    )


def _merged(orders: Jobs, returns: Jobs) -> Work:
    """Return orders and returned parcels as one sequence by `ready`; of equals orders first."""
    ready = np.concatenate((orders.ready, returns.ready))
    order = np.argsort(ready, kind="stable")
    number = len(orders.ready)
    order_of = np.where(order < number, order, NOWHERE)
    job_of = np.empty(number, np.int64)
    job_of[order_of[order_of >= 0]] = np.flatnonzero(order_of >= 0)

    def both(name: str) -> NDArray[np.generic]:
        one, other = getattr(orders, name), getattr(returns, name)
        if one.ndim == 2 and not any(one.strides):
            return np.broadcast_to(one[:1, :1], (len(one), len(order)))
        return np.ascontiguousarray(np.concatenate((one, other), axis=-1)[..., order])

    names = ("work", "skips", "urgency", "group", "delay", "rework", "cancelled", "is_return")
    jobs = Jobs(ready=ready[order], **{name: both(name) for name in names})  # type: ignore[arg-type]
    return Work(jobs=jobs, order_of=order_of, job_of=job_of)
