"""Replications one batch after the other, until they are enough."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import TypeVar

from simulate.experiment.replications import batches
from simulate.experiment.stopping import Stopping
from simulate.experiment.workers import Task, Workers
from simulate.results.sample_store import Sample

T = TypeVar("T")


def until_enough(
    workers: Workers,
    task: Callable[[range], Task[list[T]]],
    measures: Callable[[T], Sample],
    stopping: Stopping,
    most: int,
    known: Sequence[T] = (),
) -> Iterator[list[T]]:
    """Yield replications in batches, in order, until `stopping` has enough or `most` are there.

    `task` simulates a batch, `measures` are those of what it gives. `known` are the first ones:
    they are not simulated again, and yielded as far as they are needed. What is yielded does not
    depend on the workers, who simulate at most one batch each in vain.
    """
    samples: list[Sample] = []

    def is_enough(batch: list[T]) -> bool:
        samples.extend(measures(each) for each in batch)
        return stopping.may_stop(samples)

    waiting = batches(0, most)
    while waiting and waiting[0].stop <= len(known):
        numbers = waiting.pop(0)
        batch = list(known[numbers.start : numbers.stop])
        yield batch
        if is_enough(batch):
            return
    begun = list(known[waiting[0].start :]) if waiting else []
    waiting = batches(waiting[0].start + len(begun), most) if waiting else []
    for some in _rounds(waiting, stopping.soonest, workers.number):
        for result in workers.results([task(numbers) for numbers in some]):
            batch, begun = begun + result, []
            yield batch
            if is_enough(batch):
                return


def _rounds(waiting: Sequence[range], soonest: int, number: int) -> Iterator[Sequence[range]]:
    """Yield batches to work on at once: first all that are needed anyway, then one each."""
    first = sum(numbers.start < soonest for numbers in waiting)
    first += -first % number
    if first:
        yield waiting[:first]
    for start in count(first, number):
        if start >= len(waiting):
            return
        yield waiting[start : start + number]
