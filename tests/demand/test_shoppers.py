from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from simulate.demand.rates import rates_of
from simulate.demand.shoppers import Shoppers, draw_shoppers, error_factors
from simulate.demand.variation import spread_of
from simulate.scenario.clock import TICK
from simulate.scenario.scenario import Scenario

from .shop import HOUR, shop

REPLICATIONS = 300


def shoppers_of(scenario: Scenario, replication: int) -> Shoppers:
    return draw_shoppers(rates_of(scenario), scenario.forecast_error, 1, replication)


def counts(scenario: Scenario, width: float) -> NDArray[np.int64]:
    """Visitors by replication and stretch of `width` seconds."""
    edges = np.arange(0, scenario.traffic_seconds + width, width)
    return np.array(
        [
            np.histogram(shoppers_of(scenario, each).arrived, edges)[0]
            for each in range(REPLICATIONS)
        ]
    )


def assert_poisson(counted: NDArray[np.int64], mean: float) -> None:
    """Assert by dispersion, shape and lack of memory that counts are Poisson of `mean`."""
    flat = counted.ravel()
    dispersion = ((flat - mean) ** 2 / mean).sum()
    # Of a Poisson count, (x - m)^2 / m has mean 1 and variance 2 + 1 / m.
    score = (dispersion - flat.size) / (flat.size * (2 + 1 / mean)) ** 0.5
    assert abs(score) < 3.5
    least, most = stats.poisson(mean).ppf([0.001, 0.999])
    values = np.arange(least, most)
    chances = stats.poisson(mean).pmf(values)
    observed = [(flat == value).sum() for value in values]
    observed += [(flat < least).sum() + (flat >= most).sum()]
    expected = flat.size * np.append(chances, 1 - chances.sum())
    assert stats.chisquare(observed, expected).pvalue > 0.001
    neighbours = np.corrcoef(counted[:, :-1].ravel(), counted[:, 1:].ravel())[0, 1]
    assert abs(neighbours) < 4 / flat.size**0.5


def assert_mean(sample: NDArray[np.float64], expected: float) -> None:
    """Assert that the mean of independent values is `expected`, within 4 standard errors."""
    assert abs(sample.mean() - expected) < 4 * sample.std() / len(sample) ** 0.5


def test_visitors_by_minute_are_poisson_with_the_stated_rate() -> None:
    two_hours = shop(ends="2026-12-12T02:00", channels={"search": {"visitors": "360 visitors/h"}})
    assert_poisson(counts(two_hours, 60), 6)


def test_visitors_of_two_channels_in_a_phase_of_half_an_hour_are_poisson() -> None:
    scenario = shop(
        ends="2026-12-12T04:00",
        channels={"a": {"visitors": "30 visitors/h"}, "b": {"visitors": "60 visitors/h"}},
        phases={
            "rush": {"starts": "2026-12-12T01:15", "ends": "2026-12-12T01:45", "traffic": "4x"}
        },
    )
    by_quarter = counts(scenario, 900)
    assert_poisson(by_quarter[:, :5], 22.5)
    assert_poisson(by_quarter[:, 5:7], 90)
    assert_poisson(by_quarter[:, 7:], 22.5)


def test_inside_an_hour_visitors_come_evenly() -> None:
    scenario = shop(ends="2026-12-12T01:00", channels={"a": {"visitors": "50000 visitors/h"}})
    arrived = shoppers_of(scenario, 0).arrived
    assert stats.kstest(arrived, stats.uniform(0, HOUR).cdf).pvalue > 0.001
    assert ((arrived / TICK) % 1 == 0).all()


def test_a_message_is_answered_exponentially_after_it_is_sent() -> None:
    message = {
        "reach": "1000000 people",
        "response": "10%",
        "sent": "2026-12-12T00:20",
        "response_delay": "1h",
    }
    shoppers = shoppers_of(shop(ends="2026-12-12T03:20", channels={"sms": message}), 0)
    law = stats.truncexpon(b=3, loc=1200, scale=HOUR)
    assert stats.kstest(shoppers.arrived, law.cdf).pvalue > 0.001
    expected = 100_000 * (1 - np.exp(-3))
    assert abs(len(shoppers.arrived) - expected) < 4 * expected**0.5


def test_a_message_without_delay_is_answered_at_once() -> None:
    message = {
        "reach": "1000 people",
        "response": "10%",
        "sent": "2026-12-12T00:20",
        "response_delay": "0s",
    }
    assert set(shoppers_of(shop(channels={"sms": message}), 0).arrived) == {1200.0}


V = spread_of(0.3) ** 2
"""Variance of a factor that is off by up to 30 % in nine of ten cases."""


@pytest.mark.parametrize(
    ("error", "per_hour", "neighbours", "next_day"),
    [
        # The share of an hour's variance that is common to the next hour and the next day.
        ({"hour": "30%"}, V, 0.0, 0.0),
        ({"day": "30%"}, V, V, 0.0),
        ({"campaign": "30%"}, V, V, V),
        ({"channel": "30%"}, V, V, V),
        ({"campaign": "30%", "day": "30%"}, (1 + V) ** 2 - 1, (1 + V) ** 2 - 1, V),
        ({}, 0.0, 0.0, 0.0),
    ],
)
def test_forecast_error_adds_the_variance_of_its_gamma_factors(
    error: dict[str, Any], per_hour: float, neighbours: float, next_day: float
) -> None:
    """With a factor of variance v, counts of mean m have variance m + v m^2, covariance v m^2."""
    scenario = shop(forecast_error=error)
    rates = rates_of(scenario)
    mean = 100.0
    counted = np.array(
        [
            draw_shoppers(rates, scenario.forecast_error, 1, each).counts[0]
            for each in range(4 * REPLICATIONS)
        ]
    )
    off = counted - mean
    assert_mean((off**2).mean(axis=1), mean + per_hour * mean**2)
    assert_mean((off[:, :23] * off[:, 1:24]).mean(axis=1), neighbours * mean**2)
    assert_mean((off[:, :24] * off[:, 24:]).mean(axis=1), next_day * mean**2)


def test_channels_are_off_each_by_itself() -> None:
    scenario = shop(
        channels={"a": {"visitors": "9000 visitors/h"}, "b": {"visitors": "9000 visitors/h"}},
        forecast_error={"channel": "30%"},
    )
    rates = rates_of(scenario)
    drawn = [draw_shoppers(rates, scenario.forecast_error, 1, each) for each in range(400)]
    off = np.array([each.by_row for each in drawn]) / (48 * 9000) - 1
    assert stats.binomtest(int((np.abs(off) < 0.3).sum()), off.size, 0.9).pvalue > 0.001
    assert abs(np.corrcoef(off[:, 0], off[:, 1])[0, 1]) < 4 / 400**0.5


def test_a_live_stream_is_even_and_then_falls_off() -> None:
    """Half of 40,000 come in its two hours, the rest with a mean delay of two hours."""
    show = {"starts": "2026-12-12T20:10", "lasts": "2h", "decay": "2h", "visitors": "40000 people"}
    shoppers = shoppers_of(shop(channels={"show": {"stream": show}}), 0)
    begins = 20 * HOUR + 600
    early = shoppers.arrived[shoppers.arrived < begins + 2 * HOUR] - begins
    late = shoppers.arrived[shoppers.arrived >= begins + 2 * HOUR] - begins - 2 * HOUR
    assert abs(len(early) - 20_000) < 4 * 20_000**0.5
    assert stats.kstest(early, stats.uniform(0, 2 * HOUR).cdf).pvalue > 0.001
    # It ends with the campaign, 12.9 mean delays later.
    assert stats.kstest(late, stats.expon(scale=2 * HOUR).cdf).pvalue > 0.001


def test_a_live_stream_without_decay_ends_at_once() -> None:
    show = {"starts": "2026-12-12T20:10", "lasts": "30min", "decay": "0s", "visitors": "900 people"}
    arrived = shoppers_of(shop(channels={"show": {"stream": show}}), 0).arrived
    begins = 20 * HOUR + 600
    assert ((arrived >= begins) & (arrived <= begins + 1800)).all()
    assert abs(len(arrived) - 900) < 4 * 30


def test_counts_by_minute_are_poisson_with_the_rate_of_a_profile_by_the_minute() -> None:
    """Four visitors in every even minute, eight in every odd one."""
    scenario = shop(
        ends="2026-12-12T02:00",
        channels={"search": {"visitors": "8640 visitors/day"}},
        profiles={"teeth": [0.01, 0.02] * 720},
        profile="teeth",
    )
    by_minute = counts(scenario, 60)
    assert_poisson(by_minute[:, ::2], 4)
    assert_poisson(by_minute[:, 1::2], 8)


def test_counts_by_minute_are_poisson_in_a_stated_first_hour_and_after_it() -> None:
    """Of 6,000 visitors a day a fifth come in the first hour: 20 a minute, then 4,800 in 23 h."""
    scenario = shop(
        ends="2026-12-13T00:00",
        channels={"search": {"visitors": "6000 visitors/day"}},
        phases={
            "burst": {
                "starts": "2026-12-12T00:00",
                "ends": "2026-12-13T00:00",
                "first_hour": "20%",
            }
        },
    )
    by_minute = counts(scenario, 60)
    assert_poisson(by_minute[:, :60], 20)
    assert_poisson(by_minute[:, 60:], 4800 / (23 * 60))


def test_forecast_error_is_shared_by_channels_and_constant_in_its_stretch() -> None:
    scenario = shop(
        starts="2026-12-12T22:00",
        ends="2026-12-13T02:00",
        phases={"p": {"starts": "2026-12-12T22:30", "ends": "2026-12-12T23:30"}},
        forecast_error={"day": "30%"},
    )
    rates = rates_of(scenario)
    day = error_factors(rates, scenario.forecast_error, 1, 0)
    assert len(day) == 6
    assert len(set(day[:4])) == 1
    assert len(set(day[4:])) == 1
    assert day[3] != day[4]
    hour = error_factors(rates, shop(forecast_error={"hour": "30%"}).forecast_error, 1, 0)
    assert hour[0] == hour[1]
    assert hour[2] == hour[3]
    assert len(set(hour)) == 4


def test_errors_of_0_or_absent_change_nothing() -> None:
    rates = rates_of(shop())
    for error in ({}, {"campaign": "0%", "day": "0%", "hour": "0%"}):
        factor = error_factors(rates, shop(forecast_error=error).forecast_error, 1, 0)
        assert (factor == 1).all()


def test_every_visitor_knows_its_channel() -> None:
    scenario = shop(
        channels={"a": {"visitors": "10 visitors/h"}, "b": {"visitors": "20 visitors/h"}}
    )
    shoppers = shoppers_of(scenario, 0)
    assert np.bincount(shoppers.channel).tolist() == shoppers.by_row.tolist()
    channel, segment = shoppers.cells(np.arange(len(shoppers.place)))
    assert channel.tolist() == shoppers.channel.tolist()
    edges = shoppers.rates.edges
    assert (shoppers.arrived >= edges[segment]).all()
    assert (shoppers.arrived <= edges[segment + 1]).all()


def test_a_new_channel_leaves_the_visitors_of_the_others() -> None:
    a, b = {"visitors": "10 visitors/h"}, {"visitors": "20 visitors/h"}
    alone = shoppers_of(shop(channels={"a": a}), 0)
    both = shoppers_of(shop(channels={"b": b, "a": a}), 0)
    assert both.arrived[both.channel == 1].tobytes() == alone.arrived.tobytes()
