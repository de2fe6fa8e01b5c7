"""The days of a month that no campaign has: the shop as it stands, scaled to what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from simulate.demand.desk_roster import agent_steps, duties_of
from simulate.demand.rates import Rates, rates_of
from simulate.plan.models import AnnualPlan, Month
from simulate.plan.notes import Note
from simulate.plan.spending import ad_spending
from simulate.scenario.conversion import Conversion
from simulate.scenario.desk import Desk
from simulate.scenario.goods import OrderValue, SkuGroup
from simulate.scenario.quantities import Money
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import Channel, Phase

ORDINARY = "ordinary"
"""The phase that scales the shop to a month."""

DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Brought:
    """What campaigns bring to a month: expected `visitors`, and money that their ads cost."""

    visitors: float = 0.0
    spent: float = 0.0


def planned_visitors(shop: Scenario, month: Month) -> float:
    """Return the visitors of a month: as planned, or those that its sales target takes.

    Sales = visitors x conversion x order value. Of a range the middle is taken; what the plan
    does not say is the shop's own. A month without visitors or a target has none.
    """
    if month.visitors is not None:
        return (month.visitors.low + month.visitors.high) / 2
    if month.sales is None or not month.sales.amount:
        return 0.0
    return month.sales.amount / (conversion_wanted(shop, month) * value_wanted(shop, month))


def conversion_wanted(shop: Scenario, month: Month) -> float:
    """Return the share of a month's visitors who pay."""
    if month.conversion is None:
        return paying_share(shop, rates_of(shop))
    return (month.conversion.low + month.conversion.high) / 2


def value_wanted(shop: Scenario, month: Month) -> float:
    """Return the mean value of a month's orders."""
    if month.order_value is None:
        return mean_value(shop)
    amounts = month.order_value.amounts
    return (amounts.low + amounts.high) / 2


def ad_budget(plan: AnnualPlan, month: Month) -> float | None:
    """Return what a month may spend on ads: its own budget, or its part of its stage's by sales.

    None if neither says anything.
    """
    if month.ad_budget is not None:
        return month.ad_budget.amount
    stage = plan.stages[month.stage]
    sales = 0.0 if month.sales is None else month.sales.amount
    if month.ads_share is not None:
        return month.ads_share * sales
    if stage.ad_budget is not None:
        own = [each for each in plan.months if each.stage == month.stage]
        left = stage.ad_budget.amount - sum(m.ad_budget.amount for m in own if m.ad_budget)
        shared = sum(m.sales.amount for m in own if m.sales and m.ad_budget is None)
        return max(0.0, left) * sales / shared if shared else 0.0
    return None if stage.ads_share is None else stage.ads_share * sales


def ordinary_days(
    shop: Scenario,
    plan: AnnualPlan,
    month: Month,
    spans: Sequence[tuple[datetime, datetime]],
    brought: Brought,
) -> tuple[list[Scenario], list[Note]]:
    """Return the shop in each of the `spans` of a month in which there is no campaign.

    The month's visitors and budget, less what campaigns bring and cost, are spread evenly over
    these days. The budget buys as many visitors of the channels with ads as it pays for, and the
    others make up what is missing, in the proportions of the shop. Without any budget in the
    plan all channels grow alike. Conversion and order value are those of the month.
    """
    whole = planned_visitors(shop, month)
    left = whole - brought.visitors
    notes = []
    if whole and left <= 0:
        notes.append(Note(kind="full-month", where=month.key, planned=whole,
                          expected=brought.visitors))  # fmt: skip
    quiet = [_within(shop, starts, ends, {}) for starts, ends in spans]
    # All spans of a month have the same factors: those of its ordinary days together.
    rates = [rates_of(each) for each in quiet]
    factors, short = _factors(plan, month, list(zip(quiet, rates, strict=True)), left, brought)
    if short is not None and left > 0:
        notes.append(Note(kind="only-ads", where=month.key, planned=whole,
                          expected=short + brought.visitors))  # fmt: skip
    scaled = [_within(shop, starts, ends, factors) for starts, ends in spans]
    return [_as_planned(each, month) for each in scaled], notes


def _within(
    shop: Scenario, starts: datetime, ends: datetime, factors: dict[str, float]
) -> Scenario:
    phase = Phase.model_construct(starts=starts, ends=ends, channels=factors)
    changes = {"starts": starts, "ends": ends, "phases": {ORDINARY: phase}}
    return shop.model_copy(update={**changes, "opening_backlog": None, "controller": None})


def _factors(
    plan: AnnualPlan,
    month: Month,
    parts: Sequence[tuple[Scenario, Rates]],
    left: float,
    brought: Brought,
) -> tuple[dict[str, float], float | None]:
    """Return by what each channel is scaled, and the visitors of ads if these are too many."""
    if not parts:
        return {}, None
    shop = parts[0][0]
    names = list(shop.channels)
    visitors = sum(rates.expected.sum(axis=1) for _, rates in parts)
    scales = np.array([_is_scaled(channel) for channel in shop.channels.values()])
    bought = np.array([channel.spend is not None for channel in shop.channels.values()])
    free = left - float(visitors[~scales].sum())
    budget = ad_budget(plan, month)
    if budget is None and not any(ad_budget(plan, each) for each in plan.months):
        alike = max(0.0, free) / float(visitors[scales].sum()) if visitors[scales].any() else 0.0
        return {name: alike for name, is_on in zip(names, scales, strict=True) if is_on}, None
    spent = sum(float(ad_spending(part, rates).sum()) for part, rates in parts)
    ads = max(0.0, (budget or 0.0) - brought.spent) / spent if spent else 0.0
    by_ads = ads * float(visitors[bought].sum())
    others = float(visitors[scales & ~bought].sum())
    rest = max(0.0, free - by_ads) / others if others else 0.0
    factors = {
        name: ads if is_bought else rest
        for name, is_on, is_bought in zip(names, scales, bought, strict=True)
        if is_on
    }
    return factors, by_ads if by_ads > free else None


def _is_scaled(channel: Channel) -> bool:
    """Tell whether phases scale a channel: not what is sent or shown at one moment."""
    return channel.sent is None and channel.stream is None


def _as_planned(part: Scenario, month: Month) -> Scenario:
    """Return part of a month with the conversion and the order value that are planned."""
    rates = rates_of(part)
    changes: dict[str, object] = {}
    if month.conversion is not None and (own := paying_share(part, rates)):
        factor = conversion_wanted(part, month) / own
        phase = part.phases[ORDINARY].model_copy(update={"order_share": factor})
        changes["phases"] = {ORDINARY: phase}
    if month.order_value is not None:
        wanted, own = value_wanted(part, month), mean_value(part)
        groups = part.sku_groups.items()
        changes["sku_groups"] = {
            name: _dearer(group, wanted / own) if own else _worth(group, wanted, part.currency)
            for name, group in groups
        }
    return part.model_copy(update=changes)


def _worth(group: SkuGroup, amount: float, currency: str) -> SkuGroup:
    """Return a SKU group, of a shop that states no values, whose orders all have one."""
    value = OrderValue.model_construct(mean=Money(amount, currency, "order"))
    return group.model_copy(update={"value": value})


def _dearer(group: SkuGroup, factor: float) -> SkuGroup:
    if group.value is None:
        return group
    mean = replace(group.value.mean, amount=group.value.mean.amount * factor)
    return group.model_copy(update={"value": group.value.model_copy(update={"mean": mean})})


def mean_value(shop: Scenario) -> float:
    """Return the mean value of the shop's orders by the shares of its SKU groups."""
    groups = shop.sku_groups.values()
    worth = sum(group.share * (group.value.mean.amount if group.value else 0) for group in groups)
    return worth / sum(group.share for group in groups)


def paying_share(shop: Scenario, rates: Rates) -> float:
    """Return the share of visitors who are expected to pay for an order.

    Who asks while no agent is there, and not the bot, is taken to give up; everybody else who
    asks is answered, and every unpaid order is chased.
    """
    visitors = rates.expected.sum(axis=1)
    total = float(visitors.sum())
    answered = _answered(shop, rates)
    paying = sum(
        count * _paying(_conversion(shop, channel), shop.desk, answered)
        for count, channel in zip(visitors.tolist(), shop.channels.values(), strict=True)
    )
    if total:
        return float(paying / total)
    return _paying(shop.conversion, shop.desk, answered)


def _conversion(shop: Scenario, channel: Channel) -> Conversion:
    """Return the shop's conversion with what a channel changes; a path replaces a share."""
    change = channel.conversion.model_dump(exclude_none=True, include={"order_share", "path"})
    both = {"order_share": None, "path": None} if change else {}
    single = {
        key: value
        for key in ("enquiry_share", "enquiry_order_share", "paid_share")
        if (value := getattr(channel.conversion, key)) is not None
    }
    own = {key: getattr(channel.conversion, key) for key in change}
    return shop.conversion.model_copy(update={**both, **own, **single})


def _paying(shares: Conversion, desk: Desk | None, answered: float) -> float:
    silent = (1 - shares.enquiry_share) * shares.ordering
    after = shares.enquiry_order_share
    paid = shares.paid_share
    if desk is not None:
        by_bot = desk.bot_order_share if desk.bot_order_share is not None else after
        after = desk.bot_share * by_bot + (1 - desk.bot_share) * answered * after
        if desk.chase is not None:
            paid += (1 - paid) * desk.chase.success
    return float((silent + shares.enquiry_share * after) * paid)


def _answered(shop: Scenario, rates: Rates) -> float:
    """Return the share of visitors who come while an agent is at the desk."""
    expected = rates.expected.sum(axis=0)
    if shop.desk is None or not expected.any():
        return 1.0
    times, agents = agent_steps(duties_of(shop, 0, 0))
    middles = (rates.edges[:-1] + rates.edges[1:]) / 2
    there = agents[np.searchsorted(times, middles, side="right") - 1] > 0
    return float(expected[there].sum() / expected.sum())
