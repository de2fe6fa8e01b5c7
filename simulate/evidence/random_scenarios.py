"""Scenarios drawn at random, every option on or off, to hold one floor against the other.

They are small, a few dozen orders and some hours, and full of ties: work, delays and the clock
lie on one coarse grid, and many orders are there at the start, so that much falls on the same
instant.
"""

from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from simulate.scenario.base import FromFile
from simulate.scenario.scenario import Scenario
from simulate.warehouse.work import Work

GRID = 15.0
"""Seconds: what `on_a_grid` rounds to."""

ZONE = "Asia/Shanghai"
DAY = "2026-12-12"
MORNING, NOON = 8, 12

Spec = dict[str, Any]
"""A scenario as it would be written in a file."""


def random_scenario(seed: int) -> Scenario:
    """Return the scenario number `seed`; the same number gives the same scenario."""
    spec = random_spec(seed)
    return Scenario.model_validate(spec, context=FromFile(ZoneInfo(ZONE)))


def random_spec(seed: int) -> Spec:
    """Return scenario number `seed` as text and numbers, fit to be written as YAML.

    One in five has every option on that it can have.
    """
    generator = np.random.default_rng(seed)
    ends, drain = int(generator.integers(MORNING + 1, NOON + 1)), int(generator.choice((1, 9, 26)))
    dice = _Dice(generator, 1.0 if seed % 5 == 0 else 0.4, last_hour=min(20, ends + drain - 1))
    pools = [f"team{index}" for index in range(dice.between(1, 3))]
    stations = [f"step{index}" for index in range(dice.between(1, 5))]
    spec = {
        "title": f"Random scenario {seed}",
        "timezone": ZONE,
        "starts": f"{DAY}T{MORNING:02d}:00",
        "ends": f"{DAY}T{ends:02d}:00",
        "drain_limit": f"{drain}h",
        "opening_backlog": {"orders": f"{dice.between(1, 40)} orders", "paid_within": "2h"},
        "seed": seed,
        "replications": 1,
        **_demand(dice, pools),
        "stations": {
            name: _station(dice, stations[: index + 1], pools)
            for index, name in enumerate(stations)
        },
        "pools": {name: _pool(dice) for name in pools},
    }
    spec |= _line_options(dice, stations)
    spec |= _aftercare(dice, stations, pools)
    spec |= _promised(dice, spec)
    for name, pool in spec["pools"].items():
        if sum(station["pool"] == name for station in spec["stations"].values()) < 2:
            pool.pop("supervisor", None)  # with one station there is nowhere to send people
    return spec


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


@dataclass(frozen=True, slots=True)
class _Dice:
    """Draws; an option is on with the chance `option`. The run goes on in `last_hour`."""

    generator: np.random.Generator
    option: float
    last_hour: int

    def between(self, least: int, most: int) -> int:
        return int(self.generator.integers(least, most + 1))

    def one_of(self, *values: Any) -> Any:
        return values[int(self.generator.integers(len(values)))]

    def on(self) -> bool:
        return bool(self.generator.random() < self.option)

    def some(self, values: list[str], most: int) -> list[str]:
        """Return up to `most` of the values, none twice, in their order."""
        taken = self.generator.permutation(len(values))[: self.between(0, most)]
        return [values[index] for index in sorted(taken.tolist())]

    def clock(self) -> str:
        return f"{self.between(MORNING, 20):02d}:{self.one_of('00', '15', '30', '45')}"

    def moment(self) -> str:
        return f"{DAY}T{self.between(MORNING, self.last_hour):02d}:{self.one_of('00', '15', '30')}"

    def duration(self) -> str:
        return str(self.one_of("0s", "30s", "5min", "20min", "1h"))

    def spread(self) -> Spec:
        """Return a distribution; half of the time it is none, so that ties stay."""
        return dict(
            self.one_of(
                {"kind": "deterministic"},
                {"kind": "deterministic"},
                {"kind": "deterministic"},
                {"kind": "exponential"},
                {"kind": "lognormal", "cv": 0.7},
                {"kind": "erlang", "phases": 3},
                {"kind": "empirical", "observed": [0, 1, 2, 9]},
            )
        )

    def delay(self) -> Spec:
        mean = self.one_of("5min", "30min", "1h")
        return {"mean": mean, "distribution": self.spread()}

    def share(self) -> str:
        return str(self.one_of("5%", "30%", "60%"))


def _demand(dice: _Dice, pools: list[str]) -> Spec:
    channels: Spec = {"web": {"visitors": f"{dice.between(1, 500)} visitors/day"}}
    if dice.on():
        channels["mail"] = {
            "reach": f"{dice.between(1, 20)} people",
            "response": "100%",
            "sent": f"{DAY}T08:30",
            "response_delay": dice.one_of("0s", "1h"),
        }
    if dice.on():
        channels["web"]["priority"] = dice.between(0, 9)
    groups = ["plain", "hero"] if dice.on() else ["plain"]
    spec: Spec = {
        "channels": channels,
        "conversion": {"order_share": "100%", "paid_share": dice.one_of("100%", "80%")},
        "sku_groups": {
            name: _group(dice, "100%" if len(groups) == 1 else "50%", pools) for name in groups
        },
    }
    if dice.on():
        spec["payment_delay"] = dice.delay()
    if dice.on():
        spec["promise"] = {"kind": "hours", "within": dice.one_of("2h", "24h")}
    return spec


def _group(dice: _Dice, share: str, pools: list[str]) -> Spec:
    group: Spec = {
        "share": share,
        "lines": dice.one_of(
            {"kind": "fixed", "count": 1},
            {"kind": "geometric", "mean": 2},
            {"kind": "empirical", "shares": {1: "60%", 3: "40%"}},
        ),
        "packed_beforehand": dice.one_of("0%", "30%"),
    }
    if dice.on():
        group["priority"] = dice.between(0, 9)
    if dice.on():
        group["promise"] = {"kind": "hours", "within": dice.one_of("1h", "6h")}
    if dice.on():
        group["value"] = {"mean": "100 CNY/order", "distribution": dice.spread()}
    if dice.on():
        group["stock"] = {"opening": f"{dice.between(1, 30)} units"}
        if dice.on():
            group["stock"]["receipts"] = {name: _receipt(dice, pools) for name in ("one", "two")}
    return group


def _receipt(dice: _Dice, pools: list[str]) -> Spec:
    receipt: Spec = {"at": dice.moment(), "units": f"{dice.between(1, 20)} units"}
    if dice.on():
        receipt["unloading"] = {
            "pool": dice.one_of(*pools),
            "people": f"{dice.between(1, 2)} people",
            "lasts": dice.one_of("15min", "1h"),
        }
    return receipt


def _station(dice: _Dice, so_far: list[str], pools: list[str]) -> Spec:
    spec: Spec = {
        "pool": dice.one_of(*pools),
        "setup": f"{dice.one_of(15, 30, 60, 300)}s/order",
        "per_line": f"{dice.one_of(0, 15, 30)}s/line",
        "distribution": dice.spread(),
    }
    if dice.on():
        spec["interruption"] = {"chance": "10%", "mean": "20min"}
    if dice.on():
        spec["cart"] = {"orders": f"{dice.between(1, 6)} orders"}
        spec["cart"]["setup"] = f"{dice.one_of(0, 15, 60)}s/cart"
    if dice.on():
        spec["wave"] = dice.one_of(
            {"every": "30min"}, {"orders": "4 orders"}, {"every": "1h", "orders": "7 orders"}
        )
    if dice.on():
        spec["exceptions"] = {"share": dice.share(), "delay": dice.delay()}
    if dice.on():
        spec["rework"] = {"share": dice.one_of("10%", "40%"), "back_to": dice.one_of(*so_far)}
    if dice.on():
        spec["crowding"] = {"beyond": f"{dice.between(1, 3)} people", "slowdown": "10%"}
    if dice.on():
        spec["equipment"] = {"number": f"{dice.between(1, 4)} places"}
        if dice.on():
            spec["equipment"]["failures"] = {"time_between": "3h", "repair": "20min"}
    if dice.on():
        spec["mis_sent"] = "5%"
    return spec


def _pool(dice: _Dice) -> Spec:
    shifts = {"early": _shift(dice, 8, 14)}
    if dice.on():
        shifts["late"] = _shift(dice, dice.between(12, 15), 20)
    pool: Spec = {"shifts": shifts, "wage": "25 CNY/h"}
    if dice.on():
        pool["supervisor"] = {
            "every": dice.one_of("5min", "15min", "30min"),
            "rule": dice.one_of("longest-wait", "most-urgent", "fixed-order"),
            "switching": dice.one_of("0s", "1min", "4min"),
        }
    if dice.on():
        pool["overtime"] = {"backlog": f"{dice.between(0, 20)} orders", "lasts": "2h"}
    if dice.on():
        pool["call_ins"] = {
            "help": {
                "at": dice.clock(),
                "backlog": f"{dice.between(0, 20)} orders",
                "notice": dice.duration(),
                "people": f"{dice.between(1, 3)} people",
                "lasts": "3h",
            }
        }
    return pool


def _shift(dice: _Dice, starts: int, ends: int) -> Spec:
    shift: Spec = {
        "starts": f"{starts:02d}:00",
        "ends": f"{ends:02d}:00",
        "people": f"{dice.between(1, 4)} people",
    }
    if dice.on():
        shift["breaks"] = {
            "tea": {"starts": f"{starts + 1:02d}:30", "lasts": dice.one_of("15min", "40min")}
        }
    if dice.on():
        shift["absence"] = "20%"
    if dice.on():
        shift["learning"] = {"first_day": "50%", "days": 3}
    if dice.on():
        shift["wage"] = "30 CNY/h"
    return shift


def _line_options(dice: _Dice, stations: list[str]) -> Spec:
    spec: Spec = {
        # The last station is passed by all, so that no order has nothing to do.
        "packed_beforehand_skips": dice.some(stations[:-1], 2),
        "single_line_skips": dice.some(stations[:-1], 2) if dice.on() else [],
    }
    if dice.on():
        spec["erp"] = {"per_hour": f"{dice.between(5, 40)} orders", "per_day": "120 orders"}
        if dice.on():
            spec["erp"]["failures"] = {"time_between": "4h", "repair": "30min"}
    if dice.on():
        spec["courier"] = _courier(dice)
    return spec


def _courier(dice: _Dice) -> Spec:
    collections: Spec = {}
    # The first comes before the earliest end of a run: a courier who never comes is refused.
    times = [dice.one_of("09:00", "09:30", "10:00"), dice.clock(), dice.clock()]
    for name, time in zip(("one", "two", "three")[: dice.between(1, 3)], times, strict=False):
        collections[name] = {"at": time}
        if dice.on():
            collections[name]["capacity"] = f"{dice.between(1, 30)} parcels"
    courier: Spec = {"collections": collections}
    if dice.on():
        courier["late"] = {"share": dice.share(), "delay": "30min"}
    if dice.on():
        courier["missing"] = "20%"
    if dice.on():
        collections["one"]["capacity"] = "9 parcels"
        courier["overloads"] = {
            "noon": {"starts": f"{DAY}T09:15", "ends": f"{DAY}T14:00", "capacity": "40%"}
        }
    return courier


def _aftercare(dice: _Dice, stations: list[str], pools: list[str]) -> Spec:
    spec: Spec = {}

    def handling() -> Spec:
        return {"pool": dice.one_of(*pools), "work": f"{dice.one_of(30, 60)}s/parcel"}

    if dice.on():
        spec["cancellations"] = {
            "share": dice.share(),
            "delay": dice.delay(),
            "goods_from": dice.one_of(*stations),
        }
        if dice.on():
            spec["cancellations"]["restocking"] = handling()
    if dice.on():
        spec["returns"] = {"share": dice.share(), "delay": dice.delay(), "handling": handling()}
    if dice.on():
        spec["costs"] = {"parcel": "4 CNY/parcel", "material": "1 CNY/order"}
    return spec


def _promised(dice: _Dice, spec: Spec) -> Spec:
    """Return the options that need a promise, if there is one."""
    groups = spec["sku_groups"].values()
    if "promise" not in spec and not all("promise" in group for group in groups):
        return {}
    options: Spec = {"due_dates": bool(dice.between(0, 1))}
    if dice.on() and all("value" in group for group in groups):
        options["compensation"] = {"share": "30%", "least": "5 CNY", "most": "100 CNY"}
    return options
