"""The fluid bound in the terminal: a few lines and a table for people, JSON for programs."""

import json
import sys
from dataclasses import asdict
from html import unescape
from io import StringIO

from simulate.experiment.bound import Bound
from simulate.experiment.bound import bound as fluid_bound
from simulate.report.figures import number
from simulate.report.questions.bounded import Bounded
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.terminal import width
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded

FEW_DRAWS = 5


def tell_bound(loaded: Loaded, bound: Bound) -> str:
    """Return a fluid bound for a person."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Bounded(bound=bound, subject=unsimulated(loaded, load_words("en")))
    say = shown.subject.words.say
    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(shown.subject.title, style="bold", markup=False)
    for sentence in shown.sentences:
        console.print(unescape(sentence), markup=False)
    table = Table(say("bound.place"), box=None, pad_edge=False)
    for key in ("best_share", "load", "stretch", "peak", "gone"):
        table.add_column(say(f"bound.{key}"), justify="right")
    for place in shown.ordered:
        peak = max(place.waiting, default=0.0)
        until = shown.moment(place.tight_until)
        table.add_row(
            Text(unescape(shown.place(place))),
            shown.share(place.on_time_share.mean),
            shown.load(place),
            say("figures.low_to_high", low=shown.moment(place.tight_from), high=until),
            number(peak) if place.waiting else "",
            shown.moment(place.cleared_at) if place.waiting and peak >= 0.5 else "",
        )
    console.print()
    console.print(table)
    console.print(
        f"Worked out on {bound.draws} drawn demands, seed {bound.seed}; nothing was simulated.",
        style="dim",
    )
    lines = console.export_text(styles=sys.stdout.isatty()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def bound_document(bound: Bound) -> str:
    """Return a fluid bound as one JSON document; hours after the last with anything are left out.

    Times are seconds since the scenario's start.
    """
    document = asdict(bound)
    last = max(
        (hour + 1 for place in bound.places for series in (place.due, place.waiting)
         for hour, amount in enumerate(series) if amount > 0), default=0
    )  # fmt: skip
    for holder in (document, *document["places"]):
        for name in ("hour_starts", "waiting", "due", "people"):
            if name in holder:
                holder[name] = holder[name][:last]
    document["limiting"] = bound.places[bound.limiting].name if bound.places else None
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def told_before(loaded: Loaded) -> str:
    """Return what cannot work even if nothing varies, to be told before a simulation; or nothing.

    On fewer demands than `peakbook bound` draws: it takes a fraction of a second.
    """
    asked = loaded.scenario.targets
    if asked.on_time_share is None and asked.late_orders is None:
        return ""
    found = fluid_bound(loaded, draws=FEW_DRAWS)
    shown = Bounded(bound=found, subject=unsimulated(loaded, load_words("en")))
    return unescape(shown.cannot)
