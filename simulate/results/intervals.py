"""95 % confidence intervals of means over replications."""

from collections.abc import Sequence

import numpy as np

CONFIDENCE = 0.95


def mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return (mean, low, high) by Student's t; one value alone has an endless interval."""
    sample = np.asarray(values, float)
    mean = float(sample.mean())
    if len(sample) < 2:
        return mean, -np.inf, np.inf
    error = float(sample.std(ddof=1)) / np.sqrt(len(sample)) * _quantile(len(sample) - 1)
    return mean, mean - error, mean + error


def share_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return (mean, low, high) of shares from 0 to 1, one a replication.

    Wilson's score interval (E. B. Wilson, 1927) with the effective number of trials
    n m (1 - m) / s^2 for mean m and variance s^2 of n replications: the number of independent
    yes-or-no trials that would scatter as much. The replication, not the order, is the unit: a
    hundred campaigns without one late order do not show that no campaign has any.
    """
    sample = np.asarray(values, float)
    n, mean = len(sample), float(sample.mean())
    if n < 2:
        return mean, 0.0, 1.0
    variance = float(sample.var(ddof=1))
    trials = float(n) if variance == 0 else max(float(n), n * mean * (1 - mean) / variance)
    quantile = _quantile(n - 1)
    centre = (mean + quantile**2 / (2 * trials)) / (1 + quantile**2 / trials)
    half = (
        quantile
        / (1 + quantile**2 / trials)
        * np.sqrt(mean * (1 - mean) / trials + quantile**2 / (4 * trials**2))
    )
    return mean, max(0.0, min(mean, centre - half)), min(1.0, max(mean, centre + half))


def _quantile(freedom: int) -> float:
    """Return Student's t for the interval's confidence."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
