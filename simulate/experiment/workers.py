"""Where tasks are carried out: in this process, in processes of this machine, or on a cluster.

Whoever hands out tasks gets the results in the order of the tasks, so nothing that is computed
depends on how many worked on it.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from simulate.results.fingerprint import digest
from simulate.scenario.problems import InputError, refusal, shortened

T = TypeVar("T")
Task = Callable[[], T]
"""Something to carry out elsewhere: it can be pickled, and so can what it returns."""

MOST_DEATHS = 5
"""So often workers may die before a run gives up."""


class Workers(AbstractContextManager["Workers"], Protocol):
    """Whoever carries out tasks."""

    number: int
    """How many tasks are worked on at once."""

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns, in the order of `tasks`."""


class Here:
    """This process, one task after the other, each when its result is asked for."""

    number = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns."""
        return (task() for task in tasks)


class Processes:
    """Processes of this machine, kept from one call to the next.

    A process that dies costs the tasks that were not finished: new ones begin them again.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._pool: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns, in the order of `tasks`.

        Raises InputError if processes die again and again.
        """
        from concurrent.futures import CancelledError

        from joblib.externals.loky.process_executor import BrokenProcessPool

        self._pool = _shared_pool(self.number)
        futures = [self._submit(task) for task in tasks]
        deaths = 0
        try:
            for index in range(len(tasks)):
                while True:
                    try:
                        result = futures[index].result()
                        break
                    except (BrokenProcessPool, CancelledError):
                        deaths += 1
                        if deaths > MOST_DEATHS:
                            raise _exhausted() from None
                        futures[index:] = [
                            self._submit(task) if _is_lost(future) else future
                            for task, future in zip(tasks[index:], futures[index:], strict=True)
                        ]
                yield result
        finally:
            for future in futures:
                future.cancel()

    def _submit(self, task: Task[T]) -> Any:
        from joblib.externals.loky.process_executor import BrokenProcessPool, ShutdownExecutorError

        try:
            return self._pool.submit(task)
        except (BrokenProcessPool, ShutdownExecutorError):
            # It broke, or somebody else took its place: the next one is new.
            self._pool = _shared_pool(self.number)
            return self._pool.submit(task)


def _shared_pool(number: int) -> Any:
    """Return the processes that joblib keeps for the whole program, as many as asked for.

    Those of its inner library would lack what `joblib.Parallel`, which a notebook may use beside
    us, needs of them later.
    """
    from joblib.executor import get_memmapping_executor

    return get_memmapping_executor(number)


def _is_lost(future: Any) -> bool:
    """Tell whether a future's task died with its process, or never began."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    if not future.done() or future.cancelled():
        return True
    return isinstance(future.exception(), BrokenProcessPool)


def _exhausted() -> InputError:
    return refusal(
        "the processes that simulate die again and again, as they do where memory runs out: try "
        "`--jobs 1`, or fewer visitors"
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A task for another machine: it is carried out only where the same program runs."""

    task: Task[Any]
    program: str

    def __call__(self) -> Any:
        """Return what the task returns."""
        if self.program != program():
            raise refusal(
                "a worker of the cluster runs another Peakbook, or other versions of its "
                "libraries, and would give other numbers: install the same everywhere"
            )
        return self.task()


@cache
def program() -> str:
    """Return 16 digits that stand for all of this program that can change a number."""
    return digest({})


class Cluster:
    """The workers of a Dask scheduler at `address`, or of one started here with `jobs` processes.

    The scheduler begins again what a worker that died had not finished. Raises InputError if
    there is no such cluster, if nobody works there, or if another program does.
    """

    def __init__(self, address: str, jobs: int) -> None:
        dask = _dask()
        self._own: Any = None
        self._client: Any = None
        try:
            if address == "local":
                self._own = dask.LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    dashboard_address=None,
                    memory_limit=0,
                    silence_logs=50,
                )
            self._client = dask.Client(self._own or address, timeout=20)
        except (OSError, ValueError, KeyError) as error:
            raise refusal(
                f"there is no Dask scheduler at `{shortened(address)}`: write `local`, or an "
                "address such as `tcp://10.0.0.5:8786`"
            ) from error
        threads = self._client.nthreads()
        if not threads:
            self.__exit__(None, None, None)
            raise refusal(
                f"nobody works at `{shortened(address)}`: start `dask worker {shortened(address)}` "
                "on each machine"
            )
        self.number = sum(threads.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in (self._client, self._own):
            if each is not None:
                each.close()

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns, in the order of `tasks`.

        Raises InputError if workers die again and again, or if the cluster goes away.
        """
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        here = program()
        futures = [self._client.submit(Checked(task, here), pure=False) for task in tasks]
        try:
            for future in futures:
                yield future.result()
        except KilledWorker:
            raise _exhausted() from None
        except (CancelledError, TimeoutError, OSError):
            raise refusal("the cluster went away while it worked: start it and run again") from None
        finally:
            self._client.cancel(futures)


def _dask() -> Any:
    """Return the library of clusters, told to keep its log to itself."""
    import logging

    try:
        import dask
        import distributed
    except ImportError:
        raise refusal(
            "a cluster needs Dask: install `peakbook[cluster]`, or leave out `--cluster`"
        ) from None
    dask.config.set({"distributed.scheduler.allowed-failures": MOST_DEATHS})
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    return distributed


def cores() -> int:
    """Return how many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers(jobs: int, cluster: str | None = None) -> Workers:
    """Return who carries out tasks: `jobs` processes, or a cluster (``local`` or an address).

    Raises InputError if there is no such cluster.
    """
    if cluster is not None:
        return Cluster(cluster, jobs)
    return Processes(jobs) if jobs > 1 else Here()
