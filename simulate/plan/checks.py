"""What makes a plan unusable: names that nothing has, months out of order, other money.

A plan that contradicts itself is usable: that is for the linter.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from simulate.plan.models import AnnualPlan
from simulate.plan.ruleset import RULE_IDS
from simulate.scenario.base import Part
from simulate.scenario.documents import Listing, Tree
from simulate.scenario.documents import Mapping as Keys
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.loading import Loaded
from simulate.scenario.quantities import Money
from simulate.scenario.scenario import Scenario

MAX_DAYS = 400
Loc = tuple[str | int, ...]


def check_plan(
    plan: AnnualPlan, shop: Scenario | None, scenarios: Mapping[str, Loaded], tree: Tree
) -> list[Finding]:
    """Return everything for which `plan`, written as `tree`, cannot be used."""
    months = list(_months(plan))
    if months:  # nothing can be said about days of a year that is not in order
        return months
    return [
        *_campaigns(plan),
        *_roles(plan),
        *_channels(plan, scenarios),
        *_money(plan, shop),
        *_acceptances(plan, tree),
    ]


def _months(plan: AnnualPlan) -> Iterator[Finding]:
    for before, month in zip(plan.months, plan.months[1:], strict=False):
        loc = ("stages", month.stage, "months", month.key)
        if before.key == month.key:
            yield Finding(loc, f"the month `{month.key}` is already in the stage `{before.stage}`")
        elif month.first != before.last + timedelta(days=1):
            message = f"the months between `{before.key}` and `{month.key}` are missing"
            yield Finding(loc, message, of_key=True)
    if (plan.last - plan.first).days >= MAX_DAYS:
        yield Finding(("stages",), f"the plan is longer than {MAX_DAYS} days", of_key=True)


def _campaigns(plan: AnnualPlan) -> Iterator[Finding]:
    for name, campaign in plan.campaigns.items():
        for field in ("first", "last"):
            day = getattr(campaign, field)
            if not plan.first <= day <= plan.last:
                message = f"{day} lies outside the plan's year, {plan.first} to {plan.last}"
                yield Finding(("campaigns", name, field), message)


def _roles(plan: AnnualPlan) -> Iterator[Finding]:
    for loc, role in _named_roles(plan):
        if role is not None and role not in plan.roles:
            yield unknown("role", role, plan.roles, *loc, "role")


def _named_roles(plan: AnnualPlan) -> Iterator[tuple[Loc, str | None]]:
    for name, campaign in plan.campaigns.items():
        loc: Loc = ("campaigns", name)
        yield loc, campaign.role
        for key, step in (campaign.preparation.steps if campaign.preparation else {}).items():
            yield (*loc, "preparation", "steps", key), step.role
        for key, slot in campaign.timetable.items():
            yield (*loc, "timetable", key), slot.role


def _channels(plan: AnnualPlan, scenarios: Mapping[str, Loaded]) -> Iterator[Finding]:
    for name, loaded in scenarios.items():
        known = loaded.scenario.channels
        campaign = plan.campaigns[name]
        for channel in campaign.bids:
            if channel not in known:
                finding = unknown("channel", channel, known, "campaigns", name, "bids", channel)
                yield Finding(finding.loc, finding.message, of_key=True)
        for key, slot in campaign.timetable.items():
            for at, channel in enumerate(slot.channels):
                if channel not in known:
                    loc = ("campaigns", name, "timetable", key, "channels", at)
                    yield unknown("channel", channel, known, *loc)


def _money(plan: AnnualPlan, shop: Scenario | None) -> Iterator[Finding]:
    for loc, money in _amounts(plan, ()):
        if money.currency != plan.currency:
            message = f"`{money}` is not in the plan's currency: write it in {plan.currency}"
            yield Finding(loc, message)
    if shop is not None and shop.currency != plan.currency:
        message = f"the shop's currency is {shop.currency}, the plan's {plan.currency}"
        yield Finding(("currency",), message)


def _amounts(value: Any, loc: Loc) -> Iterator[tuple[Loc, Money]]:
    if isinstance(value, Money):
        yield loc, value
    elif isinstance(value, Part):
        for field in type(value).model_fields:
            yield from _amounts(getattr(value, field), (*loc, field))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _amounts(each, (*loc, key))
    else:
        for end in ("low", "high"):
            if isinstance(getattr(value, end, None), Money):
                yield loc, getattr(value, end)


def _acceptances(plan: AnnualPlan, tree: Tree) -> Iterator[Finding]:
    for index, each in enumerate(plan.accepted):
        if each.rule not in RULE_IDS:
            yield unknown("rule", each.rule, RULE_IDS, "accepted", index, "rule")
        if each.at is not None and not _is_there(tree, each.at.split(".")):
            message = f"the plan has nothing at `{each.at}`: write the keys that lead there, " \
                      "such as `campaigns.double-12`"  # fmt: skip
            yield Finding(("accepted", index, "at"), message)


def _is_there(tree: Tree, steps: list[str]) -> bool:
    for step in steps:
        if isinstance(tree, Keys) and step in tree.entries:
            tree = tree.entries[step].tree
        elif isinstance(tree, Listing) and step.isdecimal() and int(step) < len(tree.items):
            tree = tree.items[int(step)]
        else:
            return False
    return True
