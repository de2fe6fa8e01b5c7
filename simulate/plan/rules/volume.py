"""Orders of a month and of a campaign's day against what the ERP and the line can take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from simulate.plan.campaigns import Campaign
from simulate.plan.capacity import Capacity, day_capacity
from simulate.plan.findings import Contradiction
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import Month
from simulate.plan.spans import Span
from simulate.plan.words import (
    both,
    count,
    counts,
    day_en,
    day_zh,
    money,
    month_en,
    month_zh,
    percent,
    percents,
)
from simulate.scenario.promises import HoursPromise, Promise
from simulate.scenario.scenario import Scenario

HORIZON = 31
"""Days after the main day for which the line is looked at."""


def orders_of(month: Month) -> Span | None:
    """Return the orders of a month: sales / order value; None without one of the two."""
    if month.sales is None or month.order_value is None or not month.order_value.low.amount:
        return None
    value = month.order_value.amounts
    return Span(month.sales.amount / value.high, month.sales.amount / value.low)


def orders_of_day(month: Month, campaign: Campaign) -> Span | None:
    """Return the orders of a campaign's main day: its share of those of the month."""
    orders, share = orders_of(month), campaign.day_share
    if orders is None or share is None:
        return None
    return Span(orders.low * share.low, orders.high * share.high)


def erp_limit(loaded: LoadedPlan, campaign: str = "") -> Span | None:
    """Return what the ERP handles a day, by the plan, and by a campaign's scenario or the shop."""
    given = [loaded.plan.erp_per_day] if loaded.plan.erp_per_day else []
    scenario = loaded.scenario_of(campaign)
    if scenario and scenario.erp and scenario.erp.per_day:
        given.append(Span(scenario.erp.per_day, scenario.erp.per_day))
    if not given:
        return None
    return Span(min(each.low for each in given), max(each.high for each in given))


def erp_volume(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """A campaign's main day, and a month's average day, are no more than the ERP handles.

    Above the least that it handles is a warning, above the most an error.
    """
    for name, campaign in loaded.plan.campaigns.items():
        month, limit = loaded.plan.month_of(campaign.main_day), erp_limit(loaded, name)
        day = orders_of_day(month, campaign) if month else None
        if month and day and limit and day.high > limit.low:
            yield _main_day(name, campaign, month, day, limit)
    limit = erp_limit(loaded)
    for month in loaded.plan.months:
        orders = orders_of(month)
        if limit and orders and orders.high / month.days > limit.low:
            yield _average_day(month, orders, limit)


def _main_day(name: str, campaign: Campaign, month: Month, day: Span, limit: Span) -> Contradiction:
    orders = orders_of(month)
    assert orders is not None
    assert campaign.day_share is not None
    assert month.sales is not None
    assert month.order_value is not None
    sales = money(month.sales.amount, month.sales.currency)
    least = money(month.order_value.low.amount, month.sales.currency)
    average, share = count(orders.high / month.days), percents(campaign.day_share)
    over = day.high > limit.high
    beyond = limit.high if over else limit.low
    top = "at or over" if over and day.low <= limit.high else "over"
    fits = percent(beyond / orders.high)
    months = money(month.sales.amount * beyond / day.high, month.sales.currency)
    return Contradiction(
        ("campaigns", name, "day_share"),
        both(
            f"{sales} at {least} an order are {average} orders a day in {month_en(month.key)}; "
            f"with {share} of the month, {day_en(campaign.main_day)} has {counts(day)}, {top} the "
            f"{counts(limit)} that the ERP handles, by up to {count(day.high - beyond)}",
            f"{month_zh(month.key)}销售 {sales}、客单价 {least}，日均 {average} 单；"
                f"{day_zh(campaign.main_day)}占全月 {share}，即 {counts(day)} 单，"
                f"而 ERP 每天处理 {counts(limit)} 单，最多超出 {count(day.high - beyond)} 单",
        ),
        both(
            f"at most {fits} of the month on that day, {months} in the month, or an ERP for "
            f"{count(day.high)} orders a day",
            f"当天占比不超过 {fits}，或全月销售 {months}，或 ERP 每天能处理 "
                       f"{count(day.high)} 单",
        ),
        "error" if over else "warning",
    )  # fmt: skip


def _average_day(month: Month, orders: Span, limit: Span) -> Contradiction:
    assert month.sales is not None
    assert month.order_value is not None
    mean = Span(orders.low / month.days, orders.high / month.days)
    over = mean.high > limit.high
    beyond = limit.high if over else limit.low
    most = money(beyond * month.days * month.order_value.low.amount, month.sales.currency)
    return Contradiction(
        ("stages", month.stage, "months", month.key, "sales"),
        both(
            f"{month_en(month.key)} has {counts(mean)} orders a day on average, above the "
            f"{counts(limit)} that the ERP handles, by up to {count(mean.high - beyond)}",
            f"{month_zh(month.key)}日均 {counts(mean)} 单，超过 ERP 每天处理的 "
            f"{counts(limit)} 单，最多超出 {count(mean.high - beyond)} 单",
        ),
        both(
            f"at most {most} in the month, or an ERP for {count(mean.high)} orders a day",
            f"全月不超过 {most}，或 ERP 每天能处理 {count(mean.high)} 单",
        ),
        "error" if over else "warning",
    )


def erp_of_shop(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """The ERP's cap in the shop's file is one that the plan states."""
    stated = loaded.plan.erp_per_day
    shop = loaded.shop.scenario if loaded.shop else None
    if stated is None or shop is None or shop.erp is None or shop.erp.per_day is None:
        return
    cap = shop.erp.per_day
    if cap in stated:
        return
    yield Contradiction(
        ("erp_per_day",),
        both(
            f"the plan's ERP handles {counts(stated)} orders a day, the shop's {count(cap)}",
            f"计划中 ERP 每天处理 {counts(stated)} 单，店铺文件中为 {count(cap)} 单",
        ),
        both(f"{count(cap)} orders in both", f"两处都写 {count(cap)} 单"),
    )


@dataclass(frozen=True, slots=True)
class _Shortage:
    """By `until`, `due` orders must be out of the door, and `possible` can be."""

    until: date
    due: float
    possible: float
    tightest: Capacity


def line_volume(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """What is promised for orders from a campaign's main day on can be sent by its people.

    From the main day on, orders due by the end of each day against what the line can send until
    then at its very best (`day_capacity`); orders of other days are the month's average.
    """
    for name, campaign in loaded.plan.campaigns.items():
        month, scenario = loaded.plan.month_of(campaign.main_day), loaded.scenario_of(name)
        day = orders_of_day(month, campaign) if month else None
        if month is None or scenario is None or day is None or scenario.promise is None:
            continue
        worst = _worst(loaded, campaign, day.high, scenario)
        if worst is None:
            continue
        by = worst.tightest.pool
        pool = scenario.pools.get(by)
        who = pool.label.en if pool and pool.label else by or "the courier"
        who_zh = pool.label.zh if pool and pool.label else by or "快递"
        short = worst.due - worst.possible
        more = percent(worst.due / worst.possible - 1, 0) if worst.possible else "all"
        yield Contradiction(
            ("campaigns", name, "day_share"),
            both(
                f"by {day_en(worst.until)} {count(worst.due)} orders are due, and the line can "
                f"send {count(worst.possible)} at best: {count(short)} too many for {who}, who "
                f"manage {count(worst.tightest.orders)} a day",
                f"到 {day_zh(worst.until)}应发 {count(worst.due)} 单，发货线最多能发 "
                f"{count(worst.possible)} 单，多出 {count(short)} 单；瓶颈是{who_zh}，每天 "
                f"{count(worst.tightest.orders)} 单",
            ),
            both(
                f"{more} more capacity there, or {count(short)} orders fewer",
                f"该处产能增加 {more}，或减少 {count(short)} 单",
            ),
        )


def _worst(
    loaded: LoadedPlan, campaign: Campaign, peak: float, scenario: Scenario
) -> _Shortage | None:
    """Return the day by which most orders too many are due, None if all can be sent."""
    first = campaign.main_day
    days = [first + timedelta(days=after) for after in range(HORIZON)]
    due = dict.fromkeys(days, 0.0)
    for day in days:
        until = _due(scenario, scenario.promise, day)
        if until in due:
            due[until] += peak if day == first else _ordinary(loaded, campaign, peak, day)
    found: list[_Shortage] = []
    asked = possible = 0.0
    tightest = day_capacity(scenario, first)
    for day in days:
        today = day_capacity(scenario, day)
        tightest = min(tightest, today, key=lambda each: each.orders)
        asked, possible = asked + due[day], possible + today.orders
        if asked > possible:
            found.append(_Shortage(day, asked, possible, tightest))
    return max(found, key=lambda each: each.due - each.possible, default=None)


def _ordinary(loaded: LoadedPlan, campaign: Campaign, peak: float, day: date) -> float:
    """Return the orders of an average day of the month, without the main day."""
    month = loaded.plan.month_of(day)
    orders = orders_of(month) if month else None
    if month is None or orders is None:
        return 0.0
    if month.first <= campaign.main_day <= month.last:
        return max(0.0, orders.high - peak) / (month.days - 1)
    return orders.high / month.days


def _due(scenario: Scenario, promise: Promise | None, day: date) -> date | None:
    """Return the day at whose end orders paid on `day` must be collected, or later."""
    if promise is None:
        return None
    if isinstance(promise, HoursPromise):
        return day + timedelta(seconds=promise.within)
    opens, closes = (
        scenario.local(each).date() for each in (promise.paid_from, promise.paid_until)
    )
    if opens <= day <= closes:
        return scenario.local(promise.collected_by).date()
    return day + timedelta(seconds=promise.otherwise_within)
