"""Strips one above the other on one axis of time, each with a scale of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import altair as alt

from simulate.report.charts.figure import Record, data, label_expression

ABOVE = 0.26
"""Room above the highest value of a strip, in ordinary strips: its title stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One strip: its title, the value that fills it, and where it stands on the axis.

    `base` is its lower edge, in strips from below; `weight` how many ordinary strips tall it is.
    """

    title: str
    top: float
    base: float
    weight: float = 1.0

    @property
    def scale(self) -> float:
        """How tall one unit of its values is."""
        return (self.weight - ABOVE) / self.top

    def place(self, field: str) -> str:
        """Return where a field's value stands, as a Vega expression."""
        return f"{self.base:g} + datum.{field} * {self.scale:.8f}"

    @property
    def full(self) -> float:
        """Where its highest value stands."""
        return self.base + self.weight - ABOVE


def round_top(*series: Sequence[float]) -> float:
    """Return a round number that no value exceeds, with one digit or one and a half."""
    most = max((value for each in series for value in each), default=0.0)
    if most <= 1:
        return 1.0
    unit = 10.0 ** floor(log10(most))
    return next(step * unit for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * unit >= most)


def strips_scale(strips: Sequence[Strip]) -> Any:
    """Return the scale on which all strips stand."""
    return alt.Scale(domain=[0, sum(strip.weight for strip in strips)], nice=False)


def strips_axis(strips: Sequence[Strip], title: str | None = None) -> Any:
    """Return an axis that says 0 and the highest value of each strip."""
    places = {
        f"{round(1000 * place)}": text
        for strip in strips
        for place, text in ((strip.base, "0"), (strip.full, f"{ceil(strip.top):,}"))
    }
    labels = label_expression(list(places), list(places.values()))
    return alt.Axis(
        title=title,
        values=[int(place) / 1000 for place in places],
        labelExpr=labels.replace("[datum.value]", "[round(datum.value * 1000)]"),
    )


def strip_titles(strips: Sequence[Strip]) -> Any:
    """Return the title of each strip above it."""
    records: list[Record] = [{"y": strip.full + 0.05, "l": strip.title} for strip in strips]
    mark = alt.Chart(data(records)).mark_text(
        style="value", align="left", baseline="bottom", fontWeight="bold"
    )
    y = alt.Y("y:Q", scale=strips_scale(strips))
    return mark.encode(x=alt.value(0), y=y, text="l:N")
