"""Managed blocks inside Markdown: finding them, filling them, telling whether they are fresh.

A block stands between two comments on lines of their own, or, if it is a number, inside a line::

    <!-- peakbook:table measures scenario=double-12 fingerprint=3f9c checksum=1a2b -->

    | Measure | … |

    <!-- /peakbook -->

Who writes a page leaves out `fingerprint`, `checksum` and the body. Text outside of blocks is
kept to the byte; blocks inside fenced code and code spans are examples, and left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from simulate.scenario.problems import Place, Problem

INLINE_KIND = "number"
SEALS = ("fingerprint", "checksum")

State = Literal["empty", "edited", "stale", "fresh"]

_COMMENT = re.compile(r"<!--[ \t]*(?P<end>/?)[ \t]*peakbook\b(?P<words>.*?)(?P<closed>-->|$)")
_FENCE = re.compile(r"^[ \t>]*(?:[-*+] |\d+[.)] )?[ \t]*(?P<fence>`{3,}|~{3,})(?P<rest>.*)$")
_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a page. `options` has every ``key=value`` but the two seals.

    `start` to `end` covers both comments in the page's text, `body` what stands between them.
    """

    kind: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str | None
    checksum: str | None
    body: str
    start: int
    end: int
    line: int
    column: int

    @property
    def scenario(self) -> str | None:
        """The scenario that the block is about, if it names one."""
        return self.options.get("scenario")

    @property
    def plan(self) -> str | None:
        """The annual plan that the block is about, if it names one."""
        return self.options.get("plan")

    @property
    def owner(self) -> str | None:
        """Whose numbers it shows, as `owner_of_plan` has it for a plan; None for all scenarios."""
        return owner_of_plan(self.plan) if self.plan is not None else self.scenario

    @property
    def others(self) -> tuple[str, ...]:
        """The scenarios that its own is compared with, in order."""
        given = self.options.get("with", "")
        return tuple(given.split(",")) if given else ()

    @property
    def asset(self) -> str:
        """The name of its files, if it is a chart."""
        return "-".join([self.name, *self.others])

    @property
    def words(self) -> str:
        """The block's opening without seals, such as ``table measures scenario=double-12``."""
        named = f"{self.kind} {self.name}" if self.name else self.kind
        return " ".join([named, *(f"{key}={value}" for key, value in self.options.items())])


@dataclass(frozen=True, slots=True)
class _Comment:
    start: int
    end: int
    line: int
    column: int
    words: str
    ends: bool
    closed: bool
    alone: bool


def owner_of_plan(name: str) -> str:
    """Return a name for a plan among those of scenarios, in which no dot can stand."""
    return f"plan.{name}"


def checksum(body: str) -> str:
    """Return a short digest of a body, the same for every kind of line end."""
    text = "\n".join(body.strip().splitlines())
    return sha256(text.encode()).hexdigest()[:12]


def shortened(fingerprint: str) -> str:
    """Return the part of a fingerprint that a block carries."""
    return fingerprint[:16]


def find_blocks(text: str, file: Path) -> tuple[list[Block], list[Problem]]:
    """Return the blocks of a page in order, and what is wrong with its comments."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    opened: _Comment | None = None
    for comment in _comments(text):
        message = None
        if not comment.closed:
            message = "the comment is not closed: write `-->` on the same line"
        elif comment.ends:
            if opened is None:
                message = "`<!-- /peakbook -->` closes no block: remove it"
            else:
                found = _parse(opened, comment, text)
                if isinstance(found, Block):
                    blocks.append(found)
                else:
                    problems.append(Problem(_place(file, opened), found))
                opened = None
        elif opened is not None:
            message = (
                f"a block inside the block of line {opened.line}: "
                "write `<!-- /peakbook -->` before it"
            )
        else:
            opened = comment
        if message:
            problems.append(Problem(_place(file, comment), message))
    if opened is not None:
        message = "the block is not closed: write `<!-- /peakbook -->` after it"
        problems.append(Problem(_place(file, opened), message))
    problems += _repeated(blocks, file)
    return blocks, sorted(problems, key=lambda problem: str(problem.place))


def fill(text: str, contents: list[tuple[Block, str, str]]) -> str:
    """Return the page with new contents: each block with its fingerprint and its new body.

    The blocks are those that `find_blocks` found in this very text.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    parts, done = [], 0
    for block, fingerprint, body in sorted(contents, key=lambda content: content[0].start):
        parts += [text[done : block.start], _sealed(block, fingerprint, body, line_end)]
        done = block.end
    return "".join([*parts, text[done:]])


def state(block: Block, fingerprint: str) -> State:
    """Return whether the block shows `fingerprint`, is stale, was edited, or was never filled."""
    if block.fingerprint is None or block.checksum is None:
        return "empty"
    if checksum(block.body) != block.checksum:
        return "edited"
    return "fresh" if block.fingerprint == shortened(fingerprint) else "stale"


def _sealed(block: Block, fingerprint: str, body: str, line_end: str) -> str:
    body = body.strip()
    seals = f"fingerprint={shortened(fingerprint)} checksum={checksum(body)}"
    opening, closing = f"<!-- peakbook:{block.words} {seals} -->", "<!-- /peakbook -->"
    if block.kind == INLINE_KIND:
        return f"{opening}{body}{closing}"
    return f"{opening}\n\n{body}\n\n{closing}".replace("\n", line_end)


def _place(file: Path, comment: _Comment) -> Place:
    return Place(file, comment.line, comment.column)


def _parse(opened: _Comment, closing: _Comment, text: str) -> Block | str:
    """Return the block between two comments, or what is wrong with it."""
    if not re.match(r":\S", opened.words):
        return "write what the block shows after a colon, such as `peakbook:table measures`"
    kind, *words = opened.words[1:].split()
    names = [word for word in words if "=" not in word]
    if len(names) > 1:
        return f"`{names[1]}` is one word too many: after the name come `key=value` pairs"
    options = _options([word for word in words if "=" in word])
    if isinstance(options, str):
        return options
    misplaced = _misplaced(kind, opened, closing)
    if misplaced:
        return misplaced
    fingerprint, seal = (options.pop(key, None) for key in SEALS)
    return Block(
        kind=kind,
        name=names[0] if names else "",
        options=options,
        fingerprint=fingerprint,
        checksum=seal,
        body=text[opened.end : closing.start],
        start=opened.start,
        end=closing.end,
        line=opened.line,
        column=opened.column,
    )


def _options(words: list[str]) -> dict[str, str] | str:
    """Return ``key=value`` words as a dict, or what is wrong with one."""
    options: dict[str, str] = {}
    for key, _, value in (word.partition("=") for word in words):
        if key in options:
            return f"`{key}` is given twice"
        if not re.fullmatch(r"[A-Za-z0-9][\w.,/-]*", value):
            return f"`{key}=` needs a value of letters, digits and `-_.,/`"
        options[key] = value
    return options


def _misplaced(kind: str, opened: _Comment, closing: _Comment) -> str | None:
    if kind == INLINE_KIND:
        if opened.line != closing.line:
            return "a number and its `<!-- /peakbook -->` stand on one line"
    elif not (opened.alone and closing.alone):
        return "both comments of the block stand alone on lines of their own, without indent"
    return None


def _repeated(blocks: list[Block], file: Path) -> list[Problem]:
    """Return a problem for each block but a number that the page has a second time."""
    seen: dict[tuple[object, ...], Block] = {}
    problems = []
    for block in blocks:
        key = (block.kind, block.name, *sorted(block.options.items()))
        first = seen.setdefault(key, block)
        if first is not block and block.kind != INLINE_KIND:
            message = f"the page has `{block.words}` already on line {first.line}: keep one"
            problems.append(Problem(Place(file, block.line, block.column), message))
    return problems


def _comments(text: str) -> Iterator[_Comment]:
    """Yield the comments of blocks outside of code, in order."""
    fence, offset = "", 0
    for index, line in enumerate(re.split(r"(?<=\n)", text), start=1):
        content = line.rstrip("\r\n")
        mark = _FENCE.match(content)
        if mark and not fence and not ("`" in mark["rest"] and mark["fence"][0] == "`"):
            fence = mark["fence"]
        elif fence:
            closes = mark and mark["fence"].startswith(fence) and not mark["rest"].strip()
            fence = "" if closes else fence
        else:
            yield from _comments_of_line(content, index, offset)
        offset += len(line)


def _comments_of_line(content: str, line: int, offset: int) -> Iterator[_Comment]:
    spans = [match.span() for match in _SPAN.finditer(content)]
    for match in _COMMENT.finditer(content):
        if any(start <= match.start() < end for start, end in spans):
            continue
        yield _Comment(
            start=offset + match.start(),
            end=offset + match.end(),
            line=line,
            column=match.start() + 1,
            words=match["words"].rstrip(),
            ends=match["end"] == "/",
            closed=match["closed"] != "",
            alone=content.strip("\ufeff").rstrip() == match[0],
        )
