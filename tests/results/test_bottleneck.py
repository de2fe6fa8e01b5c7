from dataclasses import replace

import numpy as np
import pytest

from simulate.results.bottleneck import bottleneck, busiest
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario
from tests.results.campaigns import by_hand, measures, shop

SHIFT = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}


def three_stations(**changes: object) -> Scenario:
    return shop(
        stations={
            "pick": {"pool": "both", "setup": "1s/order"},
            "check": {"pool": "checkers", "setup": "1s/order"},
            "pack": {"pool": "both", "setup": "1s/order"},
        },
        pools={"both": {"shifts": SHIFT}, "checkers": {"shifts": SHIFT}},
        **changes,
    )


def series(**changes: list[float]) -> dict[str, np.ndarray]:
    """High in hours 1 and 2: both work 5 of 6 person-hours, the checker 1.5 of 2."""
    by_hour = {
        "backlog": [10, 100, 50, 40],
        "busy/pick": [2, 1, 1, 3],
        "busy/pack": [1, 2, 1, 0],
        "busy/check": [1, 0.5, 1, 1],
        "staff/both": [3, 3, 3, 3],
        "staff/checkers": [1, 1, 1, 1],
        "released": [100, 30, 50, 100],
        **changes,
    }
    return {name.replace("_", "/"): np.array(each, float) for name, each in by_hour.items()}


def test_the_busiest_pool_is_named_by_its_busiest_station() -> None:
    assert busiest(three_stations(), series()) == ("pack", 5 / 6)
    assert busiest(three_stations(), series(busy_check=[1, 1, 1, 1])) == ("check", 1)


def test_restocking_counts_for_its_pool() -> None:
    restocking = {"pool": "checkers", "work": "1s/parcel"}
    cancellations = {
        "share": "5%", "delay": {"mean": "1h"}, "goods_from": "pick", "restocking": restocking
    }  # fmt: skip
    scenario = three_stations(cancellations=cancellations)
    # 1.5 and 0.3 of 2 person-hours are more than 5 of 6.
    assert busiest(scenario, series(busy_restock=[0, 0.3, 0, 0])) == ("check", 0.9)


def test_hours_without_people_count_for_nothing() -> None:
    night = series(staff_checkers=[1, 0, 1, 1], busy_check=[1, 0, 1, 1])
    assert busiest(three_stations(), night) == ("check", 1)


@pytest.mark.parametrize(
    "caps", [{"per_hour": "42 orders"}, {"per_day": "1008 orders"}]
)  # 80 of 84 in two hours
def test_the_erp(caps: dict[str, str]) -> None:
    place, load = busiest(three_stations(erp=caps), series())
    assert place == "erp"
    assert load == pytest.approx(80 / 84)


def test_without_a_backlog_there_is_none() -> None:
    assert busiest(three_stations(), series(backlog=[0] * 4)) == ("", 0.0)
    empty = replace(measures(shop(), by_hand()), series=series(backlog=[0] * 4))
    assert bottleneck(three_stations(), [empty]) is None


def test_most_replications_name_it() -> None:
    sample = measures(shop(), by_hand())
    check = series(busy_check=[1, 1, 1, 1])
    seen: list[Replication] = [replace(sample, series=each) for each in (series(), check, check)]
    found = bottleneck(three_stations(), seen)
    assert found is not None
    assert (found.place, found.agreement, found.utilisation) == ("check", 2 / 3, 1)
