from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulate.results import occupancy
from simulate.scenario.clock import TICK
from tests.warehouse.lines import NEVER

# Three present from 1 to 4, 2 to 3, and 6 onwards; the fourth never comes.
CAME = np.array([1, 2, 6, NEVER])
WENT = np.array([4, 3, NEVER, NEVER])
EDGES = np.array([0.0, 2, 4, 8])


def test_person_time() -> None:
    assert occupancy.person_time(CAME, WENT, EDGES).tolist() == [1, 3, 2]


def test_mean_present() -> None:
    assert occupancy.mean_present(CAME, WENT, EDGES).tolist() == [0.5, 1.5, 0.5]


def test_nobody() -> None:
    nobody = np.empty(0)
    assert occupancy.mean_present(nobody, nobody, EDGES).tolist() == [0, 0, 0]
    assert occupancy.peak(nobody, nobody) == (0, 0.0)
    assert occupancy.first_time_at_most(nobody, nobody, 5, 0) is None
    assert occupancy.counts(nobody, EDGES).tolist() == [0, 0, 0]


def test_after_a_great_many_have_left_exactly_nobody_is_there() -> None:
    draws = np.random.default_rng(1)
    came = np.rint(draws.uniform(0, 5e5, 200_000) / TICK) * TICK
    went = came + np.rint(draws.exponential(2e4, len(came)) / TICK) * TICK
    edges = np.arange(0, 3e6, 3600.0)
    present = occupancy.mean_present(came, went, edges)
    empty = edges[:-1] >= went.max()
    assert empty.sum() > 100
    assert (present[empty] == 0).all()
    assert (present[~empty] > 0).all()


def test_sums_that_overflow_are_right_all_the_same() -> None:
    # A million people for ten years, times a million ticks a second, is beyond 64 bits.
    came, went = np.full(1_000_000, 3e8), np.full(1_000_000, 3e8 + 2)
    assert occupancy.person_time(came, went, np.array([0.0, 3e8 + 1, 4e8])).tolist() == [1e6, 1e6]


times = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9), st.booleans()), max_size=20)


@given(times)
def test_against_counting_second_by_second(stays: list[tuple[int, int, bool]]) -> None:
    came = np.array([float(start) for start, _, _ in stays])
    went = np.array([NEVER if is_in else float(start + n) for start, n, is_in in stays])
    edges = np.array([0.0, 3, 4, 11, 40])
    seconds = np.arange(40)
    inside = np.zeros(40)
    for start, end in zip(came, went, strict=True):
        inside += (seconds >= start) & ~(seconds >= end)
    expected = [inside[int(a) : int(b)].sum() for a, b in pairwise(edges)]
    assert occupancy.person_time(came, went, edges).tolist() == expected
    assert occupancy.peak(came, went)[0] == inside.max()


def test_steps() -> None:
    times, levels = np.array([0.0, 2, 5]), np.array([3, 0, 4])
    edges = np.array([0.0, 1, 4, 6])
    assert occupancy.steps_between(times, levels, edges).tolist() == [3, 3, 4]


def test_what_falls_on_an_edge_counts_after_it() -> None:
    assert occupancy.counts(np.array([0, 1.9, 2, 4, NEVER]), EDGES).tolist() == [2, 1, 1]


def test_peak_is_the_first_time_of_the_most() -> None:
    assert occupancy.peak(CAME, WENT) == (2, 2.0)
    # Who goes at the moment when another comes is gone.
    assert occupancy.peak(np.array([1.0, 3]), np.array([3, NEVER])) == (1, 1.0)
    assert occupancy.peak(np.array([2.0, 2, 2]), np.array([5.0, 5, 5])) == (3, 2.0)


def test_first_time_at_most() -> None:
    came, went = np.array([0.0, 0, 0, 0]), np.array([1.0, 2, 2, 9])
    assert occupancy.first_time_at_most(came, went, 3, 0) == 1
    assert occupancy.first_time_at_most(came, went, 1, 0) == 2
    assert occupancy.first_time_at_most(came, went, 3, 1) == 2
    assert occupancy.first_time_at_most(came, np.array([1, 2, 2, NEVER]), 0, 0) is None
