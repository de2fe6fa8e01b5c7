"""Which assumptions decide: in sentences, in the terminal, on a page, in a chart."""

import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from simulate.experiment.break_even import BreakEven, Judged
from simulate.experiment.comparison import Difference
from simulate.experiment.sensitivity import Effect, End, Sensitivity, Swing
from simulate.report.assets import live_script
from simulate.report.charts import sensitivity as chart
from simulate.report.questions.moved_sheets import write_sensitivity
from simulate.report.questions.sensitivity_table import sensitivity_block
from simulate.report.questions.sensitivity_terminal import sensitivity_document, tell_sensitivity
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.questions.weighed import Weighed
from simulate.report.words import load_words
from simulate.results.outcome import Estimate
from simulate.scenario.loading import Loaded, load
from tests.scenario.small import SMALL

RANGES = """\
ranges:
  traffic: {label: {en: "Visitors <b>", zh: 访客量}, least: 0.8x, most: 2x}
  pools.crew.shifts.day.people: {least: 1 person, most: 3 people}
"""


def judged(mean: float) -> Judged:
    estimate = Estimate(mean=mean, low=mean - 0.01, high=min(1, mean + 0.01), unit="share")
    missed = () if mean >= 0.98 else ("on_time_share",)
    word = "fail" if missed else "pass"
    return Judged(estimates={"on_time_share": estimate}, word=word, missed=missed)


def end(written: str, mean: float, change: float, half: float) -> End:
    estimate = Estimate(mean=change, low=change - half, high=change + half, unit="share")
    word = "unclear" if abs(change) < half else "more" if change > 0 else "less"
    difference = Difference(estimate=estimate, pairs=20, word=word)
    return End(written=written, found=judged(mean), differences={"on_time_share": difference})


TURN = BreakEven(
    holds="1.2x", breaks="1.25x", missed=("on_time_share",), surely_holds=None,
    surely_breaks="1.4x", is_beyond=False,
)  # fmt: skip
SIZE = Estimate(mean=0.12, low=0.09, high=0.15, unit="share")
FOUND = Sensitivity(
    fingerprint="0123456789abcdef",
    seed=1,
    replications=20,
    on_paths=10,
    points_on_paths=30,
    measure="on_time_share",
    planned=judged(0.99),
    swings=(
        Swing(path="traffic", planned="1x", low=end("0.8x", 0.999, 0.009, 0.004),
              high=end("2x", 0.81, -0.18, 0.03), break_evens=(TURN,),
              effect=Effect(size=SIZE, scatter=0.05)),
        Swing(path="pools.crew.shifts.day.people", planned="3 people",
              low=end("1 person", 0.985, -0.005, 0.008), high=end("3 people", 0.99, 0, 0.001),
              break_evens=(), effect=Effect(size=SIZE, scatter=0.2)),
    ),
    asked=2,
)  # fmt: skip


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    file = tmp_path / "plan.yml"
    file.write_text(SMALL + RANGES, encoding="utf-8")
    return load(file)


def weighed(loaded: Loaded, language: str = "en", found: Sensitivity = FOUND) -> Weighed:
    return Weighed(found=found, subject=unsimulated(loaded, load_words(language)))


def test_the_answer_in_sentences(loaded: Loaded) -> None:
    assert weighed(loaded).sentences == [
        "As planned, every target is held on average.",
        "“On time” answers most to “Visitors <b>”: 99.9\xa0% at 0.8×, 81.0\xa0% at 2×.",
        "The verdict turns with “Visitors <b>” between 1.2× and 1.25×.",
    ]
    assert weighed(loaded, "zh").sentences[2] == "“访客量”在 1.2 倍与 1.25 倍之间，结论会反转。"


def test_a_plan_that_fails_says_what_it_misses(loaded: Loaded) -> None:
    swings = tuple(replace(each, break_evens=()) for each in FOUND.swings)
    found = replace(FOUND, planned=judged(0.9), swings=swings)
    sentences = weighed(loaded, found=found).sentences
    assert sentences[0] == "As planned, on average this is missed: On time."
    assert sentences[-1] == "Nothing here turns the verdict by itself, as far as was looked."


def test_doubt_and_effects_in_words(loaded: Loaded) -> None:
    shown = weighed(loaded)
    assert shown.turn(TURN) == "held at 1.2×, missed at 1.25× (On time)"
    assert shown.turn(replace(TURN, is_beyond=True)).endswith("beyond the range")
    assert shown.doubtless(TURN) == "beyond doubt missed at 1.4×"
    assert shown.doubtless(replace(TURN, surely_breaks=None)) == ""
    alone, together = (shown.effect(each.effect) for each in FOUND.swings)
    assert alone == "12.0\xa0±\xa03.0\xa0points"
    assert together == "12.0\xa0±\xa03.0\xa0points, depends on the others"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_has_a_row_an_input_and_no_markup_of_strangers(
    loaded: Loaded, language: str
) -> None:
    text = sensitivity_block(weighed(loaded, language))
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + len(FOUND.swings)
    assert len({row.count(" | ") for row in rows}) == 1
    assert "<b>" not in text
    assert "pools.crew.shifts.day.people" in text


def test_the_chart_states_its_finding(loaded: Loaded) -> None:
    figure = chart.draw(weighed(loaded))
    assert "81.0\xa0% at 2×" in figure.alt
    assert "<b>" not in figure.alt
    assert figure.height == 92 + 54 * 2
    assert {len(row) for row in figure.rows} == {len(figure.columns)}
    assert "<b>" not in live_script("plan", figure)
    first = figure.csv.splitlines()[1]
    assert first == "Visitors <b>,1x,0.8x,2x,0.9,0.5,1.3,-18,-21,-15"


def test_the_terminal_tells_everything(loaded: Loaded) -> None:
    text = tell_sensitivity(loaded, FOUND)
    assert "The verdict turns with “Visitors <b>” between 1.2× and 1.25×." in text
    assert re.search(r"20 replications of every end, 10 of each of 30 points", text)


def test_the_workbook_has_a_row_an_input(loaded: Loaded, tmp_path: Path) -> None:
    write_sensitivity(tmp_path / "inputs.xlsx", weighed(loaded))
    (sheet,) = openpyxl.load_workbook(tmp_path / "inputs.xlsx").worksheets
    row = [cell.value for cell in sheet[sheet.max_row - 1]]
    assert row[:7] == ["Visitors <b>", "1×", "0.8×", 99.9, 0.9, 0.5, 1.3]
    assert row[-2] == "held at 1.2×, missed at 1.25× (On time)"


def test_a_program_reads_the_document() -> None:
    endless = Estimate(mean=0.0, low=float("-inf"), high=float("inf"), unit="share")
    swing = replace(FOUND.swings[0], effect=Effect(size=endless, scatter=0.0))
    document = json.loads(sensitivity_document(replace(FOUND, swings=(swing,))))
    assert document["swings"][0]["effect"]["size"]["low"] is None
    assert document["swings"][0]["break_evens"][0]["breaks"] == "1.25x"
