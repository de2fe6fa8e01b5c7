"""The example playbook as readers meet it: two languages, two widths, two palettes."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.example import PAGES

HTML = [page.removesuffix(".md") + ".html" for page in PAGES]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("folder", ["", "zh/"])
def test_pages_fit_and_ask_no_other_host(
    visit: Any, address: str, folder: str, width: int, scheme: str
) -> None:
    here = visit(width=width, color_scheme=scheme)
    for name in HTML:
        page = here.open(address + folder + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shown = page.evaluate("document.body.dataset.mdColorScheme")
        assert shown == ("slate" if scheme == "dark" else "default")
    page.wait_for_load_state("networkidle")
    assert here.hosts(address) == []
    assert here.problems == []


def test_a_wide_table_scrolls_in_its_own_box(visit: Any, address: str) -> None:
    page = visit(width=360).open(address + "scenarios/double-12.html")
    box = page.locator(".md-typeset__scrollwrap").first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert box.get_attribute("tabindex") == "0"


@pytest.mark.parametrize(
    ("here", "language", "there"),
    [
        ("scenarios/double-12.html", "zh", "zh/scenarios/double-12.html"),
        ("zh/scenarios/double-12.html", "en", "scenarios/double-12.html"),
        ("index.html", "zh", "zh/index.html"),
        ("zh/model.html", "en", "model.html"),
    ],
)
def test_switching_language_keeps_the_page(
    visit: Any, address: str, here: str, language: str, there: str
) -> None:
    page = visit().open(address + here)
    page.locator(".md-select button").hover()
    page.locator(f".md-select a[hreflang={language}]").click()
    page.wait_for_url(address + there)
    assert page.locator("html").get_attribute("lang") == language


def test_the_palette_chosen_in_one_language_holds_in_the_other(visit: Any, address: str) -> None:
    page = visit(color_scheme="light").open(address + "index.html")
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.goto(address + "zh/model.html")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def search(page: Any, words: str) -> list[str]:
    """Type into the search field; the titles found, best first."""
    page.locator("label[for=__search]").first.click()
    page.locator("input.md-search__input").fill(words)
    page.locator("input.md-search__input").press("End")  # as an input method ends with a key
    page.locator(".md-search-result__item").first.wait_for()
    return list(page.locator(".md-search-result__item h1").all_inner_texts())


def test_chinese_search_finds_a_word_inside_a_sentence(visit: Any, address: str) -> None:
    here = visit(width=360)
    assert search(here.open(address + "zh/index.html"), "拣货")
    assert here.page.locator(".md-search-result mark", has_text="拣货").count()
    assert here.problems == []


def test_english_search_finds_a_page(visit: Any, address: str) -> None:
    assert search(visit(width=360).open(address + "index.html"), "glossary")[0] == "Glossary"


@pytest.mark.parametrize("folder", ["", "zh"])
def test_the_site_works_from_a_disk(visit: Any, site: Path, folder: str) -> None:
    here = visit(width=360)
    page = here.open((site / folder / "scenarios" / "double-12.html").as_uri())
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    page.locator(".pb-chart--live svg").wait_for()
    assert search(page, "拣货" if folder else "pickers")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_load_state()
    assert page.url.startswith((site / folder).as_uri())
    assert here.hosts(site.as_uri()) == []
    assert here.problems == []
