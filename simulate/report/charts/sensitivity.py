"""By how much a measure changes when one input lies at either end of its range."""

from math import isfinite
from typing import Any

import altair as alt

from simulate.experiment.sensitivity import End, Swing
from simulate.report.charts.figure import (
    Figure,
    Record,
    coloured,
    data,
    finish,
    label_expression,
    legend_columns,
    short_number,
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.grid import Column, csv_text
from simulate.report.questions.weighed import Weighed

NAME = "sensitivity"
STRIP = 54
FRAME = 92
KEYS = ("low", "high")
PLACES = {"low": (0.36, 0.56), "high": (0.12, 0.32)}
"""Where the bar of either end begins and ends in its strip."""

TITLE = 0.62
MOST_TOLD = 3


def draw(weighed: Weighed) -> Figure:
    """Return the tornado chart."""
    say, swings = weighed.subject.words.say, weighed.found.swings
    height = FRAME + STRIP * len(swings)
    return Figure(
        name=NAME,
        height=height,
        colours="money",
        still=finish(_chart(weighed, live=False), height),
        live=finish(_chart(weighed, live=True), height, wide=True),
        alt=_finding(weighed),
        title=say("charts.sensitivity.title"),
        explanation=say("charts.sensitivity.explanation", measure=escape(weighed.measure)),
        columns=[
            Column(say("assumptions.input")),
            Column(say("assumptions.range")),
            Column(say("charts.sensitivity.low"), right=True),
            Column(say("charts.sensitivity.high"), right=True),
        ],
        rows=[
            [
                escape(weighed.label(each.path)),
                escape(_range(weighed, each)),
                weighed.signed(each.low),
                weighed.signed(each.high),
            ]
            for each in swings
        ],
        csv=_csv(weighed),
    )


def _range(weighed: Weighed, swing: Swing) -> str:
    return weighed.subject.words.say(
        "whatif.values",
        first=weighed.value(swing.low.written),
        last=weighed.value(swing.high.written),
    )


def _bar(weighed: Weighed, end: End) -> tuple[float, float, float]:
    """Return a change with its interval, shares in points."""
    found = end.differences.get(weighed.found.measure)
    if found is None:
        return 0.0, 0.0, 0.0
    scale = 100 if found.estimate.unit == "share" else 1
    values = [scale * each for each in (found.estimate.mean, found.estimate.low,
                                        found.estimate.high)]  # fmt: skip
    mean, low, high = (short_number(each) if isfinite(each) else 0.0 for each in values)
    return mean, low, high


def _records(weighed: Weighed) -> list[Record]:
    say, swings = weighed.subject.words.say, weighed.found.swings
    records: list[Record] = []
    for index, swing in enumerate(swings):
        base = len(swings) - 1 - index
        record: Record = {
            "h": base + TITLE,
            "z": 0,
            "l": say(
                "charts.sensitivity.range",
                input=weighed.label(swing.path),
                least=weighed.value(swing.low.written),
                most=weighed.value(swing.high.written),
            ),
        }
        for key, end in zip(KEYS, (swing.low, swing.high), strict=True):
            begin, finish_at = PLACES[key]
            mean, low, high = _bar(weighed, end)
            record |= {
                f"{key}_m": mean, f"{key}_l": low, f"{key}_h": high,
                f"{key}_a": base + begin, f"{key}_b": base + finish_at,
                f"{key}_y": base + (begin + finish_at) / 2,
                f"{key}_t": f"{weighed.value(end.written)}: {weighed.figure(end)}",
            }  # fmt: skip
        records.append(record)
    return records


def _chart(weighed: Weighed, *, live: bool) -> Any:
    say, found = weighed.subject.words.say, weighed.found
    base = alt.Chart(data(_records(weighed)))
    scale = alt.Scale(domain=[0, len(found.swings)], nice=False)
    is_share = found.planned.estimates[found.measure].unit == "share"
    title = say(f"charts.sensitivity.{'x_points' if is_share else 'x'}", measure=weighed.measure)
    axis = alt.Axis(title=title, tickCount=5, grid=True)

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(nice=True))

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    labels = [say(f"charts.sensitivity.{key}") for key in KEYS]
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=2),
        labelExpr=label_expression(list(KEYS), labels),
    )
    layers = []
    for key, label in zip(KEYS, labels, strict=True):
        tips = [alt.Tooltip("l:N", title=say("assumptions.input")),
                alt.Tooltip(f"{key}_t:N", title=label)] if live else []  # fmt: skip
        bar = base.mark_rect().encode(
            x=x("z"), x2=f"{key}_m:Q", y=y(f"{key}_a"), y2=f"{key}_b:Q", tooltip=tips
        )
        layers.append(coloured(bar, key, KEYS, legend))
        layers.append(
            base.mark_rule(style="total").encode(x=x(f"{key}_l"), x2=f"{key}_h:Q", y=y(f"{key}_y"))
        )
    zero = alt.Chart(data([{"zero": 0}])).mark_rule(style="total").encode(x=x("zero"))
    titles = base.mark_text(
        style="value", align="left", baseline="bottom", fontWeight="bold"
    ).encode(x=alt.value(0), y=y("h"), text="l:N")
    return alt.layer(*layers, zero, titles)


def _finding(weighed: Weighed) -> str:
    say = weighed.subject.words.say
    told = [
        say(
            "charts.sensitivity.told",
            input=escape(weighed.label(each.path)),
            least=escape(weighed.value(each.low.written)),
            most=escape(weighed.value(each.high.written)),
            low=weighed.figure(each.low),
            high=weighed.figure(each.high),
        )
        for each in weighed.found.swings[:MOST_TOLD]
    ]
    return say(
        "charts.sensitivity.alt",
        measure=escape(weighed.measure),
        told=say("charts.sensitivity.join").join(told),
    )


def _csv(weighed: Weighed) -> str:
    say, subject = weighed.subject.words.say, weighed.subject
    planned = weighed.found.planned.estimates[weighed.found.measure]
    headings = [
        say("assumptions.input"), say("assumptions.planned"),
        say("charts.sensitivity.low"), say("charts.sensitivity.high"),
    ]  # fmt: skip
    for key in KEYS:
        name = with_unit(subject, say(f"charts.sensitivity.{key}"), planned.unit)
        headings += [name, say("assumptions.lower", name=name), say("assumptions.upper", name=name)]
    rows: list[list[str | float | None]] = [
        [
            weighed.label(each.path), each.planned, each.low.written, each.high.written,
            *_bar(weighed, each.low), *_bar(weighed, each.high),
        ]
        for each in weighed.found.swings
    ]  # fmt: skip
    return csv_text(headings, rows)
