from typing import Any

import numpy as np
import pytest

from simulate.demand.orders import draw, paid_orders
from simulate.evidence.random_scenarios import GRID, on_a_grid, random_scenario, random_spec
from simulate.scenario.checks import check
from simulate.warehouse.work import jobs_of


def keys(spec: Any, path: tuple[str, ...] = ()) -> set[str]:
    if not isinstance(spec, dict):
        return set()
    below = (keys(value, (*path, str(key))) for key, value in spec.items())
    return {str(key) for key in spec}.union(*below)


@pytest.mark.parametrize("seed", range(60))
def test_a_random_scenario_is_a_valid_one(seed: int) -> None:
    assert [finding.message for finding in check(random_scenario(seed))] == []


def test_the_same_number_is_the_same_scenario() -> None:
    assert random_scenario(3) == random_scenario(3)
    assert random_spec(3) != random_spec(4)


def test_every_option_is_drawn() -> None:
    options = {
        "priority", "due_dates", "cart", "wave", "single_line_skips", "exceptions", "rework",
        "mis_sent", "supervisor", "switching", "breaks", "absence", "learning", "crowding",
        "overtime", "call_ins", "equipment", "failures", "per_day", "stock", "receipts",
        "unloading", "collections", "capacity", "late", "missing", "overloads", "cancellations",
        "restocking", "returns", "promise", "compensation", "wage", "costs", "interruption",
        "weekdays", "first", "last", "spend", "cpc", "cpm", "saturation", "reach", "stream",
        "message_price", "commission", "slot_fee", "landing", "assisted_by", "path",
        "enquiry_share", "phases", "carts", "presale", "first_hour", "profiles", "milestones",
        "forecast_error", "offers", "coupon", "price_response", "tier", "margin", "shops",
        "sold_out", "take", "wait", "desk", "bot_share", "silent", "chase", "controller", "cut",
        "close", "longer_promise",
    }  # fmt: skip
    drawn = set().union(*(keys(random_spec(seed)) for seed in range(40)))
    assert options - drawn == set()


def test_on_a_grid_many_things_coincide() -> None:
    scenario = random_scenario(0)
    book = draw(scenario, 0, 0)
    work = on_a_grid(jobs_of(scenario, paid_orders(book), book.potential, 0, 0))
    for times in (work.jobs.ready, work.jobs.work, work.jobs.delay):
        assert np.all(times % GRID == 0)
    assert len(np.unique(work.jobs.ready)) < len(work.jobs.ready)
    assert np.all(np.diff(work.jobs.ready) >= 0)
