"""Lateness by promise: the shop's window and the own promise of flash items."""

import numpy as np
import pytest

from simulate.results.leads import lateness, promise_classes
from simulate.scenario.scenario import Scenario
from tests.results.campaigns import HOUR, book, campaign, shop

ONE = {"packers": {"shifts": {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}}}


def two_promises() -> Scenario:
    flash = {"share": "50%", "promise": {"kind": "hours", "within": "2h"}}
    window = {
        "kind": "window",
        "paid_from": "2026-12-12T01:00",
        "paid_until": "2026-12-12T02:00",
        "collected_by": "2026-12-12T05:00",
        "otherwise_within": "10h",
    }
    groups = {"plain": {"share": "50%"}, "flash": flash}
    return shop(pools=ONE, courier=None, sku_groups=groups, promise=window)


def classes(scenario: Scenario) -> list[tuple[str | None, bool | None]]:
    return [(each.group, each.in_window) for each in promise_classes(scenario)]


def test_classes() -> None:
    assert classes(shop()) == [(None, None)]
    assert classes(shop(promise=None)) == []
    assert classes(two_promises()) == [(None, True), (None, False), ("flash", None)]


def test_lateness_by_class() -> None:
    # Packed one after the other, an hour each; order 4 is cancelled at 3.
    drawn = book([0, 1, 2, 2.5, 2.75])
    drawn.group[:] = [0, 0, 0, 1, 1]
    drawn.deadline[:] = np.array([10, 5, 5, 4.5, 4.75]) * HOUR
    done = campaign(two_promises(), drawn, [1, 1, 4, 1, 1], cancelled=[99, 99, 99, 99, 3])
    rows = lateness(two_promises(), done.orders, done.way)
    # In the window: paid at 1 and 2, done at 2 and 6. Outside: at 0, done at 1. Flash: done at 7.
    assert rows.tolist() == [
        [2, 1, pytest.approx(1 + 0.9 * 3)],
        [1, 1, 1],
        [1, 0, 4.5],
    ]


def test_a_class_without_orders() -> None:
    done = campaign(two_promises(), book([0]), [1])
    rows = lateness(two_promises(), done.orders, done.way)
    assert rows[:, :2].tolist() == [[0, 0], [1, 1], [0, 0]]
    assert np.isnan(rows[[0, 2], 2]).all()


def test_a_shop_with_a_promise_of_its_own_is_a_class_of_its_own() -> None:
    shops = {"one": {"label": "One", "promise": {"kind": "hours", "within": "3h"}}, "two": {}}
    scenario = two_promises().model_copy(update={"shops": shop(shops=shops).shops})
    drawn = book([0, 1, 2, 2.5, 2.75])
    drawn.group[:] = [0, 0, 0, 1, 0]
    # Goods with a promise of their own keep it in any shop; the second shop has none.
    drawn.shop[:] = [0, 0, 1, 0, -1]
    drawn.deadline[:] = np.array([3, 1.5, 5, 4.5, 20]) * HOUR
    done = campaign(scenario, drawn, [1, 1, 1, 1, 1])
    told = [(each.shop, each.group, each.in_window) for each in promise_classes(scenario)]
    rows = dict(zip(told, lateness(scenario, done.orders, done.way)[:, :2].tolist(), strict=True))
    assert rows == {
        (None, None, True): [1, 1],
        (None, None, False): [1, 1],
        ("one", None, None): [2, 1],
        (None, "flash", None): [1, 1],
    }
