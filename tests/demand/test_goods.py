import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from simulate.demand.goods import draw_goods, join
from simulate.scenario.goods import SkuGroup

N = 20_000


def groups(**given: object) -> dict[str, SkuGroup]:
    parsed: dict[str, SkuGroup] = TypeAdapter(dict[str, SkuGroup]).validate_python(given)
    return parsed


BOX = {"share": "75%", "lines": {"kind": "fixed", "count": 2}, "packed_beforehand": "40%"}
GOWN = {
    "share": "25%",
    "lines": {"kind": "geometric", "mean": 3},
    "value": {"mean": "105 CNY/order", "distribution": {"kind": "lognormal", "cv": 0.5}},
}


def test_each_order_is_of_a_group_and_has_its_goods() -> None:
    goods = draw_goods(groups(box=BOX, gown=GOWN), 1, 0, "order/search", N)
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
    before = draw_goods(groups(box=BOX, gown=GOWN), 1, 0, "order/search", N)
    fixed = {**BOX, "lines": {"kind": "geometric", "mean": 5}, "value": {"mean": "9 CNY/order"}}
    after = draw_goods(groups(box=fixed, gown=GOWN), 1, 0, "order/search", N)
    gown = before.group == 1
    assert np.array_equal(before.group, after.group)
    assert np.array_equal(before.packed, after.packed)
    assert np.array_equal(before.lines[gown], after.lines[gown])
    assert np.array_equal(before.value[gown], after.value[gown])
    assert set(after.value[~gown]) == {9}


def test_no_orders_have_no_goods_and_lots_are_joined_in_order() -> None:
    kinds = groups(box=BOX, gown=GOWN)
    none = draw_goods(kinds, 1, 0, "order/a", 0)
    some = draw_goods(kinds, 1, 0, "order/b", 3)
    assert len(none.group) == len(none.lines) == len(none.value) == len(none.packed) == 0
    joined = join([none, some, some])
    assert joined.lines.tolist() == some.lines.tolist() * 2
    assert joined.value.tolist() == some.value.tolist() * 2
