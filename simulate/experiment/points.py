"""Points of a search: scenarios of which only the measures are asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from simulate.experiment.replications import BATCH, hours_of, measured, simulate
from simulate.experiment.stopping import Stopping
from simulate.experiment.workers import Here, Workers
from simulate.results.fingerprint import samples_fingerprint
from simulate.results.sample_store import Sample, SampleStore
from simulate.scenario.loading import Loaded
from simulate.scenario.scenario import Scenario


def measures_of(scenario: Scenario, seed: int, numbers: range, floor: str) -> list[Sample]:
    """Return the measures of the replications `numbers` of `scenario`."""
    edges = hours_of(scenario)
    return [
        measured(scenario, simulate(scenario, seed, number, floor), edges).measures
        for number in numbers
    ]


@dataclass(slots=True)
class Points:
    """Simulates points of a search, each on the same customers as all others.

    Replication k of every point has the same random numbers, so that points differ by what was
    changed alone. What is known from earlier searches is taken from the `store`. `done` is told
    of each batch that was simulated.
    """

    workers: Workers = field(default_factory=Here)
    store: SampleStore | None = None
    floor: str = "compiled"
    done: Callable[[int], None] = lambda _: None
    _kept: dict[str, list[Sample]] = field(default_factory=dict)

    def at(self, points: Sequence[Loaded], seed: int, replications: int) -> list[list[Sample]]:
        """Return the measures of replications 0 to `replications` - 1 of every point."""
        keys = [samples_fingerprint(point, seed) for point in points]
        tasks, owners = [], []
        for key, point in dict(zip(keys, points, strict=True)).items():
            known = len(self._known(key))
            for start in range(known, replications, BATCH):
                numbers = range(start, min(start + BATCH, replications))
                tasks.append(partial(measures_of, point.scenario, seed, numbers, self.floor))
                owners.append(key)
        for key, batch in zip(owners, self.workers.results(tasks), strict=True):
            self._kept[key] += batch
            self.done(len(batch))
        for key in dict.fromkeys(owners):
            self._keep(key)
        return [self._kept[key][:replications] for key in keys]

    def until_clear(self, point: Loaded, seed: int, most: int) -> list[Sample]:
        """Return the measures of as many replications as make the verdict clear, at most `most`."""
        key = samples_fingerprint(point, seed)
        stopping = Stopping(point.scenario, BATCH)
        known = len(self._known(key))
        starts = range(known - known % BATCH, most, BATCH)
        for count in range(BATCH, known + 1, BATCH):
            if count <= most and stopping.may_stop(self._kept[key][:count]):
                return self._kept[key][:count]
        for batch in self._batches(point, seed, starts, most):
            self._kept[key] += batch
            self.done(len(batch))
            if stopping.may_stop(self._kept[key]):
                break
        self._keep(key)
        return self._kept[key][:most]

    def _batches(
        self, point: Loaded, seed: int, starts: range, most: int
    ) -> Iterator[list[Sample]]:
        """Yield batches in order, as many at once as there are workers."""
        rounds = [
            starts[i : i + self.workers.number] for i in range(0, len(starts), self.workers.number)
        ]
        for some in rounds:
            tasks = [
                partial(
                    measures_of,
                    point.scenario,
                    seed,
                    range(start, min(start + BATCH, most)),
                    self.floor,
                )
                for start in some
            ]
            yield from self.workers.results(tasks)

    def _known(self, key: str) -> list[Sample]:
        """Return what is known of a point, in whole batches."""
        if key not in self._kept:
            kept = self.store.get(key) if self.store is not None else []
            self._kept[key] = kept[: len(kept) - len(kept) % BATCH]
        return self._kept[key]

    def _keep(self, key: str) -> None:
        if self.store is not None:
            self.store.put(key, self._kept[key])
