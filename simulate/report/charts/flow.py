"""Cumulative orders paid against dispatched and collected."""

from itertools import accumulate
from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    csv_of_hours,
    data,
    finish,
    hours_scale,
    label_expression,
    moment_tip,
    pointer,
    short_number,
    time_axis,
)
from simulate.report.figures import number
from simulate.report.grid import Column
from simulate.report.subject import Subject, column_step
from simulate.scenario.promises import WindowPromise

NAME = "flow"
HEIGHT = 340
MOST_HOURS = 700
CURVES = ("paid", "dispatched", "collected")

Curves = dict[str, list[float]]


def draw(subject: Subject) -> Figure:
    """Return the chart of what flowed in and out since the start."""
    say = subject.words.say
    curves = _curves(subject)
    columns = {say(f"charts.flow.{name}"): curves[name] for name in CURVES}
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="curves",
        still=finish(_chart(subject, curves, live=False), HEIGHT),
        live=finish(_chart(subject, curves, live=True), HEIGHT, wide=True),
        alt=_finding(subject, curves),
        title=say("charts.flow.title"),
        explanation=say(_explanation(subject)),
        columns=[
            Column(say("charts.at")),
            *(Column(heading, right=True) for heading in columns),
        ],
        rows=_rows(subject, curves),
        csv=csv_of_hours(subject, columns, "orders", heading="charts.at"),
    )


def _explanation(subject: Subject) -> str:
    cancelled = subject.outcome.measures.get("cancelled_orders")
    some = cancelled is not None and cancelled.mean >= 0.5
    return "charts.flow.explanation_cancelled" if some else "charts.flow.explanation"


def _curves(subject: Subject) -> Curves:
    """Return orders since the start at the beginning and after each hour; paid with the backlog."""
    shown, series = subject.hours_shown, subject.outcome.series
    opening = subject.outcome.measures.get("opening_orders")
    first = {"paid": opening.mean if opening else 0.0}
    return {
        name: list(accumulate(series[name].mean[:shown], initial=first.get(name, 0.0)))
        for name in CURVES
    }


def _chart(subject: Subject, curves: Curves, *, live: bool) -> Any:
    say = subject.words.say
    step = max(1, -(-subject.hours_shown // MOST_HOURS))
    records: list[Record] = [
        {"t": subject.wall(hour * 3600), **{n: short_number(curves[n][hour]) for n in CURVES}}
        for hour in range(0, subject.hours_shown + 1, step)
    ]
    base = alt.Chart(data(records))
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    axis = alt.Axis(title=say("charts.flow.y"), tickCount=5, format=",.0f")
    labels = {name: say(f"charts.flow.{name}") for name in CURVES}
    layers = [
        base.mark_area(style="gap").encode(
            x=x, y=alt.Y("paid:Q", axis=axis), y2=alt.Y2("dispatched:Q")
        ),
        base.transform_fold(list(CURVES), as_=["key", "orders"])
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x,
            y=alt.Y("orders:Q", axis=axis),
            color=alt.Color(
                "key:N",
                scale=alt.Scale(domain=list(CURVES)),
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    symbolType="stroke",
                    symbolStrokeWidth=3,
                    labelExpr=label_expression(list(labels), list(labels.values())),
                ),
            ),
        ),
    ]
    layers += _deadline(subject)
    if live:
        tips = [moment_tip(subject)] + [
            alt.Tooltip(f"{name}:Q", title=labels[name], format=",.0f") for name in CURVES
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _deadline(subject: Subject) -> list[Any]:
    """Return a line at the campaign's one cut-off, if it has one and the chart reaches it."""
    promise, say = subject.scenario.promise, subject.words.say
    if not isinstance(promise, WindowPromise):
        return []
    seconds = subject.scenario.seconds(promise.collected_by)
    if not 0 < seconds <= subject.hours_shown * 3600:
        return []
    label = say("charts.flow.deadline")
    base = alt.Chart(data([{"t": subject.wall(seconds), "label": label}]))
    x = alt.X("t:T", scale=hours_scale(subject))
    return [
        base.mark_rule(style="promised").encode(x=x),
        base.mark_text(style="note", align="right", dx=-6, dy=-8, baseline="bottom").encode(
            x=x, y=alt.value("height"), text="label:N"
        ),
    ]


def _finding(subject: Subject, curves: Curves) -> str:
    paid, dispatched = curves["paid"], curves["dispatched"]
    if paid[-1] < 0.5:
        return subject.words.say("charts.nothing")
    gaps = [before - after for before, after in zip(paid, dispatched, strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    paid_end = next(hour for hour, orders in enumerate(paid) if orders >= 0.999 * paid[-1])
    half = next(
        (hour for hour, orders in enumerate(dispatched) if orders >= paid[-1] / 2), len(paid) - 1
    )
    return subject.words.say(
        "charts.flow.alt",
        paid=number(paid[-1]),
        paid_end=subject.moment(paid_end * 3600),
        half=subject.moment(half * 3600),
        dispatched=number(dispatched[-1]),
        end=subject.moment(3600 * (len(paid) - 1)),
        moment=subject.moment(widest * 3600),
        gap=number(gaps[widest]),
    )


def _rows(subject: Subject, curves: Curves) -> list[list[str]]:
    shown = subject.hours_shown
    hours = list(range(0, shown + 1, column_step(shown, 32)))
    return [
        [subject.moment(hour * 3600), *(number(curves[name][hour]) for name in CURVES)]
        for hour in hours
    ]
