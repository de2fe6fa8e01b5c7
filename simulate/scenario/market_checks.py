"""Whether channels, phases, profiles and SKU groups fit together."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from simulate.scenario.distributions import EmpiricalLines
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.traffic import Channel, Phase
from simulate.scenario.scenario import Scenario

MAX_VISITORS = 50_000_000
SHARE_TOLERANCE = 0.001
"""Shares that should add up to 1 may miss it by a tenth of a percentage point."""


def check_market(scenario: Scenario) -> list[Finding]:
    """Return everything in front of payment that does not fit together."""
    return [
        *_channels(scenario),
        *_profiles(scenario),
        *_phases(scenario),
        *_shares(scenario),
        *_volume(scenario),
    ]


def _channels(scenario: Scenario) -> Iterator[Finding]:
    for name, channel in scenario.channels.items():
        for index, phase in enumerate(channel.phases or ()):
            if phase not in scenario.phases:
                yield unknown("phase", phase, scenario.phases, "channels", name, "phases", index)
        if channel.sent is not None:
            sent = scenario.seconds(channel.sent)
            if not 0 <= sent < scenario.traffic_seconds:
                message = f"the message goes out outside the campaign{_campaign(scenario)}"
                yield Finding(("channels", name, "sent"), message)


def _profiles(scenario: Scenario) -> Iterator[Finding]:
    for name, shares in scenario.profiles.items():
        if sum(shares) <= 0:
            yield Finding(("profiles", name), "the hours of a profile cannot all be 0")
    if scenario.profile is not None and scenario.profile not in scenario.profiles:
        yield unknown("profile", scenario.profile, scenario.profiles, "profile")


def _phases(scenario: Scenario) -> Iterator[Finding]:
    spans = []
    for name, phase in scenario.phases.items():
        yield from _phase(scenario, name, phase)
        spans.append((scenario.seconds(phase.starts), scenario.seconds(phase.ends), name))
    for (_, ends, earlier), (starts, _, later) in pairwise(sorted(spans)):
        if starts < ends:
            message = f"`{later}` starts before `{earlier}` has ended: phases must not overlap"
            yield Finding(("phases", later, "starts"), message)


def _phase(scenario: Scenario, name: str, phase: Phase) -> Iterator[Finding]:
    starts, ends = scenario.seconds(phase.starts), scenario.seconds(phase.ends)
    if ends <= starts:
        yield Finding(("phases", name, "ends"), "the phase must end after it starts")
    for key, moment in (("starts", starts), ("ends", ends)):
        if not 0 <= moment <= scenario.traffic_seconds:
            message = f"the phase {key} outside the campaign{_campaign(scenario)}"
            yield Finding(("phases", name, key), message)
    for channel in phase.channels:
        if channel not in scenario.channels:
            found = unknown("channel", channel, scenario.channels)
            yield Finding(("phases", name, "channels", channel), found.message, of_key=True)
        elif scenario.channels[channel].sent is not None:
            message = (f"`{channel}` is a message, which no phase scales: change its `reach` or "
                       "`response`")  # fmt: skip
            yield Finding(("phases", name, "channels", channel), message, of_key=True)
    if phase.profile is not None and phase.profile not in scenario.profiles:
        yield unknown("profile", phase.profile, scenario.profiles, "phases", name, "profile")
    shares = [_order_share(scenario, channel) for channel in scenario.channels.values()]
    if max(shares) * phase.order_share > 1:
        message = (f"{phase.order_share:g} times a share of {max(shares):.1%} means that more than "
                   "all visitors order")  # fmt: skip
        yield Finding(("phases", name, "order_share"), message)


def _shares(scenario: Scenario) -> Iterator[Finding]:
    yield from _whole(
        (group.share for group in scenario.sku_groups.values()), "SKU groups", "sku_groups"
    )
    for name, group in scenario.sku_groups.items():
        if isinstance(group.lines, EmpiricalLines):
            shares = group.lines.shares.values()
            yield from _whole(shares, "orders", "sku_groups", name, "lines", "shares")


def _whole(shares: Iterable[float], of: str, *loc: str) -> Iterator[Finding]:
    total = sum(shares)
    if abs(total - 1) > SHARE_TOLERANCE:
        message = f"the shares of {of} add up to {100 * total:.4g} %, not to 100 %"
        yield Finding(loc, message, of_key=True)


def _volume(scenario: Scenario) -> Iterator[Finding]:
    visitors = {name: _visitors(scenario, name) for name in scenario.channels}
    total = sum(visitors.values())
    if total > MAX_VISITORS:
        most = max(visitors, key=lambda name: visitors[name])
        message = (f"the campaign would have {total:,.0f} visitors, most of them from `{most}`: "
                   f"more than {MAX_VISITORS:,} is not possible")  # fmt: skip
        yield Finding(("channels", most), message, of_key=True)
    if scenario.opening_backlog is not None and scenario.opening_backlog.orders:
        return
    if total == 0:
        message = "no channel ever brings a visitor, and there is no opening backlog"
        yield Finding(("channels",), message, of_key=True)
    elif not any(visitors[name] and _pays(scenario, scenario.channels[name]) for name in visitors):
        message = "no visitor ever pays for an order, and there is no opening backlog"
        yield Finding(("conversion",), message, of_key=True)


def _visitors(scenario: Scenario, name: str) -> float:
    """Return roughly how many visitors a channel brings: the hours of the day are left out."""
    channel = scenario.channels[name]
    if channel.reach is not None:
        return channel.reach * (channel.response or 0) * scenario.traffic
    seconds = scenario.traffic_seconds if channel.phases is None else 0.0
    for phase_name, phase in scenario.phases.items():
        factor = phase.channels.get(name, phase.traffic)
        length = scenario.seconds(phase.ends) - scenario.seconds(phase.starts)
        if channel.phases is None:
            seconds += (factor - 1) * length
        elif phase_name in channel.phases:
            seconds += factor * length
    return (channel.visitors_per_second or 0) * max(0.0, seconds) * scenario.traffic


def _pays(scenario: Scenario, channel: Channel) -> bool:
    """Whether any visitor of the channel can become a paid order."""
    base, change = scenario.conversion, channel.conversion
    enquiry = _either(change.enquiry_share, base.enquiry_share)
    asked = enquiry * _either(change.enquiry_order_share, base.enquiry_order_share)
    silent = (1 - enquiry) * _order_share(scenario, channel)
    return (asked + silent) * _either(change.paid_share, base.paid_share) > 0


def _order_share(scenario: Scenario, channel: Channel) -> float:
    return _either(channel.conversion.order_share, scenario.conversion.order_share)


def _either(changed: float | None, base: float) -> float:
    return base if changed is None else changed


def _campaign(scenario: Scenario) -> str:
    """Return the campaign's dates in brackets."""
    return f" ({scenario.starts:%Y-%m-%d %H:%M} to {scenario.ends:%Y-%m-%d %H:%M})"
