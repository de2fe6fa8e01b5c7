"""Backlog by station over time, with the band of nine campaigns in ten for the whole line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    legend_columns,
    moment_tip,
    pointer,
    short_number,
    time_axis,
)
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column
from simulate.report.subject import ERP, Subject, column_step

NAME = "backlog"
HEIGHT = 360
MOST_AREAS = 8
MOST_CELLS = 4500
COLOURED = [ERP, *(f"s{index}" for index in range(MOST_AREAS))]
"""Keys in the order of the palette."""


@dataclass(frozen=True, slots=True)
class Area:
    """One colour of the chart: its key in the data, its label, orders in each hour."""

    key: str
    label: str
    orders: Sequence[float]


def draw(subject: Subject) -> Figure:
    """Return the chart of the backlog."""
    say = subject.words.say
    areas = _areas(subject)
    records = _records(subject, areas)
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="stations",
        still=finish(_chart(subject, areas, records, live=False), HEIGHT),
        live=finish(_chart(subject, areas, records, live=True), HEIGHT, wide=True),
        alt=_finding(subject),
        title=say("charts.backlog.title"),
        explanation=say("charts.backlog.explanation"),
        columns=[
            Column(say("charts.hour")),
            Column(say("charts.backlog.total"), right=True),
            Column(say("charts.backlog.bounds"), right=True),
            *(Column(escape(area.label), right=True) for area in areas),
        ],
        rows=_rows(subject, areas),
        csv=_csv(subject),
    )


def _places(subject: Subject) -> list[str]:
    """Return the ERP and the stations that have a series, in the order of the line."""
    return [
        place for place in (ERP, *subject.stations) if f"backlog/{place}" in subject.outcome.series
    ]


def _areas(subject: Subject) -> list[Area]:
    """Return the areas in the order of the line; on a long line the smallest are put together.

    A station's key, and so its colour, is its position in the line. The ERP has a colour of its
    own, and no area if nothing ever waits there.
    """
    shown, series = subject.hours_shown, subject.outcome.series
    areas = []
    for place in _places(subject):
        orders = series[f"backlog/{place}"].mean[:shown]
        key = ERP if place == ERP else f"s{subject.stations.index(place)}"
        if place != ERP or max(orders) >= 0.5:
            areas.append(Area(key, subject.place(place), orders))
    if len(areas) <= MOST_AREAS:
        return areas
    largest = sorted(areas, key=lambda area: -sum(area.orders))[: MOST_AREAS - 1]
    rest = [area.orders for area in areas if area not in largest]
    together = [sum(hour) for hour in zip(*rest, strict=True)]
    kept = [
        replace(area, key=f"s{index}")
        for index, area in enumerate(area for area in areas if area in largest)
    ]
    label = subject.words.say("charts.backlog.other")
    return [*kept, Area(f"s{len(kept)}", label, together)]


def _records(subject: Subject, areas: list[Area]) -> list[Record]:
    """Return one record an hour: middle of the hour, areas by key, total with its band."""
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
        record |= {area.key: short_number(area.orders[hour]) for area in areas}
        records.append(record)
    return records


def _chart(subject: Subject, areas: list[Area], records: list[Record], *, live: bool) -> Any:
    say, keys = subject.words.say, [area.key for area in areas]
    ranks: list[Record] = [{"key": key, "n": index} for index, key in enumerate(keys)]
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    y_axis = alt.Axis(title=say("charts.backlog.y"), tickCount=5, format=",.0f")
    base = alt.Chart(data(records))
    stacked = (
        base.transform_fold([*keys], as_=["key", "orders"])
        .transform_lookup("key", from_=alt.LookupData(data=data(ranks), key="key", fields=["n"]))
        .mark_area(line=False)
        .encode(
            x=x,
            y=alt.Y("orders:Q", stack="zero", axis=y_axis),
            color=alt.Color(
                "key:N",
                scale=alt.Scale(domain=COLOURED),
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    values=keys,
                    columns=legend_columns(len(areas)),
                    labelExpr=label_expression(keys, [area.label for area in areas]),
                ),
            ),
            order=alt.Order("n:Q", sort="descending"),
        )
    )
    layers = [stacked]
    for field, style in (("l", "bound"), ("h", "bound"), ("m", "total")):
        line = base.mark_line(style=style)
        layers.append(line.encode(x=x, y=alt.Y(f"{field}:Q", axis=y_axis)))
    if live:
        tips = [
            moment_tip(subject),
            alt.Tooltip("m:Q", title=say("charts.backlog.total"), format=",.0f"),
            alt.Tooltip("l:Q", title="P5", format=",.0f"),
            alt.Tooltip("h:Q", title="P95", format=",.0f"),
            *(alt.Tooltip(f"{area.key}:Q", title=area.label, format=",.0f") for area in areas),
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _peak(subject: Subject) -> int:
    means = subject.outcome.series["backlog"].mean
    return max(range(len(means)), key=means.__getitem__)


def _finding(subject: Subject) -> str:
    outcome, say = subject.outcome, subject.words.say
    hour, total = _peak(subject), outcome.series["backlog"]
    if total.mean[hour] < 0.5:
        return say("charts.nothing")
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


def _rows(subject: Subject, areas: list[Area]) -> list[list[str]]:
    outcome, shown = subject.outcome, subject.hours_shown
    total = outcome.series["backlog"]
    return [
        [
            subject.moment(outcome.hour_starts[hour]),
            number(total.mean[hour]),
            subject.words.say(
                "figures.low_to_high", low=number(total.low[hour]), high=number(total.high[hour])
            ),
            *(number(area.orders[hour]) for area in areas),
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
