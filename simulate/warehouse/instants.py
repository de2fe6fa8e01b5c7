"""The order of things that fall on one instant, as SimPy priorities.

SimPy's own events (ends of work, arrivals) have priority 1; see `simulate.warehouse.floor` for
what each step means. Times are whole ticks, so the differences taken here are exact.
"""

from typing import Any, cast

import simpy
from simpy.events import EventPriority

CANCELLATION = 2
DECISION = 3
START = 4


def at(env: simpy.Environment, time: float, priority: int) -> Any:
    """Return an event that happens at `time`, after everything of a smaller priority."""
    event = env.event()
    event._ok = True
    event._value = None
    env.schedule(event, priority=cast(EventPriority, priority), delay=time - env.now)
    return event


def decision_at(env: simpy.Environment, time: float) -> Any:
    """Return an event for a decision at `time`: after all work that ends by then."""
    return at(env, time, DECISION)
