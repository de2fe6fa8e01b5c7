"""A run that breaks a law is refused, whichever law it is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.results.audit import AuditError, audit
from simulate.results.passage import Passage
from simulate.scenario.scenario import Scenario
from simulate.warehouse.log import Log, Outage
from tests.results.campaigns import HOUR, book, by_hand, campaign, measures, shop
from tests.warehouse.lines import NEVER

SHOP = shop()
WAY = by_hand().way
RESULT = measures(SHOP, by_hand())


def changed(values: Any, at: Any, value: float) -> Any:
    other = values.copy()
    other[at] = value
    return other


def with_visit(which: int, **values: float) -> Passage:
    visits = {name: changed(getattr(WAY.visits, name), which, at) for name, at in values.items()}
    return replace(WAY, visits=replace(WAY.visits, **visits))


def test_a_sound_run_passes() -> None:
    audit(SHOP, WAY, RESULT)  # raises unless every law holds
    measures = RESULT.measures
    came = measures["paid_orders"] + measures["opening_orders"]
    left = measures["collected_orders"] + measures["cancelled_orders"]
    assert came == left + measures["unfinished_orders"]


@pytest.mark.parametrize(
    ("measure", "value", "law"),
    [
        ("collected_orders", 4, "lost or doubled"),
        ("unfinished_orders", 0, "lost or doubled"),
        ("cancelled_orders", 1, "lost or doubled"),
        ("utilisation_pack", 1.001, "pack: busy beyond staff"),
        ("utilisation_pack", -0.001, "pack: busy beyond staff"),
    ],
)
def test_measures_that_do_not_add_up(measure: str, value: float, law: str) -> None:
    with pytest.raises(AuditError, match=law):
        audit(SHOP, WAY, replace(RESULT, measures={**RESULT.measures, measure: value}))


def test_an_order_that_is_on_no_account() -> None:
    measures = {**RESULT.measures, "paid_orders": 4.0, "unfinished_orders": 2.0}
    with pytest.raises(AuditError, match="paid orders and orders on the line differ"):
        audit(SHOP, WAY, replace(RESULT, measures=measures))


@pytest.mark.parametrize(
    "broken",
    [
        replace(WAY, gone=changed(WAY.gone, 3, 6 * HOUR)),
        replace(WAY, cancelled=changed(WAY.cancelled, 0, HOUR)),
    ],
    ids=["gone though not cancelled", "sent though cancelled"],
)
def test_an_order_that_ends_twice(broken: Passage) -> None:
    with pytest.raises(AuditError, match="left the house in two ways"):
        audit(SHOP, broken, RESULT)


@pytest.mark.parametrize(
    "broken",
    [
        replace(WAY, released=changed(WAY.released, 3, HOUR)),
        replace(WAY, released=np.full(4, NEVER)),
        replace(WAY, collected=changed(WAY.collected, 0, 0.5 * HOUR)),
        replace(WAY, dispatched=changed(WAY.dispatched, 0, NEVER)),
        replace(WAY, dispatched=changed(WAY.dispatched, 0, 0.75 * HOUR)),
        with_visit(3, started=HOUR),
        with_visit(1, ended=0.25 * HOUR),
        with_visit(0, joined=NEVER),
        with_visit(2, joined=0.9 * HOUR),
        with_visit(3, job=0),
    ],
    ids=[
        "released before it came", "never released", "collected undispatched", "never dispatched",
        "dispatched in work", "begun before it queued", "ended before it began", "never queued",
        "queued before it was released", "at two stations at once",
    ],
)  # fmt: skip
def test_an_order_that_leaves_before_it_comes(broken: Passage) -> None:
    with pytest.raises(AuditError, match="left a place before it came"):
        audit(SHOP, broken, RESULT)


def test_times_inside_that_do_not_match_the_number_inside() -> None:
    # Three are collected at 6, after a run that is said to have ended at 5.
    with pytest.raises(AuditError, match="Little's law"):
        audit(SHOP, replace(WAY, ended=5 * HOUR), RESULT)


def test_backlogs_that_do_not_add_up() -> None:
    for change in (-0.5, 0.5):
        series = {**RESULT.series, "backlog/pack": RESULT.series["backlog/pack"] + change}
        with pytest.raises(AuditError, match="do not add up"):
            audit(SHOP, WAY, replace(RESULT, series=series))


def test_orders_that_are_stopped_are_at_no_station() -> None:
    exceptions = {"share": "1%", "delay": {"mean": "1h"}}
    station = {"pool": "packers", "setup": "1h/order", "exceptions": exceptions}
    scenario = shop(stations={"pack": station})
    done = campaign(scenario, book([0]), [1], delay=[[2]])
    result = measures(scenario, done)
    audit(scenario, done.way, result)
    assert (result.series["backlog"] - result.series["backlog/pack"])[:4].tolist() == [0, 1, 1, 0]
    with pytest.raises(AuditError, match="do not add up"):
        audit(SHOP, done.way, result)


@pytest.mark.parametrize(
    "staff", [[(0, 1)], [(0, 2), (1.25 * HOUR, 1)], [(0, 0), (0.25 * HOUR, 2)]]
)
def test_work_that_nobody_is_free_for(staff: list[tuple[float, int]]) -> None:
    with pytest.raises(AuditError, match="nobody free"):
        audit(SHOP, replace(WAY, log=replace_staff(WAY.log, staff)), RESULT)


def replace_staff(log: Log, staff: list[tuple[float, int]]) -> Log:
    return replace(log, staff=[staff])


def one_place() -> Scenario:
    tables = {"number": "1 place"}
    return shop(stations={"pack": {"pool": "packers", "setup": "1h/order", "equipment": tables}})


def test_work_without_a_place() -> None:
    # Two pack at once from 0.5 on, which one table does not allow.
    with pytest.raises(AuditError, match="without a place"):
        audit(one_place(), WAY, RESULT)
    done = campaign(one_place(), book([0, 0]), [1, 1])
    audit(one_place(), done.way, measures(one_place(), done))


def test_work_at_a_machine_that_is_out_of_order() -> None:
    done = campaign(one_place(), book([0, 0]), [1, 1])
    result = measures(one_place(), done)
    for starts, ends, is_broken in ((0.5, 2, True), (0.5, 1, False), (1.5, 2, False)):
        outage = Outage(station=0, starts=starts * HOUR, ends=ends * HOUR)
        way = replace(done.way, log=replace(done.way.log, outages=[outage]))
        if is_broken:
            with pytest.raises(AuditError, match="without a place"):
                audit(one_place(), way, result)
        else:
            audit(one_place(), way, result)


def test_work_that_takes_no_time_may_be_told_out_of_order() -> None:
    # At the same instant, the second station's visit is told before the first one's.
    shifts = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
    stations = {"pick": {"pool": "second"}, "pack": {"pool": "first"}}
    pools = {"first": {"shifts": shifts}, "second": {"shifts": shifts}}
    scenario = shop(stations=stations, pools=pools, courier=None)
    done = campaign(scenario, book([1, 1]), [[0, 0], [0, 0]])
    audit(scenario, done.way, measures(scenario, done))
    # But one that takes time cannot be told before another that does.
    visits = done.way.visits
    assert visits.started.tolist() == [HOUR] * 4
    late = done.way.dispatched + 9
    way = replace(
        done.way, visits=replace(visits, ended=visits.ended + 1), dispatched=late, collected=late
    )
    with pytest.raises(AuditError, match="left a place before it came"):
        audit(scenario, way, measures(scenario, done))
