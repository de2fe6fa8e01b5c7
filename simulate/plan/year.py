"""An annual plan as something to simulate: who comes when, and the line that serves them."""

from dataclasses import dataclass

from simulate.demand.rates import expected_visitors
from simulate.plan.dated import Window
from simulate.plan.loaded import LoadedPlan
from simulate.plan.notes import Note
from simulate.plan.ordinary import conversion_wanted, value_wanted
from simulate.plan.periods import Period, cut
from simulate.plan.year_line import year_line
from simulate.scenario.problems import InputError, Problem, refusal
from simulate.scenario.scenario import Scenario
from simulate.scenario.volume_checks import MAX_VISITORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A plan's year.

    `periods` follow each other from its start to its end and draw the orders, each from streams
    of its own; `windows` are the days of those that are campaigns. `line` is the dispatch line of
    the whole year, on which all orders are worked. `group_base` and `channel_base` tell by
    campaign, None for ordinary days, at which SKU group and channel of the line those of a period
    begin. `notes`: what could not be carried over.
    """

    plan: LoadedPlan
    line: Scenario
    periods: tuple[Period, ...]
    windows: tuple[Window, ...]
    group_base: dict[str | None, int]
    channel_base: dict[str | None, int]
    notes: tuple[Note, ...]


def year_of(loaded: LoadedPlan) -> Year:
    """Return the year of a plan; raise InputError if it cannot be simulated."""
    if loaded.shop is None:
        raise refusal("the plan names no `shop`, so nobody would ship its orders: write "
                      "`shop: ../shop.yml`", loaded.place(()))  # fmt: skip
    shop = loaded.shop.scenario
    _check_worth(loaded, shop)
    periods, windows, notes = cut(loaded, shop)
    _check_volume(loaded, periods)
    campaigns = {each.campaign: loaded.scenarios[each.campaign].scenario
                 for each in periods if each.campaign is not None}  # fmt: skip
    line, left_out = year_line(shop, campaigns, windows)
    group_base: dict[str | None, int] = {None: 0}
    channel_base: dict[str | None, int] = {None: 0}
    groups, channels = len(shop.sku_groups), len(shop.channels)
    for name, scenario in campaigns.items():
        group_base[name], channel_base[name] = groups, channels
        groups += len(scenario.sku_groups)
        channels += len(scenario.channels)
    return Year(
        plan=loaded,
        line=line,
        periods=tuple(periods),
        windows=tuple(windows),
        group_base=group_base,
        channel_base=channel_base,
        notes=tuple(left_out + notes),
    )


def _check_worth(loaded: LoadedPlan, shop: Scenario) -> None:
    """Refuse a month whose sales cannot be turned into visitors."""
    problems = []
    for month in loaded.plan.months:
        place = loaded.place(("stages", month.stage, "months", month.key))
        if not month.sales or not month.sales.amount:
            continue
        if not value_wanted(shop, month):
            message = "the month has a target, but neither the plan nor the shop says what an " \
                      "order is worth: write `order_value`"  # fmt: skip
            problems.append(Problem(place, message))
        elif not conversion_wanted(shop, month):
            message = "the month has a target, but nobody of its visitors pays: write `conversion`"
            problems.append(Problem(place, message))
    if problems:
        raise InputError(*problems)


def _check_volume(loaded: LoadedPlan, periods: list[Period]) -> None:
    """Refuse a year of more visitors than can be drawn."""
    visitors: dict[str, float] = {}
    for period in periods:
        total = sum(expected_visitors(period.scenario).values())
        visitors[period.month] = visitors.get(period.month, 0.0) + total
    if sum(visitors.values()) > MAX_VISITORS:
        most = max(visitors, key=lambda month: visitors[month])
        stage = next(month.stage for month in loaded.plan.months if month.key == most)
        raise refusal(f"the year would have {sum(visitors.values()):,.0f} visitors, most of them "
                      f"in {most}: more than {MAX_VISITORS:,} is not possible",
                      loaded.place(("stages", stage, "months", most)))  # fmt: skip
