"""What the shop has turned down while its warehouse drowns, and from when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulate.scenario.clock import to_ticks
from simulate.scenario.controller import Rule

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What holds after the moment `at` and up to, and at, that of the next control.

    `at` is in seconds since the start, in whole ticks. `cut`: the share of a channel's visitors
    that is left, 1 for a channel not named. `closed`: SKU groups that cannot be ordered.
    `longer`: seconds, in whole ticks, by which a later deadline is shown. `order_share` scales
    the share of visitors who order.
    """

    at: float
    cut: Mapping[str, float] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    longer: float = 0.0
    order_share: float = 1.0

    def same_as(self, other: "Control") -> bool:
        """Tell whether the same holds, be it from another moment on."""
        mine = (dict(self.cut), self.closed, self.longer, self.order_share)
        return mine == (dict(other.cut), other.closed, other.longer, other.order_share)


Controls = tuple[Control, ...]
"""By `at`, ascending; before the first one nothing is turned down."""


def control_of(rules: Iterable[Rule], at: float) -> Control:
    """Return what holds after `at` if `rules` are in force together.

    Of several that cut one channel the smallest share counts, of several later deadlines the
    latest, with its own share of orders; what any of them closes is closed.
    """
    cut: dict[str, float] = {}
    closed: set[str] = set()
    longer, order_share = 0.0, 1.0
    for rule in rules:
        for name, share in rule.cut.items():
            cut[name] = min(share, cut.get(name, 1.0))
        closed.update(rule.close)
        later = rule.longer_promise
        if later is not None and to_ticks(later.by) > longer:
            longer, order_share = to_ticks(later.by), later.order_share
    return Control(at=at, cut=cut, closed=frozenset(closed), longer=longer, order_share=order_share)


def kept(controls: Controls, channel: str, arrived: Floats, draw: Floats) -> Bools:
    """Return which of the visitors of `channel` who come at `arrived` (n) still come.

    `draw` (n) in [0, 1): a visitor comes if it is less than the share that is left, so a deeper
    cut only keeps more of them away.
    """
    if not any(channel in control.cut for control in controls):
        return np.ones(len(arrived), dtype=np.bool_)
    share = [1.0, *(control.cut.get(channel, 1.0) for control in controls)]
    coming: Bools = draw < np.array(share)[_states(controls, arrived)]
    return coming


def order_factor(controls: Controls, arrived: Floats) -> Floats:
    """Return what the share of visitors who order is scaled by for those who come at `arrived`."""
    if not controls:
        return np.ones(len(arrived))
    share = np.array([1.0, *(control.order_share for control in controls)])
    return share[_states(controls, arrived)]


def is_closed(controls: Controls, group_name: str, placed: Floats) -> Bools:
    """Return which moments of `placed` find the SKU group closed."""
    if not any(group_name in control.closed for control in controls):
        return np.zeros(len(placed), dtype=np.bool_)
    closed = np.array([False, *(group_name in control.closed for control in controls)])
    return closed[_states(controls, placed)]


def longer(controls: Controls, placed: Floats) -> Floats:
    """Return the seconds by which the deadline of orders placed at `placed` is later."""
    if not controls:
        return np.zeros(len(placed))
    by = np.array([0.0, *(control.longer for control in controls)])
    return by[_states(controls, placed)]


def _states(controls: Controls, times: Floats) -> NDArray[np.intp]:
    """Return for each time how many controls have come before it.

    One at the very moment has not: what is placed then is on its way already.
    """
    return np.searchsorted(np.array([control.at for control in controls]), times, side="left")
