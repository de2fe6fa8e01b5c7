"""Work as a fluid: what fits into its windows, by hand and against a linear program."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from simulate.experiment.fluid import Windows, most_orders, tightest, waiting, windows

SLOTS = 6


def made(*rows: tuple[int, int, float, float]) -> Windows:
    first, last, work, orders = zip(*rows, strict=True)
    return Windows(
        first=np.array(first), last=np.array(last), work=np.array(work), orders=np.array(orders)
    )


def test_the_tightest_stretch_by_hand() -> None:
    """Six units must be done in slots 1 and 2, which hold four; all eight in four that hold ten."""
    found = made((1, 2, 6.0, 3.0), (0, 3, 2.0, 1.0))
    load, first, last = tightest(found, np.array([2.0, 2.0, 2.0, 4.0]))
    assert (load, first, last) == (1.5, 1, 2)


def test_the_lightest_orders_go_first() -> None:
    """Four units of room: the two orders of one unit each, then half of that of four units."""
    found = made((0, 0, 4.0, 1.0), (0, 0, 2.0, 2.0))
    assert most_orders(found, np.array([4.0])) == pytest.approx(2.5)


def test_everything_that_fits_is_done() -> None:
    found = made((0, 1, 3.0, 5.0), (1, 1, 1.0, 1.0))
    assert most_orders(found, np.array([2.0, 2.0])) == 6
    assert tightest(found, np.array([2.0, 2.0]))[0] == 1


def test_work_for_nobody() -> None:
    found = made((1, 1, 1.0, 1.0))
    assert tightest(found, np.array([5.0, 0.0]))[0] == np.inf
    assert most_orders(found, np.array([5.0, 0.0])) == 0


def test_orders_of_one_window_are_put_together() -> None:
    found = windows(
        np.array([0, 0, 1]), np.array([2, 2, 1]), np.array([1.0, 3.0, 5.0]), 3, share=0.5
    )
    assert found.first.tolist() == [0, 1]
    assert found.last.tolist() == [2, 1]
    assert found.work.tolist() == [2.0, 2.5]
    assert found.orders.tolist() == [1.0, 0.5]


def test_waiting_by_hand() -> None:
    left = waiting(np.array([5.0, 0.0, 4.0]), np.array([2.0, 2.0, 10.0]))
    assert left.tolist() == [3.0, 1.0, 0.0]


WINDOW = st.tuples(
    st.integers(0, SLOTS - 1),
    st.integers(0, SLOTS - 1),
    st.integers(1, 12),
    st.integers(1, 6),
)


@given(
    st.lists(WINDOW, min_size=1, max_size=6),
    st.lists(st.integers(0, 8), min_size=SLOTS, max_size=SLOTS),
)
def test_the_greedy_way_is_the_best(rows: list[tuple[int, int, int, int]], room: list[int]) -> None:
    """Held against a linear program: how much of each window's work is done in which slot."""
    found = made(*((min(a, b), max(a, b), float(work), float(n)) for a, b, work, n in rows))
    capacity = np.array(room, float)
    number = len(rows)
    value = np.repeat(-(found.orders / found.work), SLOTS)
    inside = np.array(
        [[a <= slot <= b for slot in range(SLOTS)]
         for a, b in zip(found.first, found.last, strict=True)]
    )  # fmt: skip
    of_window = np.kron(np.eye(number), np.ones(SLOTS))
    of_slot = np.kron(np.ones(number), np.eye(SLOTS))
    best = linprog(
        value,
        A_ub=np.vstack([of_window, of_slot]),
        b_ub=np.concatenate([found.work, capacity]),
        bounds=[(0, None if allowed else 0) for allowed in inside.ravel()],
    )
    assert most_orders(found, capacity) == pytest.approx(-best.fun, abs=1e-6)
    fits = -best.fun >= found.orders.sum() - 1e-6
    assert (tightest(found, capacity)[0] <= 1 + 1e-9) == fits
