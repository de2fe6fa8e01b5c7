"""The sentences of each language, from every `<language>.yml` below `site_config/messages`."""

import errno
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import yaml

MESSAGES = Path(__file__).resolve().parents[2] / "site_config" / "messages"

_SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])")
"""Where Chinese and Latin letters touch, which a space keeps apart."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language's messages, by dotted key such as ``charts.backlog.title``."""

    language: str
    messages: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """Return the message with its placeholders filled in.

        Raises:
            KeyError: for a key that the language lacks, or a placeholder without a value.
        """
        text = self.messages[key].format(**values)
        return _SEAM.sub(" ", text) if self.language == "zh" and values else text

    def find(self, key: str) -> str | None:
        """Return the bare message, or None if the language has none of this key."""
        return self.messages.get(key)


@cache
def load_words(language: str, folder: Path = MESSAGES) -> Words:
    """Return a language's words.

    Raises:
        FileNotFoundError: if the folder has no messages of this language.
    """
    files = sorted(folder.rglob(f"{language}.yml"), key=lambda file: (len(file.parts), file))
    if not files:
        raise FileNotFoundError(errno.ENOENT, "no messages of this language", str(folder))
    messages: dict[str, str] = {}
    for file in files:
        messages |= _flatten(yaml.safe_load(file.read_text(encoding="utf-8")))
    return Words(language, messages)


def placeholders(message: str) -> frozenset[str]:
    """Return the names between braces in a message."""
    return frozenset(name for _, name, _, _ in Formatter().parse(message) if name)


def _flatten(tree: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)
