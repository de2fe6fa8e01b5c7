"""People: hand-worked tables of pauses, absence, learning, overtime, call-ins, supervisors."""

from typing import Any

import pytest

from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Look, Stamps
from simulate.warehouse.log import Duty, Log
from simulate.warehouse.run import FLOORS, run_line
from simulate.warehouse.supervisor import sent_by
from tests.warehouse import lines
from tests.warehouse.shops import HOUR, campaign, hours, run, shift, shop, starts, team

both = pytest.mark.parametrize("floor", FLOORS)


def packers(*shifts: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {f"shift{index}": each for index, each in enumerate(shifts)}
    return {"packers": {"shifts": named, **more}}


@both
def test_a_break(floor: str) -> None:
    # Pause from 10:00 to 10:30. The order begun at 9:30 is finished at 10:30, then 10:30 to
    # 11:30; without work at 10:00 nobody would begin before 10:30 either.
    breaks = {"tea": {"starts": "10:00", "lasts": "30min"}}
    day = shift("08:00", "20:00", breaks=breaks)
    stamps = run(shop(pools=packers(day)), floor, [9.5 * HOUR] * 2, [0.25 * HOUR, HOUR])
    assert starts(stamps) == [9.5, 9.75]
    stamps = run(shop(pools=packers(day)), floor, [9.5 * HOUR] * 2, [0.5 * HOUR, HOUR])
    assert starts(stamps) == [9.5, 10.5]
    stamps = run(shop(pools=packers(day)), floor, [9.5 * HOUR] * 2, [2 * HOUR, HOUR])
    assert starts(stamps) == [9.5, 11.5]


@both
def test_a_break_of_one_shift_leaves_the_other_at_work(floor: str) -> None:
    breaks = {"tea": {"starts": "10:00", "lasts": "30min"}}
    pools = packers(shift("08:00", "20:00", breaks=breaks), shift("09:00", "20:00"))
    log = run_line(shop(pools=pools), lines.work_of(lines.jobs_of([30 * HOUR], [[1]])), 1, 0, floor)
    first_day = [(time / HOUR, people) for time, people in log[1].staff[0] if time < 24 * HOUR]
    assert first_day == [(0, 0), (8, 1), (9, 2), (10, 1), (10.5, 2), (20, 0)]


@both
def test_a_break_after_midnight_belongs_to_the_night_shift(floor: str) -> None:
    breaks = {"rest": {"starts": "02:00", "lasts": "1h"}}
    stamps = run(
        shop(pools=packers(shift("22:00", "06:00+1d", breaks=breaks))), floor, [2 * HOUR], [1.0]
    )
    assert starts(stamps) == [3]


@both
def test_who_does_not_come(floor: str) -> None:
    scenario = shop(pools=packers(shift("08:00", "12:00", "40 people", absence="25%")))
    _, _, log = campaign(scenario, floor)
    duties = [(duty.kind, duty.planned) for duty in log.duties]
    assert set(duties) == {("shift", 40)}
    assert 22 <= log.duties[0].came <= 37  # 30 on average, give or take 3 standard deviations
    assert (8 * HOUR, log.duties[0].came) in log.staff[0]
    nobody = shop(pools=packers(shift("08:00", "12:00", absence="100%")))
    assert starts(run(nobody, floor, [0.0], [1.0])) == []


@both
def test_more_people_on_the_roster_are_the_same_people_and_some_more(floor: str) -> None:
    def came(people: int) -> list[int]:
        day = shift("08:00", "12:00", f"{people} people", absence="50%")
        return [duty.came for duty in campaign(shop(pools=packers(day)), floor)[2].duties]

    assert all(few <= many <= few + 10 for few, many in zip(came(20), came(30), strict=False))


@both
def test_new_people_learn_from_day_to_day(floor: str) -> None:
    # 50 % on the 12th: an hour takes two; 75 % on the 13th: 80 minutes; 100 % on the 14th.
    day = shift("08:00", "20:00", learning={"first_day": "50%", "days": 2})
    ready = [8 * HOUR, 32 * HOUR, 56 * HOUR]
    stamps = run(shop(pools=packers(day)), floor, ready, [HOUR] * 3)
    assert hours(stamps.collected) == pytest.approx([10, 32 + 4 / 3, 57], abs=1e-9)


@both
def test_old_and_new_people_together_have_the_mean_speed(floor: str) -> None:
    # One at 100 %, one at 50 %: 75 % on the average, so an hour takes 80 minutes. The shift began
    # on Friday: Saturday is its second day of two.
    new = shift("08:00", "20:00", first="2026-12-11", learning={"first_day": "0%", "days": 2})
    stamps = run(
        shop(pools=packers(shift("08:00", "20:00"), new)), floor, [9 * HOUR] * 2, [HOUR] * 2
    )
    assert hours(stamps.collected) == pytest.approx([9 + 4 / 3] * 2, abs=1e-9)


@both
def test_overtime_if_the_backlog_is_high(floor: str) -> None:
    # At 12:00 three orders are inside: above 2, so the packer stays until 14:00.
    overtime = {"backlog": "2 orders", "lasts": "2h"}
    pools = packers(shift("08:00", "12:00"), overtime=overtime)
    work = lines.work_of(lines.jobs_of([10.5 * HOUR] * 4, [[HOUR] * 4]))
    stamps, log = run_line(shop(pools=pools), work, 1, 0, floor)
    assert starts(stamps) == [10.5, 11.5, 12.5, 13.5]
    assert [(d.kind, d.starts / HOUR, d.ends / HOUR) for d in log.duties] == [
        ("shift", 8, 12),
        ("overtime", 12, 14),
    ]
    # With one order fewer, two are inside: not above 2.
    work = lines.work_of(lines.jobs_of([10.5 * HOUR] * 3, [[HOUR] * 3]))
    assert starts(run_line(shop(pools=pools), work, 1, 0, floor)[0]) == [10.5, 11.5, 32]


@both
def test_people_are_called_in_with_notice(floor: str) -> None:
    # At 9:00 two orders are inside, above 1: two people come at 11:00 for an hour.
    call_ins = {
        "students": {
            "at": "09:00", "backlog": "1 order", "notice": "2h", "people": "2 people",
            "lasts": "1h",
        }
    }  # fmt: skip
    pools = packers(shift("20:00", "21:00"), call_ins=call_ins)
    work = lines.work_of(lines.jobs_of([8 * HOUR] * 2 + [11.5 * HOUR], [[HOUR] * 3]))
    stamps, log = run_line(shop(pools=pools), work, 1, 0, floor)
    assert starts(stamps) == [11, 11, 20]
    assert log.duties[0] == Duty(
        pool=0, kind="call-in", name="students", starts=11 * HOUR, ends=12 * HOUR, planned=2, came=2
    )


@both
def test_people_are_called_in_on_some_days_only(floor: str) -> None:
    # Two orders are inside at 9:00 of both days; it is looked at on the 13th alone.
    call_in = {
        "at": "09:00", "backlog": "1 order", "notice": "2h", "people": "1 person",
        "lasts": "2h", "first": "2026-12-13", "last": "2026-12-13",
    }  # fmt: skip
    pools = packers(shift("20:00", "20:01", "0 people"), call_ins={"students": call_in})
    work = lines.work_of(lines.jobs_of([8 * HOUR] * 2, [[HOUR] * 2]))
    stamps, _ = run_line(shop(pools=pools), work, 1, 0, floor)
    assert starts(stamps) == [24 + 11, 24 + 12]


@both
def test_crowding(floor: str) -> None:
    # Three at once: 60 minutes, 66, 72.
    stations = {
        "pack": {
            "pool": "packers", "setup": "3600s/order",
            "crowding": {"beyond": "1 person", "slowdown": "10%"},
        }
    }  # fmt: skip
    scenario = shop(stations=stations, pools={"packers": team("3 people")})
    stamps = run(scenario, floor, [8 * HOUR] * 3, [HOUR] * 3)
    assert hours(stamps.collected) == pytest.approx([9, 9.1, 9.2], abs=1e-9)


def two_stations(**supervisor: str) -> dict[str, Any]:
    return {
        "stations": {
            "pick": {"pool": "crew", "setup": "1800s/order"},
            "pack": {"pool": "crew", "setup": "1800s/order"},
        },
        "pools": {"crew": team("2 people", supervisor={"every": "1h", **supervisor})},
    }


def four_at_ten_past(scenario: Scenario, floor: str) -> tuple[Stamps, Log]:
    """Four orders at 0:10, half an hour at each station."""
    jobs = lines.jobs_of([600.0] * 4, [[HOUR / 2] * 4] * 2)
    return run_line(scenario, lines.work_of(jobs), 1, 0, floor)


@both
def test_a_supervisor_sends_people_where_the_wait_is_longest(floor: str) -> None:
    # At 0:00 nothing waits: one person stands at each station (the first one further back has
    # fewer). Orders come at 0:10. Only one picks: 0:10, 0:40, and one packs from 0:40 on.
    # Review at 1:00: at pick two orders wait since 0:10 and one is in work, at pack one is in work,
    # nobody waits. Pick can use all: both pick. The packer finishes at 1:10, then picks.
    stamps, log = four_at_ten_past(shop(**two_stations(rule="longest-wait")), floor)
    minutes = [time * 60 for time in starts(stamps, 0)]
    assert minutes == [10, 40, 70, 70]
    assert log.moves > 0


@both
def test_without_a_supervisor_everybody_takes_what_comes_first(floor: str) -> None:
    changes = two_stations(rule="longest-wait")
    del changes["pools"]["crew"]["supervisor"]
    stamps, _ = four_at_ten_past(shop(**changes), floor)
    assert [time * 60 for time in starts(stamps, 0)] == [10, 10, 40, 40]


@both
def test_who_is_moved_is_away_for_the_time_of_switching(floor: str) -> None:
    # As above, but the packer who is sent to pick at 1:00 is away until 1:20.
    scenario = shop(**two_stations(rule="longest-wait", switching="20min"))
    stamps, log = four_at_ten_past(scenario, floor)
    assert [time * 60 for time in starts(stamps, 0)] == [10, 40, 70, 80]
    # One of the two is on the way from 1:00 to 1:20.
    assert (HOUR, 1) in log.staff[0]
    assert (HOUR + 1200, 2) in log.staff[0]


def test_the_rules_of_a_supervisor() -> None:
    # Three stations; at 100 their first orders have waited 60, 30 and 10.
    look = Look([9, 9, 9], [0, 0, 0], [40.0, 70.0, 90.0], [5.0, 1.0, 5.0])
    needs = [9, 2, 9]
    # For each there and one to come: 60, 30 | 30, 30, 10 (of equals the last) | 30, 15, 10 ...
    assert sent_by("longest-wait", look, [0, 1, 2], needs, 1, 100.0) == [1, 0, 0]
    assert sent_by("longest-wait", look, [0, 1, 2], needs, 2, 100.0) == [1, 1, 0]
    assert sent_by("longest-wait", look, [0, 1, 2], needs, 10, 100.0) == [7, 2, 1]
    assert sent_by("most-urgent", look, [0, 1, 2], needs, 5, 100.0) == [0, 2, 3]
    assert sent_by("fixed-order", look, [0, 1, 2], needs, 10, 100.0) == [0, 1, 9]
    assert sent_by("fixed-order", look, [0, 1, 2], needs, 30, 100.0) == [9, 2, 9]
