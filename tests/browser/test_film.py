"""The run film in a browser: it plays when asked, and is whole when nothing can play."""

import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from simulate.report.assets import draw, live_script
from simulate.report.charts import film
from simulate.report.charts.film_frames import reel_of
from simulate.report.embed import embed
from simulate.report.site import build_site
from simulate.report.subject import Subject
from tests.browser.conftest import serving
from tests.browser.example import write_example
from tests.report.outcomes import make_subject

PAGE = "model.html"
SLIDER = ".pb-film__slider"
BUTTON = ".pb-film__button"
TEXTS = "[...document.querySelectorAll('.pb-chart__live svg text')].map(each => each.textContent)"


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """The run that is shown."""
    return make_subject(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def film_site(subject: Subject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook with a film on one page, built."""
    root = write_example(tmp_path_factory.mktemp("film"))
    figure, owner = film.draw(subject), subject.origin.owner
    assets = root / "content/en/assets" / owner
    assets.mkdir(parents=True, exist_ok=True)
    for mode, svg in draw(figure).items():
        (assets / f"film.{mode}.svg").write_text(svg, encoding="utf-8")
    (assets / "film.js").write_text(live_script(owner, figure), encoding="utf-8")
    (assets / "film.csv").write_text(figure.csv, encoding="utf-8")
    block = embed(figure, subject.origin, subject.words, PurePosixPath("model.md"))
    (root / "content/en/model.md").write_text(f"# Film\n\n{block}\n", encoding="utf-8")
    build_site(root, root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def film_address(film_site: Path) -> Iterator[str]:
    """Where it is served, under a strict policy."""
    yield from serving(film_site)


def to_the_film(page: Any) -> Any:
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    page.locator(BUTTON).wait_for()
    return page


def frame_of(page: Any) -> int:
    return int(page.locator(SLIDER).input_value())


def until(page: Any, expression: str) -> None:
    """Wait until an expression holds; the page's policy forbids the browser to poll it itself."""
    while not page.evaluate(expression):
        page.wait_for_timeout(20)


def shows(page: Any, moment: str) -> None:
    until(page, f"{TEXTS}.includes({moment!r})")


def reaches(page: Any, frame: int) -> None:
    until(page, f"Number(document.querySelector({SLIDER!r}).value) >= {frame}")


def test_nothing_moves_before_it_is_asked_to(
    visit: Any, film_address: str, subject: Subject
) -> None:
    here = visit()
    page = to_the_film(here.open(film_address + PAGE))
    peak = reel_of(subject).peak
    page.wait_for_timeout(600)
    assert frame_of(page) == peak
    assert page.locator(BUTTON).inner_text() == "Play"
    assert here.problems == []


def test_it_plays_from_the_beginning_and_stops_when_told(visit: Any, film_address: str) -> None:
    here = visit()
    page = to_the_film(here.open(film_address + PAGE))
    page.locator(BUTTON).click()
    reaches(page, 2)
    assert page.locator(BUTTON).inner_text() == "Pause"
    page.locator(BUTTON).click()
    stopped = frame_of(page)
    page.wait_for_timeout(500)
    assert frame_of(page) == stopped
    told = page.locator(SLIDER).get_attribute("aria-valuetext")
    shows(page, told)
    assert here.problems == []


def test_the_keyboard_alone_moves_it(visit: Any, film_address: str, subject: Subject) -> None:
    page = to_the_film(visit().open(film_address + PAGE))
    moments = film.draw(subject).live["usermeta"]["film"]["moments"]
    page.locator(SLIDER).focus()
    page.keyboard.press("Home")
    shows(page, moments[0])
    page.keyboard.press("ArrowRight")
    shows(page, moments[1])
    page.locator(BUTTON).focus()
    page.keyboard.press("Space")
    reaches(page, 3)
    page.keyboard.press("Space")
    assert page.locator(BUTTON).inner_text() == "Play"


def test_moving_the_slider_ends_playing(visit: Any, film_address: str, subject: Subject) -> None:
    page = to_the_film(visit().open(film_address + PAGE))
    moments = film.draw(subject).live["usermeta"]["film"]["moments"]
    page.locator(BUTTON).click()
    page.locator(SLIDER).fill("20")
    shows(page, moments[20])
    page.wait_for_timeout(400)
    assert frame_of(page) == 20


def test_a_frame_shows_the_numbers_of_its_hour(
    visit: Any, film_address: str, subject: Subject
) -> None:
    page = to_the_film(visit().open(film_address + PAGE))
    reel = reel_of(subject)
    frame = reel.peak + 5
    page.locator(SLIDER).fill(str(frame))
    shows(page, film.draw(subject).live["usermeta"]["film"]["moments"][frame])
    texts = page.evaluate(TEXTS)
    for place in reel.places:
        assert f"{place.orders[reel.frames[frame]]:,.0f}" in texts


def test_with_less_motion_only_whole_frames_are_shown(visit: Any, film_address: str) -> None:
    page = to_the_film(visit(reduced_motion="reduce").open(film_address + PAGE))
    page.locator(BUTTON).click()
    seen = set()
    end = time.monotonic() + 1.6
    while time.monotonic() < end:
        seen.add(page.evaluate("document.querySelector('.pb-chart__live svg').innerHTML"))
        page.wait_for_timeout(40)
    assert 1 < len(seen) <= 6


def test_a_change_of_palette_keeps_the_frame(
    visit: Any, film_address: str, subject: Subject
) -> None:
    page = to_the_film(visit(color_scheme="light").open(film_address + PAGE))
    page.locator(SLIDER).fill("7")
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    page.locator("figure[data-palette=dark]").wait_for()
    shows(page, film.draw(subject).live["usermeta"]["film"]["moments"][7])
    assert frame_of(page) == 7
    assert page.locator(".pb-film").count() == 1


def test_it_plays_from_a_disk(visit: Any, film_site: Path) -> None:
    here = visit()
    page = to_the_film(here.open((film_site / PAGE).as_uri()))
    page.locator(BUTTON).click()
    reaches(page, 1)
    assert here.errors == []


def test_without_script_one_frame_stands_and_is_told(
    visit: Any, film_address: str, subject: Subject
) -> None:
    page = visit(java_script_enabled=False).open(film_address + PAGE)
    image = page.locator("figure.pb-chart img").first
    assert image.is_visible()
    assert image.get_attribute("alt") == film.draw(subject).alt
    assert page.locator(".pb-film").count() == 0
