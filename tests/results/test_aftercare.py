"""What goes wrong, by hand. One person packs from 00:00 on; the run ends at 12 at the latest."""

from typing import Any

import numpy as np

from simulate.results.aftercare import waits_for_stock
from tests.results.campaigns import HOUR, book, campaign, measures, shop

ONE = {"packers": {"shifts": {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}}}
DELAY = {"mean": "1h", "distribution": {"kind": "deterministic"}}


def line(**pack: Any) -> dict[str, Any]:
    return {"pack": {"pool": "packers", "setup": "1h/order", **pack}}


def test_cancelled_orders_are_on_no_side() -> None:
    cancellations = {"share": "50%", "delay": DELAY, "goods_from": "pack"}
    scenario = shop(pools=ONE, courier=None, cancellations=cancellations)
    # Packed in turn from 0: done at 1, cancelled while waiting at 0.5, done at 7, too late.
    done = campaign(scenario, book([0, 0, 0]), [1, 1, 6], cancelled=[99, 0.5, 99])
    found = measures(scenario, done).measures
    expected = {
        "paid_orders": 3, "cancelled_orders": 1, "dispatched_orders": 2, "collected_orders": 2,
        "unfinished_orders": 0, "late_orders": 1, "on_time_share": 0.5, "late_dispatch_share": 0.5,
        "sales": 200, "wasted_work": 0, "lead_time_mean": 4, "peak_backlog": 3,
        "wait_pack_mean": HOUR / 2,
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_the_click_may_be_in_time_and_the_courier_late() -> None:
    # Due at 5.5; packed at 1, collected at 6.
    found = measures(shop(), campaign(shop(), book([0]), [1])).measures
    assert (found["late_dispatch_share"], found["on_time_share"]) == (0, 0)


def test_orders_are_stopped_unless_cancelled_first() -> None:
    stations = line(exceptions={"share": "50%", "delay": DELAY})
    scenario = shop(pools=ONE, stations=stations, courier=None)
    # 0 is stopped at 1; 1 is cancelled before its work ends at 2; 2 is never stopped; 3 not done.
    done = campaign(
        scenario,
        book([0, 0, 0, 0]),
        [1, 1, 1, 20],
        delay=[[1, 1, 0, 1]],
        cancelled=[99, 1.5, 99, 99],
    )
    assert measures(scenario, done).measures["exception_orders"] == 1


def test_mis_sent_orders_are_expected_not_drawn() -> None:
    stations = {
        "pick": {"pool": "packers", "setup": "1h/order", "mis_sent": "10%"},
        "pack": {"pool": "packers", "setup": "1h/order", "mis_sent": "20%"},
    }
    scenario = shop(pools=ONE, stations=stations, courier=None)
    # One goes all the way, one passes by picking, one is never done.
    done = campaign(scenario, book([0, 0, 6]), [[1, 1, 20], [1, 1, 1]], skips=[0, 0b01, 0])
    found = measures(scenario, done).measures["mis_sent_orders"]
    assert np.isclose(found, (1 - 0.9 * 0.8) + 0.2)


def hero(opening: int, **changes: Any) -> Any:
    stock = {
        "opening": f"{opening} units",
        "receipts": {"truck": {"at": "2026-12-12T03:00", "units": "1 unit"}},
    }
    groups = {"hero": {"share": "50%", "stock": stock}, "plain": {"share": "50%"}}
    return shop(pools=ONE, courier=None, sku_groups=groups, **changes)


def test_waiting_for_stock() -> None:
    # One unit; another comes at 3. Order 0 takes the first, 1 waits until 3, 2 until the end.
    done = campaign(hero(1), book([0, 1, 2]), [1, 1, 1], group=[0, 0, 0])
    found = measures(hero(1), done).measures
    assert found["waiting_for_stock"] == 2
    assert found["waiting_for_stock_mean"] == (2 + 10) / 2


def test_behind_an_erp_an_order_waits_for_stock_since_a_later_one_went_on() -> None:
    # The ERP lets one order through an hour: 0 at 0, 1 at 1 without stock, 2 at 2.
    scenario = hero(1, erp={"per_hour": "1 order"})
    drawn = book([0, 0, 0])
    group = np.array([0, 0, 1])
    drawn.group[:] = group
    done = campaign(scenario, drawn, [1, 1, 1], group=[0, 0, -1])
    assert (done.way.released / HOUR).tolist() == [0, 3, 2]
    waits = waits_for_stock(scenario, done.orders, done.way)
    assert (waits / HOUR).tolist() == [0, 1, 0]
    assert measures(scenario, done).measures["waiting_for_stock"] == 1


def test_returned_parcels_that_came_in_time() -> None:
    handling = {"pool": "packers", "work": "30min/parcel"}
    scenario = shop(pools=ONE, returns={"share": "100%", "delay": DELAY, "handling": handling})
    assert (
        measures(scenario, campaign(scenario, book([0]), [[1], [0]], skips=[0b10])).measures[
            "returned_parcels"
        ]
        == 0
    )
