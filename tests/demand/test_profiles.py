from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from simulate.demand.profiles import shape_of
from simulate.demand.rates import Rates, rates_of
from simulate.scenario.traffic import Profile

from .shop import DAY, HOUR, shop

STEEP = {"milestones": {"01:00": "35%", "08:09": "56.5%", "14:21": "74.5%"}}
"""Double 11 as the press tells it."""


def profile(given: object) -> Profile:
    parsed: Profile = TypeAdapter(Profile).validate_python(given)
    return parsed


def between(rates: Rates, begin: float, end: float, channel: int = 0) -> float:
    """Expected visitors from `begin` to `end`, which are edges."""
    assert {begin, end} <= set(rates.edges.tolist())
    here = (rates.edges[:-1] >= begin) & (rates.edges[:-1] < end)
    return float(rates.expected[channel][here].sum())


def test_every_kind_of_profile_is_a_rate_by_the_minute() -> None:
    assert shape_of(None).tolist() == [1.0] * 1440
    hours = shape_of(profile([0] * 23 + [1]))
    assert hours.tolist() == [0] * 1380 + [24] * 60
    minutes = shape_of(profile([0.3] + [0] * 1438 + [0.1]))
    assert (minutes[0], minutes[-1]) == pytest.approx((1080, 360))
    steep = shape_of(profile(STEEP))
    assert steep[:60] == pytest.approx(0.35 * 24)
    assert steep[60 : 8 * 60 + 9] == pytest.approx((0.565 - 0.35) * 1440 / 429)
    assert steep[14 * 60 + 21 :] == pytest.approx((1 - 0.745) * 1440 / 579)
    assert steep.sum() == pytest.approx(1440)


def test_a_profile_without_visitors_is_refused() -> None:
    with pytest.raises(ValueError, match="no hour with visitors"):
        shape_of(profile([0] * 24))


def test_milestones_are_met_at_their_minute() -> None:
    rates = rates_of(shop(profiles={"steep": STEEP}, profile="steep"))
    whole = 2400
    assert between(rates, 0, HOUR) == pytest.approx(0.35 * whole)
    assert between(rates, 0, 8 * HOUR + 540) == pytest.approx(0.565 * whole)
    assert between(rates, 0, 14 * HOUR + 1260) == pytest.approx(0.745 * whole)
    assert between(rates, DAY, DAY + 8 * HOUR + 540) == pytest.approx(0.565 * whole)
    assert between(rates, 0, 2 * DAY) == pytest.approx(2 * whole)


def test_a_profile_by_the_minute_holds_in_its_phase_alone() -> None:
    spike = [0.0005] * 1440
    spike[20 * 60 + 5] = 0.7205  # half of the day and a minute
    phase = {"starts": "2026-12-13T20:00", "ends": "2026-12-13T22:00", "profile": "spike"}
    rates = rates_of(shop(profiles={"spike": spike}, phases={"evening": phase}))
    begins = DAY + 20 * HOUR
    assert between(rates, begins + 300, begins + 360) == pytest.approx(2400 * 1441 / 2880)
    assert between(rates, begins, begins + 300) == pytest.approx(2400 * 5 / 2880)
    assert len(rates.edges) == 48 + 1 + 2


@pytest.mark.parametrize(
    ("starts", "zone", "first"),
    [
        ("2026-12-12T19:45", "Asia/Shanghai", 15 * 60 + 300),
        # A zone whose full hours are not those of UTC.
        ("2026-12-12T19:45", "Asia/Kathmandu", 15 * 60 + 300),
    ],
)
def test_minutes_are_those_of_the_shops_clocks(starts: str, zone: str, first: float) -> None:
    """The minute from 20:05 to 20:06 is the only one with visitors."""
    one = [0] * 1440
    one[20 * 60 + 5] = 1
    rates = rates_of(
        shop(
            starts=starts,
            ends="2026-12-13T19:45",
            timezone=zone,
            profiles={"one": one},
            profile="one",
        )
    )
    assert between(rates, first, first + 60) == pytest.approx(2400)
    assert rates.expected.sum() == pytest.approx(2400)


def test_minutes_follow_the_clocks_through_their_change() -> None:
    """Clocks of Lord Howe go forward by half an hour at 02:00, to 02:30, on 4 October 2026."""
    one = [0] * 1440
    one[2 * 60 + 31] = 1
    rates = rates_of(
        shop(
            starts="2026-10-04T00:00",
            ends="2026-10-05T00:00",
            timezone="Australia/Lord_Howe",
            profiles={"one": one},
            profile="one",
        )
    )
    assert between(rates, 2 * HOUR + 60, 2 * HOUR + 120) == pytest.approx(2400)
    assert rates.expected.sum() == pytest.approx(2400)


def burst(**more: Any) -> dict[str, Any]:
    return {"burst": {"starts": "2026-12-12T20:00", "ends": "2026-12-14T00:00", **more}}


def test_the_first_hour_has_its_share_and_the_rest_keeps_the_profile() -> None:
    night = ["1%"] * 20 + ["20%"] * 4
    shapes = {"profiles": {"night": night}, "profile": "night"}
    plain = rates_of(shop(phases=burst(traffic="3x"), **shapes))
    rates = rates_of(shop(phases=burst(traffic="3x", first_hour="35%"), **shapes))
    low = 20 * HOUR
    day = between(plain, low, low + DAY)
    assert between(rates, low, low + DAY) == pytest.approx(day)
    assert between(rates, low, low + HOUR) == pytest.approx(0.35 * day)
    # Of 24 hours 23 are left, a fifth of a night hour's visitors in each by day.
    evening, morning = between(rates, 21 * HOUR, DAY), between(rates, DAY, DAY + 3 * HOUR)
    assert evening == pytest.approx(20 * morning)
    assert between(rates, 0, low) == pytest.approx(between(plain, 0, low))
    assert between(rates, low + DAY, 2 * DAY) == pytest.approx(between(plain, low + DAY, 2 * DAY))


def test_a_phase_shorter_than_a_day_has_its_share_of_what_it_has() -> None:
    phases = {
        "flash": {
            "starts": "2026-12-12T20:00",
            "ends": "2026-12-12T23:00",
            "first_hour": "80%",
        }
    }
    rates = rates_of(shop(phases=phases))
    assert rates.expected[0, 20:23].tolist() == pytest.approx([240, 30, 30])


def test_a_first_hour_without_visitors_in_the_profile_is_even() -> None:
    rates = rates_of(
        shop(
            phases=burst(first_hour="50%"),
            profiles={"p": [1] * 20 + [0] + [1] * 3},
            profile="p",
        )
    )
    assert rates.expected[0, 20] == pytest.approx(1200)


def test_every_channel_that_follows_the_profile_has_the_share() -> None:
    channels = {
        "search": {"visitors": "2400 visitors/day"},
        "ads": {"spend": "100 CNY/day", "cpc": "1 CNY/click"},
        "sms": {"reach": "900 people", "response": "10%", "sent": "2026-12-12T20:00"},
    }
    phases = burst(first_hour="40%", channels={"ads": "7x"})
    rates = rates_of(shop(channels=channels, phases=phases))
    for row, share in ((0, 0.4), (1, 0.4), (2, 1 - np.exp(-1 / 3))):
        first = between(rates, 20 * HOUR, 21 * HOUR, row)
        assert first / between(rates, 20 * HOUR, 44 * HOUR, row) == pytest.approx(share, rel=1e-3)
