"""A scenario as one stable text, by which a run of it is known."""

import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from simulate.scenario.scenario import Scenario

NOT_SIMULATED = frozenset(
    {"label", "title", "summary", "targets", "staffing", "ranges", "whatif", "expected",
     "replications", "seed"}
)  # fmt: skip
"""Fields that cannot change a number of a replication."""


def canonical(scenario: Scenario) -> str:
    """Return everything that can change a simulated number, as JSON.

    Fields are sorted and empty ones left out. What the planner names (channels, stations) keeps
    its order, because the order of stations is the line and that of channels the order of draws.
    """
    return _dumps(_plain(scenario))


def canonical_targets(scenario: Scenario) -> str:
    """Return the targets and the expected verdict, as JSON."""
    return _dumps({"targets": _plain(scenario.targets), "expected": scenario.expected})


def _dumps(value: Any) -> str:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":")
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return {
            name: _plain(field)
            for name, field in fields.items()
            if field is not None and name not in NOT_SIMULATED
        }
    if isinstance(value, dict):
        return [[key, _plain(each)] for key, each in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value + 0.0 if isinstance(value, float) else value
