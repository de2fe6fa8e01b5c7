"""The campaign of `tests.results.campaigns`, measured; every number by hand from its table."""

import math

import numpy as np
import pytest

from simulate.results.replication import Replication
from tests.results.campaigns import HOUR, book, by_hand, campaign, measures, shop


@pytest.fixture(scope="module")
def result() -> Replication:
    return measures(shop(), by_hand())


def test_funnel(result: Replication) -> None:
    expected = {
        "visitors": 10, "enquiries": 2, "placed_orders": 4, "paid_orders": 3, "opening_orders": 1,
        "dispatched_orders": 4, "collected_orders": 3, "cancelled_orders": 0,
        "unfinished_orders": 1, "on_time_share": 0.5, "late_orders": 2, "late_dispatch_share": 0,
        "sales": 300, "ad_spend": 40,
    }  # fmt: skip
    assert {name: result.measures[name] for name in expected} == expected


def test_lead_times(result: Replication) -> None:
    # 4.75, 5.5, 7 and 11 hours, the last one up to the end of the run.
    expected = {
        "lead_time_mean": 7.0625,
        "lead_time_p50": 6.25,
        "lead_time_p90": 7 + 0.7 * 4,
        "lead_time_p99": 7 + 0.97 * 4,
    }
    assert {name: result.measures[name] for name in expected} == pytest.approx(expected)


def test_backlog(result: Replication) -> None:
    # Three from 1.25 to 1.5, nobody from 3 on.
    assert result.measures["peak_backlog"] == 3
    assert result.measures["peak_backlog_at"] == 1.25
    assert result.measures["backlog_clearance"] == 3 - 1.25
    assert result.peak_at == 1.25 * HOUR
    assert result.cleared_at == 3 * HOUR


def test_stations(result: Replication) -> None:
    # Only order 3 waits, a quarter of an hour. Five hours of work, 1.5 of them after 02:00 and
    # before 03:00 when nobody is staffed, in 2 x 2 + 1 x 1 person-hours up to 04:00.
    assert result.measures["wait_pack_mean"] == 900 / 4
    assert result.measures["overtime"] == 1.5
    assert result.measures["utilisation_pack"] == pytest.approx(3.5 / 5)


def test_series(result: Replication) -> None:
    expected = {
        "paid": [1, 2, 0, 0, 0, 0, 0],
        "released": [2, 2, 0, 0, 0, 0, 0],
        "dispatched": [0, 2, 1, 1, 0, 0, 0],
        "collected": [0, 0, 0, 0, 0, 0, 3],
        "backlog": [1.5, 2.25, 1.5, 0, 0, 0, 0],
        "backlog/erp": [0] * 7,
        "backlog/pack": [1.5, 2.25, 1.5, 0, 0, 0, 0],
        "busy/pack": [1.5, 2, 1.5, 0, 0, 0, 0],
        "dock": [0, 1.5, 2.5, 4, 4, 4, 1],
        "staff/packers": [2, 2, 0, 1, 1, 1, 1],
        # Joined: 1 and 1 hour of work in the first, 2 and 1 in the second.
        "due/packers": [2, 3, 0, 0, 0, 0, 0],
    }
    assert set(result.series) == set(expected)
    for name, values in expected.items():
        assert result.series[name][:7].tolist() == values, name
        assert len(result.series[name]) == 12


def test_lead_times_by_payment(result: Replication) -> None:
    # One stretch, in bins of a quarter of an hour; the opening order is left out.
    leads = result.leads
    assert leads.paid.tolist() == [3]
    assert leads.promised.tolist() == [3 * 5.5 * HOUR]
    assert np.flatnonzero(leads.counted[0]).tolist() == [19, 22, 44]
    assert leads.counted.sum() == 3


def test_waiting_goes_on_for_those_whom_nobody_takes() -> None:
    # The second order waits from 0 to the end of the run, at 12; the first is in work until then.
    scenario = shop(
        pools={
            "packers": {
                "shifts": {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
            }
        }
    )
    result = measures(scenario, campaign(scenario, book([0, 0]), [20, 1]))
    assert result.measures["wait_pack_mean"] == 6 * HOUR
    assert result.measures["utilisation_pack"] == 1
    assert result.measures["unfinished_orders"] == 2
    assert result.measures["on_time_share"] == 0
    assert result.measures["backlog_clearance"] == 12
    assert math.isnan(result.cleared_at)


def test_without_orders_there_are_no_shares_and_no_times() -> None:
    result = measures(shop(), campaign(shop(), book([], unpaid=2), []))
    missing = {name for name, value in result.measures.items() if math.isnan(value)}
    assert missing == {
        "on_time_share", "lead_time_mean", "lead_time_p50", "lead_time_p90", "lead_time_p99",
        "late_dispatch_share", "wait_pack_mean", "utilisation_pack", "ads_share_of_sales",
    }  # fmt: skip
    assert result.measures["placed_orders"] == 2
    # There never was a backlog, so it is gone from the start.
    assert (result.measures["peak_backlog"], result.cleared_at) == (0, 0)


def test_a_pool_that_is_never_staffed_has_no_utilisation() -> None:
    shift = {"starts": "00:00", "ends": "24:00", "people": "0 people"}
    scenario = shop(pools={"packers": {"shifts": {"day": shift}}})
    result = measures(scenario, campaign(scenario, book([1]), [1]))
    assert math.isnan(result.measures["utilisation_pack"])
    assert result.measures["wait_pack_mean"] == 11 * HOUR
    assert result.measures["overtime"] == 0
