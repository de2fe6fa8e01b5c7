"""Where the verdict turns: bracketed as narrowly as promised, and confirmed by fresh runs."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.experiment.break_even import PRECISION, Judged, Search, break_evens, judged
from simulate.experiment.points import Points
from simulate.experiment.varied import Varied, varied
from simulate.results.outcome import Estimate
from simulate.scenario.changes import changed
from tests.experiment.test_varied import small


def at_share(mean: float) -> Judged:
    estimate = Estimate(mean=mean, low=mean - 0.01, high=mean + 0.01, unit="share")
    return Judged(
        estimates={"on_time_share": estimate},
        word="pass" if mean > 0.99 else "fail",
        missed=() if mean >= 0.98 else ("on_time_share",),
    )


@given(st.floats(0.51, 1.0))
def test_a_threshold_is_bracketed(threshold: float) -> None:
    """All is on time up to the threshold, and half of it beyond."""
    traffic = Varied(path="traffic", planned="1x", least="0x", most="2x")

    def found(at: float) -> Judged:
        return at_share(1.0 if at <= threshold else 0.5)

    search = Search(each=traffic, end=1.0, tried={0.5: found(0.5)}, near=0.5, far=None)
    search.tell(1.0, found(1.0))
    steps = 0
    while (at := search.next()) is not None:
        search.tell(at, found(at))
        steps += 1
        if search.far is None and not search.reach:
            break
    if search.far is None:
        assert threshold == 1.0
        return
    assert search.near <= threshold < search.far
    assert search.far - search.near <= PRECISION or search.far > 1
    assert steps <= 8


def test_whole_people_are_bracketed_by_neighbours() -> None:
    people = Varied(path="p", planned="2 people", least="2 people", most="40 people")
    search = Search(each=people, end=1.0, tried={0.0: at_share(0.5)}, near=0.0, far=None)
    search.tell(1.0, at_share(1.0))
    while (at := search.next()) is not None:
        number = int(people.at(at).split()[0])
        search.tell(at, at_share(1.0 if number >= 17 else 0.5))
    assert search.far is not None
    bracket = [int(people.at(at).split()[0]) for at in (search.near, search.far)]
    assert bracket[0] < 17 <= bracket[1]
    assert bracket[1] - bracket[0] <= 2


def test_a_turn_that_was_found_is_there(tmp_path: Path) -> None:
    """A fresh run at either value gives the verdict that was told."""
    loaded = small(tmp_path)
    pace = varied(loaded, "stations.pack.setup", "45s/order", "3000s/order")
    points = Points()
    base, low, high = (
        judged(loaded, points.at([changed(loaded, {pace.path: text})], 1, 3)[0])
        for text in (pace.planned, pace.least, pace.most)
    )
    ((turn,),) = break_evens(loaded, points, [pace], base, [(low, high)], 1, 3)
    assert base.missed == ()
    assert turn.missed == ("on_time_share",)
    assert not turn.is_beyond
    for text, is_held in ((turn.holds, True), (turn.breaks, False)):
        run = Points().at([changed(loaded, {pace.path: text})], 1, 3)[0]
        assert (judged(loaded, run).missed == ()) == is_held
    assert pace.position_of(turn.breaks) - pace.position_of(turn.holds) <= PRECISION
    assert turn.surely_breaks is not None


def test_a_turn_beyond_the_range_is_told_as_such(tmp_path: Path) -> None:
    loaded = small(tmp_path)
    pace = varied(loaded, "stations.pack.setup", "45s/order", "3000s/order")
    points = Points()

    def look(text: str) -> Judged:
        return judged(loaded, points.at([changed(loaded, {pace.path: text})], 1, 3)[0])

    ((turn,),) = break_evens(
        loaded, points, [pace], look(pace.planned), [(look(pace.least), look(pace.most))], 1, 3
    )
    # An end that misses something, and still holds on average.
    last = round(pace.position_of(turn.holds) * 100)
    near = next(
        pace.at(at / 100)
        for at in range(last, 0, -1)
        if 0.98 <= look(pace.at(at / 100)).estimates["on_time_share"].mean < 1
    )
    short = replace(pace, most=near)
    ((beyond,),) = break_evens(
        loaded, points, [short], look(pace.planned), [(look(pace.least), look(near))], 1, 3
    )
    assert beyond.is_beyond


def test_what_changes_nothing_turns_nothing(tmp_path: Path) -> None:
    loaded = small(tmp_path, "costs: {parcel: 4 CNY/parcel}\n")
    price = varied(loaded, "costs.parcel", "3 CNY/parcel", "6 CNY/parcel")
    points = Points()
    base = judged(loaded, points.at([loaded], 1, 2)[0])
    assert break_evens(loaded, points, [price], base, [(base, base)], 1, 2) == [()]


@pytest.mark.parametrize(("mean", "missed"), [(0.99, ()), (0.9, ("on_time_share",))])
def test_targets_are_held_on_average(tmp_path: Path, mean: float, missed: tuple[str, ...]) -> None:
    samples = [{"on_time_share": mean - 0.01}, {"on_time_share": mean + 0.01}]
    assert judged(small(tmp_path), samples).missed == missed
