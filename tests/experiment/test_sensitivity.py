"""Which inputs decide: strengths worked out by hand, and what a search gives."""

from pathlib import Path

import numpy as np
import pytest

from simulate.experiment.points import Points
from simulate.experiment.sensitivity import (
    PATHS,
    effects_on,
    random_paths,
    sensitivity,
    size_of,
)
from simulate.experiment.workers import workers
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError
from tests.experiment.test_varied import small

RANGES = """\
ranges:
  costs.parcel: {least: 3 CNY/parcel, most: 5 CNY/parcel}
  stations.pack.setup: {least: 40s/order, most: 3000s/order}
costs: {parcel: 4 CNY/parcel}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return small(tmp_path, RANGES)


def test_effects_of_a_straight_line_are_its_slopes() -> None:
    """y = 3 a - b: whatever the others, a moves it by 3 across its range, b by 1, c by nothing."""
    paths = random_paths(3, seed=7)
    assert paths.shape == (PATHS * 4, 3)
    found = effects_on(paths, 3 * paths[:, 0] - paths[:, 1], "orders", 7)
    assert [each.size.mean for each in found] == pytest.approx([3, 1, 0])
    assert [each.scatter for each in found] == pytest.approx([0, 0, 0], abs=1e-9)
    assert found[0].size.low == pytest.approx(3)


def test_inputs_that_act_together_scatter() -> None:
    paths = random_paths(2, seed=7)
    product = effects_on(paths, paths[:, 0] * paths[:, 1], "orders", 7)
    assert all(each.scatter > 0.1 for each in product)


def test_the_paths_depend_on_the_seed_alone() -> None:
    assert np.array_equal(random_paths(4, 1), random_paths(4, 1))
    assert not np.array_equal(random_paths(4, 1), random_paths(4, 2))


def test_the_strongest_stands_first(loaded: Loaded) -> None:
    found = sensitivity(loaded, Points(), None, replications=3)
    pack, price = found.swings
    assert [pack.path, price.path] == ["stations.pack.setup", "costs.parcel"]
    assert (pack.low.written, pack.planned, pack.high.written) == (
        "40s/order", "45s/order", "3000s/order",
    )  # fmt: skip
    assert pack.high.differences["on_time_share"].estimate.mean < 0
    assert price.low.differences["on_time_share"].word == "same"
    assert size_of(price, "on_time_share") == 0
    assert price.effect is not None
    assert price.effect.size.mean == 0
    assert price.break_evens == ()
    assert pack.break_evens[0].missed == ("on_time_share",)


def test_the_number_of_workers_changes_nothing(loaded: Loaded, tmp_path: Path) -> None:
    alone = sensitivity(loaded, Points(), None, replications=2)
    with workers(2) as two:
        assert sensitivity(loaded, Points(workers=two), None, replications=2) == alone


def test_an_answer_is_kept_until_something_changes(loaded: Loaded, tmp_path: Path) -> None:
    done: list[int] = []

    def ask(plan: Loaded) -> object:
        points = Points(done=done.append)
        return sensitivity(plan, points, tmp_path / "runs", measure="total_cost", replications=2)

    first = ask(loaded)
    seen = len(done)
    assert ask(loaded) == first
    assert len(done) == seen
    wider = small(tmp_path, RANGES.replace("3000s", "2500s"))
    assert ask(wider) != first
    assert len(done) > seen


def test_a_measure_that_there_is_not(loaded: Loaded) -> None:
    with pytest.raises(InputError, match="there is no measure `late_order`, did you mean"):
        sensitivity(loaded, Points(), None, measure="late_order", replications=2)
