"""The service desk's event loop, compiled by numba; `desk_reference` is the same in plain words."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.compiling import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled("demand")
def _push(times: Floats, numbers: Ints, size: int, time: float, number: int) -> None:
    """Add to a binary heap by (time, number) that has `size` items."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if times[above] < time or (times[above] == time and numbers[above] <= number):
            break
        times[place], numbers[place] = times[above], numbers[above]
        place = above
    times[place], numbers[place] = time, number


@compiled("demand")
def _pop(times: Floats, numbers: Ints, size: int) -> None:
    """Take the first item away from a binary heap that has `size` items."""
    last = size - 1
    time, number = times[last], numbers[last]
    place = 0
    below: Any = 1
    while below < last:
        right = below + 1
        if right < last and (
            times[right] < times[below]
            or (times[right] == times[below] and numbers[right] < numbers[below])
        ):
            below = right
        if time < times[below] or (time == times[below] and number <= numbers[below]):
            break
        times[place], numbers[place] = times[below], numbers[below]
        place = below
        below = 2 * place + 1
    times[place], numbers[place] = time, number


@compiled("demand")
def _first(times: Floats, place: int, length: int, so_far: float) -> float:
    """Return the earlier of a time and `times[place]`, if that is inside its `length`."""
    return min(so_far, times[place]) if place < length else so_far


@compiled("demand")
def serve(
    order: Ints,
    asked: Floats,
    until: Floats,
    talk: Floats,
    hold: Floats,
    owes: NDArray[np.bool_],
    after: float,
    waiting_due: Floats,
    waiting: Ints,
    known: int,
    work: Floats,
    step_at: Floats,
    places: Ints,
    end: Floats,
    ending: Ints,
    taken: Floats,
    chase_taken: Floats,
) -> None:
    """Give every chat and every chase its place, as far as there is one: `taken`, `chase_taken`.

    Chat i (of those in `order`, by asking) joins at `asked[i]`, is taken at the latest at
    `until[i]`, talks for `talk[i]` and keeps its place for `hold[i]` more; if it then `owes`,
    chase i is due `after` its talk. `waiting_due` and `waiting` are a heap of chases, the first
    `known` of them there from the start; chase j takes `work[j]`. From `step_at[k]` on there are
    `places[k]` places. `end` and `ending` have room for as many as can be in hand at once.

    Of what falls on one instant, chats and chases end first, then the places change, then who
    asks joins, then places are given, to chats before chases.
    """
    now_places, in_hand, step, joined, head = 0, 0, 0, 0, 0
    while True:
        now = _first(step_at, step, len(step_at), np.inf)
        now = _first(end, 0, in_hand, now)
        if joined < len(order):
            now = min(now, asked[order[joined]])
        if in_hand < now_places:
            now = _first(waiting_due, 0, known, now)
        if now == np.inf:
            return
        while in_hand and end[0] <= now:
            _pop(end, ending, in_hand)
            in_hand -= 1
        while step < len(step_at) and step_at[step] <= now:
            now_places = places[step]
            step += 1
        while joined < len(order) and asked[order[joined]] <= now:
            joined += 1
        while head < joined and in_hand < now_places:
            chat = order[head]
            head += 1
            if until[chat] >= now:
                taken[chat] = now
                over = now + talk[chat]
                _push(end, ending, in_hand, over + hold[chat], chat)
                in_hand += 1
                if owes[chat]:
                    _push(waiting_due, waiting, known, over + after, chat)
                    known += 1
        while known and in_hand < now_places and waiting_due[0] <= now:
            chase = waiting[0]
            _pop(waiting_due, waiting, known)
            known -= 1
            chase_taken[chase] = now
            _push(end, ending, in_hand, now + work[chase], chase)
            in_hand += 1
