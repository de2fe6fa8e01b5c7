"""Addresses of other hosts that a built page would load from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

# An address that names a host: "https://…", "http://…", "ws://…" or "//…".
_HOST = re.compile(r"^\s*(?:(?:https?|wss?|ftp):)?//", re.IGNORECASE)

_CSS_URL = re.compile(r"url\(\s*(['\"]?)(?P<address>.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_CSS_IMPORT = re.compile(r"@import\s+(['\"])(?P<address>.*?)\1", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

# What a script can load with: an address that follows one of these calls or assignments.
_JS_LOAD = re.compile(
    r"(?:\b(?:fetch|importScripts|import|Worker|SharedWorker|EventSource|WebSocket|sendBeacon)\s*\("
    r"|\.(?:src|href)\s*=|\bfrom)\s*(['\"`])(?P<address>(?:https?:|wss?:)?//[^'\"`]*)\1"
)

# Elements whose attribute makes the browser load at once. A plain link loads nothing.
_LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "form": ("action",),
}

# Relations of <link> that only name a page, and load nothing.
_NAMING = {"alternate", "canonical", "prev", "next", "author", "license", "help", "search"}


class Finding(NamedTuple):
    """One address of another host: the file, relative to the site, its line, and the address."""

    file: str
    line: int
    address: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: loads from another host: {self.address}"


def outside_addresses(site: Path) -> list[Finding]:
    """Every address of another host that a file of `site` would load.

    Pages, style sheets, drawings and scripts are read. Links that a reader has to follow are
    allowed; so are names that look like addresses and are never loaded, such as XML namespaces.
    """
    findings: list[Finding] = []
    for path in sorted(site.rglob("*")):
        reader = _READERS.get(path.suffix.lower())
        if reader is None or not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        findings.extend(Finding(name, line, address) for line, address in reader(text))
    return findings


@dataclass
class _Place:
    """Where a piece of style or script starts inside its page."""

    line: int
    kind: str


class _Page(HTMLParser):
    """Collects the addresses that a page or a drawing loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.inside: _Place | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        for name in _LOADING.get(tag, ()):
            candidates = (
                values.get(name, "").split(",") if name == "srcset" else [values.get(name, "")]
            )
            self._note(line, candidates)
        if tag == "link" and not set(values.get("rel", "").lower().split()) & _NAMING:
            self._note(line, [values.get("href", "")])
        if tag == "base":
            self._note(line, [values.get("href", "")])
        for _, address in css_addresses(values.get("style", "")):
            self._note(line, [address])
        if tag == "style":
            self.inside = _Place(line, "style")
        elif tag == "script" and "json" not in values.get("type", ""):
            self.inside = _Place(line, "script")

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside.kind == tag:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside:
            reader = css_addresses if self.inside.kind == "style" else js_addresses
            start = self.getpos()[0] - 1
            self.found.extend((start + line, address) for line, address in reader(data))

    def _note(self, line: int, candidates: list[str]) -> None:
        self.found.extend((line, address.strip()) for address in candidates if _HOST.match(address))


def html_addresses(text: str) -> list[tuple[int, str]]:
    """Lines and addresses of another host that a page or drawing loads."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.found


def css_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Lines and addresses of another host in `url()` and `@import` of a style sheet."""
    # Comments keep their lines, so that the places stay right.
    bare = _CSS_COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    for pattern in (_CSS_URL, _CSS_IMPORT):
        for match in pattern.finditer(bare):
            if _HOST.match(match["address"]):
                yield bare.count("\n", 0, match.start()) + 1, match["address"]


def js_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Lines and addresses of another host that a script loads by a literal address."""
    for match in _JS_LOAD.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match["address"]


_READERS = {
    ".html": html_addresses,
    ".svg": html_addresses,
    ".css": css_addresses,
    ".js": js_addresses,
}
