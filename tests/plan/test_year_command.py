"""`peakbook plan run`."""

import json

import pytest
from click.testing import CliRunner

from simulate.cli import main
from tests.plan.small_plan import written


@pytest.fixture
def run(tmp_path, monkeypatch):
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "store"))

    def run(*words: str):
        return CliRunner().invoke(main, ["plan", "run", *words])

    return run


def test_the_year_is_told_and_kept(run, tmp_path):
    result = run("--replications", "2", "--jobs", "1")
    assert result.exit_code == 0
    assert result.output.startswith("Small\nThe year sells ")
    assert "2 years simulated, seed 1" in result.output
    (kept,) = (tmp_path / "store").iterdir()
    assert kept.name.endswith("-year.json")


def test_the_document_has_seed_and_number(run):
    document = json.loads(run("annual", "--replications", "2", "--seed", "5", "--json").output)
    assert (document["plan"], document["seed"], document["replications"]) == ("annual", 5, 2)
    assert len(document["days"]) == 92


def test_a_plan_that_is_not_there_is_bad_input(run):
    result = run("anual")
    assert result.exit_code == 2
    assert "did you mean `annual`?" in result.stderr
