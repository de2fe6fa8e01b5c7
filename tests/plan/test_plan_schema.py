"""Editors hold a plan to its schema: what loads fits it, and what is misspelt does not."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from simulate.plan.schema import plan_schema
from tests.scenario.test_schema import CoreLoader, as_json

from .small_plan import PLAN, replaced

CONTENT = Path(__file__).parents[2] / "content"


def faults(text):
    document = as_json(yaml.load(text, CoreLoader))
    return [error.json_path for error in Draft202012Validator(plan_schema()).iter_errors(document)]


def test_the_shipped_plan_and_the_small_one_fit():
    Draft202012Validator.check_schema(plan_schema())
    shipped = CONTENT / "plan" / "annual.yml"
    assert faults(shipped.read_text(encoding="utf-8")) == []
    assert faults(PLAN) == []
    address = shipped.read_text(encoding="utf-8").splitlines()[0].rpartition("=")[2]
    assert (shipped.parent / address).resolve() == CONTENT / "plan.schema.json"


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("kpis:", "kpi:", "$"),
        ("day_share: 20%", "day_share: 20% until 30%", "$.campaigns"),
        ("3 to 5 items", "3 to 5 things", "$.hero_items"),
        ("size: theme", "size: huge", "$.campaigns"),
        ("  2026-12:", "  2026-13:", "$.stages"),
    ],
)
def test_what_does_not_load_does_not_fit(old, new, at):
    assert at in faults(replaced(PLAN, (old, new)))


@pytest.mark.parametrize("value", ["100 to 110 CNY/order", "100 CNY/order to 110 CNY/order"])
def test_a_span_is_written_with_one_unit_or_two(value):
    assert faults(replaced(PLAN, ("100 CNY/order", value))) == []


def test_the_schema_beside_the_shop_is_the_models():
    written = json.loads((CONTENT / "plan.schema.json").read_text(encoding="utf-8"))
    assert written == plan_schema(), "run `peakbook plan schema > content/plan.schema.json`"
