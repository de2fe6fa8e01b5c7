"""What the controller does: the backlog that it watches, its limits, the visitors it keeps away."""

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
from simulate.report.escape import escape
from simulate.report.figures import number, value
from simulate.report.grid import Column
from simulate.report.subject import Subject, column_step
from simulate.results.outcome import ActionResult

NAME = "controller"
HEIGHT = 380
MOST_HOURS = 700
KEYS = ("backlog", "without", "away", "limit")
"""In the order of the palette."""

RARE = 0.005
"""Share of campaigns below which a rule never comes into force."""


def draw(subject: Subject) -> Figure:
    """Return the chart of the controller."""
    say, keys = subject.words.say, _keys(subject)
    kept = [key for key in keys if key != "limit"]
    return Figure(
        name=NAME,
        height=HEIGHT,
        colours="controller",
        still=finish(_chart(subject, live=False), HEIGHT),
        live=finish(_chart(subject, live=True), HEIGHT, wide=True),
        alt=_finding(subject),
        title=say("charts.controller.title"),
        explanation=say("charts.controller.explanation"),
        columns=[
            Column(say("charts.hour")),
            *(Column(say(f"charts.controller.{key}"), right=True) for key in kept),
            Column(say("charts.backlog.bounds"), right=True),
        ],
        rows=_rows(subject, kept),
        csv=_csv(subject, kept),
    )


def _keys(subject: Subject) -> list[str]:
    """Return what is drawn: the backlog without a controller only where it is known."""
    known = "without/backlog" in subject.outcome.series
    return [key for key in KEYS if key != "without" or known]


def _series(subject: Subject, key: str) -> Sequence[float]:
    """Return a series by the key of the chart, or the lower or upper edge of the backlog."""
    series, shown = subject.outcome.series, subject.hours_shown
    if key in ("low", "high"):
        band = series["backlog"]
        return (band.low if key == "low" else band.high)[:shown]
    name = {"backlog": "backlog", "without": "without/backlog", "away": "turned_away"}[key]
    found = series.get(name)
    values = found.mean[:shown] if found is not None else ()
    return (*values, *(0.0 for _ in range(shown - len(values))))


def _strips(subject: Subject) -> tuple[Strip, Strip]:
    """Return the strip of the backlog, three times as tall, and below that of who stays away."""
    say = subject.words.say
    limits = [float(rule.above) for rule in _rules(subject).values()]
    highest = round_top(_series(subject, "high"), _series(subject, "without"), limits)
    return (
        Strip(title=say("charts.controller.y"), top=highest, base=1, weight=2.4),
        Strip(
            title=say("charts.controller.away_title"), top=round_top(_series(subject, "away")),
            base=0,
        ),
    )  # fmt: skip


def _rules(subject: Subject) -> dict[str, Any]:
    controller = subject.scenario.controller
    return dict(controller.rules) if controller is not None else {}


def _chart(subject: Subject, *, live: bool) -> Any:
    strips = _strips(subject)
    upper, lower = strips
    keys = [key for key in _keys(subject) if key != "limit"]
    x = alt.X("t:T", scale=hours_scale(subject), axis=time_axis(subject, grid=False))
    base = alt.Chart(data(_records(subject, keys)))
    places = {key: lower if key == "away" else upper for key in (*keys, "low", "high")}
    placed = base.transform_calculate(
        **{f"y_{key}": strip.place(key) for key, strip in places.items()},
        z=f"{lower.base:g}",
        u=f"{upper.base:g}",
    )

    def y(field: str) -> Any:
        axis = strips_axis(strips)
        return alt.Y(f"{field}:Q", scale=strips_scale(strips), axis=axis)

    def drawn(mark: Any, key: str, edge: str) -> Any:
        layer = mark.encode(x=x, y=y(f"y_{key}"), **({"y2": f"{edge}:Q"} if edge else {}))
        return coloured(layer, key, KEYS, _legend(subject))

    layers = [
        strip_titles(strips),
        drawn(placed.mark_area(line=False), "backlog", "u"),
        drawn(placed.mark_area(interpolate="step-after", line=False), "away", "z"),
        placed.mark_line(style="bound").encode(x=x, y=y("y_low")),
        placed.mark_line(style="bound").encode(x=x, y=y("y_high")),
    ]
    if "without" in keys:
        line = placed.mark_line(strokeWidth=2, strokeDash=[6, 3])
        layers.append(drawn(line, "without", ""))
    layers += _limits(subject, upper, strips)
    if live:
        tips = [moment_tip(subject)]
        tips += [
            alt.Tooltip(
                f"{key}:Q", title=subject.words.say(f"charts.controller.{key}"), format=",.0f"
            )
            for key in keys
        ]
        tips.append(alt.Tooltip("high:Q", title="P95", format=",.0f"))
        layers.append(pointer(base, x, tips))
    return alt.layer(*layers)


def _limits(subject: Subject, upper: Strip, strips: Sequence[Strip]) -> list[Any]:
    """Return a line at the limit of each rule; thick where it first comes into force."""
    shown = 3600.0 * subject.hours_shown
    actions = {each.rule: each for each in subject.outcome.actions}
    records: list[Record] = []
    for name, rule in _rules(subject).items():
        first = actions[name].first if name in actions else None
        spans = [(0.0, shown, 0)]
        if first is not None:
            spans.append((first.low, max(first.high, first.low + 3600), 1))
        for begins, ends, thick in spans:
            records.append({
                "a": subject.wall(begins), "b": subject.wall(min(ends, shown)), "w": thick,
                "y": upper.base + rule.above * upper.scale, "l": subject.rule(name),
            })  # fmt: skip
    y = alt.Y("y:Q", scale=strips_scale(strips))
    rules = alt.Chart(data(records)).encode(
        x=alt.X("a:T", scale=hours_scale(subject)), x2="b:T", y=y
    )
    lines = [
        rules.transform_filter("datum.w == 0").mark_rule(strokeWidth=1),
        rules.transform_filter("datum.w == 1").mark_rule(strokeWidth=5, opacity=0.75),
    ]
    names = rules.transform_filter("datum.w == 0").mark_text(
        style="note", align="right", baseline="bottom", dy=-3
    )
    names = names.encode(x=alt.value("width"), text="l:N", x2=alt.Undefined)
    coloured_lines = [coloured(line, "limit", KEYS, _legend(subject)) for line in lines]
    return [*coloured_lines, names]


def _legend(subject: Subject) -> Any:
    keys = _keys(subject)
    labels = [subject.words.say(f"charts.controller.{key}") for key in keys]
    return alt.Legend(
        title=None,
        orient="top",
        values=keys,
        columns=legend_columns(len(keys), narrow=2),
        labelExpr=label_expression(keys, labels),
    )


def _records(subject: Subject, keys: Sequence[str]) -> list[Record]:
    shown = subject.hours_shown
    step = max(1, -(-shown // MOST_HOURS))
    series = {key: _series(subject, key) for key in (*keys, "low", "high")}
    return [
        {
            "t": subject.wall(hour * 3600 + 1800),
            **{
                key: short_number(max(values[hour : hour + step])) for key, values in series.items()
            },
        }
        for hour in range(0, shown, step)
    ]


def _finding(subject: Subject) -> str:
    """Return which rules came into force, how often and when, and what that saved."""
    say, measures = subject.words.say, subject.outcome.measures
    acted = [each for each in subject.outcome.actions if each.share.mean >= RARE]
    if not acted:
        return say("charts.controller.alt_never")
    text = say(
        "charts.controller.alt",
        list=say("tables.list_join").join(_acted(each, subject) for each in acted),
    )
    away, avoided = (
        measures.get(name) for name in ("turned_away_visitors", "controller_late_orders_avoided")
    )
    if away is not None:
        text += say("charts.controller.alt_away", visitors=number(away.mean))
    if avoided is not None:
        text += say("charts.controller.alt_avoided", orders=number(avoided.mean))
    return text


def _acted(action: ActionResult, subject: Subject) -> str:
    share = value(action.share.mean, "share", subject.words, decimals=0)
    moment = subject.moment(action.first.median) if action.first else ""
    return subject.words.say(
        "charts.controller.item",
        rule=escape(subject.rule(action.rule)),
        share=share,
        moment=moment,
        hours=value(action.hours.mean, "hours", subject.words, decimals=1),
    )


def _rows(subject: Subject, keys: Sequence[str]) -> list[list[str]]:
    """Return the backlog's highest hour of each stretch of time, and who is kept away in it."""
    shown = subject.hours_shown
    step = column_step(shown, 32)
    rows = []
    for first in range(0, shown, step):
        window = slice(first, first + step)
        low, high = (max(_series(subject, edge)[window]) for edge in ("low", "high"))
        cells = [
            sum(_series(subject, key)[window]) if key == "away"
            else max(_series(subject, key)[window])
            for key in keys
        ]  # fmt: skip
        bounds = subject.words.say("figures.low_to_high", low=number(low), high=number(high))
        rows.append([subject.moment(first * 3600), *map(number, cells), bounds])
    return rows


def _csv(subject: Subject, keys: Sequence[str]) -> str:
    say = subject.words.say
    total = say("charts.controller.backlog")
    columns = {
        **{say(f"charts.controller.{key}"): _series(subject, key) for key in keys},
        say("charts.low", name=total): _series(subject, "low"),
        say("charts.high", name=total): _series(subject, "high"),
    }
    return csv_of_hours(subject, columns, "number")
