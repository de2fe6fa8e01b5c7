from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulate.demand.desk import Tasks, serve_compiled
from simulate.evidence.proof import Effort
from simulate.evidence.service_desk import desk_case, random_desk, with_patience, without_end
from simulate.evidence.steady import NoTheoryError
from simulate.evidence.theory import SCENARIOS
from simulate.scenario.loading import load
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop

FIXED = {"kind": "deterministic"}
DESK = {
    "shifts": {"all": {"starts": "00:00", "ends": "24:00", "people": "1 person"}},
    "chats": "1 chat",
    "handling": {"mean": "60s"},
    "patience": {"mean": "60s"},
}


def desk_shop(**changes: Any) -> Scenario:
    """One agent with one chat at once and two questions a minute, one of which the bot's."""
    others = {name: changes.pop(name) for name in ("phases", "profile") if name in changes}
    return shop(
        channels={"web": {"visitors": "5760 visitors/day"}},
        conversion={"order_share": "5%", "enquiry_share": "50%"},
        desk={**DESK, "bot_share": "50%", **changes},
        **others,
    )


def test_erlang_a_of_a_scenario() -> None:
    # One question a minute, chats and patience of a minute: the number present is Poisson of
    # mean 1, so the agent is free a share 1/e of the time.
    found = with_patience(desk_shop())
    assert found["must_wait_share"] == pytest.approx(1 - np.exp(-1))
    assert found["utilisation_desk"] == pytest.approx(1 - np.exp(-1))
    assert found["abandonment_share"] == pytest.approx(np.exp(-1))


def test_the_limit_of_endless_patience_is_m_m_c() -> None:
    # Half as many questions: M/M/1 at 1/2, where the mean wait is that of one chat.
    found = without_end(desk_shop(bot_share="75%", patience={"mean": "99d", "distribution": FIXED}))
    assert found == pytest.approx(
        {"wait_desk": 60, "must_wait_share": 0.5, "utilisation_desk": 0.5}
    )
    almost = with_patience(desk_shop(bot_share="75%", patience={"mean": "9999d"}))
    for name, value in found.items():
        assert almost[name] == pytest.approx(value, rel=1e-3)


NIGHT = {"starts": "00:00", "ends": "08:00", "people": "1 person"}


@pytest.mark.parametrize(
    "changes",
    [
        {"handling": {"mean": "60s", "distribution": FIXED}},
        {"patience": {"mean": "60s", "distribution": FIXED}},
        {"silent": "10%"},
        {"first_answer": "10s"},
        {"chase": {"after": "30min", "handling": {"mean": "3min"}, "success": "20%"}},
        {"shifts": {"night": NIGHT}},
        {"shifts": {"all": {**DESK["shifts"]["all"], "absence": "5%"}}},
        {"phases": {"p": {"starts": "2026-12-12T00:00", "ends": "2026-12-13T00:00"}}},
    ],
    ids="+".join,
)
def test_of_other_desks_theory_says_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(NoTheoryError):
        with_patience(desk_shop(**changes))


def test_without_a_desk_or_with_customers_who_give_up_theory_says_nothing() -> None:
    for theory in (with_patience, without_end):
        with pytest.raises(NoTheoryError):
            theory(shop())
    with pytest.raises(NoTheoryError):
        without_end(desk_shop())


def test_the_desks_of_the_verification_are_busy() -> None:
    crowded = with_patience(load(Path(SCENARIOS / "desk_erlang_a.yml")).scenario)
    assert 0.1 < crowded["abandonment_share"] < 0.3
    assert without_end(load(Path(SCENARIOS / "desk_patient.yml")).scenario)["wait_desk"] > 60


def test_random_desks_are_full_of_ties_and_of_everything() -> None:
    desks = [random_desk(seed) for seed in range(100)]
    assert any(len(np.unique(desk.asked)) < len(desk.asked) / 2 for desk in desks)
    served = [serve_compiled(desk) for desk in desks]
    gave_up = [
        desk.queues & np.isnan(taken) for desk, (taken, _) in zip(desks, served, strict=True)
    ]
    assert sum(each.any() for each in gave_up) > 20
    chased = [chase[: len(desk.asked)] for desk, (_, chase) in zip(desks, served, strict=True)]
    assert sum((~np.isnan(each)).any() for each in chased) > 20


def test_a_desk_that_is_wrong_by_a_tick_does_not_hold() -> None:
    def late(tasks: Tasks) -> tuple[Any, Any]:
        taken, chased = serve_compiled(tasks)
        return taken + 2.0**-20, chased

    (check,) = desk_case(late).run(Effort(quick=True))
    assert not check.holds
    assert check.wrong > 100
    assert check.fault.startswith("random desk 0")
