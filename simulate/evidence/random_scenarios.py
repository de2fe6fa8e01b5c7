"""Scenarios drawn at random, every option on or off, to hold one floor against the other.

They are small, a few dozen orders and some hours, and full of ties: many orders are there at the
start, and the clock and much of the work lie on a coarse grid, so that much falls on one instant.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from simulate.evidence.dice import Dice, Spec
from simulate.evidence.random_line import line_spec
from simulate.evidence.random_market import market_spec, promised
from simulate.scenario.base import FromFile
from simulate.scenario.scenario import Scenario
from simulate.warehouse.work import Work

GRID = 15.0
"""Seconds: what `on_a_grid` rounds to."""

DAY = datetime(2026, 12, 12)
STARTS = ("08:00:00", "08:00:00", "00:30:00", "07:15:20")
DRAINS = ("0.3s", "1h", "9h", "26h")
ZONES = ("Asia/Shanghai", "America/Sao_Paulo")

EVERY_OPTION = 5
"""One scenario in so many has every option on that it can have."""


def random_scenario(seed: int) -> Scenario:
    """Return the scenario number `seed`; the same number gives the same scenario."""
    return scenario_of(random_spec(seed))


def random_spec(seed: int) -> Spec:
    """Return scenario number `seed` as text and numbers, fit to be written as YAML."""
    option = 1.0 if seed % EVERY_OPTION == 0 else 0.4
    return drawn_spec(Random(seed), option) | {"title": f"Random scenario {seed}", "seed": seed}


def scenario_of(spec: Spec) -> Scenario:
    """Return a spec as the scenario that its file would give."""
    return Scenario.model_validate(spec, context=FromFile(ZoneInfo(spec["timezone"])))


def drawn_spec(random: Random, option: float = 0.4) -> Spec:
    """Return a scenario that `random` decides on, each option on with the chance `option`."""
    starts = datetime.fromisoformat(f"{DAY:%Y-%m-%d}T{random.choice(STARTS)}")
    ends = starts + timedelta(hours=random.randint(1, 4))
    drain = random.choice(DRAINS)
    hours = 0 if drain == "0.3s" else int(drain[:-1])
    dice = Dice(random, option, starts, ends, ends + timedelta(hours=hours))
    line = line_spec(dice)
    spec: Spec = {
        "title": "Drawn",
        "timezone": dice.one_of(*ZONES),
        "starts": f"{starts:%Y-%m-%dT%H:%M:%S}",
        "ends": f"{ends:%Y-%m-%dT%H:%M:%S}",
        "drain_limit": drain,
        "opening_backlog": {"orders": dice.orders(1, 40), "paid_within": "2h"},
        "replications": 1,
        **market_spec(dice, line),
        **line,
    }
    return spec | promised(dice, spec)


def on_a_grid(work: Work) -> Work:
    """Return the same work with every time rounded to `GRID`, so that many coincide.

    Jobs are ready later, never sooner: what is to come after a moment still comes after it.
    """
    jobs = work.jobs
    rounded = {
        name: np.rint(getattr(jobs, name) / GRID) * GRID for name in ("work", "delay", "cancelled")
    }
    rounded["ready"] = np.ceil(jobs.ready / GRID) * GRID
    return replace(work, jobs=replace(jobs, **rounded))
