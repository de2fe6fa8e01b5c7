"""Tables of times worked out by hand, for each rule in `simulate.warehouse.floor`."""

import numpy as np
import pytest

from simulate.warehouse.floor import UNLIMITED, Floor
from tests.warehouse.lines import FLOORS, NEVER, Decision, drive, jobs_of, line_of, once

pytestmark = pytest.mark.parametrize("floor", FLOORS)


def staff(time: float, people: int, pool: int = 0) -> Decision:
    return (time, "set_staff", (pool, people))


def quota(time: float, orders: int) -> Decision:
    return (time, "set_quota", (orders,))


def collect(time: float, capacity: int = UNLIMITED) -> Decision:
    return (time, "collect", (capacity,))


def test_first_come_first_served(floor: type[Floor]) -> None:
    # Two people: 0 and 1 start at once, 2 when 1 is done, 3 when 0 is done.
    jobs = jobs_of([0, 1, 2, 3], [[10, 4, 7, 1]])
    stamps = drive(floor, line_of([0]), jobs, [staff(0, 2)], 99)
    assert stamps.released.tolist() == [0, 1, 2, 3]
    assert once(stamps, 1) == [[0, 1, 5, 10]]
    assert stamps.collected.tolist() == [10, 5, 12, 11]
    assert stamps.ended == 99


def test_equals_go_by_order_number(floor: type[Floor]) -> None:
    # All three join station 1 at 6, from different moments of station 0.
    jobs = jobs_of([0, 1, 2], [[6, 5, 4], [3, 3, 3]])
    stamps = drive(floor, line_of([0, 1]), jobs, [staff(0, 3), staff(0, 1, pool=1)], 99)
    assert once(stamps, 2) == [[0, 1, 2], [6, 9, 12]]


def test_equals_go_by_order_number_also_if_the_larger_joins_first(floor: type[Floor]) -> None:
    # At 5 order 1 joins station 1 straight from the ERP (it passes by station 0). Order 0 ends
    # its zero work at station 0, begun at 5, and joins at 5 too. The one person of station 1
    # comes at 6 and takes order 0 first.
    jobs = jobs_of([5, 5], [[0, 9], [2, 2]], skips=[0b00, 0b01])
    stamps = drive(floor, line_of([0, 1]), jobs, [staff(0, 1), staff(6, 1, pool=1)], 99)
    assert once(stamps, 2) == [[5, None], [6, 8]]


def test_a_shared_pool_takes_the_longest_wait_of_its_stations(floor: type[Floor]) -> None:
    # One person works both stations. At 5 order 0 joins station 1; order 1 has waited at
    # station 0 since 1, order 2 since 6.
    jobs = jobs_of([0, 1, 6], [[5, 5, 5], [3, 3, 3]])
    stamps = drive(floor, line_of([0, 0]), jobs, [staff(0, 1)], 99)
    assert once(stamps, 2) == [[0, 5, 13], [10, 18, 21]]


def test_of_equal_waits_the_station_further_down_goes_first(floor: type[Floor]) -> None:
    # At 5 order 0 joins station 1 and order 1 joins station 0.
    jobs = jobs_of([0, 5], [[5, 5], [3, 3]])
    stamps = drive(floor, line_of([0, 0]), jobs, [staff(0, 1)], 99)
    assert once(stamps, 2) == [[0, 8], [5, 13]]


def test_who_is_busy_at_the_end_of_a_shift_finishes(floor: type[Floor]) -> None:
    # At 10 two of three people are sent home: all three are busy, the one who is done at 12 and
    # the one at 15 go; the next order starts when the last is done at 20.
    jobs = jobs_of([0, 0, 0, 0], [[12, 15, 20, 1]])
    stamps = drive(floor, line_of([0]), jobs, [staff(0, 3), staff(10, 1)], 99)
    assert once(stamps, 1) == [[0, 0, 0, 20]]


def test_an_end_of_work_at_the_very_end_of_a_shift_frees_nobody(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0], [[10, 1]])
    stamps = drive(floor, line_of([0]), jobs, [staff(0, 1), staff(10, 0), staff(30, 1)], 99)
    assert once(stamps, 1) == [[0, 30]]


def test_people_who_come_take_as_many_orders_at_once(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0, 1, 2], [[50, 50, 50, 50]])
    stamps = drive(floor, line_of([0]), jobs, [staff(5, 3)], 40)
    assert once(stamps, 1) == [[5, 5, 5, None]]


def test_a_parcel_done_at_the_moment_of_a_collection_goes_with_it(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0], [[10, 1]])
    stamps = drive(
        floor, line_of([0], courier=True), jobs, [staff(0, 1), collect(10), collect(20)], 99
    )
    assert stamps.collected.tolist() == [10, 20]


def test_work_of_no_time_begun_at_the_moment_of_a_collection_misses_it(floor: type[Floor]) -> None:
    jobs = jobs_of([10, 10], [[0, 0]])
    stamps = drive(
        floor, line_of([0], courier=True), jobs, [staff(0, 1), collect(10), collect(20)], 99
    )
    assert once(stamps, 1) == [[10, 10]]
    assert stamps.collected.tolist() == [20, 20]


def test_work_of_no_time_passes_the_whole_line_at_once(floor: type[Floor]) -> None:
    jobs = jobs_of([7, 7], [[0, 0], [0, 0], [0, 0]])
    stamps = drive(floor, line_of([0, 1, 0]), jobs, [staff(0, 1), staff(0, 1, pool=1)], 99)
    assert once(stamps, 3) == [[7, 7]] * 3
    assert stamps.collected.tolist() == [7, 7]


def test_a_courier_takes_those_dispatched_first(floor: type[Floor]) -> None:
    # Dispatched: order 1 at 2, orders 0 and 2 at 5, order 3 at 6.
    jobs = jobs_of([0, 0, 0, 0], [[5, 2, 5, 6]])
    taken = [staff(0, 4), collect(9, 2), collect(10, 1), collect(11, 0), collect(12, 9)]
    stamps = drive(floor, line_of([0], courier=True), jobs, taken, 99)
    assert stamps.collected.tolist() == [9, 9, 10, 12]


def test_two_collections_at_once_add_up(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0, 0], [[1, 1, 1]])
    taken = [staff(0, 3), collect(5, 1), collect(5, 1)]
    stamps = drive(floor, line_of([0], courier=True), jobs, taken, 99)
    np.testing.assert_array_equal(stamps.collected, [5, 5, NEVER])


def test_the_erp_releases_while_its_quota_lasts(floor: type[Floor]) -> None:
    # Two at 0, and none is left for 3; unused quota does not carry over.
    jobs = jobs_of([0, 0, 0, 3, 25, 25, 25], [[1] * 7])
    taken = [staff(0, 9), quota(0, 2), quota(10, 9), quota(20, 2)]
    stamps = drive(floor, line_of([0]), jobs, taken, 99)
    np.testing.assert_array_equal(stamps.released, [0, 0, 10, 10, 25, 25, NEVER])
    assert once(stamps, 1) == [[0, 0, 10, 10, 25, 25, None]]


def test_an_order_paid_at_the_moment_of_a_new_quota_uses_the_new_one(floor: type[Floor]) -> None:
    jobs = jobs_of([10, 10], [[1, 1]])
    taken = [staff(0, 9), quota(0, 5), quota(10, 1)]
    stamps = drive(floor, line_of([0]), jobs, taken, 99)
    np.testing.assert_array_equal(stamps.released, [10, NEVER])


def test_the_erp_counts_what_it_released(floor: type[Floor]) -> None:
    counted = []

    class Counting(floor):  # type: ignore[valid-type, misc]
        def set_quota(self, orders: int) -> None:
            counted.append(self.released_count())
            super().set_quota(orders)

    jobs = jobs_of([0, 5, 5, 6], [[1] * 4])
    drive(Counting, line_of([0]), jobs, [quota(0, 1), quota(5, 1), quota(6, 9), quota(7, 0)], 99)
    # At 5 and 6 the new arrivals are not released yet.
    assert counted == [0, 1, 2, 4]


def test_parcels_pass_by_what_they_skip(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0, 0], [[5, 5, 5], [2, 2, 2]], skips=[0b01, 0b10, 0b11])
    stamps = drive(floor, line_of([0, 1]), jobs, [staff(0, 1), staff(0, 1, pool=1)], 99)
    assert once(stamps, 2) == [[None, 0, None], [0, None, None]]
    assert stamps.collected.tolist() == [2, 5, 0]


def test_a_parcel_that_skips_every_station_waits_for_the_courier(floor: type[Floor]) -> None:
    # It is released after the decisions of 10, so the collection at 10 is too early.
    jobs = jobs_of([10], [[5]], skips=[1])
    stamps = drive(floor, line_of([0], courier=True), jobs, [collect(10), collect(20)], 99)
    assert stamps.collected.tolist() == [20]


def test_opening_backlog_is_worked_by_order_number(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0, 0, 0], [[4, 3, 2, 1]])
    stamps = drive(floor, line_of([0]), jobs, [staff(0, 1)], 99)
    assert once(stamps, 1) == [[0, 4, 7, 9]]


def test_nobody_at_work(floor: type[Floor]) -> None:
    stamps = drive(floor, line_of([0]), jobs_of([1], [[1]]), [staff(0, 0)], 99)
    assert stamps.released.tolist() == [1]
    assert once(stamps, 1) == [[None]]
    assert np.isnan(stamps.collected).all()


def test_no_orders_at_all(floor: type[Floor]) -> None:
    stamps = drive(floor, line_of([0], courier=True), jobs_of([], [[]]), [collect(5)], 99)
    assert once(stamps, 1) == [[]]
    assert stamps.ended == 99


def test_a_run_ends_with_the_first_step_of_its_last_instant(floor: type[Floor]) -> None:
    # Order 0 is done at 10, when the run ends; order 1 is not taken any more.
    jobs = jobs_of([0, 0], [[10, 0]])
    stamps = drive(floor, line_of([0]), jobs, [staff(0, 1)], 10)
    assert once(stamps, 1) == [[0, None]]
    np.testing.assert_array_equal(stamps.collected, [10, NEVER])


def test_thirty_two_stations(floor: type[Floor]) -> None:
    jobs = jobs_of([0, 0], [[1, 1]] * 32, skips=[0, 2**32 - 2])
    stamps = drive(floor, line_of([0] * 32), jobs, [staff(0, 2)], 99)
    assert stamps.collected.tolist() == [32, 1]
    assert [row[0] for row in once(stamps, 32)] == list(range(32))
