import math

import numpy as np
import pytest

from simulate.results.intervals import mean_interval, share_interval

T2, T9 = 4.302652729911275, 2.262157162740992
"""Student's t for 95 % with 2 and 9 degrees of freedom, from any table."""


def test_mean_by_hand() -> None:
    # Mean 2 and standard deviation 1 of three: 2 -+ t / sqrt(3).
    half = T2 / math.sqrt(3)
    assert mean_interval([1, 2, 3]) == pytest.approx((2, 2 - half, 2 + half))


def test_mean_of_equals_is_certain() -> None:
    assert mean_interval([7, 7, 7]) == (7, 7, 7)


def test_one_replication_says_nothing() -> None:
    assert mean_interval([5]) == (5, -math.inf, math.inf)
    assert share_interval([0.9]) == (0.9, 0, 1)


def test_share_of_all_or_none() -> None:
    # Wilson's bound for 10 of 10 is n / (n + t^2).
    edge = 10 / (10 + T9**2)
    assert share_interval([1] * 10) == pytest.approx((1, edge, 1))
    assert share_interval([0] * 10) == pytest.approx((0, 0, 1 - edge))


def test_share_by_hand() -> None:
    # Five of ten yes, five no: variance 0.25 x 10 / 9, so 9 effective trials, held at 10.
    centre_half = T9 * math.sqrt(0.25 / 10 + T9**2 / 400) / (1 + T9**2 / 10)
    expected = (0.5, 0.5 - centre_half, 0.5 + centre_half)
    assert share_interval([1, 0] * 5) == pytest.approx(expected)


def test_shares_that_scatter_little_are_known_well() -> None:
    mean, low, high = share_interval([0.899, 0.9, 0.901] * 4)
    assert mean == pytest.approx(0.9)
    assert 0.8985 < low < 0.9 < high < 0.9015


@pytest.mark.parametrize("values", [[0.0, 1e-9], [1, 1 - 1e-12], [0, 0, 1], [0.5, 0.5]])
def test_a_share_stays_between_0_and_1_around_its_mean(values: list[float]) -> None:
    mean, low, high = share_interval(values)
    assert 0 <= low <= mean <= high <= 1


EXPERIMENTS = 2000


def coverage(true: float, samples: np.ndarray, interval: object) -> float:
    """Return in what share of the experiments the interval holds the true mean."""
    assert callable(interval)
    found = [interval(sample) for sample in samples]
    return float(np.mean([low <= true <= high for _, low, high in found]))


@pytest.mark.parametrize("n", [5, 30])
def test_coverage_of_means(n: int) -> None:
    draws = np.random.default_rng(n)
    normal = draws.normal(3, 1, (EXPERIMENTS, n))
    assert 0.93 <= coverage(3, normal, mean_interval) <= 0.97
    gamma = draws.gamma(9, 1 / 9, (EXPERIMENTS, n))
    assert 0.93 <= coverage(1, gamma, mean_interval) <= 0.97


@pytest.mark.parametrize("n", [10, 50])
@pytest.mark.parametrize("spread", [20, 400])
def test_coverage_of_shares_of_orders(n: int, spread: int) -> None:
    # Every campaign has a share of its own, around 0.8, and 2,000 orders that are on time or not.
    draws = np.random.default_rng(n * spread)
    shares = draws.beta(0.8 * spread, 0.2 * spread, (EXPERIMENTS, n))
    measured = draws.binomial(2000, shares) / 2000
    assert 0.93 <= coverage(0.8, measured, share_interval) <= 0.97


@pytest.mark.parametrize("true", [0.5, 0.9])
def test_coverage_of_campaigns_that_hold_or_not(true: float) -> None:
    held = np.random.default_rng(7).random((EXPERIMENTS, 100)) < true
    assert 0.93 <= coverage(true, held.astype(float), share_interval) <= 0.97
