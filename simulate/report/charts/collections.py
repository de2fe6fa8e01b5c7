"""Parcels on the dock, hour by hour, and what each visit of the courier takes."""

from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    coloured,
    data,
    finish,
    hours_scale,
    label_expression,
    legend_columns,
    short_number,
    stamp,
    stamp_tip,
    time_axis,
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.figures import number, span
from simulate.report.grid import Column, csv_text
from simulate.report.subject import Subject
from simulate.report.warehouse_tables import taken_words, visits_shown
from simulate.results.outcome import CourierVisit

NAME = "collections"
HEIGHT = 320
KEYS = ("waiting", "taken", "capacity")
"""In the order of the palette."""

MOST_HOURS = 1200
MOST_ROWS = 36
LEFT = 0.1
"""Share of the parcels on the dock that makes a visit one that leaves parcels behind."""

FAR = 3.0
"""A capacity beyond this many times the parcels of the campaign would only flatten the chart."""


def draw(subject: Subject) -> Figure:
    """Return the chart of collections."""
    say, visits = subject.words.say, visits_shown(subject)
    headings = ("waiting", "taken", "capacity")
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="courier",
        still=finish(_chart(subject, visits, live=False), HEIGHT),
        live=finish(_chart(subject, visits, live=True), HEIGHT, wide=True),
        alt=_finding(subject, visits),
        title=say("charts.collections.title"),
        explanation=say("charts.collections.explanation"),
        columns=[
            Column(say("tables.collections.visit")),
            *(Column(say(f"tables.collections.{each}"), right=True) for each in headings),
        ],
        rows=_rows(subject, visits),
        csv=_csv(subject),
    )


def _chart(subject: Subject, visits: list[CourierVisit], *, live: bool) -> Any:
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    y_axis = alt.Axis(title=subject.words.say("charts.collections.y"), tickCount=5, format=",.0f")

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", axis=y_axis)

    legend = _legend(subject)
    dock = alt.Chart(data(_hours(subject)))
    called = alt.Chart(data(_records(subject, visits)))
    bars = called.mark_bar(size=alt.ExprRef(expr=_bar_width(visits)), opacity=0.9)
    spread = called.mark_rule(style="total", strokeWidth=1, opacity=0.7)
    limited = called.transform_filter("isValid(datum.c)")
    ticks = limited.mark_tick(
        size=alt.ExprRef(expr=f"{_bar_width(visits)} + 6"), thickness=2, orient="horizontal"
    )
    area = dock.mark_area(line=False, opacity=0.55).encode(x=x, y=y("n"))
    taken = bars.encode(x=x, y=y("m"))
    if live:
        taken = taken.encode(tooltip=_tips(subject))
    return alt.layer(
        coloured(area, "waiting", KEYS, legend),
        coloured(taken, "taken", KEYS, legend),
        spread.encode(x=x, y=y("l"), y2="h:Q"),
        coloured(ticks.encode(x=x, y=y("c")), "capacity", KEYS, legend),
    )


def _bar_width(visits: list[CourierVisit]) -> str:
    """Return the width of a bar as a Vega expression: visits stand apart on a phone too."""
    return f"max(2, min(9, 0.4 * width / {max(1, len(visits))}))"


def _hours(subject: Subject) -> list[Record]:
    """Return the parcels on the dock: one record for the middle of each hour."""
    series, shown = subject.outcome.series, subject.hours_shown
    dock = series["dock"].mean if "dock" in series else (0.0,) * shown
    step = max(1, -(-shown // MOST_HOURS))
    return [
        {"t": subject.wall(hour * 3600 + 1800), "n": short_number(dock[hour])}
        for hour in range(0, shown, step)
    ]


def _records(subject: Subject, visits: list[CourierVisit]) -> list[Record]:
    """Return one record a visit; a capacity far above everything else is left out."""
    most = max((max(visit.waiting, visit.taken.high) for visit in visits), default=0.0)
    return [
        {
            "t": subject.wall(visit.planned),
            "m": short_number(visit.taken.mean),
            "l": short_number(visit.taken.low),
            "h": short_number(visit.taken.high),
            "w": short_number(visit.waiting),
            "c": None
            if visit.capacity is None or visit.capacity > FAR * most
            else short_number(visit.capacity),
            "f": _capacity(subject, visit),
        }
        for visit in visits
    ]


def _legend(subject: Subject) -> Any:
    labels = [subject.words.say(f"charts.collections.{key}") for key in KEYS]
    return alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=1),
        labelExpr=label_expression(list(KEYS), labels),
    )


def _tips(subject: Subject) -> list[Any]:
    say = subject.words.say
    taken = say("tables.collections.taken")
    return [
        stamp_tip(subject, "t", "tables.collections.visit"),
        alt.Tooltip("w:Q", title=say("tables.collections.waiting"), format=",.0f"),
        alt.Tooltip("m:Q", title=taken, format=",.0f"),
        alt.Tooltip("l:Q", title=say("charts.low", name=taken), format=",.0f"),
        alt.Tooltip("h:Q", title=say("charts.high", name=taken), format=",.0f"),
        alt.Tooltip("f:N", title=say("tables.collections.capacity")),
    ]


def _capacity(subject: Subject, visit: CourierVisit) -> str:
    if visit.capacity is None:
        return subject.words.say("tables.collections.no_limit")
    return number(visit.capacity)


def _finding(subject: Subject, visits: list[CourierVisit]) -> str:
    say = subject.words.say
    if not visits:
        return say("tables.collections.none")
    fullest = max(visits, key=lambda visit: visit.taken.mean)
    behind = [visit for visit in visits if visit.waiting - visit.taken.mean > LEFT * visit.waiting]
    figures = {
        "visits": str(len(visits)),
        "moment": subject.moment(fullest.planned),
        "taken": number(fullest.taken.mean),
        "interval": span(fullest.taken, subject.words),
        "capacity": _capacity(subject, fullest),
    }
    if not behind:
        return say("charts.collections.alt", **figures)
    worst = max(behind, key=lambda visit: visit.waiting - visit.taken.mean)
    return say(
        "charts.collections.alt_behind",
        behind=str(len(behind)),
        worst=subject.moment(worst.planned),
        left=number(worst.waiting - worst.taken.mean),
        **figures,
    )


def _rows(subject: Subject, visits: list[CourierVisit]) -> list[list[str]]:
    step = max(1, -(-len(visits) // MOST_ROWS))
    return [
        [
            subject.moment(visit.planned),
            number(visit.waiting),
            taken_words(visit, subject),
            escape(_capacity(subject, visit)),
        ]
        for visit in visits[::step]
    ]


def _csv(subject: Subject) -> str:
    """Return every visit, those with nothing to take as well."""
    say = subject.words.say
    taken = say("tables.collections.taken")
    parcels = (
        say("tables.collections.waiting"),
        taken,
        say("charts.low", name=taken),
        say("charts.high", name=taken),
        say("tables.collections.capacity"),
    )
    shares = (say("tables.collections.late"), say("tables.collections.missed"))
    headings = [
        say("tables.collections.visit"),
        *(with_unit(subject, each, "parcels") for each in parcels),
        *(with_unit(subject, each, "share") for each in shares),
    ]
    rows = [
        [
            stamp(subject, each.planned),
            each.waiting, each.taken.mean, each.taken.low, each.taken.high, each.capacity,
            round(100 * each.late_share, 3), round(100 * each.missed_share, 3),
        ]
        for each in subject.outcome.collections
    ]  # fmt: skip
    return csv_text(headings, rows)
