"""What queueing theory expects of a scenario, if it is so simple that theory has an answer."""

import math
from collections.abc import Collection, Iterator

from simulate.evidence.queueing import erlang_a, wait_mg1, wait_mmc
from simulate.scenario.dispatch import Station
from simulate.scenario.distributions import (
    Deterministic,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    FixedLines,
)
from simulate.scenario.labour import Pool, Shift
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import ForecastError

DAY = 24 * 60


class NoTheoryError(ValueError):
    """The scenario has something that the closed forms leave out; the message says what."""


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
    If every customer would cancel after an exponential time, a single M/M/c station is Erlang-A.

    Raises NoTheoryError for any other scenario.
    """
    for reason in (*_left_out(scenario), *_options_left_out(scenario)):
        raise NoTheoryError(reason)
    rate = order_rate(scenario)
    if scenario.cancellations is not None:
        return _with_patience(scenario, rate)
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


def _with_patience(scenario: Scenario, rate: float) -> dict[str, float]:
    """Return what is expected of one station whose waiting customers give up."""
    cancellations, (name, *others) = scenario.cancellations, scenario.stations_in_order
    assert cancellations is not None
    station = scenario.stations[name]
    exponential = isinstance(station.distribution, Exponential) and isinstance(
        cancellations.delay.distribution, Exponential
    )
    alike = all(group.cancellations is None for group in scenario.sku_groups.values())
    everybody = cancellations.share == 1 and alike and not cancellations.restocking
    if others or not exponential or not everybody:
        raise NoTheoryError("cancellations are Erlang-A only with one M/M/c station")
    people, work = _people(scenario.pools[station.pool]), _work(scenario, station)
    gives_up, wait = erlang_a(rate, work, people, cancellations.delay.mean)
    return {
        f"wait_{name}_mean": wait,
        f"utilisation_{name}": rate * (1 - gives_up) * work / people,
    }


def order_rate(scenario: Scenario) -> float:
    """Return paid orders a second, of channels that come evenly."""
    rate = 0.0
    for channel in scenario.channels.values():
        change = channel.conversion.model_dump(exclude_none=True)
        shares = scenario.conversion.model_copy(update=change)
        orders = (1 - shares.enquiry_share) * shares.ordering
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
    if scenario.desk is not None or scenario.controller is not None:
        yield "who asks the desk orders later, or not at all, and a controller turns visitors away"
    if scenario.offers or any(channel.saturation for channel in scenario.channels.values()):
        yield "offers and saturated ads change how many order"
    if scenario.erp is not None or scenario.courier is not None:
        yield "the ERP's cap and the courier's times hold orders up"
    if scenario.packed_beforehand_skips:
        yield "orders that pass by stations leave the line's order"
    shared = len({station.pool for station in scenario.stations.values()})
    if shared < len(scenario.stations):
        yield "stations share a pool"
    if any(station.interruption is not None for station in scenario.stations.values()):
        yield "interruptions change the distribution of work"


def _options_left_out(scenario: Scenario) -> Iterator[str]:
    """Yield the options of the warehouse that no closed form here knows."""
    known = {"label", "pool", "setup", "per_line", "distribution", "interruption", "mis_sent"}
    for station in scenario.stations.values():
        for name in sorted(station.model_fields_set - known):
            if getattr(station, name) is not None:
                yield f"`{name}` changes how a station works"
    for pool in scenario.pools.values():
        if pool.supervisor or pool.overtime or pool.call_ins:
            yield "the number of people at a station must never change"
        if any(shift.breaks or shift.absence or shift.learning for shift in pool.shifts.values()):
            yield "people must always be there, and equally fast"
    for group in scenario.sku_groups.values():
        if group.stock is not None:
            yield "orders may have to wait for stock"
    classes = {group.priority for group in scenario.sku_groups.values()}
    channels = {channel.priority for channel in scenario.channels.values()}
    if (
        len(classes) > 1
        or channels != {None}
        or scenario.due_dates
        or scenario.single_line_skips
        or scenario.returns
    ):
        yield "all orders must be served alike, first come, first served"


def _people(pool: Pool) -> int:
    """Return how many of a pool are at work, around the clock."""
    return around_the_clock(pool.shifts.values())


def around_the_clock(shifts: Collection[Shift]) -> int:
    """Return how many are at work all the time; raises NoTheoryError if their number changes."""
    if any(shift.breaks or shift.absence for shift in shifts):
        raise NoTheoryError("people must always be there")
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
