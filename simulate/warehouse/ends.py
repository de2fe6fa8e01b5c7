"""When the work of each person at work ends, so that the next end is always known.

A tournament of L = 2**bits people. `ends[L + k]` is the key of person k: the tick at which the work
in hand ends, times L, plus k. Every other `ends[i]` is the lesser of `ends[2 * i]` and
`ends[2 * i + 1]`, so `ends[1]` tells the next end, and whose it is. A new key is carried up in
`bits` steps without a branch: of those of a heap a processor guesses every other one wrong.

Person k works on the job, or on the cart that begins with the job, `ending[k]` at `end_station[k]`.
The first `counts[IDLE]` of `idle[:]` are those without work.
"""

from typing import Any

import numpy as np

from simulate.warehouse.compiling import inlined
from simulate.warehouse.state import Ints

TICKS = 2.0**20
NEVER = 2**63 - 1


def horizon(bits: int) -> float:
    """Return up to when ends are told apart: what ends later counts as if it ended then."""
    return 2.0 ** (62 - bits) / TICKS


def empty(bits: int) -> Ints:
    """Return the ends of people without work."""
    return np.full(2 << bits, NEVER, np.int64)


def more(ends: Ints, before: int, bits: int) -> Ints:
    """Return ends with room for 2**bits people instead of 2**before."""
    grown = empty(bits)
    people = np.flatnonzero(ends[1 << before :] != NEVER)
    ticks = ends[people + (1 << before)] >> before
    grown[people + (1 << bits)] = (ticks << bits) + people
    for level in range(bits - 1, -1, -1):
        below = grown[2 << level : 4 << level]
        grown[1 << level : 2 << level] = np.minimum(below[::2], below[1::2])
    return grown


@inlined
def set_key(ends: Any, bits: int, person: Any, key: Any) -> None:
    """Replace a person's key."""
    place = (np.uint64(1) << np.uint64(bits)) + np.uint64(person)
    ends[place] = key
    while place > np.uint64(1):
        key = min(key, ends[place ^ np.uint64(1)])
        place >>= np.uint64(1)
        ends[place] = key


@inlined
def set_end(ends: Any, bits: int, person: Any, time: float) -> None:
    """Note when the work of a person ends that begins now."""
    tick = np.int64(min(time * TICKS, np.float64(np.int64(1) << (62 - bits))))
    set_key(ends, bits, person, (tick << bits) + np.int64(person))


@inlined
def next_end(ends: Any, bits: int) -> float:
    """Return the next end, or a time after every time that is told apart if there is none."""
    return np.float64(ends[1] >> bits) / TICKS


@inlined
def whose_end(ends: Any, bits: int) -> Any:
    """Return whose work ends next."""
    return np.uint64(ends[1]) & ((np.uint64(1) << np.uint64(bits)) - np.uint64(1))


@inlined
def is_alone(ends: Any, bits: int) -> Any:
    """Tell whether nobody else's work ends at the very tick of the next end."""
    place = (np.uint64(1) << np.uint64(bits)) + whose_end(ends, bits)
    other = np.int64(NEVER)
    while place > np.uint64(1):
        other = min(other, ends[place ^ np.uint64(1)])
        place >>= np.uint64(1)
    return (other >> bits) != (ends[1] >> bits)
