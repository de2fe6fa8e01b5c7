"""Backlog by station over time, with the band of nine campaigns in ten for the whole line."""

from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    csv_of_hours,
    data,
    finish,
    label_expression,
    moment_tip,
    pointer,
    short_number,
    time_axis,
    time_scale,
)
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column
from simulate.report.subject import ERP, Subject, column_step

NAME = "backlog"
HEIGHT = 360
MOST_AREAS = 8
MOST_CELLS = 4500
OTHER = "other"

Areas = list[tuple[str, list[float]]]


def draw(subject: Subject) -> Figure:
    """Return the chart of the backlog."""
    say = subject.words.say
    areas = _areas(subject)
    records = _records(subject, areas)
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="stations",
        still=finish(_chart(subject, areas, records, live=False), HEIGHT, subject),
        live=finish(_chart(subject, areas, records, live=True), HEIGHT, subject, wide=True),
        alt=_finding(subject),
        title=say("charts.backlog.title"),
        explanation=say("charts.backlog.explanation"),
        columns=[
            Column(say("charts.hour")),
            Column(say("charts.backlog.total"), right=True),
            Column(say("charts.backlog.bounds"), right=True),
            *(Column(escape(label), right=True) for label, _ in areas),
        ],
        rows=_rows(subject, areas),
        csv=_csv(subject),
    )


def _places(subject: Subject) -> list[str]:
    """Return the ERP and the stations that have a series, in the order of the line."""
    return [
        place for place in (ERP, *subject.stations) if f"backlog/{place}" in subject.outcome.series
    ]


def _areas(subject: Subject) -> Areas:
    """Return label and backlog of each area; on a long line the smallest are put together."""
    shown = subject.hours_shown
    means = {
        place: list(subject.outcome.series[f"backlog/{place}"].mean[:shown])
        for place in _places(subject)
    }
    if ERP in means and max(means[ERP]) < 0.5:
        del means[ERP]
    if len(means) <= MOST_AREAS:
        return [(subject.place(place), values) for place, values in means.items()]
    largest = sorted(means, key=lambda place: -sum(means[place]))[: MOST_AREAS - 1]
    rest = [values for place, values in means.items() if place not in largest]
    together = [sum(hour) for hour in zip(*rest, strict=True)]
    kept = [(subject.place(place), means[place]) for place in means if place in largest]
    return [*kept, (subject.words.say("charts.backlog.other"), together)]


def _records(subject: Subject, areas: Areas) -> list[Record]:
    """Return one record an hour: middle of the hour, areas ``s0`` and on, total with its band."""
    outcome, shown = subject.outcome, subject.hours_shown
    total = outcome.series["backlog"]
    step = max(1, -(-shown * (len(areas) + 3) // MOST_CELLS))
    records: list[Record] = []
    for hour in range(0, shown, step):
        record: Record = {
            "t": subject.wall(outcome.hour_starts[hour] + 1800),
            "m": short_number(total.mean[hour]),
            "l": short_number(total.low[hour]),
            "h": short_number(total.high[hour]),
        }
        record |= {f"s{i}": short_number(values[hour]) for i, (_, values) in enumerate(areas)}
        records.append(record)
    return records


def _chart(subject: Subject, areas: Areas, records: list[Record], *, live: bool) -> Any:
    say = subject.words.say
    keys = [f"s{index}" for index in range(len(areas))]
    labels: list[Record] = [
        {"key": key, "label": label, "n": index}
        for index, (key, (label, _)) in enumerate(zip(keys, areas, strict=True))
    ]
    x = alt.X("t:T", scale=time_scale(subject), axis=time_axis(subject, grid=False))
    y_axis = alt.Axis(title=say("charts.backlog.y"), tickCount=5, format=",.0f")
    base = alt.Chart(data(records))
    stacked = (
        base.transform_fold([*keys], as_=["key", "orders"])
        .transform_lookup(
            "key", from_=alt.LookupData(data=data(labels), key="key", fields=["label", "n"])
        )
        .mark_area(interpolate="monotone", line=False)
        .encode(
            x=x,
            y=alt.Y("orders:Q", stack="zero", axis=y_axis),
            color=alt.Color(
                "key:N",
                scale=alt.Scale(domain=keys),
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    columns=alt.ExprRef(expr="max(2, floor(width / 84))"),
                    labelExpr=label_expression(keys, [label for label, _ in areas]),
                ),
            ),
            order=alt.Order("n:Q", sort="descending"),
        )
    )
    layers = [stacked]
    for field, style in (("l", "bound"), ("h", "bound"), ("m", "total")):
        line = base.mark_line(interpolate="monotone", style=style)
        layers.append(line.encode(x=x, y=alt.Y(f"{field}:Q", axis=y_axis)))
    if live:
        tips = [
            moment_tip(subject),
            alt.Tooltip("m:Q", title=say("charts.backlog.total"), format=",.0f"),
            alt.Tooltip("l:Q", title="P5", format=",.0f"),
            alt.Tooltip("h:Q", title="P95", format=",.0f"),
            *(
                alt.Tooltip(f"{key}:Q", title=label, format=",.0f")
                for key, (label, _) in zip(keys, areas, strict=True)
            ),
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _peak(subject: Subject) -> int:
    means = subject.outcome.series["backlog"].mean
    return max(range(len(means)), key=means.__getitem__)


def _finding(subject: Subject) -> str:
    outcome, say = subject.outcome, subject.words.say
    hour, total = _peak(subject), outcome.series["backlog"]
    largest = max(_places(subject), key=lambda place: outcome.series[f"backlog/{place}"].mean[hour])
    figures = {
        "peak": number(total.mean[hour]),
        "moment": subject.moment(outcome.hour_starts[hour]),
        "low": number(total.low[hour]),
        "high": number(total.high[hour]),
        "station": escape(subject.place(largest)),
        "station_orders": number(outcome.series[f"backlog/{largest}"].mean[hour]),
    }
    if outcome.cleared_at is None:
        return say("charts.backlog.alt_stays", **figures)
    return say("charts.backlog.alt", cleared=subject.moment(outcome.cleared_at), **figures)


def _rows(subject: Subject, areas: Areas) -> list[list[str]]:
    outcome, shown = subject.outcome, subject.hours_shown
    total = outcome.series["backlog"]
    return [
        [
            subject.moment(outcome.hour_starts[hour]),
            number(total.mean[hour]),
            subject.words.say(
                "figures.low_to_high", low=number(total.low[hour]), high=number(total.high[hour])
            ),
            *(number(values[hour]) for _, values in areas),
        ]
        for hour in range(0, shown, column_step(shown, 32))
    ]


def _csv(subject: Subject) -> str:
    outcome, say = subject.outcome, subject.words.say
    total, name = outcome.series["backlog"], say("charts.backlog.total")
    columns = {
        name: total.mean,
        say("charts.low", name=name): total.low,
        say("charts.high", name=name): total.high,
    }
    for place in _places(subject):
        label = subject.place(place)
        # Two stations may bear one label; their names differ.
        heading = f"{label} {place}" if label in columns else label
        columns[heading] = outcome.series[f"backlog/{place}"].mean
    return csv_of_hours(subject, columns, "orders")
