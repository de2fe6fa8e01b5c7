import json
import math
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from simulate.experiment.answer import answer
from simulate.results.outcome import Estimate, Outcome
from simulate.results.store import RunStore
from simulate.scenario.loading import load

TINY = Path(__file__).parent / "tiny.yml"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return answer(load(TINY), None, replications=2)


def test_what_is_put_in_comes_out(tmp_path: Path, outcome: Outcome) -> None:
    store = RunStore(tmp_path / "runs")
    assert store.get(outcome.fingerprint, "compiled") is None
    store.put(outcome)
    assert store.get(outcome.fingerprint, "compiled") == outcome
    assert RunStore(tmp_path / "runs").get(outcome.fingerprint, "compiled") == outcome


def test_floors_and_fingerprints_are_kept_apart(tmp_path: Path, outcome: Outcome) -> None:
    store = RunStore(tmp_path)
    store.put(outcome)
    other = replace(outcome, floor="simpy")
    store.put(other)
    assert store.get(outcome.fingerprint, "compiled") == outcome
    assert store.get(outcome.fingerprint, "simpy") == other
    assert store.get("0" * 16, "compiled") is None


def test_an_endless_interval_survives(tmp_path: Path, outcome: Outcome) -> None:
    endless = Estimate(mean=1.0, low=0.0, high=math.inf, unit="orders")
    kept = replace(outcome, measures={**outcome.measures, "late_orders": endless})
    store = RunStore(tmp_path)
    store.put(kept)
    assert store.get(kept.fingerprint, "compiled") == kept


def test_one_replication_survives(tmp_path: Path) -> None:
    single = answer(load(TINY), RunStore(tmp_path), replications=1)
    assert RunStore(tmp_path).get(single.fingerprint, "compiled") == single


def broken(text: str) -> list[str]:
    missing = json.loads(text)
    del missing["series"]
    strange = json.loads(text)
    strange["measures"] = {"late_orders": "many"}
    return ["", "{", text[: len(text) // 2], "[]", "null", json.dumps(missing), json.dumps(strange)]


@pytest.mark.parametrize("case", range(7))
def test_a_broken_file_is_no_outcome(tmp_path: Path, outcome: Outcome, case: int) -> None:
    store = RunStore(tmp_path)
    store.put(outcome)
    (file,) = tmp_path.iterdir()
    file.write_text(broken(file.read_text(encoding="utf-8"))[case], encoding="utf-8")
    assert store.get(outcome.fingerprint, "compiled") is None
    store.put(outcome)
    assert store.get(outcome.fingerprint, "compiled") == outcome


def test_a_binary_file_is_no_outcome(tmp_path: Path, outcome: Outcome) -> None:
    store = RunStore(tmp_path)
    store.put(outcome)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\xff\xfe\x00")
    assert store.get(outcome.fingerprint, "compiled") is None


def _write_often(folder: Path, outcome: Outcome, seed: int) -> None:
    store = RunStore(folder)
    for turn in range(60):
        store.put(replace(outcome, seed=seed + turn))


def test_two_writers_and_a_reader(tmp_path: Path, outcome: Outcome) -> None:
    store = RunStore(tmp_path)
    store.put(outcome)
    spawn = get_context("spawn")
    writers = [
        spawn.Process(target=_write_often, args=(tmp_path, outcome, seed)) for seed in (100, 200)
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seen = store.get(outcome.fingerprint, "compiled")
        assert seen is not None
        assert replace(seen, seed=outcome.seed) == outcome
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert len(list(tmp_path.iterdir())) == 1
