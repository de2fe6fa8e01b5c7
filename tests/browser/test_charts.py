"""Live charts: lazily drawn, redrawn with the palette, and never needed."""

from pathlib import Path
from typing import Any

from tests.browser.example import ALT

PAGE = "scenarios/double-12.html"
BARS = ".pb-chart__live svg .mark-rect path"


def to_the_chart(page: Any) -> Any:
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    page.locator(".pb-chart--live svg").wait_for()
    return page


def test_vega_is_loaded_only_near_a_chart(visit: Any, address: str) -> None:
    here = visit()
    page = here.open(address + PAGE)
    assert not [url for url in here.requests if url.endswith("/vega.js")]
    to_the_chart(page)
    assert len([url for url in here.requests if url.endswith("/vega.js")]) == 1
    assert page.locator("figure.pb-chart img").first.is_hidden()
    assert page.locator("figure.pb-chart figcaption").is_visible()
    assert here.problems == []


def test_a_page_leaks_no_names_of_vega(visit: Any, address: str) -> None:
    page = to_the_chart(visit().open(address + PAGE))
    names = page.evaluate("['vega', 'vegaLite', 'vegaEmbed'].filter(name => name in window)")
    assert names == []
    assert page.evaluate("Object.keys(window.peakbookVega)") == ["embed"]


def test_the_chart_fills_its_column_and_says_its_finding(visit: Any, address: str) -> None:
    page = to_the_chart(visit(width=360).open(address + "zh/" + PAGE))
    chart = page.locator(".pb-chart__live svg")
    assert chart.get_attribute("aria-label") == ALT["zh"]
    column = page.locator("figure.pb-chart").bounding_box()["width"]
    assert abs(chart.bounding_box()["width"] - column) < 2


def test_times_lie_where_they_belong(visit: Any, address: str) -> None:
    page = to_the_chart(visit().open(address + PAGE))
    boxes = [bar.bounding_box() for bar in page.locator(BARS).all()]
    chart = page.locator(".pb-chart__live svg").bounding_box()
    assert len(boxes) == 16
    assert boxes[15]["x"] - boxes[0]["x"] > 0.75 * chart["width"]


def test_the_palette_redraws_and_the_slider_stays(visit: Any, address: str) -> None:
    here = visit(color_scheme="light")
    page = to_the_chart(here.open(address + PAGE))
    assert page.locator(BARS).first.get_attribute("fill") == "#0b5d66"
    page.locator(".vega-bind input").fill("200")
    page.wait_for_function(f"document.querySelectorAll({BARS!r}).length === 7")
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    page.locator("figure[data-palette=dark]").wait_for()
    page.wait_for_function("document.querySelectorAll('.pb-chart__live svg').length === 1")
    assert page.locator(BARS).first.get_attribute("fill") == "#6fcfcf"
    assert page.locator(BARS).count() == 7
    assert page.locator(".vega-bind input").input_value() == "200"
    assert here.problems == []


def test_without_script_the_drawing_of_the_palette_shows(visit: Any, address: str) -> None:
    page = visit(java_script_enabled=False).open(address + PAGE)
    images = page.locator("figure.pb-chart img")
    assert images.nth(0).is_visible()
    assert images.nth(1).is_hidden()
    assert images.nth(0).get_attribute("alt") == ALT["en"]


def test_a_chart_that_fails_leaves_its_drawing(visit: Any, address: str) -> None:
    here = visit()
    here.page.route("**/backlog.js", lambda route: route.fulfill(body="peakbookChart('x/y', {});"))
    page = here.open(address + PAGE)
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    with page.expect_console_message(lambda said: "does not name" in said.text):
        page.evaluate("document.body.dataset.mdColorScheme = 'default'")
    assert page.locator("figure.pb-chart img").first.is_visible()


def test_print_shows_the_light_drawing(visit: Any, address: str) -> None:
    page = to_the_chart(visit(color_scheme="dark").open(address + PAGE))
    page.emulate_media(media="print", color_scheme="dark")
    images = page.locator("figure.pb-chart img")
    assert images.nth(0).is_visible()
    assert images.nth(1).is_hidden()
    assert page.locator(".pb-chart__live").is_hidden()


def test_a_chart_whose_page_is_gone_is_let_go(visit: Any, address: str) -> None:
    page = to_the_chart(visit().open(address + PAGE))
    page.evaluate("document.querySelector('figure.pb-chart').remove()")
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.wait_for_timeout(200)
    assert page.locator(".pb-chart__live").count() == 0


def test_the_bundle_names_no_host_that_is_loaded(site: Path) -> None:
    assert (site / "assets/javascripts/vega.js").stat().st_size < 1_200_000
