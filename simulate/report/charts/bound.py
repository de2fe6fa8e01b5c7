"""The backlog that must be there, below the one that the simulation has."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    coloured,
    csv_of_hours,
    data,
    finish,
    hours_scale,
    label_expression,
    legend_columns,
    moment_tip,
    pointer,
    short_number,
    time_axis,
)
from simulate.report.figures import number
from simulate.report.grid import Column
from simulate.report.questions.bounded import Bounded
from simulate.report.subject import column_step

NAME = "bound"
HEIGHT = 320
MOST_HOURS = 700
KEYS = ("floor", "simulated")
"""In the order of the palette."""


def draw(bounded: Bounded) -> Figure:
    """Return the chart of the backlog that must be there and of the simulated one."""
    say = bounded.subject.words.say
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="people",
        still=finish(_chart(bounded, live=False), HEIGHT),
        live=finish(_chart(bounded, live=True), HEIGHT, wide=True),
        alt=_finding(bounded),
        title=say("charts.bound.title"),
        explanation=say("charts.bound.explanation"),
        columns=[
            Column(say("charts.hour")),
            *(Column(say(f"charts.bound.{key}"), right=True) for key in KEYS),
        ],
        rows=_rows(bounded),
        csv=_csv(bounded),
    )


def series_of(bounded: Bounded) -> dict[str, Sequence[float]]:
    """Return both backlogs in each hour shown, as the mean over the hour."""
    shown = bounded.subject.hours_shown

    def cut(values: Sequence[float]) -> list[float]:
        return [*values[:shown], *(0.0 for _ in range(shown - len(values)))]

    simulated = bounded.subject.outcome.series["backlog"].mean
    ends = bounded.bound.waiting
    floor = [(begin + end) / 2 for begin, end in zip((0.0, *ends[:-1]), ends, strict=True)]
    return {"floor": cut(floor), "simulated": cut(simulated)}


def _chart(bounded: Bounded, *, live: bool) -> Any:
    subject, series = bounded.subject, series_of(bounded)
    step = max(1, -(-subject.hours_shown // MOST_HOURS))
    records: list[Record] = [
        {"t": subject.wall(hour * 3600 + 1800)}
        | {key: short_number(series[key][hour]) for key in KEYS}
        for hour in range(0, subject.hours_shown, step)
    ]
    base = alt.Chart(data(records))
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    axis = alt.Axis(title=subject.words.say("charts.bound.y"), tickCount=5, format=",.0f")
    area = base.mark_area(line=False).encode(x=x, y=alt.Y("floor:Q", axis=axis))
    line = base.mark_line(strokeWidth=2).encode(x=x, y=alt.Y("simulated:Q", axis=axis))
    legend = _legend(bounded)
    layers = [coloured(area, "floor", KEYS, legend), coloured(line, "simulated", KEYS, legend)]
    if live:
        tips = [moment_tip(subject)] + [
            alt.Tooltip(f"{key}:Q", title=subject.words.say(f"charts.bound.{key}"), format=",.0f")
            for key in KEYS
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _legend(bounded: Bounded) -> Any:
    labels = [bounded.subject.words.say(f"charts.bound.{key}") for key in KEYS]
    return alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=1),
        labelExpr=label_expression(list(KEYS), labels),
    )


def _finding(bounded: Bounded) -> str:
    say, bound = bounded.subject.words.say, bounded.bound
    highest = max(series_of(bounded)["simulated"], default=0.0)
    if bound.peak < 0.5:
        return say("charts.bound.alt_none", simulated=number(highest))
    return say(
        "charts.bound.alt",
        moment=bounded.moment(bound.peak_at),
        floor=number(bound.peak),
        simulated=number(highest),
    )


def _rows(bounded: Bounded) -> list[list[str]]:
    subject, series = bounded.subject, series_of(bounded)
    return [
        [subject.moment(hour * 3600), *(number(series[key][hour]) for key in KEYS)]
        for hour in range(0, subject.hours_shown, column_step(subject.hours_shown, 32))
    ]


def _csv(bounded: Bounded) -> str:
    say = bounded.subject.words.say
    series = series_of(bounded)
    columns = {say(f"charts.bound.{key}"): series[key] for key in KEYS}
    return csv_of_hours(bounded.subject, columns, "orders")
