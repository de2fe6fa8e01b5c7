"""The customers of one replication, drawn anew whenever the controller turns something down."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.demand.controls import Controls
from simulate.demand.orders import Orders, draw, paid_orders
from simulate.scenario.scenario import Scenario
from simulate.warehouse.recorded import PastChangedError
from simulate.warehouse.work import Work, jobs_of


def unshaped(work: Work) -> Work:
    """Return the work as it is."""
    return work


class Foresight:
    """What comes to the line as things stand: `book`, its paid `orders`, their `work`, `controls`.

    Called with more controls it draws all of that anew. `shape` may change the work, which a test
    does to have many things coincide; it must change each job by itself.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        shape: Callable[[Work], Work] = unshaped,
    ) -> None:
        self._scenario, self._seed, self._replication = scenario, seed, replication
        self._shape = shape
        self._draw(())

    def __call__(self, controls: Controls) -> Work:
        """Return what comes to the line under `controls`.

        Raises PastChangedError if an order differs that was paid by the last one of them.
        """
        before = self.orders
        self._draw(controls)
        found = difference_until(controls[-1].at, before, self.orders)
        if found:
            raise PastChangedError(f"orders paid before {controls[-1].at} s differ: {found}")
        return self.work

    def _draw(self, controls: Controls) -> None:
        self.controls = controls
        self.book = draw(self._scenario, self._seed, self._replication, controls)
        self.orders = paid_orders(self.book)
        potential = self.book.potential
        work = jobs_of(self._scenario, self.orders, potential, self._seed, self._replication)
        self.work = self._shape(work)


def difference_until(time: float, one: Orders, other: Orders) -> str:
    """Return in what two sets of paid orders differ that were paid up to `time`, or nothing."""
    paid = [int(np.searchsorted(orders.paid, time, side="right")) for orders in (one, other)]
    if paid[0] != paid[1]:
        return f"{paid[0]} and {paid[1]} of them"
    for field in fields(Orders):
        if not _equal(getattr(one, field.name)[: paid[0]], getattr(other, field.name)[: paid[0]]):
            return field.name
    return ""


def _equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
