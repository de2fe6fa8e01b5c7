"""Plans side by side on the same customers."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulate.experiment.comparison import Difference, compare, differences
from simulate.experiment.points import Points
from simulate.experiment.workers import workers
from simulate.results.outcome import Estimate
from simulate.results.sample_store import SampleStore
from simulate.results.store import RunStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError

TINY = Path(__file__).parents[1] / "results" / "tiny.yml"
NAN = float("nan")


@pytest.fixture
def plan() -> Loaded:
    return load(TINY)


def more_traffic(plan: Loaded) -> Loaded:
    return changed(plan, {"traffic": "2x"}, name="more")


def test_differences_are_paired_by_replication(plan: Loaded) -> None:
    """By hand: 3, 1, 2 has mean 2 and standard deviation 1; t is 4.3027 with 2 degrees."""
    base = [{"late_orders": value} for value in (10.0, 50.0, 0.0)]
    others = [{"late_orders": value} for value in (13.0, 51.0, 2.0)]
    found = differences(plan, base, plan, others)["late_orders"]
    half = 4.30265273 / 3**0.5
    assert found.estimate.mean == 2
    assert found.estimate.low == pytest.approx(2 - half)
    assert found.estimate.high == pytest.approx(2 + half)
    assert (found.pairs, found.word, found.estimate.unit) == (3, "unclear", "orders")
    # Three times (half / mean)^2 - 1, rounded up: 3 x 0.5428 = 1.63.
    assert found.needed == 2


@pytest.mark.parametrize(
    ("others", "word"), [((2.0, 3.0, 2.5), "more"), ((0.1, 0.0, 0.0), "less"), ((1.0,) * 3, "same")]
)
def test_a_clear_difference_has_a_direction(
    plan: Loaded, others: tuple[float, ...], word: str
) -> None:
    base = [{"late_orders": 1.0}] * 3
    found = differences(plan, base, plan, [{"late_orders": value} for value in others])
    assert found["late_orders"].word == word
    assert found["late_orders"].needed is None


def test_a_replication_without_the_measure_drops_the_pair(plan: Loaded) -> None:
    base = [{"lead_time_mean": value} for value in (1.0, NAN, 3.0)]
    others = [{"lead_time_mean": value} for value in (2.0, 9.0, 4.0)]
    estimate = Estimate(mean=1, low=1, high=1, unit="hours")
    assert differences(plan, base, plan, others) == {
        "lead_time_mean": Difference(estimate=estimate, pairs=2, word="more")
    }
    assert differences(plan, base, plan, [{"lead_time_mean": NAN}] * 3) == {}


def test_measures_of_one_plan_alone_and_in_another_currency_are_not_compared(
    plan: Loaded,
) -> None:
    other = replace(plan, scenario=plan.scenario.model_copy(update={"currency": "CNY"}))
    base = [{"sales": 1.0, "absences": 1.0}] * 2
    assert differences(plan, base, other, [{"sales": 2.0}] * 2) == {}


def test_a_plan_does_not_differ_from_itself_under_another_name(plan: Loaded) -> None:
    found = compare([plan, changed(plan, {}, name="twin")], Points(), None)
    assert found.replications == 7
    assert {each.word for each in found.sides[1].differences.values()} == {"same"}
    assert found.sides[0].differences == {}


def test_more_traffic_brings_more_orders(plan: Loaded, tmp_path: Path) -> None:
    found = compare([plan, more_traffic(plan)], Points(), RunStore(tmp_path))
    paid = found.sides[1].differences["paid_orders"]
    means = [side.outcome.measures["paid_orders"].mean for side in found.sides]
    assert paid.word == "more"
    assert paid.estimate.mean == pytest.approx(means[1] - means[0], rel=1e-6)
    assert set(found.sides[1].outcome.series) == {"backlog", "paid"}


def test_nothing_is_simulated_twice(plan: Loaded, tmp_path: Path) -> None:
    done: list[int] = []

    def ask(runs: Path) -> object:
        points = Points(store=SampleStore(tmp_path / "samples"), done=done.append)
        plans = [plan, more_traffic(plan), changed(plan, {}, name="twin")]
        return compare(plans, points, RunStore(runs), replications=2)

    first = ask(tmp_path / "samples")
    assert sum(done) == 4
    assert ask(tmp_path / "samples") == first
    for answer in (tmp_path / "samples").glob("comparison-*"):
        answer.unlink()
    assert ask(tmp_path / "samples") == first
    assert sum(done) == 4
    assert ask(tmp_path / "elsewhere") == first


def test_the_number_of_workers_changes_nothing(plan: Loaded) -> None:
    plans = [plan, more_traffic(plan)]
    with workers(2) as two:
        assert compare(plans, Points(workers=two), None) == compare(plans, Points(), None)


def test_one_plan_alone_is_no_comparison(plan: Loaded) -> None:
    with pytest.raises(InputError, match="name two scenarios or more"):
        compare([plan], Points(), None)
    with pytest.raises(InputError, match="`tiny` is named twice"):
        compare([plan, plan], Points(), None)


class PulledError(Exception):
    """Somebody pulled the plug."""


def test_what_was_broken_off_goes_on_with_the_next_plan(plan: Loaded, tmp_path: Path) -> None:
    plans, done = [plan, more_traffic(plan)], list[int]()

    def ask(stop_after: int) -> object:
        def more(count: int) -> None:
            done.append(count)
            if sum(done) >= stop_after:
                raise PulledError

        points = Points(store=SampleStore(tmp_path), done=more)
        return compare(plans, points, RunStore(tmp_path), replications=4)

    with pytest.raises(PulledError):
        ask(stop_after=8)
    done.clear()
    assert ask(stop_after=9) == compare(plans, Points(), None, replications=4)
    assert sum(done) == 4
