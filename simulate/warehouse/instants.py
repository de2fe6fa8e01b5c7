"""The order of things that fall on one instant, as SimPy priorities.

SimPy's own events (ends of work, arrivals) have priority 1; see `simulate.warehouse.floor` for
what each step means. Times are whole ticks, so the differences taken here are exact.

Decisions of one instant have an order of their own, so that it does not depend on who was asked
first: machines, then stock, people, waves, the courier. How many of each pool are at work is told
to the floor once all of these are through, and last the drain limit ends the run.
"""

from typing import Any

import simpy

CANCELLATION = 2.0
FAILURE = 3.0
QUOTA = 3.1
STOCK = 3.2
ROSTER = 3.3
WAVE = 3.4
COURIER = 3.5
STAFFING = 3.7
LIMIT = 3.8
START = 4.0


def at(env: simpy.Environment, time: float, priority: Any) -> Any:
    """Return an event that happens at `time`, after everything of a smaller priority."""
    event = simpy.Event(env)
    event._ok = True
    event._value = None
    env.schedule(event, priority, time - env.now)
    return event
