import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from simulate.demand.goods import Goods, draw_goods, join, replaced
from simulate.scenario.goods import SkuGroup

N = 20_000
MIX = np.array([[0.75, 0.25], [0.0, 1.0]])


def groups(**given: object) -> dict[str, SkuGroup]:
    parsed: dict[str, SkuGroup] = TypeAdapter(dict[str, SkuGroup]).validate_python(given)
    return parsed


BOX = {"share": "75%", "lines": {"kind": "fixed", "count": 2}, "packed_beforehand": "40%"}
GOWN = {
    "share": "25%",
    "lines": {"kind": "geometric", "mean": 3},
    "value": {"mean": "105 CNY/order", "distribution": {"kind": "lognormal", "cv": 0.5}},
}


def drawn(kinds: dict[str, SkuGroup], lot: str, n: int) -> Goods:
    """Goods of `n` orders of the first mix."""
    return draw_goods(kinds, MIX, np.zeros(n, np.int64), 1, 0, lot)


def test_each_order_is_of_a_group_and_has_its_goods() -> None:
    goods = drawn(groups(box=BOX, gown=GOWN), "order/search", N)
    gown = goods.group == 1
    assert stats.binomtest(int(gown.sum()), N, 0.25).pvalue > 0.001
    assert set(goods.lines[~gown]) == {2}
    assert goods.lines[gown].mean() == pytest.approx(3, rel=0.05)
    assert stats.binomtest(int(goods.packed[~gown].sum()), int((~gown).sum()), 0.4).pvalue > 0.001
    assert not goods.packed[gown].any()
    assert set(goods.value[~gown]) == {0}
    assert goods.value[gown].mean() == pytest.approx(105, rel=0.03)
    assert goods.value[gown].std() == pytest.approx(52.5, rel=0.1)


def test_a_change_of_one_group_leaves_the_other() -> None:
    before = drawn(groups(box=BOX, gown=GOWN), "order/search", N)
    fixed = {**BOX, "lines": {"kind": "geometric", "mean": 5}, "value": {"mean": "9 CNY/order"}}
    after = drawn(groups(box=fixed, gown=GOWN), "order/search", N)
    gown = before.group == 1
    assert np.array_equal(before.group, after.group)
    assert np.array_equal(before.packed, after.packed)
    assert np.array_equal(before.lines[gown], after.lines[gown])
    assert np.array_equal(before.value[gown], after.value[gown])
    assert set(after.value[~gown]) == {9}


def test_no_orders_have_no_goods_and_lots_are_joined_in_order() -> None:
    kinds = groups(box=BOX, gown=GOWN)
    none = drawn(kinds, "order/a", 0)
    some = drawn(kinds, "order/b", 3)
    assert len(none.group) == len(none.lines) == len(none.value) == len(none.packed) == 0
    joined = join([none, some, some])
    assert joined.lines.tolist() == some.lines.tolist() * 2
    assert joined.value.tolist() == some.value.tolist() * 2


def test_orders_of_another_mix_leave_the_draws_of_the_rest() -> None:
    kinds = groups(box=BOX, gown=GOWN)
    row = np.arange(N) % 2
    mixed = draw_goods(kinds, MIX, row, 1, 0, "order/search")
    alike = drawn(kinds, "order/search", N)
    assert (mixed.group[row == 1] == 1).all()
    assert np.array_equal(mixed.group[row == 0], alike.group[row == 0])
    assert np.array_equal(mixed.packed[row == 0], alike.packed[row == 0])


def test_what_is_taken_instead_has_its_own_draws() -> None:
    kinds = groups(box=BOX, gown=GOWN)
    goods = drawn(kinds, "order/search", N)
    some = np.flatnonzero(goods.group == 0)[:4000]
    moved = np.zeros(N, np.bool_)
    moved[some] = True
    all_moved = replaced(kinds, goods, np.where(moved, 1, goods.group), moved, 1, 0)
    assert all_moved.lines[some].mean() == pytest.approx(3, rel=0.1)
    assert all_moved.value[some].mean() == pytest.approx(105, rel=0.05)
    assert not all_moved.packed[some].any()
    for name in ("group", "lines", "value", "packed"):
        assert np.array_equal(getattr(all_moved, name)[~moved], getattr(goods, name)[~moved])
    # Half as many that move are the same ones of all.
    moved[some[2000:]] = False
    fewer = replaced(kinds, goods, np.where(moved, 1, goods.group), moved, 1, 0)
    assert np.array_equal(fewer.value[moved], all_moved.value[moved])
