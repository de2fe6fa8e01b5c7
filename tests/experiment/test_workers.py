"""Work is done in order and to the last bit, wherever it is done and whoever dies over it.

The cluster is a real one: a Dask scheduler and two worker processes.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from joblib import Parallel, delayed

from simulate.cli import main
from simulate.experiment import workers as module
from simulate.experiment.answer import answer
from simulate.experiment.points import Points
from simulate.experiment.workers import Checked, Cluster, Here, Processes, Workers, workers
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError
from tests.experiment.deadly import Deadly, die, fail, square

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "results" / "tiny.yml"
PATIENCE = 120
"""Seconds after which a cluster that does not start is taken for broken."""


@dataclass(frozen=True)
class Running:
    """A scheduler's address and how to start one more worker for it."""

    address: str
    folder: Path

    def start_worker(self) -> subprocess.Popen[bytes]:
        words = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60"]
        return _start("dask_worker", self.address, *words, folder=self.folder)


def _start(what: str, *words: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{what}", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a scheduler with two workers, which are ended afterwards."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    processes = [
        _start("dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard",
               "--scheduler-file", str(file), folder=folder)
    ]  # fmt: skip
    try:
        _wait(file.is_file)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        running = Running(address, folder)
        processes += [running.start_worker(), running.start_worker()]
        _wait(lambda: _at_work(address) == 2)
        yield running
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _wait(is_there: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_there():
        assert time.monotonic() < until, "the cluster does not start"
        time.sleep(0.2)


def _at_work(address: str) -> int:
    try:
        with Cluster(address, 1) as crew:
            return crew.number
    except InputError:
        return 0


@pytest.fixture(params=["here", "processes", "cluster"])
def crew(request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Yield each kind of workers, two where there can be two."""
    if request.param == "cluster":
        running: Running = request.getfixturevalue("cluster")
        with workers(1, running.address) as found:
            yield found
    else:
        with workers({"here": 1, "processes": 2}[request.param]) as found:
            yield found


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(TINY)


def test_results_come_in_the_order_of_the_tasks(crew: Workers) -> None:
    tasks = [partial(square, number) for number in range(20)]
    assert list(crew.results(tasks)) == [number * number for number in range(20)]
    assert list(crew.results([])) == []


def test_an_error_in_a_task_is_raised_where_its_result_is_asked_for(crew: Workers) -> None:
    results = crew.results([partial(square, 3), partial(fail, 4)])
    assert next(results) == 9
    with pytest.raises(ValueError, match="no 4"):
        next(results)


def test_whoever_stops_asking_leaves_the_crew_ready(crew: Workers) -> None:
    results = crew.results([partial(square, number) for number in range(50)])
    assert next(results) == 0
    del results
    assert list(crew.results([partial(square, 7)])) == [49]


def test_one_process_is_this_one_and_more_are_others() -> None:
    assert isinstance(workers(1), Here)
    assert isinstance(workers(3), Processes)
    assert workers(3).number == 3


def test_a_process_that_dies_costs_only_its_own_work(loaded: Loaded, tmp_path: Path) -> None:
    deadly = Deadly(Processes(2), tmp_path / "died")
    outcome = answer(loaded, None, replications=12, crew=deadly)
    assert deadly.marker.exists()
    assert outcome == answer(loaded, None, replications=12)


def test_processes_that_always_die_are_given_up() -> None:
    with pytest.raises(InputError, match="die again and again"):
        list(Processes(2).results([partial(die, 1)]))
    assert list(Processes(2).results([partial(square, 2)])) == [4]


def test_a_worker_of_a_cluster_that_dies_costs_only_its_own_work(
    loaded: Loaded, tmp_path: Path, cluster: Running
) -> None:
    points = [loaded, changed(loaded, {"traffic": "2x"})]
    alone, two = Points().at(points, 3, 8), Points(Processes(2)).at(points, 3, 8)
    with workers(1, cluster.address) as crew:
        deadly = Deadly(crew, tmp_path / "died")
        found = Points(deadly).at(points, 3, 8)
        assert deadly.marker.exists()
        assert crew.number == 2
    assert repr(found) == repr(alone) == repr(two)
    _wait(lambda: _at_work(cluster.address) == 1)


def test_a_cluster_prints_the_same_bytes(tmp_path: Path, cluster: Running) -> None:
    def printed(store: str, *words: str) -> str:
        run = CliRunner(env={"PEAKBOOK_STORE": str(tmp_path / store)})
        result = run.invoke(main, ["run", str(TINY), "--most", "12", "--json", *words])
        assert result.exit_code in (0, 1), result.output
        return result.stdout

    one = printed("one", "--jobs", "1")
    assert printed("two", "--jobs", "2") == one
    assert printed("cluster", "--cluster", cluster.address) == one
    assert len(list((tmp_path / "cluster").iterdir())) == 1


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "no address"])
def test_a_cluster_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(InputError, match="there is no Dask scheduler at"):
        workers(1, address)


def test_another_program_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    task = Checked(partial(square, 3), module.program())
    assert task() == 9
    monkeypatch.setattr(module, "program", lambda: "another")
    with pytest.raises(InputError, match="would give other numbers"):
        task()


def test_other_parallel_work_goes_on_afterwards() -> None:
    tasks = [partial(square, number) for number in range(3)]
    assert list(Processes(2).results(tasks)) == [0, 1, 4]
    squares = Parallel(n_jobs=2, backend="loky")(delayed(square)(number) for number in range(3))
    assert squares == [0, 1, 4]
    assert list(Processes(2).results(tasks)) == [0, 1, 4]
