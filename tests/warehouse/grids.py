"""Random lines and jobs on a grid so coarse that several things fall on most instants."""

from dataclasses import dataclass
from random import Random

import numpy as np

from simulate.warehouse.floor import NOWHERE, UNLIMITED, Jobs, Line
from tests.warehouse.lines import Decision, jobs_of, line_of


@dataclass(frozen=True, slots=True)
class Case:
    line: Line
    jobs: Jobs
    stock: list[int]
    decisions: list[Decision]


def drawn(random: Random) -> Case:
    """Return a line of one to four stations and perhaps two beside it, with up to 25 jobs."""
    main = random.randint(1, 4)
    has_restock, has_returns = random.random() < 0.4, random.random() < 0.4
    stations = main + has_restock + has_returns
    line = _line(random, main, stations, has_restock)
    stock = [random.choice((UNLIMITED, random.randint(0, 6))) for _ in range(random.randint(0, 2))]
    jobs = _jobs(random, line, has_returns, len(stock))
    return Case(line, jobs, stock, _decisions(random, line, stock))


def _line(random: Random, main: int, stations: int, has_restock: bool) -> Line:
    def each(chance: float, most: int, otherwise: int, least: int = 0) -> list[int]:
        """Return a number for each station; `otherwise` for most, and for those beside."""
        return [
            random.randint(least, most) if random.random() < chance and s < main else otherwise
            for s in range(stations)
        ]

    return line_of(
        [random.randint(0, 1) for _ in range(stations - 1)] + [1],
        courier=random.random() < 0.6,
        cart=each(0.3, 4, 1, 1),
        cart_setup=[float(value) for value in each(0.3, 2, 0)],
        wave=each(0.25, 3, NOWHERE),
        crowd_from=each(0.3, 2, 99),
        crowd_slowdown=[0.1 * value for value in each(0.3, 2, 0)],
        rework_to=[random.randint(0, s) if random.random() < 0.3 and s < main else NOWHERE
                   for s in range(stations)],
        goods_from=random.randint(0, main),
        restock=main if has_restock else NOWHERE,
        main=main,
        by_urgency=random.random() < 0.5,
    )  # fmt: skip


def _jobs(random: Random, line: Line, has_returns: bool, groups: int) -> Jobs:
    number, stations = random.randint(0, 25), len(line.stations)
    ready = sorted(float(random.randint(0, 20)) for _ in range(number))
    returned = [has_returns and random.random() < 0.2 for _ in range(number)]
    beside = (2**stations - 1) & -(2**line.main)
    skips = [
        2 ** (stations - 1) - 1 if back else random.randint(0, 2**line.main - 1) | beside
        for back in returned
    ]

    def table(chance: float, most: int, of: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> object:
        return [
            [random.randint(1, most) if of[s] and random.random() < chance and not back else 0
             for back in returned]
            for s in range(stations)
        ]  # fmt: skip

    is_main = np.arange(stations) < line.main
    return jobs_of(
        ready,
        [[float(random.randint(0, 4)) for _ in ready] for _ in range(stations)],
        skips,
        urgency=[float(random.randint(0, 2)) * line.by_urgency for _ in ready],
        group=[NOWHERE if back else random.randint(-1, groups - 1) for back in returned],
        cancelled=[
            time + random.randint(0, 20) if random.random() < 0.25 and not back else np.inf
            for time, back in zip(ready, returned, strict=True)
        ],
        is_return=returned,
        delay=table(0.2, 9, is_main),
        rework=table(0.2, 2, line.rework_to != NOWHERE),
    )


def _decisions(random: Random, line: Line, stock: list[int]) -> list[Decision]:
    decisions: list[Decision] = [(0, "set_staff", (pool, 1)) for pool in range(len(line.pools))]
    for _ in range(random.randint(0, 30)):
        station = random.randrange(len(line.stations))
        possible: list[tuple[str, tuple[float, ...]]] = [
            ("set_staff", (random.randrange(len(line.pools)), random.randint(0, 4))),
            ("set_places", (station, random.randint(0, 3))),
            ("set_slowness", (random.randrange(len(line.pools)), random.choice((1.0, 1.3)))),
            ("set_quota", (random.choice((0, 1, 3, UNLIMITED)),)),
            ("collect", (random.choice((0, 1, 5, UNLIMITED)),)),
        ]
        if line.wave[station] != NOWHERE:
            possible.append(("release_wave", (station,)))
        limited = [group for group, units in enumerate(stock) if units < UNLIMITED]
        if limited:
            possible.append(("add_stock", (random.choice(limited), random.randint(0, 4))))
        decisions.append((float(random.randint(0, 40)), *random.choice(possible)))
    return decisions
