"""The questions' commands as a planner meets them."""

import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.test_cli import SMALL, peakbook

VARIED = (
    SMALL
    + """\
replications: 3
variants:
  busy: {title: Twice as busy, traffic: 2x}
  two: {title: Two packers, pools: {packers: {shifts: {always: {people: 2 people}}}}}
"""
)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A playbook with one scenario that lists variants, and an empty run store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    Path("mkdocs.yml").write_text("site_name: Try\n")
    file = Path("content/scenarios/small.yml")
    file.parent.mkdir(parents=True)
    file.write_text(VARIED)
    return file


def test_variants_are_held_against_their_scenario(small):
    result = peakbook("variants", "small", "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert "B  Twice as busy" in result.stdout
    assert "traffic: – -> 2x" in result.stdout
    assert "3 replications each, seed 1" in result.stdout


def test_two_scenarios_are_compared_in_one_document(small):
    result = peakbook("compare", "small", "small:two", "--jobs", 1, "--json")
    assert result.exit_code == 0, result.output
    first, two = json.loads(result.stdout)["scenarios"]
    assert (first["scenario"], two["scenario"]) == ("small", "small:two")
    assert two["differences"]["paid_orders"]["word"] == "same"
    assert two["differences"]["lead_time_mean"]["word"] == "less"
    change = {"input": "pools.packers.shifts.always.people", "before": "1 person",
              "after": "2 people"}  # fmt: skip
    assert two["changes"] == [change]


def test_the_number_of_processes_does_not_show(small, monkeypatch, tmp_path):
    one = peakbook("variants", "small", "--jobs", 1, "--json")
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "others"))
    two = peakbook("variants", "small", "--jobs", 2, "--json")
    assert one.stdout == two.stdout != ""


def test_a_scenario_is_compared_with_itself_as_it_was(small):
    who = ["-c", "user.name=A", "-c", "user.email=a@shop.example", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *words], check=True, capture_output=True)
    small.write_text(VARIED.replace("people: 1 person", "people: 3 people"))
    result = peakbook("compare", "small@HEAD", "small", "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert "A  One packer, as of HEAD" in result.stdout
    assert "pools.packers.shifts.always.people: 1 person -> 3 people" in result.stdout


def test_a_chart_is_drawn_into_a_file(small):
    result = peakbook("variants", "small", "--jobs", 1, "--chart", "variants.svg")
    assert result.exit_code == 0, result.output
    assert "</svg>" in Path("variants.svg").read_text(encoding="utf-8")


def test_a_workbook_has_every_measure_of_every_plan(small):
    result = peakbook("variants", "small", "--jobs", 1, "--xlsx", "variants.xlsx")
    assert result.exit_code == 0, result.output
    book = load_workbook("variants.xlsx")
    assert book.sheetnames == ["Compared", "Orders waiting", "Changes"]
    rows = [row for row in book["Compared"].iter_rows(values_only=True) if row[0] == "Orders paid"]
    assert [row[1] for row in rows] == ["As planned", "Twice as busy", "Two packers"]
    assert rows[1][6] == pytest.approx(rows[1][3] - rows[0][3])
    assert [row[9] for row in rows[1:]] == ["more", "no difference"]
    changes = list(book["Changes"].iter_rows(values_only=True))
    assert changes[1] == ("Twice as busy", "traffic", "–", "2x")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["compare", "small"], "there is nothing to compare: name two scenarios or more"),
        (["compare", "small", "small"], "`small` is named twice"),
        (["compare", "small", "smal"], "there is no scenario `smal`, did you mean `small`?"),
        (["compare", "small", "small@v1"], "the playbook is not kept in git"),
        (["variants", "small:busy"], "`small:busy` lists no variants"),
        (["variants", "small", "--xlsx", "a.csv"], "`a.csv` is no workbook"),
        (["variants", "small", "--chart", "a.png"], "`a.png` must end in `.svg`"),
    ],
)
def test_what_cannot_be_asked(small, words, complaint):
    result = peakbook(*words, "--jobs", 1)
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert "Traceback" not in result.output
