"""The visitors of one replication: how many, and when each arrives."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.demand.layers import layers_of, row_names
from simulate.demand.rates import Rates
from simulate.demand.streams import stream
from simulate.demand.variation import gamma_factors, spread_of
from simulate.scenario.clock import to_ticks
from simulate.scenario.traffic import ForecastError


@dataclass(frozen=True)
class Shoppers:
    """Visitors 0 to n - 1: layer after layer, channel after channel, segment after segment.

    `counts` (R, S) are the visitors drawn for each row and segment: row r is channel r % C of the
    C channels of `rates` in layer r // C. `place` (n) is each visitor's own draw of when in its
    segment it comes, from 0 to 2**32 - 1: 2**-32 of an hour is shorter than a tick. Inside a
    segment visitors are in no order. `absent` (n): drawn, but it takes more traffic until they
    come; None if all come.
    """

    rates: Rates
    counts: NDArray[np.int64]
    place: NDArray[np.uint32]
    absent: NDArray[np.bool_] | None = None

    @cached_property
    def by_row(self) -> NDArray[np.int64]:
        """Visitors drawn for each row (R)."""
        totals: NDArray[np.int64] = self.counts.sum(axis=1)
        return totals

    @cached_property
    def row_names(self) -> list[str]:
        """What the streams of each row are named after (R)."""
        return row_names(self.rates.channels, len(self.counts))

    @cached_property
    def arrived(self) -> NDArray[np.float64]:
        """Every visitor's arrival in seconds since the start (n)."""
        return self.arrivals(np.arange(len(self.place)))

    @cached_property
    def channel(self) -> NDArray[np.int64]:
        """Every visitor's channel, as an index into ``rates.channels`` (n)."""
        return np.repeat(np.arange(len(self.counts)), self.by_row) % len(self.rates.channels)

    @cached_property
    def there(self) -> NDArray[np.int64]:
        """Visitors of each channel and segment who come (C, S)."""
        return self.without(self.absent)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum(self.counts)

    def cells(self, who: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return row and segment of the visitors `who`."""
        cell = np.searchsorted(self._ends, who, side="right")
        return np.divmod(cell, self.counts.shape[1])

    def channels_of(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the channels of `rows`."""
        return (rows % len(self.rates.channels)).astype(np.int64)

    def without(self, away: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """Return the visitors of each channel and segment (C, S) but those `away` (n)."""
        counts = self.counts
        if away is not None:
            row, segment = self.cells(np.flatnonzero(away))
            gone = np.bincount(row * counts.shape[1] + segment, minlength=counts.size)
            counts = counts - gone.reshape(counts.shape)
        return self.by_channel(counts)

    def by_channel(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sums of `rows` (R, ...) over all layers (C, ...)."""
        channels = len(self.rates.channels)
        total: NDArray[np.int64] = rows.reshape(-1, channels, *rows.shape[1:]).sum(axis=0)
        return total

    def arrivals(self, who: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the arrivals, in seconds and whole ticks, of the visitors `who`."""
        row, segment = self.cells(who)
        rates, channel = self.rates, self.channels_of(row)
        begins, ends = rates.edges[segment], rates.edges[segment + 1]
        uniform = self.place[who].astype(np.float64) * 2.0**-32
        arrived = begins + uniform * (ends - begins)
        calls = np.flatnonzero(ends > rates.sent[channel])
        if len(calls):
            channel = channel[calls]
            arrived[calls] = _answered(
                np.maximum(begins[calls], rates.sent[channel]),
                ends[calls],
                (rates.sent + rates.lasts)[channel],
                rates.delay[channel],
                uniform[calls],
            )
        return to_ticks(arrived)


def _answered(
    begins: NDArray[np.float64],
    ends: NDArray[np.float64],
    last: NDArray[np.float64],
    delay: NDArray[np.float64],
    uniform: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return times from `begins` to `ends`, even up to `last` and exponential after it.

    The rate after `last` starts at the even one and falls with mean time `delay`; times are cut
    at `ends`. For a message `last` is when it was sent: nothing is even.
    """
    mean = np.where(delay > 0, delay, 1.0)
    falls = np.maximum(begins, last)
    tail_ends = np.maximum(ends, falls)
    even = np.maximum(np.minimum(ends, last) - begins, 0.0)
    tail = np.exp(-(falls - last) / mean) * -np.expm1(-(tail_ends - falls) / mean) * delay
    share = np.where(even > 0, even / np.where(even > 0, even + tail, 1.0), 0.0)
    early = uniform < share
    rest = np.where(early, 0.0, (uniform - share) / np.where(early, 1.0, 1.0 - share))
    late = falls - mean * np.log1p(rest * np.expm1(-(tail_ends - falls) / mean))
    late = np.where(delay > 0, np.minimum(late, ends), falls)
    evenly = begins + uniform / np.where(share > 0, share, 1.0) * even
    return np.where(early, evenly, late)


def draw_shoppers(
    rates: Rates, forecast_error: ForecastError, seed: int, replication: int
) -> Shoppers:
    """Return one replication's visitors.

    Each channel's count in a segment is Poisson around its expected number times the forecast
    error's factors, and every channel has its own streams. More traffic adds visitors, and those
    who come with less of it come with the same draws.
    """
    plain = rates.plain * np.diff(rates.edges)
    plain = plain * error_factors(rates, forecast_error, seed, replication)
    if forecast_error.channel:
        cv = spread_of(forecast_error.channel)
        for row, name in enumerate(rates.channels):
            generator = stream(seed, replication, f"forecast error/channel/{name}")
            plain[row] *= gamma_factors(cv, generator, 1)[0]
    layers = layers_of(rates.traffic)
    expected = np.concatenate([plain * layer.width for layer in layers])
    names = row_names(rates.channels, len(expected))
    counts = np.empty(expected.shape, dtype=np.int64)
    for row, name in enumerate(names):
        counts[row] = stream(seed, replication, f"visitors/{name}").poisson(expected[row])

    def draws(what: str, rows: range) -> NDArray[np.uint32]:
        numbers = counts.sum(axis=1).tolist()
        return np.concatenate(
            [
                bits(stream(seed, replication, f"visitors/{names[row]}/{what}"), numbers[row])
                for row in rows
            ]
        )

    place, absent, share = draws("place", range(len(names))), None, layers[-1].share
    if share < 1:
        top = draws("traffic", range(len(names) - len(plain), len(names)))
        absent = np.zeros(len(place), dtype=np.bool_)
        absent[len(place) - len(top) :] = top >= share * 2.0**32
    return Shoppers(rates, counts, place, absent)


def bits(generator: np.random.Generator, n: int) -> NDArray[np.uint32]:
    """Return `n` whole numbers, each from 0 to 2**32 - 1 with the same chance."""
    return generator.integers(0, 2**32, n, dtype=np.uint32)


def error_factors(
    rates: Rates, forecast_error: ForecastError, seed: int, replication: int
) -> NDArray[np.float64]:
    """Return what the forecast's error makes of each segment's traffic (S), of all channels alike.

    Gamma factors of mean 1: one for the campaign, times one for each local day, times one for
    each clock hour. Each is off by up to the level's share in 9 of 10 cases; a level that is
    absent or 0 is exactly 1.
    """
    levels = {
        "campaign": (forecast_error.campaign, np.zeros_like(rates.hour)),
        "day": (forecast_error.day, rates.day),
        "hour": (forecast_error.hour, rates.hour),
    }
    total = np.ones(len(rates.hour))
    for level, (off, index) in levels.items():
        if off:
            generator = stream(seed, replication, f"forecast error/{level}")
            total *= gamma_factors(spread_of(off), generator, int(index[-1]) + 1)[index]
    return total
