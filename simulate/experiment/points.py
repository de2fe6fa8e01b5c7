"""Points of a search: scenarios of which only the measures are asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from simulate.experiment.replications import batches, replications_of
from simulate.experiment.sequential import until_enough
from simulate.experiment.stopping import Stopping
from simulate.experiment.workers import Here, Task, Workers
from simulate.results.fingerprint import samples_fingerprint
from simulate.results.sample_store import Sample, SampleStore
from simulate.scenario.loading import Loaded
from simulate.scenario.scenario import Scenario


def measures_of(scenario: Scenario, seed: int, floor: str, numbers: range) -> list[Sample]:
    """Return the measures of the replications `numbers` of `scenario`."""
    return [each.measures for each in replications_of(scenario, seed, floor, numbers)]


def _itself(sample: Sample) -> Sample:
    return sample


@dataclass(slots=True)
class Points:
    """Simulates points of a search, each on the same customers as all others.

    Replication k of every point has the same random numbers, so that points differ by what was
    changed alone. What is known from earlier searches is taken from the `store`, and what is
    simulated is kept there point by point, so that an interrupted search goes on where it stopped.
    `done` is told of each batch that was simulated.
    """

    workers: Workers = field(default_factory=Here)
    store: SampleStore | None = None
    floor: str = "compiled"
    done: Callable[[int], None] = lambda _: None
    _kept: dict[str, list[Sample]] = field(default_factory=dict)

    def at(self, points: Sequence[Loaded], seed: int, replications: int) -> list[list[Sample]]:
        """Return the measures of replications 0 to `replications` - 1 of every point."""
        keys = [samples_fingerprint(point, seed) for point in points]
        tasks: list[Task[list[Sample]]] = []
        owners: list[str] = []
        for key, point in dict(zip(keys, points, strict=True)).items():
            for numbers in batches(len(self._known(key)), replications):
                tasks.append(self._task(point, seed, numbers))
                owners.append(key)
        last = ""
        try:
            for key, batch in zip(owners, self.workers.results(tasks), strict=True):
                if last not in ("", key):
                    self._keep(last)
                last = key
                self._kept[key] += batch
                self.done(len(batch))
        finally:
            if last:
                self._keep(last)
        return [self._kept[key][:replications] for key in keys]

    def until_clear(self, point: Loaded, seed: int, most: int) -> list[Sample]:
        """Return the measures of as many replications as make the verdict clear, at most `most`."""
        key = samples_fingerprint(point, seed)
        known = list(self._known(key))
        found: list[Sample] = []
        stopping = Stopping(point.scenario)
        try:
            for batch in until_enough(
                self.workers, partial(self._task, point, seed), _itself, stopping, most, known
            ):
                found += batch
                if len(found) > len(known):
                    self._kept[key] = list(found)
                    self.done(len(batch))
        finally:
            self._keep(key)
        return found

    def _task(self, point: Loaded, seed: int, numbers: range) -> Task[list[Sample]]:
        return partial(measures_of, point.scenario, seed, self.floor, numbers)

    def _known(self, key: str) -> list[Sample]:
        if key not in self._kept:
            self._kept[key] = self.store.get(key) if self.store is not None else []
        return self._kept[key]

    def _keep(self, key: str) -> None:
        if self.store is not None:
            self.store.put(key, self._kept[key])
