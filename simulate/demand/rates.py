"""How many visitors each channel brings, second by second, before chance."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import LocalHours, local_hour_edges, to_ticks
from simulate.scenario.traffic import Channel, Phase
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True)
class Rates:
    """Mean traffic of C channels on S segments between S + 1 `edges` (seconds since the start).

    Nothing but chance changes inside a segment: edges are the local full hours and the phases'
    limits. `visitors` (C, S) is in visitors a second, for a message the mean over the segment.
    `order_factor` (S) scales the share of visitors who order. `hour` (S) numbers clock hours from
    the start, `day` (S) local days. `sent` and `delay` (C) are a message's, in seconds; NaN
    marks a channel whose visitors come evenly.
    """

    channels: tuple[str, ...]
    edges: NDArray[np.float64]
    visitors: NDArray[np.float64]
    order_factor: NDArray[np.float64]
    hour: NDArray[np.int64]
    day: NDArray[np.int64]
    sent: NDArray[np.float64]
    delay: NDArray[np.float64]

    @cached_property
    def expected(self) -> NDArray[np.float64]:
        """Expected visitors of each channel in each segment (C, S)."""
        return self.visitors * np.diff(self.edges)


def rates_of(scenario: Scenario) -> Rates:
    """Return the mean traffic of `scenario`.

    A steady channel's rate is its own, times 24 x the hour's share of a day, times the factors of
    the phases at that time, times the scenario's traffic. So a local hour brings its share of a
    day's visitors also on a day of 23 or 25 hours. Of several phases at once all factors apply,
    and the last one that names a profile gives it. A message brings reach x response x traffic
    visitors: phases and profile do not scale it, and who would come after the end is not counted.
    A channel with `phases` is on only in them.
    """
    until = to_ticks(scenario.traffic_seconds)
    hours = local_hour_edges(scenario, until)
    spans = {
        name: (to_ticks(scenario.seconds(phase.starts)), to_ticks(scenario.seconds(phase.ends)))
        for name, phase in scenario.phases.items()
    }
    limits = np.array([limit for span in spans.values() for limit in span])
    inner = limits[(limits > 0) & (limits < until)] if len(limits) else limits
    edges = np.unique(np.concatenate((hours.edges, inner)))
    begins = edges[:-1]
    hour = np.searchsorted(hours.edges, begins, side="right") - 1
    active = {name: (begins >= low) & (begins < high) for name, (low, high) in spans.items()}
    shape = _shape(scenario, hours, hour, active)
    channels = scenario.channels
    sent = [
        np.nan if c.sent is None else to_ticks(scenario.seconds(c.sent)) for c in channels.values()
    ]
    delay = [np.nan if c.sent is None else c.response_delay for c in channels.values()]
    visitors = np.empty((len(channels), len(begins)))
    for row, (name, channel) in enumerate(channels.items()):
        steady = channel.visitors_per_second
        if steady is None:
            visitors[row] = _response(channel, edges, sent[row]) / np.diff(edges)
        else:
            visitors[row] = steady * shape * _phase_factor(name, scenario.phases, active)
        if channel.phases is not None:
            visitors[row] *= np.any([active[phase] for phase in channel.phases], axis=0)
    order_factor = np.ones(len(begins))
    for name, phase in scenario.phases.items():
        order_factor[active[name]] *= phase.order_share
    return Rates(
        channels=tuple(channels),
        edges=edges,
        visitors=visitors * scenario.traffic,
        order_factor=order_factor,
        hour=hour,
        day=hours.day[hour],
        sent=np.array(sent),
        delay=np.array(delay),
    )


def expected_visitors(scenario: Scenario) -> dict[str, float]:
    """Return each channel's expected number of visitors over the whole campaign."""
    rates = rates_of(scenario)
    totals = rates.expected.sum(axis=1)
    return {name: float(total) for name, total in zip(rates.channels, totals, strict=True)}


def _shape(
    scenario: Scenario,
    hours: LocalHours,
    hour: NDArray[np.int64],
    active: dict[str, NDArray[np.bool_]],
) -> NDArray[np.float64]:
    """Return 24 x the share of a day's visitors in the local hour of each segment."""
    hour_of_day = hours.hour[hour]
    shape = _shares(scenario, scenario.profile)[hour_of_day]
    for name, phase in scenario.phases.items():
        if phase.profile is not None:
            shape = np.where(active[name], _shares(scenario, phase.profile)[hour_of_day], shape)
    return 24 * shape


def _shares(scenario: Scenario, profile: str | None) -> NDArray[np.float64]:
    if profile is None:
        return np.full(24, 1 / 24)
    shares = np.array(scenario.profiles[profile], dtype=np.float64)
    total = float(shares.sum())
    if total <= 0:
        raise ValueError(f"profile `{profile}` has no hour with visitors")
    return shares / total


def _phase_factor(
    channel: str, phases: dict[str, Phase], active: dict[str, NDArray[np.bool_]]
) -> NDArray[np.float64] | float:
    factor: NDArray[np.float64] | float = 1.0
    for name, phase in phases.items():
        factor = factor * np.where(active[name], phase.channels.get(channel, phase.traffic), 1.0)
    return factor


def _response(channel: Channel, edges: NDArray[np.float64], sent: float) -> NDArray[np.float64]:
    """Return a message's expected visitors between `edges`.

    The share that has come by t is 1 - exp(-(t - sent) / response_delay) after `sent`.
    """
    assert channel.reach is not None
    assert channel.response is not None
    waited = np.maximum(edges - sent, 0.0)
    if channel.response_delay > 0:
        still_to_come = np.exp(-waited / channel.response_delay)
    else:
        still_to_come = (edges <= sent).astype(np.float64)
    visitors: NDArray[np.float64] = -np.diff(still_to_come) * (channel.reach * channel.response)
    return visitors
