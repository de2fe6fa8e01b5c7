from typing import Any

import numpy as np
import pytest

from simulate.demand.rates import expected_spend, expected_visitors, rates_of

from .shop import DAY, HOUR, shop

EVENING = ["2%"] * 20 + ["30%", "10%", "10%", "10%"]
ADS = {"spend": "10000 CNY/day", "cpc": "5 CNY/click"}


@pytest.mark.parametrize(
    ("channel", "a_day"),
    [
        ({"visitors": "800 visitors/day"}, 800),
        ({"visitors": "50 visitors/h"}, 1200),
        ({"spend": "10000 CNY/day", "cpc": "5 CNY/click"}, 2000),
        # 1000 CNY buy 10,000 impressions at 100 CNY a thousand; 2 % of them click.
        (
            {"spend": "1000 CNY/day", "cpm": "100 CNY/1000 impressions", "click_rate": "2%"},
            200,
        ),
    ],
)
def test_visitors_of_each_kind_of_channel(channel: dict[str, Any], a_day: float) -> None:
    assert expected_visitors(shop(channels={"it": channel}))["it"] == pytest.approx(2 * a_day)


def test_a_message_brings_its_response_until_the_end() -> None:
    message = {"reach": "20000 people", "response": "5%", "sent": "2026-12-12T10:30"}
    # 1000 people answer after 3 hours on average; 37.5 hours are left.
    expected = expected_visitors(shop(channels={"sms": message}))["sms"]
    assert expected == pytest.approx(1000 * (1 - np.exp(-37.5 / 3)))
    rates = rates_of(shop(channels={"sms": message}))
    assert rates.expected[0, :10].tolist() == [0] * 10
    assert rates.expected[0, 10] == pytest.approx(1000 * (1 - np.exp(-0.5 / 3)))
    assert rates.expected[0, 11] == pytest.approx(1000 * (np.exp(-0.5 / 3) - np.exp(-1.5 / 3)))


def test_a_message_without_delay_is_answered_in_the_hour_it_is_sent() -> None:
    message = {"reach": "100 people", "response": "50%", "sent": "2026-12-12T03:00"}
    rates = rates_of(shop(channels={"sms": {**message, "response_delay": "0h"}}))
    assert rates.expected[0].tolist() == [0, 0, 0, 50] + [0] * 44


def test_phases_and_profile_do_not_scale_a_message_but_traffic_does() -> None:
    message = {"reach": "20000 people", "response": "5%", "sent": "2026-12-12T00:00"}
    phase = {"starts": "2026-12-12T00:00", "ends": "2026-12-14T00:00", "traffic": "3x"}
    plain = rates_of(shop(channels={"sms": message}))
    scaled = rates_of(
        shop(
            channels={"sms": message},
            phases={"burst": phase},
            profiles={"evening": EVENING},
            profile="evening",
            traffic="2x",
        )
    )
    assert scaled.expected == pytest.approx(2 * plain.expected)


def test_the_profile_shares_out_a_day() -> None:
    rates = rates_of(shop(profiles={"evening": EVENING}, profile="evening"))
    day = [48.0] * 20 + [720, 240, 240, 240]
    assert rates.expected[0] == pytest.approx(day * 2)


def test_a_profile_need_not_add_up_to_1() -> None:
    whole = rates_of(shop(profiles={"p": EVENING}, profile="p"))
    half = rates_of(shop(profiles={"p": [float(s.strip("%")) / 200 for s in EVENING]}, profile="p"))
    assert half.expected == pytest.approx(whole.expected)


def test_a_profile_without_visitors_is_refused() -> None:
    with pytest.raises(ValueError, match="no hour with visitors"):
        rates_of(shop(profiles={"p": [0.0] * 24}, profile="p"))


def test_phases_scale_traffic_conversion_and_profile_where_they_are() -> None:
    scenario = shop(
        channels={
            "search": {"visitors": "2400 visitors/day"},
            "display": {"visitors": "240 visitors/day"},
        },
        phases={
            "warm-up": {
                "starts": "2026-12-12T00:00",
                "ends": "2026-12-12T20:30",
                "traffic": "50%",
                "channels": {"display": "3x"},
            },
            "burst": {
                "starts": "2026-12-13T00:00",
                "ends": "2026-12-13T01:00",
                "traffic": "2x",
                "order_share": "1.5x",
                "profile": "evening",
            },
        },
        profiles={"evening": EVENING},
        traffic="2x",
    )
    rates = rates_of(scenario)
    assert len(rates.edges) == 50  # 48 hours, one of them cut in two
    assert rates.edges[20:23].tolist() == [20 * HOUR, 20.5 * HOUR, 21 * HOUR]
    # 100 visitors an hour, twice as many by the scenario, half as many by the warm-up.
    assert rates.expected[0, 19:22] == pytest.approx([100, 50, 100])
    assert rates.expected[1, 19:22] == pytest.approx([60, 30, 10])
    assert rates.expected[:, 22] == pytest.approx([200, 20])
    # Midnight of the burst: 2 % of 2400 visitors, times 2 and times 2.
    assert rates.expected[:, 25] == pytest.approx([192, 19.2])
    assert rates.expected[:, 26] == pytest.approx([200, 20])
    assert rates.order_factor.tolist() == [1] * 25 + [1.5] + [1] * 23


def test_overlapping_phases_multiply_and_the_last_profile_holds() -> None:
    whole = {"starts": "2026-12-12T00:00", "ends": "2026-12-14T00:00"}
    rates = rates_of(
        shop(
            phases={
                "one": {**whole, "traffic": "2x", "order_share": "50%", "profile": "evening"},
                "two": {**whole, "traffic": "3x", "order_share": "50%", "profile": "flat"},
            },
            profiles={"evening": EVENING, "flat": [1 / 24] * 24},
        )
    )
    assert rates.expected[0] == pytest.approx([600.0] * 48)
    assert set(rates.order_factor) == {0.25}


def test_a_channel_with_phases_is_on_only_in_them() -> None:
    phases = {
        "first": {"starts": "2026-12-11T00:00", "ends": "2026-12-12T02:00"},
        "later": {"starts": "2026-12-12T03:00", "ends": "2026-12-12T04:00"},
        "last": {"starts": "2026-12-13T23:00", "ends": "2026-12-19T00:00"},
    }
    channels = {"ads": {"visitors": "2400 visitors/day", "phases": ["first", "last"]}}
    rates = rates_of(shop(channels=channels, phases=phases))
    assert rates.expected[0] == pytest.approx([100.0] * 2 + [0.0] * 45 + [100.0])


def test_local_hours_keep_their_share_on_a_day_of_25_and_of_23_hours() -> None:
    hours_at_two = {"timezone": "Europe/Berlin", "profiles": {"p": EVENING}, "profile": "p"}
    autumn = rates_of(shop(starts="2026-10-25T00:00", ends="2026-10-26T00:00", **hours_at_two))
    assert autumn.edges[-1] == DAY + HOUR
    assert autumn.expected[0] == pytest.approx([48.0] * 21 + [720, 240, 240, 240])
    spring = rates_of(shop(starts="2026-03-29T00:00", ends="2026-03-30T00:00", **hours_at_two))
    assert spring.edges[-1] == DAY - HOUR
    assert spring.expected[0] == pytest.approx([48.0] * 19 + [720, 240, 240, 240])


def test_a_campaign_from_and_to_the_middle_of_an_hour() -> None:
    rates = rates_of(
        shop(
            starts="2026-12-12T19:45",
            ends="2026-12-12T21:15",
            profiles={"evening": EVENING},
            profile="evening",
        )
    )
    assert rates.edges.tolist() == [0, 900, 4500, 5400]
    assert rates.expected[0] == pytest.approx([12, 720, 60])


@pytest.mark.parametrize(
    ("channel", "a_day"),
    [
        # Half of the distributors' visitors land here.
        ({"visitors": "800 visitors/day", "landing": "50%"}, 400),
        # Four times the spend that is linear brings twice the clicks of it.
        ({**ADS, "saturation": {"linear_up_to": "2500 CNY/day", "exponent": "50%"}}, 1000),
        ({**ADS, "saturation": {"linear_up_to": "10000 CNY/day", "exponent": "50%"}}, 2000),
        ({**ADS, "saturation": {"linear_up_to": "5000 CNY/day", "exponent": "0%"}}, 1000),
        ({**ADS, "saturation": {"linear_up_to": "1 CNY/day", "exponent": "100%"}}, 2000),
        ({**ADS, "landing": "25%", "commission": "5%", "slot_fee": "900 CNY"}, 500),
    ],
)
def test_what_a_channel_may_say_beyond_its_visitors(channel: dict[str, Any], a_day: float) -> None:
    assert expected_visitors(shop(channels={"it": channel}))["it"] == pytest.approx(2 * a_day)


def test_saturation_sees_what_a_phase_makes_of_the_spend() -> None:
    """10,000 CNY a day are linear; four times that brings twice the clicks and costs four times."""
    channel = {**ADS, "saturation": {"linear_up_to": "10000 CNY/day", "exponent": "50%"}}
    phase = {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00", "traffic": "4x"}
    scenario = shop(channels={"ads": channel}, phases={"burst": phase})
    rates = rates_of(scenario)
    assert rates.expected[0, :24].sum() == pytest.approx(2000)
    assert rates.expected[0, 24:].sum() == pytest.approx(4000)
    assert expected_spend(scenario) == {"ads": pytest.approx(50_000)}


def test_spend_follows_phases_and_traffic_and_only_ads_have_any() -> None:
    phase = {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00"}
    scenario = shop(
        channels={
            "web": {"visitors": "10 visitors/day"},
            "all": ADS,
            "late": {**ADS, "phases": ["burst"], "landing": "10%"},
        },
        phases={"burst": {**phase, "channels": {"late": "3x"}}},
        profiles={"evening": EVENING},
        profile="evening",
        traffic="2x",
    )
    assert expected_spend(scenario) == {
        "all": pytest.approx(40_000),
        "late": pytest.approx(60_000),
    }


def test_a_live_stream_is_a_stretch_and_a_tail() -> None:
    """Of 1,000 visitors 2 / (2 + 1) come in its two hours, and the rest after it, fading."""
    show = {"starts": "2026-12-12T20:00", "lasts": "2h", "decay": "1h", "visitors": "1000 people"}
    phase = {"starts": "2026-12-12T00:00", "ends": "2026-12-14T00:00", "traffic": "3x"}
    scenario = shop(
        channels={"show": {"stream": show, "landing": "90%"}}, phases={"burst": phase}, traffic="2x"
    )
    rates = rates_of(scenario)
    assert rates.expected[0, 20:22] == pytest.approx(600)
    tail = 600 * -np.diff(np.exp(-np.arange(27)))
    assert rates.expected[0, 22:] == pytest.approx(tail)
    assert expected_visitors(scenario)["show"] == pytest.approx(1800)


def test_a_message_lands_by_its_share() -> None:
    message = {"reach": "2000 people", "response": "5%", "sent": "2026-12-12T00:00"}
    whole = rates_of(shop(channels={"sms": message}))
    half = rates_of(shop(channels={"sms": {**message, "landing": "50%"}}))
    assert half.expected == pytest.approx(whole.expected / 2)


def test_segments_know_their_phase() -> None:
    phases = {
        "a": {"starts": "2026-12-12T01:00", "ends": "2026-12-12T02:30"},
        "b": {"starts": "2026-12-12T02:30", "ends": "2026-12-12T03:00"},
    }
    rates = rates_of(shop(ends="2026-12-12T04:00", phases=phases))
    assert rates.phase.tolist() == [-1, 0, 0, 1, -1]
