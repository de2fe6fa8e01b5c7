"""One person for all stations; order 0 is in hand while order 1 waits and gives up."""

from typing import Any

import numpy as np

from simulate.results.given_up import given_up
from simulate.results.tally import tally
from tests.results.campaigns import HOUR, book, campaign, shop

SHIFTS = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
POOLS = {"first": {"shifts": SHIFTS}, "second": {"shifts": SHIFTS}}
STATIONS: dict[str, Any] = {"pick": {"pool": "first"}, "pack": {"pool": "second"}}


def waits(work: list[list[float]], stations: dict[str, Any] = STATIONS, **others: Any) -> Any:
    """Return (job, station, since, until) in hours of who gave up in a queue."""
    scenario = shop(stations=stations, pools=POOLS, courier=None)
    done = campaign(scenario, book([0, 0]), work, **others)
    found = given_up(done.way)
    hours = found.since / HOUR, found.until / HOUR
    return list(zip(found.job.tolist(), found.station.tolist(), *hours, strict=True))


def test_at_the_first_station() -> None:
    assert waits([[2, 1], [1, 1]], cancelled=[99, 1.5]) == [(1, 0, 0, 1.5)]


def test_after_the_last_work() -> None:
    # Picked by 1 and 2; order 0 is packed from 1 to 4, order 1 waits from 2 on.
    assert waits([[1, 1], [3, 1]], cancelled=[99, 2.5]) == [(1, 1, 2, 2.5)]


def test_nobody_gives_up_in_somebodys_hands() -> None:
    assert waits([[1, 1], [3, 1]], cancelled=[99, 1.5]) == []
    assert waits([[1, 1], [3, 1]]) == []


def test_stations_that_are_passed_by() -> None:
    # Both pass by picking; order 0 is packed until 3.
    assert waits([[1, 1], [3, 1]], skips=[1, 1], cancelled=[99, 2]) == [(1, 1, 0, 2)]


def test_before_any_work() -> None:
    nobody = {"day": {"starts": "06:00", "ends": "24:00", "people": "1 person"}}
    scenario = shop(pools={"packers": {"shifts": nobody}}, courier=None)
    done = campaign(scenario, book([0]), [1], cancelled=[2])
    assert (given_up(done.way).until / HOUR).tolist() == [2]


def test_who_is_held_waits_at_no_station_until_it_goes_on() -> None:
    held: dict[str, Any] = {"delay": [[0, 2], [0, 0]]}
    # Order 1 is picked by 2 and held until 4; order 0 is packed from 1 to 7.
    assert waits([[1, 1], [6, 1]], cancelled=[99, 3], **held) == []
    assert waits([[1, 1], [6, 1]], cancelled=[99, 5], **held) == [(1, 1, 4, 5)]


def test_who_is_sent_back() -> None:
    stations = {
        **STATIONS,
        "pack": {"pool": "second", "rework": {"share": "1%", "back_to": "pick"}},
    }
    # Order 0 is packed by 1.5 and sent back at once; order 1 is picked from 1 to 4.
    found = waits([[1, 3], [0.5, 1]], stations, rework=[[0, 0], [1, 0]], cancelled=[2.5, 99])
    assert found == [(0, 0, 1.5, 2.5)]


def test_backlogs_count_who_gave_up_and_means_of_waiting_do_not() -> None:
    scenario = shop(stations=STATIONS, pools=POOLS, courier=None)
    done = campaign(scenario, book([0, 0]), [[2, 1], [1, 1]], cancelled=[99, 1.5])
    seen = tally(done.way, np.arange(0.0, 5 * HOUR, HOUR), 4 * HOUR)
    assert (seen.present_by_hour / HOUR).tolist() == [[2, 1.5, 0, 0], [0, 0, 1, 0]]
    assert (seen.due_by_hour[0] / HOUR).tolist() == [3, 0, 0, 0]
    assert seen.queued.tolist() == [1, 1]
