"""All that a `CompiledFloor` knows, as arrays, and how they come to its compiled functions.

S stations, P pools, N jobs, R rows (places where jobs wait), D rows of delays and rework, L people
who may be at work at once, H delays, K cancellations, G groups.
"""

from typing import Any, NamedTuple, cast, get_args, get_type_hints

import numpy as np
from llvmlite import ir
from numba.core import cgutils as untyped_cgutils
from numba.core import types as untyped_types
from numba.extending import intrinsic
from numba.np import arrayobj as untyped_arrayobj
from numba.np import numpy_support
from numpy.typing import NDArray

from simulate.warehouse.compiling import compiled

cgutils, types, arrayobj = (
    cast(Any, module) for module in (untyped_cgutils, untyped_types, untyped_arrayobj)
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
# What other arrays are indexed by: numba asks of every signed index whether it counts from the end.
Places = NDArray[np.uint32]

# Places in `State.counts`.
(
    ARRIVED, QUOTA, RELEASED, INSIDE, DONE, CANCELLING, LOGGED, HAS_COURIER, HAS_HEAPS, CLASSES,
    RESTOCK, GOODS_FROM, ERP, DOCK, HELD, STATIONS, POOLS, NJOBS, NCANCELS, GROUPS, HAS_STOCK,
    HAS_WAVES, HAS_DELAYS, BITS, IDLE, VACANT, DELAYED, IS_DISORDERED, COUNTS,
) = range(29)  # fmt: skip

NOWHERE = -1


class State(NamedTuple):
    """All that a floor knows.

    From `Line` and `Jobs`: `pool_of[S]`, `cart[S]`, `cart_setup[S]`, `wave[S]`, `crowd_from[S]`,
    `crowd_slowdown[S]`, `rework_to[S]`, `ready[N]`, `work[S, N]`, `skips[N]`, `urgency[N]`,
    `group[N]`, `is_return[N]`; `cancels[K]` jobs that are cancelled at `cancel_at[K]`, ascending.
    `delay[D, N]` and `rework[D, N]` have a row only for stations after which some job does not go
    straight on: `detour[S]` is the row of a station, or -1.

    `class_of[N]` numbers the urgencies from 0 on, if there are few.

    Waiting: row r holds job numbers `queue[r, :]` and when they joined, `joined[r, :]`; its part
    from `span[r, 0]` to `span[r, 1]` is in use, `waiting[r]` of it is still there: who left early
    has another row in `row_of[N]`. All rows are in order. Those of stations come first: each has
    one for every class, the most urgent first. With too many urgencies for that, a station has one
    row, a binary heap by (urgency, joined, job), with `first[r, :]` the urgency. `gate_row[S]`
    and `short_row[G]` say where jobs wait for a wave and for stock, -1 if they never do.

    Working: `ends[2L]`, `ending[L]`, `end_station[L]`, `idle[L]`: see `simulate.warehouse.ends`.
    `next_in_cart[N]`: the other jobs of a cart, -1 at its end. Held: `delay_end[H]`,
    `delayed[H]`, `delay_station[H]`: see `simulate.warehouse.delays`.

    `is_due[P]`: pools whose people may have something new to do; plain lines have a list of them,
    `due[P]`, too. `of_pool[P, S]`: stations of each pool, last of the line first, -1 after them.
    `staff[P]`, `busy[P]`, `slowness[P]`, `places[S]`, `working[S]`, `stock[G]`. `in_queue[S]`,
    `first_joined[S]`, `first_urgency[S]`: of each station's queue when `advance` returns.

    Results: as in `Stamps`, with the visits in `log_*`. On plain lines `next_in_cart`,
    `is_cancelled`, `is_handled` and `gone` are not in use. `where`: for `recalled`.
    """

    where: Ints
    pool_of: Places
    cart: Ints
    cart_setup: Floats
    wave: Ints
    crowd_from: Ints
    crowd_slowdown: Floats
    rework_to: Ints
    ready: Floats
    work: Floats
    skips: NDArray[np.uint32]
    urgency: Floats
    class_of: NDArray[np.int8]
    group: Numbers
    detour: Ints
    delay: Floats
    rework: NDArray[np.int8]
    is_return: NDArray[np.bool_]
    cancels: Numbers
    cancel_at: Floats
    queue: Places
    joined: Floats
    first: Floats
    span: Places
    waiting: Ints
    row_of: NDArray[np.int16]
    gate_row: Ints
    short_row: Ints
    ends: Ints
    ending: Places
    end_station: NDArray[np.uint8]
    idle: Places
    next_in_cart: Numbers
    delay_end: Floats
    delayed: Places
    delay_station: NDArray[np.uint8]
    of_pool: Ints
    staff: Ints
    busy: Ints
    slowness: Floats
    places: Ints
    working: Ints
    stock: Ints
    due: Ints
    is_due: NDArray[np.bool_]
    in_queue: Ints
    first_joined: Floats
    first_urgency: Floats
    is_cancelled: NDArray[np.bool_]
    is_handled: NDArray[np.bool_]
    released: Floats
    dispatched: Floats
    collected: Floats
    gone: Floats
    log_job: Numbers
    log_station: NDArray[np.int8]
    log_joined: Floats
    log_started: Floats
    log_ended: Floats
    counts: Ints


_TABLES = {"work", "delay", "rework", "queue", "joined", "first", "span", "of_pool"}
"""Arrays of two dimensions; all others have one."""

_KINDS = {
    name: (get_args(get_args(hint)[1])[0], 2 if name in _TABLES else 1)
    for name, hint in get_type_hints(State).items()
}
_WORDS = 3
"""An array is handed over as its address and up to two lengths."""
_WORD = ir.IntType(64)


def handed_over(state: State) -> State:
    """Return the state with every array as compiled functions read it, and with `where` they are.

    Numba takes microseconds to hand over so many arrays, and longer still from one compiled
    function to the next: `where` is all that they need, for as long as the state is kept.
    Raises ValueError for an array with another number of dimensions than it should have.
    """
    state = state._replace(where=np.zeros(len(_KINDS) * _WORDS, np.int64))
    arrays = []
    for name, (kind, dimensions) in _KINDS.items():
        array = getattr(state, name)
        arrays.append(np.ascontiguousarray(array, kind))
        if array.ndim != dimensions:
            raise ValueError(f"{name} has {array.ndim} dimensions, not {dimensions}")
    state = State(*arrays)
    _note(state)
    return state


_TYPES = [
    types.Array(numpy_support.from_dtype(np.dtype(kind)), dimensions, "C")
    for kind, dimensions in _KINDS.values()
]


def _note_where(_typing: Any, state: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        """Write down the address and the lengths of every array of a State."""
        arrays = [
            context.make_array(kind)(context, builder, builder.extract_value(arguments[0], row))
            for row, kind in enumerate(signature.args[0].types)
        ]
        table = arrays[State._fields.index("where")]
        for row, array in enumerate(arrays):
            lengths = cgutils.unpack_tuple(builder, array.shape)
            for word, value in enumerate([builder.ptrtoint(array.data, _WORD), *lengths]):
                builder.store(value, builder.gep(table.data, [_WORD(row * _WORDS + word)]))
        return context.get_dummy_value()

    return types.void(state), generate


def _recall_from(_typing: Any, where: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        """Read the address and the lengths of every array, and put them into a State."""
        table = context.make_array(signature.args[0])(context, builder, arguments[0])
        arrays = []
        for row, kind in enumerate(_TYPES):
            address, *shape = (
                builder.load(builder.gep(table.data, [_WORD(row * _WORDS + word)]))
                for word in range(1 + kind.ndim)
            )
            array = context.make_array(kind)(context, builder)
            size = _WORD(context.get_abi_sizeof(context.get_data_type(kind.dtype)))
            steps = [size] if kind.ndim == 1 else [builder.mul(shape[1], size), size]
            arrayobj.populate_array(
                array,
                data=builder.inttoptr(address, array.data.type),
                shape=cgutils.pack_array(builder, shape),
                strides=cgutils.pack_array(builder, steps),
                itemsize=size,
                meminfo=None,
            )
            arrays.append(array._getvalue())
        return context.make_tuple(builder, signature.return_type, arrays)

    return types.NamedTuple(_TYPES, State)(where), generate


_noted = cast(Any, intrinsic)(_note_where)
recalled = cast(Any, intrinsic)(_recall_from)
"""In a compiled function: the State of which one has only `where` its arrays are."""


@compiled
def _note(state: State) -> None:
    _noted(state)
