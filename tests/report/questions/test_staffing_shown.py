"""The fluid bound and the roster search as readers see them: terminal, JSON, pages."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulate.cli import main
from simulate.report.publishing import write_pages
from simulate.report.questions.bound_terminal import told_before
from simulate.report.roster import with_roster
from simulate.results.store import RunStore
from simulate.scenario.loading import load
from simulate.scenario.playbook import Playbook

# 1,440 orders a day of 150 s each need two and a half people at the least; four are enough.
QUEUE = """\
title: {en: A queue, zh: 排队}
timezone: Asia/Shanghai
starts: 2026-12-01T00:00
ends: 2026-12-02T00:00
replications: 40
channels:
  web: {visitors: 1440 visitors/day}
conversion: {order_share: 100%}
stations:
  pack:
    label: {en: "Pack <b>|</b>", zh: 打包}
    pool: crew
    setup: 150s/order
    distribution: {kind: exponential}
pools:
  crew:
    label: {en: "Crew *1*", zh: 一组}
    wage: 10 CNY/h
    shifts:
      always: {label: {en: Always, zh: 全天}, starts: 00:00, ends: 24:00, people: 5 people}
promise: {kind: hours, within: 8min}
targets: {on_time_share: 90%}
"""
BLOCKS = """\
# Queue

<!-- peakbook:table bound scenario=queue -->
<!-- /peakbook -->

<!-- peakbook:chart bound scenario=queue -->
<!-- /peakbook -->

<!-- peakbook:table staff scenario=queue -->
<!-- /peakbook -->

<!-- peakbook:chart staff scenario=queue -->
<!-- /peakbook -->
"""
PLAN = Path("content/scenarios/queue.yml")


@pytest.fixture
def playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Playbook:
    """A playbook with one scenario and its page in both languages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    Path("mkdocs.yml").write_text("site_name: Try\n")
    PLAN.parent.mkdir(parents=True)
    PLAN.write_text(QUEUE)
    for language in ("en", "zh"):
        page = Path(f"content/{language}/scenarios/queue.md")
        page.parent.mkdir(parents=True)
        page.write_text(BLOCKS)
    return Playbook(tmp_path)


def plain(text: str) -> str:
    """Return text with spaces of one kind."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def command(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*words])
    return result.exit_code, plain(result.stdout), plain(result.stderr)


def test_both_are_on_pages_in_both_languages(playbook: Playbook) -> None:
    write_pages(playbook, RunStore(playbook.root / "runs"), 1, lambda *_: lambda _: None)
    english, chinese = (
        plain(Path(f"content/{language}/scenarios/queue.md").read_text())
        for language in ("en", "zh")
    )
    assert "At best 100.0 % of the orders can be on time" in english
    assert "holds every target: Crew &#42;1&#42; · Always 4, at 960 CNY." in english
    assert "| Crew &#42;1&#42; · Always | 5 | 3 | **4** | −1 | 240 CNY |" in english
    assert "<b>" not in english
    assert "能达成全部目标且最省的是：一组 · 全天 4" in chinese
    assert "**一组（打包）**（最先顶不住）" in chinese
    for language, text in (("en", english), ("zh", chinese)):
        for chart in ("bound", "staff"):
            assert f'id="pb-queue-{chart}"' in text
            assert list(Path(f"content/{language}").rglob(f"{chart}.csv"))
    kept = sorted(file.name.split("-")[0] for file in Path("content/answers").glob("*.json"))
    assert kept == ["bound", "staff"]


def test_the_bound_in_the_terminal(playbook: Playbook) -> None:
    status, told, _ = command("bound", "queue")
    assert status == 0
    assert "At best 100.0 % of the orders can be on time" in told
    assert "Crew *1* (Pack <b>|</b>)" in told


def test_what_cannot_work_is_said_and_fails(playbook: Playbook) -> None:
    PLAN.write_text(QUEUE.replace("5 people", "1 person"))
    status, told, _ = command("bound", "queue")
    assert status == 1
    assert "This cannot work even if nothing varies: at best" in told
    assert told_before(load("queue")).startswith("This cannot work even if nothing varies")
    document = json.loads(command("bound", "queue", "--json")[1])
    assert document["missed"] == ["on_time_share"]
    assert document["limiting"] == "crew"
    assert document["places"][0]["load"] > 2


def test_nothing_is_said_before_a_plan_that_could_work(playbook: Playbook) -> None:
    assert told_before(load("queue")) == ""


def test_the_roster_in_the_terminal(playbook: Playbook) -> None:
    status, told, _ = command("staff", "queue", "--within", "crew.always=1..8", "--jobs", "1")
    assert status == 0
    assert "holds every target: Crew *1* · Always 4, at 960 CNY." in told
    assert "240 CNY less than today's roster." in told
    again = command("staff", "queue", "--within", "crew.always=1..8", "--json")[1]
    document = json.loads(again)
    assert document["holds"] is True
    assert document["answer"]["people"] == [4]
    assert document["knobs"][0]["shift"] == "always"


def test_the_roster_as_a_workbook_can_be_run(playbook: Playbook) -> None:
    words = ("--within", "crew.always=1..8", "--jobs", "1", "--xlsx", "found.xlsx")
    assert command("staff", "queue", *words)[0] == 0
    read = with_roster(load("queue"), Path("found.xlsx"))
    assert read.scenario.pools["crew"].shifts["always"].people == 4
    status, told, _ = command("run", "queue", "--roster", "found.xlsx", "--jobs", "1")
    assert status == 0
    assert "On time" in told


def test_what_cannot_work_is_said_before_it_runs(playbook: Playbook) -> None:
    PLAN.write_text(QUEUE.replace("5 people", "1 person"))
    status, _, error = command("run", "queue", "--replications", "2", "--jobs", "1")
    assert status == 1
    assert error.startswith("This cannot work even if nothing varies")


def test_no_roster_fails(playbook: Playbook) -> None:
    status, told, _ = command("staff", "queue", "--within", "crew.always=1..2", "--jobs", "1")
    assert status == 1
    assert "No roster within the bounds holds every target." in told


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--within", "crew.always"), "is no bound: write pool, shift"),
        (("--within", "crew.day=0..2"), "there is no shift `crew.day`"),
        (("--budget", "20 apples"), "the budget: "),
    ],
)
def test_bad_input_is_told_without_a_traceback(
    playbook: Playbook, words: tuple[str, ...], message: str
) -> None:
    status, told, error = command("staff", "queue", *words)
    assert (status, told) == (2, "")
    assert message in error
    assert "Traceback" not in error
