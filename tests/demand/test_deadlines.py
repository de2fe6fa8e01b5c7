import numpy as np

from simulate.demand.deadlines import deadlines

from .shop import DAY, HOUR, shop

PAID = np.array([-HOUR, 0.0, 1.5, 24 * HOUR, 24 * HOUR + 1, np.nan])


def test_without_a_promise_nothing_is_due() -> None:
    assert deadlines(shop(), PAID).tolist() == [np.inf] * 6


def test_hours_run_from_payment() -> None:
    scenario = shop(promise={"kind": "hours", "within": "48h"})
    expected = [47 * HOUR, 48 * HOUR, 48 * HOUR + 1.5, 72 * HOUR, 72 * HOUR + 1, np.inf]
    assert deadlines(scenario, PAID).tolist() == expected


def test_a_window_has_one_deadline_and_both_its_ends_belong_to_it() -> None:
    scenario = shop(
        promise={
            "kind": "window",
            "paid_from": "2026-12-12T00:00",
            "paid_until": "2026-12-13T00:00",
            "collected_by": "2026-12-15T12:00",
            "otherwise_within": "24h",
        }
    )
    by = 3.5 * DAY
    expected = [23 * HOUR, by, by, by, 48 * HOUR + 1, np.inf]
    assert deadlines(scenario, PAID).tolist() == expected
