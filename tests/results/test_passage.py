import numpy as np

from simulate.results.passage import passage
from simulate.warehouse.floor import Stamps
from tests.results.campaigns import HOUR, by_hand
from tests.warehouse.lines import NEVER, jobs_of, line_of


def test_the_whole_way() -> None:
    way = by_hand().way
    assert (way.queued[0] / HOUR).tolist() == [0, 0.5, 1, 1.25]
    assert (way.started[0] / HOUR).tolist() == [0, 0.5, 1, 1.5]
    assert (way.finished[0] / HOUR).tolist() == [1, 1.5, 3, 2.5]
    assert (way.dispatched / HOUR).tolist() == [1, 1.5, 3, 2.5]
    np.testing.assert_array_equal(way.collected / HOUR, [6, 6, NEVER, 6])


def test_who_is_inside_is_late_and_its_lead_time_goes_on() -> None:
    way = by_hand().way
    assert (way.lead_times / HOUR).tolist() == [7, 5.5, 11, 4.75]
    # Collected at its very deadline is on time.
    assert way.on_time.tolist() == [False, True, False, True]


def test_work_is_finished_only_if_it_ended_within_the_run() -> None:
    # Ends at 9, 10 and 11; the run ended at 10, and 10 still counts.
    jobs = jobs_of([0, 0, 0], [[9, 10, 11]])
    stamps = Stamps(
        released=np.zeros(3),
        started=np.zeros((1, 3)),
        collected=np.array([9, 10, NEVER]),
        ended=10.0,
    )
    way = passage(line_of([0]), jobs, stamps, jobs.ready, np.full(3, np.inf))
    np.testing.assert_array_equal(way.finished, [[9, 10, NEVER]])
    np.testing.assert_array_equal(way.dispatched, [9, 10, NEVER])


def test_an_order_joins_the_next_station_that_it_does_not_skip() -> None:
    # Order 0 goes all the way, 1 passes by the middle, 2 by all; 3 was never released.
    jobs = jobs_of([0, 0, 0, 0], [[1] * 4, [2] * 4, [4] * 4], skips=[0, 0b010, 0b111, 0])
    stamps = Stamps(
        released=np.array([0, 0, 5, NEVER]),
        started=np.array(
            [[0, 0, NEVER, NEVER], [3, NEVER, NEVER, NEVER], [6, 2, NEVER, NEVER]], float
        ),
        collected=np.array([10, 6, 5, NEVER]),
        ended=50.0,
    )
    way = passage(line_of([0, 0, 0]), jobs, stamps, jobs.ready, np.full(4, np.inf))
    np.testing.assert_array_equal(
        way.queued, [[0, 0, NEVER, NEVER], [1, NEVER, NEVER, NEVER], [5, 1, NEVER, NEVER]]
    )
    np.testing.assert_array_equal(way.dispatched, [10, 6, 5, NEVER])
