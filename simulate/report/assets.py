"""A chart's files beside the pages: two SVGs, the live chart, the CSV."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from simulate.report.charts.figure import Figure
from simulate.report.palette import MODES, Mode, config
from simulate.scenario.problems import refusal

VEGA_LITE = "6.4"
MAX_SPEC_BYTES = 100_000
SUFFIXES = ("light.svg", "dark.svg", "js", "csv")


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that may have to be drawn: its chart and its palette."""

    figure: Figure
    mode: Mode

    @property
    def config(self) -> dict[str, Any]:
        """The configuration that holds the palette."""
        return config(self.mode, self.figure.colours)

    @property
    def seal(self) -> str:
        """Digest of all that decides how the drawing looks, but for the fonts installed.

        Drawings are compared by it and never by their bytes, which change with the fonts.
        """
        parts = [self.figure.still, self.config, VEGA_LITE, _converter()]
        return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def asset_path(scenario: str, chart: str, suffix: str) -> PurePosixPath:
    """Return where a chart's file is, below the folder of a language."""
    return PurePosixPath("assets") / scenario / f"{chart}.{suffix}"


def live_script(scenario: str, figure: Figure) -> str:
    """Return the script that hands the live chart to the page.

    Raises:
        InputError: if the chart is too large for a page to load.
    """
    chart = {"spec": figure.live, "config": {mode: config(mode, figure.colours) for mode in MODES}}
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


def draw_missing(drawings: Mapping[Path, Drawing]) -> dict[Path, str]:
    """Return the SVG of each drawing whose file is absent or shows something else."""
    due = {path: drawing for path, drawing in drawings.items() if seal_of(path) != drawing.seal}
    return dict(zip(due, _draw_all(list(due.values())), strict=True))


def seal_of(path: Path) -> str | None:
    """Return the seal in an SVG's first line, or None if there is none to read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            match = re.match(r"<!-- peakbook ([0-9a-f]{16}) -->", file.readline(200))
    except OSError:
        return None
    return match[1] if match else None


def draw(drawing: Drawing) -> str:
    """Return one SVG, with its seal in the first line."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(
        drawing.figure.still,
        vl_version=VEGA_LITE,
        config=drawing.config,
        allowed_base_urls=[],
    )
    return f"<!-- peakbook {drawing.seal} -->\n{_slim(svg)}\n"


def _draw_all(drawings: Sequence[Drawing]) -> list[str]:
    if len(drawings) < 4:
        return [draw(drawing) for drawing in drawings]
    from joblib import Parallel, cpu_count, delayed

    jobs = min(cpu_count(), 8, len(drawings) // 2)
    drawn = Parallel(n_jobs=jobs, backend="loky")(delayed(draw)(each) for each in drawings)
    return list(drawn)


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


@cache
def _converter() -> str:
    from importlib.metadata import version

    return version("vl-convert-python")


__all__ = [
    "MAX_SPEC_BYTES", "SUFFIXES", "Drawing", "asset_path", "draw", "draw_missing",
    "live_script", "seal_of",
]  # fmt: skip
