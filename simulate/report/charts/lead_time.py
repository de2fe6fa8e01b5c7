"""Lead time by the time of payment, held against the promise."""

from math import isfinite
from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Figure,
    Record,
    data,
    finish,
    label_expression,
    legend_columns,
    short_number,
    stamp,
    stamp_tip,
    time_axis,
    time_scale,
    with_unit,
)
from simulate.report.figures import number, value
from simulate.report.grid import Column, csv_text
from simulate.report.subject import Subject
from simulate.results.outcome import LeadTimes

NAME = "lead-time"
HEIGHT = 340
STATES = ("good", "amber", "bad", "free")


def draw(subject: Subject) -> Figure:
    """Return the chart of lead times."""
    say, spans = subject.words.say, _spans(subject)
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="states",
        still=finish(_chart(subject, spans, live=False), HEIGHT),
        live=finish(_chart(subject, spans, live=True), HEIGHT, wide=True),
        alt=_finding(subject, spans),
        title=say("charts.lead-time.title"),
        explanation=say("charts.lead-time.explanation"),
        columns=[
            Column(say("charts.lead-time.x")),
            *(
                Column(say(f"charts.lead-time.{name}"), right=True)
                for name in ("orders", "p10", "p50", "p90", "promised")
            ),
        ],
        rows=_rows(subject, spans),
        csv=_csv(subject, spans),
    )


def _spans(subject: Subject) -> list[LeadTimes]:
    """Return the stretches of time in which somebody paid."""
    return [span for span in subject.outcome.lead_times if span.orders > 0 and isfinite(span.p90)]


def state_of(span: LeadTimes) -> str:
    """Return ``good`` with at most one order in ten late, ``amber``, or ``bad`` with half."""
    if span.promised is None:
        return "free"
    if span.p50 > span.promised:
        return "bad"
    return "amber" if span.p90 > span.promised else "good"


def _chart(subject: Subject, spans: list[LeadTimes], *, live: bool) -> Any:
    say = subject.words.say
    records: list[Record] = [
        {
            "a": subject.wall(span.starts),
            "b": subject.wall(span.ends),
            "l": short_number(span.p10),
            "m": short_number(span.p50),
            "h": short_number(span.p90),
            "p": None if span.promised is None else short_number(span.promised),
            "c": state_of(span),
            "n": round(span.orders, 1),
        }
        for span in spans
    ]
    base = alt.Chart(data(records))
    ends = [min((span.starts for span in spans), default=0.0),
            max((span.ends for span in spans), default=3600.0)]  # fmt: skip
    scale = time_scale(*(subject.wall(each) for each in ends))
    axis = time_axis(subject, grid=False, title=say("charts.lead-time.x"))
    x, x2 = alt.X("a:T", scale=scale, axis=axis), alt.X2("b:T")
    y_axis = alt.Axis(title=say("charts.lead-time.y"), tickCount=6)
    present = [state for state in STATES if any(state_of(span) == state for span in spans)]
    bars = base.mark_rect(stroke=None, opacity=0.85).encode(
        x=x,
        x2=x2,
        y=alt.Y("l:Q", axis=y_axis, scale=alt.Scale(zero=True)),
        y2=alt.Y2("h:Q"),
        color=alt.Color(
            "c:N",
            scale=alt.Scale(domain=list(STATES)),
            legend=alt.Legend(
                title=None,
                orient="top",
                values=present,
                columns=legend_columns(len(present), narrow=1),
                labelExpr=label_expression(
                    list(STATES), [say(f"charts.lead-time.{state}") for state in STATES]
                ),
            ),
        ),
    )
    # In a thin bar the line would hide the bar, which says the same.
    tall = base.transform_filter(f"datum.h - datum.l > {0.03 * _highest(spans):.3f}")
    middle = tall.mark_rule(style="middle", strokeWidth=2).encode(x=x, x2=x2, y="m:Q")
    layers = [bars, middle]
    if any(span.promised is not None for span in spans):
        promised = base.transform_filter("isValid(datum.p)")
        layers.append(promised.mark_rule(style="promised").encode(x=x, x2=x2, y="p:Q"))
        layers.append(_promise_label(subject, spans, scale))
    if live:
        layers[0] = bars.encode(tooltip=_tips(subject))
    return alt.layer(*layers)


def _highest(spans: list[LeadTimes]) -> float:
    return max((max(span.p90, span.promised or 0.0) for span in spans), default=0.0)


def _promise_label(subject: Subject, spans: list[LeadTimes], scale: Any) -> Any:
    """Return the word above the line of the promise, where the line begins to be highest."""
    highest = max(
        (span for span in spans if span.promised is not None), key=lambda span: span.promised or 0.0
    )
    late = highest.starts > (spans[0].starts + spans[-1].ends) / 2
    record: Record = {
        "t": subject.wall(highest.ends if late else highest.starts),
        "p": highest.promised,
        "label": subject.words.say("charts.lead-time.promised"),
    }
    mark = alt.Chart(data([record])).mark_text(
        style="value", align="right" if late else "left", baseline="bottom", dy=-4
    )
    return mark.encode(x=alt.X("t:T", scale=scale), y="p:Q", text="label:N")


def _tips(subject: Subject) -> list[Any]:
    say = subject.words.say
    return [
        stamp_tip(subject, "a", "charts.moment"),
        stamp_tip(subject, "b", "charts.until"),
        alt.Tooltip("n:Q", title=say("charts.lead-time.orders"), format=",.0f"),
        *(
            alt.Tooltip(
                f"{field}:Q",
                title=with_unit(subject, say(f"charts.lead-time.{name}"), "hours"),
                format=".1f",
            )
            for field, name in (("l", "p10"), ("m", "p50"), ("h", "p90"), ("p", "promised"))
        ),
    ]


def _finding(subject: Subject, spans: list[LeadTimes]) -> str:
    say = subject.words.say
    if not spans:
        return say("charts.nothing")
    worst = max(spans, key=lambda span: span.p90)
    figures = {
        "moment": subject.moment((worst.starts + worst.ends) / 2),
        "p50": value(worst.p50, "hours", subject.words),
        "p90": value(worst.p90, "hours", subject.words),
    }
    if worst.promised is None:
        return say("charts.lead-time.alt_free", **figures)
    return say(
        "charts.lead-time.alt",
        promised=value(worst.promised, "hours", subject.words),
        late=str(sum(state_of(span) in ("amber", "bad") for span in spans)),
        all=str(len(spans)),
        **figures,
    )


def _rows(subject: Subject, spans: list[LeadTimes]) -> list[list[str]]:
    words, step = subject.words, max(1, -(-len(spans) // 32))
    return [
        [
            subject.moment(span.starts),
            number(span.orders),
            value(span.p10, "hours", words),
            value(span.p50, "hours", words),
            value(span.p90, "hours", words),
            words.say("figures.missing")
            if span.promised is None
            else value(span.promised, "hours", words),
        ]
        for span in spans[::step]
    ]


def _csv(subject: Subject, spans: list[LeadTimes]) -> str:
    say = subject.words.say
    headings = [
        say("charts.moment"),
        say("charts.until"),
        with_unit(subject, say("charts.lead-time.orders"), "orders"),
        *(
            with_unit(subject, say(f"charts.lead-time.{name}"), "hours")
            for name in ("p10", "p50", "p90", "promised")
        ),
    ]
    rows = [
        [
            stamp(subject, span.starts), stamp(subject, span.ends),
            span.orders, span.p10, span.p50, span.p90, span.promised,
        ]
        for span in spans
    ]  # fmt: skip
    return csv_text(headings, rows)
