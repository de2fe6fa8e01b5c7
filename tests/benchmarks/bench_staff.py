"""How long `peakbook staff` and `peakbook bound` take: ``python -m ... SCENARIO JOBS``, as JSON."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulate.experiment.bound import bound
from simulate.experiment.points import Points
from simulate.experiment.staffing import staff
from simulate.experiment.workers import Processes, T, Task
from simulate.scenario.loading import load


class Timed(Processes):
    """Processes that note for how long somebody waited for their results."""

    waited = 0.0

    def results(self, tasks: Sequence[Task[T]]) -> Iterator[T]:
        """Yield what each task returns, in the order of `tasks`."""
        found = super().results(tasks)
        while True:
            began = time.perf_counter()
            try:
                result = next(found)
            except StopIteration:
                return
            finally:
                self.waited += time.perf_counter() - began
            yield result


def main(name: str, jobs: int) -> None:
    """Print seconds of both, and what part of the search was not simulation."""
    loaded = load(name)
    began = time.perf_counter()
    found = bound(loaded)
    bounded = time.perf_counter() - began
    crew, counted = Timed(jobs), [0]

    def done(number: int) -> None:
        counted[0] += number

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        answer = staff(loaded, Points(crew, done=done), published=Path(folder))
        seconds = time.perf_counter() - began
    told = {
        "scenario": name,
        "bound_seconds": round(bounded, 2),
        "bound_on_time": found.on_time_share.mean,
        "staff_seconds": round(seconds, 1),
        "replications": counted[0],
        "rosters": answer.tried,
        "not_simulation": round(1 - crew.waited / seconds, 3),
        "people": answer.best.people,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
