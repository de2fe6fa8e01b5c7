from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from simulate.experiment.answer import answer, traced_answer
from simulate.experiment.replications import Campaign
from simulate.experiment.workers import Here, Processes
from simulate.results.store import RunStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded, load

TINY = Path(__file__).parents[1] / "results" / "tiny.yml"


@pytest.fixture
def loaded() -> Loaded:
    return load(TINY)


def test_seed_and_replications_are_those_of_the_scenario_unless_given(loaded: Loaded) -> None:
    own = answer(loaded, None)
    assert (own.seed, own.replications, own.floor) == (12, 7, "compiled")
    given = answer(loaded, None, seed=0, replications=2, floor="simpy")
    assert (given.seed, given.replications, given.floor) == (0, 2, "simpy")
    assert given.fingerprint != own.fingerprint


def test_floors_and_processes_give_the_same_but_for_the_floors_name(loaded: Loaded) -> None:
    one = answer(loaded, None)
    assert answer(loaded, None, jobs=2) == one
    assert replace(answer(loaded, None, floor="simpy"), floor="compiled") == one


def test_nothing_is_simulated_twice(loaded: Loaded, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    done: list[int] = []
    first = answer(loaded, store, done=done.append)
    assert done == [5, 7]
    assert answer(loaded, store, done=done.append) == first
    assert answer(loaded, store, done=done.append, seed=12, most=7, jobs=2) == first
    assert done == [5, 7]


def test_another_question_is_simulated(loaded: Loaded, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    answer(loaded, store, replications=2)
    done: list[int] = []
    answer(loaded, store, replications=3, done=done.append)
    answer(loaded, store, replications=2, seed=13, done=done.append)
    answer(loaded, store, replications=2, floor="simpy", done=done.append)
    assert done == [3, 2, 2]
    assert len(list(tmp_path.iterdir())) == 4


def test_a_broken_file_is_simulated_again(loaded: Loaded, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    first = answer(loaded, store, replications=2)
    (file,) = tmp_path.iterdir()
    file.write_text("{", encoding="utf-8")
    done: list[int] = []
    assert answer(loaded, store, replications=2, done=done.append) == first
    assert done == [2]
    assert answer(loaded, store, replications=2, done=done.append) == first
    assert done == [2]


def test_who_wants_to_see_all_campaigns_sees_them_also_if_they_are_kept(
    loaded: Loaded, tmp_path: Path
) -> None:
    store = RunStore(tmp_path)
    first = answer(loaded, store, replications=2)
    seen: list[int] = []

    def look(number: int, campaign: Campaign) -> None:
        seen.append(number)
        assert len(campaign.book) >= len(campaign.orders) > 0

    assert answer(loaded, store, replications=2, seen=look) == first
    assert seen == [0, 1]


def test_a_traced_answer_is_the_same_answer(loaded: Loaded, tmp_path: Path) -> None:
    traced = traced_answer(loaded, None, tmp_path / "orders.csv", replications=3)
    assert traced == answer(loaded, None, replications=3)
    table = pd.read_csv(tmp_path / "orders.csv")
    assert set(table["replication"]) == {0, 1, 2}
    placed = table[~table["status"].isin(("unpaid", "forfeited"))].groupby("replication").size()
    paid, opening = traced.samples["paid_orders"], traced.samples["opening_orders"]
    assert placed.tolist() == [a + b for a, b in zip(paid, opening, strict=True)]
    late = table[table["status"].isin(("late", "inside"))].groupby("replication").size()
    assert late.tolist() == list(traced.samples["late_orders"])


def test_it_stops_when_every_target_is_clear_and_says_so(tmp_path: Path) -> None:
    loaded = changed(load(TINY), {"targets": None, "targets.unfinished_orders": "9000 orders"})
    told: list[str] = []
    found = answer(loaded, None, most=60, watched=lambda verdict: told.append(verdict.word))
    assert (found.replications, found.stopped, found.more_needed) == (25, "clear", None)
    assert found.verdict.word == "pass"
    assert told[-1] == "pass"
    assert len(told) == 5
    for crew in (Here(), Processes(2), Processes(3)):
        assert answer(loaded, None, most=60, crew=crew) == found
    fixed = answer(loaded, None, replications=25)
    assert replace(fixed, fingerprint=found.fingerprint, stopped="clear") == found
    assert fixed.fingerprint != found.fingerprint


def test_it_gives_up_at_the_most_and_says_how_many_more_would_do() -> None:
    loaded = load(TINY)
    mean = answer(loaded, None, replications=30).measures["peak_backlog"].mean
    close = changed(loaded, {"targets": None, "targets.peak_backlog": f"{round(mean)} orders"})
    found = answer(close, None, most=30)
    assert (found.replications, found.stopped) == (30, "most")
    assert found.verdict.word == "inconclusive"
    assert found.more_needed is None or found.more_needed > 30


def test_without_targets_all_campaigns_are_simulated() -> None:
    found = answer(changed(load(TINY), {"targets": None}), None, most=30)
    assert (found.replications, found.stopped, found.verdict.word) == (30, "most", "none")
