"""What a chart is made of, and the parts that charts share."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import altair as alt

from simulate.report.grid import Column, csv_text, heading
from simulate.report.palette import CategoryRange
from simulate.report.subject import Subject
from simulate.report.words import Words

WIDTH = 720


class Spoken(Protocol):
    """Whatever has a language."""

    @property
    def words(self) -> Words:
        """The sentences of the language."""


Record = dict[str, float | int | str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart of one scenario or one annual plan in one language.

    `still` is drawn as SVG, `live` by the reader's browser: the same chart with things to point
    at. `colours` names the palette of its categories. `alt` states the finding, as Markdown;
    `columns` and `rows` are the table below the chart, cells as Markdown; `csv` is the file
    with all numbers.
    """

    name: str
    height: int
    colours: CategoryRange
    still: dict[str, Any]
    live: dict[str, Any]
    alt: str
    title: str
    explanation: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    csv: str


def data(records: Sequence[Record]) -> Any:
    """Return records as a chart's inline data."""
    return alt.InlineData(values=list(records))


def finish(chart: Any, height: int, *, wide: bool = False) -> dict[str, Any]:
    """Return a chart's specification without an address in it; `wide` fits its container."""
    fitted = chart.properties(
        width="container" if wide else WIDTH,
        height=height,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    specification: dict[str, Any] = fitted.to_dict()
    specification.pop("$schema")
    specification.pop("config", None)
    return specification


def time_axis(subject: Subject, **changes: Any) -> Any:
    """Return an axis of local days and hours; dates at midnight, clock times between."""
    day = subject.words.say("dates.axis_day")
    return alt.Axis(
        title=changes.pop("title", None),
        labelExpr=f"utcFormat(datum.value, utchours(datum.value) ? '%H:%M' : '{day}')",
        tickCount=alt.ExprRef(expr="max(2, floor(width / 88))"),
        labelOverlap=True,
        labelSeparation=10,
        labelFlush=False,
        **changes,
    )


def time_scale(first: int, last: int) -> Any:
    """Return a scale of local time between two moments of `Subject.wall`."""
    return alt.Scale(
        type="utc",
        nice=False,
        domainMin=alt.ExprRef(expr=f"datetime({first})"),
        domainMax=alt.ExprRef(expr=f"datetime({last})"),
    )


def hours_scale(subject: Subject) -> Any:
    """Return a scale of local time over the hours shown."""
    return time_scale(subject.wall(0), subject.wall(subject.hours_shown * 3600))


def moment_tip(subject: Subject, field: str = "t") -> Any:
    """Return a tooltip line with a local moment."""
    return alt.Tooltip(
        f"{field}:T",
        title=subject.words.say("charts.hour"),
        format=subject.words.say("dates.tooltip"),
        formatType="utc",
    )


def with_unit(subject: Spoken, name: str, unit: str) -> str:
    """Return a heading such as ``Paid (orders)``."""
    return heading(subject.words, name, unit)


def coloured(layer: Any, key: str, keys: Sequence[str], legend: Any) -> Any:
    """Return a layer in the colour of one category of `keys`, with an entry in the legend."""
    colour = alt.Color("key:N", scale=alt.Scale(domain=list(keys)), legend=legend)
    return layer.transform_calculate(key=f"'{key}'").encode(color=colour)


def short_number(amount: float) -> float:
    """Return a number with four leading digits, to keep specifications small."""
    return float(f"{amount:.4g}")


def pointer(base: Any, x: Any, tips: list[Any]) -> Any:
    """Return a rule that follows the pointer and tells the numbers of the nearest hour."""
    near = alt.selection_point(
        name="near", fields=["t"], nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    return (
        base.mark_rule(style="bound")
        .encode(x=x, tooltip=tips, opacity=alt.condition(near, alt.value(0.7), alt.value(0)))
        .add_params(near)
    )


def label_expression(keys: list[str], labels: list[str]) -> str:
    """Return a Vega expression that looks a label up; labels stand in it as string literals."""
    table = json.dumps(dict(zip(keys, labels, strict=True)), ensure_ascii=False)
    return f"{table}[datum.value]"


def csv_of_hours(
    subject: Subject,
    columns: Mapping[str, Sequence[float | None]],
    unit: str,
    heading: str = "charts.hour",
) -> str:
    """Return a CSV with a row an hour: its local beginning, then columns in one unit."""
    say = subject.words.say
    headings = [say(heading), *(with_unit(subject, name, unit) for name in columns)]
    rows = [
        [stamp(subject, subject.outcome.hour_starts[hour]), *(c[hour] for c in columns.values())]
        for hour in range(subject.hours_shown)
    ]
    return csv_text(headings, rows)


def stamp(subject: Subject, seconds: float) -> str:
    """Return a local moment as spreadsheets read it, such as ``2026-12-12 08:00``."""
    return subject.local(seconds).strftime("%Y-%m-%d %H:%M")


def stamp_tip(subject: Subject, field: str, title: str) -> Any:
    """Return a tooltip line with a local moment under a title from the words."""
    return alt.Tooltip(
        f"{field}:T",
        title=subject.words.say(title),
        format=subject.words.say("dates.tooltip"),
        formatType="utc",
    )


def legend_columns(entries: int, narrow: int = 3, wide: int = 8) -> Any:
    """Return the columns of a legend: `wide` where there is room, `narrow` on a phone."""
    return alt.ExprRef(expr=f"width < 480 ? {min(narrow, entries)} : {min(wide, entries)}")
