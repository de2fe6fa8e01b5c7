"""Draws around a mean: factors for every distribution, and order lines."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.distributions import (
    Deterministic,
    Distribution,
    Empirical,
    EmpiricalLines,
    Erlang,
    Exponential,
    FixedLines,
    Gamma,
    Lines,
)


def factors(
    distribution: Distribution, generator: np.random.Generator, n: int
) -> NDArray[np.float64]:
    """Return `n` factors whose expected value is exactly 1.

    A lognormal of variation cv has sigma^2 = ln(1 + cv^2) and mu = -sigma^2 / 2; a gamma has
    shape 1 / cv^2. The first items are the same whatever `n` is.
    """
    if isinstance(distribution, Deterministic):
        return np.ones(n)
    if isinstance(distribution, Exponential):
        return generator.standard_exponential(n)
    if isinstance(distribution, Gamma):
        return gamma_factors(distribution.cv, generator, n)
    if isinstance(distribution, Erlang):
        return generator.standard_gamma(distribution.phases, n) / distribution.phases
    if isinstance(distribution, Empirical):
        observed = np.array(distribution.observed, dtype=np.float64)
        scaled = observed / float(observed.mean())
        return scaled[(generator.random(n) * len(scaled)).astype(np.intp)]
    variance = math.log1p(distribution.cv**2)
    normal = generator.standard_normal(n)
    lognormal: NDArray[np.float64] = np.exp(math.sqrt(variance) * normal - variance / 2)
    return lognormal


def gamma_factors(cv: float, generator: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Return `n` gamma factors of mean 1 and standard deviation `cv`, which is above 0."""
    shape = 1 / cv**2
    return generator.standard_gamma(shape, n) / shape


SURE = 0.9
"""A forecast error of x means: off by up to x in so many of all cases."""

NARROW = 0.001
"""Below it a gamma factor is normal to all digits that matter."""


@lru_cache(maxsize=64)
def spread_of(off: float) -> float:
    """Return the standard deviation of a gamma factor of mean 1 that is `off` by up to so much.

    `off` is above 0 and at most 1. The factor lies from 1 - off to 1 + off with probability
    `SURE`: not with the same chance on either side, as a gamma is skewed. There is one such
    gamma between no spread and the exponential, which is off by up to 1 in 86 of 100 cases.
    """
    from scipy.special import gammainc, ndtri

    if off < NARROW:
        return off / float(ndtri((1 + SURE) / 2))
    narrow, wide = 0.0, 1.0
    for _ in range(60):
        cv = (narrow + wide) / 2
        shape = 1 / cv**2
        inside = gammainc(shape, (1 + off) * shape) - gammainc(shape, (1 - off) * shape)
        narrow, wide = (cv, wide) if inside > SURE else (narrow, cv)
    return narrow


def lines_of(lines: Lines, uniform: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the number of lines of each order, from its draw in [0, 1), by inversion.

    More lines go with a larger draw, so the same draws can be compared under two `Lines`. Shares
    of empirical lines are scaled to add up to 1. Raises ValueError if they are all 0.
    """
    if isinstance(lines, FixedLines):
        return np.full(len(uniform), lines.count, dtype=np.int64)
    if isinstance(lines, EmpiricalLines):
        counts = np.array(sorted(lines.shares), dtype=np.int64)
        shares = np.array([lines.shares[int(count)] for count in counts])
        return counts[pick(shares, uniform)]
    if lines.mean == 1:
        return np.ones(len(uniform), dtype=np.int64)
    more = math.log1p(-1 / lines.mean)
    return 1 + np.floor(np.log1p(-uniform) / more).astype(np.int64)


def pick(shares: NDArray[np.float64], uniform: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return for each draw in [0, 1) an index, each as likely as its share of all `shares`.

    An index of share 0 is never picked. Raises ValueError if all shares are 0.
    """
    cumulative = np.cumsum(shares)
    if not cumulative[-1] > 0:
        raise ValueError("all shares are 0")
    last = int(np.flatnonzero(shares)[-1])
    found = np.searchsorted(cumulative, uniform * cumulative[-1], side="right")
    picked: NDArray[np.intp] = np.minimum(found, last)
    return picked
