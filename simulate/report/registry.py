"""What a block can show: the kinds, their names, their options, and who renders them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path, PurePosixPath

from simulate.evidence.proof import Verification
from simulate.evidence.verify import fingerprint as verification_fingerprint
from simulate.report import cost_tables, input_tables, tables, verdicts, warehouse_tables
from simulate.report.blocks import Block
from simulate.report.charts.figure import Figure
from simulate.report.embed import embed
from simulate.report.measures import figure_of
from simulate.report.subject import Subject
from simulate.report.verification_table import LAYOUTS, verification_block
from simulate.report.words import Words
from simulate.scenario.problems import Place, Problem, did_you_mean, listed

CHARTS = ("flow", "backlog", "utilisation", "people", "lead-time", "collections", "funnel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that the pages of one language can show. Charts are drawn once and kept."""

    words: Words
    subjects: Mapping[str, Subject]
    pages: frozenset[PurePosixPath]
    figures: dict[tuple[str, str], Figure]
    verification: Verification | None = None

    def figure(self, scenario: str, chart: str) -> Figure:
        """Return a scenario's chart."""
        key = (scenario, chart)
        if key not in self.figures:
            module = import_module(f"simulate.report.charts.{chart.replace('-', '_')}")
            self.figures[key] = module.draw(self.subjects[scenario])
        return self.figures[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A block to be rendered on a page at `page` below the folder of its language."""

    block: Block
    book: Book
    page: PurePosixPath

    @property
    def subject(self) -> Subject:
        """The scenario that the block is about."""
        assert self.block.scenario is not None
        return self.book.subjects[self.block.scenario]

    def option(self, key: str) -> str:
        """Return the value of an option, or nothing."""
        return self.block.options.get(key, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Renders one kind of block. `options` maps what may be given to the values allowed."""

    render: Callable[[Request], str]
    of_scenario: bool = True
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _chart(request: Request) -> str:
    figure = request.book.figure(request.subject.loaded.name, request.block.name)
    return embed(figure, request.subject, request.page)


def _number(request: Request) -> str:
    interval = request.option("show") != "mean"
    return figure_of(request.block.name, request.subject, interval=interval)


def _measures(request: Request) -> str:
    only = request.option("only")
    return tables.measures_table(request.subject, only.split(",") if only else ())


def _scenarios(request: Request) -> str:
    book = request.book
    return tables.scenarios_table(book.subjects.values(), book.words, request.page, book.pages)


def _verification(request: Request) -> str:
    book = request.book
    titles = {name: subject.title for name, subject in book.subjects.items()}
    return verification_block(book.verification, request.option("kind"), book.words, titles)


KINDS: dict[str, dict[str, Entry]] = {
    "verdict": {"": Entry(render=lambda request: verdicts.verdict_block(request.subject))},
    "table": {
        "verification": Entry(
            render=_verification, of_scenario=False, options={"kind": tuple(LAYOUTS)}
        ),
        "measures": Entry(render=_measures, options={"only": ()}),
        "targets": Entry(render=lambda request: verdicts.targets_table(request.subject)),
        "stations": Entry(render=lambda request: tables.stations_table(request.subject)),
        "people": Entry(render=lambda request: warehouse_tables.people_table(request.subject)),
        "lateness": Entry(render=lambda request: warehouse_tables.lateness_table(request.subject)),
        "collections": Entry(
            render=lambda request: warehouse_tables.collections_table(request.subject)
        ),
        "cost": Entry(render=lambda request: cost_tables.cost_table(request.subject)),
        "scenarios": Entry(render=_scenarios, of_scenario=False),
        "channels": Entry(render=lambda request: input_tables.channels_table(request.subject)),
        "roster": Entry(render=lambda request: input_tables.roster_table(request.subject)),
        "inputs": Entry(
            render=lambda request: input_tables.inputs_table(
                request.subject, request.option("under")
            ),
            options={"under": ()},
        ),
    },
    "chart": {name: Entry(render=_chart) for name in CHARTS},
    "number": {"*": Entry(render=_number, options={"show": ("mean", "interval")})},
}
"""By kind and name; ``*`` stands for any measure."""


def entry_of(block: Block) -> Entry | None:
    """Return who renders a block, if anyone."""
    names = KINDS.get(block.kind, {})
    return names.get(block.name) or (names.get("*") if block.name else None)


def problem_of(block: Block, file: Path, scenarios: Mapping[str, object]) -> Problem | None:
    """Return what is wrong with a block's words, or None."""
    message = _fault(block, scenarios)
    return Problem(Place(file, block.line, block.column), message) if message else None


def measure_problem(block: Block, file: Path, measures: Mapping[str, object]) -> Problem | None:
    """Return a problem if the block names a measure that its outcome does not have."""
    wanted = [block.name] if block.kind == "number" else block.options.get("only", "").split(",")
    for name in filter(None, wanted):
        if name not in measures:
            message = f"there is no measure `{name}`{did_you_mean(name, measures)}"
            return Problem(Place(file, block.line, block.column), message)
    return None


def _fault(block: Block, scenarios: Mapping[str, object]) -> str | None:
    if block.kind not in KINDS:
        near = did_you_mean(block.kind, KINDS) or f": write one of {listed(KINDS)}"
        return f"unknown kind of block `{block.kind}`{near}"
    entry = entry_of(block)
    if entry is None:
        return _fault_of_name(block)
    return _fault_of_options(block, entry) or _fault_of_scenario(block, entry, scenarios)


def _fault_of_name(block: Block) -> str:
    names = [name for name in KINDS[block.kind] if name not in ("", "*")]
    if not block.name:
        what = f"one of {listed(names)}" if names else "the name of a measure"
        return f"`{block.kind}` does not say what it shows: write {what} after it"
    if not names:
        return f"`{block.kind}` takes no name: remove `{block.name}`"
    near = did_you_mean(block.name, names) or f": write one of {listed(names)}"
    return f"there is no {block.kind} `{block.name}`{near}"


def _fault_of_options(block: Block, entry: Entry) -> str | None:
    known = [*entry.options, *(["scenario"] if entry.of_scenario else [])]
    for key, given in block.options.items():
        if key not in known:
            near = did_you_mean(key, known) or (f": known are {listed(known)}" if known else "")
            return f"unknown key `{key}`{near}"
        allowed = entry.options.get(key)
        if allowed and given not in allowed:
            return f"`{key}={given}` means nothing: write one of {listed(allowed)}"
    return None


def _fault_of_scenario(block: Block, entry: Entry, scenarios: Mapping[str, object]) -> str | None:
    if entry.of_scenario and block.scenario is None:
        return f"`{block.words}` does not say whose numbers: write `scenario=NAME` after it"
    if block.scenario is not None and block.scenario not in scenarios:
        near = did_you_mean(block.scenario, scenarios) or f": there are {listed(scenarios)}"
        return f"there is no scenario `{block.scenario}`{near}"
    return None


def fingerprint_of(block: Block, fingerprints: Mapping[str, str]) -> str:
    """Return the fingerprint of what a block shows, from those of the scenarios."""
    if block.scenario is not None:
        return fingerprints[block.scenario]
    together = "\n".join(f"{name} {mark}" for name, mark in sorted(fingerprints.items()))
    if block.name == "verification":
        together += f"\n{verification_fingerprint()}"
    return sha256(together.encode()).hexdigest()
