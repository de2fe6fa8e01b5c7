"""How many people each shift needs, beside how many it has."""

from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    coloured,
    data,
    finish,
    label_expression,
    legend_columns,
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column, csv_text
from simulate.report.questions.staffed import Staffed

NAME = "staff"
STRIP = 52
FRAME = 92
LOW, HIGH, TITLE = 0.12, 0.56, 0.64
"""Where a bar begins and ends in its strip, and where its title stands."""

KEYS = ("answer", "today")
"""In the order of the palette."""


def draw(staffed: Staffed) -> Figure:
    """Return the chart of people by shift."""
    say, found = staffed.subject.words.say, staffed.staffing
    height = FRAME + STRIP * len(found.knobs)
    return Figure(
        name=NAME,
        height=height,
        colours="people",
        still=finish(_chart(staffed, live=False), height),
        live=finish(_chart(staffed, live=True), height, wide=True),
        alt=_finding(staffed),
        title=say("charts.staff.title"),
        explanation=say("charts.staff.explanation"),
        columns=[
            Column(say("staff.shift")),
            *(Column(say(f"staff.{key}"), right=True) for key in ("now", "least", "answer")),
        ],
        rows=[[escape(name), *map(str, counts)] for name, *counts in _counted(staffed)],
        csv=_csv(staffed),
    )


def _counted(staffed: Staffed) -> list[tuple[str, int, int, int]]:
    """Return every shift with its people today, at least, and as found."""
    found = staffed.staffing
    return [
        (staffed.shift(knob.pool, knob.shift), knob.today, least, answer)
        for knob, least, answer in zip(found.knobs, found.least, found.best.people, strict=True)
    ]


def _chart(staffed: Staffed, *, live: bool) -> Any:
    say, rows = staffed.subject.words.say, _counted(staffed)
    records: list[Record] = []
    for index, (name, today, least, answer) in enumerate(rows):
        base = len(rows) - 1 - index
        records.append({
            "l": name, "n": str(answer), "today": today, "least": least, "answer": answer,
            "a": base + LOW, "b": base + HIGH, "m": base + (LOW + HIGH) / 2, "h": base + TITLE,
            "z": 0, "e": base + LOW - 0.08, "f": base + HIGH + 0.08,
        })  # fmt: skip
    most = max(max(row[1:]) for row in rows) + 1
    base_chart = alt.Chart(data(records))
    scale = alt.Scale(domain=[0, len(rows)], nice=False)

    def x(field: str) -> Any:
        axis = alt.Axis(title=say("charts.staff.y"), tickMinStep=1, format=".0f", grid=True)
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=axis)

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    tips = []
    if live:
        tips = [alt.Tooltip("l:N", title=say("staff.shift"))] + [
            alt.Tooltip(f"{key}:Q", title=say(f"charts.staff.{key}"), format=".0f")
            for key in ("today", "least", "answer")
        ]
    bars = base_chart.mark_rect().encode(x=x("z"), x2="answer:Q", y=y("a"), y2="b:Q", tooltip=tips)
    marks = base_chart.mark_rule(strokeWidth=3).encode(x=x("today"), y=y("e"), y2="f:Q")
    least = base_chart.mark_rule(style="bound").encode(x=x("least"), y=y("e"), y2="f:Q")
    titles = base_chart.mark_text(
        style="value", align="left", baseline="bottom", fontWeight="bold"
    ).encode(x=alt.value(0), y=y("h"), text="l:N")
    numbers = base_chart.mark_text(style="value", align="left", dx=8).encode(
        x=x("answer"), y=y("m"), text="n:N"
    )
    legend = _legend(staffed)
    return alt.layer(
        coloured(bars, "answer", KEYS, legend),
        least,
        coloured(marks, "today", KEYS, legend),
        titles,
        numbers,
    )


def _legend(staffed: Staffed) -> Any:
    labels = [staffed.subject.words.say(f"charts.staff.{key}") for key in KEYS]
    return alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=2),
        labelExpr=label_expression(list(KEYS), labels),
    )


def _finding(staffed: Staffed) -> str:
    say = staffed.subject.words.say
    key = "told" if staffed.staffing.answer is not None else "told_best"
    told = say("staff.join").join(
        say(f"charts.staff.{key}", shift=escape(name), answer=number(answer), today=number(today))
        for name, today, _, answer in _counted(staffed)
    )
    return say("charts.staff.alt", told=told)


def _csv(staffed: Staffed) -> str:
    say, subject = staffed.subject.words.say, staffed.subject
    headings = [
        say("staff.shift"),
        *(with_unit(subject, say(f"staff.{key}"), "people") for key in ("now", "least", "answer")),
    ]
    return csv_text(headings, [list(row) for row in _counted(staffed)])
