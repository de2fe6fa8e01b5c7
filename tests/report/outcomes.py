"""A campaign and its outcome made by hand: a shop that flows hour by hour, without chance."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.results.outcome import (
    Band,
    Bottleneck,
    ClassLateness,
    CostItem,
    CourierVisit,
    Crew,
    Estimate,
    Judgement,
    LeadTimes,
    Outcome,
    Verdict,
    VerdictWord,
)
from simulate.scenario.loading import Loaded, load

STATIONS = {
    "audit": ("Audit", "审单", 300),
    "print": ("Print", "打单", 300),
    "pick": ("Pick", "拣货", 150),
    "sort": ("Sort", "分包", 180),
    "check": ("Check", "二检", 170),
    "pack": ("Pack", "打包", 120),
    "scan": ("Scan", "扫单", 260),
}
"""Label in English, in Chinese, and orders an hour while the pool is at work."""

POOLS = {"office": ["audit", "print"], "floor": ["pick", "sort"], "packers": ["check", "pack"]}


def pool_of(station: str) -> str:
    return next((pool for pool, stations in POOLS.items() if station in stations), "dock")


def make_loaded(folder: Path, name: str = "double-12", **changes: Any) -> Loaded:
    """Write a small Double 12 in Shanghai, 11 to 15 December 2026, into `folder` and load it."""
    file = folder / f"{name}.yml"
    file.write_text(yaml.safe_dump(_fields(**changes), allow_unicode=True, sort_keys=False))
    return load(file)


def make_subject(folder: Path, language: str = "en", word: VerdictWord = "pass") -> Subject:
    """Return the small Double 12 with its outcome, in a language."""
    return Subject(
        loaded=make_loaded(folder),
        outcome=make_outcome(word=word, volume=2.0 if word == "fail" else 1.0),
        words=load_words(language),
    )


def _fields(labels: Mapping[str, str] = MappingProxyType({}), **changes: Any) -> dict[str, Any]:
    day = {"starts": "08:00", "ends": "18:00", "people": "6 people", "label": "Day"}
    night = {"starts": "18:00", "ends": "23:00", "people": "3 people", "label": {
        "en": "Evening", "zh": "晚班"}}  # fmt: skip
    fields: dict[str, Any] = {
        "title": {"en": "Double 12", "zh": "双十二"},
        "timezone": "Asia/Shanghai",
        "starts": "2026-12-11T00:00",
        "ends": "2026-12-16T00:00",
        "channels": {
            "search": {
                "label": {"en": "Search ads", "zh": "直通车"},
                "spend": "10000 CNY/day",
                "cpc": "5 CNY/click",
            },
            "display": {
                "label": {"en": "Display", "zh": "钻展"},
                "spend": "15000 CNY/day",
                "cpm": "100 CNY/1000 impressions",
                "click_rate": "2%",
                "phases": ["burst"],
            },
            "sms": {
                "label": {"en": "SMS", "zh": "短信"},
                "reach": "20000 people",
                "response": "0.8%",
                "sent": "2026-12-11T18:00",
            },
            "natural": {"visitors": "12000 visitors/day"},
        },
        "phases": {
            "burst": {
                "label": {"en": "Burst", "zh": "爆发期"},
                "starts": "2026-12-12T00:00",
                "ends": "2026-12-13T00:00",
                "traffic": "4x",
            }
        },
        "conversion": {"order_share": "5%", "enquiry_share": "20%", "paid_share": "88%"},
        "stations": {
            name: {"label": {"en": en, "zh": zh}, "pool": pool_of(name), "setup": "20s/order"}
            for name, (en, zh, _) in STATIONS.items()
        },
        "pools": {
            "office": {"label": {"en": "Office", "zh": "文员"}, "shifts": {"day": day}},
            "floor": {
                "label": {"en": "Pickers", "zh": "拣货员"},
                "shifts": {"day": day, "evening": night},
            },
            "packers": {
                "label": {"en": "Packers", "zh": "打包员"},
                "shifts": {"day": day, "evening": night},
                "call_ins": {
                    "help": {
                        "at": "14:00",
                        "backlog": "500 orders",
                        "notice": "2h",
                        "people": "2 people",
                        "lasts": "4h",
                    }
                },
            },
            "dock": {"label": {"en": "Dock", "zh": "月台"}, "shifts": {"day": day}},
        },
        "courier": {"collections": {"evening": {"at": "17:00", "capacity": "800 parcels"}}},
        "costs": {"parcel": "5 CNY/parcel", "material": "1.5 CNY/order"},
        "promise": {
            "kind": "window",
            "paid_from": "2026-12-12T00:00",
            "paid_until": "2026-12-15T23:59",
            "collected_by": "2026-12-17T23:59",
            "otherwise_within": "48h",
        },
        "opening_backlog": {"orders": "120 orders", "paid_within": "20h"},
        "targets": {"on_time_share": "97%", "peak_backlog": "2500 orders"},
    }
    for station, label in labels.items():
        fields["stations"][station]["label"] = label
    return {**fields, **changes}


def estimate(mean: float, half: float, unit: str) -> Estimate:
    return Estimate(mean=mean, low=mean - half, high=mean + half, unit=unit)


def _band(values: list[float], unit: str, spread: float = 0.12) -> Band:
    return Band(
        mean=tuple(round(value, 3) for value in values),
        low=tuple(round(value * (1 - spread), 3) for value in values),
        high=tuple(round(value * (1 + spread), 3) for value in values),
        unit=unit,
    )


def _paid_in_hour(hour: int, volume: float) -> float:
    """Return orders paid in an hour: quiet nights, and a burst on the second day."""
    if hour >= 120:
        return 0.0
    shape = (3, 1, 1, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 6, 6, 6, 6, 5, 5, 6, 7, 7, 7, 5)[hour % 24]
    burst = 4.0 if 24 <= hour < 48 else 1.0
    first = 5.0 if hour == 24 else 1.0
    return 5.0 * shape * burst * first * volume


def _at_work(station: str, hour: int) -> bool:
    late = 23 if pool_of(station) in ("floor", "packers") else 18
    return 8 <= hour % 24 < late


def flow(volume: float, hours: int) -> dict[str, list[float]]:
    """Return the hourly series of a line in which every station works off what it has."""
    series: dict[str, list[float]] = {"paid": [], "dispatched": [], "collected": [], "dock": []}
    waiting = dict.fromkeys(STATIONS, 0.0)
    waiting["audit"], dock = 120.0, 0.0
    for hour in range(hours):
        moving = _paid_in_hour(hour, volume)
        series["paid"].append(moving)
        for station, (_, _, rate) in STATIONS.items():
            before = waiting[station] + moving
            done = min(before, rate if _at_work(station, hour) else 0.0)
            waiting[station], moving = before - done, done
            series.setdefault(f"backlog/{station}", []).append(waiting[station] + done / 9)
            series.setdefault(f"busy/{station}", []).append(2.8 * done / rate)
        series["dispatched"].append(moving)
        taken = min(dock + moving, 2500.0) if hour % 24 == 17 else 0.0
        dock += moving - taken
        series["collected"].append(taken)
        series["dock"].append(dock)
        series.setdefault("backlog", []).append(
            sum(series[f"backlog/{station}"][-1] for station in STATIONS)
        )
    for pool, stations in {**POOLS, "dock": ["scan"]}.items():
        series[f"due/{pool}"] = [
            sum(series["paid"][hour] / STATIONS[station][2] for station in stations) * 4
            for hour in range(hours)
        ]
        series[f"staff/{pool}"] = [
            6.0 if _at_work(stations[0], hour) and hour % 24 < 18 else
            3.0 if _at_work(stations[0], hour) else 0.0
            for hour in range(hours)
        ]  # fmt: skip
    return series


def make_outcome(
    name: str = "double-12", *, volume: float = 1.0, word: VerdictWord = "pass", hours: int = 240
) -> Outcome:
    """Return an outcome whose parts agree with each other; `volume` scales the orders."""
    series = flow(volume, hours)
    paid, backlog = sum(series["paid"]), series["backlog"]
    peak = max(range(hours), key=backlog.__getitem__)
    cleared = next(h for h in range(peak, hours) if backlog[h] <= 0.05 * backlog[peak])
    on_time = {"pass": 0.992, "none": 0.992, "fail": 0.814, "inconclusive": 0.969}[word]
    measures = {
        "visitors": estimate(paid / 0.044, 900, "visitors"),
        "enquiries": estimate(paid / 0.22, 220, "visitors"),
        "placed_orders": estimate(paid / 0.88, 80, "orders"),
        "paid_orders": estimate(paid, 45, "orders"),
        "opening_orders": estimate(120, 0, "orders"),
        "dispatched_orders": estimate(paid + 120, 45, "orders"),
        "collected_orders": estimate(paid + 118, 45, "orders"),
        "cancelled_orders": estimate(0, 0, "orders"),
        "unfinished_orders": estimate(2.4, 0.8, "orders"),
        "on_time_share": estimate(on_time, 0.004, "share"),
        "late_orders": estimate((paid + 120) * (1 - on_time), 12, "orders"),
        "lead_time_mean": estimate(19.3, 0.4, "hours"),
        "lead_time_p50": estimate(17.2, 0.4, "hours"),
        "lead_time_p90": estimate(38.1, 1.2, "hours"),
        "lead_time_p99": estimate(61.0, 2.4, "hours"),
        "peak_backlog": estimate(backlog[peak], 60, "orders"),
        "peak_backlog_at": estimate(peak + 0.5, 0.4, "hours"),
        "backlog_clearance": estimate(cleared - peak, 1.4, "hours"),
        "overtime": estimate(6.2, 0.7, "hours"),
        "sales": estimate(paid * 105, 4100, "CNY"),
        "overtime_cost": estimate(450, 20, "CNY"),
        "total_cost": estimate(paid * 8, 900, "CNY"),
        "cost_per_order": estimate(8, 0.12, "CNY"),
        "contribution": estimate(paid * 20, 4400, "CNY"),
        "ad_spend": estimate(65000, 0, "CNY"),
    }
    for index, station in enumerate(STATIONS):
        busy, rate = sum(series[f"busy/{station}"]), 0.3 + 0.09 * index
        measures[f"wait_{station}_mean"] = estimate(40 + busy * rate * 30, 25, "seconds")
        measures[f"utilisation_{station}"] = estimate(min(0.97, rate), 0.01, "share")
    judgements = () if word == "none" else (
        Judgement(
            measure="on_time_share", target=0.97, at_least=True,
            estimate=measures["on_time_share"], word=word,
        ),
        Judgement(
            measure="lead_time_p90", target=48.0, at_least=False,
            estimate=measures["lead_time_p90"], word="pass",
        ),
    )  # fmt: skip
    return Outcome(
        scenario=name,
        fingerprint={"pass": "3f9c", "fail": "7d0a", "inconclusive": "b2e4", "none": "c001"}[word]
        * 16,
        seed=1,
        replications=100,
        floor="compiled",
        verdict=Verdict(word=word, judgements=judgements),
        measures=measures,
        bottleneck=Bottleneck(place="pack", agreement=0.97, utilisation=0.98),
        peak_at=(peak + 0.5) * 3600,
        cleared_at=None if word == "fail" else cleared * 3600.0,
        hour_starts=tuple(hour * 3600.0 for hour in range(hours)),
        series={
            key: _band(values, "people" if key.startswith(("staff", "busy", "due")) else "orders")
            for key, values in series.items()
        },
        lead_times=tuple(_lead_times(start, series["paid"]) for start in range(0, 120, 3)),
        late_by_class=_late_by_class(paid, on_time),
        people=_people(),
        collections=tuple(_visits(series)),
        costs=_costs(paid),
    )


def _late_by_class(paid: float, on_time: float) -> tuple[ClassLateness, ...]:
    def row(orders: float, *, in_window: bool) -> ClassLateness:
        return ClassLateness(
            group=None,
            in_window=in_window,
            orders=estimate(orders, 20, "orders"),
            late_orders=estimate(orders * (1 - on_time), 4, "orders"),
            on_time_share=estimate(on_time, 0.004, "share"),
            lead_time_p90=estimate(38.1, 1.2, "hours"),
        )

    return row(paid * 0.9, in_window=True), row(paid * 0.1, in_window=False)


def _people() -> tuple[Crew, ...]:
    def crew(pool: str, shift: str, people: float, came: float, needed: float) -> Crew:
        return Crew(
            pool=pool,
            kind="shift",
            shift=shift,
            planned=estimate(people, 0, "people"),
            came=estimate(came, 0.1, "people"),
            needed=estimate(needed, 0.3, "people"),
            gap=estimate(max(0.0, needed - came), 0.3, "people"),
            busiest=(44 if shift == "evening" else 36) * 3600.0,
            hours=estimate(50 * people, 0, "hours"),
        )

    overtime = replace(
        crew("packers", "evening", 3, 2.8, 0), kind="overtime", needed=None, gap=None, busiest=None
    )
    return (
        crew("office", "day", 6, 6, 4.2),
        crew("floor", "day", 6, 5.7, 6.0),
        crew("floor", "evening", 3, 2.8, 5.1),
        crew("packers", "day", 6, 6, 6.02),
        overtime,
    )


def _visits(series: Mapping[str, list[float]]) -> Iterator[CourierVisit]:
    """Return a visit a day at 17:00, in a van that holds 800 parcels."""
    for hour in range(17, len(series["dock"]), 24):
        waiting = series["dock"][hour - 1] + series["dispatched"][hour]
        taken = min(waiting, 800.0)
        yield CourierVisit(
            name="evening",
            planned=hour * 3600.0,
            capacity=800.0,
            taken=Estimate(
                mean=taken, low=0.8 * taken, high=min(800.0, 1.2 * taken), unit="parcels"
            ),
            waiting=waiting,
            late_share=0.1,
            missed_share=0.02,
        )


def _costs(paid: float) -> tuple[CostItem, ...]:
    def item(kind: str, cost: float, pool: str | None = None, shift: str | None = None) -> CostItem:
        return CostItem(kind=kind, cost=estimate(cost, cost / 50, "CNY"), pool=pool, shift=shift)

    return (
        item("labour", 6000, "office", "day"),
        item("labour", 3000, "packers", "evening"),
        item("overtime", 400, "packers", "evening"),
        item("overtime", 50, "packers"),
        item("call-in", 200, "packers", "help"),
        item("courier", paid * 5),
        item("material", paid * 1.5),
        item("compensation", 0),
    )


def _lead_times(start: int, paid: list[float]) -> LeadTimes:
    until_morning = (24 - start % 24 + 17) % 24 + 0.5
    busy = 26.0 if 24 <= start < 48 else 6.0
    in_window = start >= 24
    return LeadTimes(
        starts=start * 3600.0,
        ends=(start + 3) * 3600.0,
        orders=sum(paid[start : start + 3]),
        p10=until_morning + busy * 0.3,
        p50=until_morning + busy * 0.6,
        p90=until_morning + busy,
        promised=168.0 - start - 1.5 if in_window else 48.0,
    )


def with_measures(outcome: Outcome, measures: Mapping[str, Estimate]) -> Outcome:
    """Return `outcome` with some measures put in or changed."""
    return replace(outcome, measures={**outcome.measures, **measures})
