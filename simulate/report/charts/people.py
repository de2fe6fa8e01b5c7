"""Work that falls due against people at work, hour by hour, one strip a pool."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column
from simulate.report.subject import Subject, column_step

NAME = "people"
STRIP = 92
FRAME = 84
TALL = 0.74
"""Share of a strip that its highest value fills; its title stands above."""

MOST_STRIPS = 8
MOST_CELLS = 4500
KEYS = ("staff", "due", "gap")
"""In the order of the palette."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One pool: people at work and people's worth of work that falls due, in each hour.

    `base` is where the strip stands, in strips from below; `top` the people that fill it.
    """

    pool: str
    label: str
    staff: Sequence[float]
    due: Sequence[float]
    base: int
    top: int

    @property
    def gap(self) -> list[float]:
        """Return the people missing in each hour."""
        return [max(0.0, due - staff) for staff, due in zip(self.staff, self.due, strict=True)]

    def worst(self, first: int, step: int) -> int:
        """Return the hour with most people missing, or most work, among `step` from `first` on."""
        window = range(first, min(first + step, len(self.due)))
        return max(window, key=lambda hour: (self.due[hour] - self.staff[hour], self.due[hour]))


def draw(subject: Subject) -> Figure:
    """Return the chart of people and work."""
    say, strips = subject.words.say, strips_of(subject)
    height = FRAME + STRIP * max(1, len(strips))
    return Figure(
        name=NAME,
        height=height,
        colours="people",
        still=finish(_chart(subject, strips, live=False), height),
        live=finish(_chart(subject, strips, live=True), height, wide=True),
        alt=_finding(subject, strips),
        title=say("charts.people.title"),
        explanation=say("charts.people.explanation"),
        columns=[
            Column(say("charts.hour")),
            *(
                Column(escape(heading), right=True)
                for strip in strips
                for heading in _headings(subject, strip)
            ),
        ],
        rows=_rows(subject, strips),
        csv=_csv(subject),
    )


def strips_of(subject: Subject) -> list[Strip]:
    """Return the pools from above to below; of very many those with the most work are kept."""
    series, shown = subject.outcome.series, subject.hours_shown
    pools = [pool for pool in subject.scenario.pools if f"due/{pool}" in series]
    heaviest = sorted(pools, key=lambda pool: -sum(series[f"due/{pool}"].mean))[:MOST_STRIPS]
    kept = [pool for pool in pools if pool in heaviest]
    return [
        Strip(
            pool=pool,
            label=subject.pool(pool),
            staff=series[f"staff/{pool}"].mean[:shown],
            due=series[f"due/{pool}"].mean[:shown],
            base=len(kept) - 1 - index,
            top=_top(series[f"staff/{pool}"].mean[:shown], series[f"due/{pool}"].mean[:shown]),
        )
        for index, pool in enumerate(kept)
    ]


def _top(*series: Sequence[float]) -> int:
    """Return the whole number of people that the highest value of a strip does not exceed."""
    return max(1, -int(-max(max(each, default=0.0) for each in series) // 1))


def _chart(subject: Subject, strips: list[Strip], *, live: bool) -> Any:
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    base = alt.Chart(data(_records(subject, strips)))
    layers = [_titles(strips)]
    for index, strip in enumerate(strips):
        layers += _layers(subject, strips, index, base.transform_calculate(**_places(strip, index)))
    layers = [layer.encode(x=x) if layer is not layers[0] else layer for layer in layers]
    if live:
        tips = [moment_tip(subject)]
        for index, strip in enumerate(strips):
            for key, heading in zip(("d", "s"), _headings(subject, strip), strict=True):
                tips.append(alt.Tooltip(f"{key}{index}:Q", title=heading, format=".1f"))
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _records(subject: Subject, strips: list[Strip]) -> list[Record]:
    """Return one record an hour, and one for the end: by strip its staff (s) and due work (d).

    Of a long time only some hours are kept, those in which most people are missing.
    """
    shown = subject.hours_shown
    step = max(1, -(-shown * (2 * len(strips) + 1) // MOST_CELLS))
    records: list[Record] = []
    for hour in [*range(0, shown, step), shown]:
        record: Record = {"t": subject.wall(hour * 3600)}
        for index, strip in enumerate(strips):
            at = strip.worst(min(hour, shown - 1), step)
            record[f"s{index}"] = short_number(strip.staff[at])
            record[f"d{index}"] = short_number(strip.due[at])
        records.append(record)
    return records


def _places(strip: Strip, index: int) -> dict[str, str]:
    """Return where the values of a strip stand on the axis, as Vega expressions."""
    scale = f"{TALL / strip.top:.6f}"
    return {
        "o": f"{strip.base}",
        "s": f"{strip.base} + datum.s{index} * {scale}",
        "d": f"{strip.base} + datum.d{index} * {scale}",
        "m": f"{strip.base} + max(datum.s{index}, datum.d{index}) * {scale}",
    }


def _layers(subject: Subject, strips: list[Strip], index: int, placed: Any) -> list[Any]:
    """Return people at work, what is missing, and the work that falls due, of one strip."""

    def y(field: str) -> Any:
        scale = alt.Scale(domain=[0, len(strips)], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=_axis(subject, strips))

    area = placed.mark_area(interpolate="step-after", line=False)
    line = placed.mark_line(interpolate="step-after", strokeWidth=1.2)
    return [
        coloured(area.encode(y=y("s"), y2="o:Q"), "staff", KEYS, _legend(subject)),
        coloured(line.encode(y=y("d")), "due", KEYS, _legend(subject)),
        # Above the line, which would hide a short gap on a phone.
        coloured(area.encode(y=y("m"), y2="s:Q"), "gap", KEYS, _legend(subject)),
    ]


def _axis(subject: Subject, strips: list[Strip]) -> Any:
    """Return an axis that says 0 and the highest number of people of each strip."""
    tops = label_expression(
        [str(strip.base) for strip in strips], [str(strip.top) for strip in strips]
    ).replace("[datum.value]", "[floor(datum.value)]")
    values = [place for strip in strips for place in (strip.base, strip.base + TALL)]
    return alt.Axis(
        title=subject.words.say("charts.people.y"),
        values=sorted(values),
        labelExpr=f"datum.value % 1 < 0.1 ? '0' : {tops}",
    )


def _legend(subject: Subject) -> Any:
    labels = [subject.words.say(f"charts.people.{key}") for key in KEYS]
    return alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=1),
        labelExpr=label_expression(list(KEYS), labels),
    )


def _titles(strips: list[Strip]) -> Any:
    """Return the name of each pool above its strip."""
    records: list[Record] = [{"y": each.base + TALL + 0.05, "l": each.label} for each in strips]
    scale = alt.Scale(domain=[0, max(1, len(strips))], nice=False)
    mark = alt.Chart(data(records)).mark_text(
        style="value", align="left", baseline="bottom", fontWeight="bold"
    )
    return mark.encode(x=alt.value(0), y=alt.Y("y:Q", scale=scale), text="l:N")


def _headings(subject: Subject, strip: Strip) -> tuple[str, str]:
    """Return what is said of a pool's due work and of its people at work."""
    say = subject.words.say
    return (
        say("charts.people.due_of", pool=strip.label),
        say("charts.people.staff_of", pool=strip.label),
    )


def _finding(subject: Subject, strips: list[Strip]) -> str:
    """Return when and where most people are missing while somebody is at work."""
    say = subject.words.say
    short = [
        (strip.gap[hour], strip, hour)
        for strip in strips
        for hour in range(len(strip.staff))
        if strip.staff[hour] > 0.01 and strip.gap[hour] >= 0.05
    ]
    if not short:
        return say("charts.people.alt_enough")
    most, strip, hour = max(short, key=lambda each: each[0])
    hours = [
        say(
            "charts.people.item",
            pool=escape(each.label),
            hours=str(sum(found[1] is each for found in short)),
        )
        for each in strips
    ]
    return say(
        "charts.people.alt",
        pool=escape(strip.label),
        moment=subject.moment(hour * 3600),
        due=number(strip.due[hour], 1),
        staff=number(strip.staff[hour], 1),
        gap=number(most, 1),
        list=say("tables.list_join").join(hours),
    )


def _rows(subject: Subject, strips: list[Strip]) -> list[list[str]]:
    """Return work and people in the hour with the largest gap of each stretch of time."""
    shown = subject.hours_shown
    step = column_step(shown, 32)
    rows = []
    for first in range(0, shown, step):
        row = [subject.moment(first * 3600)]
        for strip in strips:
            worst = strip.worst(first, step)
            row += [number(strip.due[worst], 1), number(strip.staff[worst], 1)]
        rows.append(row)
    return rows


def _csv(subject: Subject) -> str:
    series = subject.outcome.series
    columns: dict[str, Sequence[float | None]] = {}
    for pool in subject.scenario.pools:
        if f"due/{pool}" not in series:
            continue
        label = subject.pool(pool)
        for key in ("due", "staff"):
            heading = subject.words.say(f"charts.people.{key}_of", pool=label)
            columns[f"{heading} {pool}" if heading in columns else heading] = series[
                f"{key}/{pool}"
            ].mean
    return csv_of_hours(subject, columns, "people")
