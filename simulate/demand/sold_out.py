"""SKU groups that sell out, and what customers do who find nothing left."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.controls import Bools, Controls, Floats, Ints, is_closed
from simulate.demand.variation import pick
from simulate.scenario.aftercare import SoldOut
from simulate.scenario.clock import to_ticks
from simulate.scenario.goods import SkuGroup
from simulate.scenario.scenario import Scenario

GONE = -1
"""Stands for the group of an order that was given up, and for leaving as a choice."""

Span = tuple[float, float]
"""Seconds since the start, from and until; inf: to the end."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What n orders came to.

    `group` (n): the SKU group that is bought, -1 if the order was given up because its group was
    sold out. `left`, `moved`, `waits` (n): gave up, took another group, or stayed though there was
    no unit. `spans`: by index of each SKU group with stock, when the shop shows it as sold out.
    Counted by the group that was wanted: orders `lost`, `taken_elsewhere` and `waiting`.
    """

    group: Ints
    left: Bools
    moved: Bools
    waits: Bools
    spans: dict[int, list[Span]]
    lost: Ints
    taken_elsewhere: Ints
    waiting: Ints


def sell(
    scenario: Scenario, controls: Controls, group: Ints, counted: Floats, choice: Floats
) -> Sold:
    """Return what becomes of orders for `group` (n) when stock runs out.

    `counted` (n): when an order takes its unit, in seconds; NaN if it never does (not paid, or its
    group was closed when it was placed): it then stays as it is. Of equals the first in the arrays
    comes first. `choice` (n): a draw in [0, 1) of what its customer does if there is no unit:
    leave, wait, or take another group, in this order, and of several in theirs. NaN: an order of
    the opening backlog, which is paid and can only wait.

    The shop shows, of each group, the opening stock and the receipts so far, less one unit for
    each order so far, those that wait among them. While that is 0 or less it is sold out. Another
    group that is sold out as well, or closed by `controls`, is not taken. A receipt counts from the
    moment it comes in, before orders of that moment.
    """
    kinds = tuple(scenario.sku_groups.values())
    if all(kind.stock is None for kind in kinds):
        return _sold(len(kinds), group, group.copy(), np.zeros(len(group), dtype=np.bool_), {})
    taking = np.flatnonzero(~np.isnan(counted))
    taking = taking[np.argsort(counted[taking], kind="stable")]
    shop = _Shop(
        kinds=kinds,
        group=group[taking],
        counted=counted[taking],
        otherwise=_otherwise(scenario, controls, group[taking], counted[taking], choice[taking]),
    )
    for at, index, units in _receipts(scenario):
        shop.serve(int(np.searchsorted(shop.counted, at, side="left")))
        shop.receive(at, index, units)
    shop.serve(len(taking))
    bought = group.copy()
    bought[taking] = shop.bought
    waits = np.zeros(len(group), dtype=np.bool_)
    waits[taking] = shop.waits
    return _sold(len(kinds), group, bought, waits, shop.spans())


def _sold(
    groups: int, wanted: Ints, bought: Ints, waits: Bools, spans: dict[int, list[Span]]
) -> Sold:
    left = bought == GONE
    moved = ~left & (bought != wanted)
    lost, elsewhere, waiting = (
        np.bincount(wanted[which], minlength=groups) for which in (left, moved, waits)
    )
    return Sold(bought, left, moved, waits, spans, lost, elsewhere, waiting)


class _Shop:
    """What the shop shows, while m orders that take a unit come one after the other.

    Between two receipts only a group that sells out changes what customers do, which is seldom: so
    all orders up to then are served at once.
    """

    def __init__(
        self, kinds: tuple[SkuGroup, ...], group: Ints, counted: Floats, otherwise: Ints
    ) -> None:
        self.counted = counted
        self.bought = np.empty_like(group)
        self.waits = np.zeros(len(group), dtype=np.bool_)
        self._group, self._otherwise = group, otherwise
        self._limited = [index for index, kind in enumerate(kinds) if kind.stock is not None]
        self._shown = {
            index: kind.stock.opening for index, kind in enumerate(kinds) if kind.stock is not None
        }
        self._open = np.ones(len(kinds), dtype=np.bool_)
        self._since = {index: 0.0 for index in self._limited if self._shown[index] <= 0}
        self._open[list(self._since)] = False
        self._spans: dict[int, list[Span]] = {index: [] for index in self._limited}
        self._served = 0

    def serve(self, until: int) -> None:
        """Serve the orders up to number `until`."""
        while self._served < until:
            here = slice(self._served, until)
            group = self._group[here]
            goes_to = np.where(self._open[group], group, self._instead(here))
            last = {
                index: int(np.flatnonzero(goes_to == index)[self._shown[index] - 1])
                for index in self._limited
                if self._open[index] and np.count_nonzero(goes_to == index) >= self._shown[index]
            }
            served = min(last.values(), default=until - self._served - 1) + 1
            self._take(goes_to[:served])
            for index, number in last.items():
                if number == served - 1:
                    self._open[index] = False
                    self._since[index] = max(float(self.counted[self._served - 1]), 0.0)

    def receive(self, at: float, index: int, units: int) -> None:
        """Have `units` of a group come in."""
        self._shown[index] += units
        if not self._open[index] and self._shown[index] > 0:
            self._open[index] = True
            since = self._since.pop(index)
            if at > since:
                self._spans[index].append((since, at))

    def spans(self) -> dict[int, list[Span]]:
        """Return when each group was sold out; one that still is, is so to the end."""
        for index, since in self._since.items():
            self._spans[index].append((since, np.inf))
        return self._spans

    def _instead(self, here: slice) -> Ints:
        """Return where orders go whose group is sold out."""
        other = self._otherwise[here]
        stays = other == self._group[here]
        there = (other != GONE) & self._open[other]
        return np.where(stays | there, other, GONE)

    def _take(self, goes_to: Ints) -> None:
        here = slice(self._served, self._served + len(goes_to))
        self.bought[here] = goes_to
        group = self._group[here]
        self.waits[here] = (goes_to == group) & ~self._open[group]
        for index in self._limited:
            self._shown[index] -= int(np.count_nonzero(goes_to == index))
        self._served += len(goes_to)


def _receipts(scenario: Scenario) -> list[tuple[float, int, int]]:
    """Return when, of which group, and how many units come in during the run, by time."""
    found = [
        (to_ticks(scenario.seconds(receipt.at)), index, receipt.units)
        for index, kind in enumerate(scenario.sku_groups.values())
        if kind.stock is not None
        for receipt in kind.stock.receipts.values()
    ]
    return sorted(each for each in found if 0 <= each[0] <= scenario.limit_seconds)


def _otherwise(
    scenario: Scenario, controls: Controls, group: Ints, counted: Floats, choice: Floats
) -> Ints:
    """Return which group each order goes for if its own is sold out: its own is to wait.

    A group that is closed then is none. Without `sold_out` everybody waits.
    """
    names = list(scenario.sku_groups)
    closed = {name: is_closed(controls, name, counted) for name in names}
    otherwise = group.copy()
    for index, kind in enumerate(scenario.sku_groups.values()):
        sold_out = kind.stock.sold_out if kind.stock is not None else None
        if sold_out is None:
            continue
        those = np.flatnonzero((group == index) & ~np.isnan(choice))
        ways = np.array([GONE, index, *(names.index(name) for name in sold_out.take)])
        chosen = ways[pick(_shares(sold_out), choice[those])]
        for other in set(chosen.tolist()) - {GONE, index}:
            shut = closed[names[other]][those]
            chosen[(chosen == other) & shut] = GONE
        otherwise[those] = chosen
    return otherwise


def _shares(sold_out: SoldOut) -> NDArray[np.float64]:
    return np.array([sold_out.leave, sold_out.wait, *sold_out.take.values()])
