"""Whether channels, profiles and phases fit together."""

from collections.abc import Iterator
from itertools import pairwise

from simulate.scenario.findings import Finding, unknown
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import Channel, Milestones, Phase, Profile

HOUR = 3600.0
MINUTES = 1440
MAX_MINUTE_DAYS = 60
"""Days of a campaign whose profile changes by the minute."""


def check_traffic(scenario: Scenario) -> list[Finding]:
    """Return everything about where visitors come from, and when, that does not fit together."""
    return [*_channels(scenario), *_profiles(scenario), *_phases(scenario)]


def _channels(scenario: Scenario) -> Iterator[Finding]:
    for name, channel in scenario.channels.items():
        loc = ("channels", name)
        for index, phase in enumerate(channel.phases or ()):
            if phase not in scenario.phases:
                yield unknown("phase", phase, scenario.phases, *loc, "phases", index)
        if channel.sent is not None and not _inside(scenario, scenario.seconds(channel.sent)):
            message = f"the message goes out outside the campaign{_campaign(scenario)}"
            yield Finding((*loc, "sent"), message)
        yield from _stream(scenario, name, channel)
        yield from _prices(name, channel)
        yield from _assists(scenario, name, channel)


def _stream(scenario: Scenario, name: str, channel: Channel) -> Iterator[Finding]:
    if channel.stream is None:
        return
    loc = ("channels", name, "stream")
    if not _inside(scenario, scenario.seconds(channel.stream.starts)):
        message = f"the live stream starts outside the campaign{_campaign(scenario)}"
        yield Finding((*loc, "starts"), message)
    if channel.stream.lasts + channel.stream.decay == 0:
        yield Finding((*loc, "lasts"), "the live stream takes no time: write for example `2h`")


def _prices(name: str, channel: Channel) -> Iterator[Finding]:
    loc = ("channels", name)
    if channel.saturation is not None:
        if channel.spend is None:
            message = "only spend saturates, and the channel has no `spend`"
            yield Finding((*loc, "saturation"), message, of_key=True)
        if not channel.saturation.linear_up_to.amount:
            message = "no click would ever be bought: write for example `5000 CNY/day`"
            yield Finding((*loc, "saturation", "linear_up_to"), message)
    if channel.message_price is not None and channel.reach is None:
        message = "the channel sends no messages: it has no `reach`"
        yield Finding((*loc, "message_price"), message)


def _assists(scenario: Scenario, name: str, channel: Channel) -> Iterator[Finding]:
    loc = ("channels", name, "assisted_by")
    for other in channel.assisted_by:
        if other == name:
            message = "a channel does not assist itself"
            yield Finding((*loc, other), message, of_key=True)
        elif other not in scenario.channels:
            found = unknown("channel", other, scenario.channels)
            yield Finding((*loc, other), found.message, of_key=True)
    if sum(channel.assisted_by.values()) > 1:
        message = "other channels are credited with more than all of its orders"
        yield Finding(loc, message, of_key=True)


def _profiles(scenario: Scenario) -> Iterator[Finding]:
    for name, profile in scenario.profiles.items():
        if isinstance(profile, Milestones):
            yield from _milestones(name, profile)
        elif sum(profile) <= 0:
            yield Finding(("profiles", name), "the hours of a profile cannot all be 0")
    if scenario.profile is not None and scenario.profile not in scenario.profiles:
        yield unknown("profile", scenario.profile, scenario.profiles, "profile")
    standing = scenario.profiles.get(scenario.profile or "")
    if _by_minute(standing) and scenario.traffic_seconds > MAX_MINUTE_DAYS * 24 * HOUR:
        message = (f"a profile by the minute is for up to {MAX_MINUTE_DAYS} days: write one by the "
                   "hour, and this one in a phase")  # fmt: skip
        yield Finding(("profile",), message)


def _by_minute(profile: Profile | None) -> bool:
    return isinstance(profile, tuple) and len(profile) == MINUTES


def _milestones(name: str, profile: Milestones) -> Iterator[Finding]:
    loc = ("profiles", name, "milestones")
    ends = {0: 0.0, MINUTES: 1.0}
    for minute, share in profile.milestones.items():
        if minute > MINUTES:
            message = "a milestone is a time of its own day, up to `24:00`"
            yield Finding((*loc, _clock(minute)), message, of_key=True)
        elif share != ends.get(minute, share):
            message = f"at {_clock(minute)} it is {100 * ends[minute]:g} % of the day's visitors"
            yield Finding((*loc, _clock(minute)), message)
    for (early, before), (late, after) in pairwise(sorted(profile.milestones.items())):
        if after < before:
            message = (f"{100 * after:g} % at {_clock(late)} are less than {100 * before:g} % at "
                       f"{_clock(early)}: milestones count up")  # fmt: skip
            yield Finding((*loc, _clock(late)), message)


def _clock(minute: int) -> str:
    """Return a time of day as it is written."""
    day, inside = ("", minute) if minute <= MINUTES else ("+1d", minute - MINUTES)
    return f"{inside // 60:02d}:{inside % 60:02d}{day}"


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
        loc = ("phases", name, "channels", channel)
        if channel not in scenario.channels:
            found = unknown("channel", channel, scenario.channels)
            yield Finding(loc, found.message, of_key=True)
        elif scenario.channels[channel].sent is not None:
            message = (f"`{channel}` is a message, which no phase scales: change its `reach` or "
                       "`response`")  # fmt: skip
            yield Finding(loc, message, of_key=True)
        elif scenario.channels[channel].stream is not None:
            message = f"`{channel}` is a live stream, which no phase scales: change its `visitors`"
            yield Finding(loc, message, of_key=True)
    if phase.profile is not None and phase.profile not in scenario.profiles:
        yield unknown("profile", phase.profile, scenario.profiles, "phases", name, "profile")
    if phase.first_hour is not None and starts < ends <= starts + HOUR:
        message = "the phase is over after its first hour: remove `first_hour`"
        yield Finding(("phases", name, "first_hour"), message)


def _inside(scenario: Scenario, moment: float) -> bool:
    return 0 <= moment < scenario.traffic_seconds


def _campaign(scenario: Scenario) -> str:
    """Return the campaign's dates in brackets."""
    return f" ({scenario.starts:%Y-%m-%d %H:%M} to {scenario.ends:%Y-%m-%d %H:%M})"
