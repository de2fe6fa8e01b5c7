"""Many replications as tables: the funnel, channels, and shops."""

from collections.abc import Sequence

import numpy as np

from simulate.results.estimates import estimate
from simulate.results.outcome import ChannelResult, Estimate, FunnelStep, ShopResult
from simulate.results.replication import Replication
from simulate.results.spending import AD_KINDS
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

STEPS = {
    "visitors": None, "page_views": "visitors", "carts": "visitors", "enquiries": "visitors",
    "placed_orders": "visitors", "paid_orders": "placed_orders",
}  # fmt: skip
"""Steps to a paid order, and of which step each is counted."""

STEP_UNITS = {
    "visitors": "visitors", "page_views": "views", "carts": "visitors", "enquiries": "visitors",
}  # fmt: skip


def funnel_steps(scenario: Scenario, replications: Sequence[Replication]) -> tuple[FunnelStep, ...]:
    """Return the steps that the scenario tells apart, in the order in which they are taken.

    Page views have no rate unless those of every visitor are known.
    """
    rows = []
    for step, of in STEPS.items():
        if step in replications[0].measures:
            count = np.array([each.measures[step] for each in replications])
            rate = None
            if of is not None and (step != "page_views" or _all_have_paths(scenario)):
                whole = np.array([each.measures[of] for each in replications])
                rate = by(count, whole, "ratio" if step == "page_views" else "share")
            unit = STEP_UNITS.get(step, "orders")
            rows.append(
                FunnelStep(step=step, count=estimate(count.tolist(), unit), of=of, rate=rate)
            )
    return tuple(rows)


def _all_have_paths(scenario: Scenario) -> bool:
    changes = [channel.conversion for channel in scenario.channels.values()]
    changes += [phase.conversion for phase in scenario.phases.values()]
    has_path = scenario.conversion.path is not None
    return has_path and all(change.order_share is None for change in changes)


def by(parts: Floats, wholes: Floats, unit: str, *, is_signed: bool = False) -> Estimate | None:
    """Return the estimate of one part by its whole a replication, None if no whole is above 0."""
    some = wholes > 0
    if not some.any():
        return None
    return estimate((parts[some] / wholes[some]).tolist(), unit, is_signed=is_signed)


def channel_results(
    scenario: Scenario, replications: Sequence[Replication]
) -> tuple[ChannelResult, ...]:
    """Return a row for each channel, in the order of the scenario."""
    sums = {
        name: np.array([each.channels[name] for each in replications])
        for name in replications[0].channels
    }
    priced = {whose for each in replications for kind, whose, _ in each.costs if kind in AD_KINDS}
    controller = scenario.controller
    cut = set() if controller is None else {n for r in controller.rules.values() for n in r.cut}
    return tuple(
        _channel(
            scenario,
            name,
            {key: values[:, row] for key, values in sums.items()},
            is_priced=name in priced,
            is_cut=name in cut,
        )
        for row, name in enumerate(scenario.channels)
    )


def _channel(
    scenario: Scenario, name: str, sums: dict[str, Floats], *, is_priced: bool, is_cut: bool
) -> ChannelResult:
    """Return one channel's row from its sums, each one number a replication."""
    money = scenario.currency
    channel = scenario.channels[name]
    visitors, cost, clicks = sums["visitors"], sums["cost"], sums["clicks"]
    margin, worth = sums.get("margin"), sums.get("worth")
    buys = channel.spend is not None
    ceiling = by(worth, clicks, money, is_signed=True) if buys and worth is not None else None

    def total(what: str, unit: str) -> Estimate:
        return estimate(sums[what].tolist(), unit)

    return ChannelResult(
        channel=name,
        shop=channel.shop,
        visitors=total("visitors", "visitors"),
        turned_away=total("turned_away", "visitors") if is_cut else None,
        orders=total("placed", "orders"),
        paid=total("paid", "orders"),
        sales=total("sales", money),
        conversion=by(sums["paid"], visitors, "share"),
        cost=total("cost", money) if is_priced else None,
        cost_per_visitor=by(cost, visitors, money) if is_priced else None,
        return_on_ads=by(sums["sales"], cost, "ratio") if is_priced else None,
        credited_sales=total("credited", money),
        credited_return_on_ads=by(sums["credited"], cost, "ratio") if is_priced else None,
        margin=None if margin is None else estimate(margin.tolist(), money, is_signed=True),
        click_price=by(sums["click_cost"], clicks, money) if buys else None,
        bid_ceiling=ceiling,
    )


def shop_results(scenario: Scenario, replications: Sequence[Replication]) -> tuple[ShopResult, ...]:
    """Return a row for each shop, and one for the channels of none; none without shops."""
    if not scenario.shops:
        return ()
    shops = [channel.shop for channel in scenario.channels.values()]
    rows = []
    for name in (*scenario.shops, None):
        own = np.array([shop == name for shop in shops] + [False])
        if not own.any():
            continue
        sums = {
            key: np.array([each.channels[key][own].sum() for each in replications])
            for key in ("visitors", "paid", "sales", "kept", "on_time")
        }
        rows.append(
            ShopResult(
                shop=name,
                visitors=estimate(sums["visitors"].tolist(), "visitors"),
                paid=estimate(sums["paid"].tolist(), "orders"),
                sales=estimate(sums["sales"].tolist(), scenario.currency),
                late_orders=estimate((sums["kept"] - sums["on_time"]).tolist(), "orders"),
                on_time_share=by(sums["on_time"], sums["kept"], "share"),
            )
        )
    return tuple(rows)
