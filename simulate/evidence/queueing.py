"""What queueing theory says of lines so simple that it has an answer."""

import math
from collections.abc import Iterator

from simulate.scenario.dispatch import Pool, Station
from simulate.scenario.distributions import (
    Deterministic,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    FixedLines,
)
from simulate.scenario.market import ForecastError
from simulate.scenario.scenario import Scenario

DAY = 24 * 60


class NoTheoryError(ValueError):
    """The scenario has something that the closed forms leave out; the message says what."""


def erlang_c(servers: int, load: float) -> float:
    """Return the probability that an arrival at M/M/c has to wait.

    `load` is arrival rate times mean work, in Erlang, less than `servers`. A. K. Erlang, 1917;
    computed from Erlang's B by its recursion, which does not overflow: L. Kleinrock, Queueing
    Systems I, 1975, section 3.5.
    """
    if not 0 <= load < servers:
        raise ValueError(f"{servers} servers cannot keep up with a load of {load}")
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def wait_mmc(rate: float, work: float, servers: int) -> float:
    """Return the mean wait in M/M/c, in the unit of `work`: C(c, a) work / (c - a)."""
    load = rate * work
    return erlang_c(servers, load) * work / (servers - load)


def wait_mg1(rate: float, work: float, cv: float) -> float:
    """Return the mean wait in M/G/1, in the unit of `work`.

    F. Pollaczek, 1930, and A. Y. Khinchine, 1932: rho / (1 - rho) x (1 + cv^2) / 2 x work, with
    `cv` the coefficient of variation of the work.
    """
    load = rate * work
    if not 0 <= load < 1:
        raise ValueError(f"one server cannot keep up with a load of {load}")
    return load / (1 - load) * (1 + cv**2) / 2 * work


def variation(distribution: Distribution) -> float:
    """Return the coefficient of variation of a distribution."""
    if isinstance(distribution, Deterministic):
        return 0.0
    if isinstance(distribution, Exponential):
        return 1.0
    if isinstance(distribution, Erlang):
        return 1 / math.sqrt(distribution.phases)
    if isinstance(distribution, Empirical):
        values = distribution.observed
        mean = sum(values) / len(values)
        return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / mean
    return distribution.cv


def expected(scenario: Scenario) -> dict[str, float]:
    """Return what theory expects of the scenario's measures once it runs steadily.

    ``wait_<station>_mean`` in seconds, ``utilisation_<station>``, and ``lead_time_mean`` in
    hours, by the names and units of the results.

    The departures of M/M/c are Poisson again (P. J. Burke, 1956), so each station of a line of
    M/M/c stations is as if alone (J. R. Jackson, 1957), and its last station may be M/G/1.

    Raises NoTheoryError for any other scenario.
    """
    for reason in _left_out(scenario):
        raise NoTheoryError(reason)
    rate = order_rate(scenario)
    measures: dict[str, float] = {}
    lead = 0.0
    names = scenario.stations_in_order
    for name in names:
        station = scenario.stations[name]
        people, work = _people(scenario.pools[station.pool]), _work(scenario, station)
        cv = variation(station.distribution)
        if cv == 1 and isinstance(station.distribution, Exponential):
            wait = wait_mmc(rate, work, people)
        elif people == 1 and name == names[-1]:
            wait = wait_mg1(rate, work, cv)
        else:
            raise NoTheoryError(f"`{name}` is neither M/M/c nor M/G/1 at the end of the line")
        measures[f"wait_{name}_mean"] = wait
        measures[f"utilisation_{name}"] = rate * work / people
        lead += wait + work
    return measures | {"lead_time_mean": lead / 3600}


def order_rate(scenario: Scenario) -> float:
    """Return paid orders a second, of channels that come evenly."""
    rate = 0.0
    for channel in scenario.channels.values():
        change = channel.conversion.model_dump(exclude_none=True)
        shares = scenario.conversion.model_copy(update=change)
        orders = (1 - shares.enquiry_share) * shares.order_share
        orders += shares.enquiry_share * shares.enquiry_order_share
        rate += (channel.visitors_per_second or 0.0) * orders * shares.paid_share
    return rate * scenario.traffic


def _left_out(scenario: Scenario) -> Iterator[str]:
    """Yield what keeps arrivals from being Poisson at one rate, or the line from being open."""
    if any(channel.visitors_per_second is None for channel in scenario.channels.values()):
        yield "messages do not bring visitors evenly"
    if scenario.phases or scenario.profile is not None:
        yield "phases and hour profiles change the rate of arrivals"
    if any(getattr(scenario.forecast_error, level) for level in ForecastError.model_fields):
        yield "with a forecast error arrivals are not Poisson"
    if scenario.payment_delay is not None or scenario.opening_backlog is not None:
        yield "the line must start empty, with its full rate of arrivals"
    if scenario.erp is not None or scenario.courier is not None:
        yield "the ERP's cap and the courier's times hold orders up"
    if scenario.packed_beforehand_skips:
        yield "orders that pass by stations leave the line's order"
    shared = len({station.pool for station in scenario.stations.values()})
    if shared < len(scenario.stations):
        yield "stations share a pool"
    if any(station.interruption is not None for station in scenario.stations.values()):
        yield "interruptions change the distribution of work"


def _people(pool: Pool) -> int:
    """Return how many are at work, around the clock."""
    shifts = list(pool.shifts.values())
    always = all(
        shift.ends - shift.starts == DAY
        and len(shift.weekdays) == 7
        and shift.first is None
        and shift.last is None
        for shift in shifts
    )
    if not always:
        raise NoTheoryError("people must be at work around the clock")
    return sum(shift.people for shift in shifts)


def _work(scenario: Scenario, station: Station) -> float:
    """Return the mean seconds of work on an order."""
    lines = {
        group.lines.count if isinstance(group.lines, FixedLines) else None
        for group in scenario.sku_groups.values()
    }
    count = lines.pop()
    if lines or count is None:
        raise NoTheoryError("a varying number of lines changes the distribution of work")
    return station.setup + station.per_line * count
