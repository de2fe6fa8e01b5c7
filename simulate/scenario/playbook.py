"""Where a playbook's files are."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from simulate.scenario.problems import refusal


@dataclass(frozen=True)
class Playbook:
    """The folder of a playbook, which holds `mkdocs.yml` and `content/`."""

    root: Path

    @property
    def content(self) -> Path:
        """The folder of pages and scenarios."""
        return self.root / "content"

    @cached_property
    def scenarios(self) -> dict[str, Path]:
        """The file of every scenario by its name, sorted by name."""
        return _by_name(self.content / "scenarios")

    @cached_property
    def plans(self) -> dict[str, Path]:
        """The file of every annual plan by its name, sorted by name."""
        return _by_name(self.content / "plan")

    @cached_property
    def campaigns(self) -> dict[str, Path]:
        """The file of every scenario that belongs to an annual plan alone, sorted by name.

        Such a scenario is simulated with its year and has no page of its own.
        """
        return _by_name(self.content / "plan" / "campaigns")

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that have pages, such as ``("en", "zh")``."""
        folders = self.content.glob("[a-z][a-z]")
        return tuple(sorted(folder.name for folder in folders if folder.is_dir()))


def _by_name(folder: Path) -> dict[str, Path]:
    return {file.stem: file for file in sorted(folder.glob("*.yml"), key=lambda file: file.stem)}


def find_playbook(start: Path | None = None) -> Playbook:
    """Return the playbook around `start`, or else the one this program was installed from.

    `start` is the working folder unless given. Raises InputError if there is none.
    """
    here = (start or Path.cwd()).absolute()
    installed_from = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, installed_from):
        if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
            return Playbook(folder)
    raise refusal(
        "no playbook here: change into its folder, the one that holds `mkdocs.yml` and `content`"
    )
