from typing import Any

import pytest

from simulate.evidence.queueing import erlang_a
from simulate.evidence.steady import NoTheoryError, expected, order_rate, variation
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop


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
        {"desk": {"shifts": {"a": {"starts": "09:00", "ends": "18:00", "people": "2 people"}},
                  "chats": "4 chats", "handling": {"mean": "9min"}, "patience": {"mean": "4min"}}},
        {"controller": {"every": "30min", "rules": {"high": {
            "above": "90 orders", "until": "9 orders", "cut": {"search": "50%"}}}}},
        {"offers": {"all": {"discount": "10%"}}},
        {"channels": {"ads": {"spend": "100 CNY/day", "cpc": "1 CNY/click", "saturation": {
            "linear_up_to": "50 CNY/day", "exponent": "60%"}}}},
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


IMPATIENT = {
    "share": "100%",
    "delay": {"mean": "10min", "distribution": {"kind": "exponential"}},
    "goods_from": "pack",
}
RANDOM_WORK = {"pool": "packers", "setup": "60s/order", "distribution": {"kind": "exponential"}}


def test_customers_who_would_all_cancel_are_erlang_a() -> None:
    scenario = open_shop(stations={"pack": RANDOM_WORK}, cancellations=IMPATIENT)
    gives_up, wait = erlang_a(1200 / 86400, 60, 1, 600)
    assert expected(scenario) == {
        "wait_pack_mean": wait,
        "utilisation_pack": 1200 / 86400 * (1 - gives_up) * 60,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"cancellations": {**IMPATIENT, "share": "50%"}},
        {"cancellations": IMPATIENT,
         "sku_groups": {"all": {"share": "100%", "cancellations": "50%"}}},
        {"stations": {"pack": {**RANDOM_WORK, "distribution": {"kind": "deterministic"}}},
         "cancellations": IMPATIENT},
        {"stations": {"pack": {**RANDOM_WORK, "cart": {"orders": "4 orders"}}}},
        {"stations": {"pack": {**RANDOM_WORK, "equipment": {"number": "1 place"}}}},
        {"sku_groups": {"all": {"share": "100%", "stock": {"opening": "9 units"}}}},
        {"sku_groups": {"a": {"share": "50%", "priority": 1}, "b": {"share": "50%"}}},
        {"due_dates": True},
        {"pools": {"packers": {**ALWAYS["packers"],
                               "overtime": {"backlog": "9 orders", "lasts": "1h"}}}},
        {"returns": {"share": "1%", "delay": {"mean": "1h"},
                     "handling": {"pool": "packers", "work": "60s/parcel"}}},
    ],
    ids="+".join,
)  # fmt: skip
def test_of_the_warehouse_options_theory_says_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(NoTheoryError):
        expected(open_shop(**{"stations": {"pack": RANDOM_WORK}, **changes}))
