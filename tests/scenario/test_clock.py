from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.scenario.clock import TICK, local_days, local_hour_edges, to_ticks, wall_seconds
from simulate.scenario.scenario import Scenario

HOUR = 3600.0


def campaign(zone: str, starts: str, ends: str) -> Scenario:
    parts: dict[str, Any] = {
        "title": "A campaign",
        "timezone": zone,
        "starts": starts,
        "ends": ends,
        "channels": {"search": {"visitors": "100 visitors/day"}},
        "conversion": {"order_share": "5%"},
        "stations": {"pack": {"pool": "packers", "setup": "30s/order"}},
        "pools": {
            "packers": {
                "shifts": {"day": {"starts": "08:00", "ends": "20:00", "people": "4 people"}}
            }
        },
    }
    return Scenario.model_validate(parts)


def test_ticks_are_just_under_a_microsecond() -> None:
    assert 0.9e-6 < TICK < 1e-6
    assert to_ticks(1.25) == 1.25
    assert to_ticks(0.6 * TICK) == TICK
    assert to_ticks(0.4 * TICK) == 0
    rounded = to_ticks(np.array([0.1, -3.0, np.inf, np.nan]))
    assert abs(rounded[0] - 0.1) <= TICK / 2
    assert rounded[1:].tobytes() == np.array([-3.0, np.inf, np.nan]).tobytes()


@given(st.floats(-4e7, 4e7), st.floats(0, 4e7))
def test_sums_and_differences_of_ticks_are_exact(start: float, length: float) -> None:
    a, b = to_ticks(start), to_ticks(length)
    assert (a + b) - b == a
    assert to_ticks(a + b) == a + b


def test_hours_of_a_plain_evening() -> None:
    hours = local_hour_edges(
        campaign("Asia/Shanghai", "2026-12-12T22:30", "2026-12-20T00:00"), 7200
    )
    assert hours.edges.tolist() == [0, 1800, 5400, 7200]
    assert hours.hour.tolist() == [22, 23, 0]
    assert hours.day.tolist() == [0, 0, 1]


def test_a_start_between_two_seconds_of_the_clock() -> None:
    scenario = campaign("Asia/Shanghai", "2026-12-12T22:59:59.5", "2026-12-20T00:00")
    assert local_hour_edges(scenario, 1.0).edges.tolist() == [0, 0.5, 1.0]
    assert local_hour_edges(scenario, 0.5).edges.tolist() == [0, 0.5]


@pytest.mark.parametrize(
    ("zone", "day", "edges", "hours"),
    [
        # Summer time begins at 2:00, which becomes 3:00.
        ("Europe/Berlin", "2026-03-29", [0, 1, 2, 3], [0, 1, 3]),
        # It ends at 3:00, which becomes 2:00: that hour comes twice.
        ("Europe/Berlin", "2026-10-25", [0, 1, 2, 3, 4], [0, 1, 2, 2]),
        # On Lord Howe Island clocks move by half an hour: at 2:00 to 2:30 and back to 1:30.
        ("Australia/Lord_Howe", "2026-10-04", [0, 1, 2, 2.5, 3.5], [0, 1, 2, 3]),
        ("Australia/Lord_Howe", "2026-04-05", [0, 1, 2.5, 3.5], [0, 1, 2]),
        # In Beirut summer time begins at midnight: there is no hour 0.
        ("Asia/Beirut", "2026-03-29", [0, 1, 2], [1, 2]),
        ("Asia/Kolkata", "2026-03-29", [0, 1, 2], [0, 1]),
    ],
)
def test_hours_when_clocks_change(
    zone: str, day: str, edges: list[float], hours: list[int]
) -> None:
    found = local_hour_edges(campaign(zone, f"{day}T00:00", "2026-12-31T00:00"), edges[-1] * HOUR)
    assert (found.edges / HOUR).tolist() == edges
    assert found.hour.tolist() == hours


def test_days_are_as_long_as_they_are() -> None:
    scenario = campaign("Europe/Berlin", "2026-10-24T12:00", "2026-10-27T00:00")
    days = local_days(scenario, scenario.traffic_seconds)
    assert days.dates == (date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26))
    assert (np.diff(days.edges) / HOUR).tolist() == [12, 25, 24]


def test_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time"):
        local_hour_edges(campaign("Asia/Shanghai", "2026-12-12T22:30", "2026-12-20T00:00"), 0)


def test_wall_clocks() -> None:
    scenario = campaign("Europe/Berlin", "2026-10-25T00:00", "2026-10-27T00:00")
    day = date(2026, 10, 25)
    # 2:30 comes twice and the first counts; 4:00 is an hour later than the clock's face says.
    assert wall_seconds(scenario, day, 150) == 2.5 * HOUR
    assert wall_seconds(scenario, day, 240) == 5 * HOUR
    assert wall_seconds(scenario, day, 1440) == 25 * HOUR
    spring = campaign("Europe/Berlin", "2026-03-29T00:00", "2026-03-31T00:00")
    assert wall_seconds(spring, date(2026, 3, 29), 150) == 2.5 * HOUR
    assert wall_seconds(spring, date(2026, 3, 29), 180) == 2 * HOUR


ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Tehran")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),
    st.floats(1, 200),
)
def test_every_hour_is_what_clocks_show(zone: str, starts: datetime, length: float) -> None:
    scenario = campaign(zone, starts.isoformat(), "2029-01-01T00:00")
    found = local_hour_edges(scenario, length * HOUR)
    assert found.edges[0] == 0
    assert found.edges[-1] == length * HOUR
    widths = np.diff(found.edges)
    assert (widths > 0).all()
    assert (widths <= 1.5 * HOUR).all()
    begin = scenario.local(scenario.starts)
    for middle, hour, day in zip(found.edges[:-1] + widths / 2, found.hour, found.day, strict=True):
        shown = datetime.fromtimestamp(begin.timestamp() + middle, scenario.zone)
        assert shown.hour == hour
        assert shown.date() == begin.date() + timedelta(days=int(day))
