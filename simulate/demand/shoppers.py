"""The visitors of one replication: how many, and when each arrives."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.demand.rates import Rates
from simulate.demand.streams import stream
from simulate.demand.variation import gamma_factors
from simulate.scenario.clock import to_ticks
from simulate.scenario.traffic import ForecastError


@dataclass(frozen=True)
class Shoppers:
    """Visitors 0 to n - 1, channel after channel, inside a channel segment after segment.

    `counts` (C, S) are the visitors of each channel and segment of `rates`. `place` (n) is each
    visitor's own draw of when in its segment it comes, from 0 to 2**32 - 1: 2**-32 of an hour is
    shorter than a tick. Inside a segment visitors are in no order.
    """

    rates: Rates
    counts: NDArray[np.int64]
    place: NDArray[np.uint32]

    @cached_property
    def by_channel(self) -> NDArray[np.int64]:
        """Visitors of each channel (C)."""
        totals: NDArray[np.int64] = self.counts.sum(axis=1)
        return totals

    @cached_property
    def arrived(self) -> NDArray[np.float64]:
        """Every visitor's arrival in seconds since the start (n)."""
        return self.arrivals(np.arange(len(self.place)))

    @cached_property
    def channel(self) -> NDArray[np.int64]:
        """Every visitor's channel, as an index into ``rates.channels`` (n)."""
        return np.repeat(np.arange(len(self.by_channel)), self.by_channel)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum(self.counts)

    def cells(self, who: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return channel and segment of the visitors `who`."""
        cell = np.searchsorted(self._ends, who, side="right")
        return np.divmod(cell, self.counts.shape[1])

    def arrivals(self, who: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the arrivals, in seconds and whole ticks, of the visitors `who`."""
        channel, segment = self.cells(who)
        begins, ends = self.rates.edges[segment], self.rates.edges[segment + 1]
        uniform = self.place[who].astype(np.float64) * 2.0**-32
        arrived = begins + uniform * (ends - begins)
        message = np.flatnonzero(~np.isnan(self.rates.sent[channel]))
        if len(message):
            arrived[message] = _answered(
                np.maximum(begins[message], self.rates.sent[channel[message]]),
                ends[message],
                self.rates.delay[channel[message]],
                uniform[message],
            )
        return to_ticks(arrived)


def _answered(
    begins: NDArray[np.float64],
    ends: NDArray[np.float64],
    delay: NDArray[np.float64],
    uniform: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return times from `begins` to `ends` that are exponential of mean `delay`, cut at `ends`."""
    mean = np.where(delay > 0, delay, 1.0)
    times = begins - mean * np.log1p(uniform * np.expm1(-(ends - begins) / mean))
    return np.where(delay > 0, np.minimum(times, ends), begins)


def draw_shoppers(
    rates: Rates, forecast_error: ForecastError, seed: int, replication: int
) -> Shoppers:
    """Return one replication's visitors.

    Each channel's count in a segment is Poisson around its expected number times the forecast
    error's factors, and every channel has its own streams.
    """
    expected = rates.expected * error_factors(rates, forecast_error, seed, replication)
    counts = np.empty(expected.shape, dtype=np.int64)
    for row, name in enumerate(rates.channels):
        counts[row] = stream(seed, replication, f"visitors/{name}").poisson(expected[row])
    place = np.empty(counts.sum(), dtype=np.uint32)
    end = 0
    for row, name in enumerate(rates.channels):
        begin, end = end, end + int(counts[row].sum())
        place[begin:end] = bits(stream(seed, replication, f"visitors/{name}/place"), end - begin)
    return Shoppers(rates, counts, place)


def bits(generator: np.random.Generator, n: int) -> NDArray[np.uint32]:
    """Return `n` whole numbers, each from 0 to 2**32 - 1 with the same chance."""
    return generator.integers(0, 2**32, n, dtype=np.uint32)


def error_factors(
    rates: Rates, forecast_error: ForecastError, seed: int, replication: int
) -> NDArray[np.float64]:
    """Return what the forecast's error makes of each segment's traffic (S).

    Gamma factors of mean 1, all channels alike: one for the campaign, times one for each local
    day, times one for each clock hour. A level that is absent or 0 is exactly 1.
    """
    levels = {
        "campaign": (forecast_error.campaign, np.zeros_like(rates.hour)),
        "day": (forecast_error.day, rates.day),
        "hour": (forecast_error.hour, rates.hour),
    }
    total = np.ones(len(rates.hour))
    for level, (cv, index) in levels.items():
        if cv:
            generator = stream(seed, replication, f"forecast error/{level}")
            total *= gamma_factors(cv, generator, int(index[-1]) + 1)[index]
    return total
