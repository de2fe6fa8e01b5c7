"""What the terminal says: the answer, what it costs, and every measure by subject."""

from dataclasses import replace
from pathlib import Path

from simulate.report.terminal import tell
from tests.report.outcomes import estimate, make_subject, with_measures


def told(tmp_path: Path, **measures: float) -> list[str]:
    subject = make_subject(tmp_path)
    changed = {name: estimate(value, 0, "share") for name, value in measures.items()}
    outcome = with_measures(subject.outcome, changed)
    return tell(subject.loaded, outcome).replace("\u00a0", " ").splitlines()


def test_the_cost_is_one_line_of_the_answer(tmp_path: Path) -> None:
    lines = told(tmp_path)
    assert lines[0].strip() == "Double 12"
    answer = "All costs are 34,880 CNY, 8.00 CNY an order; the contribution is 87,200 CNY."
    assert answer in lines


def test_a_scenario_without_prices_says_nothing_of_cost(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    measures = {
        name: each
        for name, each in subject.outcome.measures.items()
        if name not in ("total_cost", "cost_per_order", "contribution")
    }
    text = tell(subject.loaded, replace(subject.outcome, measures=measures))
    assert "All costs" not in text


def test_measures_stand_by_subject(tmp_path: Path) -> None:
    lines = [line.rstrip() for line in told(tmp_path, targets_held_share=0.5)]
    heads = ["Demand", "The promise", "Backlog", "Stations", "People", "Money"]
    places = [lines.index(head) for head in heads]
    assert places == sorted(places)
    held = next(n for n, line in enumerate(lines) if line.startswith("  Campaigns that hold"))
    assert held == lines.index("The promise") + 1
