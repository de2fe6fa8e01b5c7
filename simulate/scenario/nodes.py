"""YAML text to PyYAML nodes: the core schema of YAML 1.2, with limits against hostile files."""

import re
from pathlib import Path
from typing import Any

from yaml.composer import Composer
from yaml.error import Mark, MarkedYAMLError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from simulate.scenario.problems import Place, refusal

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_NODES = 20_000

TAG = "tag:yaml.org,2002:"
CORE_TAGS = frozenset(TAG + name for name in ("null", "bool", "int", "float", "str", "seq", "map"))

_SCALARS = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
}

_PLAIN_WORDS = (
    (r"mapping values are not allowed", "a `:` is not expected here: check the indentation of "
     "this line and the one above, and put text that contains `: ` in quotes"),
    (r"character '\\t'", "a tab: indent with spaces"),
    (r"cannot start any token", "text that starts with this character needs quotes"),
    (r"could not find expected ':'", "a key without its `:`, or a line that has lost its "
     "indentation"),
    (r"expected <block end>", "the indentation does not fit the lines above"),
    (r"(end of stream|document separator) while|unexpected (end of stream|document separator)",
     "a quote is never closed"),
    (r"expected ',' or '\]'", "the list is not closed by `]`, or a comma is missing"),
    (r"expected ',' or '\}'", "the mapping is not closed by `}`, or a comma is missing"),
    (r"expected the node content", "a value is missing, or a bracket is not closed"),
    (r"undefined alias", "this `*name` refers to no `&name` above it"),
    (r"duplicate anchor", "this `&name` is used twice: give each its own name"),
    (r"another document|expected '<document start>'", "a file holds one scenario: "
     "remove this `---` and what follows, or close the brackets above"),
)  # fmt: skip


class _RefusedError(Exception):
    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark


class _Composer(Reader, Scanner, Parser, Composer, BaseResolver):
    """Composes nodes; refuses those that are too deep, too many, or contain themselves.

    Aliases share their node, so a small file may stand for billions of nodes. The size that each
    node would have with all aliases written out is known as soon as its children are composed.
    """

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self._depth = 0
        self._shapes: dict[int, tuple[int, int]] = {}

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        is_alias = isinstance(event, AliasEvent)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _RefusedError(f"nested more than {MAX_DEPTH} deep", event.start_mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        assert node is not None
        if not is_alias:
            self._shapes[id(node)] = self._shape(node)
        elif id(node) not in self._shapes:
            raise _RefusedError(
                "this alias stands for something that contains it", event.start_mark
            )
        size, depth = self._shapes[id(node)]
        if size > MAX_NODES:
            raise _RefusedError(
                f"more than {MAX_NODES:,} values with all aliases", event.start_mark
            )
        if self._depth + depth > MAX_DEPTH:
            raise _RefusedError(f"nested more than {MAX_DEPTH} deep", event.start_mark)
        return node

    def _shape(self, node: Node) -> tuple[int, int]:
        """Return the number of nodes in `node`, aliases written out, and its depth."""
        if isinstance(node, ScalarNode):
            return 1, 1
        below = (
            [part for pair in node.value for part in pair]
            if isinstance(node, MappingNode)
            else node.value
        )
        shapes = [self._shapes[id(part)] for part in below]
        return 1 + sum(size for size, _ in shapes), 1 + max((deep for _, deep in shapes), default=0)


for _name, (_pattern, _first) in _SCALARS.items():
    _Composer.add_implicit_resolver(TAG + _name, re.compile(rf"^(?:{_pattern})$"), _first)


def read_nodes(file: Path) -> Node:
    """Return the root node of the only document in `file`.

    Raises InputError with the place of what is not YAML, or is too much of it. No message
    quotes the file: it may not be a scenario.
    """
    start = Place(file, 1, 1)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise refusal(f"the file is larger than {MAX_BYTES // 1_000_000} MB", start)
        data = file.read_bytes()
    except OSError as error:
        raise refusal(f"the file cannot be read: {error.strerror}", start) from None
    text = _decoded(data, file)
    try:
        node = _Composer(text).get_single_node()
    except _RefusedError as error:
        raise refusal(error.message, place_of(error.mark, file)) from None
    except MarkedYAMLError as error:
        words, at_opening = _plain_words(f"{error.context}: {error.problem}")
        mark = (at_opening and error.context_mark) or error.problem_mark or error.context_mark
        place = place_of(mark, file) if mark else start
        raise refusal(f"not YAML: {words}", place) from None
    except ReaderError as error:
        place = _place_at(text, error.position, file)
        raise refusal("not YAML: a control character", place) from None
    if node is None:
        raise refusal("the file is empty", start)
    return node


def place_of(mark: Mark, file: Path) -> Place:
    """Return the place of a PyYAML mark, which counts from 0."""
    return Place(file, mark.line + 1, mark.column + 1)


def _decoded(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        place = _place_at(before, len(before), file)
        raise refusal("this character is not UTF-8: save the file as UTF-8", place) from None


def _place_at(text: str, position: int, file: Path) -> Place:
    before = text[:position]
    return Place(file, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _plain_words(problem: str) -> tuple[str, bool]:
    """Return a planner's words for a problem, and whether its place is where it was opened."""
    for pattern, words in _PLAIN_WORDS:
        if re.search(pattern, problem):
            return words, "closed" in words
    return "it breaks off here; check quotes, brackets and indentation", False
