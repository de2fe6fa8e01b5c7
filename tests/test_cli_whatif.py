"""`peakbook sensitivity` and `peakbook whatif`, as a planner calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulate.cli import main
from tests.scenario.small import SMALL

GRID = (
    "--vary",
    "traffic=1x..3x:1x",
    "--vary",
    "pools.crew.shifts.day.people=2 people..3 people:1 person",
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEAKBOOK_STORE", "runs")
    Path("plan.yml").write_text(
        SMALL + "ranges: {traffic: {least: 0.5x, most: 30x}}\n", encoding="utf-8"
    )


def call(*words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--jobs", "1", "--replications", "2"])


def test_a_grid_is_told_and_written(tmp_path: Path) -> None:
    told = call("whatif", "plan.yml", *GRID, "--csv", "points.csv", "--xlsx", "grid.xlsx")
    assert told.exit_code == 0
    assert "6 combinations, 2 replications each, seed 1" in told.output
    assert len(Path("points.csv").read_text(encoding="utf-8-sig").splitlines()) == 7
    assert Path("grid.xlsx").stat().st_size > 0
    document = json.loads(call("whatif", "plan.yml", *GRID, "--json").stdout)
    assert [axis["path"] for axis in document["axes"]] == [
        "traffic",
        "pools.crew.shifts.day.people",
    ]


def test_what_turns_the_verdict_is_told() -> None:
    told = call("sensitivity", "plan.yml", "--xlsx", "inputs.xlsx")
    assert told.exit_code == 0
    assert "The verdict turns with “traffic” between" in told.output
    assert Path("inputs.xlsx").stat().st_size > 0
    document = json.loads(call("sensitivity", "plan.yml", "--json").stdout)
    assert document["swings"][0]["break_evens"][0]["missed"] == ["on_time_share"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["whatif", "plan.yml"], "no input is named"),
        (["whatif", "plan.yml", "--vary", "trafic=1x..2x:1x"], "did you mean `traffic`"),
        (["whatif", "plan.yml", *GRID, "--xlsx", "grid.csv"], "is no workbook"),
        (["sensitivity", "plan.yml", "--measure", "late"], "there is no measure `late`"),
        (["sensitivity", "other.yml"], "there is no file `other.yml`"),
    ],
)
def test_bad_input_has_a_message_and_leaves_nothing(words: list[str], told: str) -> None:
    result = call(*words)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
    assert not Path("grid.csv").exists()
