from collections.abc import Callable
from pathlib import Path

import pytest

from simulate.scenario.loading import load
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError


@pytest.fixture
def playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Playbook:
    """An empty playbook, which is the working folder."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Try\n")
    (tmp_path / "content" / "scenarios").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return Playbook(tmp_path)


@pytest.fixture
def complaints(playbook: Playbook) -> Callable[..., list[str]]:
    """Load a text as ``plan.yml`` in the working folder; return what is said against it."""

    def of(text: str | bytes) -> list[str]:
        file = Path("plan.yml")
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            load(file, playbook)
        except InputError as error:
            return [str(problem) for problem in error.problems]
        return []

    return of
