"""A floor that is given other jobs on the way ends as one that had them from the start."""

from dataclasses import fields
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.warehouse.floor import Floor, Jobs
from simulate.warehouse.recorded import PastChangedError, RecordedFloor
from tests.warehouse import grids
from tests.warehouse.equal import difference
from tests.warehouse.lines import FLOORS, drive, jobs_of, line_of

UNTIL = 99.0


def recorded(kind: type[Floor]) -> Any:
    """Return what opens a recorded floor where a plain one is asked for."""
    return lambda _env, line, jobs, stock: RecordedFloor(kind, line, jobs, stock)


def only(jobs: Jobs, which: Any) -> Jobs:
    """Return some of the jobs."""
    return Jobs(**{field.name: getattr(jobs, field.name)[..., which] for field in fields(Jobs)})


def expect(time: float, jobs: Jobs) -> Any:
    return (time, "expect", (jobs,))


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_on_a_grid_full_of_ties(random: Random) -> None:
    case = grids.drawn(random)
    moments = sorted(float(random.randint(0, 40)) for _ in range(random.randint(1, 3)))
    guesses = [
        only(case.jobs, known | np.array([random.random() < 0.5 for _ in known], np.bool_))
        for known in (case.jobs.ready <= moment for moment in moments)
    ]
    surprises = [
        expect(moment, jobs)
        for moment, jobs in zip(moments, [*guesses[1:], case.jobs], strict=True)
    ]
    for kind in FLOORS:
        found = drive(
            recorded(kind), case.line, guesses[0], [*case.decisions, *surprises], UNTIL, case.stock
        )
        plain = drive(kind, case.line, case.jobs, case.decisions, UNTIL, case.stock)
        assert difference(found, plain) is None


@pytest.mark.parametrize("kind", FLOORS)
def test_a_past_that_changes_is_found_out(kind: type[Floor]) -> None:
    line, staff = line_of([0]), (0.0, "set_staff", (0, 1))
    before, after = jobs_of([0, 2, 9], [[5, 5, 5]]), jobs_of([0, 9], [[5, 5]])
    with pytest.raises(PastChangedError, match="inside"):
        drive(recorded(kind), line, before, [staff, expect(4.0, after)], UNTIL)


@pytest.mark.parametrize("kind", FLOORS)
def test_another_answer_in_the_past_is_found_out(kind: type[Floor]) -> None:
    line = line_of([0], courier=True)
    before, after = jobs_of([0, 0], [[2, 2]]), jobs_of([0, 0], [[2, 4]])
    told = [(0.0, "set_staff", (0, 2)), (3.0, "collect", (9,)), expect(8.0, after)]
    with pytest.raises(PastChangedError, match="collect"):
        drive(recorded(kind), line, before, told, UNTIL)


@pytest.mark.parametrize("kind", FLOORS)
def test_nobody_takes_the_run_to_be_over_while_more_is_expected(kind: type[Floor]) -> None:
    floor = RecordedFloor(kind, line_of([0]), jobs_of([1], [[2]]), np.empty(0, np.int64))
    floor.set_staff(0, 1)
    floor.expects_more = True
    floor.advance(5.0)
    assert not floor.is_empty()
    floor.expects_more = False
    assert floor.is_empty()
