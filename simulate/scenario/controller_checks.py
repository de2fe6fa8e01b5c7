"""Whether the controller's rules fit the campaign."""

from collections.abc import Iterator

from simulate.scenario.controller import Rule
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.scenario import Scenario

LEAST_PAUSE = 60.0
"""Seconds: the backlog is not looked at more often than every minute."""

MOST_REVIEWS = 20_000
"""So many looks at the backlog in a campaign, at most."""

Loc = tuple[str, ...]


def check_controller(scenario: Scenario) -> list[Finding]:
    """Return everything about the controller that does not fit together."""
    if scenario.controller is None:
        return []
    findings = list(_reviews(scenario, scenario.controller.every))
    for name, rule in scenario.controller.rules.items():
        loc = ("controller", "rules", name)
        findings += [
            *_delay(scenario, loc, rule),
            *_cuts(scenario, loc, rule),
            *_closed(scenario, loc, rule),
            *_longer_promise(scenario, loc, rule),
        ]
    return findings


def _reviews(scenario: Scenario, every: float) -> Iterator[Finding]:
    loc = ("controller", "every")
    if every < LEAST_PAUSE:
        yield Finding(loc, "the controller looks at most once a minute: write `1min` or more")
    elif every >= scenario.traffic_seconds:
        message = "the campaign is over before the controller looks: write for example `30min`"
        yield Finding(loc, message)
    elif scenario.traffic_seconds / every > MOST_REVIEWS:
        message = (f"the controller would look more than {MOST_REVIEWS:,} times in the campaign: "
                   "let it look less often")  # fmt: skip
        yield Finding(loc, message)


def _delay(scenario: Scenario, loc: Loc, rule: Rule) -> Iterator[Finding]:
    assert scenario.controller is not None
    every, ends = scenario.controller.every, scenario.traffic_seconds
    if every < ends <= every + rule.delay:
        message = "the campaign is over before the rule can come into force: write a shorter delay"
        yield Finding((*loc, "delay"), message)


def _cuts(scenario: Scenario, loc: Loc, rule: Rule) -> Iterator[Finding]:
    for name, share in rule.cut.items():
        if name not in scenario.channels:
            found = unknown("channel", name, scenario.channels)
            yield Finding((*loc, "cut", name), found.message, of_key=True)
        elif share == 1:
            message = "100 % leaves every visitor: write the share that is left, such as `30%`"
            yield Finding((*loc, "cut", name), message)


def _closed(scenario: Scenario, loc: Loc, rule: Rule) -> Iterator[Finding]:
    for index, name in enumerate(rule.close):
        if name not in scenario.sku_groups:
            yield unknown("SKU group", name, scenario.sku_groups, *loc, "close", index)
        elif name in rule.close[:index]:
            yield Finding((*loc, "close", index), f"`{name}` is there twice: write it once")


def _longer_promise(scenario: Scenario, loc: Loc, rule: Rule) -> Iterator[Finding]:
    later = rule.longer_promise
    if later is None:
        return
    loc = (*loc, "longer_promise")
    if not scenario.promises:
        message = "no deadline is shown that could be later: write a `promise`"
        yield Finding(loc, message, of_key=True)
    if later.by == 0:
        yield Finding((*loc, "by"), "the promise is no longer than before: write such as `24h`")
    if later.order_share > 1:
        message = "a later deadline cannot bring more orders: write 100 % or less"
        yield Finding((*loc, "order_share"), message)
