"""Every case that `peakbook verify` tries and the tests try: one list for both."""

from collections.abc import Mapping

from simulate.evidence import (
    averages,
    coverage,
    floors,
    laws,
    oracle,
    service_desk,
    theory,
    worked,
)
from simulate.evidence.proof import Case
from simulate.scenario.scenario import Scenario


def all_cases(scenarios: Mapping[str, Scenario]) -> list[Case]:
    """Return every case, the laws over `scenarios` among them."""
    return [
        *theory.cases(),
        *floors.cases(),
        service_desk.desk_case(),
        *oracle.cases(),
        *worked.cases(),
        *averages.cases(),
        *coverage.cases(),
        *laws.cases(scenarios),
    ]
