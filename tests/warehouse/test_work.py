"""What is drawn for each order, and that one option leaves the draws of all others alone."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from simulate.demand.orders import draw, paid_orders
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import UNLIMITED
from simulate.warehouse.line import line_of, opening_stock
from simulate.warehouse.work import Work, jobs_of
from tests.warehouse.shops import shop

STATIONS = {
    "pick": {"pool": "packers", "setup": "30s/order", "distribution": {"kind": "exponential"}},
    "pack": {"pool": "packers", "setup": "20s/order", "distribution": {"kind": "exponential"}},
}
RETURNS = {
    "share": "30%",
    "delay": {"mean": "10h"},
    "handling": {"pool": "packers", "work": "60s/parcel"},
}
CANCELLATIONS = {
    "share": "20%",
    "delay": {"mean": "5h"},
    "goods_from": "pick",
    "restocking": {"pool": "packers", "work": "60s/parcel"},
}


def changed(station: str, **more: Any) -> dict[str, Any]:
    return {**STATIONS, station: {**STATIONS[station], **more}}


def many(**changes: Any) -> Scenario:
    channels = {"a": {"visitors": "4000 visitors/day"}}
    return shop(**{"channels": channels, "stations": STATIONS, **changes})


def work_of(scenario: Scenario) -> Work:
    book = draw(scenario, 1, 0)
    return jobs_of(scenario, paid_orders(book), book.potential, 1, 0)


OPTIONS: list[dict[str, Any]] = [
    {"stations": changed("pick", exceptions={"share": "5%", "delay": {"mean": "2h"}})},
    {"stations": changed("pack", rework={"share": "5%", "back_to": "pick"})},
    {"stations": changed("pick", cart={"orders": "3 orders"}, wave={"every": "1h"})},
    {"cancellations": CANCELLATIONS},
    {"returns": RETURNS},
    {"returns": RETURNS, "cancellations": CANCELLATIONS},
]


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_leaves_the_work_of_all_orders_as_it_was(option: dict[str, Any]) -> None:
    plain, other = work_of(many()), work_of(many(**option))
    np.testing.assert_array_equal(other.jobs.work[:2, other.job_of], plain.jobs.work)
    np.testing.assert_array_equal(other.jobs.ready[other.job_of], plain.jobs.ready)


def test_options_leave_each_other_alone() -> None:
    alone = work_of(many(cancellations=CANCELLATIONS)).jobs
    stations = changed("pick", exceptions={"share": "5%", "delay": {"mean": "2h"}})
    both = work_of(many(cancellations=CANCELLATIONS, returns=RETURNS, stations=stations))
    np.testing.assert_array_equal(both.jobs.cancelled[both.job_of], alone.cancelled)


def test_a_plain_shop_holds_no_tables_for_what_it_does_not_use() -> None:
    jobs = work_of(many()).jobs
    assert jobs.delay.shape == jobs.rework.shape == jobs.work.shape
    assert jobs.delay.strides == jobs.rework.strides == (0, 0)


def test_shares_hold_on_the_average() -> None:
    stations = changed("pack", rework={"share": "40%", "back_to": "pick"})
    stations["pick"]["exceptions"] = {"share": "25%", "delay": {"mean": "2h"}}
    jobs = work_of(many(stations=stations, cancellations=CANCELLATIONS)).jobs
    orders = len(jobs.ready)
    assert np.mean(jobs.delay[0] > 0) == pytest.approx(0.25, abs=0.03)
    assert jobs.delay[0].sum() / (orders * 0.25) == pytest.approx(7200, rel=0.1)
    assert not jobs.delay[1:].any()
    # Sent back k times or more: 0.4 ** k.
    rounds = [np.mean(jobs.rework[1] >= k) for k in (1, 2, 3)]
    assert rounds == pytest.approx([0.4, 0.16, 0.064], abs=0.03)
    assert np.mean(np.isfinite(jobs.cancelled)) == pytest.approx(0.2, abs=0.03)


def test_goods_may_be_cancelled_more_often_than_the_others() -> None:
    """Who is cancelled by the smaller share is by the larger one too, at the same moment."""

    def cancelled(share: str) -> Any:
        groups = {"a": {"share": "50%"}, "b": {"share": "50%", "cancellations": share}}
        scenario = many(cancellations=CANCELLATIONS, sku_groups=groups)
        group = paid_orders(draw(scenario, 1, 0)).group
        return group, work_of(scenario).jobs.cancelled

    (group, few), (_, more) = cancelled("20%"), cancelled("60%")
    assert np.mean(np.isfinite(more[group == 1])) == pytest.approx(0.6, abs=0.03)
    np.testing.assert_array_equal(more[group == 0], few[group == 0])
    stays = np.isfinite(few)
    np.testing.assert_array_equal(more[stays], few[stays])


def test_a_larger_share_takes_the_same_orders_and_some_more() -> None:
    def back(share: str) -> Any:
        stations = changed("pack", rework={"share": share, "back_to": "pick"})
        return work_of(many(stations=stations)).jobs.rework

    assert (back("10%") <= back("30%")).all()


def test_returns_are_merged_by_time() -> None:
    work = work_of(many(returns=RETURNS))
    jobs = work.jobs
    assert (np.diff(jobs.ready) >= 0).all()
    assert (work.order_of[work.job_of] == np.arange(len(work.job_of))).all()
    assert (jobs.is_return == (work.order_of < 0)).all()
    # They pass by both stations of the line, orders pass by the third.
    assert set(jobs.skips[jobs.is_return].tolist()) == {0b011}
    assert set(jobs.skips[~jobs.is_return].tolist()) == {0b100}
    assert jobs.work[:, jobs.is_return].tolist()[0][0] == 0
    assert set(jobs.work[2, jobs.is_return].tolist()) == {60}


def test_the_line_of_a_scenario_in_full() -> None:
    stations = {
        "pick": {
            "pool": "b", "setup": "1s/order", "wave": {"every": "1h"},
            "cart": {"orders": "4 orders", "setup": "30s/cart"},
        },
        "check": {
            "pool": "a", "setup": "1s/order", "wave": {"orders": "5 orders"},
            "rework": {"share": "5%", "back_to": "pick"},
            "crowding": {"beyond": "3 people", "slowdown": "5%"},
        },
    }  # fmt: skip
    team = {"shifts": {"day": {"starts": "08:00", "ends": "20:00", "people": "1 person"}}}
    handling = {"pool": "b", "work": "60s/parcel"}
    scenario = shop(
        stations=stations,
        pools={"a": team, "b": team},
        cancellations={**CANCELLATIONS, "goods_from": "check", "restocking": handling},
        returns={**RETURNS, "handling": handling},
    )
    line = line_of(scenario)
    assert line.stations == ("pick", "check", "restock", "returns")
    assert line.pool_of.tolist() == [1, 0, 1, 1]
    assert line.cart.tolist() == [4, 1, 1, 1]
    assert line.cart_setup.tolist() == [30, 0, 0, 0]
    assert line.wave.tolist() == [0, 5, -1, -1]
    assert line.rework_to.tolist() == [-1, 0, -1, -1]
    assert line.crowd_from[1] == 3
    assert line.crowd_slowdown.tolist() == [0, 0.05, 0, 0]
    assert (line.goods_from, line.restock, line.main) == (1, 2, 2)


@pytest.mark.parametrize(
    ("changes", "differ"),
    [
        ({}, False),
        ({"channels": {"a": {"visitors": "1 visitors/day", "priority": 7}}}, False),
        ({"channels": {"a": {"visitors": "1 visitors/day", "priority": 2}}}, False),
        (
            {
                "channels": {
                    "a": {"visitors": "1 visitors/day", "priority": 2},
                    "b": {"visitors": "1 visitors/day"},
                }
            },
            True,
        ),
        ({"sku_groups": {"a": {"share": "50%"}, "b": {"share": "50%", "priority": 1}}}, True),
        ({"due_dates": True}, False),
        ({"due_dates": True, "promise": {"kind": "hours", "within": "48h"}}, True),
    ],
)
def test_whether_orders_differ_in_urgency(changes: dict[str, Any], differ: bool) -> None:
    assert line_of(shop(**changes)).by_urgency is differ


def test_stock_at_the_start() -> None:
    groups = {"a": {"share": "50%"}, "b": {"share": "50%", "stock": {"opening": "7 units"}}}
    scenario = many(sku_groups=groups)
    assert opening_stock(scenario).tolist() == [UNLIMITED, 7]
    assert set(work_of(scenario).jobs.group.tolist()) == {-1, 1}


def test_more_traffic_leaves_the_work_of_all_orders_as_it_was() -> None:
    books = [draw(many(traffic=traffic), 1, 0) for traffic in ("0.8x", "1x", "1.7x")]
    works = []
    for book in books:
        work = np.full((2, books[-1].potential), np.nan)
        paid = paid_orders(book)
        work[:, paid.drawn] = jobs_of(many(), paid, book.potential, 1, 0).jobs.work
        works.append(work)
    for few, more in pairwise(works):
        known = ~np.isnan(few)
        assert 0 < known.sum() < (~np.isnan(more)).sum()
        np.testing.assert_array_equal(more[known], few[known])
