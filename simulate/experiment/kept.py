"""Answers to questions, kept so that nothing is searched for twice.

An answer is known by the fingerprint of everything it depends on, so one that has become stale
is never found. Those that published pages show lie beside the pages, and a fresh clone of the
playbook publishes them without a search.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from simulate.files import write_whole
from simulate.results.fingerprint import digest
from simulate.scenario.playbook import find_playbook
from simulate.scenario.problems import InputError

T = TypeVar("T")


def kept(
    folder: Path | None,
    kind: str,
    key: Mapping[str, object],
    make: Callable[[], T],
    type_: type[T],
    *,
    published: Path | None = None,
    publish: set[str] | None = None,
) -> T:
    """Return the answer known by `kind` and `key`; `make` it if it is not known yet.

    `key` holds, as JSON, all that the answer depends on beside model and libraries: the
    `samples_fingerprint` of its scenarios, their targets, what was asked, the seed. `type_` is a
    dataclass. Looked up in the `published` answers first (those of the playbook around the
    working folder unless given) and then in `folder`, which is the run store's and gets what was
    made; None keeps nothing. With `publish`, the names of answers in use, the answer is put among
    the published ones, too, and its name among those.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(type_)
    name = file_of(kind, key)
    shown = published if published is not None else published_answers()
    found = _read(shown, name, adapter)
    if found is None:
        found = _read(folder, name, adapter)
    text = _text(make() if found is None else found, adapter)
    if publish is not None:
        publish.add(name)
    for place in (folder, shown if publish is not None else None):
        if place is not None and not (place / name).exists():
            write_whole(place / name, text)
    # Read back, so that what was made now and what was kept are the same to the last digit.
    answer: T = adapter.validate_json(text)
    return answer


def file_of(kind: str, key: Mapping[str, object]) -> str:
    """Return the name of an answer's file, such as ``limit-0123456789abcdef.json``."""
    return f"{kind}-{digest({'kind': kind, 'key': dict(key)})}.json"


def published_answers() -> Path | None:
    """Return the folder of the published answers of the playbook here, None without one."""
    try:
        return find_playbook().content / "answers"
    except InputError:
        return None


def _text(answer: object, adapter: TypeAdapter[Any]) -> str:
    told = adapter.dump_python(answer, mode="json")
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(folder: Path | None, name: str, adapter: TypeAdapter[Any]) -> Any:
    """Return an answer, or None if it is not there or cannot be read."""
    if folder is None:
        return None
    try:
        return adapter.validate_json((folder / name).read_bytes())
    except (OSError, ValidationError):
        return None
