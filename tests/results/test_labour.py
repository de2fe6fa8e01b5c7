import numpy as np

from simulate.results.labour import duty_steps, hours_of
from simulate.warehouse.log import Duty, Log
from tests.results.campaigns import HOUR, book, campaign, measures, shop


def duty(kind: str, starts: float, ends: float, planned: int, came: int, pool: int = 0) -> Duty:
    return Duty(
        pool=pool,
        kind=kind,
        name="day",
        starts=starts * HOUR,
        ends=ends * HOUR,
        planned=planned,
        came=came,
    )


def test_duties_of_a_pool_add_up() -> None:
    duties = [
        duty("shift", 8, 12, 4, 3),
        duty("call-in", 10, 14, 2, 2),
        duty("overtime", 12, 13, 3, 3),
        duty("shift", 0, 24, 9, 9, pool=1),
    ]
    times, people = duty_steps(Log(staff=[[], []], duties=duties), 0)
    assert (times / HOUR).tolist() == [0, 8, 10, 12, 13, 14]
    assert people.tolist() == [0, 3, 5, 5, 2, 0]
    assert hours_of(duties[0]) == 12


def test_ordered_overtime_counts_in_full_and_orders_in_hand_on_top() -> None:
    # One packer from 0 to 2 with four orders of an hour; at 2 two are left, so the shift stays
    # for an hour, and finishes the order of 1.25 hours in hand.
    pools = {
        "packers": {
            "shifts": {"day": {"starts": "00:00", "ends": "02:00", "people": "1 person"}},
            "overtime": {"backlog": "0 orders", "lasts": "1h"},
        }
    }
    scenario = shop(pools=pools, courier=None)
    result = measures(scenario, campaign(scenario, book([0, 0, 0]), [1, 1, 1.25]))
    assert result.measures["overtime"] == 1.25
    assert [(each.kind, each.came) for each in result.duties] == [("shift", 1), ("overtime", 1)]


def test_a_break_is_no_overtime() -> None:
    # The order in hand at 0.5 is done at 1, when the break is over.
    pause = {"tea": {"starts": "00:30", "lasts": "30min"}}
    shifts = {"day": {"starts": "00:00", "ends": "04:00", "people": "1 person", "breaks": pause}}
    scenario = shop(pools={"packers": {"shifts": shifts}}, courier=None)
    result = measures(scenario, campaign(scenario, book([0]), [1]))
    assert result.measures["overtime"] == 0
    # Half an hour of an hour within the level of people at work, which is half an hour.
    assert result.measures["utilisation_pack"] == 1
    assert result.series["staff/packers"][:1].tolist() == [0.5]


def test_absences() -> None:
    shifts = {
        "day": {"starts": "00:00", "ends": "04:00", "people": "3 people", "absence": "100%"},
        "late": {"starts": "04:00", "ends": "06:00", "people": "1 person"},
    }
    scenario = shop(pools={"packers": {"shifts": shifts}}, courier=None)
    result = measures(scenario, campaign(scenario, book([0]), [1]))
    assert result.measures["absences"] == 3
    assert result.measures["wait_pack_mean"] == 4 * HOUR


def test_moves_and_outages_only_where_they_can_be() -> None:
    plain = measures(shop(), campaign(shop(), book([0]), [1])).measures
    assert not {"absences", "moves", "outage_hours"} & set(plain)
    failures = {"time_between": "1h", "repair": "1h"}
    scenario = shop(erp={"failures": failures})
    done = campaign(scenario, book([0]), [1])
    expected = sum(min(each.ends, done.way.ended) - each.starts for each in done.way.log.outages)
    found = measures(scenario, done).measures["outage_hours"]
    assert np.isclose(found, expected / HOUR)
    assert found > 0
