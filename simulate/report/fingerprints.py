"""By what a page knows which outcome, and which words of the scenario, it shows."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from simulate.plan.findings import PlanFinding
from simulate.plan.loaded import LoadedPlan
from simulate.results.fingerprint import fingerprint as run_fingerprint
from simulate.scenario.loading import Input, Loaded


def shown_fingerprint(loaded: Loaded, fingerprint: str) -> str:
    """Return the fingerprint that blocks about a scenario carry.

    It begins with eight digits of the run's own, so that a reader can match the two; eight more
    stand for what a page shows besides: labels, targets, inputs as written, sources.
    """
    parts = [loaded.scenario.model_dump_json(), *_told(loaded.inputs)]
    return _joined(fingerprint, parts)


def shown_fingerprints(scenarios: Mapping[str, Loaded], runs: Mapping[str, str]) -> dict[str, str]:
    """Return `shown_fingerprint` of every scenario by name, and two more of each.

    Those are what it is known by in comparisons (`compared_with`), which begins with eight digits
    of its run there, and that together with all of its variants (`variants_of`). `runs` has the
    fingerprint of each scenario's own run.
    """
    shown = {name: shown_fingerprint(loaded, runs[name]) for name, loaded in scenarios.items()}
    for name, loaded in scenarios.items():
        plans = [loaded, *loaded.variants.values()]
        seed, replications = loaded.scenario.seed, loaded.scenario.replications
        marks = [
            shown_fingerprint(plan, run_fingerprint(plan, seed, replications)) for plan in plans
        ]
        shown |= {compared_with(name): marks[0], variants_of(name): together(marks)}
    return shown


def compared_with(name: str) -> str:
    """Return a name for a scenario in comparisons among those of scenarios."""
    return f"compared.{name}"


def variants_of(name: str) -> str:
    """Return a name for the variants of a scenario among those of scenarios."""
    return f"variants.{name}"


def together(fingerprints: Iterable[str]) -> str:
    """Return one fingerprint for a block that shows several scenarios, in their order."""
    marks = list(fingerprints)
    return _joined(marks[0], marks)


def shown_plan_fingerprint(
    loaded: LoadedPlan, findings: Iterable[PlanFinding], fingerprint: str
) -> str:
    """Return the fingerprint that blocks about an annual plan carry.

    `fingerprint` is that of its simulation, nothing for a plan that cannot be simulated.
    """
    parts = [
        loaded.plan.model_dump_json(),
        *_told(loaded.inputs),
        *(
            f"{each.rule} {each.severity} {each.at} {each.place.line} {each.what} {each.agree} "
            f"{each.accepted}"
            for each in findings
        ),
    ]
    return _joined(fingerprint, parts)


def _told(inputs: Iterable[Input]) -> list[str]:
    return [f"{each.path} {each.text} {each.confidence} {each.source}" for each in inputs]


def _joined(fingerprint: str, parts: Iterable[str]) -> str:
    return (
        fingerprint[:8] + sha256("\n".join(parts).encode()).hexdigest()[: 16 - len(fingerprint[:8])]
    )
