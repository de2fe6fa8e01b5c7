"""The orders of a whole year: those of all periods, in the order of payment."""

import hashlib
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from simulate.demand.orders import Orders, draw, paid_orders
from simulate.demand.streams import stream
from simulate.demand.variation import gamma_factors, spread_of
from simulate.plan.year import Year
from simulate.scenario.clock import to_ticks

TIMES = frozenset({"placed", "paid", "deadline"})
"""Fields that count seconds since the start of the period, and in a year since the year's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOrders:
    """The paid orders of one simulated year, and what lies behind them.

    `orders` are in the order of payment, their times in seconds since the year's start, their
    channels and SKU groups those of the year's line. `potential`: how many numbers their `drawn`
    runs through. `visitors`: by period.
    """

    orders: Orders
    potential: int
    visitors: NDArray[np.int64]


def draw_year(year: Year, seed: int, replication: int) -> YearOrders:
    """Return the orders of one replication of a year.

    Each period draws from streams of its own, so that a change of one leaves the visitors of all
    others as they are. The forecast's error of the year and of the month scales all traffic.
    """
    error = _errors(year, seed, replication)
    parts, visitors, potential = [], [], 0
    for period in year.periods:
        traffic = period.scenario.traffic * error[period.month]
        scenario = period.scenario.model_copy(update={"traffic": traffic})
        book = draw(scenario, period_seed(seed, period.name), replication)
        parts.append(
            _in_year(
                paid_orders(book),
                to_ticks(period.offset),
                year.group_base[period.campaign],
                year.channel_base[period.campaign],
                potential,
            )
        )
        visitors.append(book.visitors)
        potential += book.potential
    return YearOrders(orders=_joined(parts), potential=potential, visitors=np.array(visitors))


def period_seed(seed: int, name: str) -> int:
    """Return the seed of a period: 63 bits of the SHA-256 of the year's seed and its name."""
    digest = hashlib.sha256(f"peakbook/year/seed {seed}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _errors(year: Year, seed: int, replication: int) -> dict[str, float]:
    """Return what the forecast's error makes of the traffic of each month."""
    plan = year.plan.plan
    months = [month.key for month in plan.months]
    total = np.ones(len(months))
    if plan.forecast_error.year:
        generator = stream(seed, replication, "year/forecast error/year")
        total *= gamma_factors(spread_of(plan.forecast_error.year), generator, 1)
    if plan.forecast_error.month:
        generator = stream(seed, replication, "year/forecast error/month")
        total *= gamma_factors(spread_of(plan.forecast_error.month), generator, len(months))
    return dict(zip(months, total.tolist(), strict=True))


def _in_year(orders: Orders, offset: float, group: int, channel: int, drawn: int) -> Orders:
    """Return the orders of a period with the year's times and numbers."""
    values = {field.name: getattr(orders, field.name) for field in fields(Orders)}
    for name in TIMES:
        values[name] = values[name] + offset
    values["group"] = values["group"] + group
    values["channel"] = np.where(orders.channel >= 0, orders.channel + channel, orders.channel)
    values["drawn"] = values["drawn"] + drawn
    return Orders(**values)


def _joined(parts: list[Orders]) -> Orders:
    """Return the orders of all periods by payment, then by placing."""
    placed = np.concatenate([part.placed for part in parts])
    paid = np.concatenate([part.paid for part in parts])
    order = np.lexsort((placed, paid))
    return Orders(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])[order]
            for field in fields(Orders)
        }
    )
