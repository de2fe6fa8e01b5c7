"""Whether the playbook can be trusted as it stands, told without any simulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulate.report.fingerprints import shown_fingerprints
from simulate.report.freshness import check_pages
from simulate.report.publishing import load_all
from simulate.report.years import load_plans, plan_fingerprints
from simulate.results.fingerprint import own_fingerprint
from simulate.results.outcome import VerdictWord
from simulate.results.store import RunStore
from simulate.scenario.loading import Loaded
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import Place

Kind = Literal[
    "empty", "stale", "edited", "missing asset", "not run", "fail", "inconclusive", "unexpected"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: its kind, where it is, and what to do."""

    kind: Kind
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def check(playbook: Playbook, store: RunStore) -> list[Finding]:
    """Return what is stale in the pages, and every plan that breaks its own targets.

    A scenario that says which verdict it expects is right if it gets that one: a warning is
    meant to fail. Raises InputError for scenarios and pages that cannot be read.
    """
    scenarios = load_all(playbook)
    runs = {name: own_fingerprint(loaded) for name, loaded in scenarios.items()}
    shown = shown_fingerprints(scenarios, runs)
    shown |= plan_fingerprints(load_plans(playbook))
    findings = [
        Finding(found.kind, found.place, found.message)
        for found in check_pages(playbook.content, playbook.languages, shown)
    ]
    return findings + _broken_targets(scenarios, runs, store)


def _broken_targets(
    scenarios: Mapping[str, Loaded], runs: Mapping[str, str], store: RunStore
) -> list[Finding]:
    findings = []
    for name, loaded in scenarios.items():
        outcome = store.get(runs[name], "compiled")
        place = loaded.place(("targets",))
        if outcome is None:
            message = f"`{name}` was not simulated as it now stands: run `peakbook publish`"
            findings.append(Finding("not run", place, message))
            continue
        word, expected = outcome.verdict.word, loaded.scenario.expected
        if expected is not None and word != expected:
            message = f"`{name}` was expected to be `{expected}` and is `{word}`"
            findings.append(Finding("unexpected", loaded.place(("expected",)), message))
        elif expected is None and word in ("fail", "inconclusive"):
            findings.append(Finding(word, place, _told(name, outcome.verdict.word)))
    return findings


def _told(name: str, word: VerdictWord) -> str:
    if word == "fail":
        return (
            f"`{name}` breaks its targets: change the plan, or `expected: fail` if it is a warning"
        )
    return f"`{name}` is too close to its targets to call: more replications may decide it"
