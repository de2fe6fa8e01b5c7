"""What no single field can know: whether the parts of a scenario fit together."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulate.scenario.documents import Key
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, at the value at `loc`, or at its key."""

    loc: tuple[Key, ...]
    message: str
    of_key: bool = False


def check(scenario: Scenario) -> Iterator[Finding]:
    """Yield everything that does not fit together in `scenario`."""
    if scenario.traffic_seconds <= 0:
        yield Finding(("ends",), "the campaign ends before it starts")
