"""Where tasks are carried out: in this process, in processes of this machine, or on a cluster.

Whoever hands out tasks gets the results in the order of the tasks, so nothing that is computed
depends on how many worked on it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from simulate.scenario.problems import refusal, shortened

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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns, in the order of `tasks`."""
        from joblib.externals.loky import get_reusable_executor
        from joblib.externals.loky.process_executor import BrokenProcessPool

        def submit(task: Task[T]) -> Any:
            return get_reusable_executor(max_workers=self.number).submit(task)

        futures = [submit(task) for task in tasks]
        deaths = 0
        try:
            for index in range(len(tasks)):
                while True:
                    try:
                        result = futures[index].result()
                        break
                    except BrokenProcessPool:
                        deaths += 1
                        if deaths > MOST_DEATHS:
                            raise
                        futures[index:] = [
                            submit(task) if _is_lost(future) else future
                            for task, future in zip(tasks[index:], futures[index:], strict=True)
                        ]
                yield result
        finally:
            for future in futures:
                future.cancel()


def _is_lost(future: Any) -> bool:
    """Tell whether a future's task died with its process, or never began."""
    return not future.done() or future.cancelled() or future.exception() is not None


class Cluster:
    """The workers of a Dask scheduler at `address`, or of one started here.

    The scheduler begins again what a worker that died had not finished.
    """

    def __init__(self, address: str, jobs: int) -> None:
        try:
            import distributed
        except ImportError:
            raise refusal(
                "a cluster needs Dask: install `peakbook[cluster]`, or leave out `--cluster`"
            ) from None
        dask: Any = distributed
        self._own: Any = None
        try:
            if address == "local":
                self._own = dask.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50
                )
            self._client: Any = dask.Client(self._own or address, timeout=20)
        except (OSError, ValueError) as error:
            raise refusal(
                f"there is no Dask scheduler at `{shortened(address)}`: write `local`, or an "
                "address such as `tcp://10.0.0.5:8786`"
            ) from error
        self.number = max(1, sum(self._client.nthreads().values()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()
        if self._own is not None:
            self._own.close()

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns, in the order of `tasks`."""
        futures = [self._client.submit(task, pure=False, retries=MOST_DEATHS) for task in tasks]
        try:
            for future in futures:
                yield future.result()
        finally:
            self._client.cancel(futures)


def workers(jobs: int, cluster: str | None = None) -> Workers:
    """Return who carries out tasks: `jobs` processes, or a cluster (``local`` or an address).

    Raises InputError if there is no such cluster.
    """
    if cluster is not None:
        return Cluster(cluster, jobs)
    return Processes(jobs) if jobs > 1 else Here()
