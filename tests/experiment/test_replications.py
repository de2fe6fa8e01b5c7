from dataclasses import asdict
from typing import Any

import numpy as np

from simulate.experiment.replications import BATCH, Campaign, replicate, simulate
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop


def packers(people: str) -> dict[str, Any]:
    day = {"starts": "08:00", "ends": "20:00", "people": people}
    return {"packers": {"shifts": {"day": day}}}


def busy_shop(**changes: Any) -> Scenario:
    """About 600 orders in two days, and a line that is behind by night."""
    stations = {
        "pack": {
            "pool": "packers",
            "setup": "4min/order",
            "distribution": {"kind": "lognormal", "cv": 0.5},
        }
    }
    return shop(
        **{
            "stations": stations,
            "conversion": {"order_share": "25%", "paid_share": "50%"},
            "drain_limit": "5d",
            "forecast_error": {"day": "10%"},
            **changes,
        }
    )


def same(some: list[Replication], others: list[Replication]) -> bool:
    """Compare to the last bit."""
    return [_bits(asdict(one)) for one in some] == [_bits(asdict(other)) for other in others]


def _bits(told: Any) -> Any:
    """Return what can be compared: NaN is NaN."""
    if isinstance(told, dict):
        return {name: _bits(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_bits(value) for value in told]
    return np.asarray(told).tobytes()


def work_done(campaign: Campaign) -> dict[int, float]:
    """Seconds of work at the only station, by the number with which an order was drawn."""
    visits, way = campaign.way.visits, campaign.way
    drawn = campaign.orders.drawn[way.order_of[visits.job]]
    return dict(zip(drawn.tolist(), (visits.ended - visits.started).tolist(), strict=True))


def test_the_number_of_processes_changes_nothing() -> None:
    numbers = 2 * BATCH + 1
    alone = replicate(busy_shop(), 5, numbers)
    assert len(alone) == numbers
    assert same(replicate(busy_shop(), 5, numbers, jobs=2), alone)


def test_more_replications_keep_the_first_ones() -> None:
    few, many = replicate(busy_shop(), 5, 3), replicate(busy_shop(), 5, BATCH + 2)
    assert same(many[:3], few)
    assert len({each.measures["paid_orders"] for each in many}) > 3


def test_floors_give_the_same_replications() -> None:
    assert same(
        replicate(busy_shop(), 5, 2, floor="simpy"), replicate(busy_shop(), 5, 2, floor="compiled")
    )


def test_another_seed_is_another_campaign() -> None:
    assert not same(replicate(busy_shop(), 5, 1), replicate(busy_shop(), 6, 1))


def test_progress_is_told() -> None:
    told: list[int] = []
    replicate(busy_shop(), 5, BATCH + 2, done=told.append)
    assert told == [BATCH, BATCH + 2]


def test_every_campaign_is_shown_in_its_order_whatever_the_processes() -> None:
    seen: list[tuple[int, Campaign]] = []
    results = replicate(
        busy_shop(), 5, BATCH + 2, jobs=2, seen=lambda number, each: seen.append((number, each))
    )
    assert [number for number, _ in seen] == list(range(BATCH + 2))
    for (_, campaign), result in zip(seen, results, strict=True):
        assert len(campaign.orders) == result.measures["paid_orders"]
    assert same(results, replicate(busy_shop(), 5, BATCH + 2))


def test_plans_meet_the_same_customers() -> None:
    more = busy_shop(pools=packers("7 people"))
    for number in range(4):
        one, other = (simulate(each, 5, number, "compiled") for each in (busy_shop(), more))
        for field in ("placed", "paid", "lines", "value", "drawn", "channel"):
            values = getattr(one.book, field), getattr(other.book, field)
            assert values[0].tobytes() == values[1].tobytes(), field
        assert work_done(one) == work_done(other)


def test_an_order_keeps_its_work_when_fewer_pay() -> None:
    # Both shops have the same orders placed; those who pay in the second also pay in the first.
    fewer = busy_shop(conversion={"order_share": "25%", "paid_share": "30%"})
    one, other = (simulate(each, 5, 0, "compiled") for each in (busy_shop(), fewer))
    works = [work_done(each) for each in (one, other)]
    assert set(works[1]) < set(works[0])
    assert all(works[0][drawn] == work for drawn, work in works[1].items())


def test_more_people_help_on_average() -> None:
    # One order may well be later; the mean over the same customers is not.
    waits = [
        np.mean(
            [
                each.measures["wait_pack_mean"]
                for each in replicate(busy_shop(pools=packers(people)), 5, 4)
            ]
        )
        for people in ("3 people", "4 people", "6 people")
    ]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[2] + 900
