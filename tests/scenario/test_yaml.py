"""What YAML may be, and what is said of YAML that may not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.scenario.documents import plain, read_document
from simulate.scenario.problems import InputError, Problem

from .small import SMALL

Complaints = Callable[..., list[str]]


def read(folder: Path, text: str) -> object:
    file = folder / "any.yml"
    file.write_text(text, encoding="utf-8")
    return plain(read_document(file))


def test_scalars_of_the_core_schema(tmp_path: Path) -> None:
    written = """\
    clock: 09:00
    long clock: 12:30:00
    country: no
    switch: on
    day: 2026-12-12
    moment: 2026-12-12T20:00+08:00
    octal: 010
    new octal: 0o10
    hex: 0x1F
    thousands: 1_000
    none: ~
    empty:
    truth: [true, False]
    numbers: [7, -1.5, 1e3, .5]
    quoted: '7'
    """
    assert read(tmp_path, written) == {
        "clock": "09:00",
        "long clock": "12:30:00",
        "country": "no",
        "switch": "on",
        "day": "2026-12-12",
        "moment": "2026-12-12T20:00+08:00",
        "octal": 10,
        "new octal": 8,
        "hex": 31,
        "thousands": "1_000",
        "none": None,
        "empty": None,
        "truth": [True, False],
        "numbers": [7, -1.5, 1000.0, 0.5],
        "quoted": "7",
    }


def test_anchors_share_a_value(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &x {b: [1]}\nc: *x\n") == {"a": {"b": [1]}, "c": {"b": [1]}}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "1:1", "the file is empty"),
        ("# nothing\n", "1:1", "the file is empty"),
        ("[1, 2]", "1:1", "a scenario is a mapping of `key: value` lines"),
        ("hello", "1:1", "a scenario is a mapping of `key: value` lines"),
        ("title: [a\nb: 1", "1:8",
         "not YAML: the list is not closed by `]`, or a comma is missing"),
        ("a: {b: 1\nc: 2", "1:4",
         "not YAML: the mapping is not closed by `}`, or a comma is missing"),
        ("a: 'x\nb: 1", "1:4", "not YAML: a quote is never closed"),
        ("a: b: c", "1:5", "not YAML: a `:` is not expected here: check the indentation of this "
         "line and the one above, and put text that contains `: ` in quotes"),
        ("a:\n\tb: 1", "2:1", "not YAML: a tab: indent with spaces"),
        ("a:\n    b: 1\n  c: 2", "3:3", "not YAML: the indentation does not fit the lines above"),
        ("a: 1\nb\nc: 1", "3:1", "not YAML: a key without its `:`, or a line that has lost its "
         "indentation"),
        ("a: @x", "1:4", "not YAML: text that starts with this character needs quotes"),
        ("a: [", "1:5", "not YAML: a value is missing, or a bracket is not closed"),
        ("a: *x", "1:4", "not YAML: this `*name` refers to no `&name` above it"),
        ("a: &x 1\nb: &x 2", "2:4",
         "not YAML: this `&name` is used twice: give each its own name"),
        ("a: 1\n---\nb: 2", "2:1", "not YAML: a file holds one scenario: remove this `---` and "
         "what follows, or close the brackets above"),
        ("a: \"\\q\"", "1:6",
         "not YAML: it breaks off here; check quotes, brackets and indentation"),
        ("a: 1\nb: 2\na: 3", "3:1", "the key `a` is already there, in line 1"),
        ("a: {b: 1, b: 2}", "1:11", "the key `b` is already there, in line 1"),
        ("<<: {b: 1}", "1:1",
         "`<<` is not used here: to build on another file, write `extends` at the top"),
        ("true: 1", "1:1", "a key is a word: put it in quotes if it looks like something else"),
        ("? [a]\n: 1", "1:3", "a key is a word: put it in quotes if it looks like something else"),
        ("a: !!python/object/apply:os.system [ls]", "1:4",
         "a tag such as `!!binary` is not used here: write the value alone"),
        ("a: !mine 3", "1:4", "a tag such as `!!binary` is not used here: write the value alone"),
        ("a: !!set {b}", "1:4", "a tag such as `!!binary` is not used here: write the value alone"),
        ("a: !!int many", "1:4", "`many` cannot be used here: write a number or a text"),
        ("a: " + "9" * 5000, "1:4", f"`{'9' * 59}…` cannot be used here: write a number or a text"),
        ("a: &x [*x]", "1:8", "this alias stands for something that contains it"),
        ("a: " + "[" * 60, "1:53", "nested more than 50 deep"),
        ("a: " + "[" * 400_000, "1:53", "nested more than 50 deep"),
        ("a: 1\nb: \x07", "2:4", "not YAML: a control character"),
        ("#" * 1_000_001, "1:1", "the file is larger than 1 MB"),
        (b"title: Gr\xfc\xdfe\n", "1:10", "this character is not UTF-8: save the file as UTF-8"),
        ("标题: x\n".encode("gbk"), "1:1", "this character is not UTF-8: save the file as UTF-8"),
    ],
)  # fmt: skip
def test_one_message_at_its_place(
    complaints: Complaints, text: str | bytes, place: str, message: str
) -> None:
    assert complaints(text) == [f"plan.yml:{place}: {message}"]


def test_a_byte_order_mark_is_no_harm(complaints: Complaints) -> None:
    assert complaints(b"\xef\xbb\xbf" + SMALL.encode()) == []


def test_windows_line_ends_are_no_harm(complaints: Complaints) -> None:
    assert complaints(SMALL.replace("\n", "\r\n")) == []
    assert complaints("title: x\r\na: 1\r\na: 2\r\n") == [
        "plan.yml:3:1: the key `a` is already there, in line 2"
    ]


def test_a_billion_laughs_are_refused(complaints: Complaints) -> None:
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for last, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + last] * 10)}]")
    # d stands for 10,000 values and three levels of lists, e for ten times as many
    assert complaints("\n".join(lines)) == [
        "plan.yml:5:4: more than 20,000 values with all aliases"
    ]


def test_a_long_chain_of_aliases_is_too_deep(complaints: Complaints) -> None:
    chain = "\n".join(f"k{n}: &k{n} [*k{n - 1}]" for n in range(1, 5000))
    assert complaints(f"k0: &k0 [x]\n{chain}") == ["plan.yml:49:12: nested more than 50 deep"]


def test_a_file_that_is_no_scenario_is_not_quoted(complaints: Complaints) -> None:
    (complaint,) = complaints("user: root\npassword: hunter2\ntitle: x\n")
    assert complaint.startswith(
        "plan.yml:1:1: this is not a scenario: most of its keys are unknown"
    )
    assert "hunter2" not in complaint
    assert "password" not in complaint


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    try:
        read(folder, text)
    except InputError as error:
        return error.problems
    return ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab:-[]{},&*!#'\"|>%@\t\n \\x0é店"), max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for problem in problems(Path(folder), text):
            assert problem.place is not None
            assert problem.place.line <= text.count("\n") + 1
