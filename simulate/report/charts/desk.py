"""The service desk by hour: who asks, who waits, and the agents who answer."""

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
from simulate.report.charts.strips import (
    Strip,
    round_top,
    strip_titles,
    strips_axis,
    strips_scale,
)
from simulate.report.figures import number, value
from simulate.report.grid import Column
from simulate.report.subject import Subject, column_step

NAME = "desk"
HEIGHT = 400
MOST_HOURS = 800
KEYS = ("asked", "waiting", "agents", "busy")
"""Series in the order of the palette."""


def draw(subject: Subject) -> Figure:
    """Return the chart of the desk."""
    say = subject.words.say
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="desk",
        still=finish(_chart(subject, live=False), HEIGHT),
        live=finish(_chart(subject, live=True), HEIGHT, wide=True),
        alt=_finding(subject),
        title=say("charts.desk.title"),
        explanation=say("charts.desk.explanation"),
        columns=[
            Column(say("charts.hour")),
            *(Column(say(f"charts.desk.{key}"), right=True) for key in KEYS),
        ],
        rows=_rows(subject),
        csv=_csv(subject),
    )


def _series(subject: Subject, key: str) -> Sequence[float]:
    """Return one of the desk's series over the hours shown; zeros where it has none."""
    band, shown = subject.outcome.series.get(f"desk/{key}"), subject.hours_shown
    return band.mean[:shown] if band is not None else (0.0,) * shown


def _strips(subject: Subject) -> dict[str, Strip]:
    """Return who asks above, who waits in the middle, the agents below."""
    say = subject.words.say
    series = {key: _series(subject, key) for key in KEYS}
    return {
        "asked": Strip(
            title=say("charts.desk.asked_title"), top=round_top(series["asked"]), base=2
        ),
        "waiting": Strip(
            title=say("charts.desk.waiting_title"), top=round_top(series["waiting"]), base=1
        ),
        "agents": Strip(
            title=say("charts.desk.agents_title"),
            top=round_top(series["agents"], series["busy"]),
            base=0,
        ),
    }


def _chart(subject: Subject, *, live: bool) -> Any:
    strips = _strips(subject)
    stacked = list(strips.values())
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    base = alt.Chart(data(_records(subject)))
    places = {key: strips["agents" if key == "busy" else key] for key in KEYS}
    placed = base.transform_calculate(
        **{f"y_{key}": places[key].place(key) for key in KEYS},
        **{f"z_{key}": f"{places[key].base:g}" for key in KEYS},
    )

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=strips_scale(stacked), axis=strips_axis(stacked))

    layers: list[Any] = [strip_titles(stacked)]
    for key in ("asked", "waiting", "agents"):
        area = placed.mark_area(interpolate="step-after", line=False)
        area = area.encode(x=x, y=y(f"y_{key}"), y2=f"z_{key}:Q")
        layers.append(coloured(area, key, KEYS, _legend(subject)))
    busy = placed.mark_line(interpolate="step-after", strokeWidth=1.2)
    layers.append(coloured(busy.encode(x=x, y=y("y_busy")), "busy", KEYS, _legend(subject)))
    if live:
        tips = [moment_tip(subject)]
        tips += [
            alt.Tooltip(f"{key}:Q", title=subject.words.say(f"charts.desk.{key}"), format=",.1f")
            for key in KEYS
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _legend(subject: Subject) -> Any:
    labels = [subject.words.say(f"charts.desk.{key}") for key in KEYS]
    return alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=2),
        labelExpr=label_expression(list(KEYS), labels),
    )


def _records(subject: Subject) -> list[Record]:
    """Return one record an hour and one for the end; of a long time the worst of some hours."""
    series, shown = {key: _series(subject, key) for key in KEYS}, subject.hours_shown
    step = max(1, -(-shown // MOST_HOURS))
    records: list[Record] = []
    for hour in [*range(0, shown, step), shown]:
        record: Record = {"t": subject.wall(hour * 3600)}
        at = min(hour, shown - 1)
        for key in KEYS:
            record[key] = short_number(max(series[key][at : at + step]))
        records.append(record)
    return records


def _finding(subject: Subject) -> str:
    """Return when most people wait, and how many of all give up."""
    say, measures = subject.words.say, subject.outcome.measures
    asked, waiting = _series(subject, "asked"), _series(subject, "waiting")
    if max(asked, default=0.0) < 0.05:
        return say("charts.desk.alt_nobody")
    most, longest = (max(range(len(s)), key=s.__getitem__) for s in (asked, waiting))
    abandoned = measures.get("abandonment_share")
    return say(
        "charts.desk.alt",
        asked=number(asked[most]),
        moment=subject.moment(3600 * most),
        waiting=number(waiting[longest], 1),
        worst=subject.moment(3600 * longest),
        agents=number(_series(subject, "agents")[longest], 1),
        abandoned=value(abandoned.mean, "share", subject.words, decimals=1)
        if abandoned
        else say("figures.missing"),
    )


def _rows(subject: Subject) -> list[list[str]]:
    """Return for each stretch of time who asks in all of it, and the most of the rest."""
    series, shown = {key: _series(subject, key) for key in KEYS}, subject.hours_shown
    step = column_step(shown, 32)
    rows = []
    for first in range(0, shown, step):
        window = {key: series[key][first : first + step] for key in KEYS}
        rows.append([
            subject.moment(first * 3600),
            number(sum(window["asked"])),
            *(number(max(window[key]), 1) for key in KEYS[1:]),
        ])  # fmt: skip
    return rows


def _csv(subject: Subject) -> str:
    say = subject.words.say
    columns = {say(f"charts.desk.{key}"): _series(subject, key) for key in KEYS}
    return csv_of_hours(subject, columns, "number")
