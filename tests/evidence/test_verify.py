from pathlib import Path

import pytest

from simulate.evidence import verify as module
from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.verify import keep, kept, verify

CASES = [
    Case("theory", "a", lambda _: [Check(case="a", measure="m", expected=1.5, holds=True)]),
    Case("laws", "b", lambda effort: [Check(case="b", trials=1 + effort.quick, holds=True)]),
]


def test_a_verification_is_kept_as_it_is(tmp_path: Path) -> None:
    verification = verify(CASES, Effort(quick=True))
    assert verification.holds
    assert [proof.kind for proof in verification.proofs] == ["theory", "laws"]
    keep(verification, tmp_path / "kept.json")
    assert kept(tmp_path / "kept.json") == verification


def test_one_of_another_model_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(verify(CASES, Effort()), tmp_path / "kept.json")
    monkeypatch.setattr(module, "MODEL_VERSION", "another")
    assert kept(tmp_path / "kept.json") is None


@pytest.mark.parametrize("text", ["", "{}", "[1]"])
def test_a_file_that_is_none_is_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "kept.json").write_text(text)
    assert kept(tmp_path / "kept.json") is None
    assert kept(tmp_path / "missing.json") is None


def test_progress_is_told() -> None:
    told: list[tuple[str, int]] = []
    verify(CASES, Effort(), lambda case, number: told.append((case.name, number)))
    assert told == [("a", 0), ("b", 1)]
