"""Colours with one meaning each, in a light and a dark palette, and Vega's configuration.

Hues of Okabe and Ito (2008) stand for what orders do and how bad things are, those of Paul Tol's
muted scheme for stations, so that amber and red keep their meaning. Both schemes remain apart for
colour-blind readers; the dark palette has them lighter. A chart names colours by style or by
scale (``category``, ``ordinal``), so that one specification serves both palettes.
"""

from dataclasses import dataclass, fields
from typing import Any, Literal

FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)

Mode = Literal["light", "dark"]
CategoryRange = Literal[
    "stations", "curves", "states", "people", "courier", "desk", "money", "controller", "budget"
]
"""What a chart's categories are: stations of the line; paid, dispatched, collected; how many
orders are late; people at work, work, people missing; parcels waiting, taken, capacity; who asks,
who waits, agents, chats; what is brought and what it costs; the backlog, the one without a
controller, visitors kept away, limits; within a budget, above it, none."""

MODES: tuple[Mode, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one mode.

    `stations` has the ERP first and then the order of the line; `load` goes from idle over 20,
    40 and 60 % to amber (80) and red (90); `closed` is for hours with nobody at work.
    """

    text: str
    quiet: str
    grid: str
    stations: tuple[str, ...]
    load: tuple[str, ...]
    closed: str
    paid: str
    dispatched: str
    collected: str
    promised: str
    good: str
    amber: str
    bad: str
    band: str
    inside: str
    middle: str


LIGHT = Palette(
    text="#1f2933",
    quiet="#52606d",
    grid="#e4e7eb",
    stations=(
        "#a9b4bf",
        "#7fc4e8", "#3b4ba3", "#44aa99", "#9c9a35", "#dccb73", "#cc6677", "#8f4a96", "#1f7a45",
    ),
    load=("#e3edf5", "#c6dcec", "#a5c8e1", "#6ea6cf", "#f0b429", "#c2410c"),
    closed="#d5dae0",
    paid="#0072b2",
    dispatched="#009e73",
    collected="#8a5a83",
    promised="#1f2933",
    good="#0072b2",
    amber="#e69f00",
    bad="#c2410c",
    band="#52606d",
    inside="#ffffff",
    middle="#ffffff",
)  # fmt: skip

DARK = Palette(
    text="#e6e9ef",
    quiet="#a9b3c1",
    grid="#3a4150",
    stations=(
        "#6b7685",
        "#7fc4e8", "#5f74d6", "#44b3a1", "#aeab4a", "#e0d083", "#d97887", "#b06cb8", "#3fa066",
    ),
    load=("#2b3444", "#2d4a66", "#33658c", "#4187b8", "#f2c14e", "#f0703a"),
    closed="#4a5262",
    paid="#5cb3ea",
    dispatched="#35c79c",
    collected="#d59bcb",
    promised="#e6e9ef",
    good="#5cb3ea",
    amber="#f0b84a",
    bad="#f0703a",
    band="#a9b3c1",
    inside="#10202e",
    middle="#10202e",
)  # fmt: skip

PALETTES: dict[Mode, Palette] = {"light": LIGHT, "dark": DARK}


def stand_ins() -> tuple[Palette, dict[Mode, dict[str, str]]]:
    """Return a palette in which every place has a colour of its own, and what to put for each.

    Two places that share a colour in one mode may differ in the other.
    """
    colours: dict[Mode, dict[str, str]] = {mode: {} for mode in MODES}

    def stand_in(light: str, dark: str) -> str:
        key = f"#0a0b{len(colours['light']):02x}"
        colours["light"][key], colours["dark"][key] = light, dark
        return key

    places: dict[str, Any] = {}
    for place in fields(Palette):
        light, dark = getattr(LIGHT, place.name), getattr(DARK, place.name)
        if isinstance(light, str):
            places[place.name] = stand_in(light, dark)
        else:
            places[place.name] = tuple(map(stand_in, light, dark))
    return Palette(**places), colours


def config(colours: Palette, categories: CategoryRange) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a palette: fonts, axes, scales and named styles."""
    category: dict[CategoryRange, tuple[str, ...]] = {
        "stations": colours.stations,
        "curves": (colours.paid, colours.dispatched, colours.collected),
        "people": (colours.load[2], colours.text, colours.bad),
        "courier": (colours.dispatched, colours.collected, colours.promised),
        "desk": (colours.load[3], colours.bad, colours.load[2], colours.text),
        "money": (colours.good, colours.amber),
        "controller": (colours.load[2], colours.bad, colours.amber, colours.collected),
        "budget": (colours.good, colours.bad, colours.band),
        "states": (colours.good, colours.amber, colours.bad, colours.band),
    }
    return {
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 4, "top": 4, "right": 14, "bottom": 4},
        "view": {"stroke": None},
        "axis": {
            "labelColor": colours.quiet,
            "labelFontSize": 12,
            "titleColor": colours.quiet,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": colours.grid,
            "domainColor": colours.quiet,
            "tickColor": colours.grid,
            "labelPadding": 6,
            "titlePadding": 10,
        },
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "labelColor": colours.text,
            "labelFontSize": 12,
            "titleColor": colours.quiet,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "symbolType": "square",
            "symbolSize": 110,
            "symbolStrokeWidth": 0,
            "columnPadding": 14,
            "rowPadding": 4,
            "offset": 10,
            "labelLimit": 220,
        },
        "range": {
            "category": list(category[categories]),
            "ordinal": [*colours.load, colours.closed],
        },
        "style": _styles(colours),
    }


def _styles(colours: Palette) -> dict[str, Any]:
    return {
        "gap": {"color": colours.paid, "fillOpacity": 0.12},
        "total": {"color": colours.text, "strokeWidth": 1.6},
        "bound": {"color": colours.text, "strokeWidth": 1, "strokeDash": [3, 3]},
        "promised": {"color": colours.promised, "strokeWidth": 2.2},
        "note": {"color": colours.quiet, "fontSize": 12},
        "value": {"color": colours.text, "fontSize": 13},
        "inside": {"color": colours.inside, "fontSize": 13},
        "count": {"color": colours.paid},
        "rest": {"color": colours.grid},
        "middle": {"color": colours.middle},
        "target": {"color": colours.text},
        "campaign": {"color": colours.text},
    }
