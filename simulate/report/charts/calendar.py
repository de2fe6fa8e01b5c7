"""How full the dispatch line is on each day of a year: a row a month, a cell a day."""

from typing import Any

import altair as alt

from simulate.plan.year_outcome import YearDay
from simulate.report.charts.figure import (
    Figure,
    Record,
    data,
    finish,
    label_expression,
    legend_columns,
    with_unit,
)
from simulate.report.charts.utilisation import RED, colour_of
from simulate.report.escape import escape
from simulate.report.figures import value
from simulate.report.grid import Column, csv_text
from simulate.report.year import YearSubject

NAME = "calendar"
ROW = 30
FRAME = 110
CLASSES = tuple(range(RED + 1))


def draw(year: YearSubject) -> Figure:
    """Return the calendar."""
    say, months = year.words.say, _months(year)
    height = FRAME + ROW * len(months)
    return Figure(
        name=NAME,
        height=height,
        colours="stations",
        still=finish(_chart(year, live=False), height),
        live=finish(_chart(year, live=True), height, wide=True),
        alt=_finding(year),
        title=say("charts.calendar.title"),
        explanation=say("charts.calendar.explanation"),
        columns=[
            Column(say("year.month_column")),
            Column(say("charts.calendar.mean"), right=True),
            Column(say("charts.calendar.fullest")),
            Column(say("year.load"), right=True),
            Column(say("year.amber"), right=True),
            Column(say("year.red"), right=True),
        ],
        rows=_rows(year),
        csv=_csv(year),
    )


def class_of(day: YearDay) -> int:
    """Return the number of a day's colour: amber is the last but one, red the last."""
    return colour_of(day.load.mean)


def _months(year: YearSubject) -> list[str]:
    return list(dict.fromkeys(day.day[:7] for day in year.outcome.days))


def _chart(year: YearSubject, *, live: bool) -> Any:
    say, months = year.words.say, _months(year)
    base = alt.Chart(data(_records(year, live=live))).encode(
        x=alt.X(
            "d:O",
            scale=alt.Scale(paddingInner=0.1, paddingOuter=0.04, domain=list(range(1, 32))),
            axis=alt.Axis(
                title=say("charts.calendar.x"),
                labelAngle=0,
                ticks=False,
                domain=False,
                labelExpr="datum.value == 1 || datum.value % 5 == 0 ? datum.value : ''",
            ),
        ),
        y=alt.Y(
            "m:N",
            sort=months,
            scale=alt.Scale(paddingInner=0.14, paddingOuter=0.08),
            axis=alt.Axis(
                title=None,
                labelExpr=label_expression(months, [year.month(key) for key in months]),
                labelLimit=110,
            ),
        ),
    )
    legend = [say(f"charts.utilisation.class_{each}") for each in CLASSES[:-1]]
    legend.append(say("charts.calendar.red"))
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            "c:O",
            scale=alt.Scale(domain=list(CLASSES)),
            legend=alt.Legend(
                title=None,
                orient="top",
                columns=legend_columns(len(CLASSES), narrow=3, wide=6),
                labelExpr=label_expression([str(each) for each in CLASSES], legend),
            ),
        )
    )
    if live:
        cells = cells.encode(
            tooltip=[
                alt.Tooltip("n:N", title=say("year.day")),
                alt.Tooltip("e:N", title=say("year.campaign")),
                alt.Tooltip("l:Q", title=say("year.load"), format=".0%"),
                alt.Tooltip("p:N", title=say("year.place")),
                alt.Tooltip("r:Q", title=say("year.red_share"), format=".0%"),
            ]
        )
    # Not by colour alone: red days bear a dot, days of a campaign a line below.
    dots = base.transform_filter(f"datum.c == {RED}").mark_circle(
        style="middle", size=24, opacity=1
    )
    lines = base.transform_filter("datum.k").mark_rect(
        style="campaign", height=alt.RelativeBandSize(band=0.1), yOffset=11
    )
    return alt.layer(cells, dots, lines)


def _records(year: YearSubject, *, live: bool) -> list[Record]:
    records: list[Record] = []
    for day in year.outcome.days:
        record: Record = {
            "m": day.day[:7],
            "d": int(day.day[8:]),
            "c": class_of(day),
            "k": int(day.campaign is not None),
        }
        if live:
            record |= {
                "n": year.day(day.day),
                "e": year.campaign(day.campaign) if day.campaign else year.words.say(
                    "year.ordinary"
                ),
                "l": round(day.load.mean, 3),
                "p": year.place(day.place),
                "r": round(day.red, 3),
            }  # fmt: skip
        records.append(record)
    return records


def _finding(year: YearSubject) -> str:
    say, days = year.words.say, year.outcome.days
    fullest = max(days, key=lambda day: day.load.mean)
    amber = [day for day in days if class_of(day) == RED - 1]
    red = [day for day in days if class_of(day) == RED]
    return say(
        "charts.calendar.alt",
        day=year.day(fullest.day),
        load=_share(fullest.load.mean, year),
        place=escape(year.place(fullest.place)),
        amber=str(len(amber)),
        red=str(len(red)),
        list=_listed(red, year),
    )


def _listed(days: list[YearDay], year: YearSubject) -> str:
    """Return the red days by the campaign on which they fall."""
    by_campaign: dict[str | None, int] = {}
    for day in days:
        by_campaign[day.campaign] = by_campaign.get(day.campaign, 0) + 1
    say = year.words.say
    items = [
        say(
            "charts.calendar.item",
            campaign=escape(year.campaign(name)) if name else say("year.ordinary"),
            days=str(count),
        )
        for name, count in by_campaign.items()
    ]
    return say("tables.list_join").join(items) or say("tables.none")


def _rows(year: YearSubject) -> list[list[str]]:
    rows = []
    for key in _months(year):
        days = [day for day in year.outcome.days if day.day.startswith(key)]
        fullest = max(days, key=lambda day: day.load.mean)
        rows.append([
            year.month(key),
            _share(sum(day.load.mean for day in days) / len(days), year),
            year.day(fullest.day),
            _share(fullest.load.mean, year),
            str(sum(class_of(day) == RED - 1 for day in days)),
            str(sum(class_of(day) == RED for day in days)),
        ])  # fmt: skip
    return rows


def _share(share: float, year: YearSubject) -> str:
    return value(share, "share", year.words, decimals=0)


def _csv(year: YearSubject) -> str:
    """Return every day with everything that is known of it."""
    say = year.words.say
    headings = [
        say("year.day"),
        say("year.campaign"),
        *(
            with_unit(year, heading, "share")
            for heading in (
                say("year.load"), say("charts.low", name=say("year.load")),
                say("charts.high", name=say("year.load")),
            )
        ),
        say("year.place"),
        with_unit(year, say("year.amber_share"), "share"),
        with_unit(year, say("year.red_share"), "share"),
        with_unit(year, say("measures.paid_orders.label"), "orders"),
        with_unit(year, say("measures.late_orders.label"), "orders"),
        with_unit(year, say("year.backlog"), "orders"),
    ]  # fmt: skip
    rows: list[list[str | float | None]] = [
        [
            day.day,
            year.campaign(day.campaign) if day.campaign else "",
            100 * day.load.mean, 100 * day.load.low, 100 * day.load.high,
            year.place(day.place),
            100 * day.amber, 100 * day.red,
            day.paid, day.late_orders, day.backlog,
        ]
        for day in year.outcome.days
    ]  # fmt: skip
    return csv_text(headings, rows)
