"""The ends of work: always the next one, and whose it is."""

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.warehouse import ends
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.compiling import compiled
from tests.warehouse.lines import jobs_of, line_of

BITS = 3
MOST_TICKS = 2**40


@compiled
def end_at(tree: ends.Ints, bits: int, person: int, time: float) -> None:
    ends.set_end(tree, bits, person, time)


@compiled
def stop(tree: ends.Ints, bits: int, person: int) -> None:
    ends.set_key(tree, bits, person, ends.NEVER)


@compiled
def first(tree: ends.Ints, bits: int) -> tuple[float, int, bool]:
    return ends.next_end(tree, bits), ends.whose_end(tree, bits), ends.is_alone(tree, bits)


changes = st.lists(
    st.tuples(
        st.integers(0, 2**BITS - 1),
        st.one_of(st.none(), st.integers(0, 3), st.integers(0, MOST_TICKS)),
    ),
    max_size=30,
)


def carried_out(tree: ends.Ints, bits: int, steps: list[tuple[int, int | None]]) -> dict[int, int]:
    """Carry out (person, ticks or None for no work any more), and return who works until when."""
    working: dict[int, int] = {}
    for person, ticks in steps:
        if ticks is None:
            stop(tree, bits, person)
            working.pop(person, None)
        else:
            end_at(tree, bits, person, ticks / ends.TICKS)
            working[person] = ticks
    return working


def told(tree: ends.Ints, bits: int) -> tuple[float, int, bool]:
    time, person, is_alone = first(tree, bits)
    return time * ends.TICKS, int(person), bool(is_alone)


@settings(deadline=None)
@given(changes)
def test_the_next_end_is_the_least(steps: list[tuple[int, int | None]]) -> None:
    tree = ends.empty(BITS)
    working = carried_out(tree, BITS, steps)
    if working:
        least = min(working.values())
        people = [person for person, ticks in working.items() if ticks == least]
        assert told(tree, BITS) == (least, min(people), len(people) == 1)
    else:
        assert first(tree, BITS)[0] > ends.horizon(BITS)


@settings(deadline=None)
@given(changes)
def test_room_for_more_people_keeps_the_ends(steps: list[tuple[int, int | None]]) -> None:
    tree = ends.empty(BITS)
    working = carried_out(tree, BITS, steps)
    grown = ends.more(tree, BITS, BITS + 2)
    again = ends.empty(BITS + 2)
    carried_out(again, BITS + 2, list(working.items()))
    np.testing.assert_array_equal(grown, again)


def test_what_ends_after_the_horizon_is_still_an_end() -> None:
    tree = ends.empty(BITS)
    end_at(tree, BITS, 5, 1e300)
    assert first(tree, BITS)[:2] == (ends.horizon(BITS), 5)


def test_a_floor_does_not_run_past_what_it_can_tell_apart() -> None:
    floor = CompiledFloor(
        simpy.Environment(), line_of([0]), jobs_of([0.0], [[1.0]]), np.zeros(0, np.int64)
    )
    floor.set_staff(0, 1)
    floor.advance(2.0)
    with pytest.raises(OverflowError, match="too late"):
        floor.advance(1e15)
