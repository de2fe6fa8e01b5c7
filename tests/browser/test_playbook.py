"""The shipped playbook, built and read: every page of both languages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulate.report.site import build_site
from tests.browser.conftest import serving
from tests.browser.example import REPOSITORY

# The stretch of a drawing that its marks cover, as a share of its width. The paths that catch the
# pointer are no marks of data.
COVERED = """svg => {
  const whole = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("[class*=mark-] path, [class*=mark-] line")]
    .filter(mark => !mark.closest(".role-axis, .role-legend, .role-title, .mark-path"))
    .filter(mark => !mark.matches(".background, .foreground") && mark.getAttribute("d"))
    .map(mark => mark.getBoundingClientRect());
  const left = Math.min(...boxes.map(box => box.left));
  const right = Math.max(...boxes.map(box => box.right));
  return (right - left) / whole.width;
}"""


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "site"
    build_site(REPOSITORY, out)
    return out


@pytest.fixture(scope="module")
def published(playbook: Path) -> Iterator[str]:
    yield from serving(playbook)


def pages(playbook: Path) -> list[str]:
    found = (path.relative_to(playbook).as_posix() for path in playbook.rglob("*.html"))
    return sorted(name for name in found if not name.endswith("404.html"))


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_fits_and_asks_no_other_host(
    visit: Any, playbook: Path, published: str, width: int, scheme: str
) -> None:
    here = visit(width=width, color_scheme=scheme)
    for name in pages(playbook):
        page = here.open(published + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.wait_for_load_state("networkidle")
    assert here.hosts(published) == []
    assert here.errors == []


@pytest.mark.parametrize("width", [360, 1280])
def test_every_chart_draws_live_and_shows_its_data(
    visit: Any, playbook: Path, published: str, width: int
) -> None:
    here = visit(width=width)
    drawn = 0
    for name in pages(playbook):
        page = here.open(published + name)
        for figure in page.locator("figure.pb-chart").all():
            figure.scroll_into_view_if_needed()
            live = figure.locator(".pb-chart__live svg")
            live.wait_for()
            assert live.evaluate(COVERED) > 0.2, f"{name}: {live.get_attribute('aria-label')}"
            drawn += 1
    assert drawn > 0
    assert here.errors == []
