"""The model's version stands for its numbers: they may not change under the same version."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from simulate.experiment.answer import answer
from simulate.results.fingerprint import MODEL_VERSION
from simulate.results.outcome import Estimate, Outcome
from simulate.scenario.loading import load

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.json"

CHANGED = """the numbers of tests/results/tiny.yml have changed.

If nothing was meant to change, this is a mistake. If the model was changed on purpose, raise
MODEL_VERSION in simulate/results/fingerprint.py, so that kept results are not taken for new ones,
and write the new numbers with `python -m tests.results.test_golden`."""

RAISED = """MODEL_VERSION was raised: write the new numbers with
`python -m tests.results.test_golden`."""


def numbers() -> Outcome:
    return answer(load(HERE / "tiny.yml"), None)


def pinned(outcome: Outcome) -> dict[str, float | str | None]:
    """Return every measure and lead time, and sums that see every hour of every series."""
    told: dict[str, float | str | None] = {
        "peak_at": outcome.peak_at,
        "cleared_at": outcome.cleared_at,
        "bottleneck": outcome.bottleneck.place if outcome.bottleneck else None,
        "hours": len(outcome.hour_starts),
    }
    for name, each in outcome.measures.items():
        told |= {f"{name} mean": each.mean, f"{name} low": each.low, f"{name} high": each.high}
    for name, band in outcome.series.items():
        told |= {f"{name}, {which}": sum(getattr(band, which)) for which in ("mean", "low", "high")}
    for leads in outcome.lead_times:
        hour = f"paid from {leads.starts / 3600:g} h"
        told |= {f"{hour}, {which}": getattr(leads, which) for which in ("orders", "p10", "p90")}
    for late in outcome.late_by_class:
        whose = f"{late.group or late.shop}, in window {late.in_window}"
        told[f"late of {whose}"] = late.late_orders.mean
    for crew in outcome.people:
        who = f"{crew.pool}, {crew.kind} {crew.shift}"
        told |= {f"{who}, came": crew.came.mean, f"{who}, hours": crew.hours.mean}
        told[f"{who}, gap"] = None if crew.gap is None else crew.gap.mean
    for visit in outcome.collections:
        told[f"taken by {visit.name}, {visit.planned / 3600:g} h"] = visit.taken.mean
    for item in outcome.costs:
        told[f"cost of {item.kind}, {item.pool or item.channel}, {item.shift}"] = item.cost.mean
    return told | _before_payment(outcome)


def _before_payment(outcome: Outcome) -> dict[str, float | str | None]:
    """Return the mean of every estimate about channels, shops, and what acted or sold out."""
    rows: list[tuple[str, Any]] = [(each.step, each) for each in outcome.funnel]
    rows += [(f"channel {each.channel}", each) for each in outcome.channels]
    rows += [(f"shop {each.shop}", each) for each in outcome.shops]
    rows += [(f"group {each.group}", each) for each in outcome.sold_out]
    rows += [(f"rule {each.rule}", each) for each in outcome.actions]
    return {
        f"{what}, {field.name}": value.mean
        for what, row in rows
        for field in fields(row)
        if isinstance(value := getattr(row, field.name), Estimate)
    }


def test_the_numbers_belong_to_the_model_version() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert golden.pop("model_version") == MODEL_VERSION, RAISED
    found = pinned(numbers())
    assert set(found) == set(golden), CHANGED
    different = {
        name: (expected, found[name])
        for name, expected in golden.items()
        if not _same(found[name], expected)
    }
    assert not different, CHANGED


def _same(found: float | str | None, expected: float | str | None) -> bool:
    """Compare to nine digits, the last of which may be rounded either way."""
    if isinstance(expected, int | float):
        return bool(found == pytest.approx(expected, rel=2e-9, abs=1e-12))
    return found == expected


if __name__ == "__main__":
    text = json.dumps({"model_version": MODEL_VERSION, **pinned(numbers())}, indent=1)
    GOLDEN.write_text(text + "\n", encoding="utf-8")
