"""When something first happens, over replications."""

from collections.abc import Sequence

import numpy as np

from simulate.results.estimates import short
from simulate.results.outcome import Span

PERCENTILES = (50, 5, 95)


def span_of(moments: Sequence[float]) -> Span | None:
    """Return median and 5th to 95th percentile of `moments`, in seconds, NaN for never.

    Only replications in which it happens count; None without any.
    """
    known = np.array([moment for moment in moments if not np.isnan(moment)])
    if not len(known):
        return None
    median, low, high = np.percentile(known, PERCENTILES).tolist()
    return Span(median=short(median), low=short(low), high=short(high))
