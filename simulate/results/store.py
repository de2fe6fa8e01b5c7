"""The run store: outcomes kept by fingerprint, so that nothing is simulated twice."""

import json
import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from simulate.files import write_whole
from simulate.results.outcome import Outcome
from simulate.scenario.playbook import find_playbook
from simulate.scenario.problems import InputError

_OUTCOME = TypeAdapter(Outcome)


class RunStore:
    """Outcomes in a folder, one file each. Files appear whole, so two commands may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The folder of the outcomes."""
        return self._folder

    def _path(self, fingerprint: str, floor: str) -> Path:
        return self._folder / f"{fingerprint}-{floor}.json"

    def get(self, fingerprint: str, floor: str) -> Outcome | None:
        """Return the outcome, or None if it is not there or cannot be read."""
        try:
            return _OUTCOME.validate_json(self._path(fingerprint, floor).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, outcome: Outcome) -> None:
        """Keep an outcome."""
        text = json.dumps(_OUTCOME.dump_python(outcome, mode="json"), separators=(",", ":"))
        write_whole(self._path(outcome.fingerprint, outcome.floor), text)


def usual_store() -> RunStore:
    """Return the run store: of the playbook here, or of the user where there is none.

    The environment variable PEAKBOOK_STORE names another folder.
    """
    if folder := os.environ.get("PEAKBOOK_STORE"):
        return RunStore(Path(folder))
    try:
        return RunStore(find_playbook().root / ".peakbook" / "runs")
    except InputError:
        import click

        return RunStore(Path(click.get_app_dir("peakbook")) / "runs")
