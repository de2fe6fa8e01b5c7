"""The playbook's pages: finding them, and filling their blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from simulate.evidence.proof import Verification
from simulate.files import write_whole
from simulate.report.assets import asset_path, draw_missing, live_script
from simulate.report.blocks import Block, fill, find_blocks, owner_of_plan
from simulate.report.charts.figure import Figure
from simulate.report.faults import measure_problem, problem_of
from simulate.report.fingerprints import shown_fingerprints
from simulate.report.registry import Book, QuestionKey, Request, fingerprint_of, rendered
from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.report.year import YearAnswer, YearSubject
from simulate.results.outcome import Outcome
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError, Place, Problem

Outcomes = Mapping[str, tuple[Loaded, Outcome]]
Years = Mapping[str, YearAnswer]
NO_YEARS: Years = MappingProxyType({})
Answers = Mapping[QuestionKey, Any]
NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file; `path` is below the folder of its language."""

    file: Path
    path: PurePosixPath
    text: str
    blocks: tuple[Block, ...]


def fill_pages(
    content_root: Path,
    languages: Sequence[str],
    outcomes: Outcomes,
    verification: Verification | None = None,
    years: Years = NO_YEARS,
    answers: Answers = NO_ANSWERS,
) -> list[Path]:
    """Fill every block of every page and write the charts' files; return what has changed.

    Pages are the Markdown files below ``content_root/<language>``; `years` has the annual plans by
    name, `answers` what `answers_for_pages` found. All is worked out before anything is written,
    so that a broken page leaves everything as it was.

    Raises:
        InputError: with the place of everything that is wrong in the pages.
    """
    books = {language: read_pages(content_root / language) for language in languages}
    problems = [problem for _, found in books.values() for problem in found]
    for pages, _ in books.values():
        problems += check_blocks(pages, outcomes, years)
    if problems:
        raise InputError(*problems)
    marks = shown_fingerprints(
        {name: loaded for name, (loaded, _) in outcomes.items()},
        {name: outcome.fingerprint for name, (_, outcome) in outcomes.items()},
    ) | {owner_of_plan(name): year.shown_fingerprint for name, year in years.items()}
    texts: dict[Path, str] = {}
    drawings: dict[Path, Figure] = {}
    for language, (pages, _) in books.items():
        book = _book(language, pages, outcomes, verification, years, answers)
        for page in pages:
            texts[page.file] = _filled(page, book, marks)
        _add_assets(content_root / language, book, texts, drawings)
    texts |= draw_missing(drawings)
    # Charts before pages: a page never shows numbers whose chart is not there yet.
    ordered = sorted(texts, key=lambda path: path.suffix == ".md")
    return [path for path in ordered if write_whole(path, texts[path])]


def read_pages(folder: Path) -> tuple[list[Page], list[Problem]]:
    """Return the pages of one language in the order of their paths, and what is wrong in them."""
    pages, problems = [], []
    for file in sorted(folder.rglob("*.md")):
        try:
            text = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            message = "the page is not UTF-8 text: save it with this encoding"
            problems.append(Problem(Place(file, 1, 1), message))
            continue
        blocks, found = find_blocks(text, file)
        path = PurePosixPath(file.relative_to(folder).as_posix())
        pages.append(Page(file, path, text, tuple(blocks)))
        problems += found
    return pages, problems


def check_blocks(pages: Sequence[Page], outcomes: Outcomes, years: Years) -> list[Problem]:
    """Return what is wrong with the words of the pages' blocks."""
    problems = []
    owners = [*outcomes, *map(owner_of_plan, years)]
    for page in pages:
        for block in page.blocks:
            problem = problem_of(block, page.file, owners)
            if problem is None and block.scenario is not None:
                measures = outcomes[block.scenario][1].measures
                problem = measure_problem(block, page.file, measures)
            if problem is not None:
                problems.append(problem)
    return problems


def _book(
    language: str,
    pages: Sequence[Page],
    outcomes: Outcomes,
    verification: Verification | None,
    years: Years,
    answers: Answers,
) -> Book:
    words = load_words(language)
    return Book(
        words=words,
        subjects={
            name: Subject(loaded=loaded, outcome=outcome, words=words)
            for name, (loaded, outcome) in outcomes.items()
        },
        pages=frozenset(page.path for page in pages),
        figures={},
        years={name: YearSubject(answer=year, words=words) for name, year in years.items()},
        verification=verification,
        answers=answers,
    )


def _filled(page: Page, book: Book, fingerprints: Mapping[str, str]) -> str:
    contents = [
        (
            block,
            fingerprint_of(block, fingerprints),
            rendered(Request(block=block, book=book, page=page.path)),
        )
        for block in page.blocks
    ]
    return fill(page.text, contents)


def _add_assets(
    folder: Path, book: Book, texts: dict[Path, str], drawings: dict[Path, Figure]
) -> None:
    """Note the files of every chart that some page of the book shows."""
    for (owner, chart), figure in book.figures.items():
        texts[folder / asset_path(owner, chart, "csv")] = figure.csv
        texts[folder / asset_path(owner, chart, "js")] = live_script(owner, figure)
        drawings[(folder / asset_path(owner, chart, "csv")).with_suffix("")] = figure
