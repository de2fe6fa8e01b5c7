"""A scenario's outcome: from the run store, or simulated now."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from simulate.experiment.replications import Seen, hours_of, replicate, replications_of
from simulate.experiment.sequential import until_enough
from simulate.experiment.stopping import FEWEST_SHOWN, Stopping, more_needed, verdict_on
from simulate.experiment.workers import Here, Workers, workers
from simulate.results.fingerprint import fingerprint
from simulate.results.outcome import Outcome, Stop, Verdict
from simulate.results.replication import Replication
from simulate.results.store import RunStore
from simulate.results.summary import summarise
from simulate.results.trace import TraceFile, frame
from simulate.scenario.loading import Loaded

Watched = Callable[[Verdict], None]
"""Is told the verdict on what was simulated so far."""


def traced_answer(loaded: Loaded, store: RunStore | None, trace: Path, **options: Any) -> Outcome:
    """Return the outcome as `answer` does, and write every order of every campaign to `trace`.

    The file appears when all campaigns are simulated. Raises InputError if it cannot be written.
    """
    with TraceFile(trace) as file:

        def seen(number: int, campaign: Any) -> None:
            file.add(frame(loaded.scenario, number, campaign.book, campaign.way))

        return answer(loaded, store, seen=seen, **options)


def answer(
    loaded: Loaded,
    store: RunStore | None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    most: int | None = None,
    floor: str = "compiled",
    jobs: int = 1,
    crew: Workers | None = None,
    done: Callable[[int], None] = lambda _: None,
    watched: Watched = lambda _: None,
    seen: Seen | None = None,
) -> Outcome:
    """Return the outcome of a scenario, simulating it only if the store does not have it.

    Campaigns are simulated until every target is surely held or surely missed, `most` at most: as
    many as the scenario says unless given. `replications` fixes their number instead. The seed is
    the scenario's own unless given. A `crew` works on it, or `jobs` processes: that changes no
    number. `done` is told how many replications are finished, `watched` the verdict on them;
    `seen` gets every campaign in full, so that with it all are simulated now, in this process.
    Raises AuditError if a run breaks a law.
    """
    scenario = loaded.scenario
    seed = scenario.seed if seed is None else seed
    is_sequential = replications is None
    total = replications or most or scenario.replications
    known_as = fingerprint(loaded, seed, total, is_sequential=is_sequential)
    if store is not None and seen is None and (kept := store.get(known_as, floor)) is not None:
        return kept
    results: list[Replication]
    stopped: Stop = "fixed"
    if is_sequential:
        crew = Here() if seen is not None else crew or workers(jobs)
        task = partial(_batch, loaded, seed, floor, seen)
        results, stopped = _until_clear(loaded, total, crew, task, done, watched)
    else:
        results = replicate(
            scenario, seed, total, floor=floor, jobs=jobs, crew=crew, done=done, seen=seen
        )
    outcome = summarise(
        scenario,
        results,
        hours_of(scenario),
        name=loaded.name,
        fingerprint=known_as,
        seed=seed,
        floor=floor,
        stopped=stopped,
        more_needed=more_needed(scenario, [each.measures for each in results]),
    )
    if store is not None:
        store.put(outcome)
    return outcome


def _batch(
    loaded: Loaded, seed: int, floor: str, seen: Seen | None, numbers: range
) -> "partial[list[Replication]]":
    return partial(replications_of, loaded.scenario, seed, floor, numbers, seen)


def _until_clear(
    loaded: Loaded,
    most: int,
    crew: Workers,
    task: Callable[[range], Callable[[], list[Replication]]],
    done: Callable[[int], None],
    watched: Watched,
) -> tuple[list[Replication], Stop]:
    """Return replications until the verdict is clear, or `most`, and which of both it was."""
    results: list[Replication] = []
    stopping = Stopping(loaded.scenario, FEWEST_SHOWN, every_target=True)
    for batch in until_enough(crew, task, attrgetter("measures"), stopping, most):
        results += batch
        done(len(results))
        watched(verdict_on(loaded.scenario, [each.measures for each in results]))
    return results, "clear" if stopping.is_enough else "most"
