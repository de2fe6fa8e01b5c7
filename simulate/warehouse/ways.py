"""Where a job goes: to its next place, away to be held, or out of the house."""

from typing import Any

import numpy as np

from simulate.warehouse.compiling import compiled, inlined
from simulate.warehouse.delays import hold
from simulate.warehouse.rows import enter, join
from simulate.warehouse.state import (
    DOCK,
    DONE,
    HAS_COURIER,
    HAS_DELAYS,
    INSIDE,
    RESTOCK,
    STATIONS,
    Ints,
    State,
    recalled,
)


@inlined
def next_place(skips: Any, station: Any, stations: int) -> Any:
    """Return the next station after `station` that a job does not pass by, or `stations`."""
    station += 1
    while station < stations and (skips >> station) & 1:
        station += 1
    return station


@inlined
def go_on(s: State, job: int, station: int, now: float) -> None:
    """Send a job to the next place after `station` (-1: it comes to the line)."""
    stations = s.counts[STATIONS]
    following = next_place(np.int64(s.skips[job]), station, stations)
    if following < stations:
        if s.gate_row[following] >= 0:
            join(s, s.gate_row[following], job, now)
        else:
            enter(s, following, job, now)
    else:
        _come_out(s.where, job, now)


@compiled
def _come_out(where: Ints, job: int, now: float) -> None:
    """Have passed all stations: an order is dispatched, a return is put away."""
    s = recalled(where)
    if s.is_return[job]:
        finish(s, job, now)
    else:
        s.counts[INSIDE] -= 1
        s.dispatched[job] = now
        if s.counts[HAS_COURIER]:
            join(s, s.counts[DOCK], job, now)
        else:
            s.collected[job] = now
            s.counts[DONE] += 1


@inlined
def finish(s: State, job: int, now: float) -> None:
    """Be gone: the unit of stock that the job held is free."""
    s.gone[job] = now
    if not s.is_return[job]:
        s.counts[DONE] += 1
        if s.group[job] >= 0 and not np.isnan(s.released[job]):
            s.stock[s.group[job]] += 1


@inlined
def leave(s: State, job: int, now: float) -> None:
    """Leave as cancelled: to be restocked if the goods were handled, or gone."""
    s.counts[INSIDE] -= 1
    restock = s.counts[RESTOCK]
    if s.is_handled[job] and restock >= 0:
        enter(s, restock, job, now)
    else:
        finish(s, job, now)


@compiled
def _detour(where: Ints, job: int, station: int, now: float) -> None:
    """Send a job that does not go straight on where it must go after its work at a station."""
    s = recalled(where)
    row = s.detour[station]
    if s.is_cancelled[job]:
        if station == s.counts[RESTOCK]:
            finish(s, job, now)
        else:
            leave(s, job, now)
    elif s.rework[row, job] > 0:
        s.rework[row, job] -= 1
        # From the station before on: the next one is where it is sent back to.
        go_on(s, job, s.rework_to[station] - 1, now)
    else:
        seconds = s.delay[row, job]
        s.delay[row, job] = 0.0
        hold(where, job, station, now + seconds)


@inlined
def _is_held(s: State, row: int, job: int) -> Any:
    """Tell whether a job is held after a station."""
    return s.counts[HAS_DELAYS] and s.delay[row, job] > 0


@inlined
def after_work(s: State, job: int, station: Any, now: float) -> None:
    """Decide where a job goes whose work at a station has ended."""
    row = s.detour[station]
    if s.is_cancelled[job] or (row >= 0 and (s.rework[row, job] > 0 or _is_held(s, row, job))):
        _detour(s.where, job, station, now)
    else:
        go_on(s, job, station, now)
