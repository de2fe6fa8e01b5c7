"""What a scenario's calendar does to the line, worked out by hand, on both floors."""

import numpy as np
import pytest

from simulate.warehouse.line import line_of
from simulate.warehouse.run import FLOORS
from tests.warehouse.lines import NEVER
from tests.warehouse.shops import HOUR, hours, run, shift, shop, starts

pytestmark = pytest.mark.parametrize("floor", FLOORS)


def test_a_night_is_closed(floor: str) -> None:
    scenario = shop(pools={"packers": {"shifts": {"day": shift("08:00", "20:00")}}})
    ready = [0, 19 * HOUR, 19 * HOUR]
    stamps = run(scenario, floor, ready, [HOUR, 2 * HOUR, HOUR])
    assert starts(stamps) == [8, 19, 24 + 8]
    assert hours(stamps.collected) == [9, 21, 24 + 9]
    # The run is over at the first decision that finds everything gone: the end of that shift.
    assert hours(stamps.ended) == 24 + 20


def test_a_shift_over_midnight_began_the_day_before(floor: str) -> None:
    # From 22:00 to 06:00: at the start, 00:00, people of the 11th are at work.
    scenario = shop(pools={"packers": {"shifts": {"night": shift("22:00", "06:00+1d")}}})
    stamps = run(scenario, floor, [HOUR, 6 * HOUR, 23 * HOUR], [HOUR] * 3)
    assert starts(stamps) == [1, 22, 23]


def test_shifts_add_up_and_hand_over_without_a_gap(floor: str) -> None:
    # One person from 8 to 12 and two from 12 to 16, three from 14 to 15.
    shifts = {
        "early": shift("08:00", "12:00"),
        "late": shift("12:00", "16:00", "2 people"),
        "peak": shift("14:00", "15:00"),
    }
    scenario = shop(pools={"packers": {"shifts": shifts}})
    stamps = run(scenario, floor, [11.5 * HOUR] * 6, [5 * HOUR] * 6)
    assert starts(stamps) == [11.5, 12, 14, 24 + 8, 24 + 12, 24 + 13]


def test_weekdays_and_dates_of_a_shift(floor: str) -> None:
    weekend = shift("08:00", "20:00", weekdays=["sun"])
    later = shift("08:00", "20:00", first="2026-12-14", last="2026-12-14")
    stamps = run(
        shop(pools={"packers": {"shifts": {"a": weekend, "b": later}}}),
        floor,
        [0, 20 * HOUR, 20 * HOUR],
        [12 * HOUR, HOUR, 14 * HOUR],
    )
    assert starts(stamps) == [24 + 8, 48 + 8, 48 + 9]
    np.testing.assert_array_equal(stamps.collected / HOUR, [24 + 20, 48 + 9, 48 + 23])


def test_the_erp_releases_so_many_an_hour(floor: str) -> None:
    scenario = shop(erp={"per_hour": "2 orders"})
    stamps = run(scenario, floor, [600.0] * 3 + [2 * HOUR] * 3, [1.0] * 6)
    assert hours(stamps.released) == [1 / 6, 1 / 6, 1, 2, 2, 3]


def test_a_part_of_an_hour_has_the_whole_cap_of_an_hour(floor: str) -> None:
    # From 00:30, so that clock hours begin half an hour, one and a half, ... after the start.
    scenario = shop(starts="2026-12-12T00:30", erp={"per_hour": "2 orders"})
    stamps = run(scenario, floor, [0.0] * 5, [1.0] * 5)
    assert hours(stamps.released) == [0, 0, 0.5, 0.5, 1.5]


def test_the_erp_releases_so_many_a_local_day(floor: str) -> None:
    # From 22:30: three in what is left of the 12th, then three on the 13th, at most two an hour.
    scenario = shop(starts="2026-12-12T22:30", erp={"per_hour": "2 orders", "per_day": "3 orders"})
    stamps = run(scenario, floor, [0.0] * 7, [1.0] * 7)
    assert hours(stamps.released) == [0, 0, 0.5, 1.5, 1.5, 2.5, 25.5]


def test_a_day_alone_caps_too(floor: str) -> None:
    stamps = run(shop(erp={"per_day": "2 orders"}), floor, [HOUR] * 5, [1.0] * 5)
    assert hours(stamps.released) == [1, 1, 24, 24, 48]


def test_the_hour_that_comes_twice_has_its_cap_twice(floor: str) -> None:
    # Clocks in Berlin go back from 03:00 to 02:00 on 25 October 2026.
    scenario = shop(
        timezone="Europe/Berlin",
        starts="2026-10-25T02:00+02:00",
        ends="2026-10-25T12:00+01:00",
        erp={"per_hour": "1 order", "per_day": "3 orders"},
    )
    stamps = run(scenario, floor, [0.0] * 4, [1.0] * 4)
    assert hours(stamps.released) == [0, 1, 2, 23]


def test_shifts_follow_the_clocks(floor: str) -> None:
    # Clocks in Berlin go forward from 02:00 to 03:00 on 29 March 2026: 08:00 is 7 hours later.
    scenario = shop(
        timezone="Europe/Berlin",
        starts="2026-03-29T00:00",
        ends="2026-03-30T00:00",
        pools={"packers": {"shifts": {"day": shift("08:00", "20:00")}}},
    )
    stamps = run(scenario, floor, [0.0, 18 * HOUR], [HOUR] * 2)
    assert starts(stamps) == [7, 18]
    assert scenario.traffic_seconds == 23 * HOUR


def test_the_courier_comes_by_the_calendar(floor: str) -> None:
    visits = {
        "noon": {"at": "12:00", "capacity": "1 parcel"},
        "evening": {"at": "18:00", "capacity": "1 parcel", "weekdays": ["sat"]},
    }
    stamps = run(shop(courier={"collections": visits}), floor, [0, 0, 0], [HOUR] * 3)
    assert hours(stamps.collected) == [12, 18, 24 + 12]
    # The next decision after the last collection is the shift of the next day.
    assert hours(stamps.ended) == 48


def test_a_collection_of_some_days_only(floor: str) -> None:
    # The parcel is done at 1:00; the noon visit begins on the 13th, the evening one ends before.
    visits = {
        "noon": {"at": "12:00", "first": "2026-12-13"},
        "evening": {"at": "18:00", "last": "2026-12-11"},
    }
    stamps = run(shop(courier={"collections": visits}), floor, [0], [HOUR])
    assert hours(stamps.collected) == [24 + 12]


def test_a_collection_that_is_less_sure_than_the_others(floor: str) -> None:
    visits = {"noon": {"at": "12:00", "missing": "100%"}, "evening": {"at": "18:00"}}
    stamps = run(shop(courier={"collections": visits}), floor, [0], [HOUR])
    assert hours(stamps.collected) == [18]
    late = {"noon": {"at": "12:00", "late": {"share": "100%", "delay": "1h"}}}
    stamps = run(shop(courier={"collections": late}), floor, [0], [HOUR])
    assert hours(stamps.collected)[0] > 12


def test_a_collection_at_the_drain_limit_still_takes_place(floor: str) -> None:
    scenario = shop(drain_limit="12h", courier={"collections": {"noon": {"at": "12:00"}}})
    stamps = run(scenario, floor, [13 * HOUR, 35 * HOUR, 35.5 * HOUR], [HOUR] * 3)
    np.testing.assert_array_equal(stamps.collected / HOUR, [36, 36, NEVER])
    assert hours(stamps.ended) == 36


def test_the_drain_limit_leaves_the_rest_inside(floor: str) -> None:
    scenario = shop(drain_limit="1h")
    stamps = run(scenario, floor, [23 * HOUR] * 4, [HOUR] * 4)
    assert starts(stamps) == [23, 24]
    np.testing.assert_array_equal(stamps.collected / HOUR, [24, 25, NEVER, NEVER])
    assert hours(stamps.ended) == 25


def test_without_orders_a_run_is_over_at_once(floor: str) -> None:
    stamps = run(shop(), floor, [], [])
    assert stamps.ended == 0
    assert starts(stamps) == []


def test_the_line_goes_in_its_order_not_in_that_of_the_stations(floor: str) -> None:
    scenario = shop(
        stations={
            "scan": {"pool": "b", "setup": "1s/order"},
            "pick": {"pool": "a", "setup": "1s/order"},
        },
        line=["pick", "scan"],
        pools={
            "b": {"shifts": {"day": shift("12:00", "24:00")}},
            "a": {"shifts": {"day": shift("06:00", "24:00")}},
        },
    )
    line = line_of(scenario)
    assert line.stations == ("pick", "scan")
    assert line.pools == ("b", "a")
    assert line.pool_of.tolist() == [1, 0]
    stamps = run(scenario, floor, [0.0], [HOUR])
    assert [starts(stamps, 0), starts(stamps, 1)] == [[6], [12]]
