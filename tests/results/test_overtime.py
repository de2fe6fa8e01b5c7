import numpy as np

from simulate.demand.orders import paid_orders
from simulate.results.overtime import beyond
from simulate.results.passage import passage
from simulate.results.tally import tally
from simulate.warehouse.floor import Jobs, Line
from simulate.warehouse.log import Log
from simulate.warehouse.simpy_floor import SimpyFloor
from tests.results.campaigns import HOUR, book
from tests.warehouse.lines import Decision, drive, jobs_of, line_of, work_of

Steps = list[tuple[float, int]]


def overtime_by_station(line: Line, jobs: Jobs, steps: Steps, until: float) -> list[float]:
    """Person-seconds beyond `steps`, which are also who is at work."""
    decisions: list[Decision] = [(time, "set_staff", (0, people)) for time, people in steps]
    stamps = drive(SimpyFloor, line, jobs, decisions, until)
    times, people = np.array(steps, float).T
    orders = paid_orders(book((jobs.ready / HOUR).tolist()))
    way = passage(line, work_of(jobs), orders, stamps, Log(staff=[list(steps)]))
    leads = np.ones(len(way.visits.job), np.bool_)
    found: list[float] = beyond(way, leads, [(times, people.astype(np.int64))], until).tolist()
    return found


def overtime(work: list[float], steps: Steps, until: float = 99) -> float:
    jobs = jobs_of([0.0] * len(work), [work])
    (seconds,) = overtime_by_station(line_of([0]), jobs, steps, until)
    return seconds


def test_none() -> None:
    assert overtime([5, 5], [(0, 2), (10, 0)]) == 0
    assert overtime([10, 10], [(0, 2), (10, 0)]) == 0


def test_until_the_order_in_hand_is_done() -> None:
    assert overtime([12, 15, 8], [(0, 3), (10, 0)]) == 2 + 5


def test_who_is_done_first_goes_home() -> None:
    # Three are busy, one stays: the ends at 12 and 15 are of those who go.
    assert overtime([12, 15, 20], [(0, 3), (10, 1)]) == 2 + 5


def test_a_second_step_down() -> None:
    # From 10 on two for one (the end at 14), from 12 on one more: ends at 14 and 20.
    assert overtime([20, 14], [(0, 2), (10, 1), (12, 0)]) == (12 - 10) + (14 - 12) + (20 - 12)


def test_a_step_up_that_does_not_reach_all_who_are_busy() -> None:
    # Three stay from 10 on; at 12 one of them is on duty again, and the two others are not.
    assert overtime([20, 20, 20], [(0, 3), (10, 0), (12, 1)]) == 3 * 2 + 2 * 8


def test_up_to_the_end_of_the_run() -> None:
    assert overtime([50], [(0, 1), (10, 0)], until=30) == 20


def test_of_each_station_in_a_shared_pool() -> None:
    # At 10 order 0 is at station 1 (8 to 13) and order 1 at station 0 (0 to 11); nobody stays.
    line, jobs = line_of([0, 0]), jobs_of([0, 0], [[8, 11], [5, 5]])
    assert overtime_by_station(line, jobs, [(0, 2), (10, 0)], 99) == [1, 3]


def test_one_person_a_cart() -> None:
    # One person takes both orders of the cart, 12 seconds of work, and goes home at 10.
    line, jobs = line_of([0], cart=[2]), jobs_of([0, 0], [[6, 6]])
    stamps = drive(SimpyFloor, line, jobs, [(0, "set_staff", (0, 1))], 99)
    way = passage(
        line, work_of(jobs), paid_orders(book([0, 0])), stamps, Log(staff=[[(0, 1), (10, 0)]])
    )
    leads = tally(way, np.array([0.0, 99]), 99).leads
    assert leads.tolist() == [True, False]
    assert beyond(way, leads, [way.log.steps(0)], 99).tolist() == [2]


def test_of_each_pool_by_its_own_level() -> None:
    # Order 0 is at the first station to 8 and at the second to 17, order 1 to 3 and to 14.
    line, jobs = line_of([0, 1]), jobs_of([0, 0], [[8, 3], [9, 11]])
    both = [(0.0, "set_staff", (0, 2)), (0.0, "set_staff", (1, 2))]
    stamps = drive(SimpyFloor, line, jobs, both, 99)
    log = Log(staff=[[(0.0, 2)], [(0.0, 2)]])
    way = passage(line, work_of(jobs), paid_orders(book([0, 0])), stamps, log)
    leads = np.ones(4, np.bool_)
    levels = [
        (np.array([0.0, 7]), np.array([2, 0])),
        (np.array([0.0, 12, 13]), np.array([2, 1, 2])),
    ]
    # At 7 only order 0 is in hand at the first; at 12 both are at the second, until 13.
    assert beyond(way, leads, levels, 99).tolist() == [1, 1]
