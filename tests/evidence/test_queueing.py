import math
from typing import Any

import pytest

from simulate.evidence.queueing import (
    NoTheoryError,
    erlang_c,
    expected,
    order_rate,
    variation,
    wait_mg1,
    wait_mmc,
)
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop


def test_erlang_c() -> None:
    # One server is busy a share `load` of the time; two with load 1 are both busy a third of it.
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)
    # By the sum: (a^c / c!) c / (c - a) over itself plus the sum of a^k / k! below c.
    servers, load = 5, 3.3
    all_busy = load**servers / math.factorial(servers) * servers / (servers - load)
    below = sum(load**k / math.factorial(k) for k in range(servers))
    assert erlang_c(servers, load) == pytest.approx(all_busy / (all_busy + below))
    assert erlang_c(3, 0) == 0
    assert 0 < erlang_c(2000, 1990) < 1


@pytest.mark.parametrize("load", [1.0, 1.1, -0.1])
def test_a_line_that_cannot_keep_up_has_no_steady_state(load: float) -> None:
    with pytest.raises(ValueError, match="cannot keep up"):
        erlang_c(1, load)
    with pytest.raises(ValueError, match="cannot keep up"):
        wait_mg1(load, 1, 1)


def test_waits() -> None:
    # M/M/1 with rho 0.75 and work of 60 s: rho / (1 - rho) x work.
    assert wait_mmc(0.75 / 60, 60, 1) == pytest.approx(180)
    assert wait_mg1(0.75 / 60, 60, 1) == pytest.approx(180)
    assert wait_mg1(0.75 / 60, 60, 0) == pytest.approx(90)
    assert wait_mmc(1, 1, 2) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("distribution", "cv"),
    [
        ({"kind": "deterministic"}, 0),
        ({"kind": "exponential"}, 1),
        ({"kind": "lognormal", "cv": 0.4}, 0.4),
        ({"kind": "gamma", "cv": 2}, 2),
        ({"kind": "erlang", "phases": 4}, 0.5),
        ({"kind": "empirical", "observed": [1, 3]}, 0.5),
    ],
)
def test_variation(distribution: dict[str, Any], cv: float) -> None:
    pack = {"pool": "packers", "setup": "30s/order", "distribution": distribution}
    scenario = shop(stations={"pack": pack})
    assert variation(scenario.stations["pack"].distribution) == pytest.approx(cv)


ALWAYS = {"packers": {"shifts": {"a": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}}}


def open_shop(**changes: Any) -> Scenario:
    return shop(**{"pools": ALWAYS, **changes})


def test_expected_of_a_scenario() -> None:
    # 1,200 orders a day of 30 s + 2 lines of 6 s each: 42 x 1200 / 86400 = 58.3 % busy.
    pack = {"pool": "packers", "setup": "30s/order", "per_line": "6s/line"}
    groups = {"all": {"share": "100%", "lines": {"kind": "fixed", "count": 2}}}
    found = expected(open_shop(stations={"pack": pack}, sku_groups=groups))
    load = 42 * 1200 / 86400
    wait = load / (1 - load) / 2 * 42
    assert found == pytest.approx(
        {
            "wait_pack_mean": wait,
            "utilisation_pack": load,
            "lead_time_mean": (wait + 42) / 3600,
        }
    )


def test_order_rate_counts_who_asks_and_who_pays() -> None:
    scenario = open_shop(
        channels={
            "search": {"visitors": "1000 visitors/day"},
            "ads": {
                "spend": "100 CNY/day",
                "cpc": "1 CNY/click",
                "conversion": {"paid_share": "100%"},
            },
        },
        conversion={
            "order_share": "10%",
            "enquiry_share": "50%",
            "enquiry_order_share": "30%",
            "paid_share": "50%",
        },
        traffic="2x",
    )
    assert order_rate(scenario) * 86400 == pytest.approx(2 * (1000 * 0.2 * 0.5 + 100 * 0.2))


@pytest.mark.parametrize(
    "changes",
    [
        {"forecast_error": {"day": "10%"}},
        {"payment_delay": {"mean": "1h"}},
        {"opening_backlog": {"orders": "5 orders", "paid_within": "1h"}},
        {"erp": {"per_hour": "50 orders"}},
        {"courier": {"collections": {"noon": {"at": "12:00"}}}},
        {"profile": "flat", "profiles": {"flat": ["1%"] * 24}},
        {"phases": {"burst": {"starts": "2026-12-12T10:00", "ends": "2026-12-12T12:00"}}},
        {"sku_groups": {"all": {"share": "100%", "lines": {"kind": "geometric", "mean": 2}}}},
        {"pools": {"packers": {"shifts": {"a": {"starts": "08:00", "ends": "20:00",
                                                "people": "4 people"}}}}},
        {"pools": {"packers": {"shifts": {"a": {"starts": "00:00", "ends": "24:00",
                                                "people": "2 people"}}}}},
        {"packed_beforehand_skips": ["pack"]},
        {"channels": {"mail": {"reach": "9 people", "response": "5%", "sent": "2026-12-12T08:00"}}},
        {"stations": {"pack": {"pool": "packers", "setup": "9s/order",
                               "interruption": {"chance": "1%", "mean": "1h"}}}},
        {"stations": {name: {"pool": "packers", "setup": "9s/order"} for name in ("a", "b")}},
    ],
    ids="+".join,
)  # fmt: skip
def test_of_any_other_scenario_theory_says_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(NoTheoryError):
        expected(open_shop(**changes))
