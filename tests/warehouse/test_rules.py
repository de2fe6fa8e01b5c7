"""Tables of times worked out by hand for urgency, carts, waves, detours, stock, cancellation."""

import numpy as np
import pytest

from simulate.warehouse.floor import UNLIMITED, Floor
from tests.warehouse.lines import (
    FLOORS,
    NEVER,
    Decision,
    drive,
    jobs_of,
    line_of,
    once,
    started,
)

pytestmark = pytest.mark.parametrize("floor", FLOORS)


def staff(time: float, people: int, pool: int = 0) -> Decision:
    return (time, "set_staff", (pool, people))


# --- urgency -----------------------------------------------------------------------------------


def test_the_most_urgent_goes_first_then_who_joined_first(floor: type[Floor]) -> None:
    # While 0 is worked on until 10, 1 (class 5), 2 and 3 (class 1) join.
    jobs = jobs_of([0, 1, 2, 3], [[10, 1, 1, 1]], urgency=[5, 5, 1, 1])
    stamps = drive(floor, line_of([0], by_urgency=True), jobs, [staff(0, 1)], 99)
    assert once(stamps, 1) == [[0, 12, 10, 11]]


def test_a_shared_pool_takes_the_most_urgent_of_its_stations(floor: type[Floor]) -> None:
    # At 5 order 0 (class 3) joins station 1; order 1 (class 0) joined station 0 at 4.
    jobs = jobs_of([0, 4], [[5, 5], [3, 3]], urgency=[3, 0])
    stamps = drive(floor, line_of([0, 0], by_urgency=True), jobs, [staff(0, 1)], 99)
    assert once(stamps, 2) == [[0, 5], [13, 10]]


# --- carts and waves ---------------------------------------------------------------------------


def test_a_cart_takes_who_is_there_and_all_are_done_together(floor: type[Floor]) -> None:
    # At 0 only order 0 is there: set-up 4 and work 6, until 10. Then 1, 2, 3 at once:
    # 4 + 1 + 2 + 3, until 20. Order 4 finds the cart full.
    line = line_of([0, 1], cart=[3, 1], cart_setup=[4.0, 0.0])
    jobs = jobs_of([0, 1, 2, 3, 4], [[6, 1, 2, 3, 5], [1] * 5])
    stamps = drive(floor, line, jobs, [staff(0, 1), staff(0, 9, pool=1)], 99)
    assert once(stamps, 2) == [[0, 10, 10, 10, 20], [10, 20, 20, 20, 29]]


def test_a_wave_of_a_count(floor: type[Floor]) -> None:
    # Waves of two: at 1 when the second has come, at 5; the fifth waits for ever.
    jobs = jobs_of([0, 1, 3, 5, 6], [[1] * 5])
    stamps = drive(floor, line_of([0], wave=[2]), jobs, [staff(0, 9)], 99)
    assert once(stamps, 1) == [[1, 1, 5, 5, None]]
    assert stamps.place.tolist() == [-1, -1, -1, -1, 0]
    assert stamps.joined[4] == 6


def test_a_wave_by_the_clock_lets_in_who_waits(floor: type[Floor]) -> None:
    # Order 1 comes at 9 and is let in at 10; order 2 comes at 10, passes the ERP after the
    # decisions of 10, and misses it.
    jobs = jobs_of([0, 9, 10], [[1] * 3])
    taken: list[Decision] = [staff(0, 9), (10, "release_wave", (0,)), (20, "release_wave", (0,))]
    stamps = drive(floor, line_of([0], wave=[0]), jobs, taken, 99)
    assert once(stamps, 1) == [[10, 10, 20]]
    assert stamps.visits.joined.tolist() == [0, 9, 10]


# --- exceptions and rework ---------------------------------------------------------------------


def test_a_stopped_order_needs_nobody_and_goes_on_by_itself(floor: type[Floor]) -> None:
    # Order 0 is stopped for 20 after station 0; the one person there goes on with order 1.
    jobs = jobs_of([0, 0], [[2, 2], [3, 3]], delay=[[20, 0], [0, 0]])
    stamps = drive(floor, line_of([0, 1]), jobs, [staff(0, 1), staff(0, 1, pool=1)], 99)
    assert once(stamps, 2) == [[0, 2], [22, 4]]


def test_who_is_stopped_at_the_end_is_told_to_be(floor: type[Floor]) -> None:
    jobs = jobs_of([0], [[2], [3]], delay=[[20], [0]])
    stamps = drive(floor, line_of([0, 1]), jobs, [staff(0, 1)], 10)
    assert stamps.place.tolist() == [5]  # two stations, ERP, stock, dock, then stopped
    assert stamps.joined.tolist() == [2]


def test_rework_comes_again_behind_those_who_wait(floor: type[Floor]) -> None:
    # Station 1 sends order 0 back to station 0 twice: there it waits for order 1 at first.
    jobs = jobs_of([0, 1], [[4, 4], [1, 1]], rework=[[0, 0], [2, 0]])
    line = line_of([0, 1], rework_to=[-1, 0])
    stamps = drive(floor, line, jobs, [staff(0, 1), staff(0, 1, pool=1)], 99)
    # 0: 0-4, checked 4-5, back at 5 behind order 1 (4-8): 8-12, 12-13, 13-17, 17-18.
    assert started(stamps, 2) == [[[0, 8, 13], [4]], [[4, 12, 17], [8]]]
    assert stamps.collected.tolist() == [18, 9]


def test_rework_of_one_station_repeats_it(floor: type[Floor]) -> None:
    jobs = jobs_of([0], [[4]], rework=[[2]])
    stamps = drive(floor, line_of([0], rework_to=[0]), jobs, [staff(0, 1)], 99)
    assert started(stamps, 1) == [[[0, 4, 8]]]


# --- places, slowness, crowding ----------------------------------------------------------------


def test_a_station_has_so_many_places(floor: type[Floor]) -> None:
    # Three people and two places; at 5 one is left, but who is there goes on.
    jobs = jobs_of([0] * 4, [[10, 10, 3, 3]])
    taken: list[Decision] = [staff(0, 3), (0, "set_places", (0, 2)), (5, "set_places", (0, 1))]
    stamps = drive(floor, line_of([0]), jobs, taken, 99)
    assert once(stamps, 1) == [[0, 0, 10, 13]]


def test_a_full_station_leaves_people_to_others_of_their_pool(floor: type[Floor]) -> None:
    # Two people, station 0 has one place: the other goes to station 1.
    jobs = jobs_of([0, 0, 0], [[10, 10, 10], [4, 4, 4]], skips=[0, 0, 1])
    stamps = drive(floor, line_of([0, 0]), jobs, [staff(0, 2), (0, "set_places", (0, 1))], 99)
    assert once(stamps, 2)[0][:2] == [0, 10]
    assert once(stamps, 2)[1][2] == 0


def test_slowness_holds_for_work_that_begins_from_then_on(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0, 0], [[10, 10, 10]])
    stamps = drive(floor, line_of([0]), jobs, [staff(0, 1), (5, "set_slowness", (0, 1.5))], 99)
    assert stamps.collected.tolist() == [10, 25, 40]


def test_everybody_beyond_a_number_slows_all_who_begin(floor: type[Floor]) -> None:
    # The first alone: 10. The second makes one too many: 12. The third two: 14.
    line = line_of([0], crowd_from=[1], crowd_slowdown=[0.2])
    jobs = jobs_of([0, 0, 0], [[10, 10, 10]])
    assert drive(floor, line, jobs, [staff(0, 3)], 99).collected.tolist() == [10, 12, 14]


# --- stock -------------------------------------------------------------------------------------


def test_orders_wait_for_stock_and_others_pass(floor: type[Floor]) -> None:
    # One unit of group 0, none of group 1. Orders of no group pass. At 10 one unit of each comes.
    jobs = jobs_of([0, 1, 2, 3, 4], [[1] * 5], group=[0, 0, 1, -1, 0])
    taken: list[Decision] = [staff(0, 9), (10, "add_stock", (0, 1)), (10, "add_stock", (1, 5))]
    stamps = drive(floor, line_of([0]), jobs, taken, 99, stock=[1, 0])
    np.testing.assert_array_equal(stamps.released, [0, 10, 10, 3, NEVER])
    assert stamps.place.tolist() == [-1, -1, -1, -1, 2]


def test_waiting_for_stock_uses_up_the_quota(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0], [[1, 1]], group=[0, -1])
    taken: list[Decision] = [staff(0, 9), (0, "set_quota", (1,)), (5, "set_quota", (1,))]
    stamps = drive(floor, line_of([0]), jobs, taken, 99, stock=[0])
    np.testing.assert_array_equal(stamps.released, [NEVER, 5])


# --- cancellation ------------------------------------------------------------------------------


def test_who_waits_leaves_at_once(floor: type[Floor]) -> None:
    # Order 1 waits at the station, order 2 in the ERP.
    jobs = jobs_of([0, 0, 0], [[10, 10, 10]], cancelled=[np.inf, 4, 4], skips=[0, 0, 0])
    taken: list[Decision] = [staff(0, 1), (0, "set_quota", (2,))]
    stamps = drive(floor, line_of([0], goods_from=1), jobs, taken, 99)
    np.testing.assert_array_equal(stamps.gone, [NEVER, 4, 4])
    assert once(stamps, 1) == [[0, None, None]]


def test_who_is_worked_on_leaves_when_that_work_is_done(floor: type[Floor]) -> None:
    jobs = jobs_of([0], [[10], [5]], cancelled=[4])
    stamps = drive(floor, line_of([0, 0], goods_from=2), jobs, [staff(0, 1)], 99)
    np.testing.assert_array_equal(stamps.gone, [10])
    assert once(stamps, 2) == [[0], [None]]


def test_handled_goods_are_put_back_by_people(floor: type[Floor]) -> None:
    # Station 1 handles goods. 0 is cancelled at 12, in work there until 15; restocking takes 3.
    # 1 is cancelled at 3, before anybody handled it: gone at once.
    jobs = jobs_of([0, 0], [[10, 10], [5, 5], [3, 3]], skips=[0b100, 0b100], cancelled=[12, 3])
    line = line_of([0, 1, 2], goods_from=1, restock=2, main=2)
    taken = [staff(0, 1, pool=pool) for pool in range(3)]
    stamps = drive(floor, line, jobs, taken, 99)
    assert once(stamps, 3) == [[0, None], [10, None], [15, None]]
    assert stamps.gone.tolist() == [18, 3]


def test_a_cancelled_order_frees_its_unit_when_it_is_gone(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0], [[10, 10]], group=[0, 0], cancelled=[4, np.inf])
    stamps = drive(floor, line_of([0], goods_from=1), jobs, [staff(0, 2)], 99, stock=[1])
    assert stamps.released.tolist() == [0, 10]
    assert once(stamps, 1) == [[0, 10]]


def test_dispatched_is_too_late(floor: type[Floor]) -> None:
    # Done at 10 in the first step of the instant, cancelled at 10 in the second: dispatched.
    jobs = jobs_of([0], [[10]], cancelled=[10])
    collect: Decision = (20, "collect", (UNLIMITED,))
    stamps = drive(floor, line_of([0], courier=True), jobs, [staff(0, 1), collect], 99)
    assert stamps.collected.tolist() == [20]
    assert np.isnan(stamps.gone).all()


# --- returns -----------------------------------------------------------------------------------


def test_returns_go_past_erp_and_courier_to_their_station(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0], [[0, 5], [7, 0]], skips=[0b01, 0b10], is_return=[True, False])
    line = line_of([0, 0], courier=True, main=1)
    taken: list[Decision] = [staff(0, 1), (0, "set_quota", (0,)), (20, "set_quota", (9,))]
    stamps = drive(floor, line, jobs, taken, 99)
    assert once(stamps, 2) == [[None, 20], [0, None]]
    np.testing.assert_array_equal(stamps.gone, [7, NEVER])
    np.testing.assert_array_equal(stamps.dispatched, [NEVER, 25])
