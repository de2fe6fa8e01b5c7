"""Options of the line end to end: small scenarios whose times a person can check."""

from typing import Any

import numpy as np
import pytest

from simulate.scenario.scenario import Scenario
from simulate.warehouse.log import Visit
from simulate.warehouse.run import FLOORS, run_line
from tests.warehouse import lines
from tests.warehouse.lines import NEVER
from tests.warehouse.shops import HOUR, campaign, hours, message, run, shift, shop, starts, team

pytestmark = pytest.mark.parametrize("floor", FLOORS)

STEADY = {"kind": "deterministic"}


def always(mean: str) -> dict[str, Any]:
    return {"mean": mean, "distribution": STEADY}


def backlog(orders: int, **changes: Any) -> Scenario:
    """Orders that wait at the start and no others; an hour of packing for each."""
    stations = {"pack": {"pool": "packers", "setup": "3600s/order"}}
    return shop(
        **{
            "channels": {"search": {"visitors": "0 visitors/day"}},
            "opening_backlog": {"orders": f"{orders} orders", "paid_within": "0s"},
            "stations": stations,
            **changes,
        }
    )


# --- priorities and due dates ------------------------------------------------------------------


def test_members_first(floor: str) -> None:
    # All come at 0:00 and are packed one after the other: first whoever is a member.
    scenario = shop(
        channels={"all": message(5, "00:00"), "members": message(5, "00:00", priority=1)}
    )
    work, stamps, _ = campaign(scenario, floor)
    classes = work.jobs.urgency[stamps.visits.job].tolist()
    assert classes == sorted(classes)
    assert set(classes) == {1, 5}


def test_the_earliest_deadline_first(floor: str) -> None:
    # Paid at 0:00 and due in 48 hours; paid at 0:10 and due at 6:00. At 1:00, when the first is
    # done, those paid later go first.
    promise = {
        "kind": "window",
        "paid_from": "2026-12-12T00:10",
        "paid_until": "2026-12-12T01:00",
        "collected_by": "2026-12-12T06:00",
        "otherwise_within": "48h",
    }
    slow = {"pack": {"pool": "packers", "setup": "3600s/order"}}
    scenario = backlog(
        2, promise=promise, channels={"drop": message(6, "00:10")}, stations=slow, due_dates=True
    )
    work, stamps, _ = campaign(scenario, floor)
    late = len(work.jobs.ready) - 2
    assert late > 0
    assert stamps.visits.job.tolist() == [0, *range(2, 2 + late), 1]
    assert starts(stamps) == list(range(2 + late))


# --- waves, carts, own paths -------------------------------------------------------------------


def test_waves_by_the_clock_and_a_cart(floor: str) -> None:
    # Orders of 0:10, 0:20, 0:30 are let in at 1:00 and go on a cart of two: set-up of 10 minutes
    # and 5 minutes an order, until 1:20. The third: 10 + 5 minutes, until 1:35.
    stations = {
        "pick": {
            "pool": "packers", "setup": "300s/order", "wave": {"every": "1h"},
            "cart": {"orders": "2 orders", "setup": "600s/cart"},
        }
    }  # fmt: skip
    stamps = run(shop(stations=stations), floor, [600.0, 1200.0, 1800.0], [300.0] * 3)
    assert (stamps.collected / 60).tolist() == [80, 80, 95]


def test_a_wave_by_the_clock_counts_from_midnight(floor: str) -> None:
    # The run starts at 0:30: waves of every 50 minutes are at 0:50, 1:40, ...
    stations = {"pick": {"pool": "packers", "setup": "1s/order", "wave": {"every": "50min"}}}
    scenario = shop(stations=stations, starts="2026-12-12T00:30")
    assert (np.array(starts(run(scenario, floor, [60.0, 1500.0], [1.0] * 2))) * 60).tolist() == [
        20,
        70,
    ]


def test_orders_of_one_line_on_their_own_path(floor: str) -> None:
    stations = {
        "pick": {"pool": "packers", "setup": "60s/order"},
        "sort": {"pool": "packers", "setup": "60s/order"},
    }
    lines_ = {"kind": "empirical", "shares": {1: "50%", 3: "50%"}}
    scenario = backlog(
        20,
        stations=stations,
        single_line_skips=["sort"],
        sku_groups={"all": {"share": "100%", "lines": lines_}},
    )
    work, stamps, _ = campaign(scenario, floor)
    single = work.jobs.skips == 0b10
    assert 0 < np.count_nonzero(single) < 20
    sorted_ = set(stamps.visits.job[stamps.visits.station == 1].tolist())
    assert sorted_ == set(np.flatnonzero(~single).tolist())


# --- exceptions and rework ---------------------------------------------------------------------


def test_audit_stops_orders(floor: str) -> None:
    stations = {
        "audit": {
            "pool": "packers", "setup": "60s/order",
            "exceptions": {"share": "100%", "delay": always("2h")},
        },
        "pack": {"pool": "packers", "setup": "60s/order"},
    }  # fmt: skip
    _, stamps, _ = campaign(backlog(2, stations=stations), floor)
    assert (stamps.visits.started / 60).tolist() == [0, 1, 121, 122]


def test_a_second_check_sends_all_back_twenty_times_at_most(floor: str) -> None:
    stations = {
        "pack": {"pool": "packers", "setup": "60s/order"},
        "check": {
            "pool": "packers", "setup": "30s/order", "rework": {"share": "100%", "back_to": "pack"}
        },
    }  # fmt: skip
    _, stamps, _ = campaign(backlog(1, stations=stations), floor)
    assert stamps.visits.station.tolist() == [0, 1] * 21
    assert stamps.collected.tolist() == [21 * 90]


# --- machines and the ERP ----------------------------------------------------------------------


def machines(number: int, **more: Any) -> dict[str, Any]:
    equipment = {"number": f"{number} places", **more}
    return {"pack": {"pool": "packers", "setup": "3600s/order", "equipment": equipment}}


def test_as_many_work_as_there_are_machines(floor: str) -> None:
    scenario = backlog(5, stations=machines(2), pools={"packers": team("4 people")})
    assert starts(campaign(scenario, floor)[1]) == [0, 0, 1, 1, 2]


def test_nobody_begins_at_a_machine_that_failed(floor: str) -> None:
    # One table; it fails once in 3 hours on average. Whenever it is down the next order waits for
    # the repair; the order in hand is finished.
    failures = {"time_between": "3h", "repair": "2h"}
    _, stamps, log = campaign(backlog(12, stations=machines(1, failures=failures)), floor)
    assert log.outages
    expected, free = [], 0.0
    for _ in range(12):
        for outage in log.outages:
            if outage.starts <= free < outage.ends:
                free = outage.ends
        expected.append(free)
        free += HOUR
    assert stamps.visits.started.tolist() == expected
    assert expected != [number * HOUR for number in range(12)]


def test_the_erp_releases_nothing_while_it_is_down(floor: str) -> None:
    failures = {"time_between": "5h", "repair": "2h"}
    scenario = shop(erp={"failures": failures}, pools={"packers": team("9 people")})
    work, stamps, log = campaign(scenario, floor)
    assert {outage.station for outage in log.outages} == {-1}
    expected = work.jobs.ready.copy()
    for outage in log.outages:
        expected[(outage.starts <= expected) & (expected < outage.ends)] = outage.ends
    np.testing.assert_array_equal(stamps.released, expected)
    assert (stamps.released > work.jobs.ready).any()


def test_what_the_erp_may_release_in_an_hour_is_not_lost_while_it_is_down(floor: str) -> None:
    # Down within hours, too: each clock hour never sees more than two releases, and whatever
    # waits when an outage ends within the hour is released up to the two.
    erp = {"per_hour": "2 orders", "failures": {"time_between": "4h", "repair": "30min"}}
    _, stamps, log = campaign(backlog(30, erp=erp, pools={"packers": team("30 people")}), floor)
    by_hour = np.bincount((stamps.released // HOUR).astype(int))
    assert by_hour.max() == 2
    within = [o for o in log.outages if o.starts // HOUR == o.ends // HOUR and o.ends < 10 * HOUR]
    assert all(by_hour[int(outage.ends // HOUR)] == 2 for outage in within)


# --- stock -------------------------------------------------------------------------------------


def stocked(opening: int, **receipt: Any) -> dict[str, Any]:
    receipts = {"truck": {"at": "2026-12-12T06:00", "units": "1 unit", **receipt}}
    stock = {"opening": f"{opening} units", "receipts": receipts}
    return {"hero": {"share": "100%", "stock": stock}}


def test_a_hero_sells_out_until_more_comes_in(floor: str) -> None:
    # Two units for four orders; a third unit comes at 6:00, a fourth never.
    _, stamps, _ = campaign(backlog(4, sku_groups=stocked(2)), floor)
    assert starts(stamps) == [0, 1, 6]
    np.testing.assert_array_equal(stamps.released / HOUR, [0, 0, 6, NEVER])


def test_unloading_takes_people_from_dispatch(floor: str) -> None:
    # Of two packers one unloads from 6:00 to 8:00; the unit is on the shelf at 8:00.
    unloading = {"pool": "packers", "people": "1 person", "lasts": "2h"}
    scenario = backlog(
        4, sku_groups=stocked(3, unloading=unloading), pools={"packers": team("2 people")}
    )
    _, stamps, log = campaign(scenario, floor)
    assert starts(stamps) == [0, 0, 1, 8]
    first = [(time / HOUR, people) for time, people in log.staff[0] if time <= 8 * HOUR]
    assert first == [(0, 2), (6, 1), (8, 2)]


def test_unloading_waits_until_somebody_is_there(floor: str) -> None:
    unloading = {"pool": "packers", "people": "2 people", "lasts": "1h"}
    pools = {"packers": {"shifts": {"day": shift("08:00", "20:00")}}}
    scenario = backlog(1, sku_groups=stocked(0, unloading=unloading), pools=pools)
    _, stamps, log = campaign(scenario, floor)
    assert starts(stamps) == [9]
    assert [(time / HOUR, people) for time, people in log.staff[0]] == [(0, 0), (9, 1)]


# --- the courier -------------------------------------------------------------------------------


def visits(**courier: Any) -> dict[str, Any]:
    return {"collections": {"noon": {"at": "12:00", "capacity": "3 parcels"}}, **courier}


def test_a_full_network_takes_a_share(floor: str) -> None:
    # 50 % of three is one parcel, as long as the network is full.
    full = {"starts": "2026-12-12T00:00", "ends": "2026-12-13T00:00", "capacity": "50%"}
    stamps, log = by_hand(shop(courier=visits(overloads={"full": full})), floor)
    assert hours(stamps.collected) == [12, 36, 36]
    assert [(visit.capacity, visit.taken) for visit in log.visits] == [(1, 1), (3, 2)]


def test_vans_that_do_not_come(floor: str) -> None:
    stamps, log = by_hand(shop(courier=visits(missing="100%")), floor)
    assert np.isnan(stamps.collected).all()
    assert [visit.planned / HOUR for visit in log.visits] == [12, 36, 60]
    assert all(np.isnan(visit.came) and visit.taken == 0 for visit in log.visits)


def test_vans_that_come_late(floor: str) -> None:
    late = {"share": "100%", "delay": "1h"}
    stamps, log = by_hand(shop(courier=visits(late=late)), floor)
    visit = log.visits[0]
    assert visit == Visit(name="noon", planned=12 * HOUR, came=visit.came, capacity=3, taken=3)
    assert visit.came > 12 * HOUR
    assert stamps.collected.tolist() == [visit.came] * 3


def by_hand(scenario: Scenario, floor: str) -> Any:
    """Three orders that are packed in the morning."""
    work = lines.work_of(lines.jobs_of([HOUR] * 3, [[HOUR] * 3]))
    return run_line(scenario, work, 1, 0, floor)


# --- cancellations and returns -----------------------------------------------------------------


def test_cancelled_orders_leave_and_handled_goods_are_put_back(floor: str) -> None:
    # All three cancel at 1:30. The first is packed by then, the second is in work until 2:00 and
    # put back until 2:10, the third leaves the queue.
    cancellations = {
        "share": "100%",
        "delay": always("90min"),
        "goods_from": "pack",
        "restocking": {"pool": "packers", "work": "600s/parcel"},
    }
    _, stamps, _ = campaign(backlog(3, cancellations=cancellations), floor)
    np.testing.assert_array_equal(stamps.gone / HOUR, [NEVER, 2 + 1 / 6, 1.5])
    np.testing.assert_array_equal(stamps.collected / HOUR, [1, NEVER, NEVER])
    assert starts(stamps, 1) == [2]


def test_returned_parcels_take_people(floor: str) -> None:
    # Both orders are packed by 2:00 and come back at 1:50: ten minutes of work each, after the
    # second order, which the one packer has in hand until 2:00.
    returns = {
        "share": "100%",
        "delay": always("110min"),
        "handling": {"pool": "packers", "work": "600s/parcel"},
    }
    work, stamps, _ = campaign(backlog(2, returns=returns), floor)
    assert work.order_of.tolist() == [0, 1, -1, -1]
    assert work.jobs.is_return.tolist() == [False, False, True, True]
    assert starts(stamps, 1) == [2, 2 + 1 / 6]
    np.testing.assert_array_equal(stamps.gone / 60, [NEVER, NEVER, 130, 140])
    np.testing.assert_array_equal(stamps.collected / 60, [60, 120, NEVER, NEVER])
