"""Random small scenarios with every option of the warehouse, full of things that coincide."""

from random import Random
from typing import Any

from simulate.demand.orders import draw, paid_orders
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Stamps
from simulate.warehouse.log import Log
from simulate.warehouse.run import run_line
from simulate.warehouse.work import jobs_of

Fields = dict[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STEADY: Fields = {"kind": "deterministic"}
VARIATIONS: tuple[Fields, ...] = (
    STEADY,
    STEADY,
    {"kind": "exponential"},
    {"kind": "lognormal", "cv": 0.7},
    {"kind": "gamma", "cv": 1.5},
    {"kind": "erlang", "phases": 3},
    {"kind": "empirical", "observed": [0, 10, 20, 90]},
)
DAYS = ("2026-12-11", "2026-12-12", "2026-12-13")


class Drawing:
    """Draws a scenario, option by option."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.pools = [f"team{index}" for index in range(self.whole(1, 3))]
        self.stations = [f"station{index}" for index in range(self.whole(1, 4))]
        self.groups = ["plain", "hero"]

    def one(self, *values: Any) -> Any:
        return self._random.choice(values)

    def whole(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def some(self, chance: float = 0.35, **fields: Any) -> Fields:
        """Return some of the fields; those that are functions are called."""
        return {
            name: field() if callable(field) else field
            for name, field in fields.items()
            if self._random.random() < chance
        }

    def clock(self) -> str:
        return f"{self.whole(0, 23):02d}:{self.one('00', '00', '30')}"

    def moment(self) -> str:
        return f"{self.one('2026-12-12', '2026-12-13')}T{self.clock()}"

    def duration(self, *more: str) -> str:
        return str(self.one("10min", "30min", "1h", "3h", *more))

    def delay(self) -> Fields:
        return {"mean": self.duration("0s"), "distribution": self.one(*VARIATIONS)}

    def shift(self) -> Fields:
        starts = self.whole(0, 23)
        ends = starts + self.whole(1, 24)
        tomorrow = "+1d" if ends > 24 else ""
        return {
            "starts": f"{starts:02d}:00",
            "ends": f"{ends - 24 if ends > 24 else ends:02d}:00{tomorrow}",
            "people": f"{self.whole(0, 5)} people",
            **self.some(
                weekdays=lambda: self._random.sample(WEEKDAYS, self.whole(3, 7)),
                first=lambda: self.one(*DAYS[:2]),
                last=lambda: self.one(*DAYS[1:]),
                breaks=lambda: {
                    name: {"starts": self.clock(), "lasts": self.duration("15min")}
                    for name in ("lunch", "tea")[: self.whole(1, 2)]
                },
                absence=lambda: self.one("20%", "100%"),
                learning=lambda: {"first_day": self.one("40%", "75%"), "days": self.whole(1, 3)},
            ),
        }

    def pool(self) -> Fields:
        return {
            "shifts": {name: self.shift() for name in "xyz"[: self.whole(1, 3)]},
            **self.some(
                0.4,
                supervisor=lambda: {
                    "every": self.one("15min", "30min", "50min"),
                    "rule": self.one("longest-wait", "most-urgent", "fixed-order"),
                    **self.some(0.5, switching=lambda: self.one("5min", "15min", "1h")),
                },
                overtime=lambda: {
                    "backlog": f"{self.whole(0, 20)} orders",
                    "lasts": self.duration(),
                },
                call_ins=lambda: {
                    name: {
                        "at": self.clock(),
                        "backlog": f"{self.whole(0, 20)} orders",
                        "notice": self.duration("0s"),
                        "people": f"{self.whole(1, 4)} people",
                        "lasts": self.duration("10h"),
                    }
                    for name in ("early", "late")[: self.whole(1, 2)]
                },
            ),
        }

    def failures(self) -> Fields:
        return {"time_between": self.one("1h", "5h"), "repair": self.one("10min", "2h")}

    def station(self, index: int) -> Fields:
        return {
            "pool": self.one(*self.pools),
            "setup": f"{self.one(0, 1, 60, 300, 600, 0.3)}s/order",
            "per_line": f"{self.one(0, 0, 20, 0.7)}s/line",
            "distribution": self.one(*VARIATIONS),
            **self.some(
                0.25,
                interruption={"chance": "10%", "mean": "2h"},
                cart=lambda: {
                    "orders": f"{self.whole(1, 5)} orders",
                    **self.some(0.5, setup="60s/cart"),
                },
                wave=lambda: self.one(
                    {"every": "1h"},
                    {"every": "45min", "orders": "3 orders"},
                    {"orders": "2 orders"},
                ),
                exceptions=lambda: {"share": self.one("20%", "100%"), "delay": self.delay()},
                rework=lambda: {
                    "share": self.one("5%", "40%"),
                    "back_to": self.stations[self.whole(0, index)],
                },
                crowding=lambda: {
                    "beyond": f"{self.whole(0, 3)} people",
                    "slowdown": self.one("5%", "30%"),
                },
                equipment=lambda: {
                    "number": f"{self.whole(1, 3)} places",
                    **self.some(0.6, failures=self.failures),
                },
                mis_sent="1%",
            ),
        }

    def handling(self) -> Fields:
        return {
            "pool": self.one(*self.pools),
            "work": f"{self.one(0, 60, 300)}s/parcel",
            "distribution": self.one(*VARIATIONS),
        }

    def stock(self) -> Fields:
        def receipt() -> Fields:
            return {
                "at": self.moment(),
                "units": f"{self.whole(1, 40)} units",
                **self.some(
                    0.6,
                    unloading=lambda: {
                        "pool": self.one(*self.pools),
                        "people": f"{self.whole(1, 3)} people",
                        "lasts": self.duration(),
                    },
                ),
            }

        return {
            "opening": f"{self.whole(0, 30)} units",
            "receipts": {name: receipt() for name in ("first", "second")[: self.whole(0, 2)]},
        }

    def group(self) -> Fields:
        return {
            "share": "50%",
            "lines": {"kind": "geometric", "mean": 2},
            "packed_beforehand": self.one("0%", "40%"),
            **self.some(
                0.4,
                stock=self.stock,
                priority=lambda: self.whole(0, 9),
                promise=lambda: {"kind": "hours", "within": self.duration("24h")},
            ),
        }

    def channels(self) -> Fields:
        drop = {
            "reach": "40 people",
            "response": "100%",
            "sent": f"2026-12-12T{self.clock()}",
            "response_delay": self.one("0s", "2h"),
        }
        return {
            "search": {
                "visitors": "80 visitors/day",
                **self.some(priority=lambda: self.whole(0, 9)),
            },
            **self.some(0.7, drop=drop),
        }

    def courier(self) -> Fields:
        def visit() -> Fields:
            return {
                "at": self.clock(),
                **self.some(0.5, capacity=lambda: self.one("1 parcel", "7 parcels", "900 parcels")),
            }

        overload = {
            "starts": "2026-12-12T06:00",
            "ends": "2026-12-13T12:00",
            "capacity": self.one("0%", "50%"),
        }
        return {
            "collections": {name: visit() for name in "abcd"[: self.whole(1, 4)]},
            **self.some(
                late=lambda: {"share": self.one("30%", "100%"), "delay": self.duration()},
                missing=lambda: self.one("20%", "100%"),
                overloads={"full": overload},
            ),
        }

    def scenario(self) -> Fields:
        return {
            "title": "Drawn",
            "timezone": self.one("Asia/Shanghai", "America/Sao_Paulo"),
            "starts": self.one("2026-12-12T00:00", "2026-12-12T00:30", "2026-12-12T07:15:20"),
            "ends": "2026-12-13T00:00",
            "drain_limit": self.one("0.3s", "1.1h", "7h", "2d", "2d"),
            "channels": self.channels(),
            "conversion": {"order_share": "100%", "paid_share": self.one("100%", "80%")},
            "sku_groups": {name: self.group() for name in self.groups},
            "stations": {name: self.station(index) for index, name in enumerate(self.stations)},
            "pools": {name: self.pool() for name in self.pools},
            "due_dates": self.one(True, False),
            **self.some(
                packed_beforehand_skips=self._skipped,
                single_line_skips=self._skipped,
                payment_delay=self.delay,
                opening_backlog=lambda: {
                    "orders": f"{self.one(0, 1, 30)} orders",
                    "paid_within": "5h",
                },
                erp=lambda: self.some(
                    0.5,
                    per_hour=lambda: self.one("1 order", "5 orders", "50 orders"),
                    per_day=lambda: self.one("1 order", "20 orders"),
                    failures=self.failures,
                ),
                promise={"kind": "hours", "within": "24h"},
                cancellations=lambda: {
                    "share": self.one("20%", "100%"),
                    "delay": self.delay(),
                    "goods_from": self.one(*self.stations),
                    **self.some(0.6, restocking=self.handling),
                },
                returns=lambda: {
                    "share": self.one("30%", "100%"),
                    "delay": self.delay(),
                    "handling": self.handling(),
                },
            ),
            **self.some(0.6, courier=self.courier),
        }

    def _skipped(self) -> list[str]:
        return self._random.sample(self.stations, self.whole(0, len(self.stations)))


def drawn(random: Random) -> Scenario:
    """Return a scenario that `random` decides on."""
    return Scenario.model_validate(Drawing(random).scenario())


def outcome(scenario: Scenario, seed: int, floor: str) -> tuple[Stamps, Log]:
    """Draw the first replication and send it through the line on a floor."""
    book = draw(scenario, seed, 0)
    orders = paid_orders(book)
    return run_line(scenario, jobs_of(scenario, orders, book.potential, seed, 0), seed, 0, floor)
