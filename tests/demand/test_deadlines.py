import numpy as np

from simulate.demand.deadlines import deadlines

from .shop import DAY, HOUR, shop

ALL = np.zeros(6, np.int64)
NONE = ALL - 1
PAID = np.array([-HOUR, 0.0, 1.5, 24 * HOUR, 24 * HOUR + 1, np.nan])


def test_without_a_promise_nothing_is_due() -> None:
    assert deadlines(shop(), PAID, ALL, NONE).tolist() == [np.inf] * 6


def test_hours_run_from_payment() -> None:
    scenario = shop(promise={"kind": "hours", "within": "48h"})
    expected = [47 * HOUR, 48 * HOUR, 48 * HOUR + 1.5, 72 * HOUR, 72 * HOUR + 1, np.inf]
    assert deadlines(scenario, PAID, ALL, NONE).tolist() == expected


def test_a_window_has_one_deadline_and_both_its_ends_belong_to_it() -> None:
    scenario = shop(
        promise={
            "kind": "window",
            "paid_from": "2026-12-12T00:00",
            "paid_until": "2026-12-13T00:00",
            "collected_by": "2026-12-15T12:00",
            "otherwise_within": "24h",
        }
    )
    by = 3.5 * DAY
    expected = [23 * HOUR, by, by, by, 48 * HOUR + 1, np.inf]
    assert deadlines(scenario, PAID, ALL, NONE).tolist() == expected


def test_the_promise_of_a_sku_group_holds_instead() -> None:
    scenario = shop(
        promise={"kind": "hours", "within": "48h"},
        sku_groups={
            "regular": {"share": "50%"},
            "presale": {"share": "50%", "promise": {"kind": "hours", "within": "96h"}},
        },
    )
    group = np.array([0, 1, 0, 1, 0, 1])
    expected = [47 * HOUR, 96 * HOUR, 48 * HOUR + 1.5, 120 * HOUR, 72 * HOUR + 1, np.inf]
    assert deadlines(scenario, PAID, group, NONE).tolist() == expected


def test_a_promise_for_one_sku_group_alone() -> None:
    groups = {
        "regular": {"share": "50%"},
        "flash": {"share": "50%", "promise": {"kind": "hours", "within": "24h"}},
    }
    due = deadlines(shop(sku_groups=groups), PAID, np.array([0, 1, 0, 1, 0, 1]), NONE)
    assert due.tolist() == [np.inf, 24 * HOUR, np.inf, 48 * HOUR, np.inf, np.inf]


def test_a_shop_may_promise_on_its_own_and_its_goods_go_first() -> None:
    scenario = shop(
        promise={"kind": "hours", "within": "48h"},
        shops={"tmall": {"promise": {"kind": "hours", "within": "24h"}}, "taobao": {}},
        sku_groups={
            "regular": {"share": "50%"},
            "gift": {"share": "50%", "promise": {"kind": "hours", "within": "12h"}},
        },
    )
    paid = np.array([0.0, 0.0, 0.0, 0.0, np.nan])
    group, of_shop = np.array([0, 0, 0, 1, 0]), np.array([-1, 0, 1, 0, 0])
    expected = [48 * HOUR, 24 * HOUR, 48 * HOUR, 12 * HOUR, np.inf]
    assert deadlines(scenario, paid, group, of_shop).tolist() == expected
