"""The largest volume as readers see it: terminal, JSON, workbook, table and chart."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from simulate.cli import main
from simulate.experiment.limit import Limit, TargetLimit, Volume
from simulate.report.charts import limit as limit_chart
from simulate.report.publishing import write_pages
from simulate.report.questions.limit_table import limit_block
from simulate.report.questions.limit_terminal import tell_limit
from simulate.report.questions.limited import Limited
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.words import load_words
from simulate.results.outcome import Bottleneck, Estimate, VerdictWord
from simulate.results.store import RunStore
from simulate.scenario.loading import Loaded, load
from simulate.scenario.playbook import Playbook

QUEUE = """\
title: {en: A <b>queue</b>, zh: 排队}
timezone: Asia/Shanghai
starts: 2026-12-01T00:00
ends: 2026-12-02T00:00
replications: 20
channels:
  web: {visitors: 1440 visitors/day}
conversion: {order_share: 100%}
stations:
  pack: {label: {en: "Pack *1*", zh: 打包}, pool: crew, setup: 150s/order}
pools:
  crew:
    shifts:
      always: {starts: 00:00, ends: 24:00, people: 4 people}
promise: {kind: hours, within: 8min}
targets: {on_time_share: 90%, peak_backlog: 300 orders}
"""
BLOCKS = """\
# Queue

<!-- peakbook:table limit scenario=queue -->
<!-- /peakbook -->

<!-- peakbook:chart limit scenario=queue -->
<!-- /peakbook -->
"""


@pytest.fixture
def plan(tmp_path: Path) -> Loaded:
    path = tmp_path / "queue.yml"
    path.write_text(QUEUE)
    return load(path)


def volume(multiple: float, word: VerdictWord, share: float, backlog: float, n: int = 10) -> Volume:
    def around(mean: float, half: float, unit: str) -> Estimate:
        return Estimate(mean=mean, low=mean - half, high=mean + half, unit=unit)

    missed = [("on_time_share", share < 0.9), ("peak_backlog", backlog > 300)]
    return Volume(
        multiple=multiple,
        traffic=f"{multiple:g}x",
        replications=n,
        word=word,
        measures={
            "on_time_share": around(share, 0.01, "share"),
            "peak_backlog": around(backlog, 15.0, "orders"),
        },
        orders_a_day=around(1440 * multiple, 20.0, "orders"),
        missed=tuple(name for name, is_missed in missed if is_missed),
    )


FOUND = Limit(
    scenario="queue",
    seed=1,
    precision=0.02,
    most=40,
    holds=1.1,
    breaks=1.21,
    needed=1000,
    volumes=(
        volume(0.5, "pass", 0.99, 10),
        volume(1.0, "pass", 0.97, 80, 40),
        volume(1.1, "pass", 0.95, 150, 40),
        volume(1.15, "inconclusive", 0.905, 200, 40),
        volume(1.21, "fail", 0.85, 280, 40),
        volume(2.0, "fail", 0.2, 1200),
    ),
    targets=(
        TargetLimit(measure="on_time_share", target=0.9, at_least=True, holds=1.1, breaks=1.21),
        TargetLimit(measure="peak_backlog", target=300, at_least=False, holds=1.21, breaks=2.0),
    ),
    bottleneck=Bottleneck(place="pack", agreement=1.0, utilisation=0.95),
)


def limited(plan: Loaded, language: str = "en", found: Limit = FOUND) -> Limited:
    return Limited(limit=found, subject=unsimulated(plan, load_words(language)))


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def test_the_answer_in_words(plan: Loaded) -> None:
    assert [spaced(each) for each in limited(plan).sentences] == [
        "Up to 1.10 times the planned traffic, about 1,584 orders a day, every target surely "
        "holds.",
        "From 1.21 times, about 1,742 orders a day, at least one surely does not.",
        "Between the two it is too close to call with 40 campaigns a volume; about 1,000 would "
        "bring it down to 2 %.",
        "“On time” breaks first: 85.0 % there, asked 90.0 %.",
        "The line is then held up at Pack *1*.",
        "Next is “Highest backlog”, which surely breaks from 2.00 times on.",
    ]


@pytest.mark.parametrize(
    ("holds", "breaks", "told"),
    [
        (0.5, 1.0, "The plan itself is too much."),
        (0.5, 1.1, "Whether the plan itself holds is too close to call."),
        (None, 0.5, "At no volume tried, down to 0.50 times the planned traffic"),
        (2.0, None, "Up to 2.00 times the planned traffic nothing surely breaks."),
    ],
)
def test_other_answers_in_words(
    plan: Loaded, holds: float | None, breaks: float | None, told: str
) -> None:
    other = replace(FOUND, holds=holds, breaks=breaks, needed=None)
    assert told in " ".join(limited(plan, found=other).sentences)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_block_shows_volumes_and_targets(plan: Loaded, language: str) -> None:
    block = limit_block(limited(plan, language))
    assert "<b>" not in block
    assert "Pack *1*" not in block
    rows = [line for line in block.splitlines() if line.startswith("| ") and "--" not in line]
    assert len(rows) == 1 + len(FOUND.volumes) + 1 + len(FOUND.targets)
    assert sum("**" in row for row in rows) == 2


def test_the_chart_marks_what_holds_and_what_breaks(plan: Loaded) -> None:
    figure = limit_chart.draw(limited(plan))
    shown = json.dumps(figure.live)
    for begins, ends in ((0.475, 1.1), (1.1, 1.21), (1.21, 2.1)):
        assert f'"a": {begins}, "b": {ends}' in shown
    assert "every target surely holds" in figure.alt
    assert len(figure.rows) == len(FOUND.volumes)
    lines = figure.csv.splitlines()
    assert len(lines) == 1 + len(FOUND.volumes)
    assert lines[1].startswith("0.5,720")


def test_the_terminal_tells_the_answer_and_every_volume(plan: Loaded) -> None:
    text = spaced(tell_limit(plan, FOUND))
    assert "every target surely holds" in text
    assert "1.15 times" in text
    assert "too close" in text
    assert "150 replications, seed 1" not in text
    assert "180 replications, seed 1" in text


def test_the_command_answers_and_writes_a_workbook(
    tmp_path: Path, plan: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    monkeypatch.chdir(tmp_path)
    words = ["limit", str(tmp_path / "queue.yml"), "--most", "10", "--jobs", "1", "--json"]
    result = CliRunner().invoke(main, [*words, "--xlsx", "limit.xlsx"])
    document = json.loads(result.stdout)
    assert result.exit_code == (0 if document["holds"] >= 1 else 1)
    assert document["holds"] < document["breaks"]
    book = load_workbook(tmp_path / "limit.xlsx")
    volumes = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert document["volumes"][0]["multiple"] in volumes
    assert [row[0].value for row in book.worksheets[1].iter_rows()][1:] == [
        "On time", "Highest backlog"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--precision", "much"], "precision"),
        (["--precision", "0%"], "0.1% to 50%"),
        (["--xlsx", "limit.csv"], ".xlsx"),
    ],
)
def test_bad_input_is_told_of(
    tmp_path: Path, plan: Loaded, words: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    result = CliRunner().invoke(main, ["limit", str(tmp_path / "queue.yml"), *words])
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_pages_show_it(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "scenarios").mkdir(parents=True)
    (content / "scenarios" / "queue.yml").write_text(QUEUE)
    (content / "en").mkdir()
    (content / "en" / "index.md").write_text(BLOCKS)
    (tmp_path / "mkdocs.yml").write_text("site_name: Queue\n")
    playbook = Playbook(tmp_path)
    write_pages(playbook, RunStore(tmp_path / "runs"), 1, lambda *_: lambda _: None)
    page = (content / "en" / "index.md").read_text()
    assert "How far each target carries:" in page
    assert "limit.light.svg" in page
    assert list((content / "answers").glob("limit-*.json"))
