"""From visitor to parcel on time: each step as a share of the one it comes from."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from simulate.report.charts.figure import Figure, Record, data, finish, label_expression, with_unit
from simulate.report.figures import show, value
from simulate.report.grid import Column, csv_text
from simulate.report.subject import Subject
from simulate.results.outcome import Estimate

NAME = "funnel"
ROW_HEIGHT = 40
FRAME_HEIGHT = 16
LONG = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step, how many reach it, and how many reach the step it comes from."""

    label: str
    count: Estimate
    base: str = ""
    base_count: float = 0.0

    @property
    def share(self) -> float:
        """Share of the step it comes from; 1 for the first."""
        return self.count.mean / self.base_count if self.base_count > 0 else 1.0


def draw(subject: Subject) -> Figure:
    """Return the chart of the funnel."""
    say, steps = subject.words.say, steps_of(subject)
    height = FRAME_HEIGHT + ROW_HEIGHT * len(steps)
    return Figure(
        name=NAME,
        height=height,
        colours="stations",
        still=finish(_chart(subject, steps, live=False), height),
        live=finish(_chart(subject, steps, live=True), height, wide=True),
        alt=_finding(subject, steps),
        title=say("charts.funnel.title"),
        explanation=say("charts.funnel.explanation"),
        columns=[
            Column(say("charts.funnel.step")),
            Column(say("charts.funnel.count"), right=True),
            Column(say("charts.funnel.share"), right=True),
        ],
        rows=[[step.label, show(step.count, subject.words), _share(step, subject)]
              for step in steps],
        csv=_csv(subject, steps),
    )  # fmt: skip


def steps_of(subject: Subject) -> list[Step]:
    """Return the steps that the outcome has measures for.

    The opening backlog joins between payment and dispatch, cancelled orders leave; what is then
    to be dispatched has a step of its own.
    """
    measures = subject.outcome.measures
    steps: list[Step] = []

    def add(label: str, count: Estimate | None, base: Step | None) -> Step | None:
        if count is None:
            return base
        steps.append(
            Step(
                label=label,
                count=count,
                base=base.label if base and base.count.mean > 0 else "",
                base_count=base.count.mean if base else 0.0,
            )
        )
        return steps[-1]

    def label(name: str) -> str:
        return subject.measure(name)[0]

    visitors = add(label("visitors"), measures.get("visitors"), None)
    for name in ("carts", "enquiries"):
        found = measures.get(name)
        if found is not None and found.mean > 0:
            add(label(name), found, visitors)
    placed = add(label("placed_orders"), measures.get("placed_orders"), visitors)
    paid = add(label("paid_orders"), measures.get("paid_orders"), placed)
    more = _mean_of("opening_orders", subject) - _mean_of("cancelled_orders", subject)
    if paid is not None and more:
        together = _plus(paid.count, more)
        paid = Step(label=subject.words.say("charts.funnel.to_ship"), count=together)
        steps.append(paid)
    add(label("dispatched_orders"), measures.get("dispatched_orders"), paid)
    on_time = measures.get("on_time_share")
    if paid is not None and on_time is not None and subject.scenario.promise is not None:
        count = _times(on_time, paid.count.mean)
        add(subject.words.say("charts.funnel.on_time"), count, paid)
    return steps


def _mean_of(name: str, subject: Subject) -> float:
    measure = subject.outcome.measures.get(name)
    return measure.mean if measure is not None else 0.0


def _plus(estimate: Estimate, amount: float) -> Estimate:
    return Estimate(
        mean=estimate.mean + amount, low=estimate.low + amount, high=estimate.high + amount,
        unit=estimate.unit,
    )  # fmt: skip


def _times(share: Estimate, orders: float) -> Estimate:
    return Estimate(
        mean=share.mean * orders, low=share.low * orders, high=share.high * orders, unit="orders"
    )


def _share(step: Step, subject: Subject) -> str:
    if not step.base:
        return ""
    share = value(step.share, "share", subject.words, decimals=1)
    return subject.words.say("charts.funnel.of", share=share, base=_inner(step.base))


def _inner(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return label[:1].lower() + label[1:]


def _chart(subject: Subject, steps: list[Step], *, live: bool) -> Any:
    say = subject.words.say
    keys = [str(index) for index in range(len(steps))]
    records: list[Record] = [
        {
            "k": key,
            "v": round(min(1.0, step.share), 5),
            "w": 1,
            "n": show(step.count, subject.words, interval=False),
            "o": _share(step, subject),
        }
        for key, step in zip(keys, steps, strict=True)
    ]
    y = alt.Y(
        "k:N",
        sort=keys,
        scale=alt.Scale(paddingInner=0.35),
        axis=alt.Axis(
            title=None,
            labelExpr=label_expression(keys, [step.label for step in steps]),
            labelFontSize=13,
            labelLimit=150,
        ),
    )
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("v:Q", scale=scale, axis=None)
    base = alt.Chart(data(records)).encode(y=y)
    track = base.mark_bar(style="rest", cornerRadiusEnd=2).encode(
        x=alt.X("w:Q", scale=scale, axis=None)
    )
    bars = base.mark_bar(style="count", cornerRadiusEnd=2).encode(x=x)
    # Beside a short bar, inside a long one.
    beside = base.transform_filter(f"datum.v < {LONG}").mark_text(style="value", align="left", dx=8)
    inside = base.transform_filter(f"datum.v >= {LONG}").mark_text(
        style="inside", align="right", dx=-8
    )
    shares = [text.encode(x=x, text="o:N") for text in (beside, inside)]
    counts = base.mark_text(style="value", align="left", dx=8, fontWeight="bold").encode(
        x=alt.value("width"), text="n:N"
    )
    if live:
        bars = bars.encode(
            tooltip=[
                alt.Tooltip("n:N", title=say("charts.funnel.count")),
                alt.Tooltip("o:N", title=say("charts.funnel.share")),
            ]
        )
    return alt.layer(track, bars, *shares, counts)


def _finding(subject: Subject, steps: list[Step]) -> str:
    say, parts = subject.words.say, []
    for step in steps:
        count = show(step.count, subject.words, interval=False)
        if step.base:
            share = value(step.share, "share", subject.words, decimals=1)
            parts.append(
                say(
                    "charts.funnel.step_alt", label=step.label, count=count, share=share,
                    base=_inner(step.base),
                )
            )  # fmt: skip
        else:
            parts.append(say("charts.funnel.first_alt", label=step.label, count=count))
    return say("charts.funnel.alt", steps=say("verdicts.sentence.join").join(parts))


def _csv(subject: Subject, steps: list[Step]) -> str:
    say = subject.words.say
    headings = [
        say("charts.funnel.step"),
        say("charts.funnel.count"),
        say("tables.interval_low"),
        say("tables.interval_high"),
        say("charts.funnel.base"),
        with_unit(subject, say("charts.funnel.share"), "share"),
    ]
    rows = [
        [
            step.label, step.count.mean, step.count.low, step.count.high, step.base,
            round(100 * step.share, 3) if step.base else None,
        ]
        for step in steps
    ]  # fmt: skip
    return csv_text(headings, rows)
