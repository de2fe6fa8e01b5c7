"""Sums over all work, each by hand. Hours: one person packs from 00:00 on, the run ends at 12."""

from typing import Any

import numpy as np

from simulate.results.tally import Tally, tally
from simulate.scenario.scenario import Scenario
from tests.results.campaigns import HOUR, book, campaign, shop

DAY = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
ONE = {"packers": {"shifts": DAY}}
EDGES = np.arange(0.0, 13 * HOUR, HOUR)


def totals(
    scenario: Scenario, paid: list[float], work: list[Any], horizon: float = 12, **others: Any
) -> Tally:
    return tally(campaign(scenario, book(paid), work, **others).way, EDGES, horizon * HOUR)


def test_waiting_busy_and_due() -> None:
    # Work of 1.5 and 1 hours, joined at 0 and 0.5: the second waits an hour.
    seen = totals(shop(pools=ONE), [0, 0.5], [1.5, 1])
    assert seen.queued.tolist() == [2]
    assert (seen.waited / HOUR).tolist() == [1]
    assert (seen.busy / HOUR).tolist() == [2.5]
    assert (seen.busy_by_hour[0, :4] / HOUR).tolist() == [1, 1, 0.5, 0]
    assert (seen.present_by_hour[0, :4] / HOUR).tolist() == [1.5, 1.5, 0.5, 0]
    assert (seen.due_by_hour[0, :4] / HOUR).tolist() == [2.5, 0, 0, 0]
    assert (seen.wasted, seen.reworked) == (0, 0)


def test_busy_up_to_a_horizon() -> None:
    assert totals(shop(pools=ONE), [0, 0.5], [1.5, 1], horizon=2).busy.tolist() == [2 * HOUR]


def test_who_still_waits_and_works_when_the_run_ends() -> None:
    # The first is in work until 20, the second waits with 3 hours of work.
    seen = totals(shop(pools=ONE), [0, 1.5], [20, 3])
    assert seen.queued.tolist() == [2]
    assert (seen.waited / HOUR).tolist() == [12 - 1.5]
    assert (seen.busy / HOUR).tolist() == [12]
    assert (seen.present_by_hour[0] / HOUR).tolist() == [1, 1.5, *[2] * 10]
    assert (seen.due_by_hour[0, :3] / HOUR).tolist() == [20, 3, 0]


def test_a_cart_keeps_one_person_busy() -> None:
    station = {"pool": "packers", "setup": "1h/order", "cart": {"orders": "2 orders"}}
    # A cart of two, 1 + 2 hours, and one of one.
    seen = totals(shop(pools=ONE, stations={"pack": station}), [0, 0, 0], [1, 2, 1])
    assert seen.leads.tolist() == [True, False, True]
    assert (seen.busy / HOUR).tolist() == [4]
    assert (seen.waited / HOUR).tolist() == [3]
    assert (seen.due_by_hour[0, 0] / HOUR).tolist() == 4
    assert (seen.present_by_hour[0, :4] / HOUR).tolist() == [3, 3, 3, 1]


def test_wasted_work_and_rework() -> None:
    stations = {
        "pick": {"pool": "packers", "setup": "1h/order"},
        "check": {"pool": "packers", "rework": {"share": "50%", "back_to": "pick"}},
    }
    # Order 0 comes back from the check twice; order 1 is cancelled as its half hour begins.
    seen = totals(
        shop(pools=ONE, stations=stations),
        [0, 4],
        [[1, 0.5], [0.25, 0.25]],
        rework=[[0, 0], [2, 0]],
        cancelled=[99, 4.25],
    )
    assert seen.begun.tolist() == [4, 3]
    assert (seen.busy / HOUR).tolist() == [3.5, 0.75]
    assert seen.reworked == 1
    assert seen.wasted == 0.5 * HOUR


def test_only_half_of_a_cart_is_wasted() -> None:
    station = {"pool": "packers", "setup": "1h/order", "cart": {"orders": "2 orders"}}
    scenario = shop(pools=ONE, stations={"pack": station})
    seen = totals(scenario, [0, 0], [2, 1], cancelled=[99, 1])
    assert seen.wasted == 1.5 * HOUR
