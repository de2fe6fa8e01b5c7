"""How a day is spread over its hours, and what a line can do on it: worked out by hand."""

from datetime import date

import pytest

from simulate.plan.capacity import day_capacity, mean_lines, seconds_at_work, work_an_order
from simulate.plan.day import hours_of_day, hours_of_profile
from simulate.scenario.distributions import EmpiricalLines, FixedLines, GeometricLines
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import Milestones

MONDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 12)

LINE = {
    "title": "Line",
    "timezone": "Asia/Shanghai",
    "starts": "2026-12-07T00:00",
    "ends": "2026-12-14T00:00",
    "channels": {"web": {"visitors": "100 visitors/day"}},
    "conversion": {"order_share": "10%"},
    "stations": {
        "pick": {"pool": "crew", "setup": "10s/order", "per_line": "20s/line",
                 "cart": {"orders": "4 orders", "setup": "40s/cart"}},
        "sort": {"pool": "crew", "per_line": "10s/line"},
        "pack": {"pool": "packers", "setup": "60s/order",
                 "rework": {"share": "20%", "back_to": "pick"}},
    },
    "packed_beforehand_skips": ["pick"],
    "single_line_skips": ["sort"],
    "pools": {
        "crew": {"shifts": {"day": {"starts": "08:00", "ends": "18:00", "people": "2 people",
                                    "breaks": {"noon": {"starts": "12:00", "lasts": "1h"}}}}},
        "packers": {"shifts": {"day": {"starts": "08:00", "ends": "16:00", "people": "4 people",
                                       "absence": "25%", "weekdays": ["mon"]}},
                    "overtime": {"backlog": "1 order", "lasts": "2h"}},
    },
    "sku_groups": {
        "small": {"share": "50%", "lines": {"kind": "fixed", "count": 1}},
        "large": {"share": "50%", "lines": {"kind": "fixed", "count": 3},
                  "packed_beforehand": "50%"},
    },
}  # fmt: skip


def scenario(**changes):
    return Scenario.model_validate({**LINE, **changes})


def test_work_an_order_is_what_its_lines_its_cart_and_its_way_make_of_it():
    # pick: small 10 + 10 + 20, large half of them 10 + 10 + 60; sort: large 30 s alone;
    # a fifth comes back again and again: 1.25 times everything.
    pick = 0.5 * 40 + 0.5 * 0.5 * 80
    assert work_an_order(scenario()) == {
        "crew": pytest.approx(1.25 * (pick + 0.5 * 30)),
        "packers": pytest.approx(1.25 * 60),
    }


def test_a_day_is_worth_its_people_without_breaks_and_absence_with_overtime():
    pools = scenario().pools
    assert seconds_at_work(pools["crew"], MONDAY) == 2 * 9 * 3600
    assert seconds_at_work(pools["packers"], MONDAY) == 4 * 0.75 * 10 * 3600
    assert seconds_at_work(pools["packers"], SATURDAY) == 0


def test_the_pool_with_the_least_room_sets_the_day():
    monday = day_capacity(scenario(), MONDAY)
    assert (monday.pool, monday.orders) == ("crew", pytest.approx(64800 / 68.75))
    assert day_capacity(scenario(), SATURDAY).pool == "packers"
    noon = {"at": "12:00", "capacity": "30 parcels"}
    late = {"at": "18:00", "capacity": "50 parcels", "weekdays": ["sat"]}
    collections = {"noon": noon, "late": late}
    limited = scenario(courier={"collections": collections})
    assert day_capacity(limited, MONDAY).orders == 30
    assert day_capacity(limited, MONDAY).pool == ""


def test_lines_of_every_kind_have_a_mean():
    assert mean_lines(FixedLines(kind="fixed", count=4)) == 4
    assert mean_lines(GeometricLines(kind="geometric", mean=2.5)) == 2.5
    shares = {1: 0.5, 3: 0.5}
    assert mean_lines(EmpiricalLines(kind="empirical", shares=shares)) == 2


def test_profiles_of_every_kind_come_down_to_hours():
    by_hour = hours_of_profile((0.5,) * 12 + (0.0,) * 12)
    assert by_hour == (1 / 12,) * 12 + (0.0,) * 12
    by_minute = hours_of_profile((1.0,) * 60 + (0.0,) * 1380)
    assert by_minute == (1.0,) + (0.0,) * 23
    # 30 % in the first two hours, evenly; the rest evenly over the other 22.
    reached = hours_of_profile(Milestones(milestones={120: 0.3}))
    assert reached[:2] == pytest.approx((0.15, 0.15))
    assert reached[23] == pytest.approx(0.7 / 22)


EVENING = [0.0] * 20 + [0.25] * 4


def test_phases_scale_their_hours_and_may_bring_a_profile():
    burst = {"starts": "2026-12-12T22:00", "ends": "2026-12-13T00:00", "traffic": "3x"}
    both = scenario(profiles={"evening": EVENING}, profile="evening", phases={"burst": burst})
    assert hours_of_day(both, MONDAY)[20:] == (0.25, 0.25, 0.25, 0.25)
    assert hours_of_day(both, SATURDAY)[20:] == (0.125, 0.125, 0.375, 0.375)
    named = scenario(profiles={"evening": EVENING},
                     phases={"burst": {**burst, "profile": "evening"}})  # fmt: skip
    assert hours_of_day(named, MONDAY) is None
    assert hours_of_day(named, SATURDAY)[22] == pytest.approx(0.75 / (22 / 24 + 1.5))


def test_a_phase_may_state_its_first_hour():
    burst = {"starts": "2026-12-12T20:00", "ends": "2026-12-14T00:00", "first_hour": "70%"}
    shares = hours_of_day(
        scenario(profiles={"evening": EVENING}, profile="evening", phases={"burst": burst}),
        SATURDAY,
    )
    assert shares[20:] == pytest.approx((0.7, 0.1, 0.1, 0.1))
