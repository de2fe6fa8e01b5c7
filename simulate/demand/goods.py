"""What is in an order: its SKU group, lines, value, and whether it is packed beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulate.demand.streams import stream
from simulate.demand.variation import factors, lines_of, pick
from simulate.scenario.distributions import Deterministic, FixedLines
from simulate.scenario.goods import OrderValue, SkuGroup


@dataclass(frozen=True, slots=True)
class Goods:
    """For each of n orders: `group` (index of its SKU group), `lines`, `value`, `packed`.

    `value` is in the shop's currency, 0 for a group without one. `moved` marks goods that stand
    for others.
    """

    group: NDArray[np.int64]
    lines: NDArray[np.int64]
    value: NDArray[np.float64]
    packed: NDArray[np.bool_]
    moved: NDArray[np.bool_]


def draw_goods(
    groups: dict[str, SkuGroup],
    weights: NDArray[np.float64],
    row: NDArray[np.int64],
    seed: int,
    replication: int,
    lot: str,
) -> Goods:
    """Return the goods of the n orders of a lot, such as ``order/search-ads`` or ``opening``.

    `row` (n): which of the mixes `weights` (K, groups) an order's group is drawn from. Group,
    lines and packed take one draw an order each, used by whatever group the order is of; values
    that vary come from a stream for each group.
    """
    n = len(row)

    def purpose(what: str) -> np.random.Generator:
        return stream(seed, replication, f"{lot}/{what}")

    group = _picked(weights, row, purpose)
    lines = np.ones(n, dtype=np.int64)
    packed = np.zeros(n, dtype=np.bool_)
    value = np.zeros(n)
    kinds = list(groups.items())
    there = np.flatnonzero(np.bincount(group, minlength=len(kinds))).tolist()
    # What does not vary needs no draws, and a stream costs as much as thousands of them.
    varied = any(not isinstance(kinds[index][1].lines, FixedLines) for index in there)
    for_lines = purpose("lines").random(n) if varied else np.zeros(n)
    if any(kinds[index][1].packed_beforehand > 0 for index in there):
        packed = _packed(groups, group, purpose("packed").random(n))
    for index in there:
        name, kind = kinds[index]
        those = np.flatnonzero(group == index)
        lines[those] = lines_of(kind.lines, for_lines[those])
        if kind.value is not None:
            value[those] = _values(kind.value, partial(purpose, f"value/{name}"), len(those))
    return Goods(group, lines, value, packed, np.zeros(n, np.bool_))


def _picked(
    weights: NDArray[np.float64],
    row: NDArray[np.int64],
    purpose: Callable[[str], np.random.Generator],
) -> NDArray[np.int64]:
    group = np.empty(len(row), dtype=np.int64)
    rows = np.flatnonzero(np.bincount(row)).tolist()
    if all(np.count_nonzero(weights[mix]) == 1 for mix in rows):
        group[:] = np.argmax(weights, axis=1)[row]
        return group
    uniform = purpose("group").random(len(row))
    for mix in rows:
        those = row == mix
        group[those] = pick(weights[mix], uniform[those])
    return group


def _values(
    value: OrderValue, generator: Callable[[], np.random.Generator], n: int
) -> NDArray[np.float64]:
    if isinstance(value.distribution, Deterministic):
        return np.full(n, value.mean.amount)
    return value.mean.amount * factors(value.distribution, generator(), n)


def _packed(
    groups: dict[str, SkuGroup], group: NDArray[np.int64], uniform: NDArray[np.float64]
) -> NDArray[np.bool_]:
    beforehand = np.array([kind.packed_beforehand for kind in groups.values()])
    packed: NDArray[np.bool_] = uniform < beforehand[group]
    return packed


def replaced(
    groups: dict[str, SkuGroup],
    goods: Goods,
    group: NDArray[np.int64],
    moved: NDArray[np.bool_],
    seed: int,
    replication: int,
) -> Goods:
    """Return `goods` (n) with those of `group` in the orders `moved` (n).

    Every order has its own draws for each group that it may move to, so that one order more or
    less that moves changes no other.
    """
    n = len(goods.group)
    lines, value, packed = goods.lines.copy(), goods.value.copy(), goods.packed.copy()
    for index, (name, kind) in enumerate(groups.items()):
        those = np.flatnonzero(moved & (group == index))
        if not len(those):
            continue

        def purpose(what: str, name: str = name) -> np.random.Generator:
            return stream(seed, replication, f"instead/{name}/{what}")

        lines[those] = lines_of(kind.lines, purpose("lines").random(n)[those])
        packed[those] = _packed(groups, group[those], purpose("packed").random(n)[those])
        value[those] = 0.0
        if kind.value is not None:
            value[those] = _values(kind.value, partial(purpose, "value"), n)[those]
    return Goods(np.where(moved, group, goods.group), lines, value, packed, moved)


def join(parts: list[Goods]) -> Goods:
    """Return the goods of several lots of orders, one lot after the other."""
    return Goods(
        group=np.concatenate([part.group for part in parts]),
        lines=np.concatenate([part.lines for part in parts]),
        value=np.concatenate([part.value for part in parts]),
        packed=np.concatenate([part.packed for part in parts]),
        moved=np.concatenate([part.moved for part in parts]),
    )
