"""One file of YAML, read into a tree whose values know their place and their source.

Scalars follow the core schema of YAML 1.2: ``09:00``, ``no`` and dates stay text. A value may
be written with where it comes from, ``{value: 5 CNY/click, source: ..., confidence: plan}``, and
`source` and `confidence` beside the keys of a mapping hold for everything below them in that
file. They are read here and are not part of the tree's values.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

from simulate.scenario.base import Text
from simulate.scenario.nodes import CORE_TAGS, TAG, place_of, read_nodes
from simulate.scenario.problems import (
    InputError,
    Place,
    Problem,
    did_you_mean,
    listed,
    refusal,
    shortened,
)

Confidence = Literal["verified", "computed", "plan", "assumed"]
"""Read at a named public source; computed from real data; a target or a parameter of the shop's
own plan; an assumption."""

CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
MAX_SOURCE = 500

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What a text may not hold, even if it is escaped: XML and UTF-8 have no place for it."""

Key: TypeAlias = str | int
Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from, and how sure it is."""

    source: Text | None = None
    confidence: Confidence = "assumed"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value, and the text that stands for it in the file."""

    place: Place
    value: Scalar
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    place: Place
    items: tuple["Tree", ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, and what it holds."""

    place: Place
    tree: "Tree"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and what they hold, in the order in which they are written."""

    place: Place
    entries: dict[Key, Entry]


Tree: TypeAlias = Leaf | Listing | Mapping


def read_document(file: Path, what: str = "a scenario") -> Mapping:
    """Return the tree of `file`; raise InputError with everything in it that cannot be `what`."""
    root = read_nodes(file)
    reader = _Reader(file)
    tree = reader.tree(root, Origin())
    if not isinstance(tree, Mapping):
        raise refusal(f"{what} is a mapping of `key: value` lines", tree.place)
    if reader.problems:
        raise InputError(*reader.problems)
    return tree


def plain(tree: Tree) -> object:
    """Return the values of `tree` alone: dicts, lists and scalars."""
    if isinstance(tree, Mapping):
        return {key: plain(entry.tree) for key, entry in tree.entries.items()}
    if isinstance(tree, Listing):
        return [plain(item) for item in tree.items]
    return tree.value


def leaves(tree: Tree, path: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Tree]]:
    """Yield every value with its path, in document order; a list counts as one value."""
    if isinstance(tree, Mapping):
        for key, entry in tree.entries.items():
            yield from leaves(entry.tree, (*path, key))
    else:
        yield path, tree


class _Reader:
    """Turns the nodes of one file into a tree, and notes what it cannot use."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def tree(self, node: YamlNode, origin: Origin) -> Tree:
        place = place_of(node.start_mark, self.file)
        if node.tag not in CORE_TAGS:
            self._note(node, "a tag such as `!!binary` is not used here: write the value alone")
            return Leaf(place, None, "", origin)
        if isinstance(node, MappingNode):
            return self._mapping(node, place, origin)
        if isinstance(node, SequenceNode):
            return Listing(place, tuple(self.tree(item, origin) for item in node.value), origin)
        assert isinstance(node, ScalarNode)
        return Leaf(place, self._scalar(node), node.value, origin)

    def _mapping(self, node: MappingNode, place: Place, outer: Origin) -> Tree:
        pairs = self._pairs(node)
        origin = self._origin(pairs.pop("source", None), pairs.pop("confidence", None), outer)
        if list(pairs) == ["value"] and _stands_alone(pairs["value"][1]):
            return self.tree(pairs["value"][1], origin)
        return Mapping(
            place,
            {
                key: Entry(place_of(name.start_mark, self.file), self.tree(value, origin))
                for key, (name, value) in pairs.items()
            },
        )

    def _pairs(self, node: MappingNode) -> dict[Key, tuple[YamlNode, YamlNode]]:
        pairs: dict[Key, tuple[YamlNode, YamlNode]] = {}
        for name, value in node.value:
            key = self._key(name)
            if key is None:
                continue
            if key in pairs:
                line = pairs[key][0].start_mark.line + 1
                self._note(name, f"the key `{shortened(key)}` is already there, in line {line}")
                continue
            pairs[key] = (name, value)
        return pairs

    def _key(self, node: YamlNode) -> Key | None:
        key = self._scalar(node) if isinstance(node, ScalarNode) else None
        if node.tag == TAG + "str" and key == "<<":
            self._note(node, "`<<` is not used here: to build on another file, write `extends` "
                             "at the top")  # fmt: skip
            return None
        if isinstance(key, bool) or not isinstance(key, str | int):
            self._note(node, "a key is a word: put it in quotes if it looks like something else")
            return None
        return key

    def _scalar(self, node: ScalarNode) -> Scalar:
        text, kind = self._text(node), node.tag.removeprefix(TAG)
        try:
            return _SCALAR_VALUES[kind](text)
        except (KeyError, ValueError):
            self._note(node, f"`{shortened(text)}` cannot be used here: write a number or a text")
            return None

    def _text(self, node: ScalarNode) -> str:
        text: str = node.value
        if _CONTROLS.search(text):
            self._note(node, "this text holds a control character")
            return ""
        return text

    def _origin(
        self,
        source: tuple[YamlNode, YamlNode] | None,
        confidence: tuple[YamlNode, YamlNode] | None,
        outer: Origin,
    ) -> Origin:
        """Return the origin that a mapping states, or the one around it.

        A source of its own is an assumption until a confidence says otherwise; a confidence
        alone keeps the source around it, except that an assumption has none.
        """
        if source is None and confidence is None:
            return outer
        level = self._confidence(confidence[1]) if confidence else "assumed"
        text = self._source(source[1]) if source else None
        if source is None and level != "assumed":
            text = outer.source
            if text is None and confidence:
                self._note(confidence[0], f"`{level}` needs a `source` that says where")
        return Origin(text, level)

    def _confidence(self, node: YamlNode) -> Confidence:
        for confidence in CONFIDENCES:
            if isinstance(node, ScalarNode) and node.value == confidence:
                return confidence
        written = node.value if isinstance(node, ScalarNode) else "this"
        self._note(
            node,
            f"`{shortened(written)}` is not a confidence{did_you_mean(written, CONFIDENCES)} "
            f"(one of {listed(CONFIDENCES)})",
        )
        return "assumed"

    def _source(self, node: YamlNode) -> Text | None:
        words: dict[str, str] = {}
        if isinstance(node, ScalarNode):
            words = dict.fromkeys(("en", "zh"), self._text(node))
        elif isinstance(node, MappingNode):
            words = {
                name.value: self._text(text)
                for name, text in node.value
                if isinstance(name, ScalarNode) and isinstance(text, ScalarNode)
            }
        if set(words) != {"en", "zh"} or not all(
            text.strip() and len(text) <= MAX_SOURCE for text in words.values()
        ):
            self._note(
                node,
                "`source` says where a figure comes from: write one text, or "
                f"`{{en: ..., zh: ...}}`, of at most {MAX_SOURCE} characters",
            )
            return None
        return Text(**words)

    def _note(self, node: YamlNode, message: str) -> None:
        self.problems.append(Problem(place_of(node.start_mark, self.file), message))


def _stands_alone(node: YamlNode) -> bool:
    """Whether `{value: node}` wraps a value: a mapping says where it is from beside its keys.

    Null is no value: ``{value: null}`` removes an inherited key of the name `value`.
    """
    return not isinstance(node, MappingNode) and node.tag != TAG + "null"


def _integer(text: str) -> int:
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


def _null(text: str) -> None:
    if text.lower() not in ("", "~", "null"):
        raise ValueError(text)


_SCALAR_VALUES: dict[str, Callable[[str], Scalar]] = {
    "null": _null, "bool": _boolean, "int": _integer, "float": _finite, "str": str,
}  # fmt: skip
