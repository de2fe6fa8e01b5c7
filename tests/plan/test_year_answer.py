"""A plan's year simulated, summarised and kept."""

from pathlib import Path

import numpy as np
import pytest

from simulate.plan.loaded import LoadedPlan
from simulate.plan.year import year_of
from simulate.plan.year_answer import kept_year, year_answer, year_fingerprint
from simulate.plan.year_outcome import AMBER, RED, YearOutcome
from simulate.plan.year_replications import replicate_year, simulate_year
from simulate.plan.year_summary import reached, spread, summarise_year
from simulate.results.intervals import share_interval
from simulate.results.store import RunStore
from tests.plan.small_plan import loaded

YEARS = 3
UNSURE = ("order_value: 100", "forecast_error: {year: 20%, month: 10%}\norder_value: 100")


@pytest.fixture(scope="module")
def plan(tmp_path_factory) -> LoadedPlan:
    return loaded(tmp_path_factory.mktemp("plan"), UNSURE)


@pytest.fixture(scope="module")
def outcome(plan) -> YearOutcome:
    return year_answer(plan, None, replications=YEARS)


def test_the_same_whatever_the_number_of_processes(plan, outcome):
    assert year_answer(plan, None, replications=YEARS, jobs=2) == outcome


def test_the_simpy_floor_gives_the_same_year(plan):
    year = year_of(plan)
    compiled, simpy = (simulate_year(year, 1, 0, floor) for floor in ("compiled", "simpy"))
    for name in ("loads", "paid", "kept", "late", "sales", "backlog"):
        np.testing.assert_array_equal(getattr(compiled.days, name), getattr(simpy.days, name))


def test_nothing_is_simulated_twice(tmp_path, plan, outcome):
    store = RunStore(tmp_path)
    told: list[int] = []
    first = year_answer(plan, store, replications=YEARS, done=told.append)
    assert told == [2, 3]
    again = year_answer(plan, store, replications=YEARS, done=told.append)
    assert told == [2, 3]
    assert first == again == outcome == kept_year(store, outcome.fingerprint)


def test_a_kept_year_that_cannot_be_read_is_not_there(tmp_path, outcome):
    store = RunStore(tmp_path)
    (tmp_path / f"{outcome.fingerprint}-year.json").write_text("{", encoding="utf-8")
    assert kept_year(store, outcome.fingerprint) is None


@pytest.mark.parametrize(
    "swap",
    [
        ("sales: 450,000 CNY", "sales: 451,000 CNY"),
        ('sales: "150,000 CNY"', 'sales: "151,000 CNY"'),
        ("year: 20%", "year: 21%"),
        ('"10,000 CNY", visitors', '"11,000 CNY", visitors'),
    ],
)
def test_another_plan_has_another_fingerprint(tmp_path: Path, plan, swap):
    def known(read: LoadedPlan) -> str:
        return year_fingerprint(year_of(read), 1, 20)

    swaps = [UNSURE, swap] if swap[0] not in UNSURE[1] else [(UNSURE[0], UNSURE[1].replace(*swap))]
    assert known(loaded(tmp_path, *swaps)) != known(plan)


def test_words_do_not_change_the_fingerprint(tmp_path, plan):
    other = loaded(tmp_path, UNSURE, ("title: Small", "title: Other"))
    assert year_fingerprint(year_of(other), 1, 20) == year_fingerprint(year_of(plan), 1, 20)


def test_seed_and_number_change_the_fingerprint(plan):
    year = year_of(plan)
    known = {year_fingerprint(year, seed, number) for seed in (1, 2) for number in (20, 21)}
    assert len(known) == 4


def test_months_and_days_add_up_to_the_year(outcome):
    assert len(outcome.days) == 92
    assert [month.month for month in outcome.months] == ["2026-10", "2026-11", "2026-12"]
    assert outcome.sales.mean == pytest.approx(sum(each.sales.mean for each in outcome.months))
    assert outcome.orders.mean == pytest.approx(sum(day.paid for day in outcome.days))
    assert outcome.ad_spend == pytest.approx(sum(each.ad_spend for each in outcome.months))
    amber = sum(day.amber for day in outcome.days)
    assert outcome.days_amber.mean == pytest.approx(amber)
    assert outcome.days_amber.mean == pytest.approx(sum(m.days_amber for m in outcome.months))
    assert outcome.days_red.mean == pytest.approx(sum(m.days_red for m in outcome.months))


def test_the_plan_is_kept_in_the_mean(outcome):
    assert (outcome.target, outcome.ad_budget) == (450_000, 50_000)
    assert outcome.ad_spend == pytest.approx(50_000)
    october = outcome.months[0]
    assert (october.target, october.ad_budget, october.stage) == (100_000, 10_000, "growth")
    assert october.visitors.low < 20_000 * 1.3
    assert october.visitors.high > 20_000 * 0.7


def test_days_know_their_campaign_and_what_is_full(outcome):
    (double,) = outcome.campaigns
    assert (double.campaign, double.scenario) == ("double", "double")
    assert (double.first, double.last) == ("2026-12-11", "2026-12-12")
    of_double = [day for day in outcome.days if day.campaign == "double"]
    assert [day.day for day in of_double] == ["2026-12-11", "2026-12-12"]
    assert double.orders.mean == pytest.approx(sum(day.paid for day in of_double))
    assert {day.place for day in outcome.days} <= {"crew", "erp"}
    for day in outcome.days:
        assert day.red <= day.amber
        assert day.load.low <= day.load.mean <= day.load.high


def test_what_is_full_follows_from_the_loads(plan):
    year = year_of(plan)
    simulated = replicate_year(year, 1, 2)
    told = summarise_year(year, simulated, fingerprint="x", seed=1)
    loads = np.stack([each.days.loads.max(axis=0) for each in simulated])
    assert told.days_amber.mean == (loads > AMBER).sum(axis=1).mean()
    assert told.days_red.mean == (loads > RED).sum(axis=1).mean()
    assert told.days[70].load.mean == pytest.approx(loads[:, 70].mean())


def test_the_chance_of_a_target_is_the_share_of_years_with_its_wilson_interval():
    sales = np.array([90.0, 100.0, 110.0, 120.0])
    chance = reached(sales, 100.0)
    assert chance is not None
    assert (chance.mean, chance.unit) == (0.75, "share")
    assert (chance.low, chance.high) == pytest.approx(share_interval([0, 1, 1, 1])[1:])
    assert reached(sales, None) is None
    assert reached(sales, 0.0) is None


def test_a_spread_goes_from_the_fifth_to_the_ninety_fifth_percentile():
    found = spread(np.arange(101.0), "orders")
    assert (found.mean, found.low, found.high, found.unit) == (50, 5, 95, "orders")
