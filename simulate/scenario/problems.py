"""What is wrong with an input, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; `line` and `column` count from 1."""

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{_shown(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what to write instead; without a place if no file is at fault."""

    place: Place | None
    message: str

    def __str__(self) -> str:
        return self.message if self.place is None else f"{self.place}: {self.message}"


class InputError(Exception):
    """What a planner wrote cannot be used. `problems` holds one or more, in file order."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def refusal(message: str, place: Place | None = None) -> InputError:
    """Return the error of a single problem."""
    return InputError(Problem(place, message))


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was probably meant to be."""
    near = get_close_matches(str(word)[:80], list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return ``, did you mean `x`?`` for the known word nearest to `word`, or nothing."""
    near = nearest(word, known)
    return f", did you mean `{near}`?" if near else ""


def listed(words: Iterable[str], limit: int = 8) -> str:
    """Return words in backticks, separated by commas; the rest beyond `limit` as ``…``."""
    shown = [f"`{word}`" for word in words]
    return ", ".join(shown[:limit] + ["…"] * (len(shown) > limit))


def shortened(value: object, limit: int = 60) -> str:
    """Return `value` as one short line of text without control characters."""
    told = str(value).lower() if isinstance(value, bool) else str(value)
    text = "".join(mark if mark.isprintable() else " " for mark in told[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _shown(file: Path) -> str:
    """Return the path below the working folder if it is there, with forward slashes."""
    try:
        return file.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
