"""Both languages say the same things."""

import re
from pathlib import Path

import pytest

from simulate.report.words import MESSAGES, load_words, placeholders

EN, ZH = load_words("en"), load_words("zh")
SOURCES = Path(__file__).parents[2] / "simulate" / "report"


def test_both_languages_have_the_same_messages() -> None:
    assert list(EN.messages) == list(ZH.messages)


@pytest.mark.parametrize("key", EN.messages)
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    assert placeholders(EN.messages[key]) == placeholders(ZH.messages[key])


def test_no_message_is_empty() -> None:
    assert [key for words in (EN, ZH) for key, text in words.messages.items() if not text] == []


def test_every_message_that_the_program_names_is_there() -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.py"))
    named = set(re.findall(r"say\(\s*\"([a-z_.-]+)\"", texts))
    assert named - set(EN.messages) == set()
    assert len(named) > 50


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        EN.say("figures.hours")


def test_an_unknown_language_has_no_words() -> None:
    with pytest.raises(FileNotFoundError):
        load_words("xx", MESSAGES)


def test_chinese_and_latin_letters_are_kept_apart() -> None:
    assert ZH.say("verdicts.sentence.bottleneck", station="ERP") == "瓶颈在 ERP 环节"
