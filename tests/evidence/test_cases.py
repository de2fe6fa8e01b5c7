"""The cases of `peakbook verify` hold: the same list, the same checks."""

import pytest

from simulate.evidence.averages import EXAMPLE_AVERAGES
from simulate.evidence.cases import all_cases
from simulate.evidence.proof import KINDS, Case, Effort
from simulate.evidence.worked import EXAMPLE_TABLES, EXAMPLES
from simulate.scenario.loading import load
from simulate.scenario.playbook import find_playbook

PLAYBOOK = find_playbook()
SCENARIOS = {name: load(path, PLAYBOOK).scenario for name, path in PLAYBOOK.scenarios.items()}
CASES = all_cases(SCENARIOS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.name}")
def test_every_check_holds(case: Case) -> None:
    checks = case.run(Effort(quick=True))
    assert checks
    assert [check.fault for check in checks if not check.holds] == []


def test_there_are_cases_of_every_kind() -> None:
    assert {case.kind for case in CASES} == set(KINDS)
    names = [(case.kind, case.name) for case in CASES]
    assert len(names) == len(set(names))


def test_every_scenario_of_the_playbook_is_audited() -> None:
    assert {case.name for case in CASES if case.kind == "laws"} == {*SCENARIOS, "random"}


def test_every_example_of_the_playbook_has_its_table() -> None:
    worked_out = [each.name for each in (*EXAMPLE_TABLES, *EXAMPLE_AVERAGES)]
    assert sorted(worked_out) == sorted(file.stem for file in EXAMPLES.glob("*.yml"))
