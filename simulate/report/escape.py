"""Text of a scenario as Markdown and HTML that shows it literally."""

import re
import unicodedata

MARKUP = frozenset('&<>|*_`[](){}!#~$\\:^=@"+')
"""Characters that mean something, somewhere, to Markdown, its extensions, or HTML."""

OPENERS = frozenset("-/?.;,%")
"""Characters that mean something only where a text begins."""

DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that reverse the text after them, so that it reads as what it is not."""


def plain(text: str) -> str:
    """Return `text` on one line, without control characters and marks of direction."""
    kept = "".join(
        " " if unicodedata.category(mark) in ("Cc", "Zl", "Zp", "Cs", "Co") else mark
        for mark in text
        if mark not in DIRECTIONS
    )
    return re.sub(r" {2,}", " ", kept).strip()


def escape(text: str) -> str:
    """Return `text` for a sentence, a table cell, or the alt text of an image.

    Every character with a meaning becomes a numeric reference, which any Markdown engine shows
    as the character itself. Line ends become spaces. Addresses stay words: nothing links.
    """
    line = plain(text)
    # "www." and "1." begin a link and a list.
    line = re.sub(r"(?i)(?<=www)\.|^\d+\.", _escape_dots, line)
    body = "".join(_reference(mark) if mark in MARKUP else mark for mark in line)
    body = body.replace("\x00", "&#46;")
    return _reference(body[0]) + body[1:] if body and body[0] in OPENERS else body


def _escape_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "\x00")


def _reference(mark: str) -> str:
    return f"&#{ord(mark)};"


def code(text: str) -> str:
    """Return `text` in the fixed-width type of code, as literal as `escape` makes it."""
    return f"<code>{escape(text)}</code>"
