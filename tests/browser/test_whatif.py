"""The sliders of a what-if grid show what a run gives, wherever the page is read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulate.experiment.answer import answer
from simulate.report.figures import show
from simulate.report.publishing import write_pages
from simulate.report.site import build_site
from simulate.report.words import load_words
from simulate.results.outcome import Outcome
from simulate.results.store import RunStore
from simulate.scenario.changes import changed
from simulate.scenario.loading import load
from simulate.scenario.playbook import Playbook
from tests.browser.conftest import serving
from tests.browser.example import write_example
from tests.scenario.small import SMALL

PAGE = "scenarios/double-12.html"
SCENARIO = f"""{SMALL}
whatif:
  traffic: {{label: {{en: Visitors, zh: 访客}}, least: 1x, most: 13x, step: 4x}}
  pools.crew.shifts.day.people:
    {{label: {{en: Crew, zh: 人手}}, least: 2 people, most: 4 people, step: 1 person}}
"""
BLOCK = "<!-- peakbook:chart whatif scenario=double-12 -->\n<!-- /peakbook -->\n"
TEXTS = "texts => texts.map(text => text.textContent)"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_example(tmp_path_factory.mktemp("whatif"))
    scenario = root / "content/scenarios/double-12.yml"
    scenario.parent.mkdir(parents=True)
    scenario.write_text(SCENARIO, encoding="utf-8")
    for language in ("en", "zh"):
        page = root / "content" / language / "scenarios/double-12.md"
        page.write_text(f"# What if\n\n{BLOCK}", encoding="utf-8")
    write_pages(Playbook(root), RunStore(root / "runs"), 1, lambda _what, _total: lambda _: None)
    build_site(root, root / "site")
    return root


@pytest.fixture(scope="module")
def published(root: Path) -> Iterator[str]:
    yield from serving(root / "site")


def run_with(root: Path, traffic: str, people: str) -> Outcome:
    """Return the run of the scenario with these inputs, as `peakbook run` does it."""
    loaded = load(root / "content/scenarios/double-12.yml")
    plan = changed(loaded, {"traffic": traffic, "pools.crew.shifts.day.people": people})
    return answer(plan, RunStore(root / "runs"), replications=10)


def to_the_chart(page: Any) -> Any:
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    page.locator(".pb-chart--live svg").wait_for()
    return page


def move(page: Any, slider: int, value: str) -> None:
    page.locator(".vega-bind input[type=range]").nth(slider).fill(value)


def shows(page: Any, text: str) -> None:
    page.locator(".pb-chart__live svg text", has_text=text).first.wait_for(state="attached")


def share(outcome: Outcome, language: str = "en") -> str:
    return show(outcome.measures["on_time_share"], load_words(language))


def test_sliders_show_the_numbers_of_runs(visit: Any, root: Path, published: str) -> None:
    here = visit()
    page = to_the_chart(here.open(published + PAGE))
    names = page.locator(".vega-bind-name").all_text_contents()
    assert [name.strip() for name in names] == ["Visitors", "Crew"]
    shows(page, "Visitors: 1×, Crew: 3 people")
    seen = set()
    for traffic, people in (("5", "3"), ("13", "2"), ("9", "4"), ("1", "2")):
        move(page, 0, traffic)
        move(page, 1, people)
        shows(page, f"Visitors: {traffic}×, Crew: {people} people")
        run = run_with(root, f"{traffic}x", f"{people} people")
        texts = page.locator(".pb-chart__live svg text").evaluate_all(TEXTS)
        assert f"On time: {share(run)}" in texts
        late = show(run.measures["late_orders"], load_words("en"))
        assert f"Orders late: {late}" in texts
        seen.add(share(run))
    assert len(seen) >= 3
    assert here.problems == []
    assert here.hosts(published) == []


def test_sliders_stay_when_the_palette_is_switched(visit: Any, published: str) -> None:
    page = to_the_chart(visit(color_scheme="light").open(published + PAGE))
    move(page, 0, "9")
    move(page, 1, "2")
    shows(page, "Visitors: 9×, Crew: 2 people")
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    page.locator("figure[data-palette=dark]").wait_for()
    page.wait_for_function("document.querySelectorAll('.pb-chart__live svg').length === 1")
    shows(page, "Visitors: 9×, Crew: 2 people")
    sliders = page.locator(".vega-bind input[type=range]")
    assert [slider.input_value() for slider in sliders.all()] == ["9", "2"]


def test_sliders_work_from_a_disk_and_with_the_keyboard(visit: Any, root: Path) -> None:
    page = to_the_chart(visit().open((root / "site" / PAGE).as_uri()))
    page.locator(".vega-bind input[type=range]").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    shows(page, "Visitors: 9×, Crew: 3 people")


def test_a_phone_in_chinese_shows_all_of_it(visit: Any, root: Path, published: str) -> None:
    page = to_the_chart(visit(width=360).open(published + "zh/" + PAGE))
    move(page, 0, "13")
    move(page, 1, "2")
    shows(page, "访客：13 倍，人手：2 人")
    shows(page, share(run_with(root, "13x", "2 people"), "zh"))
    chart = page.locator(".pb-chart__live svg").bounding_box()
    for text in page.locator(".pb-chart__live svg text").all():
        box = text.bounding_box()
        assert box is None or box["x"] + box["width"] <= chart["x"] + chart["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_script_the_plan_is_drawn(visit: Any, published: str) -> None:
    page = visit(java_script_enabled=False).open(published + PAGE)
    image = page.locator("figure.pb-chart img").first
    assert image.is_visible()
    assert "As planned (Visitors: 1×, Crew: 3 people)" in image.get_attribute("alt")
