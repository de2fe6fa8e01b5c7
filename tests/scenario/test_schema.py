"""Editors hold files to the schema: what loads fits it, and what is misspelt does not."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from simulate.scenario.documents import plain, read_document
from simulate.scenario.nodes import _Composer
from simulate.scenario.playbook import find_playbook
from simulate.scenario.schema import json_schema

from .full import FULL
from .market import MARKET
from .small import SMALL, swapped

CONTENT = find_playbook(Path(__file__)).content
FILES = [
    CONTENT / "shop.yml",
    *sorted((CONTENT / "scenarios").glob("*.yml")),
    *sorted((CONTENT / "examples").glob("*.yml")),
]


class CoreLoader(yaml.SafeLoader):
    """YAML as editors see it: core scalars, sources still in place."""

    yaml_implicit_resolvers = _Composer.yaml_implicit_resolvers


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): as_json(below) for key, below in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value


def faults(text: str) -> list[str]:
    document = as_json(yaml.load(text, CoreLoader))
    validator = Draft202012Validator(json_schema())
    return [error.json_path for error in validator.iter_errors(document)]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_shipped_files_fit_the_schema(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []
    first = file.read_text(encoding="utf-8").splitlines()[0]
    address = first.removeprefix("# yaml-language-server: $schema=")
    assert (file.parent / address).resolve() == CONTENT / "scenario.schema.json"


def test_the_schema_beside_the_scenarios_is_the_models() -> None:
    written = json.loads((CONTENT / "scenario.schema.json").read_text(encoding="utf-8"))
    assert written == json_schema(), "run `peakbook schema > content/scenario.schema.json`"


@pytest.mark.parametrize("text", [SMALL, FULL, MARKET])
def test_what_loads_fits(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "extends: plan",
        "traffic: 2x",
        "promise: {within: 24h}",
        "promise: null",
        "stations: {pick: null}",
        "stations: {pick: {distribution: {cv: 0.7}}}",
        "conversion: {order_share: {value: 5%, source: A report, confidence: verified}}",
        "channels: {source: A report, confidence: plan, web: {source: {en: a, zh: b}}}",
        "profiles: {flat: {value: [" + ", ".join(["1"] * 24) + "], source: x}}",
        "sku_groups: {all: {lines: {kind: empirical, shares: {1: 70%, 2: 30%}}}}",
        "title: Plan",
        "title: {en: Plan, zh: 方案}",
        "starts: 2026-12-12T00:00+08:00",
        "starts: 2026-12-12",
    ],
)
def test_what_one_file_may_say(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "trafic: 2x",
        "traffic: 2 h",
        "stations: {pick: {pol: crew}}",
        "stations: {Pick Here: {pool: crew}}",
        "conversion: {order_share: {value: 5%, confidence: sure}}",
        "conversion: {order_share: {value: 5%, why: x}}",
        "promise: {kind: minutes}",
        "drain_limit: 48",
        "replications: 0",
        "starts: soon",
        "profiles: {flat: [1, 2]}",
        "compensation: {share: 30%, most: 500 CNY/order}",
        "pools: {crew: {supervisor: {rule: nearest}}}",
        "sku_groups: {all: {priority: 10}}",
    ],
)
def test_what_no_file_may_say(text: str) -> None:
    assert faults(text)


def test_every_property_is_described_or_plain() -> None:
    for name, part in json_schema()["$defs"].items():
        assert part.get("description") or part.get("anyOf"), name


def test_a_file_with_sources_is_read_without_them(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text(swapped("5%", "{value: 5%, source: x}"))
    assert plain(read_document(file)) == as_json(yaml.load(SMALL, CoreLoader))
