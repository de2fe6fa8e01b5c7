"""What it means that two floors agree."""

import numpy as np

from simulate.warehouse.floor import Stamps
from simulate.warehouse.log import Log

STAMPS = ("released", "dispatched", "collected", "gone", "joined", "place")
VISITS = ("job", "station", "joined", "started", "ended")


def difference(one: Stamps, other: Stamps) -> str | None:
    """Return the first stamp that is not equal to the last bit, None if all are."""
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in STAMPS]
    pairs += [(name, getattr(one.visits, name), getattr(other.visits, name)) for name in VISITS]
    for name, first, second in pairs:
        if first.dtype != second.dtype or not np.array_equal(
            first, second, equal_nan=first.dtype.kind == "f"
        ):
            return name
    return None if one.ended == other.ended else "ended"


def difference_of_logs(one: Log, other: Log) -> str | None:
    """Return the first decision that differs, None if none does."""
    for name in ("staff", "duties", "visits", "outages", "moves"):
        # By their representation, in which a visit that did not come (NaN) equals itself.
        if repr(getattr(one, name)) != repr(getattr(other, name)):
            return name
    return None
