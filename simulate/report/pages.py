"""The playbook's pages: filling their blocks, and the first draft of a scenario's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from simulate.evidence.proof import Verification
from simulate.files import write_whole
from simulate.report.assets import asset_path, draw_missing, live_script
from simulate.report.blocks import Block, fill, find_blocks
from simulate.report.charts.figure import Figure
from simulate.report.fingerprints import shown_fingerprint
from simulate.report.registry import (
    Book,
    Request,
    entry_of,
    fingerprint_of,
    measure_problem,
    problem_of,
)
from simulate.report.subject import Subject
from simulate.report.words import load_words
from simulate.results.outcome import Outcome
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError, Place, Problem

Outcomes = Mapping[str, tuple[Loaded, Outcome]]


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
) -> list[Path]:
    """Fill every block of every page and write the charts' files; return what has changed.

    Pages are the Markdown files below ``content_root/<language>``. All is worked out before
    anything is written, so that a broken page leaves everything as it was.

    Raises:
        InputError: with the place of everything that is wrong in the pages.
    """
    books = {language: read_pages(content_root / language) for language in languages}
    problems = [problem for _, found in books.values() for problem in found]
    for pages, _ in books.values():
        problems += check_blocks(pages, outcomes)
    if problems:
        raise InputError(*problems)
    texts: dict[Path, str] = {}
    drawings: dict[Path, Figure] = {}
    for language, (pages, _) in books.items():
        book = _book(language, pages, outcomes, verification)
        for page in pages:
            texts[page.file] = _filled(page, book, outcomes)
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


def check_blocks(pages: Sequence[Page], outcomes: Outcomes) -> list[Problem]:
    """Return what is wrong with the words of the pages' blocks."""
    problems = []
    for page in pages:
        for block in page.blocks:
            problem = problem_of(block, page.file, outcomes)
            if problem is None and block.scenario is not None:
                measures = outcomes[block.scenario][1].measures
                problem = measure_problem(block, page.file, measures)
            if problem is not None:
                problems.append(problem)
    return problems


def scaffold(name: str, language: str) -> str:
    """Return the first draft of a scenario's page: headings and blocks, prose to be written."""
    say = load_words(language).say
    sections = [
        ("flow", ["chart flow", "chart funnel"]),
        ("backlog", ["chart backlog", "chart utilisation", "table stations"]),
        ("people", ["chart people", "table people", "table roster"]),
        ("promise", ["chart lead-time", "table lateness"]),
        ("collections", ["chart collections", "table collections"]),
        ("cost", ["table cost"]),
        ("demand", ["table channels"]),
        ("numbers", ["table measures"]),
        ("inputs", ["table inputs"]),
    ]
    parts = [
        f"---\ndescription: {say('scaffold.description', title=name)}\n---",
        f"# {name}",
        say("scaffold.lead"),
        f"## {say('scaffold.verdict')} {{ #verdict }}",
        _empty("verdict", name),
    ]
    for key, blocks in sections:
        parts.append(f"## {say(f'scaffold.{key}')} {{ #{key} }}")
        parts += [_empty(block, name) for block in blocks]
    return "\n\n".join(parts) + "\n"


def _empty(words: str, scenario: str) -> str:
    return f"<!-- peakbook:{words} scenario={scenario} -->\n<!-- /peakbook -->"


def _book(
    language: str, pages: Sequence[Page], outcomes: Outcomes, verification: Verification | None
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
        verification=verification,
    )


def _filled(page: Page, book: Book, outcomes: Outcomes) -> str:
    fingerprints = {
        name: shown_fingerprint(loaded, outcome.fingerprint)
        for name, (loaded, outcome) in outcomes.items()
    }
    contents = []
    for block in page.blocks:
        entry = entry_of(block)
        assert entry is not None
        body = entry.render(Request(block=block, book=book, page=page.path))
        contents.append((block, fingerprint_of(block, fingerprints), body))
    return fill(page.text, contents)


def _add_assets(
    folder: Path, book: Book, texts: dict[Path, str], drawings: dict[Path, Figure]
) -> None:
    """Note the files of every chart that some page of the book shows."""
    for (scenario, chart), figure in book.figures.items():
        texts[folder / asset_path(scenario, chart, "csv")] = figure.csv
        texts[folder / asset_path(scenario, chart, "js")] = live_script(scenario, figure)
        drawings[(folder / asset_path(scenario, chart, "csv")).with_suffix("")] = figure
