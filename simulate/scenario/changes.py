"""A scenario with single inputs changed, as planners ask for it: ``traffic=1.3x``."""

import re
from collections.abc import Mapping as Dict
from math import isfinite
from pathlib import Path

from simulate.scenario.documents import Entry, Key, Leaf, Mapping, Origin, Scalar, Tree
from simulate.scenario.extends import merge
from simulate.scenario.loading import Loaded, validated
from simulate.scenario.problems import (
    InputError,
    Place,
    Problem,
    did_you_mean,
    listed,
    refusal,
    shortened,
)
from simulate.scenario.quantities import NUMBER
from simulate.scenario.scenario import Scenario

Changes = Dict[str, Scalar]
"""New values by path, such as ``{"pools.packers.shifts.extra.people": "3 people"}``.

None drops what stands there.
"""


def changed(loaded: Loaded, changes: Changes, name: str | None = None) -> Loaded:
    """Return `loaded` with other values, known as `name`.

    Raises InputError if there is no such input, or if the scenario with them is no longer right.
    """
    tree: Tree = loaded.tree
    for path, value in changes.items():
        keys = _keys(loaded.tree, path)
        tree = merge(tree, _overlay(keys, value, _place(path)))
    return overlaid(loaded, tree, name, " and ".join(f"`{path}`" for path in changes))


def overlaid(loaded: Loaded, tree: Tree, name: str | None, what: str) -> Loaded:
    """Return the scenario of a changed `tree`; `what` was changed, for messages."""
    assert isinstance(tree, Mapping)
    try:
        scenario = validated(tree)
    except InputError as error:
        raise InputError(
            *(Problem(None, f"with {what} changed: {each.message}") for each in error.problems)
        ) from None
    return Loaded(name or loaded.name, scenario, loaded.files, tree)


def parse_change(text: str) -> tuple[str, Scalar]:
    """Return path and value of ``traffic=1.3x``; raise InputError if it has another form."""
    path, sign, value = text.partition("=")
    if not sign or not path.strip() or not value.strip():
        raise refusal(
            f"`{shortened(text)}` is not a change: write a path and a value, such as "
            "`traffic=1.3x` or `pools.packers.shifts.day.people='3 people'`"
        )
    return path.strip(), scalar(value.strip())


def scalar(text: str) -> Scalar:
    """Return the value that `text` stands for in a scenario file."""
    words: dict[str, Scalar] = {"null": None, "true": True, "false": False}
    if text in words:
        return words[text]
    if re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    if re.fullmatch(r"[-+]?\d+\.\d+", text):
        return float(text)
    return text


def written(loaded: Loaded, path: str) -> str:
    """Return how the input at `path` is written; raise InputError if it is not one value."""
    tree = _found(loaded.tree, _keys(loaded.tree, path))
    if tree is None and path in Scenario.model_fields:
        default = Scenario.model_fields[path].default
        if isinstance(default, int | float) and not isinstance(default, bool):
            return f"{default:g}"
    if not isinstance(tree, Leaf):
        raise refusal(f"`{shortened(path)}` is not a single value that can be varied")
    return tree.text


def scaled(text: str, factor: float) -> str:
    """Return a written quantity times `factor`, in its unit: ``20s/line`` x 1.5 is ``30s/line``.

    Counts (people, orders, ...) are rounded to whole things. Raises InputError if `text` holds
    no number.
    """
    match = re.fullmatch(rf"({NUMBER})(\s*)(.*)", text.strip())
    if match is None:
        raise refusal(f"`{shortened(text)}` is not a quantity that can be scaled")
    number = float(match[1].replace(",", "").replace("_", "")) * factor
    if not isfinite(number):
        raise refusal(f"`{shortened(text)}` cannot be scaled by {factor:g}")
    whole = {"person", "people", "order", "orders", "unit", "units", "parcel", "parcels",
             "place", "places", "chat", "chats"}  # fmt: skip
    shown = f"{round(number)}" if match[3] in whole else f"{number:.10g}"
    return f"{shown}{match[2]}{match[3]}"


def _keys(tree: Mapping, path: str) -> tuple[Key, ...]:
    """Return the keys of `path`; raise InputError where the scenario has no such thing."""
    keys: list[Key] = []
    here: Tree | None = tree
    parts = path.split(".")
    for depth, part in enumerate(parts):
        known = list(here.entries) if isinstance(here, Mapping) else []
        key: Key = int(part) if part.isdigit() and int(part) in known else part
        is_last = depth == len(parts) - 1
        may_be_new = is_last and (depth > 0 or part in Scenario.model_fields)
        if key not in known and not may_be_new:
            inside = f" in `{'.'.join(parts[:depth])}`" if depth else ""
            fields = () if depth else Scenario.model_fields
            near = did_you_mean(part, [*map(str, known), *fields]) or (
                f": there are {listed(map(str, known))}" if known else ""
            )
            raise refusal(f"there is no input `{shortened(part)}`{inside}{near}")
        here = here.entries[key].tree if isinstance(here, Mapping) and key in known else None
        keys.append(key)
    return tuple(keys)


def _found(tree: Tree, keys: tuple[Key, ...]) -> Tree | None:
    here: Tree | None = tree
    for key in keys:
        if not isinstance(here, Mapping) or key not in here.entries:
            return None
        here = here.entries[key].tree
    return here


def _overlay(keys: tuple[Key, ...], value: Scalar, place: Place) -> Tree:
    tree: Tree = Leaf(place, value, "null" if value is None else str(value), Origin())
    for key in reversed(keys):
        tree = Mapping(place, {key: Entry(place, tree)})
    return tree


def _place(path: str) -> Place:
    return Place(Path(path), 1, 1)
