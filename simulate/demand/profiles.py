"""How a day's visitors spread over its minutes, and a phase's over its opening hour."""

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import LocalHours, to_ticks
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import Milestones, Profile

Floats = NDArray[np.float64]

HOUR = 3600.0
DAY = 86400.0
MINUTES = 1440


def shape_of(profile: Profile | None) -> Floats:
    """Return the rate in each local minute of a day (1440), as a multiple of the day's mean.

    Without a profile it is 1. Raises ValueError if a profile has no visitors.
    """
    if profile is None:
        return np.ones(MINUTES)
    if isinstance(profile, Milestones):
        known = {0: 0.0, MINUTES: 1.0, **profile.milestones}
        minutes = sorted(known)
        come = np.interp(np.arange(MINUTES + 1), minutes, [known[each] for each in minutes])
        return MINUTES * np.diff(come)
    shares = np.array(profile, dtype=np.float64)
    total = float(shares.sum())
    if total <= 0:
        raise ValueError("a profile has no hour with visitors")
    scaled: Floats = len(shares) * (shares / total)
    return np.repeat(scaled, MINUTES // len(shares))


class Clock:
    """Local minutes on the time line of a run that is cut at local full `hours`."""

    def __init__(self, scenario: Scenario, hours: LocalHours) -> None:
        self.hours = hours
        begins, width = hours.edges[:-1], np.diff(hours.edges)
        self._since = np.zeros(len(begins))
        # Only an hour cut short by the run or by a change of clocks may begin after its full hour.
        for piece in np.flatnonzero(width != HOUR).tolist():
            self._since[piece] = _since_full_hour(scenario, float(begins[piece]))

    def minutes(self, times: Floats) -> NDArray[np.intp]:
        """Return the local minute of day, 0 to 1439, that shows at each of `times`."""
        piece = np.searchsorted(self.hours.edges, times, side="right") - 1
        inside = times - self.hours.edges[piece] + self._since[piece]
        whole = np.floor(inside / 60 + 1e-6).astype(np.intp)  # a tick early is not a minute early
        return self.hours.hour[piece] * 60 + np.minimum(whole, 59)

    def breaks(self, shape: Floats, low: float, high: float) -> Floats:
        """Return the times between `low` and `high`, full hours left out, when `shape` changes."""
        changes = np.flatnonzero(np.diff(shape)) + 1
        changes = changes[changes % 60 != 0]
        found = [np.empty(0)]
        begins, ends = self.hours.edges[:-1], self.hours.edges[1:]
        for hour in np.unique(changes // 60).tolist():
            pieces = np.flatnonzero((self.hours.hour == hour) & (ends > low) & (begins < high))
            past = (changes[changes // 60 == hour] % 60) * 60.0
            times = begins[pieces, None] - self._since[pieces, None] + past
            inside = (times > begins[pieces, None]) & (times < ends[pieces, None])
            found.append(to_ticks(times[inside]))
        times = np.concatenate(found)
        return times[(times > low) & (times < high)]


def _since_full_hour(scenario: Scenario, seconds: float) -> float:
    """Return the seconds that local clocks show past the full hour."""
    from datetime import datetime

    at = datetime.fromtimestamp(
        scenario.local(scenario.starts).timestamp() + seconds, scenario.zone
    )
    return at.minute * 60 + at.second + at.microsecond * 1e-6


def with_first_hour(shape: Floats, edges: Floats, low: float, high: float, share: float) -> Floats:
    """Return `shape` (S) on segments between `edges` (S + 1) with a stated opening hour.

    Of the visitors of the first 24 hours from `low` on, or up to `high` if that is earlier,
    `share` come in the first hour, and the rest as the shape has them; their number stays. Where
    the shape has none to scale they come evenly.
    """
    begins, width = edges[:-1], np.diff(edges)
    first = (begins >= low) & (begins < low + HOUR)
    rest = (begins >= low + HOUR) & (begins < min(low + DAY, high))
    if not first.any() or not rest.any():
        return shape
    total = float((shape * width)[first | rest].sum())
    changed = shape.copy()
    for those, part in ((first, share), (rest, 1 - share)):
        visitors = float((shape * width)[those].sum())
        even = part * total / float(width[those].sum())
        changed[those] = shape[those] * (part * total / visitors) if visitors > 0 else even
    return changed
