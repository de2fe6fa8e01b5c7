"""A small shop, its orders by hand or from its scenario, and a run of its line."""

from typing import Any

import numpy as np

from simulate.demand.orders import draw, paid_orders
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Stamps
from simulate.warehouse.log import Log
from simulate.warehouse.run import run_line
from simulate.warehouse.work import Work, jobs_of
from tests.warehouse import lines

HOUR = 3600.0
DAY = 24 * HOUR


def shop(**changes: Any) -> Scenario:
    """One packer around the clock, from Saturday 12 December for a day; drain limit two days."""
    smallest = {
        "title": "Small shop",
        "timezone": "Asia/Shanghai",
        "starts": "2026-12-12T00:00",
        "ends": "2026-12-13T00:00",
        "drain_limit": "2d",
        "channels": {"search": {"visitors": "100 visitors/day"}},
        "conversion": {"order_share": "100%"},
        "stations": {"pack": {"pool": "packers", "setup": "30s/order"}},
        "pools": {"packers": team("1 person")},
    }
    return Scenario.model_validate({**smallest, **changes})


def shift(starts: str, ends: str, people: str = "1 person", **more: Any) -> dict[str, Any]:
    return {"starts": starts, "ends": ends, "people": people, **more}


def team(people: str, **more: Any) -> dict[str, Any]:
    """A pool that works around the clock."""
    return {"shifts": {"day": shift("00:00", "24:00", people)}, **more}


def message(people: int, clock: str, **more: Any) -> dict[str, Any]:
    """A channel from which so many orders come at one moment of 12 December."""
    return {
        "reach": f"{people} people",
        "response": "100%",
        "sent": f"2026-12-12T{clock}",
        "response_delay": "0s",
        **more,
    }


def run(scenario: Scenario, floor: str, ready: list[float], work: list[float]) -> Stamps:
    """Send orders that are `ready`, with the same `work` at every station, through the line."""
    jobs = lines.jobs_of(ready, [work] * len(scenario.stations))
    return run_line(scenario, lines.work_of(jobs), 1, 0, floor)[0]


def campaign(scenario: Scenario, floor: str, seed: int = 1) -> tuple[Work, Stamps, Log]:
    """Send what the scenario itself draws through the line."""
    book = draw(scenario, seed, 0)
    work = jobs_of(scenario, paid_orders(book), book.potential, seed, 0)
    return (work, *run_line(scenario, work, seed, 0, floor))


def hours(values: Any) -> list[float]:
    listed: list[float] = (np.asarray(values, float) / HOUR).tolist()
    return listed


def starts(stamps: Stamps, station: int = 0) -> list[float]:
    """Hours at which work began at a station, in order of beginning."""
    visits = stamps.visits
    return hours(visits.started[visits.station == station])
