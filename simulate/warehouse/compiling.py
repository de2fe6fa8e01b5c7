"""Compiling what flows: functions of the floor and of what is counted from it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from simulate.compiling import compiled as compiled_in

F = TypeVar("F", bound=Callable[..., Any])

compiled = compiled_in("warehouse", "results")
"""Compiles a function; those of these two rooms call each other."""


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
