"""The backlogs of several plans over each other."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    data,
    finish,
    label_expression,
    legend_columns,
    moment_tip,
    pointer,
    short_number,
    stamp,
    time_axis,
    time_scale,
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column, csv_text
from simulate.report.questions.compared import Compared
from simulate.report.subject import column_step

NAME = "compare"
HEIGHT = 360
MOST_CELLS = 4500
FIRST_COLOUR = 2
"""Colours of the palette before this one are too pale for a line."""


def draw(compared: Compared) -> Figure:
    """Return the chart of the backlogs of all plans."""
    say = compared.words.say
    explanation = say("charts.compare.explanation")
    if len({subject.scenario.starts for subject in compared.subjects}) > 1:
        join = "" if explanation.endswith("。") else " "
        explanation = f"{explanation}{join}{say('charts.compare.shifted')}"
    return Figure(
        name="-".join([NAME, *(plan.name for plan in compared.plans[1:])]),
        height=HEIGHT,
        colours="stations",
        still=finish(_chart(compared, live=False), HEIGHT),
        live=finish(_chart(compared, live=True), HEIGHT, wide=True),
        alt=_finding(compared),
        title=say("charts.compare.title"),
        explanation=explanation,
        columns=[
            Column(say("charts.hour")),
            *(Column(escape(title), right=True) for title in titles(compared)),
        ],
        rows=_rows(compared),
        csv=_csv(compared),
    )


def titles(compared: Compared) -> list[str]:
    """Return what every plan is called."""
    return [compared.title(index) for index in range(len(compared.plans))]


def hours_of(compared: Compared) -> int:
    """Return how many hours to show: until nothing is left to happen in any plan."""
    return max(subject.hours_shown for subject in compared.subjects)


def series_of(compared: Compared, part: str = "mean") -> list[list[float]]:
    """Return the backlog of every plan by hour: its ``mean``, ``low`` or ``high``."""
    shown = hours_of(compared)
    found = []
    for subject in compared.subjects:
        values = list(getattr(subject.outcome.series["backlog"], part))[:shown]
        found.append(values + [0.0] * (shown - len(values)))
    return found


def scale_of(compared: Compared) -> Any:
    """Return the scale of time: the first plan's."""
    first = compared.subjects[0]
    return time_scale(first.wall(0), first.wall(hours_of(compared) * 3600))


def step_of(compared: Compared, cells: int) -> int:
    """Return every how many hours to draw, with so many numbers an hour."""
    return max(1, -(-hours_of(compared) * cells // MOST_CELLS))


def _keys(compared: Compared) -> list[str]:
    return [f"p{index}" for index in range(len(compared.plans))]


def _domain(keys: Sequence[str]) -> list[str]:
    """Return the categories in the order of the palette, the strong colours first."""
    pale = [f"none{index}" for index in range(FIRST_COLOUR)]
    strong, rest = list(keys[:7]), list(keys[7:])
    return [*(rest + pale)[:FIRST_COLOUR], *strong, *rest[FIRST_COLOUR:]]


def _records(compared: Compared, keys: Sequence[str]) -> list[Record]:
    first, values = compared.subjects[0], series_of(compared)
    step = step_of(compared, len(keys) + 1)
    return [
        {
            "t": first.wall(hour * 3600 + 1800),
            **{key: short_number(series[hour]) for key, series in zip(keys, values, strict=True)},
        }
        for hour in range(0, hours_of(compared), step)
    ]


def _chart(compared: Compared, *, live: bool) -> Any:
    keys, names = _keys(compared), titles(compared)
    base = alt.Chart(data(_records(compared, keys)))
    x = alt.X("t:T", scale=scale_of(compared), axis=time_axis(compared.subjects[0], grid=False))
    axis = alt.Axis(title=compared.words.say("charts.compare.y"), tickCount=5, format=",.0f")
    legend = alt.Legend(
        title=None,
        orient="top",
        values=keys,
        symbolType="stroke",
        symbolStrokeWidth=3,
        columns=legend_columns(len(keys), narrow=1, wide=3),
        labelExpr=label_expression(keys, names),
        labelLimit=320,
    )
    lines = (
        base.transform_fold([*keys], as_=["key", "orders"])
        .mark_line(strokeWidth=2)
        .encode(
            x=x,
            y=alt.Y("orders:Q", axis=axis),
            color=alt.Color("key:N", scale=alt.Scale(domain=_domain(keys)), legend=legend),
        )
    )
    # The first plan, which the others are held against, is the heavier line.
    heavy = lines.transform_filter(f"datum.key == '{keys[0]}'").mark_line(strokeWidth=3.5)
    layers = [lines, heavy]
    if live:
        tips = [moment_tip(compared.subjects[0])] + [
            alt.Tooltip(f"{key}:Q", title=name, format=",.0f")
            for key, name in zip(keys, names, strict=True)
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def peaks_of(compared: Compared) -> list[float]:
    """Return the highest backlog of every plan: the mean of each campaign's own."""
    return [subject.outcome.measures["peak_backlog"].mean for subject in compared.subjects]


def _finding(compared: Compared) -> str:
    peaks = peaks_of(compared)
    names = titles(compared)
    highest, lowest = (peaks.index(edge(peaks)) for edge in (max, min))
    return compared.words.say(
        "charts.compare.alt",
        highest=escape(names[highest]),
        high_orders=number(peaks[highest]),
        lowest=escape(names[lowest]),
        low_orders=number(peaks[lowest]),
    )


def _rows(compared: Compared) -> list[list[str]]:
    shown, values = hours_of(compared), series_of(compared)
    return [
        [
            compared.subjects[0].moment(hour * 3600),
            *(number(series[hour]) for series in values),
        ]
        for hour in range(0, shown, column_step(shown, 32))
    ]


def _csv(compared: Compared) -> str:
    """Return the backlog of every plan by hour, with its band."""
    first, say = compared.subjects[0], compared.words.say
    headings = [say("charts.hour")]
    columns: list[list[float]] = []
    parts = {part: series_of(compared, part) for part in ("mean", "low", "high")}
    for index, name in enumerate(titles(compared)):
        mean = with_unit(first, name, "orders")
        headings += [mean, say("charts.low", name=mean), say("charts.high", name=mean)]
        columns += [parts[part][index] for part in ("mean", "low", "high")]
    rows: list[list[str | float | None]] = [
        [stamp(first, hour * 3600), *(column[hour] for column in columns)]
        for hour in range(hours_of(compared))
    ]
    return csv_text(headings, rows)
