"""A what-if grid with a slider for every input."""

import json
from typing import Any

import altair as alt

from simulate.experiment.whatif import Axis, GridPoint
from simulate.report.charts.figure import (
    Figure,
    Record,
    data,
    finish,
    label_expression,
    legend_columns,
    short_number,
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.grid import Column
from simulate.report.questions.gridded import Gridded

NAME = "whatif"
HEIGHT = 470
LINE = 19
WORDS = ("pass", "inconclusive", "fail", "none")
INDICES = ("i", "j", "k")
"""Fields with the number of each axis's value."""


def draw(gridded: Gridded) -> Figure:
    """Return the chart: the measure over the first input, the others chosen by sliders."""
    say, found = gridded.subject.words.say, gridded.found
    others = say("charts.whatif.join").join(
        say(
            "charts.whatif.others", input=gridded.label(axis), value=gridded.value(axis, axis.start)
        )
        for axis in found.axes[1:]
    )
    headings, rows = gridded.table()
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="states",
        still=finish(_chart(gridded, live=False), HEIGHT),
        live=finish(_chart(gridded, live=True), HEIGHT, wide=True),
        alt=_finding(gridded),
        title=say("charts.whatif.title"),
        explanation=say(
            "charts.whatif.explanation",
            measure=escape(gridded.name(gridded.measure)),
            input=escape(gridded.label(found.axes[0])),
            others=escape(others) or say("charts.whatif.alone"),
        ),
        columns=[Column(escape(each), right=index > 0) for index, each in enumerate(headings)],
        rows=[[escape(cell) for cell in row] for row in rows],
        csv=gridded.csv(),
    )


def _records(gridded: Gridded, *, live: bool) -> list[Record]:
    """Return a record a point; without sliders those alone that are drawn."""
    start = gridded.start
    return [
        _record(gridded, point)
        for point in gridded.found.points
        if live or point.at[1:] == start[1:]
    ]


def _record(gridded: Gridded, point: GridPoint) -> Record:
    first = gridded.found.axes[0]
    estimate = point.estimates.get(gridded.measure)
    scale = 100 if estimate is not None and estimate.unit == "share" else 1
    record: Record = {"x": _number(first, point.at[0]), "w": point.word}
    record["v"] = gridded.verdict(point)
    record |= dict(zip(INDICES, point.at, strict=False))
    if estimate is not None:
        record |= {
            "m": short_number(scale * estimate.mean),
            "l": short_number(scale * estimate.low),
            "h": short_number(scale * estimate.high),
        }
    figures = [gridded.figure(point.estimates.get(name)) for name in gridded.measures]
    return record | {f"t{index}": text for index, text in enumerate(figures)}


def _number(axis: Axis, index: int) -> float:
    return float(f"{axis.first + index * axis.step:.9g}")


def _chart(gridded: Gridded, *, live: bool) -> Any:
    axes = gridded.found.axes
    base = alt.Chart(data(_records(gridded, live=live)))
    if live:
        # Of a slider's value the number of the axis's value is taken, free of rounding.
        for index, axis in enumerate(axes[1:], start=1):
            base = base.transform_filter(_is_chosen(index, axis))
    chosen = base.transform_filter(
        _is_chosen(0, axes[0]) if live else f"datum.i == {axes[0].start}"
    )
    x = _x(gridded)
    y = _y(gridded, "m")
    band = base.mark_area(style="gap").encode(x=x, y=_y(gridded, "l"), y2="h:Q")
    line = base.mark_line(style="total").encode(x=x, y=y)
    shown: set[str] = {each.word for each in gridded.found.points}
    marks = [word for word in WORDS if word in shown]
    colour = alt.Color(
        "w:N",
        scale=alt.Scale(domain=list(WORDS)),
        legend=alt.Legend(
            title=None,
            orient="bottom",
            values=marks,
            symbolType="circle",
            columns=legend_columns(len(marks)),
            labelExpr=label_expression(
                marks, [gridded.subject.words.say(f"verdicts.{word}.badge") for word in marks]
            ),
        ),
    )
    points = base.mark_point(filled=True, size=60, opacity=1).encode(x=x, y=y, color=colour)
    ring = chosen.mark_point(filled=True, size=220, opacity=1).encode(x=x, y=y, color=colour)
    rule = chosen.mark_rule(style="bound").encode(x=x)
    layers = [band, *_target(gridded), line, rule, points, ring, *_texts(gridded, chosen)]
    chart = alt.layer(*layers)
    return chart.add_params(*_sliders(gridded)) if live else chart


def _is_chosen(index: int, axis: Axis) -> str:
    return f"datum.{INDICES[index]} == round((slider{index} - {axis.first:.9g}) / {axis.step:.9g})"


def _sliders(gridded: Gridded) -> list[Any]:
    """Return a slider for every axis, at the value nearest to the plan."""
    return [
        alt.param(
            name=f"slider{index}",
            value=_number(axis, axis.start),
            bind=alt.binding_range(
                min=_number(axis, 0),
                max=_number(axis, len(axis.values) - 1),
                step=axis.step,
                name=_slider_name(gridded, axis),
            ),
        )
        for index, axis in enumerate(gridded.found.axes)
    ]


def _slider_name(gridded: Gridded, axis: Axis) -> str:
    unit = axis.unit if axis.unit not in ("", "people", "x") else ""
    return f"{gridded.label(axis)} ({unit}) " if unit else f"{gridded.label(axis)} "


def _texts(gridded: Gridded, chosen: Any) -> list[Any]:
    """Return what is told of the chosen point, line by line, above the chart."""
    lines = _lines(gridded)
    return [
        chosen.transform_calculate(said=line)
        .mark_text(
            style="value",
            align="left",
            baseline="bottom",
            fontWeight="bold" if index in (1, 2) else "normal",
        )
        .encode(
            x=alt.value(0),
            y=alt.value(-10 - LINE * (len(lines) - 1 - index)),
            text="said:N",
        )
        for index, line in enumerate(lines)
    ]


def _lines(gridded: Gridded) -> list[str]:
    """Return Vega expressions: the point's values, its verdict and its measures with intervals.

    Texts stand in them as string literals.
    """
    say, axes = gridded.subject.words.say, gridded.found.axes
    places = []
    for index, axis in enumerate(axes):
        values = [
            say("whatif.column", input=gridded.label(axis), value=gridded.value(axis, number))
            for number in range(len(axis.values))
        ]
        places.append(f"{_literal(values)}[datum.{INDICES[index]}]")
    measures = [
        f"{_literal(say('charts.whatif.measure', measure=gridded.name(name), value=''))} "
        f"+ datum.t{index}"
        for index, name in enumerate(gridded.measures)
    ]
    join = f" + {_literal(say('whatif.join'))} + "
    return [join.join(places), "datum.v", *measures]


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _target(gridded: Gridded) -> list[Any]:
    if gridded.target is None:
        return []
    scale = 100 if gridded.planned.estimates[gridded.measure].unit == "share" else 1
    return [
        alt.Chart(data([{"target": scale * gridded.target}]))
        .mark_rule(style="promised", strokeDash=[6, 3])
        .encode(y="target:Q")
    ]


def _x(gridded: Gridded) -> Any:
    axis = gridded.found.axes[0]
    last = _number(axis, len(axis.values) - 1)
    pad = axis.step / 2
    unit = "" if axis.unit in ("", "people") else f" ({'×' if axis.unit == 'x' else axis.unit})"
    return alt.X(
        "x:Q",
        scale=alt.Scale(domain=[axis.first - pad, last + pad], nice=False),
        axis=alt.Axis(
            title=f"{gridded.label(axis)}{unit}",
            values=[_number(axis, index) for index in range(len(axis.values))],
            grid=False,
            labelOverlap=True,
        ),
    )


def _y(gridded: Gridded, field: str) -> Any:
    """Return the scale of the measure: all points, so that it stays when sliders move."""
    found = [
        point.estimates[gridded.measure]
        for point in gridded.found.points
        if gridded.measure in point.estimates
    ]
    unit = found[0].unit
    title = with_unit(gridded.subject, gridded.name(gridded.measure), unit)
    if unit == "share":
        least = 10 * (min(each.low for each in found) * 10 // 1)
        scale = alt.Scale(domain=[least, 100], nice=False)
    else:
        scale = alt.Scale(domain=[0, max(each.high for each in found)], nice=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(title=title, tickCount=5))


def _finding(gridded: Gridded) -> str:
    found = gridded.found.points
    known = [each.estimates[gridded.measure] for each in found if gridded.measure in each.estimates]
    low = min(known, key=lambda each: each.mean)
    high = max(known, key=lambda each: each.mean)
    return gridded.subject.words.say(
        "charts.whatif.alt",
        values=escape(gridded.place(gridded.start)),
        measure=escape(gridded.name(gridded.measure)),
        planned=gridded.figure(gridded.planned.estimates.get(gridded.measure)),
        low=gridded.figure(low, interval=False),
        high=gridded.figure(high, interval=False),
        held=str(sum(each.word == "pass" for each in found)),
        all=str(len(found)),
    )
