"""The timetable of a campaign's main day against the hours in which customers order."""

from collections.abc import Iterator, Sequence

from simulate.plan.campaigns import Campaign
from simulate.plan.day import HOURS, hours_of_day
from simulate.plan.findings import Contradiction
from simulate.plan.loaded import LoadedPlan
from simulate.plan.words import both, clock, percent

EVEN = 1 / HOURS
PEAK = 2 * EVEN
"""An hour with twice its even share of the day, or more, is a peak hour."""

MISSED = 0.10
"""Busy hours that nothing covers may hold this share of the day's orders."""


def timetable(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Something happens in the hours that bring more than their even share of orders.

    An hour counts as covered by the part of it that is. A missed peak hour is an error.
    """
    for name, campaign in loaded.plan.campaigns.items():
        scenario = loaded.scenario_of(name)
        if not campaign.timetable or scenario is None:
            continue
        shares = hours_of_day(scenario, campaign.main_day)
        if shares is None:
            continue
        open_ = uncovered(campaign)
        busy = [hour for hour in range(HOURS) if shares[hour] > EVEN and open_[hour] >= 0.5]
        missed = sum(shares[hour] * open_[hour] for hour in busy)
        if missed < MISSED:
            continue
        whole = sum(share * part for share, part in zip(shares, open_, strict=True))
        gaps = _spans([hour for hour in range(HOURS) if open_[hour] >= 0.5 and shares[hour]])
        told = ", ".join(_told(gap, shares) for gap in gaps)
        top = max(busy, key=lambda hour: shares[hour])
        peak = shares[top] >= PEAK
        cover = _spans(busy)
        yield Contradiction(
            ("campaigns", name, "timetable"),
            both(
                f"the timetable leaves out {told}: {percent(whole)} of the day's orders; "
                f"{clock(top * 60)} to {clock(top * 60 + 60)} alone brings {percent(shares[top])}",
                f"时间表未覆盖 {told.replace(', ', '、')}，占当日订单 {percent(whole)}；"
                f"仅 {clock(top * 60)} 至 {clock(top * 60 + 60)} 就占 {percent(shares[top])}",
            ),
            both(
                "somebody at work in the busy hours among them: "
                + ", ".join(_hours(span) for span in cover),
                "其中繁忙时段须有人值守：" + "、".join(_hours(span) for span in cover),
            ),
            "error" if peak else "warning",
        )


def uncovered(campaign: Campaign) -> list[float]:
    """Return the part of each of the 24 hours in which the timetable has nothing."""
    minutes = [True] * (HOURS * 60)
    for slot in campaign.timetable.values():
        minutes[slot.starts : slot.ends] = [False] * (slot.ends - slot.starts)
    return [sum(minutes[hour * 60 : hour * 60 + 60]) / 60 for hour in range(HOURS)]


def _spans(hours: Sequence[int]) -> list[tuple[int, int]]:
    """Return neighbouring hours as spans, from the first to the hour after the last."""
    spans: list[tuple[int, int]] = []
    for hour in hours:
        if spans and spans[-1][1] == hour:
            spans[-1] = (spans[-1][0], hour + 1)
        else:
            spans.append((hour, hour + 1))
    return spans


def _hours(span: tuple[int, int]) -> str:
    return f"{clock(span[0] * 60)} to {clock(span[1] * 60)}"


def _told(span: tuple[int, int], shares: Sequence[float]) -> str:
    return f"{_hours(span)} ({percent(sum(shares[span[0] : span[1]]))})"
