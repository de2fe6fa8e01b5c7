"""The search for a roster: where theory knows the answer, under limits, and with none to be had."""

from pathlib import Path

import pytest

from simulate.evidence.queueing import in_time_mmc
from simulate.experiment.points import Points
from simulate.experiment.staffing import Staffing, Within, parse_within, staff
from simulate.experiment.workers import Here, workers
from simulate.results.sample_store import SampleStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError

RATE, WORK, PROMISED, TARGET = 1 / 60, 150.0, 480.0, 0.9

# M/M/c: 1,440 orders a day, each 150 s of work on average, in eight minutes.
QUEUE = """\
title: A queue
timezone: Asia/Shanghai
starts: 2026-12-01T00:00
ends: 2026-12-02T00:00
replications: 40
seed: 4
channels:
  web: {visitors: 1440 visitors/day}
conversion: {order_share: 100%}
stations:
  pack: {pool: crew, setup: 150s/order, distribution: {kind: exponential}}
pools:
  crew:
    wage: 10 CNY/h
    shifts:
      always: {starts: 00:00, ends: 24:00, people: 6 people}
promise: {kind: hours, within: 8min}
targets: {on_time_share: 90%}
staffing:
  pools: {crew: {always: {least: 1 person, most: 9 people}}}
"""


def written(folder: Path, text: str = QUEUE) -> Loaded:
    path = folder / "queue.yml"
    path.write_text(text)
    return load(path)


def found(
    loaded: Loaded,
    nowhere: Path,
    points: Points | None = None,
    *,
    within: Within | None = None,
    folder: Path | None = None,
) -> Staffing:
    asked = points or Points(Here())
    return staff(loaded, asked, within=within, folder=folder, published=nowhere / "none")


def enough() -> int:
    """The fewest servers with which theory has enough orders in time."""
    return next(c for c in range(3, 9) if in_time_mmc(RATE, WORK, c, PROMISED) >= TARGET)


def test_the_answer_that_theory_knows_is_found(tmp_path: Path) -> None:
    answer = found(written(tmp_path), tmp_path).answer
    assert answer is not None
    assert answer.people == (enough(),)
    share = answer.measures["on_time_share"]
    assert share.low <= in_time_mmc(RATE, WORK, enough(), PROMISED) + 0.01
    assert answer.price == enough() * 24 * 10


@pytest.mark.parametrize("people", ["1 person", "9 people"])
def test_it_does_not_matter_how_many_there_are_today(tmp_path: Path, people: str) -> None:
    answer = found(written(tmp_path, QUEUE.replace("6 people", people)), tmp_path).answer
    assert answer is not None
    assert answer.people == (enough(),)


def test_other_campaigns_agree_and_one_fewer_is_not_enough(tmp_path: Path) -> None:
    loaded = written(tmp_path)
    result = found(loaded, tmp_path)
    assert result.confirmed is not None
    assert result.confirmed.word == "pass"
    fewer = next(step for step in result.changes if step.by == -1)
    assert not fewer.holds
    assert fewer.price == -240
    assert fewer.differences["on_time_share"].word == "less"
    for people, holds in ((enough(), True), (enough() - 1, False)):
        plan = changed(loaded, {"pools.crew.shifts.always.people": f"{people} people"})
        samples = Points(Here()).at([plan], 99, 20)[0]
        share = sum(sample["on_time_share"] for sample in samples) / len(samples)
        assert (share >= TARGET) == holds


def test_no_roster_in_the_bounds(tmp_path: Path) -> None:
    """Two people cannot even do the work, which takes two and a half."""
    text = QUEUE.replace("most: 9 people", "most: 2 people").replace("6 people", "1 person")
    result = found(written(tmp_path, text), tmp_path)
    assert result.answer is None
    assert result.confirmed is None
    assert result.best.people == (2,)
    assert result.best.word == "fail"


def test_a_budget_is_kept(tmp_path: Path) -> None:
    """A person costs 240 CNY: 700 CNY are two people, who do not hold the target."""
    loaded = written(tmp_path)
    within = parse_within(loaded, "700 CNY", None, None)
    result = found(loaded, tmp_path, within=within)
    assert result.best.people == (2,)
    assert result.best.price == 480
    assert result.answer is None
    rich = found(loaded, tmp_path, within=parse_within(loaded, None, 8, None))
    assert rich.answer is not None
    assert rich.answer.people == (enough(),)


def test_overtime_of_today_s_people(tmp_path: Path) -> None:
    """Half an hour more brings fewer orders in time than ten hours more."""
    day = "starts: 08:00, ends: 12:00, people: 2"
    text = QUEUE.replace("starts: 00:00, ends: 24:00, people: 6", day)
    text = text.replace("1440 visitors", "144 visitors").replace("8min", "5h")
    text = text.replace("starts: 2026-12-01T00:00", "starts: 2026-12-01T07:00")
    loaded = written(tmp_path, text)
    plain, longer = (
        found(loaded, tmp_path, within=Within(overtime=hours)) for hours in (0.5, 10.0)
    )
    assert plain.best.people == longer.best.people == (2,)
    assert longer.best.measures["on_time_share"].mean > plain.best.measures["on_time_share"].mean


def test_processes_change_nothing_and_answers_are_kept(tmp_path: Path) -> None:
    loaded = written(tmp_path)
    alone = found(loaded, tmp_path, folder=tmp_path / "runs")
    with workers(2) as crew:
        together = found(loaded, tmp_path, Points(crew, SampleStore(tmp_path / "samples")))
    assert together == alone
    simulated: list[int] = []
    again = found(loaded, tmp_path, Points(Here(), done=simulated.append), folder=tmp_path / "runs")
    assert again == alone
    assert not simulated


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (("700", None, None), "the budget: "),
        (("700 EUR", None, None), "the budget is in EUR, and the shop counts in CNY"),
        ((None, None, "soon"), "the overtime: "),
        ((None, None, "20h"), "at most 12h"),
    ],
)
def test_limits_that_are_not_right(
    tmp_path: Path, limits: tuple[str | None, int | None, str | None], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        parse_within(written(tmp_path), *limits)


def test_without_targets_any_roster_would_do(tmp_path: Path) -> None:
    text = QUEUE.replace("targets: {on_time_share: 90%}\n", "")
    with pytest.raises(InputError, match="has no targets, so any roster would do"):
        found(written(tmp_path, text), tmp_path)
