from collections.abc import Callable
from pathlib import Path

import pytest

from simulate.evidence.proof import Check, Proof, Verification
from simulate.evidence.verify import fingerprint, keep
from simulate.report.verifying import verification_file, verification_for_pages
from simulate.results.store import RunStore
from simulate.scenario.playbook import Playbook
from tests.report.outcomes import make_loaded, make_outcome

KEPT = Verification(
    fingerprint=fingerprint(),
    quick=False,
    proofs=(
        Proof(kind="worked", checks=(Check(case="waves", trials=48, holds=True),)),
        Proof(
            kind="laws",
            checks=(
                Check(case="forgotten", trials=3, holds=True),
                Check(case="random", trials=60, orders=2799, holds=True),
            ),
        ),
    ),
)


def no_step(_what: str, _total: int) -> Callable[[int], None]:
    return lambda _: None


@pytest.fixture
def playbook(tmp_path: Path) -> Playbook:
    (tmp_path / "content" / "en").mkdir(parents=True)
    page = "<!-- peakbook:table verification -->\n<!-- /peakbook -->\n"
    (tmp_path / "content" / "en" / "proof.md").write_text(page)
    return Playbook(tmp_path)


def test_a_kept_verification_is_shown_with_the_audits_of_what_is_published(
    playbook: Playbook, tmp_path: Path
) -> None:
    store = RunStore(tmp_path / ".peakbook" / "runs")
    keep(KEPT, verification_file(store))
    outcome = make_outcome()
    found = verification_for_pages(
        playbook, {"double-12": (make_loaded(tmp_path), outcome)}, store, 1, no_step
    )
    assert found is not None
    assert found.of("worked") == KEPT.of("worked")
    published, random = found.of("laws").checks
    assert (published.case, published.trials) == ("double-12", outcome.replications)
    assert random == KEPT.of("laws").checks[1]


def test_pages_without_its_block_need_no_verification(playbook: Playbook, tmp_path: Path) -> None:
    (playbook.content / "en" / "proof.md").write_text("# Nothing\n")
    store = RunStore(tmp_path / ".peakbook" / "runs")
    assert verification_for_pages(playbook, {}, store, 1, no_step) is None
    assert not verification_file(store).exists()
