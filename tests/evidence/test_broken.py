"""A case of any kind that is wrong makes the verification fail."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from simulate.cli import main
from simulate.demand.desk import Tasks, serve_compiled
from simulate.evidence import coverage, floors, laws, oracle, service_desk, theory, worked
from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.steady import expected
from simulate.evidence.verify import verify
from simulate.experiment.replications import Campaign, hours_of, measured, simulate
from simulate.results.intervals import mean_interval
from simulate.results.replication import Replication
from simulate.scenario.scenario import Scenario
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.run import FLOORS
from tests.demand.shop import shop


class Sluggish(CompiledFloor):
    """A floor that is wrong by the smallest step: everybody works a millionth longer."""

    def set_slowness(self, pool: int, slowness: float) -> None:
        super().set_slowness(pool, slowness * (1 + 2**-20))

    def set_staff(self, pool: int, people: int) -> None:
        super().set_slowness(pool, 1 + 2**-20)
        super().set_staff(pool, people)


def wrong_theory() -> Case:
    def five_percent_more(scenario: Scenario) -> dict[str, float]:
        return {name: 1.05 * value for name, value in expected(scenario).items()}

    return theory.theory_case("mm1", five_percent_more, theory.measures)


def wrong_floor() -> Case:
    FLOORS["sluggish"] = Sluggish
    return floors.cases(("compiled", "sluggish"))[0]


def wrong_desk() -> Case:
    def without_holding(tasks: Tasks) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return serve_compiled(replace(tasks, hold=tasks.hold * 0))

    return service_desk.desk_case(without_holding)


def wrong_desk_theory() -> Case:
    def of_the_bots_too(scenario: Scenario) -> dict[str, float]:
        assert scenario.desk is not None
        desk = scenario.desk.model_copy(update={"bot_share": 0.25})
        return service_desk.with_patience(scenario.model_copy(update={"desk": desk}))

    return theory.theory_case("desk_erlang_a", of_the_bots_too, service_desk.sampled)


def wrong_oracle() -> Case:
    (three, two, one) = oracle.ORACLES[0].people
    (case,) = oracle.cases(
        [replace(oracle.ORACLES[0], people=(three, two, one), name="ciw_rework")]
    )
    return case


def wrong_table() -> Case:
    cost = next(each for each in worked.EXAMPLE_TABLES if each.name == "cost")
    (case,) = worked.cases([replace(cost, measures={**cost.measures, "contribution": 186})])
    return case


def wrong_time() -> Case:
    waves = next(each for each in worked.EXAMPLE_TABLES if each.name == "waves")
    times = {row: cells.replace("08:38", "08:39") for row, cells in waves.times.items()}
    (case,) = worked.cases([replace(waves, times=times)])
    return case


def narrow_intervals() -> Case:
    def ninety(sample: Sequence[float]) -> tuple[float, float, float]:
        mean, low, high = mean_interval(sample)
        return mean, mean - 0.7 * (mean - low), mean + 0.7 * (high - mean)

    (case,) = coverage.cases(mean=ninety)
    return case


def lost_order() -> Case:
    def audited(scenario: Scenario, seed: int, number: int, _jobs: int) -> list[Replication]:
        campaign = simulate(scenario, seed, 0, "compiled")
        collected = campaign.way.collected.copy()
        collected[0] -= 7200.0
        tampered = Campaign(
            campaign.book, campaign.orders, replace(campaign.way, collected=collected)
        )
        return [measured(scenario, tampered, hours_of(scenario))] * number

    return laws.cases({"small": shop()}, audited)[0]


BROKEN = {
    "theory": wrong_theory,
    "floors": wrong_floor,
    "desk": wrong_desk,
    "desk theory": wrong_desk_theory,
    "oracle": wrong_oracle,
    "worked": wrong_table,
    "worked times": wrong_time,
    "coverage": narrow_intervals,
    "laws": lost_order,
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_command_fails(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    result = CliRunner().invoke(main, ["verify", "--quick", "--jobs", "1"], obj=[BROKEN[broken]()])
    assert result.exit_code == 1, result.output
    assert "does not hold" in result.output
    assert not (tmp_path / "verification.json").exists()


def test_the_command_passes_with_a_case_that_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    result = CliRunner().invoke(main, ["verify", "--quick"], obj=worked.cases()[:1])
    assert result.exit_code == 0, result.output
    assert "All 1 checks hold." in result.output


def test_a_case_that_breaks_down_does_not_hold() -> None:
    def breaks(_: Effort) -> list[Check]:
        raise ZeroDivisionError("by nothing")

    found = verify([Case("oracle", "gone", breaks)], Effort())
    assert not found.holds
    assert found.of("oracle").checks[0].fault == "ZeroDivisionError: by nothing"


def test_nothing_tried_is_nothing_proved() -> None:
    assert not verify([], Effort()).holds
    assert not verify([Case("laws", "empty", lambda _: [])], Effort()).holds
