"""Outcomes of two replications: the campaign by hand, and one with a single order.

The single order is paid at 0.5, packed until 1.5, collected on time at 6.
"""

import math
from typing import Any

import numpy as np
import pytest

from simulate.experiment.replications import hours_of
from simulate.results.outcome import Outcome
from simulate.results.summary import summarise, unit_of
from tests.results.campaigns import HOUR, book, by_hand, campaign, measures, shop

TARGETS = {"on_time_share": "90%", "late_orders": "1 order", "lead_time_p50": "6h"}
T1 = 12.706204736432095
"""Student's t for 95 % with 1 degree of freedom."""


def outcome(which: str = "both", **changes: Any) -> Outcome:
    scenario = shop(**changes)
    done = {
        "four": [by_hand()],
        "one": [campaign(scenario, book([0.5]), [1])],
        "none": [campaign(scenario, book([]), [])],
    }
    done["both"] = done["four"] + done["one"]
    done["one or none"] = done["one"] + done["none"]
    return summarise(
        scenario,
        [measures(scenario, each) for each in done[which]],
        hours_of(scenario),
        name="by-hand",
        fingerprint="0" * 16,
        seed=3,
        floor="simpy",
    )


def test_who_it_is() -> None:
    found = outcome()
    assert (found.scenario, found.fingerprint, found.seed) == ("by-hand", "0" * 16, 3)
    assert (found.replications, found.floor) == (2, "simpy")


def test_measures_have_intervals_and_samples() -> None:
    found = outcome()
    # Two late orders, and none: mean 1, standard deviation sqrt(2), low end cut at 0.
    late = found.measures["late_orders"]
    assert (late.mean, late.low, late.unit) == (1, 0, "orders")
    assert late.high == pytest.approx(1 + T1)
    assert found.samples["late_orders"] == (2, 0)
    assert found.samples["on_time_share"] == (0.5, 1)
    share = found.measures["on_time_share"]
    assert share.mean == 0.75
    assert 0 <= share.low < 0.5
    assert share.high == pytest.approx(1, abs=0.02)


def test_one_replication_has_an_endless_interval() -> None:
    late = outcome("four").measures["late_orders"]
    assert (late.mean, late.low, late.high) == (2, -math.inf, math.inf)


def test_units() -> None:
    units = {
        "visitors": "visitors", "paid_orders": "orders", "on_time_share": "share",
        "lead_time_p90": "hours", "peak_backlog": "orders", "peak_backlog_at": "hours",
        "overtime": "hours", "wait_pack_mean": "seconds", "utilisation_pack": "share",
        "sales": "EUR", "ad_spend": "EUR", "backlog_clearance": "hours",
        "targets_held_share": "share", "first_response_p90": "seconds",
        "page_views": "views", "carts": "visitors", "turned_away_visitors": "visitors",
        "return_on_ads": "ratio", "ads_share_of_sales": "share", "clicks_cost": "EUR",
        "desk_cost": "EUR", "forfeited_deposits": "EUR", "sold_out_lost_orders": "orders",
        "controller_contribution_change": "EUR", "controller_late_orders_avoided": "orders",
        "utilisation_desk": "share", "abandonment_share": "share", "chased_orders": "orders",
    }  # fmt: skip
    assert {name: unit_of(name, "EUR") for name in units} == units


def test_a_backlog_is_gone_only_if_it_is_in_every_replication() -> None:
    assert outcome("four").cleared_at == 3 * HOUR
    assert outcome().cleared_at == (3 + 1.5) / 2 * HOUR
    assert outcome().peak_at == (1.25 + 0.5) / 2 * HOUR
    # With nobody at work after 02:00, three of the four are never packed.
    never = {"night": {"starts": "00:00", "ends": "01:00", "people": "1 person"}}
    scenario = shop(pools={"packers": {"shifts": never}})
    stuck = summarise(
        scenario,
        [measures(scenario, campaign(scenario, book([0, 0, 0, 0]), [1] * 4))],
        hours_of(scenario),
        name="by-hand",
        fingerprint="0" * 16,
        seed=3,
        floor="simpy",
    )
    assert stuck.cleared_at is None


def test_bands_over_replications() -> None:
    band = outcome().series["paid"]
    # One and two orders in the first two hours of the first, one and none of the second.
    assert band.mean[:3] == (1, 1, 0)
    assert band.low[:2] == pytest.approx((1, 0.1))
    assert band.high[:2] == pytest.approx((1, 1.9))
    assert band.unit == "orders"
    assert outcome().series["staff/packers"].unit == "people"


def test_hours_go_on_while_anything_is_inside() -> None:
    # The parcel that the courier left behind is at the dock until the end; the other is gone at 6.
    assert outcome("four").hour_starts == tuple(hour * HOUR for hour in range(12))
    assert outcome("one").hour_starts == tuple(hour * HOUR for hour in range(6))
    assert outcome("none").hour_starts == tuple(hour * HOUR for hour in range(4))
    assert all(len(band.mean) == 12 for band in outcome().series.values())


def test_lead_times_by_payment() -> None:
    (row,) = outcome().lead_times
    assert (row.starts, row.ends, row.orders) == (0, 4 * HOUR, 2)
    # Bins of a quarter of an hour from 4.75, 5.5 (twice) and 11; half of them are below 5.625.
    assert row.p50 == pytest.approx(5.5 + 0.25 / 2)
    assert row.p10 == pytest.approx(4.75 + 0.4 * 0.25)
    assert row.p90 == pytest.approx(11 + 0.6 * 0.25)
    assert row.promised == 5.5
    assert outcome(promise=None).lead_times[0].promised is None


def test_targets_held() -> None:
    found = outcome(targets=TARGETS)
    assert found.samples["targets_held_share"] == (0, 1)
    assert [each.word for each in found.verdict.judgements] == ["inconclusive"] * 3
    assert outcome().verdict.word == "none"
    assert "targets_held_share" not in outcome().measures


def test_a_replication_without_orders_breaks_no_target_and_has_no_share() -> None:
    found = outcome("one or none", targets=TARGETS)
    assert found.samples["targets_held_share"] == (1, 1)
    assert found.samples["on_time_share"] == (1,)
    assert found.samples["paid_orders"] == (1, 0)
    assert found.cleared_at is not None


def test_without_any_order_there_are_measures_of_none() -> None:
    found = outcome("none", targets=TARGETS)
    assert "on_time_share" not in found.measures
    assert found.measures["late_orders"].mean == 0
    assert found.bottleneck is None
    assert found.lead_times == ()


def test_nine_digits_are_kept() -> None:
    for values in outcome().samples.values():
        assert all(value == float(f"{value:.9g}") for value in values)
    assert np.isfinite(outcome().peak_at)


def test_what_ads_take_of_the_sales_may_be_more_than_all() -> None:
    # Ads cost 40; the orders are worth 400 less the opening one, or nothing is sold.
    spent = shop(channels={
        "search": {"visitors": "240 visitors/day"},
        "ads": {"spend": "7200 CNY/day", "cpc": "1 CNY/click"},
    })  # fmt: skip
    share = summarise(
        spent,
        [measures(spent, campaign(spent, book([0.5] * n), [1] * n)) for n in (4, 8)],
        hours_of(spent),
        name="by-hand",
        fingerprint="0" * 16,
        seed=3,
        floor="simpy",
    ).measures["ads_share_of_sales"]
    # 1,200 for sales of 400, and of 800: three and one and a half times.
    assert (share.mean, share.unit) == (2.25, "share")
    assert share.high == pytest.approx(2.25 + T1 * 0.75)
    assert share.low == 0


def test_channels_and_steps_are_part_of_it() -> None:
    found = outcome()
    assert [row.channel for row in found.channels] == ["search", "ads"]
    assert [step.step for step in found.funnel][-1] == "paid_orders"
    assert (found.shops, found.sold_out, found.actions) == ((), (), ())
