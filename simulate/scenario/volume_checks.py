"""Whether there are visitors and orders at all, and not too many."""

from collections.abc import Iterator

from simulate.scenario.conversion import Conversion, changed
from simulate.scenario.conversion_checks import conversion_in
from simulate.scenario.findings import Finding
from simulate.scenario.scenario import Scenario

MAX_VISITORS = 50_000_000


def check_volume(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with how many visitors there are, or how few."""
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
    elif not any(visitors[name] and _pays(scenario, name) for name in visitors):
        message = "no visitor ever pays for an order, and there is no opening backlog"
        yield Finding(("conversion",), message, of_key=True)


def _visitors(scenario: Scenario, name: str) -> float:
    """Return roughly how many visitors a channel brings: hours and saturation are left out."""
    channel = scenario.channels[name]
    if channel.reach is not None:
        return channel.reach * (channel.response or 0) * channel.landing * scenario.traffic
    if channel.stream is not None:
        return channel.stream.visitors * channel.landing * scenario.traffic
    seconds = scenario.traffic_seconds if channel.phases is None else 0.0
    for phase_name, phase in scenario.phases.items():
        factor = phase.channels.get(name, phase.traffic)
        length = scenario.seconds(phase.ends) - scenario.seconds(phase.starts)
        if channel.phases is None:
            seconds += (factor - 1) * length
        elif phase_name in channel.phases:
            seconds += factor * length
    return (channel.visitors_per_second or 0) * max(0.0, seconds) * scenario.traffic


def _pays(scenario: Scenario, name: str) -> bool:
    """Whether any visitor of the channel can become a paid order."""
    base = changed(scenario.conversion, scenario.channels[name].conversion)
    return any(
        _orders(each) * each.paid_share > 0
        for each in (base, *(conversion_in(scenario, name, phase) for phase in scenario.phases))
    ) or any(phase.carts is not None for phase in scenario.phases.values())


def _orders(shares: Conversion) -> float:
    asked = shares.enquiry_share * shares.enquiry_order_share
    return asked + (1 - shares.enquiry_share) * shares.ordering
