"""What is in an order: its SKU group, lines, value, and whether it is packed beforehand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.streams import stream
from simulate.demand.variation import factors, lines_of, pick
from simulate.scenario.goods import SkuGroup


@dataclass(frozen=True, slots=True)
class Goods:
    """For each of n orders: `group` (index of its SKU group), `lines`, `value`, `packed`.

    `value` is in the shop's currency, 0 for a group without one.
    """

    group: NDArray[np.int64]
    lines: NDArray[np.int64]
    value: NDArray[np.float64]
    packed: NDArray[np.bool_]


def draw_goods(groups: dict[str, SkuGroup], seed: int, replication: int, lot: str, n: int) -> Goods:
    """Return the goods of the `n` orders of a lot, such as ``order/search-ads`` or ``opening``.

    Group, lines and packed take one draw an order each, used by whatever group the order is of;
    values that vary come from a stream for each group.
    """

    def purpose(what: str) -> np.random.Generator:
        return stream(seed, replication, f"{lot}/{what}")

    kinds = tuple(groups.values())
    group = pick(np.array([kind.share for kind in kinds]), purpose("group").random(n))
    for_lines = purpose("lines").random(n)
    beforehand = np.array([kind.packed_beforehand for kind in kinds])
    packed = purpose("packed").random(n) < beforehand[group]
    lines = np.empty(n, dtype=np.int64)
    value = np.zeros(n)
    for index, (name, kind) in enumerate(groups.items()):
        those = np.flatnonzero(group == index)
        lines[those] = lines_of(kind.lines, for_lines[those])
        if kind.value is not None:
            spread = factors(kind.value.distribution, purpose(f"value/{name}"), len(those))
            value[those] = kind.value.mean.amount * spread
    return Goods(group.astype(np.int64), lines, value, packed)


def join(parts: list[Goods]) -> Goods:
    """Return the goods of several lots of orders, one lot after the other."""
    return Goods(
        group=np.concatenate([part.group for part in parts]),
        lines=np.concatenate([part.lines for part in parts]),
        value=np.concatenate([part.value for part in parts]),
        packed=np.concatenate([part.packed for part in parts]),
    )
