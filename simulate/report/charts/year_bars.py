"""A bar a month with its range, against a mark: what comes out against what was planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt

from simulate.report.charts.figure import (
    Record,
    data,
    label_expression,
    legend_columns,
    short_number,
    with_unit,
)
from simulate.report.year import YearSubject

HEIGHT = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month: an `amount`, from `low` to `high` in nine years of ten, and the planned `mark`.

    `state` is its colour, `tips` what is told of it by heading.
    """

    month: str
    amount: float
    mark: float | None
    state: str
    low: float | None = None
    high: float | None = None
    tips: Mapping[str, str] = field(default_factory=dict)


def year_bars(
    year: YearSubject, bars: Sequence[Bar], states: Mapping[str, str], title: str, *, live: bool
) -> Any:
    """Return the chart; `states` has the label of each state in the order of the palette."""
    keys = list(states)
    used = [key for key in keys if any(bar.state == key for bar in bars)]
    base = alt.Chart(data([_record(bar) for bar in bars])).encode(x=_months(year, bars))
    axis = alt.Axis(
        title=with_unit(year, title, year.outcome.currency),
        tickCount=5,
        labelExpr=year.words.say("charts.money_axis"),
    )

    def y(name: str) -> Any:
        return alt.Y(f"{name}:Q", axis=axis, scale=alt.Scale(zero=True))

    columns = base.mark_bar(cornerRadiusEnd=2, width=alt.RelativeBandSize(band=0.62)).encode(
        y=y("v"),
        color=alt.Color(
            "s:N",
            scale=alt.Scale(domain=keys),
            legend=alt.Legend(
                title=None,
                orient="top",
                values=used,
                columns=legend_columns(len(used), narrow=1),
                labelExpr=label_expression(keys, list(states.values())),
            ),
        ),
    )
    if live:
        heads = list(bars[0].tips) if bars else []
        tips = [alt.Tooltip(f"t{index}:N", title=head) for index, head in enumerate(heads)]
        columns = columns.encode(tooltip=tips)
    ranges = base.transform_filter("isValid(datum.l)").mark_rule(style="total")
    marks = base.transform_filter("isValid(datum.p)").mark_tick(
        style="target",
        thickness=3,
        opacity=1,
        width=alt.RelativeBandSize(band=0.9),
        orient="horizontal",
    )
    return alt.layer(columns, ranges.encode(y=y("l"), y2="h:Q"), marks.encode(y=y("p")))


def _record(bar: Bar) -> Record:
    record: Record = {
        "m": bar.month,
        "v": short_number(bar.amount),
        "s": bar.state,
        "l": None if bar.low is None else short_number(bar.low),
        "h": None if bar.high is None else short_number(bar.high),
        "p": bar.mark,
    }
    return record | {f"t{index}": text for index, text in enumerate(bar.tips.values())}


def _months(year: YearSubject, bars: Sequence[Bar]) -> Any:
    """Return the axis of months: their short names, the year below the first of each."""
    keys = [bar.month for bar in bars]
    names = [year.words.say(f"months.{int(key[5:])}") for key in keys]
    return alt.X(
        "m:O",
        sort=keys,
        axis=alt.Axis(
            title=None,
            labelAngle=0,
            labelExpr=label_expression(keys, names),
            ticks=False,
            labelOverlap=True,
        ),
    )
