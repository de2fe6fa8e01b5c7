"""How many visitors each channel brings, second by second, before chance."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.demand.profiles import DAY, HOUR, Clock, shape_of, with_first_hour
from simulate.scenario.clock import local_hour_edges, to_ticks
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import Channel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Rates:
    """Mean traffic of C channels on S segments between S + 1 `edges` (seconds since the start).

    Nothing but chance changes inside a segment: edges are the local full hours, the phases'
    limits, and the minutes at which a profile changes. `plain` (C, S) is in visitors a second at a
    scenario's traffic of 1x, for a message or a live stream the mean over the segment; `traffic`
    scales all of it. `order_factor` (S) scales the share
    of visitors who order. `phase` (S) is the index of the phase, -1 outside of all. `hour` (S)
    numbers clock hours from the start, `day` (S) local days. `sent`, `lasts` and `delay` (C) are
    a message's or a live stream's, in seconds: visitors come evenly from `sent` on for `lasts`, 0
    for a message, and then with the mean delay; NaN marks a channel whose visitors come evenly.
    """

    channels: tuple[str, ...]
    edges: Floats
    plain: Floats
    traffic: float
    order_factor: Floats
    phase: Ints
    hour: Ints
    day: Ints
    sent: Floats
    lasts: Floats
    delay: Floats

    @cached_property
    def visitors(self) -> Floats:
        """Mean visitors a second of each channel in each segment (C, S)."""
        return self.plain * self.traffic

    @cached_property
    def expected(self) -> Floats:
        """Expected visitors of each channel in each segment (C, S)."""
        return self.visitors * np.diff(self.edges)


@dataclass(frozen=True, slots=True)
class _Course:
    """The time line of a scenario: what all its channels have in common."""

    edges: Floats
    shape: Floats
    active: dict[str, Bools]
    hour: Ints
    day: Ints


def rates_of(scenario: Scenario) -> Rates:
    """Return the mean traffic of `scenario`.

    A steady channel's rate is its own, times the profile's multiple of the mean rate at that
    local minute, times the factors of the phases at that time, times the scenario's traffic. So a
    local hour brings its share of a day's visitors also on a day of 23 or 25 hours. Of several
    phases at once all factors apply, and the last one that names a profile gives it. Of a phase
    with a `first_hour`, that share of its first 24 hours' visitors comes in the first of them.

    A message brings reach x response x landing x traffic visitors, a live stream its visitors x
    landing x traffic: phases and profile do not scale them, and who would come after the end is
    not counted. A channel with `phases` is on only in them.
    """
    course = _course(scenario)
    channels = scenario.channels
    begun = [_begins(scenario, channel) for channel in channels.values()]
    visitors = np.empty((len(channels), len(course.shape)))
    for row, (name, channel) in enumerate(channels.items()):
        steady = channel.visitors_per_second
        if steady is None:
            visitors[row] = _answer(channel, course.edges, begun[row][0]) / np.diff(course.edges)
        else:
            factor = _phase_factor(scenario, name, course.active)
            if channel.saturation is not None:
                factor = factor * _saturated(channel, factor)
            visitors[row] = steady * course.shape * factor
        visitors[row] *= _on(channel, course.active)
    order_factor = np.ones(len(course.shape))
    phase_of = np.full(len(course.shape), -1)
    for index, (name, phase) in enumerate(scenario.phases.items()):
        order_factor[course.active[name]] *= phase.order_share
        phase_of[course.active[name]] = index
    sent, lasts, delay = (np.array(column) for column in zip(*begun, strict=True))
    return Rates(
        channels=tuple(channels),
        edges=course.edges,
        plain=visitors,
        traffic=scenario.traffic,
        order_factor=order_factor,
        phase=phase_of,
        hour=course.hour,
        day=course.day,
        sent=sent,
        lasts=lasts,
        delay=delay,
    )


def expected_visitors(scenario: Scenario) -> dict[str, float]:
    """Return each channel's expected number of visitors over the whole campaign."""
    rates = rates_of(scenario)
    totals = rates.expected.sum(axis=1)
    return {name: float(total) for name, total in zip(rates.channels, totals, strict=True)}


def expected_spend(scenario: Scenario) -> dict[str, float]:
    """Return what each channel with a `spend` is expected to spend over the campaign.

    Its spend a day follows profile, phases and traffic as its clicks do; saturation makes clicks
    dearer but no spend smaller.
    """
    course = _course(scenario)
    width = np.diff(course.edges)
    found = {}
    for name, channel in scenario.channels.items():
        if channel.spend is not None:
            factor = _phase_factor(scenario, name, course.active) * _on(channel, course.active)
            days = float((course.shape * factor * width).sum()) / DAY
            found[name] = channel.spend.amount * days * scenario.traffic
    return found


def _course(scenario: Scenario) -> _Course:
    until = to_ticks(scenario.traffic_seconds)
    hours = local_hour_edges(scenario, until)
    clock = Clock(scenario, hours)
    phases = scenario.phases
    spans = {
        name: (to_ticks(scenario.seconds(phase.starts)), to_ticks(scenario.seconds(phase.ends)))
        for name, phase in phases.items()
    }
    shapes = {
        name: shape_of(None if name is None else scenario.profiles[name])
        for name in {scenario.profile, *(phase.profile for phase in phases.values())}
    }
    limits = [np.array([limit for span in spans.values() for limit in span])]
    limits.append(clock.breaks(shapes[scenario.profile], 0.0, until))
    for name, phase in phases.items():
        low, high = spans[name]
        if phase.profile is not None:
            limits.append(clock.breaks(shapes[phase.profile], low, high))
        if phase.first_hour is not None:
            limits.append(np.minimum(np.array([low + HOUR, low + DAY]), high))
    inner = np.concatenate(limits)
    edges = np.unique(np.concatenate((hours.edges, inner[(inner > 0) & (inner < until)])))
    begins = edges[:-1]
    active = {name: (begins >= low) & (begins < high) for name, (low, high) in spans.items()}
    minute = clock.minutes(begins)
    shape = shapes[scenario.profile][minute]
    for name, phase in phases.items():
        if phase.profile is not None:
            shape = np.where(active[name], shapes[phase.profile][minute], shape)
    for name, phase in phases.items():
        if phase.first_hour is not None:
            shape = with_first_hour(shape, edges, *spans[name], phase.first_hour)
    hour = np.searchsorted(hours.edges, begins, side="right") - 1
    return _Course(edges=edges, shape=shape, active=active, hour=hour, day=hours.day[hour])


def _phase_factor(scenario: Scenario, channel: str, active: dict[str, Bools]) -> Floats | float:
    factor: Floats | float = 1.0
    for name, phase in scenario.phases.items():
        scaled = phase.channels.get(channel, phase.traffic)
        if scaled != 1.0:
            factor = factor * np.where(active[name], scaled, 1.0)
    return factor


def _on(channel: Channel, active: dict[str, Bools]) -> Bools | float:
    if channel.phases is None:
        return 1.0
    on: Bools = np.any([active[phase] for phase in channel.phases], axis=0)
    return on


def _saturated(channel: Channel, factor: Floats | float) -> Floats | float:
    """Return what is left of the clicks of `factor` times the channel's spend.

    Clicks are those of the stated price up to `linear_up_to` a day, and times (spend / that) **
    exponent beyond it.
    """
    assert channel.saturation is not None
    assert channel.spend is not None
    over = np.maximum(channel.spend.amount * factor / channel.saturation.linear_up_to.amount, 1.0)
    left: Floats = over ** (channel.saturation.exponent - 1)
    return left


def _begins(scenario: Scenario, channel: Channel) -> tuple[float, float, float]:
    """Return `sent`, `lasts` and `delay` of `Rates`."""
    if channel.sent is not None:
        return to_ticks(scenario.seconds(channel.sent)), 0.0, channel.response_delay
    show = channel.stream
    if show is not None:
        return to_ticks(scenario.seconds(show.starts)), show.lasts, show.decay
    return np.nan, np.nan, np.nan


def _answer(channel: Channel, edges: Floats, begins: float) -> Floats:
    """Return the expected visitors of a message or a live stream between `edges`.

    The share of a message's that has come by t is 1 - exp(-(t - sent) / response_delay) after
    `sent`. A live stream's come at an even rate while it lasts, which then falls exponentially.
    """
    waited = np.maximum(edges - begins, 0.0)
    show = channel.stream
    if show is not None:
        tail = show.decay * _still_to_come(edges, waited - show.lasts, begins, show.decay)
        left = (np.maximum(show.lasts - waited, 0.0) + tail) / (show.lasts + show.decay)
        return -np.diff(left) * (show.visitors * channel.landing)
    assert channel.reach is not None
    assert channel.response is not None
    left = _still_to_come(edges, waited, begins, channel.response_delay)
    visitors: Floats = -np.diff(left) * (channel.reach * channel.response * channel.landing)
    return visitors


def _still_to_come(edges: Floats, waited: Floats, begins: float, delay: float) -> Floats:
    """Return the share of an exponential delay's visitors who come after each of `edges`."""
    if delay > 0:
        return np.exp(-np.maximum(waited, 0.0) / delay)
    return (edges <= begins).astype(np.float64)
