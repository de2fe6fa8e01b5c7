"""Compiling with numba, and keeping the machine code for the next process."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import types
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., Any])

ROOMS = ("warehouse", "results")
"""Rooms whose modules have compiled functions that call each other."""


@cache
def _folder() -> str:
    """Return the folder of machine code for just these sources.

    Numba itself looks only at the file of the function that is called, not at those of the
    functions and constants that it uses: after a change there it would run what is stale.
    """
    here = Path(__file__).parent
    sources = sorted(file for room in ROOMS for file in (here.parent / room).glob("*.py"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sources))
    return str(here / "__pycache__" / f"compiled-{digest.hexdigest()[:12]}")


@contextmanager
def _kept_in(folder: str) -> Iterator[None]:
    """Let numba keep machine code in `folder`; where it cannot write, in the user's own cache."""
    config = cast(Any, numba).config
    before = config.CACHE_DIR
    config.CACHE_DIR = before or folder
    try:
        yield
    finally:
        config.CACHE_DIR = before


def compiled(function: F) -> F:
    """Compile with numba, keeping the machine code on disk for the next process.

    Nothing in the kernels makes or keeps an array, so numba need not count references to them.
    """
    with _kept_in(_folder()):
        return cast(F, cast(Any, numba).njit(cache=True, nogil=True, _nrt=False)(function))


def inlined(function: F) -> F:
    """Compile with numba, written out wherever it is called."""
    jit = cast(Any, numba).njit(nogil=True, _nrt=False, inline="always")
    return cast(F, jit(function))


def _asked_for(_typing: Any, array: Any, row: Any, column: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        table = context.make_array(signature.args[0])(context, builder, arguments[0])
        width = builder.extract_value(table.shape, 1)
        place = builder.add(builder.mul(arguments[1], width), arguments[2])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        function = builder.module.declare_intrinsic(
            "llvm.prefetch", (byte,), ir.FunctionType(ir.VoidType(), [byte, *[number] * 3])
        )
        address = builder.bitcast(builder.gep(table.data, [place]), byte)
        builder.call(function, [address, *(ir.Constant(number, word) for word in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp), generate


ask_for = cast(Any, intrinsic)(_asked_for)
"""In a compiled function: have the processor fetch a place of a table that is soon read."""
