"""Campaigns against each other: days that overlap, bigger events planned below smaller ones."""

from collections.abc import Iterator

from simulate.plan.campaigns import SIZES, Campaign
from simulate.plan.findings import Contradiction
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import AnnualPlan, Month
from simulate.plan.words import both, day_en, day_zh, money, month_en, month_zh

LEAST = SIZES.index("theme")
"""Daily and weekly activities may run beside anything."""


def overlaps(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """No two campaigns, from theme campaigns up, claim the same day."""
    large = [pair for pair in loaded.plan.campaigns_by_day() if pair[1].rank >= LEAST]
    for at, (name, campaign) in enumerate(large):
        for _, earlier in large[:at]:
            days = (min(earlier.last, campaign.last) - campaign.first).days + 1
            if days <= 0:
                continue
            yield Contradiction(
                ("campaigns", name, "first"),
                both(
                    f"{campaign.label.en} starts on {day_en(campaign.first)}, before "
                    f"{earlier.label.en} ends on {day_en(earlier.last)}: {_days(days)} in both",
                    f"{campaign.label.zh}于 {day_zh(campaign.first)}开始，而{earlier.label.zh}到 "
                    f"{day_zh(earlier.last)}才结束，重叠 {days} 天",
                ),
                both(
                    f"a start {_days(days)} later, or an earlier end of {earlier.label.en}",
                    f"推迟 {days} 天开始，或让{earlier.label.zh}提前结束",
                ),
            )


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def bigger_events(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Within a stage the month of a bigger event is not planned below that of a smaller one."""
    plan = loaded.plan
    for name in plan.stages:
        months = [month for month in plan.months if month.stage == name]
        largest = {month.key: _largest(plan, month) for month in months}
        for month in months:
            event = largest[month.key]
            above = [other for other in months if event and _is_above(other, month, largest)]
            if not event or not above or month.sales is None:
                continue
            top = max(above, key=lambda other: other.sales.amount if other.sales else 0.0)
            smaller = largest[top.key]
            assert smaller is not None
            assert top.sales is not None
            low, high = (money(each.sales.amount, plan.currency)
                         for each in (month, top) if each.sales)  # fmt: skip
            gap = money(top.sales.amount - month.sales.amount, plan.currency)
            yield Contradiction(
                ("stages", name, "months", top.key, "sales"),
                both(
                    f"{month_en(top.key)} with {smaller.label.en} is planned at {high}, {gap} "
                    f"above {month_en(month.key)} with {event.label.en}, the bigger event "
                    f"({event.size} against {smaller.size}), at {low}",
                    f"{month_zh(top.key)}（{smaller.label.zh}）目标 {high}，比 "
                    f"{month_zh(month.key)}（{event.label.zh}，规模更大）的 {low} 还多 {gap}",
                ),
                both(
                    f"at most {low} in {month_en(top.key)}, or at least {high} in "
                    f"{month_en(month.key)}",
                    f"{month_zh(top.key)}不超过 {low}，或 {month_zh(month.key)}不低于 {high}",
                ),
            )


def _largest(plan: AnnualPlan, month: Month) -> Campaign | None:
    """Return the largest campaign whose main day lies in `month`."""
    inside = [each for each in plan.campaigns.values()
              if month.first <= each.main_day <= month.last]  # fmt: skip
    return max(inside, key=lambda each: each.rank, default=None)


def _is_above(other: Month, month: Month, largest: dict[str, Campaign | None]) -> bool:
    """Whether `other`, with a smaller event than that of `month`, is to sell more."""
    event, smaller = largest[month.key], largest[other.key]
    return (
        event is not None
        and smaller is not None
        and smaller.rank < event.rank
        and other.sales is not None
        and month.sales is not None
        and other.sales.amount > month.sales.amount
    )
