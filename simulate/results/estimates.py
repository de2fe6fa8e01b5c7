"""A measure's values in all replications as one estimate."""

from collections.abc import Sequence
from math import isfinite

from simulate.results.intervals import mean_interval, share_interval
from simulate.results.outcome import Estimate

DIGITS = 9
"""Significant digits kept: enough for any reader, few enough to be the same everywhere."""


def short(value: float) -> float:
    """Return a number of `DIGITS` significant digits."""
    return float(f"{value:.{DIGITS}g}")


def estimate(
    values: Sequence[float], unit: str, *, is_signed: bool = False, is_bounded: bool = True
) -> Estimate:
    """Return mean and interval of one value a replication; only a signed one goes below 0.

    A share that is not `is_bounded` may be more than 1.
    """
    is_part = unit == "share" and is_bounded
    mean, low, high = (share_interval if is_part else mean_interval)(values)
    if not is_part and not is_signed and isfinite(low):
        # What cannot be negative is not, whatever a symmetric interval says.
        low = max(low, min(0.0, mean))
    return Estimate(mean=short(mean), low=short(low), high=short(high), unit=unit)
