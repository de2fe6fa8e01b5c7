"""What no single field can know: whether the parts of a scenario fit together."""

from collections.abc import Iterator

from simulate.scenario.dispatch_checks import check_dispatch
from simulate.scenario.findings import Finding
from simulate.scenario.market_checks import check_market
from simulate.scenario.promises import WindowPromise
from simulate.scenario.quantities import Money
from simulate.scenario.scenario import Scenario

DAY = 86400.0
MAX_CAMPAIGN_DAYS = 400
MAX_DRAIN_DAYS = 60
MAX_OPENING_BACKLOG = 5_000_000
NEED_A_PROMISE = ("on_time_share", "late_orders")


def check(scenario: Scenario) -> list[Finding]:
    """Return everything that does not fit together in `scenario`."""
    campaign = list(_campaign(scenario))
    if campaign:  # without a campaign in time nothing can be said about what lies inside it
        return campaign
    return [
        *_promise(scenario),
        *_targets(scenario),
        *_currency(scenario),
        *check_market(scenario),
        *check_dispatch(scenario),
    ]


def _campaign(scenario: Scenario) -> Iterator[Finding]:
    if scenario.traffic_seconds <= 0:
        yield Finding(("ends",), "the campaign must end after it starts")
    elif scenario.traffic_seconds > MAX_CAMPAIGN_DAYS * DAY:
        yield Finding(("ends",), f"the campaign is longer than {MAX_CAMPAIGN_DAYS} days")
    if not 0 < scenario.drain_limit <= MAX_DRAIN_DAYS * DAY:
        message = f"the drain limit must be above 0 and at most {MAX_DRAIN_DAYS}d"
        yield Finding(("drain_limit",), message)
    backlog = scenario.opening_backlog
    if backlog is not None and backlog.orders > MAX_OPENING_BACKLOG:
        message = f"an opening backlog of more than {MAX_OPENING_BACKLOG:,} orders is not possible"
        yield Finding(("opening_backlog", "orders"), message)


def _promise(scenario: Scenario) -> Iterator[Finding]:
    promise = scenario.promise
    if not isinstance(promise, WindowPromise):
        return
    opens, closes = scenario.seconds(promise.paid_from), scenario.seconds(promise.paid_until)
    if closes <= opens:
        yield Finding(("promise", "paid_until"), "the pay window must end after `paid_from`")
    elif scenario.seconds(promise.collected_by) < closes:
        message = "the cut-off must not come before the pay window ends"
        yield Finding(("promise", "collected_by"), message)
    if opens >= scenario.traffic_seconds:
        message = "the pay window opens when the campaign is over"
        yield Finding(("promise", "paid_from"), message)
    if closes <= 0 and opens < closes:
        message = "the pay window ends before the campaign starts"
        yield Finding(("promise", "paid_until"), message)


def _targets(scenario: Scenario) -> Iterator[Finding]:
    given = {name for name in type(scenario.targets).model_fields
             if getattr(scenario.targets, name) is not None}  # fmt: skip
    for name in NEED_A_PROMISE:
        if name in given and scenario.promise is None:
            message = f"`{name}` needs a `promise`: without one no order is late"
            yield Finding(("targets", name), message)
    if scenario.expected is not None and not given:
        yield Finding(("expected",), "a verdict can be expected only where there are `targets`")


def _currency(scenario: Scenario) -> Iterator[Finding]:
    amounts: dict[tuple[str, ...], Money | None] = {}
    for name, channel in scenario.channels.items():
        for field in ("spend", "cpc", "cpm"):
            amounts["channels", name, field] = getattr(channel, field)
    for name, group in scenario.sku_groups.items():
        mean = group.value.mean if group.value else None
        amounts["sku_groups", name, "value", "mean"] = mean
    for loc, money in amounts.items():
        if money is not None and money.currency != scenario.currency:
            message = f"`{money}` is not in the shop's currency: write it in {scenario.currency}"
            yield Finding(loc, message)
