"""By what a page knows which outcome, and which words of the scenario, it shows."""

from collections.abc import Iterable
from hashlib import sha256

from simulate.plan.findings import PlanFinding
from simulate.plan.loaded import LoadedPlan
from simulate.scenario.loading import Input, Loaded


def shown_fingerprint(loaded: Loaded, fingerprint: str) -> str:
    """Return the fingerprint that blocks about a scenario carry.

    It begins with eight digits of the run's own, so that a reader can match the two; eight more
    stand for what a page shows besides: labels, targets, inputs as written, sources.
    """
    parts = [loaded.scenario.model_dump_json(), *_told(loaded.inputs)]
    return _joined(fingerprint, parts)


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
