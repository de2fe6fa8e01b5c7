"""Every measure has its subject, and words in both languages."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulate.experiment.answer import answer
from simulate.report.measures import OTHER, SUBJECTS, by_subject, of_a_station
from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.results.store import RunStore
from simulate.scenario.loading import load
from tests.report.outcomes import make_subject

EXAMPLES = sorted((Path(__file__).parents[2] / "content" / "examples").glob("*.yml"))
LISTED = {name for names in SUBJECTS.values() for name in names}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(LISTED))
def test_every_listed_measure_has_words(name: str, language: str) -> None:
    words = load_words(language)
    assert words.find(f"measures.{name}.label")
    assert words.find(f"measures.{name}.definition")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_measure_of_the_examples_is_listed(file: Path, tmp_path: Path) -> None:
    loaded = load(file)
    once = loaded.scenario.model_copy(update={"replications": 1})
    loaded = replace(loaded, scenario=once)
    outcome = answer(loaded, RunStore(tmp_path), jobs=1)
    subject = Subject(loaded=loaded, outcome=outcome, words=load_words("zh"))
    names = set(outcome.measures) - LISTED
    assert {name for name in names if not of_a_station(name, subject)} == set()
    assert all(subject.measure(name)[1] for name in outcome.measures)


def test_stations_stand_in_the_order_of_the_line(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    names = ["wait_scan_mean", "utilisation_pack", "wait_audit_mean", "moves", "pallets"]
    assert by_subject(names, subject) == {
        "stations": ["wait_audit_mean", "utilisation_pack", "wait_scan_mean"],
        "people": ["moves"],
        OTHER: ["pallets"],
    }
