"""What each channel brings against what it costs."""

from collections.abc import Sequence
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
    with_unit,
)
from simulate.report.escape import escape
from simulate.report.figures import value
from simulate.report.grid import Column, csv_text
from simulate.report.subject import Subject
from simulate.results.outcome import ChannelResult, Estimate

NAME = "channels"
ROW = 38
FRAME = 84
MOST_ROWS = 14
ROOM = 0.16
"""Share of the axis that is kept free for the figure beside the longest bar."""
KEYS = ("brings", "costs")
"""In the order of the palette."""


def draw(subject: Subject) -> Figure:
    """Return the chart of the channels, the one that brings most first."""
    say, channels = subject.words.say, _shown(subject)
    height = FRAME + ROW * max(1, len(channels))
    return Figure(
        name=NAME,
        height=height,
        colours="money",
        still=finish(_chart(subject, channels, live=False), height),
        live=finish(_chart(subject, channels, live=True), height, wide=True),
        alt=_finding(subject),
        title=say(f"charts.channels.title_{_measure(subject)}"),
        explanation=say(f"charts.channels.explanation_{_measure(subject)}"),
        columns=[
            Column(say("tables.channel")),
            Column(say(f"charts.channels.{_measure(subject)}"), right=True),
            Column(say("charts.channels.costs"), right=True),
        ],
        rows=[
            [
                escape(subject.channel(each.channel)),
                _money(brings(each, subject), subject),
                _money(costs(each), subject),
            ]
            for each in channels
        ],
        csv=_csv(subject),
    )


def brings(channel: ChannelResult, subject: Subject) -> float:
    """Return a channel's margin before what it costs; its sales where no margins are given."""
    if _measure(subject) == "sales":
        return channel.sales.mean
    return (channel.margin.mean if channel.margin else 0.0) + costs(channel)


def costs(channel: ChannelResult) -> float:
    """Return what a channel costs."""
    return channel.cost.mean if channel.cost else 0.0


def _pair(channel: ChannelResult, subject: Subject) -> tuple[float, float]:
    return brings(channel, subject), costs(channel)


def _measure(subject: Subject) -> str:
    """Return what the costs are held against: ``margin``, or ``sales`` without margins."""
    has_margins = any(each.margin is not None for each in subject.outcome.channels)
    return "margin" if has_margins else "sales"


def _shown(subject: Subject) -> list[ChannelResult]:
    """Return the channels by what they bring; of very many those that move most money."""
    channels = sorted(subject.outcome.channels, key=lambda each: -brings(each, subject))
    largest = sorted(channels, key=lambda each: -max(brings(each, subject), costs(each)))
    return [each for each in channels if each in largest[:MOST_ROWS]]


def _chart(subject: Subject, channels: Sequence[ChannelResult], *, live: bool) -> Any:
    say = subject.words.say
    names = [each.channel for each in channels]
    labels = [subject.channel(name) for name in names]
    records: list[Record] = [
        {
            "c": each.channel,
            "key": key,
            "v": short_number(amount),
            "e": short_number(max(0.0, amount)),
            "n": _money(amount, subject),
        }
        for each in channels
        for key, amount in zip(KEYS, _pair(each, subject), strict=True)
    ]
    legend = [say(f"charts.channels.{key}") for key in (_measure(subject), "costs")]
    amounts = [0.0, *(amount for each in channels for amount in _pair(each, subject))]
    room = ROOM * (max(amounts) - min(amounts))
    x = alt.X(
        "v:Q",
        scale=alt.Scale(nice=False, domain=[min(amounts), max(amounts) + room]),
        axis=alt.Axis(
            title=with_unit(subject, say("charts.channels.x"), subject.scenario.currency),
            tickCount=alt.ExprRef(expr="max(2, floor(width / 110))"),
            format=",.0f",
        ),
    )
    base = alt.Chart(data(records)).encode(
        y=alt.Y(
            "c:N",
            sort=names,
            scale=alt.Scale(paddingInner=0.34, paddingOuter=0.2),
            axis=alt.Axis(
                title=None,
                labelExpr=label_expression(names, labels),
                labelLimit=190,
                labelFontSize=13,
            ),
        ),
        yOffset=alt.YOffset("key:N", sort=list(KEYS)),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        x=x,
        color=alt.Color(
            "key:N",
            scale=alt.Scale(domain=list(KEYS)),
            legend=alt.Legend(
                title=None,
                orient="top",
                columns=legend_columns(2, narrow=1),
                labelExpr=label_expression(list(KEYS), legend),
            ),
        ),
    )
    if live:
        bars = bars.encode(tooltip=[alt.Tooltip("n:N", title=say("tables.cost.amount"))])
    zero = alt.Chart(data([{"z": 0}])).mark_rule(style="bound").encode(x=alt.X("z:Q"))
    texts = base.transform_filter("datum.v != 0").mark_text(
        style="note", align="left", dx=5, fontSize=11
    )
    return alt.layer(bars, texts.encode(x=alt.X("e:Q"), text="n:N"), zero)


def _finding(subject: Subject) -> str:
    """Return which channel brings most, and which cost more than they bring."""
    say, channels = subject.words.say, _shown(subject)
    if not channels:
        return say("charts.channels.alt_none")
    kind = _measure(subject)
    first = channels[0]
    losing = [each for each in channels if costs(each) > brings(each, subject)]
    best = say(
        f"charts.channels.alt_{kind}",
        best=escape(subject.channel(first.channel)),
        amount=_money(brings(first, subject), subject),
    )
    if not losing:
        return best + say("charts.channels.alt_pays")
    items = [
        say(
            "charts.channels.item",
            channel=escape(subject.channel(each.channel)),
            costs=_money(costs(each), subject),
            brings=_money(brings(each, subject), subject),
        )
        for each in losing
    ]
    return best + say("charts.channels.alt_loses", list=say("tables.list_join").join(items))


def _money(amount: float, subject: Subject) -> str:
    return value(amount, subject.scenario.currency, subject.words, decimals=0)


def _csv(subject: Subject) -> str:
    """Return everything that is known of every channel."""
    say, currency = subject.words.say, subject.scenario.currency
    headings = [
        say("tables.channel"),
        say("measures.visitors.label"),
        say("measures.placed_orders.label"),
        say("measures.paid_orders.label"),
        with_unit(subject, say("measures.sales.label"), currency),
        with_unit(subject, say("charts.channels.costs"), currency),
        with_unit(subject, say("tables.channels.margin"), currency),
        say("tables.channels.roi"),
        say("tables.channels.credited"),
        with_unit(subject, say("tables.channels.click"), currency),
        with_unit(subject, say("tables.channels.ceiling"), currency),
    ]
    rows = [
        [
            subject.channel(each.channel),
            *(
                _mean(figure)
                for figure in (
                    each.visitors, each.orders, each.paid, each.sales, each.cost, each.margin,
                    each.return_on_ads, each.credited_return_on_ads, each.click_price,
                    each.bid_ceiling,
                )
            ),
        ]
        for each in subject.outcome.channels
    ]  # fmt: skip
    return csv_text(headings, rows)


def _mean(estimate: Estimate | None) -> float | None:
    return estimate.mean if estimate is not None else None
