"""Rows over two replications: the campaign by hand, and one with a single order paid at 0.5."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.results.replication import Replication
from simulate.results.tables import cost_items, courier_visits, crews, late_by_class
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import UNLIMITED
from simulate.warehouse.log import Duty, Visit
from tests.results.campaigns import HOUR, book, by_hand, campaign, measures, shop

NEVER = float("nan")


def both(scenario: Scenario) -> list[Replication]:
    one = campaign(scenario, book([0.5]), [1])
    return [measures(scenario, by_hand()), measures(scenario, one)]


def test_lateness() -> None:
    (row,) = late_by_class(shop(), both(shop()))
    assert (row.group, row.in_window) == (None, None)
    # Four orders of which two are late, and one that is not.
    assert (row.orders.mean, row.late_orders.mean) == (2.5, 1)
    assert row.on_time_share is not None
    assert (row.on_time_share.mean, row.on_time_share.unit) == (0.75, "share")
    assert row.lead_time_p90 is not None
    assert row.lead_time_p90.mean == pytest.approx((7 + 0.7 * 4 + 5.5) / 2)
    assert late_by_class(shop(promise=None), both(shop(promise=None))) == ()


def test_a_class_without_orders_has_no_share() -> None:
    (row,) = late_by_class(shop(), [measures(shop(), campaign(shop(), book([]), []))] * 2)
    assert (row.orders.mean, row.on_time_share, row.lead_time_p90) == (0, None, None)


def duty(kind: str, name: str, starts: float, ends: float, came: int) -> Duty:
    return Duty(
        pool=0, kind=kind, name=name, starts=starts * HOUR, ends=ends * HOUR, planned=2, came=came
    )


def people(*replications: Replication, **changes: Any) -> list[Any]:
    scenario = shop(**changes)
    return list(crews(scenario, replications, [hour * HOUR for hour in range(12)]))


def test_people_by_shift_and_what_is_due() -> None:
    sample = measures(shop(), by_hand())
    due, staff = np.zeros((2, 12)), np.full((2, 12), 1.0)
    due[:, 1], due[:, 4] = (3, 2), (2, 5)
    days = [duty("shift", "night", 0, 2, 2), duty("shift", "night", 6, 8, 1)]
    one, other = (
        replace(
            sample,
            duties=own,
            series={**sample.series, "due/packers": due[row], "staff/packers": staff[row]},
        )
        for row, own in enumerate((days, days[:1]))
    )
    (night,) = people(one, other)
    assert (night.pool, night.kind, night.shift) == ("packers", "shift", "night")
    # Two and one came in the first, two in the second; four and two, and four person-hours.
    assert (night.planned.mean, night.came.mean, night.hours.mean) == (2, 1.75, 5)
    # Most falls due in the hour from 4 on, but the shift is there from 1 on: 3 and 2 for 1.
    assert night.busiest == HOUR
    assert (night.needed.mean, night.gap.mean, night.gap.unit) == (2.5, 1.5, "people")


def test_enough_people_are_no_gap() -> None:
    sample = measures(shop(), by_hand())
    night, day = people(sample, sample)
    # 2 and 3 hours of work join in the first two hours of two people; 0 by day.
    assert (night.busiest, night.needed.mean, night.gap.mean) == (HOUR, 3, 1)
    assert (day.busiest, day.needed.mean, day.gap.mean) == (3 * HOUR, 0, 0)


def test_overtime_and_call_ins_are_rows_of_their_own() -> None:
    shifts = {"day": {"starts": "00:00", "ends": "02:00", "people": "2 people"}}
    help_ = {
        "at": "00:30", "backlog": "1 order", "notice": "1h", "people": "2 people", "lasts": "2h"
    }  # fmt: skip
    pool = {
        "shifts": shifts,
        "overtime": {"backlog": "0 orders", "lasts": "1h"},
        "call_ins": {"help": help_},
    }
    sample = measures(shop(), by_hand())
    duties = [
        duty("shift", "day", 0, 2, 2), duty("overtime", "day", 2, 3, 2),
        duty("call-in", "help", 1.5, 3.5, 2),
    ]  # fmt: skip
    some = replace(sample, duties=duties)
    none = replace(sample, duties=duties[:1])
    rows = people(some, none, pools={"packers": pool})
    assert [(row.kind, row.shift, row.hours.mean) for row in rows] == [
        ("shift", "day", 4),
        ("overtime", "day", 1),
        ("call-in", "help", 2),
    ]
    # Two came on every day on which there was overtime.
    assert (rows[1].came.mean, rows[1].needed, rows[1].busiest) == (2, None, None)


def visit(name: str, planned: float, came: float, taken: int, capacity: int = 4) -> Visit:
    return Visit(
        name=name, planned=planned * HOUR, came=came * HOUR, capacity=capacity, taken=taken
    )


def test_the_couriers_visits() -> None:
    sample = measures(shop(), by_hand())
    one = [visit("noon", 4, 4.5, 4), visit("morning", 2, 2, 1, UNLIMITED)]
    other = [visit("morning", 2, NEVER, 0, UNLIMITED), visit("noon", 4, 4, 2)]
    last = [visit("morning", 2, 2, 5, UNLIMITED)]
    replications = [
        replace(sample, visits=visits, waiting=np.arange(6.0, 6.0 + len(visits)))
        for visits in (one, other, last)
    ]
    morning, noon = courier_visits(shop(), replications)
    assert (morning.name, morning.planned, morning.capacity) == ("morning", 2 * HOUR, None)
    assert (morning.taken.mean, morning.late_share) == (2, 0)
    assert morning.missed_share == pytest.approx(1 / 3)
    # The run that ended before is left out.
    assert (noon.name, noon.capacity, noon.taken.mean, noon.late_share) == ("noon", 4, 3, 0.5)
    assert (noon.taken.low, noon.taken.high) == (2.1, 3.9)
    assert (noon.waiting, noon.missed_share) == (6.5, 0)
    assert courier_visits(shop(courier=None), replications) == ()


def test_costs() -> None:
    sample = measures(shop(), by_hand())
    shift, courier = ("labour", "packers", "night"), ("courier", None, None)
    call = ("call-in", "packers", "help")
    some = [replace(sample, costs={courier: 8.0, shift: 10.0}), replace(sample, costs={
        courier: 4.0, shift: 10.0, call: 6.0})]  # fmt: skip
    rows = cost_items(shop(), some)
    assert [(row.kind, row.pool, row.shift, row.cost.mean) for row in rows] == [
        ("labour", "packers", "night", 10),
        ("call-in", "packers", "help", 3),
        ("courier", None, None, 6),
    ]
    assert rows[0].cost.unit == "CNY"
    assert {row.channel for row in rows} == {None}
    assert not math.isinf(rows[0].cost.high)


def test_costs_of_all_stand_before_those_of_channels() -> None:
    sample = measures(shop(), by_hand())
    items = {
        ("commission", "ads", None): 1.0,
        ("clicks", "ads", None): 2.0,
        ("slots", "search", None): 3.0,
        ("courier", None, None): 4.0,
        ("desk", None, "day"): 5.0,
        ("overtime", "packers", None): 6.0,
    }
    rows = cost_items(shop(), [replace(sample, costs=items)] * 2)
    assert [(row.kind, row.pool, row.shift, row.channel, row.cost.mean) for row in rows] == [
        ("overtime", "packers", None, None, 6),
        ("desk", None, "day", None, 5),
        ("courier", None, None, None, 4),
        ("slots", None, None, "search", 3),
        ("clicks", None, None, "ads", 2),
        ("commission", None, None, "ads", 1),
    ]
