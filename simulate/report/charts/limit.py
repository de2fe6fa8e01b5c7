"""The share on time and the target that breaks first, over the volume."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from simulate.experiment.limit import Volume
from simulate.report.charts.figure import (
    Figure,
    Record,
    coloured,
    data,
    finish,
    label_expression,
    legend_columns,
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.figures import value
from simulate.report.grid import Column, csv_text
from simulate.report.questions.limited import Limited

NAME = "limit"
STRIP = 190
FRAME = 90
KEYS = ("pass", "inconclusive", "fail")
"""In the order of the palette."""

FULL = 0.78
"""How much of a strip its values fill; its title stands above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    """A measure and where it stands: values from `low` to `high` fill the strip at `base`."""

    measure: str
    base: float
    low: float
    high: float

    def place(self, amount: float) -> float:
        """Return where a value stands, cut at the strip's edges."""
        share = (amount - self.low) / (self.high - self.low)
        return round(self.base + FULL * min(max(share, 0.0), 1.0), 4)


def draw(limited: Limited) -> Figure:
    """Return the chart of what every volume gives."""
    say = limited.subject.words.say
    strips = _strips(limited)
    height = FRAME + STRIP * len(strips)
    is_alone = len(strips) == 1 and strips[0].measure != "on_time_share"
    return Figure(
        name=NAME,
        height=height,
        colours="states",
        still=finish(_chart(limited, strips, live=False), height),
        live=finish(_chart(limited, strips, live=True), height, wide=True),
        alt=say("charts.limit.alt", told=_finding(limited)),
        title=say("charts.limit.title"),
        explanation=say(f"charts.limit.explanation{'_one' if is_alone else ''}"),
        columns=[
            Column(say("limit.volume"), right=True),
            Column(say("limit.daily"), right=True),
            *(Column(escape(limited.label(each.measure)), right=True) for each in strips),
            Column(say("limit.verdict")),
        ],
        rows=[
            [
                limited.times(volume.multiple),
                limited.daily(volume),
                *(limited.figure(volume, each.measure) for each in strips),
                say(f"limit.{volume.word}"),
            ]
            for volume in limited.limit.volumes
        ],
        csv=_csv(limited),
    )


def _finding(limited: Limited) -> str:
    joint = "" if limited.subject.words.language == "zh" else " "
    return joint.join(escape(sentence) for sentence in limited.sentences)


def _strips(limited: Limited) -> list[_Strip]:
    """Return the strips from above: the share on time, then what breaks first."""
    names = limited.shown[:2]
    found = []
    for index, name in enumerate(names):
        estimates = [v.measures[name] for v in limited.limit.volumes if name in v.measures]
        goal = _target(limited, name)
        seen = [each.mean for each in estimates] + ([] if goal is None else [goal])
        low, high = min(seen), max(seen)
        room = (high - low) / 5 or abs(high) / 20 or 1.0
        is_share = bool(estimates) and estimates[0].unit == "share"
        low, high = max(0.0, low - room), min(1.0, high + room) if is_share else high + room
        found.append(_Strip(measure=name, base=float(len(names) - 1 - index), low=low, high=high))
    return found


def _target(limited: Limited, measure: str) -> float | None:
    return next((t.target for t in limited.limit.targets if t.measure == measure), None)


def _chart(limited: Limited, strips: list[_Strip], *, live: bool) -> Any:
    scale = alt.Scale(domain=[0, len(strips)], nice=False)
    x_scale = alt.Scale(type="log", domain=_domain(limited), nice=False)
    ticks = [each for each in (0.1, 0.25, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8, 12, 16)
             if _domain(limited)[0] <= each <= _domain(limited)[1]]  # fmt: skip
    axis = alt.Axis(
        title=limited.subject.words.say("charts.limit.x"), values=ticks, format="~g", grid=False
    )

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", scale=x_scale, axis=axis)

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=scale, axis=_axis(limited, strips))

    layers = _zones(limited, strips, x, y)
    for strip in strips:
        records = [
            _record(limited, volume, strip)
            for volume in limited.limit.volumes
            if strip.measure in volume.measures
        ]
        base = alt.Chart(data(records)).encode(x=x("x"))
        tips = [
            alt.Tooltip("times:N", title=limited.subject.words.say("limit.volume")),
            alt.Tooltip("orders:N", title=limited.subject.words.say("limit.daily")),
            alt.Tooltip("figure:N", title=limited.label(strip.measure)),
            alt.Tooltip("verdict:N", title=limited.subject.words.say("limit.verdict")),
            alt.Tooltip("campaigns:Q", title=limited.subject.words.say("limit.campaigns")),
        ]
        layers += [
            base.mark_rule(style="total").encode(y=y("low"), y2="high:Q"),
            base.mark_line(style="total").encode(y=y("y")),
            base.mark_point(style="total", filled=True, size=46, opacity=1).encode(
                y=y("y"), **({"tooltip": tips} if live else {})
            ),
        ]
        goal = _target(limited, strip.measure)
        if goal is not None:
            rule = alt.Chart(data([{"y": strip.place(goal)}])).mark_rule(style="bound")
            layers.append(rule.encode(y=y("y")))
    titles: list[Record] = [
        {"y": strip.base + FULL + 0.07, "l": limited.label(strip.measure)} for strip in strips
    ]
    text = alt.Chart(data(titles)).mark_text(
        style="value", align="left", baseline="bottom", fontWeight="bold"
    )
    layers.append(text.encode(x=alt.value(4), y=y("y"), text="l:N"))
    return alt.layer(*layers)


def _domain(limited: Limited) -> list[float]:
    multiples = [each.multiple for each in limited.limit.volumes]
    return [round(min(multiples) * 0.95, 3), round(max(multiples) * 1.05, 3)]


def _zones(limited: Limited, strips: list[_Strip], x: Any, y: Any) -> list[Any]:
    """Return the stretches of volume that hold, are open, and break, behind everything."""
    found, say = limited.limit, limited.subject.words.say
    low, high = _domain(limited)
    held = low if found.holds is None else found.holds
    broken = high if found.breaks is None else found.breaks
    spans = {"pass": (low, held), "inconclusive": (held, broken), "fail": (broken, high)}
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=legend_columns(len(KEYS), narrow=1),
        labelExpr=label_expression(list(KEYS), [say(f"charts.limit.{key}") for key in KEYS]),
    )
    layers = []
    for key, (begins, ends) in spans.items():
        if ends > begins:
            for strip in strips:
                record: Record = {"a": begins, "b": ends, "y": strip.base, "u": strip.base + FULL}
                mark = alt.Chart(data([record])).mark_rect(opacity=0.22)
                layer = mark.encode(x=x("a"), x2="b:Q", y=y("y"), y2="u:Q")
                layers.append(coloured(layer, key, KEYS, legend))
    return layers


def _axis(limited: Limited, strips: list[_Strip]) -> Any:
    """Return an axis that says the edges of every strip and its target."""
    places: dict[float, str] = {}
    for strip in strips:
        unit = next(
            v.measures[strip.measure].unit
            for v in limited.limit.volumes
            if strip.measure in v.measures
        )
        goal = _target(limited, strip.measure)
        for amount in (strip.low, strip.high, *([] if goal is None else [goal])):
            places[strip.place(amount)] = value(amount, unit, limited.subject.words)
    labels = label_expression([f"{round(1000 * place)}" for place in places], list(places.values()))
    return alt.Axis(
        title=None,
        values=list(places),
        grid=False,
        labelOverlap=True,
        labelExpr=labels.replace("[datum.value]", "[round(datum.value * 1000)]"),
    )


def _record(limited: Limited, volume: Volume, strip: _Strip) -> Record:
    found = volume.measures[strip.measure]
    return {
        "x": volume.multiple,
        "y": strip.place(found.mean),
        "low": strip.place(found.low),
        "high": strip.place(found.high),
        "times": limited.times(volume.multiple),
        "orders": limited.daily(volume),
        "figure": limited.figure(volume, strip.measure),
        "verdict": limited.subject.words.say(f"limit.{volume.word}"),
        "campaigns": volume.replications,
    }


def _csv(limited: Limited) -> str:
    """Return every volume with all targets and their intervals."""
    say, found = limited.subject.words.say, limited.limit
    names = list(dict.fromkeys([*limited.shown, *(each.measure for each in found.targets)]))
    units = {
        name: next((v.measures[name].unit for v in found.volumes if name in v.measures), "")
        for name in names
    }
    headings = [say("limit.volume"), with_unit(limited.subject, say("limit.daily"), "orders")]
    for name in names:
        mean = with_unit(limited.subject, limited.label(name), units[name])
        headings += [mean, say("charts.low", name=mean), say("charts.high", name=mean)]
    headings += [say("limit.verdict"), say("limit.campaigns")]
    rows: list[list[str | float | None]] = []
    for volume in found.volumes:
        row: list[str | float | None] = [volume.multiple, volume.orders_a_day.mean]
        for name in names:
            each = volume.measures.get(name)
            row += [None, None, None] if each is None else [each.mean, each.low, each.high]
        rows.append([*row, say(f"limit.{volume.word}"), volume.replications])
    return csv_text(headings, rows)
