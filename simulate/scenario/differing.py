"""In which inputs two scenarios differ."""

from dataclasses import dataclass

from simulate.scenario.documents import Key
from simulate.scenario.loading import Loaded

UNTOLD = frozenset({"title", "summary", "expected", "label"})
"""Keys that change words alone."""


@dataclass(frozen=True, slots=True)
class Differing:
    """One input that two scenarios write differently; None where one of them has no such input."""

    path: tuple[Key, ...]
    before: str | None
    after: str | None


def differing(first: Loaded, other: Loaded) -> tuple[Differing, ...]:
    """Return every input that `other` writes differently than `first`, in document order."""
    before = {each.path: each.text for each in first.inputs}
    after = {each.path: each.text for each in other.inputs}
    return tuple(
        Differing(path, before.get(path), after.get(path))
        for path in dict.fromkeys([*before, *after])
        if before.get(path) != after.get(path) and UNTOLD.isdisjoint(path)
    )
