"""The JSON Schema of a file as planners write it, for editors."""

from typing import Any

from simulate.scenario.base import NAME_PATTERN, Part
from simulate.scenario.documents import CONFIDENCES, MAX_SOURCE
from simulate.scenario.scenario import Scenario
from simulate.scenario.variants import MOST, NOT_IN_VARIANTS
from simulate.scenario.variants import VARIANTS as VARIANTS_KEY

Schema = dict[str, Any]

SOURCE: Schema = {
    "description": "Where a figure comes from; holds for everything below.",
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": MAX_SOURCE},
        {
            "type": "object",
            "properties": {
                "en": {"type": "string", "minLength": 1, "maxLength": MAX_SOURCE},
                "zh": {"type": "string", "minLength": 1, "maxLength": MAX_SOURCE},
            },
            "required": ["en", "zh"],
            "additionalProperties": False,
        },
    ],
}
CONFIDENCE: Schema = {
    "description": "verified: read at a named public source; computed: from real data; plan: a "
    "target or parameter of the shop's plan; assumed: an assumption.",
    "enum": list(CONFIDENCES),
}
EXTENDS: Schema = {
    "type": "string",
    "description": "The file that this one builds on: a scenario's name or a relative path. "
    "Mappings are merged, anything else is replaced, null removes an inherited key.",
    "examples": ["../shop.yml", "double-12"],
}
VARIANTS: Schema = {
    "description": "What-ifs that are run together with this scenario: each changes it as a file "
    "changes the one it builds on.",
    "type": ["object", "null"],
    "maxProperties": MOST,
    "propertyNames": {"pattern": NAME_PATTERN},
    "additionalProperties": {"$ref": "#/$defs/variant"},
}
_ORIGIN = {"source": {"$ref": "#/$defs/source"}, "confidence": {"$ref": "#/$defs/confidence"}}


def json_schema() -> Schema:
    """Return the schema of a scenario file."""
    schema = schema_of(Scenario, "Peakbook scenario")
    own = {"extends": EXTENDS, **schema["properties"]}
    changed = {
        name: {"$ref": f"#/properties/{name}"} for name in own if name not in NOT_IN_VARIANTS
    }
    variant = {
        "description": "What a variant changes; only a title of its own is required.",
        "type": "object",
        "properties": changed,
        "required": ["title"],
        "additionalProperties": False,
    }
    return {
        **schema,
        "properties": {**own, VARIANTS_KEY: VARIANTS},
        "$defs": {**schema["$defs"], "variant": variant},
    }


def schema_of(model: type[Part], title: str) -> Schema:
    """Return the schema of a file that `model` reads.

    It is looser than the models, as one file need not be a whole scenario: no key is required,
    any may be null to drop what is inherited, any value may be written with its source.
    """
    models = model.model_json_schema(mode="validation", by_alias=False)
    parts: dict[str, Schema] = models.pop("$defs")
    definitions = {name: _written(part, parts) for name, part in sorted(parts.items())}
    root = _written(models, parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **root,
        "title": title,
        "$defs": {**definitions, "source": SOURCE, "confidence": CONFIDENCE},
    }


def _written(schema: Schema, parts: dict[str, Schema]) -> Schema:
    """Return the schema of something as a planner may write it in one file."""
    if "oneOf" in schema:  # an unfinished alternative may fit several of them
        schema = {key: value for key, value in schema.items() if key != "discriminator"}
        schema["anyOf"] = schema.pop("oneOf")
    if "anyOf" in schema and not _describes_value(schema, parts):
        return schema | {"anyOf": [_written(each, parts) for each in schema["anyOf"]]}
    if schema.get("type") == "object":
        return _mapping(schema, parts)
    return schema


def _mapping(schema: Schema, parts: dict[str, Schema]) -> Schema:
    written = {key: value for key, value in schema.items() if key not in _UNWRITTEN}
    properties = schema.get("properties", {})
    written["properties"] = {
        **{name: _entry(each, parts) for name, each in properties.items()},
        **_ORIGIN,
    }
    for key in ("additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            written[key] = _entry(schema[key], parts) if key[0] == "a" else schema[key]
    if "patternProperties" in schema:
        written["patternProperties"] = {
            pattern.replace("^", f"^(?!({'|'.join(_ORIGIN)})$)"): _entry(each, parts)
            for pattern, each in schema["patternProperties"].items()
        }
        written["additionalProperties"] = False
    return written


_TEXT = "#/$defs/Text"
_UNWRITTEN = ("required", "title", "minProperties", "default")


def _entry(schema: Schema, parts: dict[str, Schema]) -> Schema:
    """Return the schema of what a key holds: it may be null, and a value may be wrapped."""
    inner = {key: value for key, value in schema.items() if key not in ("title", "default")}
    choices = [_written(inner, parts), {"type": "null"}]
    values = _values(inner, parts)
    if values is not None:
        choices.insert(
            1,
            {
                "type": "object",
                "properties": {"value": values, **_ORIGIN},
                "required": ["value"],
                "additionalProperties": False,
            },
        )
    elif any(each.get("$ref") == _TEXT for each in (inner, *inner.get("anyOf", ()))):
        choices.insert(1, {"type": "string", "description": "One text for both languages."})
    described: Schema = {key: inner[key] for key in ("description", "examples") if key in inner}
    return described | {"anyOf": choices}


def _values(schema: Schema, parts: dict[str, Schema]) -> Schema | None:
    """Return the part of a schema that is of scalars or lists, None if there is none."""
    if _describes_value(schema, parts):
        return schema
    choices: list[Schema] = schema.get("anyOf") or schema.get("oneOf") or []
    plain = [each for each in choices if _describes_value(each, parts)]
    mixed = any("$ref" in each for each in choices) and any("items" in each for each in plain)
    return {"anyOf": plain} if mixed else None


def _describes_value(schema: Schema, parts: dict[str, Schema]) -> bool:
    """Whether a schema is that of a scalar or a list, and not of a mapping."""
    if "$ref" in schema:
        return _describes_value(parts[schema["$ref"].rpartition("/")[2]], parts)
    choices = schema.get("anyOf", schema.get("oneOf"))
    if choices is not None:
        return all(_describes_value(each, parts) for each in choices)
    return schema.get("type") != "object"
