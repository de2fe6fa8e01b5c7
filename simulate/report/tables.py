"""Tables about what came out: measures and stations of a scenario, scenarios side by side."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from simulate.report.embed import relative
from simulate.report.escape import escape
from simulate.report.figures import number, show, span
from simulate.report.grid import Column, markdown_table
from simulate.report.measures import by_subject, figure_of, of_a_station
from simulate.report.subject import ERP, Subject
from simulate.report.verdicts import badge
from simulate.report.words import Words


def measures_table(subject: Subject, only: Sequence[str] = ()) -> str:
    """Return the measures with their intervals and what they mean.

    They stand by subject. Those of single stations are left to `stations_table`; `only` picks
    measures by name.
    """
    say, measures = subject.words.say, subject.outcome.measures
    if only:
        rows = [_measure_row(name, subject) for name in only]
    else:
        rows = []
        names = [name for name in measures if not of_a_station(name, subject)]
        for about, found in by_subject(names, subject).items():
            rows.append([f"**{say(f'subjects.{about}')}**", "", "", ""])
            rows += [_measure_row(name, subject) for name in found]
    columns = [
        Column(say("tables.measure")),
        Column(say("tables.mean"), right=True),
        Column(say("tables.interval"), right=True),
        Column(say("tables.definition")),
    ]
    return markdown_table(columns, rows)


def _measure_row(name: str, subject: Subject) -> list[str]:
    label, definition = subject.measure(name)
    shown, interval = figure_of(name, subject), ""
    if not name.endswith("_at"):
        shown = show(subject.outcome.measures[name], subject.words, interval=False)
        interval = span(subject.outcome.measures[name], subject.words)
    return [escape(label), shown, interval if interval != shown else "", definition]


def stations_table(subject: Subject) -> str:
    """Return the stations in the order of the line: who works there, how busy, how long it takes.

    The bottleneck is marked by a word.
    """
    say, outcome = subject.words.say, subject.outcome
    bottleneck = outcome.bottleneck.place if outcome.bottleneck else None
    rows = []
    for place in (ERP, *subject.workplaces):
        backlog = outcome.series.get(f"backlog/{place}")
        if place == ERP and (backlog is None or max(backlog.mean) < 0.5):
            continue
        label = escape(subject.place(place))
        if place == bottleneck:
            label = f"**{label}** ({say('tables.bottleneck')})"
        pool = "" if place == ERP else escape(subject.pool(subject.pool_of(place)))
        rows.append([
            label,
            pool,
            _measure_or_dash(f"utilisation_{place}", subject),
            _measure_or_dash(f"wait_{place}_mean", subject),
            number(max(backlog.mean)) if backlog else say("figures.missing"),
        ])  # fmt: skip
    columns = [
        Column(say("tables.station")),
        Column(say("tables.pool")),
        Column(say("tables.utilisation"), right=True),
        Column(say("tables.wait"), right=True),
        Column(say("tables.peak"), right=True),
    ]
    return markdown_table(columns, rows)


def scenarios_table(
    subjects: Iterable[Subject], words: Words, page: PurePosixPath, pages: frozenset[PurePosixPath]
) -> str:
    """Return one row a scenario, with a link to its page where there is one."""
    rows = []
    for subject in subjects:
        outcome, own = subject.outcome, PurePosixPath("scenarios") / f"{subject.loaded.name}.md"
        title = escape(subject.title)
        bottleneck = outcome.bottleneck
        rows.append([
            f"[{title}]({relative(own, page)})" if own in pages else title,
            badge(outcome.verdict.word, subject, short=False),
            _measure_or_dash("on_time_share", subject, interval=True),
            _measure_or_dash("paid_orders", subject, interval=True),
            escape(subject.place(bottleneck.place)) if bottleneck else words.say("figures.missing"),
        ])  # fmt: skip
    columns = [
        Column(words.say("tables.scenario")),
        Column(words.say("tables.verdict")),
        Column(words.say("measures.on_time_share.label"), right=True),
        Column(words.say("measures.paid_orders.label"), right=True),
        Column(words.say("tables.bottleneck_column")),
    ]
    return markdown_table(columns, rows)


def _measure_or_dash(name: str, subject: Subject, *, interval: bool = False) -> str:
    if name not in subject.outcome.measures:
        return subject.words.say("figures.missing")
    return figure_of(name, subject, interval=interval)
