"""Managed blocks: finding, filling, telling their state."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.report.blocks import Block, checksum, fill, find_blocks, state

PAGE = Path("page.md")
PRINT = "3f9c1a2b" * 8

TABLE = "<!-- peakbook:table measures scenario=a -->\n<!-- /peakbook -->\n"
NUMBER = "Orders: <!-- peakbook:number paid_orders scenario=a --><!-- /peakbook -->.\n"


def blocks_of(text: str) -> list[Block]:
    blocks, problems = find_blocks(text, PAGE)
    assert problems == []
    return blocks


def filled(text: str, body: str, fingerprint: str = PRINT) -> str:
    return fill(text, [(block, fingerprint, body) for block in blocks_of(text)])


def complaints(text: str) -> list[str]:
    _, problems = find_blocks(text, PAGE)
    return [str(problem) for problem in problems]


def test_a_block_has_kind_name_options_and_place() -> None:
    opening = "<!-- peakbook:table measures scenario=a only=late_orders -->"
    text = f"# Title\n\n{opening}\n<!-- /peakbook -->\n"
    (block,) = blocks_of(text)
    assert (block.kind, block.name) == ("table", "measures")
    assert block.options == {"scenario": "a", "only": "late_orders"}
    assert (block.line, block.column) == (3, 1)


def test_filling_seals_the_block_and_keeps_the_rest() -> None:
    text = filled(f"Before.\n\n{TABLE}\nAfter.\n", "| 1 |")
    assert text == (
        "Before.\n\n<!-- peakbook:table measures scenario=a fingerprint=3f9c1a2b3f9c1a2b "
        f"checksum={checksum('| 1 |')} -->\n\n| 1 |\n\n<!-- /peakbook -->\n\nAfter.\n"
    )


def test_a_number_stays_on_its_line() -> None:
    text = filled(NUMBER, "1,930 ± 45")
    assert text.count("\n") == 1
    assert "-->1,930 ± 45<!-- /peakbook -->.\n" in text


def test_filling_twice_changes_nothing() -> None:
    once = filled(TABLE + NUMBER, "12")
    assert filled(once, "12") == once


def test_a_new_body_replaces_the_old_one() -> None:
    assert "old" not in filled(filled(TABLE, "old"), "new")


@given(
    before=st.text(alphabet="ab \n#*é中", max_size=40),
    after=st.text(alphabet="ab \n#*é中", max_size=40),
    body=st.text(alphabet="ab|\n 中", min_size=1, max_size=60),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_text_outside_of_blocks_is_kept_to_the_byte(
    before: str, after: str, body: str, line_end: str
) -> None:
    before, after = before.replace("\n", line_end), after.replace("\n", line_end)
    text = f"{before}{line_end}{TABLE.replace(chr(10), line_end)}{after}"
    once = filled(text, body)
    assert once.startswith(f"{before}{line_end}<!--")
    assert once.endswith(f"<!-- /peakbook -->{line_end}{after}")
    assert filled(once, body) == once
    assert [state(block, PRINT) for block in blocks_of(once)] == ["fresh"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_search_for_blocks(text: str) -> None:
    blocks, _ = find_blocks(text, PAGE)
    assert fill(text, []) == text
    assert all(text[block.start : block.end] for block in blocks)


def test_states() -> None:
    (block,) = blocks_of(TABLE)
    assert state(block, PRINT) == "empty"
    (block,) = blocks_of(filled(TABLE, "12"))
    assert state(block, PRINT) == "fresh"
    assert state(block, "0" * 64) == "stale"
    (block,) = blocks_of(filled(TABLE, "12").replace("\n12\n", "\n13\n"))
    assert state(block, PRINT) == "edited"


def test_other_line_ends_are_no_edit() -> None:
    (block,) = blocks_of(filled(TABLE, "a\nb").replace("\n", "\r\n"))
    assert state(block, PRINT) == "fresh"


@pytest.mark.parametrize(
    "example",
    [
        f"```md\n{TABLE}```\n",
        f"~~~~\n{TABLE}~~~\n{TABLE}~~~~\n",
        f"- item\n\n    ```\n    {TABLE}    ```\n",
        "Write `<!-- peakbook:verdict scenario=a -->` and ``<!-- /peakbook -->``.\n",
    ],
)
def test_blocks_in_code_are_examples(example: str) -> None:
    assert blocks_of(example) == []


def test_blocks_after_code_are_found() -> None:
    assert len(blocks_of(f"```\n{TABLE}```\n{TABLE}")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x\n<!-- peakbook:verdict scenario=a -->\n", "page.md:2:1: the block is not closed"),
        ("a <!-- /peakbook -->\n", "page.md:1:3: `<!-- /peakbook -->` closes no block"),
        (
            "<!-- peakbook:verdict scenario=a -->\n<!-- peakbook:verdict scenario=b -->\n"
            "<!-- /peakbook -->\n",
            "page.md:2:1: a block inside the block of line 1",
        ),
        (f"{TABLE}\n{TABLE}", "page.md:4:1: the page has `table measures scenario=a` already on"),
        ("<!-- peakbook:verdict scenario=a\n-->\n", "page.md:1:1: the comment is not closed"),
        ("<!-- peakbook verdict -->\n<!-- /peakbook -->\n", "write what the block shows after a"),
        (
            "<!-- peakbook:table a b -->\n<!-- /peakbook -->\n",
            "`b` is one word too many",
        ),
        (
            "<!-- peakbook:verdict scenario=a scenario=b -->\n<!-- /peakbook -->\n",
            "`scenario` is given twice",
        ),
        ("<!-- peakbook:verdict scenario= -->\n<!-- /peakbook -->\n", "`scenario=` needs a value"),
        ("a <!-- peakbook:verdict scenario=a -->\n<!-- /peakbook -->\n", "lines of their own"),
        ("<!-- peakbook:number a scenario=a -->\n<!-- /peakbook -->\n", "stand on one line"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: str) -> None:
    (complaint,) = complaints(text)
    assert expected in complaint
    assert complaint.startswith("page.md:")


def test_a_number_may_stand_twice_on_a_page() -> None:
    assert len(blocks_of(NUMBER + NUMBER)) == 2
