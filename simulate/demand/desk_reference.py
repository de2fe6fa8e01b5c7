"""The service desk in SimPy, a process for each customer: what the compiled queue is held to."""

from collections import deque
from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any, cast

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import EventPriority

from simulate.demand.desk import Tasks

Floats = NDArray[np.float64]
Steps = Generator[simpy.Event, Any, None]

GIVING_PLACES, GIVING_UP = 2, 3
"""Priorities: after all that ends, changes or joins at one instant, whose priority is 1."""


class _Desk:
    """Places, who waits for one, and which chases are due."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.places = 0
        self.in_hand = 0
        self.line: deque[simpy.Event] = deque()
        self.due: list[tuple[float, int, simpy.Event]] = []

    def look(self) -> None:
        """Give free places, once everything else of this instant has happened."""
        looking = _later(self.env, 0.0, GIVING_PLACES)
        looking.callbacks.append(lambda _event: self._give())

    def leave(self) -> None:
        """Give a place back."""
        self.in_hand -= 1
        self.look()

    def _give(self) -> None:
        while self.in_hand < self.places and (self.line or self.due):
            turn = self.line.popleft() if self.line else heappop(self.due)[2]
            self.in_hand += 1
            turn.succeed()


def serve_one_by_one(tasks: Tasks) -> tuple[Floats, Floats]:
    """Return when each chat and each chase was taken, NaN for never."""
    env = simpy.Environment()
    desk = _Desk(env)
    taken = np.full(len(tasks.asked), np.nan)
    chase_taken = np.full(len(tasks.due), np.nan)
    for chat in np.flatnonzero(tasks.queues).tolist():
        env.process(_customer(desk, tasks, chat, taken, chase_taken))
    for chase in np.flatnonzero(~np.isnan(tasks.due)).tolist():
        env.process(_chase(desk, tasks, chase, float(tasks.due[chase]), chase_taken))
    env.process(_roster(desk, tasks))
    env.run()
    return taken, chase_taken


def _customer(desk: _Desk, tasks: Tasks, chat: int, taken: Floats, chase_taken: Floats) -> Steps:
    """Ask, wait until it is one's turn or patience ends, talk; the place may be kept after it."""
    env = desk.env
    yield env.timeout(tasks.asked[chat] - env.now)
    turn = env.event()
    desk.line.append(turn)
    desk.look()
    yield turn | _later(env, tasks.until[chat] - env.now, GIVING_UP)
    if not turn.triggered:
        desk.line.remove(turn)
        return
    taken[chat] = env.now
    yield env.timeout(tasks.talk[chat])
    if tasks.owes[chat]:
        env.process(_chase(desk, tasks, chat, env.now + tasks.after, chase_taken))
    yield env.timeout(tasks.hold[chat])
    desk.leave()


def _chase(desk: _Desk, tasks: Tasks, chase: int, due: float, chase_taken: Floats) -> Steps:
    """Fall due, wait until nobody else waits and a place is free, and be done."""
    env = desk.env
    yield env.timeout(due - env.now)
    turn = env.event()
    heappush(desk.due, (due, chase, turn))
    desk.look()
    yield turn
    chase_taken[chase] = env.now
    yield env.timeout(tasks.work[chase])
    desk.leave()


def _roster(desk: _Desk, tasks: Tasks) -> Steps:
    """Change the number of places at each step."""
    for time, places in zip(tasks.step_at.tolist(), tasks.places.tolist(), strict=True):
        yield desk.env.timeout(time - desk.env.now)
        desk.places = places
        desk.look()


def _later(env: simpy.Environment, delay: float, priority: int) -> Any:
    """Return an event that happens `delay` later, after everything of a smaller priority."""
    event = simpy.Event(env)
    event._ok = True
    event._value = None
    env.schedule(event, priority=cast(EventPriority, priority), delay=delay)
    return event
