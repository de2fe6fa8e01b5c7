"""A campaign of the plan against the scenario that simulates it."""

from collections.abc import Iterator
from datetime import date, timedelta

from simulate.plan.campaigns import Campaign
from simulate.plan.findings import Contradiction, Path
from simulate.plan.loaded import LoadedPlan
from simulate.plan.words import both, day_en, day_zh, money, percent
from simulate.scenario.quantities import Money
from simulate.scenario.scenario import Scenario


def scenario_dates(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """A campaign and its scenario have the same first and last day."""
    for name, campaign in loaded.plan.campaigns.items():
        if name not in loaded.scenarios:
            continue
        scenario = loaded.scenarios[name].scenario
        own = loaded.scenarios[name].name
        for field, day in zip(("first", "last"), days_of(scenario), strict=True):
            planned = getattr(campaign, field)
            if planned == day:
                continue
            off = abs((planned - day).days)
            verb, verb_zh = ("starts", "开始") if field == "first" else ("ends", "结束")
            yield Contradiction(
                ("campaigns", name, field),
                both(
                    f"{campaign.label.en} {verb} on {day_en(planned)} in the plan and on "
                    f"{day_en(day)} in its scenario `{own}`: {off} day{'' if off == 1 else 's'} "
                    "apart",
                    f"{campaign.label.zh}在计划中于 {day_zh(planned)}{verb_zh}，"
                    f"在场景 `{own}` 中于 {day_zh(day)}{verb_zh}，相差 {off} 天",
                ),
                both(f"`{field}: {day}`, or another scenario", f"`{field}: {day}`，或修改场景"),
            )


def days_of(scenario: Scenario) -> tuple[date, date]:
    """Return the first and the last local day of a scenario's traffic."""
    last = scenario.local(scenario.ends) - timedelta(microseconds=1)
    return scenario.local(scenario.starts).date(), last.date()


def scenario_bids(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """The bids of a campaign are those of its scenario's channels, where both state them."""
    for name, campaign in loaded.plan.campaigns.items():
        if name in loaded.scenarios:
            own = loaded.scenarios[name]
            yield from _bids(name, campaign, own.scenario, own.name)


def _bids(name: str, campaign: Campaign, scenario: Scenario, own: str) -> Iterator[Contradiction]:
    for key, bid in campaign.bids.items():
        channel = scenario.channels.get(key)
        if channel is None:
            continue
        pairs = (
            ("daily_budget", bid.daily_budget, channel.spend),
            ("cpm", bid.cpm, channel.cpm),
            ("click_rate", bid.click_rate, channel.click_rate),
            ("cpc", bid.cpc, channel.cpc),
        )
        for field, planned, simulated in pairs:
            if planned is None or simulated is None or planned == simulated:
                continue
            path: Path = ("campaigns", name, "bids", key, field)
            here, there = _figure(planned), _figure(simulated)
            yield Contradiction(
                path,
                both(
                    f"the plan has {here} for `{key}`, its scenario `{own}` {there}",
                    f"`{key}` 在计划中为 {here}，在场景 `{own}` 中为 {there}",
                ),
                both(f"{there} here, or {here} there", f"此处改为 {there}，或场景改为 {here}"),
            )


def _figure(value: Money | float) -> str:
    if isinstance(value, Money):
        return money(value.amount, value.currency)
    return percent(value, 2)
