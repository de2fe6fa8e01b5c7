"""How a day's orders are spread over its hours, by the profile of its phases."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic import Milestones, Phase, Profile

HOURS = 24


def hours_of_profile(profile: Profile) -> tuple[float, ...]:
    """Return the shares of a day's visitors in its 24 hours; they add up to 1."""
    if isinstance(profile, Milestones):
        reached = [_reached(profile, hour * 60) for hour in range(HOURS + 1)]
        shares = [late - early for early, late in pairwise(reached)]
    else:
        size = len(profile) // HOURS
        shares = [sum(profile[hour * size : (hour + 1) * size]) for hour in range(HOURS)]
    total = sum(shares)
    return tuple(share / total if total else 1 / HOURS for share in shares)


def _reached(profile: Milestones, minute: int) -> float:
    """Return the share that came until `minute`: even between two milestones."""
    known = sorted({0: 0.0, 1440: 1.0, **profile.milestones}.items())
    for (early, low), (late, high) in pairwise(known):
        if early <= minute <= late:
            return low + (high - low) * (minute - early) / (late - early)
    return 1.0


def hours_of_day(scenario: Scenario, day: date) -> tuple[float, ...] | None:
    """Return the shares of `day` in its 24 hours, None if the scenario has no profile for it.

    A phase scales its hours by its traffic and may name another profile; the first hour of a
    phase that starts on `day` takes the share that it states.
    """
    shares = []
    named = False
    for hour in range(HOURS):
        moment = datetime(day.year, day.month, day.day, hour)
        active = [phase for phase in scenario.phases.values() if _holds(scenario, phase, moment)]
        name = next((phase.profile for phase in reversed(active) if phase.profile), None)
        profile = scenario.profiles.get(name or scenario.profile or "")
        named = named or profile is not None
        share = hours_of_profile(profile)[hour] if profile is not None else 1 / HOURS
        for phase in active:
            share *= phase.traffic
        shares.append(share)
    for phase in scenario.phases.values():
        shares = _with_first_hour(scenario, phase, day, shares)
        named = named or (phase.first_hour is not None and _starts(scenario, phase).date() == day)
    total = sum(shares)
    return tuple(share / total for share in shares) if named and total else None


def _starts(scenario: Scenario, phase: Phase) -> datetime:
    return scenario.local(phase.starts).replace(tzinfo=None)


def _holds(scenario: Scenario, phase: Phase, moment: datetime) -> bool:
    """Whether the phase holds at the middle of the hour that begins at `moment`."""
    ends = scenario.local(phase.ends).replace(tzinfo=None)
    return _starts(scenario, phase) <= moment + timedelta(minutes=30) < ends


def _with_first_hour(
    scenario: Scenario, phase: Phase, day: date, shares: list[float]
) -> list[float]:
    starts = _starts(scenario, phase)
    if phase.first_hour is None or starts.date() != day:
        return shares
    midnight = datetime(day.year, day.month, day.day)
    hours = [hour for hour in range(HOURS)
             if _holds(scenario, phase, midnight + timedelta(hours=hour))]  # fmt: skip
    total, rest = sum(shares[hour] for hour in hours), sum(shares[hour] for hour in hours[1:])
    if not hours or not rest:
        return shares
    changed = list(shares)
    changed[hours[0]] = total * phase.first_hour
    for hour in hours[1:]:
        changed[hour] = shares[hour] / rest * total * (1 - phase.first_hour)
    return changed
