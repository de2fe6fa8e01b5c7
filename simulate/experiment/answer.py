"""A scenario's outcome: from the run store, or simulated now."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulate.experiment.replications import Campaign, hours_of, replicate
from simulate.results.fingerprint import fingerprint
from simulate.results.outcome import Outcome
from simulate.results.store import RunStore
from simulate.results.summary import summarise
from simulate.results.trace import TraceFile, frame
from simulate.scenario.loading import Loaded


def traced_answer(loaded: Loaded, store: RunStore | None, trace: Path, **options: Any) -> Outcome:
    """Return the outcome as `answer` does, and write every order of every campaign to `trace`.

    The file appears when all campaigns are simulated. Raises InputError if it cannot be written.
    """
    with TraceFile(trace) as file:

        def seen(number: int, campaign: Campaign) -> None:
            file.add(frame(loaded.scenario, number, campaign.book, campaign.way))

        return answer(loaded, store, seen=seen, **options)


def answer(
    loaded: Loaded,
    store: RunStore | None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    floor: str = "compiled",
    jobs: int = 1,
    done: Callable[[int], None] = lambda _: None,
    seen: Callable[[int, Campaign], None] | None = None,
) -> Outcome:
    """Return the outcome of a scenario, simulating it only if the store does not have it.

    Seed and replications are the scenario's own unless given. `done` is told how many
    replications are finished; `seen` gets every campaign in full, so that with it all are simulated
    now. Raises AuditError if a run breaks a law.
    """
    scenario = loaded.scenario
    seed = scenario.seed if seed is None else seed
    replications = scenario.replications if replications is None else replications
    known_as = fingerprint(loaded, seed, replications)
    if store is not None and seen is None and (kept := store.get(known_as, floor)) is not None:
        return kept
    results = replicate(scenario, seed, replications, floor=floor, jobs=jobs, done=done, seen=seen)
    outcome = summarise(
        scenario,
        results,
        hours_of(scenario),
        name=loaded.name,
        fingerprint=known_as,
        seed=seed,
        floor=floor,
    )
    if store is not None:
        store.put(outcome)
    return outcome
