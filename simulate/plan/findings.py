"""What the plan linter finds: which figures contradict each other, and which would agree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from simulate.plan.loaded import LoadedPlan
from simulate.scenario.base import Text
from simulate.scenario.documents import Key
from simulate.scenario.problems import Place

Severity = Literal["error", "warning"]
"""An error cannot be kept as it is written; a warning can, but somebody should know."""

Path: TypeAlias = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures at `path` that contradict others: `what` and by how much, what would `agree`.

    `severity` is that of the rule unless given.
    """

    path: Path
    what: Text
    agree: Text
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of contradiction, known by its `id`, and how it is found."""

    id: str
    severity: Severity
    title: Text
    find: Callable[[LoadedPlan], Iterator[Contradiction]]


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """A contradiction in a plan's file. `accepted` is the reason why it is left as it is."""

    rule: str
    severity: Severity
    path: Path
    place: Place
    what: Text
    agree: Text
    accepted: Text | None = None

    @property
    def at(self) -> str:
        """The path of keys to it, such as ``campaigns.double-12.bids``."""
        return ".".join(str(key) for key in self.path)

    @property
    def fails(self) -> bool:
        """Whether a plan with this finding does not hold."""
        return self.severity == "error" and self.accepted is None
