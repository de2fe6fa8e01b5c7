"""What a block can show: the kinds, their names, their options, and who renders them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, Literal, Protocol

from simulate.evidence.proof import Verification
from simulate.evidence.verify import fingerprint as verification_fingerprint
from simulate.report import (
    channel_tables,
    cost_tables,
    desk_tables,
    input_tables,
    lint_table,
    market_tables,
    tables,
    verdicts,
    warehouse_tables,
    year_tables,
    year_verdict,
)
from simulate.report.blocks import Block
from simulate.report.charts.figure import Figure
from simulate.report.embed import embed
from simulate.report.features import FEATURES
from simulate.report.fingerprints import compared_with, together, variants_of
from simulate.report.measures import figure_of
from simulate.report.questions import (
    bound_table,
    comparison_table,
    limit_table,
    sensitivity_table,
    staff_table,
    whatif_table,
)
from simulate.report.questions.bounded import Bounded
from simulate.report.questions.compared import Compared
from simulate.report.questions.gridded import Gridded
from simulate.report.questions.limited import Limited
from simulate.report.questions.staffed import Staffed
from simulate.report.questions.weighed import Weighed
from simulate.report.subject import Origin, Subject
from simulate.report.verification_table import LAYOUTS, verification_block
from simulate.report.words import Words
from simulate.report.year import YearSubject
from simulate.scenario.loading import Loaded

CHARTS = (
    "film", "flow", "backlog", "utilisation", "people", "lead-time", "collections", "funnel",
    "channels", "desk", "controller",
)  # fmt: skip
YEAR_CHARTS = ("calendar", "months", "spending")
VARIANTS = "variants"
"""What a block needs that shows the variants of its scenario."""

WHATIF = "whatif"
"""What a block needs that shows the grid over inputs which its scenario names."""

YEAR = "year"
"""What a block needs that shows a simulated year: a plan that names no shop has none."""

About = Literal["scenario", "plan", "book"]
"""Whose numbers a block shows: a scenario's, an annual plan's, or those of the whole playbook."""


class Asked(Protocol):
    """An answer to a question in one language, as a chart is drawn from it."""

    @property
    def origin(self) -> Origin:
        """What the chart is drawn from."""


QuestionKey = tuple[str, str, tuple[str, ...]]
"""What an answer is known by: the question, its scenario, and what that is compared with."""


def question_key(block: Block) -> QuestionKey:
    """Return by what the answer that a block shows is known."""
    return block.name, block.scenario or "", block.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that the pages of one language can show. Charts are drawn once and kept.

    `figures` has them by owner (`Block.owner`) and name; `answers` what questions were answered.
    """

    words: Words
    subjects: Mapping[str, Subject]
    pages: frozenset[PurePosixPath]
    figures: dict[tuple[str, str], Figure]
    years: Mapping[str, YearSubject] = field(default_factory=dict)
    verification: Verification | None = None
    answers: Mapping[QuestionKey, Any] = field(default_factory=dict)

    def figure(self, about: Subject | YearSubject, chart: str) -> Figure:
        """Return a chart of a scenario or of a plan."""
        key = (about.origin.owner, chart)
        if key not in self.figures:
            module = import_module(f"simulate.report.charts.{chart.replace('-', '_')}")
            self.figures[key] = module.draw(about)
        return self.figures[key]

    def figure_of_answer(self, block: Block, about: Asked) -> Figure:
        """Return the chart of an answer that a block shows; `about` is told to its module."""
        assert block.owner is not None
        key = (block.owner, block.asset)
        if key not in self.figures:
            module = import_module(f"simulate.report.charts.{block.name.replace('-', '_')}")
            self.figures[key] = module.draw(about)
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

    @property
    def year(self) -> YearSubject:
        """The annual plan that the block is about."""
        assert self.block.plan is not None
        return self.book.years[self.block.plan]

    @property
    def answer(self) -> Any:
        """The answer that the block shows."""
        return self.book.answers[question_key(self.block)]

    def option(self, key: str) -> str:
        """Return the value of an option, or nothing."""
        return self.block.options.get(key, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Renders one kind of block. `options` maps what may be given to the values allowed.

    A block that `needs` a part which its scenario or plan does not have says so, and nothing else.
    """

    render: Callable[[Request], str]
    about: About = "scenario"
    needs: str | None = None
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def rendered(request: Request) -> str:
    """Return what a block shows, as Markdown."""
    entry = entry_of(request.block)
    assert entry is not None
    if entry.needs is not None and not _has(entry.needs, request):
        return request.book.words.say(f"nothing.{entry.needs}")
    return entry.render(request)


def _has(part: str, request: Request) -> bool:
    if part == YEAR:
        return request.year.answer.outcome is not None
    if part == WHATIF:
        return bool(request.subject.scenario.whatif)
    if part == VARIANTS:
        return bool(request.subject.loaded.variants)
    return FEATURES[part](request.subject.scenario)


def _of_subject(render: Callable[[Subject], str], needs: str | None = None) -> Entry:
    return Entry(render=lambda request: render(request.subject), needs=needs)


def _of_plan(render: Callable[[YearSubject], str], needs: str | None = None) -> Entry:
    return Entry(render=lambda request: render(request.year), about="plan", needs=needs)


def _of_year(render: Callable[[YearSubject], str]) -> Entry:
    return _of_plan(render, needs=YEAR)


def _chart(request: Request) -> str:
    subject = request.subject
    figure = request.book.figure(subject, request.block.name)
    return embed(figure, subject.origin, subject.words, request.page)


def _year_chart(request: Request) -> str:
    year = request.year
    figure = request.book.figure(year, request.block.name)
    return embed(figure, year.origin, year.words, request.page)


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


def _compared(request: Request) -> Compared:
    loaded = request.subject.loaded
    others: tuple[Loaded, ...] = tuple(loaded.variants.values())
    if request.block.others:
        others = tuple(request.book.subjects[name].loaded for name in request.block.others)
    return Compared(
        comparison=request.answer,
        plans=(loaded, *others),
        words=request.book.words,
        kind=request.block.name,
    )


def _bounded(request: Request) -> Bounded:
    return Bounded(bound=request.answer, subject=request.subject)


def _limited(request: Request) -> Limited:
    return Limited(limit=request.answer, subject=request.subject)


def _staffed(request: Request) -> Staffed:
    return Staffed(staffing=request.answer, subject=request.subject)


def _weighed(request: Request) -> Weighed:
    return Weighed(found=request.answer, subject=request.subject)


def _gridded(request: Request) -> Gridded:
    return Gridded(found=request.answer, subject=request.subject)


def _answer_chart(request: Request, about: Asked) -> str:
    figure = request.book.figure_of_answer(request.block, about)
    return embed(figure, about.origin, request.book.words, request.page)


def _comparison_chart(request: Request) -> str:
    return _answer_chart(request, _compared(request))


_FINDINGS = Entry(
    render=lambda request: lint_table.findings_block(request.year, request.option("show")),
    about="plan",
    options={"show": lint_table.SHOW},
)
_INPUTS = Entry(
    render=lambda request: input_tables.inputs_table(request.subject, request.option("under")),
    options={"under": ()},
)

TABLES: dict[str, Entry] = {
    "measures": Entry(render=_measures, options={"only": ()}),
    "targets": _of_subject(verdicts.targets_table),
    "stations": _of_subject(tables.stations_table),
    "people": _of_subject(warehouse_tables.people_table),
    "lateness": _of_subject(warehouse_tables.lateness_table),
    "collections": _of_subject(warehouse_tables.collections_table),
    "cost": _of_subject(cost_tables.cost_table),
    "channels": _of_subject(channel_tables.channels_table),
    "ads": _of_subject(channel_tables.ads_table),
    "desk": _of_subject(desk_tables.desk_table, "desk"),
    "sold-out": _of_subject(market_tables.sold_out_table, "sold_out"),
    "controller": _of_subject(market_tables.controller_table, "controller"),
    "shops": _of_subject(market_tables.shops_table, "shops"),
    "traffic": _of_subject(input_tables.traffic_table),
    "roster": _of_subject(input_tables.roster_table),
    "inputs": _INPUTS,
    "scenarios": Entry(render=_scenarios, about="book"),
    "verification": Entry(render=_verification, about="book", options={"kind": tuple(LAYOUTS)}),
    "variants": Entry(
        render=lambda request: comparison_table.variants_table(_compared(request)), needs=VARIANTS
    ),
    "compare": Entry(
        render=lambda request: comparison_table.comparison_table(_compared(request)),
        options={"with": ()},
    ),
    "bound": Entry(render=lambda request: bound_table.bound_block(_bounded(request))),
    "limit": Entry(render=lambda request: limit_table.limit_block(_limited(request))),
    "staff": Entry(render=lambda request: staff_table.staff_block(_staffed(request))),
    "sensitivity": Entry(
        render=lambda request: sensitivity_table.sensitivity_block(_weighed(request))
    ),
    "whatif": Entry(
        render=lambda request: whatif_table.whatif_block(_gridded(request)), needs=WHATIF
    ),
    "stages": _of_plan(year_tables.stages_table),
    "months": _of_year(year_tables.months_table),
    "campaigns": _of_year(year_tables.campaigns_table),
    "busy-days": _of_year(year_tables.busy_days_table),
    "left-out": _of_year(year_tables.notes_list),
}

KINDS: dict[str, dict[str, Entry]] = {
    "verdict": {
        "": _of_subject(verdicts.verdict_block),
        "year": _of_year(year_verdict.year_verdict),
    },
    "findings": {"": _FINDINGS},
    "table": TABLES,
    "chart": {
        **{name: Entry(render=_chart, needs=name if name in FEATURES else None) for name in CHARTS},
        **{name: Entry(render=_year_chart, about="plan", needs=YEAR) for name in YEAR_CHARTS},
        "variants": Entry(render=_comparison_chart, needs=VARIANTS),
        "compare": Entry(render=_comparison_chart, options={"with": ()}),
        "bound": Entry(render=lambda request: _answer_chart(request, _bounded(request))),
        "limit": Entry(render=lambda request: _answer_chart(request, _limited(request))),
        "staff": Entry(render=lambda request: _answer_chart(request, _staffed(request))),
        "sensitivity": Entry(render=lambda request: _answer_chart(request, _weighed(request))),
        "whatif": Entry(
            render=lambda request: _answer_chart(request, _gridded(request)), needs=WHATIF
        ),
    },
    "number": {"*": Entry(render=_number, options={"show": ("mean", "interval")})},
}
"""By kind and name; ``*`` stands for any measure."""


def entry_of(block: Block) -> Entry | None:
    """Return who renders a block, if anyone."""
    names = KINDS.get(block.kind, {})
    return names.get(block.name) or (names.get("*") if block.name else None)


def fingerprint_of(block: Block, fingerprints: Mapping[str, str]) -> str:
    """Return the fingerprint of what a block shows, from those of scenarios and plans by owner."""
    if block.name == VARIANTS and block.scenario is not None:
        return fingerprints[variants_of(block.scenario)]
    if block.others and block.scenario is not None:
        marks = (fingerprints[compared_with(name)] for name in (block.scenario, *block.others))
        return together(marks)
    if block.owner is not None:
        return fingerprints[block.owner]
    scenarios = sorted((name, mark) for name, mark in fingerprints.items() if "." not in name)
    text = "\n".join(f"{name} {mark}" for name, mark in scenarios)
    if block.name == "verification":
        text += f"\n{verification_fingerprint()}"
    return sha256(text.encode()).hexdigest()
