"""A backlog that a person can follow: when a rule comes into force, what it keeps away, when it
ends.

One packer needs half an hour an order. Orders would come every ten minutes from 00:10 to 06:40,
while no rule keeps them away; each is paid when it is placed.
"""

from typing import Any

import numpy as np
import pytest

from simulate.demand.controls import Controls, kept
from simulate.warehouse.floor import Stamps
from simulate.warehouse.log import Action, Log
from simulate.warehouse.run import FLOORS, run_line
from simulate.warehouse.work import Work
from tests.warehouse import lines
from tests.warehouse.shops import HOUR, shop

MINUTE = 60.0
WANTED = np.arange(10.0, 410.0, 10.0) * MINUTE
CALM = {
    "above": "3 orders",
    "until": "1 order",
    "delay": "30min",
    "cut": {"search": "0%"},
}


class Customers:
    """Who comes; `asked` has the controls of every time that this was drawn anew."""

    def __init__(self) -> None:
        self.asked: list[Controls] = []

    def __call__(self, controls: Controls) -> Work:
        self.asked.append(controls)
        return self.work(controls)

    def work(self, controls: Controls = ()) -> Work:
        # Two of three draw more than half: a cut to half keeps these away.
        draw = np.where(np.arange(len(WANTED)) % 3, 0.6, 0.4)
        ready = WANTED[kept(controls, "search", WANTED, draw)]
        return lines.work_of(lines.jobs_of(ready.tolist(), [[30 * MINUTE] * len(ready)]))


def controlled(
    floor: str, customers: Customers | None, every: str = "1h", **rules: Any
) -> tuple[Stamps, Log]:
    scenario = shop(controller={"every": every, "rules": rules})
    return run_line(scenario, Customers().work(), 1, 0, floor, customers)


def in_minutes(log: Log) -> list[tuple[str, float, float]]:
    return [(each.rule, each.starts / MINUTE, each.ends / MINUTE) for each in log.actions]


@pytest.mark.parametrize("floor", FLOORS)
def test_a_backlog_that_is_too_high_keeps_customers_away_until_it_is_low(floor: str) -> None:
    # Orders leave at 00:40, 01:10 and so on. At 01:00 six have come and one has left: five are
    # more than three, so nobody comes after 01:30. The nine that came are gone at 04:40, which is
    # seen at 05:00, so customers come again after 05:30: seven of them. At 06:00 three are there,
    # not more; at 07:00 seven have come and two have left, at 09:00 one is left.
    customers = Customers()
    stamps, log = controlled(floor, customers, calm=CALM)
    assert in_minutes(log) == [("calm", 90, 330), ("calm", 450, 570)]
    left = stamps.dispatched / MINUTE
    assert left.tolist() == [*range(40, 281, 30), *range(370, 551, 30)]
    assert [len(controls) for controls in customers.asked] == [1, 2, 3, 4]
    cuts = [dict(control.cut) for control in customers.asked[-1]]
    assert cuts == [{"search": 0.0}, {}, {"search": 0.0}, {}]


@pytest.mark.parametrize("floor", FLOORS)
def test_without_delay_a_rule_acts_at_the_review(floor: str) -> None:
    # After 01:00 nobody comes. Of the six that came one is left at 03:00: customers come again.
    _, log = controlled(floor, Customers(), calm={**CALM, "delay": "0min"})
    assert in_minutes(log)[0] == ("calm", 60, 180)


@pytest.mark.parametrize("floor", FLOORS)
def test_who_is_left_of_a_cut_still_comes(floor: str) -> None:
    half = {**CALM, "cut": {"search": "50%"}}
    stamps, log = controlled(floor, Customers(), calm=half)
    assert in_minutes(log)[0][:2] == ("calm", 90)
    # After 01:30 every third customer comes, every half hour, as fast as the packer works: at each
    # review the backlog is six, so the rule never ends.
    assert in_minutes(log)[0][2] > 6 * 60
    came = stamps.dispatched[~np.isnan(stamps.dispatched)]
    assert len(came) == 9 + 11


@pytest.mark.parametrize("floor", FLOORS)
def test_a_rule_that_changes_nothing_has_nothing_drawn_anew(floor: str) -> None:
    milder = {**CALM, "above": "4 orders", "until": "2 orders", "cut": {"search": "50%"}}
    customers = Customers()
    _, log = controlled(floor, customers, calm={**CALM, "until": "0 orders"}, milder=milder)
    # The milder one comes into force with the other at 01:30 and ends before it.
    assert in_minutes(log)[:2] == [("milder", 90, 270), ("calm", 90, 330)]
    assert customers.asked[1][-1].at == 330 * MINUTE


@pytest.mark.parametrize("floor", FLOORS)
def test_a_rule_in_force_ends_with_the_campaign(floor: str) -> None:
    # Nobody packs: the backlog stays.
    scenario = shop(
        controller={"every": "1h", "rules": {"calm": CALM}},
        pools={"packers": {"shifts": {"day": {"starts": "00:00", "ends": "24:00",
                                              "people": "0 people"}}}},
    )  # fmt: skip
    customers = Customers()
    stamps, log = run_line(scenario, customers.work(), 1, 0, floor, customers)
    assert log.actions == [Action(rule="calm", starts=1.5 * HOUR, ends=24 * HOUR)]
    assert len(stamps.dispatched) == 9


@pytest.mark.parametrize("floor", FLOORS)
def test_nobody_acts_whom_nobody_tells_what_comes_of_it(floor: str) -> None:
    stamps, log = controlled(floor, None, calm=CALM)
    assert log.actions == []
    assert np.count_nonzero(~np.isnan(stamps.dispatched)) == len(WANTED)


def test_a_backlog_that_is_not_too_high_changes_nothing() -> None:
    customers = Customers()
    stamps, log = controlled("compiled", customers, calm={**CALM, "above": "90 orders"})
    assert customers.asked == []
    assert log.actions == []
    assert len(stamps.dispatched) == len(WANTED)
