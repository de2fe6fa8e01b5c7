"""Points of a search: on the same customers, never simulated twice, gone on with."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from simulate.experiment.points import Points
from simulate.experiment.replications import batches, replicate
from simulate.experiment.stopping import Stopping
from simulate.experiment.workers import Here, Processes
from simulate.results.sample_store import Sample, SampleStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded, load

TINY = Path(__file__).parents[1] / "results" / "tiny.yml"


class InterruptedSearchError(Exception):
    pass


class Stopped(Here):
    """Somebody who is interrupted after so many tasks."""

    def __init__(self, after: int) -> None:
        self.after = after

    def results(self, tasks: Sequence[Callable[[], Any]]) -> Iterator[Any]:
        yield from islice(super().results(tasks), self.after)
        raise InterruptedSearchError


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(TINY)


@pytest.fixture(scope="module")
def measures(loaded: Loaded) -> list[Sample]:
    return [each.measures for each in replicate(loaded.scenario, 3, 40)]


def clear_after(loaded: Loaded, samples: Sequence[Sample]) -> int:
    stopping = Stopping(loaded.scenario)
    return next(n for n in range(5, 41, 5) if n == 40 or stopping.may_stop(samples[:n]))


def test_batches_end_at_whole_fives() -> None:
    assert batches(0, 12) == [range(5), range(5, 10), range(10, 12)]
    assert batches(7, 12) == [range(7, 10), range(10, 12)]
    assert batches(12, 12) == batches(13, 12) == []


def test_every_point_has_the_measures_of_its_replications(
    loaded: Loaded, measures: list[Sample]
) -> None:
    double = changed(loaded, {"traffic": "3x"})
    one, other, again = Points().at([loaded, double, loaded], 3, 7)
    assert repr(one) == repr(again) == repr(measures[:7])
    assert repr(other) == repr([each.measures for each in replicate(double.scenario, 3, 7)])


def test_what_is_known_is_not_simulated_again(loaded: Loaded, tmp_path: Path) -> None:
    done: list[int] = []
    first = Points(store=SampleStore(tmp_path), done=done.append)
    seven = first.at([loaded], 3, 7)
    twelve = first.at([loaded], 3, 12)
    assert done == [5, 2, 3, 2]
    second = Points(store=SampleStore(tmp_path), done=done.append)
    assert repr(second.at([loaded], 3, 12)) == repr(twelve)
    assert repr(second.at([loaded], 3, 7)) == repr(seven)
    assert done == [5, 2, 3, 2]


def test_it_stops_when_the_verdict_is_clear(loaded: Loaded, measures: list[Sample]) -> None:
    expected = clear_after(loaded, measures)
    assert expected < 40
    found = Points().until_clear(loaded, 3, 40)
    assert repr(found) == repr(measures[:expected])
    assert repr(Points(Processes(2)).until_clear(loaded, 3, 40)) == repr(found)


@pytest.mark.parametrize("known", [3, 5, 12, 30])
def test_where_it_stops_does_not_depend_on_what_is_known(
    loaded: Loaded, measures: list[Sample], known: int, tmp_path: Path
) -> None:
    points = Points(store=SampleStore(tmp_path))
    points.at([loaded], 3, known)
    assert repr(points.until_clear(loaded, 3, 40)) == repr(Points().until_clear(loaded, 3, 40))
    assert repr(points.until_clear(loaded, 3, 7)) == repr(measures[:7])


def test_an_interrupted_search_goes_on_where_it_stopped(loaded: Loaded, tmp_path: Path) -> None:
    double = changed(loaded, {"traffic": "3x"})
    with pytest.raises(InterruptedSearchError):
        Points(Stopped(after=3), SampleStore(tmp_path)).at([loaded, double], 3, 10)
    done: list[int] = []
    found = Points(store=SampleStore(tmp_path), done=done.append).at([loaded, double], 3, 10)
    assert done == [5]
    assert repr(found) == repr(Points().at([loaded, double], 3, 10))


def test_an_interrupted_point_goes_on_where_it_stopped(loaded: Loaded, tmp_path: Path) -> None:
    with pytest.raises(InterruptedSearchError):
        Points(Stopped(after=2), SampleStore(tmp_path)).until_clear(loaded, 3, 40)
    done: list[int] = []
    found = Points(store=SampleStore(tmp_path), done=done.append).until_clear(loaded, 3, 40)
    assert sum(done) == len(found) - 10
    assert repr(found) == repr(Points().until_clear(loaded, 3, 40))
