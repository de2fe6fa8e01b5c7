"""A navigation that takes in the pages which nobody listed."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any


def completed(nav: Sequence[Any], pages: Sequence[PurePosixPath]) -> list[Any]:
    """Return `nav` with each unlisted page at the end of the section of its folder.

    A section owns a folder if it lists that folder's `index.md`. Pages keep the order in which
    they are given. A page of a folder without a section stays out.
    """
    listed = set(_listed(nav))
    missing = [page for page in pages if page.as_posix() not in listed]
    return [_entry(entry, missing) for entry in nav]


def _listed(nav: Sequence[Any]) -> list[str]:
    """Every page that the navigation names, at any depth."""
    found: list[str] = []
    for entry in nav:
        values = entry.values() if isinstance(entry, dict) else [entry]
        for value in values:
            found.extend(_listed(value) if isinstance(value, list) else [str(value)])
    return found


def _entry(entry: Any, missing: Sequence[PurePosixPath]) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {
        title: _section(value, missing) if isinstance(value, list) else value
        for title, value in entry.items()
    }


def _section(entries: list[Any], missing: Sequence[PurePosixPath]) -> list[Any]:
    indexes = [
        PurePosixPath(entry)
        for entry in entries
        if isinstance(entry, str) and PurePosixPath(entry).name == "index.md"
    ]
    folders = {index.parent for index in indexes}
    joined = [page.as_posix() for page in missing if page.parent in folders]
    return [_entry(entry, missing) for entry in entries] + joined
