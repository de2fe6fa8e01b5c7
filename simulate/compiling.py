"""Compiling with numba, and keeping the machine code for the next process."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


@cache
def _folder(rooms: tuple[str, ...]) -> str:
    """Return the folder of machine code for just the sources of these rooms.

    Numba itself looks only at the file of the function that is called, not at those of the
    functions and constants that it uses: after a change there it would run what is stale.
    """
    here = Path(__file__).parent
    sources = sorted(file for room in rooms for file in (here / room).glob("*.py"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sources))
    return str(here / rooms[0] / "__pycache__" / f"compiled-{digest.hexdigest()[:12]}")


@contextmanager
def _kept_in(folder: str) -> Iterator[None]:
    """Let numba keep machine code in `folder`; where it cannot write, in the user's own cache."""
    import numba

    config = cast(Any, numba).config
    before = config.CACHE_DIR
    config.CACHE_DIR = before or folder
    try:
        yield
    finally:
        config.CACHE_DIR = before


def compiled(*rooms: str) -> Callable[[F], F]:
    """Return a decorator that compiles a function whose callees are all in `rooms`.

    The machine code is kept on disk for the next process, until a source of these rooms changes.
    Nothing in the functions makes or keeps an array, so numba need not count references to them.
    """

    def compile_(function: F) -> F:
        import numba

        with _kept_in(_folder(rooms)):
            return cast(F, cast(Any, numba).njit(cache=True, nogil=True, _nrt=False)(function))

    return compile_
