"""A shop with everything in front of the warehouse: channels that cost, a desk, a controller."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.results.outcome import (
    ActionResult,
    Band,
    ChannelResult,
    CostItem,
    Estimate,
    Outcome,
    ShopResult,
    SoldOutResult,
    Span,
)
from simulate.scenario.loading import Loaded
from tests.report.outcomes import estimate, make_loaded, make_outcome, with_measures

HOUR = 3600.0

FEATURES: dict[str, Any] = {
    "shops": {"tmall": {"label": {"en": "Tmall", "zh": "天猫店"}}, "taobao": {}},
    "channels": {
        "search": {
            "label": {"en": "Search ads", "zh": "直通车"},
            "spend": "10000 CNY/day",
            "cpc": "5 CNY/click",
            "saturation": {"linear_up_to": "8000 CNY/day", "exponent": "60%"},
            "shop": "tmall",
        },
        "live": {
            "label": {"en": "Live show", "zh": "直播"},
            "stream": {
                "starts": "2026-12-12T20:00",
                "lasts": "2h",
                "decay": "30min",
                "visitors": "5000 people",
            },
            "commission": "20%",
            "slot_fee": "3000 CNY",
            "shop": "taobao",
        },
        "partners": {"visitors": "1000 visitors/day", "landing": "50%", "shop": "tmall"},
    },
    "sku_groups": {
        "range": {"share": "80%", "margin": "40%", "value": {"mean": "105 CNY/order"}},
        "flash": {
            "label": {"en": "Flash items", "zh": "秒杀款"},
            "share": "20%",
            "margin": "15%",
            "value": {"mean": "60 CNY/order"},
            "stock": {
                "opening": "300 units",
                "sold_out": {"leave": "60%", "take": {"range": "40%"}},
            },
        },
    },
    "desk": {
        "shifts": {
            "day": {"label": "Day", "starts": "09:00", "ends": "23:00", "people": "3 people"}
        },
        "chats": "4 chats",
        "handling": {"mean": "6min"},
        "patience": {"mean": "2min"},
    },
    "controller": {
        "every": "30min",
        "rules": {
            "ease-off": {
                "label": {"en": "Ease off", "zh": "收缩推广"},
                "above": "1,000 orders",
                "until": "600 orders",
                "cut": {"search": "30%"},
                "close": ["flash"],
                "longer_promise": {"by": "24h"},
            }
        },
    },
    "phases": {},
}


def make_market_loaded(folder: Path, **changes: Any) -> Loaded:
    """Write the shop into `folder` and load it."""
    return make_loaded(folder, **{**FEATURES, **changes})


def make_market_outcome(hours: int = 240) -> Outcome:
    """Return the outcome of the usual shop with channels, a desk, and what was done about it."""
    outcome = make_outcome(hours=hours)
    paid = outcome.series["paid"].mean
    backlog = outcome.series["backlog"].mean
    asked = [0.5 * each for each in paid]
    agents = [3.0 if 9 <= hour % 24 < 23 else 0.0 for hour in range(hours)]
    series = {
        "desk/asked": asked,
        "desk/agents": agents,
        "desk/busy": [min(a, q / 40) for a, q in zip(agents, asked, strict=True)],
        "desk/waiting": [max(0.0, q / 40 - a) for a, q in zip(agents, asked, strict=True)],
        "turned_away": [40.0 if each > 1000 else 0.0 for each in backlog],
        "without/backlog": [1.2 * each for each in backlog],
    }
    measures = {
        "first_response_p50": estimate(24, 1, "seconds"),
        "first_response_p90": estimate(95, 4, "seconds"),
        "abandonment_share": estimate(0.12, 0.01, "share"),
        "desk_lost_orders": estimate(130, 12, "orders"),
        "turned_away_visitors": estimate(900, 80, "visitors"),
        "controller_late_orders_avoided": estimate(210, 30, "orders"),
        "controller_contribution_change": estimate(-400, 120, "CNY"),
        "ad_spend": estimate(60000, 0, "CNY"),
        "return_on_ads": estimate(1.85, 0.04, "ratio"),
        "ads_share_of_sales": estimate(0.13, 0.004, "share"),
    }
    bands = {name: _band(values) for name, values in series.items()}
    return replace(
        with_measures(outcome, measures),
        series={**outcome.series, **bands},
        channels=channels(),
        shops=shops(),
        sold_out=sold_out(),
        actions=actions(),
        costs=(
            *outcome.costs,
            CostItem(kind="desk", shift="day", cost=estimate(1200, 0, "CNY")),
            CostItem(kind="clicks", channel="search", cost=estimate(50000, 0, "CNY")),
        ),
    )


def make_market_subject(folder: Path, language: str = "en", **changes: Any) -> Subject:
    """Return the shop with its outcome, in a language."""
    return Subject(
        loaded=make_market_loaded(folder, **changes),
        outcome=make_market_outcome(),
        words=load_words(language),
    )


def channel(name: str, shop: str | None, visitors: float, **changes: Any) -> ChannelResult:
    """Return a channel of which one visitor in twenty pays 105 CNY; it costs nothing."""
    paid = visitors / 20
    free = ChannelResult(
        channel=name,
        shop=shop,
        visitors=estimate(visitors, 100, "visitors"),
        turned_away=None,
        orders=estimate(paid * 1.25, 20, "orders"),
        paid=estimate(paid, 15, "orders"),
        sales=estimate(paid * 105, 1500, "CNY"),
        conversion=estimate(0.05, 0.001, "share"),
        cost=None,
        cost_per_visitor=None,
        return_on_ads=None,
        credited_sales=estimate(paid * 100, 1500, "CNY"),
        credited_return_on_ads=None,
        margin=estimate(paid * 30, 900, "CNY"),
        click_price=None,
        bid_ceiling=None,
    )
    return replace(free, **changes)


def channels() -> tuple[ChannelResult, ...]:
    """Return search ads that cost more than they bring, a live show that pays, free partners."""
    return (
        channel(
            "search",
            "tmall",
            10_000,
            turned_away=estimate(900, 80, "visitors"),
            cost=estimate(50_000, 0, "CNY"),
            cost_per_visitor=estimate(5.0, 0.0, "CNY"),
            return_on_ads=estimate(1.05, 0.03, "ratio"),
            credited_return_on_ads=estimate(1.0, 0.03, "ratio"),
            margin=estimate(-35_000, 900, "CNY"),
            click_price=estimate(5.0, 0.0, "CNY"),
            bid_ceiling=estimate(1.5, 0.1, "CNY"),
        ),
        channel(
            "live",
            "taobao",
            5_000,
            cost=estimate(8_250, 300, "CNY"),
            cost_per_visitor=estimate(1.65, 0.05, "CNY"),
            return_on_ads=estimate(3.18, 0.05, "ratio"),
            credited_return_on_ads=estimate(3.0, 0.05, "ratio"),
            margin=estimate(1_250, 200, "CNY"),
        ),
        channel("partners", "tmall", 2_500),
    )


def shops() -> tuple[ShopResult, ...]:
    """Return what each shop sells; the second one's orders are later."""

    def shop(name: str | None, paid: float, late: float) -> ShopResult:
        return ShopResult(
            shop=name,
            visitors=estimate(paid * 20, 100, "visitors"),
            paid=estimate(paid, 15, "orders"),
            sales=estimate(paid * 105, 1500, "CNY"),
            late_orders=estimate(late, 1, "orders"),
            on_time_share=estimate(1 - late / paid, 0.01, "share"),
        )

    return shop("tmall", 625, 5), shop("taobao", 250, 20)


def sold_out() -> tuple[SoldOutResult, ...]:
    """Return flash items that sell out in most campaigns on the evening of the second day."""
    return (
        SoldOutResult(
            group="flash",
            share=estimate(0.8, 0.05, "share"),
            first=Span(median=44 * HOUR, low=40 * HOUR, high=60 * HOUR),
            hours=estimate(30, 2, "hours"),
            lost_orders=estimate(120, 10, "orders"),
            moved_orders=estimate(0, 0, "orders"),
            waiting_orders=estimate(80, 8, "orders"),
        ),
    )


def actions() -> tuple[ActionResult, ...]:
    """Return a rule that comes into force in two campaigns of three, on the second day."""
    return (
        ActionResult(
            rule="ease-off",
            share=estimate(0.66, 0.06, "share"),
            first=Span(median=27 * HOUR, low=25 * HOUR, high=33 * HOUR),
            times=estimate(1.3, 0.1, "times"),
            hours=estimate(14, 1, "hours"),
        ),
    )


def _band(values: list[float]) -> Band:
    return Band(
        mean=tuple(round(value, 3) for value in values),
        low=tuple(round(0.8 * value, 3) for value in values),
        high=tuple(round(1.2 * value, 3) for value in values),
        unit="orders",
    )


def an_estimate(mean: float, unit: str) -> Estimate:
    """Return an exact estimate."""
    return Estimate(mean=mean, low=mean, high=mean, unit=unit)
