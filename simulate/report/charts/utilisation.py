"""How busy each station's people are, hour by hour, as a heat map."""

from dataclasses import dataclass
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
    stamp_tip,
    time_axis,
)
from simulate.report.escape import escape
from simulate.report.figures import value
from simulate.report.grid import Column
from simulate.report.subject import Subject, column_step

NAME = "utilisation"
ROW_HEIGHT = 34
FRAME_HEIGHT = 96
BOUNDS = (0.2, 0.4, 0.6, 0.8, 0.9)
"""Where one colour ends and the next begins; amber from 80 %, red from 90 %."""

RED = len(BOUNDS)
CLOSED = RED + 1
MOST_CELLS = 2400

Hours = list[float | None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours `first` to `last` (not included) in which a station keeps its colour."""

    first: int
    last: int
    colour: int
    mean: float | None


def draw(subject: Subject) -> Figure:
    """Return the heat map."""
    say = subject.words.say
    busy = {station: busy_shares(subject, station) for station in _stations(subject)}
    height = FRAME_HEIGHT + ROW_HEIGHT * len(busy)
    labels = {station: subject.place(station) for station in busy}
    return Figure(
        name=NAME,
        height=height,
        colours="stations",
        still=finish(_chart(subject, busy, live=False), height),
        live=finish(_chart(subject, busy, live=True), height, wide=True),
        alt=_finding(subject, busy),
        title=say("charts.utilisation.title"),
        explanation=say("charts.utilisation.explanation"),
        columns=[
            Column(say("charts.hour")),
            *(Column(escape(label), right=True) for label in labels.values()),
        ],
        rows=_rows(subject, busy),
        csv=csv_of_hours(subject, _csv_columns(subject, busy), "share"),
    )


def busy_shares(subject: Subject, station: str) -> Hours:
    """Return for each hour the share of the station's people who are busy; None if closed.

    People who serve several stations are counted over all of them: they are one pool.
    """
    series, pool = subject.outcome.series, subject.pool_of(station)
    staff = series[f"staff/{pool}"].mean
    busy = [
        series[f"busy/{each}"].mean
        for each in subject.workplaces
        if subject.pool_of(each) == pool and f"busy/{each}" in series
    ]
    return [
        min(1.0, sum(each[hour] for each in busy) / staff[hour]) if staff[hour] > 0.01 else None
        for hour in range(subject.hours_shown)
    ]


def _stations(subject: Subject) -> list[str]:
    series = subject.outcome.series
    return [
        station for station in subject.workplaces if f"staff/{subject.pool_of(station)}" in series
    ]


def colour_of(share: float | None) -> int:
    """Return the number of the colour: 0 to 5 by share, 6 with nobody at work."""
    if share is None:
        return CLOSED
    return sum(share >= bound for bound in BOUNDS)


def stretches(hours: Hours, step: int = 1) -> list[Stretch]:
    """Return the hours as stretches of one colour, looked at `step` hours at a time."""
    found: list[Stretch] = []
    for first in range(0, len(hours), step):
        window = hours[first : first + step]
        open_hours = [share for share in window if share is not None]
        mean = sum(open_hours) / len(open_hours) if open_hours else None
        colour, begun, last = colour_of(mean), first, first + len(window)
        if found and found[-1].colour == colour:
            before = found.pop()
            begun = before.first
            weight = (before.last - begun) / (last - begun)
            if mean is not None and before.mean is not None:
                mean = before.mean * weight + mean * (1 - weight)
        found.append(Stretch(begun, last, colour, mean))
    return found


def _chart(subject: Subject, busy: dict[str, Hours], *, live: bool) -> Any:
    say, keys = subject.words.say, list(busy)
    step = max(1, -(-subject.hours_shown * len(busy) // (2 * MOST_CELLS)))
    records: list[Record] = [
        {
            "s": station,
            "a": subject.wall(each.first * 3600),
            "b": subject.wall(each.last * 3600),
            "c": each.colour,
            "u": None if each.mean is None else round(each.mean, 3),
        }
        for station, hours in busy.items()
        for each in stretches(hours, step)
    ]
    names = label_expression(keys, [subject.place(station) for station in keys])
    classes = [str(index) for index in range(CLOSED + 1)]
    legend = [say(f"charts.utilisation.class_{index}") for index in range(CLOSED)]
    legend.append(say("charts.utilisation.closed"))
    tips = [
        stamp_tip(subject, "a", "charts.moment"),
        stamp_tip(subject, "b", "charts.until"),
        alt.Tooltip("u:Q", title=say("charts.utilisation.legend"), format=".0%"),
    ]
    bars = alt.Chart(data(records)).encode(
        x=alt.X("a:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False)),
        x2="b:T",
        y=alt.Y(
            "s:N",
            sort=keys,
            scale=alt.Scale(paddingInner=0.12, paddingOuter=0.06),
            axis=alt.Axis(title=None, labelExpr=names, labelLimit=150, labelFontSize=13),
        ),
        color=alt.Color(
            "c:O",
            scale=alt.Scale(domain=[int(each) for each in classes]),
            legend=alt.Legend(
                title=None,
                orient="top",
                columns=legend_columns(len(classes), narrow=2, wide=4),
                labelExpr=label_expression(classes, legend),
            ),
        ),
    )
    staffed = bars.transform_filter(f"datum.c < {CLOSED}").mark_rect()
    closed = bars.transform_filter(f"datum.c == {CLOSED}").mark_rect(
        height=alt.RelativeBandSize(band=0.08)
    )
    if live:
        staffed = staffed.encode(tooltip=tips)
        closed = closed.encode(tooltip=tips[:2])
    return alt.layer(closed, staffed)


def _finding(subject: Subject, busy: dict[str, Hours]) -> str:
    say = subject.words.say
    red = {
        station: sum(colour_of(share) == RED for share in hours) for station, hours in busy.items()
    }
    busiest = max(busy, key=lambda station: (red[station], _mean(busy[station])))
    items = [
        say("charts.utilisation.item", station=escape(subject.place(station)), red=str(hours))
        for station, hours in red.items()
    ]
    return say(
        "charts.utilisation.alt",
        busiest=escape(subject.place(busiest)),
        red=str(red[busiest]),
        open=str(sum(share is not None for share in busy[busiest])),
        list=say("tables.list_join").join(items),
    )


def _mean(hours: Hours) -> float:
    staffed = [share for share in hours if share is not None]
    return sum(staffed) / len(staffed) if staffed else 0.0


def _rows(subject: Subject, busy: dict[str, Hours]) -> list[list[str]]:
    """Return means over the staffed hours of each stretch of time."""
    shown = subject.hours_shown
    step = column_step(shown, 32)
    return [
        [
            subject.moment(first * 3600),
            *(_cell(hours[first : first + step], subject) for hours in busy.values()),
        ]
        for first in range(0, shown, step)
    ]


def _cell(window: Hours, subject: Subject) -> str:
    if all(share is None for share in window):
        return subject.words.say("figures.missing")
    return value(_mean(window), "share", subject.words, decimals=0)


def _csv_columns(subject: Subject, busy: dict[str, Hours]) -> dict[str, Hours]:
    columns: dict[str, Hours] = {}
    for station, hours in busy.items():
        label = subject.place(station)
        columns[f"{label} {station}" if label in columns else label] = [
            None if share is None else round(100 * share, 2) for share in hours
        ]
    return columns
