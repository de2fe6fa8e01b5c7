"""Grids: their axes, their order, and that their numbers are those of a run."""

from pathlib import Path

import pytest

from simulate.experiment.answer import answer
from simulate.experiment.points import Points
from simulate.experiment.varied import varied
from simulate.experiment.whatif import (
    Axis,
    axis_of,
    changes_at,
    parse_axis,
    point_at,
    stated_axes,
    whatif,
)
from simulate.results.store import RunStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError
from tests.experiment.test_varied import small

SLIDERS = """\
whatif:
  traffic: {least: 1x, most: 4x, step: 1.5x}
  pools.crew.shifts.day.people: {least: 2 people, most: 3 people, step: 1 person}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return small(tmp_path, SLIDERS)


def test_axes_of_the_scenario(loaded: Loaded) -> None:
    assert stated_axes(loaded) == [
        Axis(path="traffic", planned="1x", values=("1x", "2.5x", "4x"), first=1, step=1.5,
             unit="x", start=0),
        Axis(path="pools.crew.shifts.day.people", planned="3 people",
             values=("2 people", "3 people"), first=2, step=1, unit="people", start=1),
    ]  # fmt: skip


def test_an_axis_of_the_command_line(loaded: Loaded) -> None:
    axis = parse_axis(loaded, "traffic=0.7x..1.3x:0.1x")
    assert axis.values == ("0.7x", "0.8x", "0.9x", "1x", "1.1x", "1.2x", "1.3x")
    assert axis.start == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("traffic", "names no values"),
        ("traffic=1x..2x", "names no values"),
        ("traffic=1x..2x:2x", "takes 1 values"),
        ("traffic=1x..2x:0.001x", "takes 1001 values"),
        ("traffic=1x..2x:1h", "is no step of `traffic`: write `0.25x`"),
        ("traffic=1x..2x:0x", "is no step of `traffic`"),
        ("trafic=1x..2x:1x", "did you mean `traffic`"),
    ],
)
def test_axes_that_cannot_be(loaded: Loaded, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_axis(loaded, text)


def test_a_wrong_step_has_its_place(tmp_path: Path) -> None:
    loaded = small(tmp_path, "whatif: {traffic: {least: 1x, most: 2x, step: 5%}}\n")
    with pytest.raises(InputError, match=r"plan.yml:\d+:\d+: `5%` is no step"):
        stated_axes(loaded)


def test_every_point_has_the_numbers_of_a_run(loaded: Loaded, tmp_path: Path) -> None:
    found = whatif(loaded, Points(), None, replications=3)
    assert [point.at for point in found.points] == [
        (0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1),
    ]  # fmt: skip
    for at in ((0, 1), (2, 0)):
        plan = changed(loaded, dict(changes_at(found.axes, at)))
        run = answer(plan, RunStore(tmp_path / "runs"), replications=3)
        point = point_at(found, at)
        assert point.word == run.verdict.word
        assert point.estimates
        for name, estimate in point.estimates.items():
            assert estimate == run.measures[name]


def test_a_grid_is_kept(loaded: Loaded, tmp_path: Path) -> None:
    done: list[int] = []
    points = Points(done=done.append)
    first = whatif(loaded, points, tmp_path / "runs", replications=2)
    assert sum(done) == 12
    again = whatif(loaded, Points(done=done.append), tmp_path / "runs", replications=2)
    assert again == first
    assert sum(done) == 12


def test_grids_that_cannot_be(loaded: Loaded) -> None:
    traffic = axis_of(varied(loaded, "traffic", "1x", "2x"), "0.05x", loaded)
    with pytest.raises(InputError, match="an input is named twice"):
        whatif(loaded, Points(), None, axes=[traffic, traffic])
    with pytest.raises(InputError, match="at most 3 can be moved"):
        whatif(loaded, Points(), None, axes=[traffic] * 4)
    setup = axis_of(
        varied(loaded, "stations.pack.setup", "40s/order", "60s/order"), "1s/order", loaded
    )
    with pytest.raises(InputError, match="that makes 441 points"):
        whatif(loaded, Points(), None, axes=[traffic, setup])


def test_a_scenario_that_names_no_inputs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no input is named: write `whatif`"):
        whatif(small(tmp_path), Points(), None)
