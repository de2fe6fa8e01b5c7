"""The largest volume: where theory knows it, with none to be found, and what is kept."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from scipy.optimize import brentq

from simulate.evidence.queueing import in_time_mmc
from simulate.experiment.limit import Limit, limit, parse_precision
from simulate.experiment.points import Points
from simulate.experiment.volume_search import campaigns_needed
from simulate.experiment.workers import Here, workers
from simulate.results.sample_store import SampleStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError

WORK, SERVERS, PROMISED, TARGET = 150.0, 4, 480.0, 0.9
RATE = 1 / 75

# M/M/4: 1,152 orders a day, each 150 s of work on average, in eight minutes. The campaign is ten
# days long, so that its empty start is of no account.
QUEUE = """\
title: A queue
timezone: Asia/Shanghai
starts: 2026-12-01T00:00
ends: 2026-12-11T00:00
replications: 40
seed: 4
channels:
  web: {visitors: 1152 visitors/day}
conversion: {order_share: 100%}
stations:
  pack: {pool: crew, setup: 150s/order, distribution: {kind: exponential}}
pools:
  crew:
    shifts:
      always: {starts: 00:00, ends: 24:00, people: 4 people}
promise: {kind: hours, within: 8min}
targets: {on_time_share: 90%}
"""
SHORT = QUEUE.replace("2026-12-11", "2026-12-02")


def written(folder: Path, text: str = QUEUE) -> Loaded:
    path = folder / "queue.yml"
    path.write_text(text)
    return load(path)


def found(
    loaded: Loaded,
    nowhere: Path,
    points: Points | None = None,
    *,
    folder: Path | None = None,
    most: int | None = None,
) -> Limit:
    asked = points or Points(Here())
    return limit(loaded, asked, most=most, folder=folder, published=nowhere / "none")


def exact(plan: float = 1.0) -> float:
    """The multiple of the plan at which theory has just enough orders in time."""

    def left(multiple: float) -> float:
        return in_time_mmc(multiple * plan * RATE, WORK, SERVERS, PROMISED) - TARGET

    return float(brentq(left, 0.1, 0.99 * SERVERS / WORK / RATE / plan))


def test_the_limit_that_theory_knows_is_found(tmp_path: Path) -> None:
    answer = found(written(tmp_path), tmp_path, most=60)
    assert answer.holds is not None
    assert answer.breaks is not None
    assert answer.holds < exact() < answer.breaks
    assert answer.breaks / answer.holds < 1.1
    held = answer.volume(answer.holds)
    assert held is not None
    assert held.orders_a_day.mean == pytest.approx(1152 * answer.holds, rel=0.02)
    assert [each.measure for each in answer.targets] == ["on_time_share"]
    assert answer.bottleneck is not None
    assert answer.bottleneck.place == "pack"


@pytest.mark.parametrize("traffic", ["0.2x", "3x"])
def test_a_plan_far_from_the_limit_has_the_same_one(tmp_path: Path, traffic: str) -> None:
    plan = changed(written(tmp_path, SHORT), {"traffic": traffic})
    answer = found(plan, tmp_path)
    assert answer.holds is not None
    assert answer.breaks is not None
    assert answer.holds < exact(float(traffic[:-1])) < answer.breaks


def test_shares_on_time_fall_as_the_volume_grows(tmp_path: Path) -> None:
    volumes = found(written(tmp_path, SHORT), tmp_path).volumes
    multiples = [each.multiple for each in volumes]
    assert len(volumes) >= 8
    assert multiples == sorted(multiples)
    shares = [each.measures["on_time_share"].mean for each in volumes]
    orders = [each.orders_a_day.mean for each in volumes]
    assert all(later < before + 0.01 for before, later in pairwise(shares))
    assert shares[0] - shares[-1] > 0.2
    assert orders == pytest.approx([1152 * each for each in multiples], rel=0.02)
    assert orders == sorted(orders)


def test_a_target_that_nothing_holds_has_no_limit(tmp_path: Path) -> None:
    """Work alone takes longer than five seconds more often than not."""
    answer = found(written(tmp_path, SHORT.replace("within: 8min", "within: 5s")), tmp_path)
    assert answer.holds is None
    assert answer.volumes[0].multiple < 0.1
    assert {each.word for each in answer.volumes} == {"fail"}


def test_a_target_that_nothing_breaks_has_no_limit_either(tmp_path: Path) -> None:
    easy = SHORT.replace("{on_time_share: 90%}", "{on_time_share: 0%}")
    answer = found(written(tmp_path, easy), tmp_path)
    assert answer.breaks is None
    assert answer.holds == answer.volumes[-1].multiple == 16


def test_what_never_happened_is_shown_to_be_rare(tmp_path: Path) -> None:
    """Nobody is ever late: 200 campaigns are needed to be sure of 98 %, and no volume helps."""
    text = SHORT.replace("within: 8min", "within: 100d").replace("90%", "98%")
    answer = found(
        written(tmp_path, text.replace("replications: 40", "replications: 200")), tmp_path
    )
    assert answer.holds == 16
    volume = answer.volume(16)
    assert volume is not None
    assert 150 < volume.replications <= 200


def test_the_answer_does_not_depend_on_who_works(tmp_path: Path) -> None:
    plan = written(tmp_path, SHORT)
    here = found(plan, tmp_path, most=20)
    with workers(2, None) as crew:
        assert found(plan, tmp_path, Points(crew), most=20) == here


def test_what_was_found_is_not_looked_for_again(tmp_path: Path) -> None:
    plan, simulated = written(tmp_path, SHORT), list[int]()
    first = found(plan, tmp_path, folder=tmp_path / "runs", most=10)
    silent = Points(Here(), done=simulated.append)
    again = found(plan, tmp_path, silent, folder=tmp_path / "runs", most=10)
    assert again == first
    assert simulated == []


def test_an_interrupted_search_goes_on_where_it_stopped(tmp_path: Path) -> None:
    plan, simulated = written(tmp_path, SHORT), list[int]()
    whole = found(plan, tmp_path, Points(Here(), done=simulated.append))
    total, seen = sum(simulated), 0

    def stop(count: int) -> None:
        nonlocal seen
        seen += count
        if seen > 50:
            raise KeyboardInterrupt

    store = SampleStore(tmp_path / "samples")
    with pytest.raises(KeyboardInterrupt):
        found(plan, tmp_path, Points(Here(), store, done=stop))
    simulated.clear()
    assert found(plan, tmp_path, Points(Here(), store, done=simulated.append)) == whole
    assert sum(simulated) <= total - 40


@pytest.mark.parametrize(
    ("low", "high", "needed"),
    # Twice as near takes four times as many.
    [(1.0, 1.02, None), (1.0, 1.04, 200), (1.0, 1.08, 800), (None, 1.0, None), (1.0, None, None)],
)
def test_campaigns_needed_grow_with_the_square(
    low: float | None, high: float | None, needed: int | None
) -> None:
    assert campaigns_needed(low, high, 50, 0.02) == pytest.approx(needed, abs=1)


def test_without_targets_or_traffic_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no targets"):
        found(written(tmp_path, QUEUE.replace("targets: {on_time_share: 90%}\n", "")), tmp_path)
    idle = QUEUE + "opening_backlog: {orders: 5 orders, paid_within: 1h}\ntraffic: 0x\n"
    with pytest.raises(InputError, match="no traffic"):
        found(written(tmp_path, idle), tmp_path)


@pytest.mark.parametrize(("text", "precision"), [("2%", 0.02), ("0.5%", 0.005)])
def test_a_precision_is_a_share(text: str, precision: float) -> None:
    assert parse_precision(text) == precision


@pytest.mark.parametrize("text", ["little", "2", "-1%"])
def test_another_precision_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="precision"):
        parse_precision(text)


def test_a_precision_may_be_too_fine(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"0\.1% to 50%"):
        limit(written(tmp_path), Points(Here()), precision=0.0001, published=tmp_path)


def test_the_name_of_a_kept_answer_is_the_asker_s(tmp_path: Path) -> None:
    plan = written(tmp_path, SHORT)
    first = found(plan, tmp_path, folder=tmp_path / "runs")
    other = Loaded("other", plan.scenario, plan.files, plan.tree)
    assert found(other, tmp_path, folder=tmp_path / "runs") == replace(first, scenario="other")
