"""A plan's year: from the run store, or simulated now."""

import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from simulate.files import write_whole
from simulate.plan.loaded import LoadedPlan
from simulate.plan.ordinary import ad_budget
from simulate.plan.year import Year, year_of
from simulate.plan.year_outcome import YearOutcome
from simulate.plan.year_replications import replicate_year
from simulate.plan.year_summary import summarise_year
from simulate.results.fingerprint import LIBRARIES, MODEL_VERSION
from simulate.results.store import RunStore
from simulate.scenario.canonical import canonical

_OUTCOME = TypeAdapter(YearOutcome)

YEAR_VERSION = "1"
"""Changes whenever the same year may give other figures from the same orders."""


def year_answer(
    loaded: LoadedPlan,
    store: RunStore | None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    jobs: int = 1,
    done: Callable[[int], None] = lambda _: None,
) -> YearOutcome:
    """Return the outcome of a plan's year, simulating it only if the store does not have it.

    Seed and replications are the plan's own unless given. `done` is told how many years are
    finished. Raises InputError if the plan cannot be simulated, AuditError if a run breaks a law.
    """
    year = year_of(loaded)
    seed = loaded.plan.seed if seed is None else seed
    replications = loaded.plan.replications if replications is None else replications
    known_as = year_fingerprint(year, seed, replications)
    if store is not None and (kept := kept_year(store, known_as)) is not None:
        return kept
    simulated = replicate_year(year, seed, replications, jobs=jobs, done=done)
    outcome = summarise_year(year, simulated, fingerprint=known_as, seed=seed)
    if store is not None:
        keep_year(store, outcome)
    return outcome


def year_fingerprint(year: Year, seed: int, replications: int) -> str:
    """Return 16 hexadecimal digits that stand for everything that a year's outcome depends on."""
    plan = year.plan.plan
    told = {
        "year": YEAR_VERSION,
        "model": MODEL_VERSION,
        "name": year.plan.name,
        "line": canonical(year.line),
        "periods": [
            [each.name, each.campaign, each.month, each.offset, canonical(each.scenario)]
            for each in year.periods
        ],
        "scenarios": {name: each.name for name, each in year.plan.scenarios.items()},
        "error": plan.forecast_error.model_dump(),
        "target": None if plan.sales is None else plan.sales.amount,
        "budget": None if plan.ad_budget is None else plan.ad_budget.amount,
        "months": [
            [month.key, month.stage, month.sales and month.sales.amount, ad_budget(plan, month)]
            for month in plan.months
        ],
        "seed": seed,
        "replications": replications,
        "libraries": {library: version(library) for library in LIBRARIES},
    }
    text = json.dumps(told, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def kept_year(store: RunStore, fingerprint: str) -> YearOutcome | None:
    """Return a year's outcome, or None if the store has none that can be read."""
    try:
        return _OUTCOME.validate_json(_path(store, fingerprint).read_bytes())
    except (OSError, ValidationError):
        return None


def keep_year(store: RunStore, outcome: YearOutcome) -> None:
    """Keep a year's outcome among the others."""
    text = json.dumps(_OUTCOME.dump_python(outcome, mode="json"), separators=(",", ":"))
    write_whole(_path(store, outcome.fingerprint), text)


def _path(store: RunStore, fingerprint: str) -> Path:
    return store.folder / f"{fingerprint}-year.json"
