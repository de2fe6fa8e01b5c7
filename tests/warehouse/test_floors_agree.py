"""Both floors give the same stamps and take the same decisions, whatever the scenario."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulate.evidence.floors import compare_on
from simulate.evidence.random_scenarios import drawn_spec, scenario_of
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.simpy_floor import SimpyFloor
from tests import fuzz
from tests.warehouse import grids
from tests.warehouse.equal import difference
from tests.warehouse.lines import Seen, drive


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_on_a_grid_full_of_ties(random: Random) -> None:
    case = grids.drawn(random)
    seen: tuple[Seen, Seen] = ([], [])
    one, other = (
        drive(floor, case.line, case.jobs, case.decisions, 99, case.stock, shown)
        for floor, shown in zip((CompiledFloor, SimpyFloor), seen, strict=True)
    )
    assert difference(one, other) is None
    assert seen[0] == seen[1]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_on_whole_scenarios(random: Random, seed: int) -> None:
    scenario = scenario_of(drawn_spec(random))
    assert compare_on(scenario, seed, grid=False).difference == ""


def test_on_scenarios_that_can_be_named() -> None:
    assert [fuzz.difference_in(number) for number in range(60)] == [""] * 60


def test_a_floor_that_errs_is_found_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lets_one_more_work(self: SimpyFloor, station: int, places: int) -> None:
        set_places(self, station, places + 1)

    set_places = SimpyFloor.set_places
    monkeypatch.setattr(SimpyFloor, "set_places", lets_one_more_work)
    assert fuzz.main(40, 0) > 0
    assert "the floors differ in " in capsys.readouterr().out
