"""What the models refuse, in a planner's words and with its place."""

from collections.abc import Callable, Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Tag, ValidationError
from pydantic_core import ErrorDetails

from simulate.scenario.base import Part
from simulate.scenario.documents import Key, Listing, Mapping, Tree, plain
from simulate.scenario.problems import Place, Problem, did_you_mean, listed, nearest, shortened

Loc = Sequence[Key]


def problems_of(error: ValidationError, tree: Mapping, model: type[Part]) -> list[Problem]:
    """Return one problem for each of the errors that `model` found in `tree`.

    A key that is missing because it is misspelt is reported once, where it is misspelt; a list
    whose entries are wrong is not said to have too few.
    """
    details = error.errors(include_url=False)
    misspelt = {
        (*detail["loc"][:-1], nearest(detail["loc"][-1], _known(model, detail["loc"][:-1])))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    return [
        _problem(detail, tree, model)
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in misspelt)
        and not (detail["type"] == "too_short" and _blamed_below(detail["loc"], details))
    ]


def _blamed_below(loc: Loc, details: list[ErrorDetails]) -> bool:
    return any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details
    )


def place_at(tree: Tree, path: Loc, *, of_key: bool = False) -> Place:
    """Return the place of the value at `path`, or of its key.

    Steps that the tree does not have are passed over (a union's tag), so that what is missing is
    found at the key of the mapping that should hold it.
    """
    place, key_place = tree.place, tree.place
    here: Tree | None = tree
    for step in path:
        if step == "[key]":
            return key_place
        below = _below(here, step)
        if below is None:
            continue
        key_place, here = below
        place = here.place
    return key_place if of_key else place


def _below(tree: Tree | None, step: Key) -> tuple[Place, Tree] | None:
    if isinstance(tree, Mapping) and step in tree.entries:
        entry = tree.entries[step]
        return entry.place, entry.tree
    if isinstance(tree, Listing) and isinstance(step, int) and step < len(tree.items):
        return tree.items[step].place, tree.items[step]
    return None


def _problem(detail: ErrorDetails, tree: Mapping, model: type[Part]) -> Problem:
    context = detail.get("ctx", {})
    loc = list(detail["loc"])
    if "key" in context:
        loc.append(context["key"])
    kind = detail["type"]
    of_key = kind in ("extra_forbidden", "missing", "union_tag_not_found", "too_short")
    place = place_at(tree, loc[:-1] if kind == "missing" else loc, of_key=of_key)
    if detail["input"] is None and kind != "missing":
        name = loc[-1] if loc else ""
        return Problem(place, f"`{shortened(name)}` holds nothing: give it a value or remove it"
                              f"{did_you_mean(name, _siblings(tree, loc))}")  # fmt: skip
    if isinstance(detail["input"], dict | list) and kind in _OF_ONE_VALUE:
        return Problem(place, "a single value belongs here; with where it comes from, write "
                              "`{value: ..., source: ..., confidence: ...}`")  # fmt: skip
    words = _WORDS.get(kind)
    return Problem(place, words(detail, loc, model) if words else detail["msg"])


_OF_ONE_VALUE = frozenset(
    {"quantity", "clock", "day", "moment", "literal_error", "string_type", "int_type", "float_type"}
)


def _siblings(tree: Mapping, loc: Loc) -> list[str]:
    values: Any = plain(tree)
    for step in loc[:-1]:
        values = values.get(step, {}) if isinstance(values, dict) else {}
    others = values if isinstance(values, dict) else {}
    return [str(key) for key, value in others.items() if key != loc[-1] and value is not None]


def _extra(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    known = _known(model, loc[:-1])
    near = did_you_mean(loc[-1], known)
    hint = near or (f" (known here: {listed(known, 20)})" if known else "")
    return f"unknown key `{shortened(loc[-1])}`{hint}"


def _missing(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    return f"the key `{loc[-1]}` is missing{_in(model, loc[:-1])}"


def _in(model: type[Part], loc: Loc) -> str:
    """Return the path in words, without the tags of unions, which nobody wrote."""
    steps = [str(step) for at, step in enumerate(loc) if not _is_tag(model, loc[:at], step)]
    return f" in `{'.'.join(steps)}`" if steps else ""


def _mapping(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    known = _known(model, loc)
    if "zh" in known:
        return "words belong here: write them in quotes, or as `{en: ..., zh: ...}`"
    what = "a list" if isinstance(detail["input"], list) else f"`{shortened(detail['input'])}`"
    keys = f" keys such as {listed(known, 6)}" if known else " names and what they hold"
    return f"{what} stands where a mapping belongs: write{keys} below `{loc[-1]}`"


def _list(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    value = detail["input"]
    example = f"`[{shortened(value)}]`" if isinstance(value, str | int) else "`[a, b]`"
    return f"a list belongs here: write {example}"


def _choice(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    expected = detail["ctx"].get("expected", "")
    return _not_one_of(detail["input"], _quoted(str(expected)))


def _tag(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    context = detail["ctx"]
    return f"`kind`: {_not_one_of(context['tag'], _quoted(context['expected_tags']))}"


def _no_tag(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    kinds = [kind for part in _parts_at(model, loc) for kind in _kinds(part)]
    return f"the key `kind` is missing{_in(model, loc)}: one of {listed(kinds)}"


def _quoted(text: str) -> list[str]:
    return text.replace("'", "").replace(" or ", ", ").split(", ")


def _not_one_of(value: object, known: list[str]) -> str:
    return f"`{shortened(value)}` is not one of {listed(known, 12)}{did_you_mean(value, known)}"


def _text(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    value = detail["input"]
    if isinstance(value, dict | list):
        return "a text belongs here"
    shown = str(value).lower() if isinstance(value, bool) else value
    return f"a text belongs here: write it in quotes, `'{shortened(shown)}'`"


def _whole(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    value = detail["input"]
    if isinstance(value, str) and value.strip().isdecimal():
        return f"`{shortened(value)}` is a text here: write it without quotes"
    return f"`{shortened(value)}` is not a whole number: write for example `12`"


def _number(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    return f"`{shortened(detail['input'])}` is not a number: write for example `0.5`"


def _bound(words: str, name: str) -> Callable[[ErrorDetails, Loc, type[Part]], str]:
    def message(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
        limit = detail["ctx"][name]
        return f"`{shortened(detail['input'])}` cannot be used: it must be {words} {limit:,g}"

    return message


def _too_short(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    least, given = detail["ctx"]["min_length"], detail["ctx"]["actual_length"]
    if least == 1:
        return f"`{loc[-1]}` is empty: it needs at least one entry"
    return f"`{loc[-1]}` has {given} entries and needs {least}"


def _too_long(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    most, given = detail["ctx"]["max_length"], detail["ctx"].get("actual_length")
    return f"`{loc[-1]}` has {given or 'too many'} entries and may have {most}"


def _pattern(detail: ErrorDetails, loc: Loc, model: type[Part]) -> str:
    if loc[-1] == "currency":
        return f"`{shortened(detail['input'])}` is not a currency: write three capitals, `CNY`"
    return f"`{shortened(detail['input'])}` is not written as `{loc[-1]}` should be"


_WORDS: dict[str, Callable[[ErrorDetails, Loc, type[Part]], str]] = {
    "extra_forbidden": _extra,
    "missing": _missing,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "dict_type": _mapping,
    "tuple_type": _list,
    "list_type": _list,
    "literal_error": _choice,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _no_tag,
    "string_type": _text,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "int_parsing_size": _whole,
    "float_type": _number,
    "float_parsing": _number,
    "greater_than": _bound("above", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("below", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "too_short": _too_short,
    "too_long": _too_long,
    "string_pattern_mismatch": _pattern,
}


def _known(model: type[Part], loc: Loc) -> list[str]:
    """Return the keys that may stand in the mapping at `loc`."""
    names = [name for part in _parts_at(model, loc) for name in part.model_fields]
    return list(dict.fromkeys(names))


def _is_tag(model: type[Part], loc: Loc, step: Key) -> bool:
    if any(step in _tags(each) for each in _annotations_at(model, loc)):
        return True
    parts = _parts_at(model, loc)
    return not any(step in part.model_fields for part in parts) and any(
        step in _kinds(part) for part in parts
    )


def _parts_at(model: type[Part], loc: Loc) -> list[type[Part]]:
    """Return the models that may stand at `loc`; several where a union has no tag yet."""
    return [part for each in _annotations_at(model, loc) for part in _members(each)]


def _annotations_at(model: type[Part], loc: Loc) -> list[Any]:
    annotations: list[Any] = [model]
    for step in loc:
        annotations = [below for each in annotations for below in _step(each, step)]
    return annotations


def _tags(annotation: Any) -> dict[str, Any]:
    """Return the members of a union by the tags that they are annotated with."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return {
        mark.tag: each
        for each in get_args(annotation)
        if get_origin(each) is Annotated
        for mark in get_args(each)[1:]
        if isinstance(mark, Tag)
    }


def _members(annotation: Any) -> Iterator[type[Part]]:
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    elif origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _members(each)


def _step(annotation: Any, step: Key) -> Iterator[Any]:
    """Yield the annotations below `annotation` at a key, a position, or a union's tag."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _step(get_args(annotation)[0], step)
    elif step in _tags(annotation):
        yield _tags(annotation)[str(step)]
    elif origin in (Union, UnionType):
        members = list(_members(annotation))
        tagged = [part for part in members if step in _kinds(part)]
        if tagged:
            yield from tagged
            return
        for each in get_args(annotation):
            yield from _step(each, step)
    elif origin is dict:
        yield get_args(annotation)[1]
    elif origin is tuple:
        yield get_args(annotation)[0]
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        field = annotation.model_fields.get(str(step))
        if field is not None:
            yield field.annotation


def _kinds(part: type[Part]) -> tuple[str, ...]:
    """Return the values of the `kind` by which a union tells `part` from its others."""
    field = part.model_fields.get("kind")
    if field is None or get_origin(field.annotation) is not Literal:
        return ()
    return tuple(get_args(field.annotation))
