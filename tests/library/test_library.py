"""The library: what its pages show is what it gives, and it costs nothing until it is asked."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import simulate
from simulate.library.frames import flat, table_of, tables_of
from simulate.results.outcome import Estimate
from simulate.scenario.problems import InputError
from tests.library.page import PAGES, playbook, run_again

CHANGED = """{page} shows other numbers than the library gives.

If the model or a scenario was changed on purpose, bring the pages up to date with
`python -m tests.library.page`."""


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with playbook(tmp_path_factory.mktemp("library")):
        yield


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parts[-2])
def test_every_example_gives_what_its_page_shows(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count(">>>") > 15
    assert run_again(text) == text, CHANGED.format(page=page)


def test_both_pages_have_the_same_examples() -> None:
    calls = [
        [line for line in page.read_text(encoding="utf-8").split("\n") if ">>> " in line]
        for page in PAGES
    ]
    assert len(calls[0]) == len(calls[1])
    names = [[line.partition("(")[0] for line in lines] for lines in calls]
    different = [pair for pair in zip(*names, strict=True) if pair[0] != pair[1]]
    assert [one for one, _ in different] == ['>>> for name, each in {"as planned": answer, "1.5x": '
                                             "busier}.items"]  # fmt: skip


def test_every_question_is_in_the_library() -> None:
    from simulate import library

    assert set(simulate.QUESTIONS) == set(library.__all__)
    assert simulate.run is library.run
    assert set(simulate.QUESTIONS) <= set(dir(simulate))
    with pytest.raises(AttributeError, match="has no attribute 'answer_all'"):
        _ = simulate.answer_all


def test_importing_it_loads_nothing_heavy() -> None:
    program = (
        "import simulate, sys; print(sorted({'numpy', 'pandas', 'altair', 'pydantic', 'numba',"
        " 'openpyxl', 'distributed'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          check=True)  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_what_cannot_be_used_is_told() -> None:
    with pytest.raises(InputError, match="did you mean `double-12`"):
        simulate.run("doubel-12")
    with pytest.raises(InputError, match="there is no input `trafic`, did you mean `traffic`"):
        simulate.load("double-12", {"trafic": "2x"})
    with pytest.raises(InputError, match="lists no variants"):
        simulate.variants("ordinary-week")
    with pytest.raises(InputError, match="there is no chart `pie`"):
        simulate.run("double-12", replications=1).chart("pie")


@dataclass(frozen=True)
class Inner:
    written: str
    share: Estimate | None


@dataclass(frozen=True)
class Outer:
    name: str
    low: Inner
    measures: dict[str, Estimate]


def test_a_dataclass_becomes_a_row() -> None:
    half = Estimate(mean=0.5, low=0.4, high=0.6, unit="share")
    record = Outer("a", Inner("2x", half), {"late": half})
    assert flat(record) == {
        "name": "a",
        "low.written": "2x",
        "low.share": 0.5,
        "low.share_low": 0.4,
        "low.share_high": 0.6,
        "measures.late": 0.5,
        "measures.late_low": 0.4,
        "measures.late_high": 0.6,
    }
    assert flat(Inner("x", None)) == {"written": "x", "share": None}
    assert list(table_of([record, record])["name"]) == ["a", "a"]


def test_an_answer_becomes_a_table_for_every_list_in_it() -> None:
    @dataclass(frozen=True)
    class Found:
        number: int
        inner: tuple[Inner, ...]
        words: tuple[str, ...]
        none: tuple[Inner, ...] = ()

    tables = tables_of(Found(3, (Inner("a", None), Inner("b", None)), ("x",)))
    assert {name: list(table["written"]) for name, table in tables.items()} == {"inner": ["a", "b"]}
