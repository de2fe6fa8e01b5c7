"""Small lines and jobs by hand, and a way to drive a floor through given decisions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import simpy

from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.floor import Floor, Jobs, Line, Stamps
from simulate.warehouse.instants import decision_at
from simulate.warehouse.simpy_floor import SimpyFloor

FLOORS = (CompiledFloor, SimpyFloor)
NEVER = float("nan")

Decision = tuple[float, str, tuple[int, ...]]
"""When, the name of a Floor's method, and its arguments."""


def line_of(pool_of: Sequence[int], *, courier: bool = False) -> Line:
    """A line whose station s is worked by pool `pool_of[s]`."""
    return Line(
        stations=tuple(f"s{index}" for index in range(len(pool_of))),
        pools=tuple(f"p{index}" for index in range(max(pool_of) + 1)),
        pool_of=np.array(pool_of, np.int64),
        has_courier=courier,
    )


def jobs_of(
    ready: Sequence[float], work: Sequence[Sequence[float]], skips: Sequence[int] | None = None
) -> Jobs:
    """Jobs with `work[s][n]` seconds; `skips[n]` are bits."""
    return Jobs(
        ready=np.array(ready, float),
        work=np.array(work, float).reshape(len(work), len(ready)),
        skips=np.array([0] * len(ready) if skips is None else skips, np.uint32),
    )


def drive(
    floor: type[Floor], line: Line, jobs: Jobs, decisions: Sequence[Decision], until: float
) -> Stamps:
    """Take `decisions`, those of an instant in their order, and stop at `until`."""
    env = simpy.Environment()
    under_test = floor(env, line, jobs)

    def decide() -> Any:
        for time, name, arguments in sorted(decisions, key=lambda each: each[0]):
            yield decision_at(env, time)
            under_test.advance(time)
            getattr(under_test, name)(*arguments)
        yield decision_at(env, until)
        under_test.advance(until)

    env.run(until=env.process(decide()))
    return under_test.stamps()


def same(one: Stamps, other: Stamps) -> None:
    """Assert that two floors gave the same stamps, to the last bit."""
    for name in ("released", "started", "collected"):
        first, second = getattr(one, name), getattr(other, name)
        assert first.dtype == second.dtype == np.float64
        assert first.shape == second.shape
        np.testing.assert_array_equal(first.view(np.int64), second.view(np.int64), err_msg=name)
    assert one.ended == other.ended
