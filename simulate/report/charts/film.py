"""The campaign hour by hour, as a chart that plays.

One frame shows how many orders stand at each station, who is at work there, and the parcels on
the dock; a strip below tells where in the campaign it is. The parameter `frame` says which frame
is shown; between two whole numbers the chart lies between two frames. The page's script moves it;
without one the fullest working hour stands still.
"""

import json
from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    data,
    finish,
    hours_scale,
    label_expression,
    time_axis,
)
from simulate.report.charts.film_frames import COLOURED, DOCK, Reel, records_of, reel_of
from simulate.report.charts.film_table import columns_of, csv_of, finding_of, rows_of
from simulate.report.subject import Subject

NAME = "film"
ROW, HEAD, GAP, STRIP, AXIS = 30, 88, 36, 66, 28
"""Heights in pixels: a row, what stands above the rows, between them and the strip, the strip,
and its axis."""

NARROW = "width < 400"
"""Whether it is drawn on a phone, where people are told by numbers alone."""

QUEUES = f"{NARROW} ? max(20, width - 106) : 0.6 * width - 60"
CREWS = f"{NARROW} ? width - 62 : 0.6 * width"
CREWS_END = "width - 62"
"""Where queues end, and where the people beside them begin and end, as Vega expressions."""

VAN = (
    "M-1,-0.6L0.25,-0.6L0.25,0.4L-1,0.4Z M0.35,-0.25L0.75,-0.25L1,0.1L1,0.4L0.35,0.4Z "
    "M-0.8,0.45L-0.4,0.45L-0.4,0.7L-0.8,0.7Z M0.45,0.45L0.85,0.45L0.85,0.7L0.45,0.7Z"
)
"""A van from the side, as an SVG path two units wide."""


def draw(subject: Subject) -> Figure:
    """Return the film of a run."""
    reel, say = reel_of(subject), subject.words.say
    height = HEAD + ROW * len(reel.places) + GAP + STRIP + AXIS
    film = {
        "frame": "frame",
        "moments": [subject.moment(subject.outcome.hour_starts[hour]) for hour in reel.frames],
        "play": say("charts.film.play"),
        "pause": say("charts.film.pause"),
        "slider": say("charts.film.slider"),
    }
    chart = _chart(subject, reel)
    return Figure(
        name=NAME,
        height=height,
        colours="stations",
        still=finish(chart, height),
        live={**finish(chart, height, wide=True), "usermeta": {"film": film}},
        alt=finding_of(subject, reel),
        title=say("charts.film.title"),
        explanation=say("charts.film.explanation"),
        columns=columns_of(subject, reel),
        rows=rows_of(subject, reel),
        csv=csv_of(subject, reel),
    )


def _chart(subject: Subject, reel: Reel) -> Any:
    frames = alt.Chart(data(records_of(subject, reel)))
    return (
        alt.layer(
            _strip(subject, frames),
            _queues(subject, reel, frames),
            _crews(subject, reel, frames),
            *_headings(subject, frames),
        )
        .resolve_scale(x="independent", y="independent")
        .add_params(alt.param(name="frame", value=reel.peak))
    )


def _pixel(expression: str) -> Any:
    return alt.ExprRef(expr=expression)


def _now(frames: Any, *fields: str) -> Any:
    """Return one record for the moment shown: between two frames the mean, weighted by both."""
    # Names of their own: the engine would read a field that is summed as a number everywhere.
    weighed = {f"now_{field}": f"datum.{field} * (1 - abs(datum.f - frame))" for field in fields}
    sums = {field: f"sum({field})" for field in weighed}
    near = frames.transform_filter("abs(datum.f - frame) < 1")
    return near.transform_calculate(**weighed).transform_aggregate(**sums)


def _places_now(frames: Any, reel: Reel) -> Any:
    """Return the moment shown with one record a place: orders, people busy, people at work."""
    keys = json.dumps([place.key for place in reel.places])
    weighed = {field: f"datum.{field} * (1 - abs(datum.f - frame))" for field in "obpv"}
    return (
        frames.transform_filter("abs(datum.f - frame) < 1")
        .transform_calculate(k=keys)
        .transform_flatten(["k", "o", "b", "p"])
        .transform_calculate(**weighed)
        .transform_aggregate(groupby=["k"], **{field: f"sum({field})" for field in weighed})
    )


def _strip(subject: Subject, frames: Any) -> Any:
    """Return the backlog over the whole campaign, what of it was, and the moment shown."""
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    y = alt.Y(
        "m:Q",
        scale=alt.Scale(range=[_pixel("height"), _pixel(f"height - {STRIP}")], zero=True),
        axis=alt.Axis(title=None, tickCount=2, format=",.0f", grid=False),
    )
    was = frames.transform_filter("datum.f <= frame")
    here = (
        _now(frames, "t")
        .transform_calculate(here="datum.now_t")
        .mark_rule(style="total", strokeWidth=2)
    )
    return alt.layer(
        frames.mark_area(line=False, style="rest").encode(x=x, y=y),
        was.mark_area(line=False, style="note", opacity=0.6).encode(x=x, y=y),
        here.encode(
            x=alt.X("here:T"),
            y=alt.value(_pixel(f"height - {STRIP}")),
            y2=alt.value(_pixel("height")),
        ),
    )


def _rows_scale(reel: Reel) -> Any:
    """Return the scale on which every place has its row."""
    return alt.Scale(
        type="band",
        domain=[place.key for place in reel.places],
        range=[HEAD, _pixel(f"height - {STRIP + GAP}")],
        paddingInner=0.3,
        paddingOuter=0.15,
    )


def _queues(subject: Subject, reel: Reel, frames: Any) -> Any:
    """Return the orders at every place as bars with their numbers."""
    labels = label_expression(
        [place.key for place in reel.places], [place.label for place in reel.places]
    )
    y = alt.Y(
        "k:N",
        scale=_rows_scale(reel),
        axis=alt.Axis(
            title=None, orient="left", labelExpr=labels, labelLimit=120, ticks=False, domain=False
        ),
    )
    x = alt.X(
        "o:Q",
        axis=None,
        scale=alt.Scale(domain=[0, reel.most_orders], range=[0, _pixel(QUEUES)], nice=False),
    )
    places = _places_now(frames, reel)
    stations = places.transform_filter(f"datum.k !== '{DOCK}'").mark_bar()
    return alt.layer(
        stations.encode(x=x, y=y, color=_colour()),
        places.transform_filter(f"datum.k === '{DOCK}'").mark_bar(style="note").encode(x=x, y=y),
        places.mark_text(style="value", align="left", dx=5).encode(
            x=x, y=y, text=alt.Text("o:Q", format=",.0f")
        ),
    )


def _crews(subject: Subject, reel: Reel, frames: Any) -> Any:
    """Return who is at work and busy at every station, and the van that comes to the dock."""
    scale = alt.Scale(
        domain=[0, reel.most_people], range=[_pixel(CREWS), _pixel(CREWS_END)], nice=False
    )
    y = alt.Y("k:N", scale=_rows_scale(reel), axis=None)
    places = _places_now(frames, reel)
    staffed = json.dumps([place.key for place in reel.places if place.staff is not None])
    crews = places.transform_filter(f"indexof({staffed}, datum.k) >= 0 && datum.p > 0.05")
    told = crews.transform_calculate(told="format(datum.b, '.1f') + ' / ' + format(datum.p, '.1f')")
    words = json.dumps(subject.words.say("charts.film.taken"), ensure_ascii=False)
    van = places.transform_filter(f"datum.k === '{DOCK}' && datum.v >= 0.5").transform_calculate(
        zero="0", told=f"format(datum.v, ',.0f') + ({NARROW} ? '' : ' ' + {words})"
    )

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    return alt.layer(
        crews.mark_bar(style="rest").encode(x=x("p"), y=y),
        crews.mark_bar(size=10).encode(x=x("b"), y=y, color=_colour()),
        told.mark_text(style="note", align="left", dx=5).encode(x=x("p"), y=y, text="told:N"),
        van.mark_point(style="value", shape=VAN, filled=True, size=420, opacity=1, xOffset=11)
        .encode(x=x("zero"), y=y),
        van.mark_text(style="value", align="left", dx=30).encode(x=x("zero"), y=y, text="told:N"),
    )  # fmt: skip


def _colour() -> Any:
    return alt.Color("k:N", scale=alt.Scale(domain=list(COLOURED)), legend=None)


def _headings(subject: Subject, frames: Any) -> list[Any]:
    """Return the moment shown with its sums, and a heading above each part."""
    say = subject.words.say
    sums = [
        f"{json.dumps(say(f'charts.film.{word}'), ensure_ascii=False)}"
        f" + ' ' + format(datum.now_{field}, ',.0f')"
        for field, word in (("m", "total"), ("a", "paid"), ("c", "collected"))
    ]
    broken, one_line = " + ' · ' + ".join(sums[1:]), " + ' · ' + ".join(sums)
    now = _now(frames, "t", "m", "a", "c").transform_calculate(
        moment=f"utcFormat(datum.now_t - 1800000, {json.dumps(say('dates.tooltip'))})",
        sums=f"{NARROW} ? [{sums[0]}, {broken}] : {one_line}",
    )
    moment = now.mark_text(style="value", align="left", fontSize=18, fontWeight="bold")
    places = (
        ("queue", "0", f"{HEAD - 10}", "'left'"),
        ("crew", f"{NARROW} ? width : {CREWS}", f"{HEAD - 10}", f"{NARROW} ? 'right' : 'left'"),
        ("strip", "0", f"height - {STRIP + 14}", "'left'"),
    )
    return [
        moment.encode(x=alt.value(0), y=alt.value(12), text="moment:N"),
        now.mark_text(style="note", align="left").encode(
            x=alt.value(0), y=alt.value(36), text="sums:N"
        ),
        *(
            now.mark_text(style="note", fontWeight="bold", align=_pixel(align)).encode(
                x=alt.value(_pixel(x)),
                y=alt.value(_pixel(y)),
                text=alt.value(say(f"charts.film.{word}")),
            )
            for word, x, y, align in places
        ),
    ]
