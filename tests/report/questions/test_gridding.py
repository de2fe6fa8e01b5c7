"""What-if grids: as a table, in the terminal, as a chart, as a file."""

import csv
import io
import json
from itertools import product
from pathlib import Path

import openpyxl
import pytest
import vl_convert

from simulate.experiment.whatif import GridPoint, WhatIf, size_of, stated_axes
from simulate.report.assets import MAX_SPEC_BYTES, VEGA_LITE, live_script
from simulate.report.charts import whatif as chart
from simulate.report.palette import LIGHT, config
from simulate.report.questions.gridded import Gridded
from simulate.report.questions.moved_sheets import write_whatif
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.questions.whatif_table import whatif_block
from simulate.report.questions.whatif_terminal import tell_whatif, whatif_document, write_points
from simulate.report.words import load_words
from simulate.results.outcome import Estimate, VerdictWord
from simulate.scenario.loading import Loaded, load
from tests.scenario.small import SMALL

SLIDERS = """\
whatif:
  traffic: {label: {en: "Visitors's <b>", zh: 访客}, least: 1x, most: 3x, step: 1x}
  pools.crew.shifts.day.people:
    {label: {en: Crew, zh: 人手}, least: 2 people, most: 3 people, step: 1 person}
  promise.within: {least: 24h, most: 48h, step: 24h}
"""


def share(traffic: int, people: int, promise: int) -> float:
    """Return the share on time at a point; 98 % are asked for."""
    return round(1.0 - 0.04 * traffic + 0.02 * people + 0.01 * promise - 0.03, 3)


def grid(loaded: Loaded) -> WhatIf:
    axes = stated_axes(loaded)
    points = []
    for at in product(*(range(len(axis.values)) for axis in axes)):
        mean = share(*at)
        estimate = Estimate(mean=mean, low=mean - 0.01, high=min(1.0, mean + 0.01), unit="share")
        word: VerdictWord = "inconclusive"
        if abs(mean - 0.98) > 0.011:
            word = "pass" if mean > 0.98 else "fail"
        points.append(GridPoint(at=at, word=word, estimates={"on_time_share": estimate}))
    return WhatIf(
        fingerprint="0123456789abcdef", seed=1, replications=10, axes=tuple(axes),
        points=tuple(points),
    )  # fmt: skip


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    file = tmp_path / "plan.yml"
    file.write_text(SMALL + SLIDERS, encoding="utf-8")
    return load(file)


def gridded(loaded: Loaded, language: str = "en") -> Gridded:
    return Gridded(found=grid(loaded), subject=unsimulated(loaded, load_words(language)))


def test_the_first_input_goes_down_and_the_second_across(loaded: Loaded) -> None:
    headings, rows = gridded(loaded).table()
    assert headings == ["Visitors's <b>", "Crew: 2 people", "Crew: 3 people"]
    # The promise is as planned, 48 h: the second of its values.
    assert rows == [
        ["1×", "98.0\xa0% (✓)", "100.0\xa0% ✓"],
        ["2×", "94.0\xa0% ✗", "96.0\xa0% ✗"],
        ["3×", "90.0\xa0% ✗", "92.0\xa0% ✗"],
    ]


def test_what_is_told_of_a_point(loaded: Loaded) -> None:
    shown = gridded(loaded)
    assert shown.start == (0, 1, 1)
    assert shown.told(shown.planned) == [
        "Holds", "On time: 100.0\xa0% (99.0 to 100.0\xa0%)",
    ]  # fmt: skip
    assert [shown.verdict(point) for point in shown.found.points[:2]] == [
        "Undecided: On time missed on average", "Undecided: every target held on average",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_shows_no_markup_of_strangers(loaded: Loaded, language: str) -> None:
    text = whatif_block(gridded(loaded, language))
    assert "<b>" not in text
    assert len([line for line in text.splitlines() if line.startswith("| ")]) == 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chart_has_a_slider_an_input(loaded: Loaded, language: str) -> None:
    figure = chart.draw(gridded(loaded, language))
    binds = [each["bind"] for each in figure.live["params"]]
    assert [(bind["min"], bind["max"], bind["step"]) for bind in binds] == [
        (1, 3, 1), (2, 3, 1), (24, 48, 24),
    ]  # fmt: skip
    assert [each["value"] for each in figure.live["params"]] == [1, 3, 48]
    assert "params" not in figure.still
    for specification in (figure.still, figure.live):
        compiled = vl_convert.vegalite_to_vega(
            specification, vl_version=VEGA_LITE, config=config(LIGHT, figure.colours)
        )
        assert compiled["marks"]
    assert "<b>" not in live_script("plan", figure)
    assert "12" in figure.alt


def test_the_largest_grid_fits_a_page(loaded: Loaded) -> None:
    """300 points of five measures, each with a wide interval."""
    found = grid(loaded)
    wide = Estimate(mean=12345.6, low=11111.1, high=15555.5, unit="orders")
    many = dict.fromkeys(("late_orders", "peak_backlog", "lead_time_p90"), wide)
    points = tuple(
        GridPoint(at=(0, 0, 0), word="fail", estimates={**found.points[0].estimates, **many})
        for _ in range(300)
    )
    large = WhatIf(
        fingerprint="", seed=1, replications=10, axes=found.axes,
        points=(*found.points, *points),
    )  # fmt: skip
    shown = Gridded(found=large, subject=unsimulated(loaded, load_words("zh")))
    assert len(live_script("plan", chart.draw(shown)).encode()) <= MAX_SPEC_BYTES


def test_the_file_has_every_point(loaded: Loaded, tmp_path: Path) -> None:
    write_points(loaded, grid(loaded), tmp_path / "points.csv")
    text = (tmp_path / "points.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + size_of(grid(loaded).axes) == 13
    assert rows[1] == ["1x", "2 people", "24h", "Undecided", "97", "96", "98"]


def test_the_workbook_has_the_table_and_every_point(loaded: Loaded, tmp_path: Path) -> None:
    write_whatif(tmp_path / "grid.xlsx", gridded(loaded))
    table, points = openpyxl.load_workbook(tmp_path / "grid.xlsx").worksheets
    assert [cell.value for cell in table[table.max_row]] == ["3×", "90.0\xa0% ✗", "92.0\xa0% ✗"]
    assert points.max_row == 13
    assert [cell.value for cell in points[13]][:3] == [3, 3, 48]
    assert [cell.value for cell in points[13]][4:] == [92, 91, 93]


def test_terminal_and_document(loaded: Loaded) -> None:
    text = tell_whatif(loaded, grid(loaded))
    assert "12 combinations, 10 replications each, seed 1" in text
    document = json.loads(whatif_document(grid(loaded)))
    assert [point["at"] for point in document["points"]][:3] == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]
