import numpy as np

from simulate.results.overtime import overtime_by_station
from simulate.results.passage import Passage, passage
from simulate.warehouse.floor import Jobs, Line
from simulate.warehouse.run import FLOORS
from tests.warehouse.lines import Decision, drive, jobs_of, line_of

Steps = list[tuple[float, int]]


def way_of(line: Line, jobs: Jobs, steps: Steps, until: float) -> Passage:
    decisions: list[Decision] = [(time, "set_staff", (0, people)) for time, people in steps]
    stamps = drive(FLOORS["simpy"], line, jobs, decisions, until)
    return passage(line, jobs, stamps, jobs.ready, np.full(len(jobs.ready), np.inf))


def overtime(work: list[float], steps: Steps, until: float = 99) -> float:
    way = way_of(line_of([0]), jobs_of([0.0] * len(work), [work]), steps, until)
    times, people = np.array(steps, float).T
    return float(overtime_by_station(way, 0, times, people.astype(np.int64))[0])


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
    way = way_of(line, jobs, [(0, 2), (10, 0)], 99)
    beyond = overtime_by_station(way, 0, np.array([0.0, 10]), np.array([2, 0]))
    assert beyond.tolist() == [1, 3]
