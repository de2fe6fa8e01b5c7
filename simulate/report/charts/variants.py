"""Small multiples: the backlog of each variant on one scale, with the plan as it stands."""

from typing import Any

import altair as alt

from simulate.report.charts import compare
from simulate.report.charts.compare import (
    hours_of,
    peaks_of,
    scale_of,
    series_of,
    step_of,
    titles,
)
from simulate.report.charts.figure import (
    Figure,
    Record,
    data,
    finish,
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
from simulate.report.escape import escape
from simulate.report.figures import number, value
from simulate.report.grid import Column
from simulate.report.questions.compared import Compared

NAME = "variants"
STRIP_HEIGHT = 120


def draw(compared: Compared) -> Figure:
    """Return the chart of the variants, one strip each."""
    say = compared.words.say
    height = 40 + STRIP_HEIGHT * len(compared.plans)
    overlaid = compare.draw(compared)
    return Figure(
        name=NAME,
        height=height,
        colours="controller",
        still=finish(_chart(compared, live=False), height),
        live=finish(_chart(compared, live=True), height, wide=True),
        alt=_finding(compared),
        title=say("charts.variants.title"),
        explanation=say("charts.variants.explanation"),
        columns=[
            Column(say("compare.variant")),
            Column(say("tables.verdict")),
            Column(compared.subjects[0].measure("peak_backlog")[0], right=True),
            Column(compared.subjects[0].measure("backlog_clearance")[0], right=True),
        ],
        rows=_rows(compared),
        csv=overlaid.csv,
    )


def _strips(compared: Compared) -> list[Strip]:
    """Return one strip a plan, the first on top; all have one scale."""
    top = round_top(*series_of(compared, "high"))
    last = len(compared.plans) - 1
    return [
        Strip(title=_heading(compared, index), top=top, base=last - index)
        for index in range(len(compared.plans))
    ]


def _heading(compared: Compared, index: int) -> str:
    """Return a strip's title: the variant, its verdict and its share on time."""
    outcome, words = compared.comparison.sides[index].outcome, compared.words
    told = {
        "title": compared.title(index),
        "verdict": words.say(f"verdicts.{outcome.verdict.word}.badge"),
    }
    on_time = outcome.measures.get("on_time_share")
    if on_time is None:
        return words.say("charts.variants.strip_plain", **told)
    return words.say("charts.variants.strip", share=value(on_time.mean, "share", words), **told)


def _records(compared: Compared) -> list[Record]:
    """Return one record an hour: of every plan the mean, and where its band begins and ends."""
    plans = range(len(compared.plans))
    parts = {part: series_of(compared, part) for part in ("mean", "low", "high")}
    return [
        {
            "t": compared.subjects[0].wall(hour * 3600 + 1800),
            **{
                f"{part[0]}{index}": short_number(parts[part][index][hour])
                for index in plans
                for part in parts
            },
        }
        for hour in range(0, hours_of(compared), step_of(compared, 3 * len(plans) + 1))
    ]


def _chart(compared: Compared, *, live: bool) -> Any:
    strips = _strips(compared)
    x = alt.X("t:T", scale=scale_of(compared), axis=time_axis(compared.subjects[0], grid=False))
    base = alt.Chart(data(_records(compared)))

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=strips_scale(strips), axis=strips_axis(strips))

    layers = [strip_titles(strips)]
    for index, strip in enumerate(strips):
        placed = base.transform_calculate(
            m=strip.place(f"m{index}"),
            l=strip.place(f"l{index}"),
            h=strip.place(f"h{index}"),
            p=strip.place("m0"),
        )
        layers.append(placed.mark_area(style="gap", fillOpacity=0.25).encode(
            x=x, y=y("l"), y2=alt.Y2("h:Q")
        ))  # fmt: skip
        layers.append(placed.mark_line(style="total").encode(x=x, y=y("m")))
        if index:
            layers.append(placed.mark_line(style="bound", strokeDash=[5, 3]).encode(x=x, y=y("p")))
    if live:
        tips = [moment_tip(compared.subjects[0])] + [
            alt.Tooltip(f"m{index}:Q", title=title, format=",.0f")
            for index, title in enumerate(titles(compared))
        ]
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _finding(compared: Compared) -> str:
    say = compared.words.say
    peaks = peaks_of(compared)
    told = [
        say(
            "charts.variants.told",
            title=escape(compared.title(index)),
            verdict=say(f"verdicts.{side.outcome.verdict.word}.badge"),
            orders=number(peaks[index]),
        )
        for index, side in enumerate(compared.comparison.sides)
    ]
    return say(
        "charts.variants.alt",
        plans=str(len(told)),
        told=say("charts.variants.join").join(told),
    )


def _rows(compared: Compared) -> list[list[str]]:
    return [
        [
            escape(compared.title(index)),
            compared.words.say(f"verdicts.{subject.outcome.verdict.word}.badge"),
            compared.figure(index, "peak_backlog"),
            compared.figure(index, "backlog_clearance"),
        ]
        for index, subject in enumerate(compared.subjects)
    ]
