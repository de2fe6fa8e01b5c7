"""A chart's files beside the pages: two SVGs, the live chart, the CSV."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from simulate.experiment.workers import workers
from simulate.report.charts.figure import Figure
from simulate.report.palette import MODES, PALETTES, Mode, config, stand_ins
from simulate.scenario.problems import refusal

VEGA_LITE = "6.4"
MAX_SPEC_BYTES = 100_000
SUFFIXES = ("light.svg", "dark.svg", "js", "csv")


def asset_path(scenario: str, chart: str, suffix: str) -> PurePosixPath:
    """Return where a chart's file is, below the folder of a language."""
    return PurePosixPath("assets") / scenario / f"{chart}.{suffix}"


def live_script(scenario: str, figure: Figure) -> str:
    """Return the script that hands the live chart to the page.

    Raises:
        InputError: if the chart is too large for a page to load.
    """
    chart = {
        "spec": figure.live,
        "config": {mode: config(PALETTES[mode], figure.colours) for mode in MODES},
    }
    text = json.dumps(chart, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text.encode()) > MAX_SPEC_BYTES:
        message = (
            f"the chart `{figure.name}` of `{scenario}` takes {len(text.encode()) // 1000} KB, "
            f"more than the {MAX_SPEC_BYTES // 1000} KB that a page may load"
        )
        raise refusal(message)
    # Strings of a scenario must not end the script or its line.
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return f"peakbookChart({json.dumps(f'{scenario}/{figure.name}')}, {text});\n"


def seal_of(figure: Figure) -> str:
    """Return a digest of all that decides how a chart looks, but for the fonts installed.

    Drawings are compared by it and never by their bytes, which change with the fonts.
    """
    configs = [config(PALETTES[mode], figure.colours) for mode in MODES]
    parts = [figure.still, configs, VEGA_LITE, version("vl-convert-python")]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def seal_in(path: Path) -> str | None:
    """Return the seal in an SVG's first line, or None if there is none to read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            match = re.match(r"<!-- peakbook ([0-9a-f]{16}) -->", file.readline(200))
    except OSError:
        return None
    return match[1] if match else None


def draw_missing(figures: Mapping[Path, Figure]) -> dict[Path, str]:
    """Return the SVGs of each chart whose files are absent or show something else.

    Charts are given by the path of their files without ``.light.svg`` and ``.dark.svg``.
    """
    due = {
        stem: figure
        for stem, figure in figures.items()
        if any(seal_in(_svg_path(stem, mode)) != seal_of(figure) for mode in MODES)
    }
    drawn = zip(due, _draw_all(list(due.values())), strict=True)
    return {_svg_path(stem, mode): svgs[mode] for stem, svgs in drawn for mode in MODES}


def draw(figure: Figure) -> dict[Mode, str]:
    """Return a chart's SVG in each palette, with its seal in the first line.

    It is drawn once, in stand-in colours that are then replaced by those of each palette.
    """
    import vl_convert

    stand_in, colours = stand_ins()
    svg: str = vl_convert.vegalite_to_svg(
        figure.still,
        vl_version=VEGA_LITE,
        config=config(stand_in, figure.colours),
        allowed_base_urls=[],
    )
    first_line = f"<!-- peakbook {seal_of(figure)} -->"
    body = _slim(svg)
    return {mode: f"{first_line}\n{_coloured(body, colours[mode])}\n" for mode in MODES}


def _coloured(svg: str, colours: Mapping[str, str]) -> str:
    return re.sub("|".join(colours), lambda match: colours[match[0]], svg)


def _svg_path(stem: Path, mode: Mode) -> Path:
    return stem.with_name(f"{stem.name}.{mode}.svg")


def _draw_all(figures: Sequence[Figure]) -> list[dict[Mode, str]]:
    if len(figures) < 4:
        return [draw(figure) for figure in figures]
    jobs = min(os.cpu_count() or 1, 8, len(figures) // 2)
    with workers(jobs) as crew:
        return list(crew.results([partial(draw, each) for each in figures]))


def _slim(svg: str) -> str:
    """Return the SVG with coordinates to a tenth of a pixel, and nothing for screen readers.

    In an image a screen reader sees the alt text alone.
    """
    svg = re.sub(r' (?:role|aria-\w+)="[^"]*"', "", svg)
    return re.sub(
        r' (?:d|transform|x|y|x1|x2|y1|y2)="[^"]*"',
        lambda match: re.sub(r"-?\d+\.\d{2,}(?:e-?\d+)?", _tenth, match[0]),
        svg,
    )


def _tenth(match: re.Match[str]) -> str:
    return f"{round(float(match[0]), 1) + 0.0:g}"
