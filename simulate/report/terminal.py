"""Answers in the terminal: text for people, one JSON document for programs."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from io import StringIO
from math import isfinite
from typing import TYPE_CHECKING, Any

from simulate.report import figures
from simulate.report.channel_tables import ads_line, overbid_lines, price
from simulate.report.cost_tables import cost_line
from simulate.report.measures import by_subject, figure_of
from simulate.report.subject import Subject
from simulate.report.verdicts import effort, lead, sentence
from simulate.report.words import load_words
from simulate.results.outcome import Outcome
from simulate.scenario.loading import Loaded

if TYPE_CHECKING:  # it reaches the charts, which an answer in the terminal does not need
    from simulate.report.checking import Finding

Done = Callable[[int], None]


def as_document(outcome: Outcome) -> str:
    """Return an outcome as one JSON document; a bound that is not known is null."""
    document = {
        "scenario": outcome.scenario,
        "fingerprint": outcome.fingerprint,
        "seed": outcome.seed,
        "replications": outcome.replications,
        "stopped": outcome.stopped,
        "more_needed": outcome.more_needed,
        "floor": outcome.floor,
        "verdict": outcome.verdict.word,
        "targets": [
            {
                "measure": each.measure,
                "at_least" if each.at_least else "at_most": each.target,
                "verdict": each.word,
            }
            for each in outcome.verdict.judgements
        ],
        "bottleneck": outcome.bottleneck and outcome.bottleneck.place,
        "measures": {
            name: {
                "mean": _finite(estimate.mean),
                "low": _finite(estimate.low),
                "high": _finite(estimate.high),
                "unit": estimate.unit,
            }
            for name, estimate in outcome.measures.items()
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def tell(loaded: Loaded, outcome: Outcome) -> str:
    """Return an outcome for a person: the answer first, then targets, then every measure."""
    from rich.console import Console

    words = load_words("en")
    subject = Subject(loaded=loaded, outcome=outcome, words=words)
    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(subject.title, style="bold", markup=False)
    answer = f"{lead(subject)} {unescape(sentence(subject))}"
    console.print(answer, markup=False)
    for line in (cost_line(subject), ads_line(subject)):
        if line:
            console.print(line, markup=False)
    if told := effort(subject):
        console.print(told, markup=False)
    for warning in overbid_lines(subject):
        console.print(f"  {'warning':<10}{unescape(warning)}", markup=False)
    for judgement in outcome.verdict.judgements:
        key = "at_least" if judgement.at_least else "at_most"
        bound = figures.value(judgement.target, judgement.estimate.unit, words)
        label, _ = subject.measure(judgement.measure)
        asked = words.say(f"verdicts.{key}", measure=label, target=bound)
        result = figures.show(judgement.estimate, words)
        short = words.say(f"verdicts.{judgement.word}.short")
        console.print(f"  {short:<10}{asked}: {result}", markup=False)
    console.print()
    if outcome.channels:
        console.print(_channels(subject))
        console.print()
    console.print(_table(subject))
    console.print(
        f"{outcome.replications} replications, seed {outcome.seed}, "
        f"fingerprint {outcome.fingerprint}",
        style="dim",
    )
    return console.export_text(styles=sys.stdout.isatty()).rstrip("\n")


def _channels(subject: Subject) -> Any:
    """Return in short what each channel brings and costs, the one that sells most first."""
    from rich.table import Table

    table = Table("Channel", box=None, pad_edge=False)
    for heading in ("Visitors", "Conversion", "Sales", "Cost", "Return", "A click", "At most"):
        table.add_column(heading, justify="right")
    for each in sorted(subject.outcome.channels, key=lambda channel: -channel.sales.mean):
        shown = (each.visitors, each.conversion, each.sales, each.cost, each.return_on_ads)
        table.add_row(
            subject.channel(each.channel),
            *("" if e is None else figures.show(e, subject.words, interval=False) for e in shown),
            *("" if e is None else price(e, subject) for e in (each.click_price, each.bid_ceiling)),
        )
    return table


def _table(subject: Subject) -> Any:
    """Return every measure with its interval, by subject."""
    from rich.table import Table

    table = Table("Measure", box=None, pad_edge=False)
    table.add_column("Mean", justify="right")
    table.add_column("95 % interval", justify="right")
    measures = subject.outcome.measures
    for about, names in by_subject(list(measures), subject).items():
        table.add_row(subject.words.say(f"subjects.{about}"), style="bold")
        for name in names:
            label, _ = subject.measure(name)
            interval = "" if name.endswith("_at") else figures.span(measures[name], subject.words)
            table.add_row(f"  {label}", figure_of(name, subject, interval=False), interval)
    return table


def width() -> int:
    """Return the columns to write: those of the terminal, within reason; elsewhere the most."""
    import shutil

    most = 110
    if not sys.stdout.isatty():
        return most
    return max(60, min(most, shutil.get_terminal_size((100, 24)).columns))


@contextmanager
def steps() -> Iterator[Callable[[str, int], Done]]:
    """Yield a function that opens the next step, with its name and total, and returns its `done`.

    On a terminal the steps are shown as bars; elsewhere nothing is printed.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _total: lambda _: None
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def step(what: str, total: int) -> Done:
            task = bar.add_task(what, total=total)
            return lambda count: bar.update(task, completed=count)

        yield step


def tell_findings(findings: Sequence["Finding"]) -> str:
    """Return what a check found, one line each, for a person."""
    if not findings:
        return "Every block is fresh, every plan keeps its targets."
    return "\n".join(str(finding) for finding in findings)


def findings_as_document(findings: Sequence["Finding"]) -> str:
    """Return what a check found as one JSON document."""
    document = [
        {
            "kind": finding.kind,
            "file": str(finding.place.file),
            "line": finding.place.line,
            "column": finding.place.column,
            "message": finding.message,
        }
        for finding in findings
    ]
    return json.dumps({"findings": document}, indent=2, ensure_ascii=False) + "\n"
