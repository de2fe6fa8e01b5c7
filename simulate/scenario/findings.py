"""What a check of a whole scenario finds."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulate.scenario.problems import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, at the value at `loc`, or at its key."""

    loc: tuple[str | int, ...]
    message: str
    of_key: bool = False


def unknown(kind: str, name: str, known: Iterable[str], *loc: str | int) -> Finding:
    """Return the finding that `name` is none of the known things of its kind."""
    names = list(known)
    hint = did_you_mean(name, names) or (f" (there are {listed(names)})" if names else "")
    return Finding(loc, f"there is no {kind} `{name}`{hint}")
