"""The verification of a playbook: trying its cases, keeping what came out, and showing it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from simulate.evidence.cases import all_cases
from simulate.evidence.proof import Case, Check, Effort, Proof, Verification
from simulate.evidence.verify import keep, kept, verify
from simulate.report.steps import Step
from simulate.results.outcome import Outcome
from simulate.results.store import RunStore
from simulate.scenario.loading import Loaded
from simulate.scenario.playbook import Playbook

BLOCK = "peakbook:table verification"


def verification_file(store: RunStore) -> Path:
    """Return where a verification is kept: beside the runs."""
    return store.folder.parent / "verification.json"


def verify_playbook(
    scenarios: Mapping[str, Loaded],
    store: RunStore,
    effort: Effort,
    step: Step,
    cases: Sequence[Case] | None = None,
) -> Verification:
    """Try every case, or only `cases`, and keep what came out if it was every case."""
    tried = cases
    if tried is None:
        tried = all_cases({name: loaded.scenario for name, loaded in scenarios.items()})
    done = step("Verifying", len(tried))
    verification = verify(tried, effort, lambda _case, number: done(number))
    done(len(tried))
    if cases is None:
        keep(verification, verification_file(store))
    return verification


def verification_for_pages(
    playbook: Playbook,
    outcomes: Mapping[str, tuple[Loaded, Outcome]],
    store: RunStore,
    jobs: int,
    step: Step,
) -> Verification | None:
    """Return what the pages show, or None if none of them shows a verification.

    Without a kept one of this model a quick one is made. The laws are those of the outcomes that
    are published with it: every one of their replications was audited, or it would be no outcome.
    """
    if not _wanted(playbook):
        return None
    found = kept(verification_file(store))
    if found is None:
        scenarios = {name: loaded for name, (loaded, _) in outcomes.items()}
        found = verify_playbook(scenarios, store, Effort(quick=True, jobs=jobs), step)
    audited = [_audited(name, outcome) for name, (_, outcome) in outcomes.items()]
    others = [check for check in found.of("laws").checks if check.case == "random"]
    laws = Proof(kind="laws", checks=(*audited, *others))
    proofs = tuple(laws if proof.kind == "laws" else proof for proof in found.proofs)
    return replace(found, proofs=proofs)


def _wanted(playbook: Playbook) -> bool:
    return any(
        BLOCK in page.read_text(encoding="utf-8", errors="replace")
        for language in playbook.languages
        for page in (playbook.content / language).rglob("*.md")
    )


def _audited(name: str, outcome: Outcome) -> Check:
    samples = (outcome.samples.get(key, ()) for key in ("paid_orders", "opening_orders"))
    orders = sum(sum(values) for values in samples)
    return Check(case=name, trials=outcome.replications, orders=round(orders), holds=True)
