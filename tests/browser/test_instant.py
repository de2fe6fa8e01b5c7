"""Charts under the theme's instant navigation, which changes pages without loading them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulate.report.site import build_site
from tests.browser.conftest import serving
from tests.browser.example import write_example


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = write_example(tmp_path_factory.mktemp("instant"))
    base = root / "site_config" / "base.yml"
    config = yaml.safe_load(base.read_text())
    config["theme"]["features"].append("navigation.instant")
    base.write_text(yaml.safe_dump(config))
    site: Path = root / "site"
    for address in serving(site):
        build_site(root, site, address)
        yield address


def test_charts_come_and_go_with_their_pages(visit: Any, instant: str) -> None:
    here = visit()
    page = here.open(instant + "scenarios/index.html")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.stays = true")
    page.locator(".md-nav--primary a[href$='double-12.html']").first.click()
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    page.locator(".pb-chart--live svg").wait_for()
    page.go_back()
    page.locator("figure.pb-chart").wait_for(state="detached")
    page.go_forward()
    page.locator("figure.pb-chart").scroll_into_view_if_needed()
    page.locator(".pb-chart--live svg").wait_for()
    assert page.locator(".pb-chart__live svg").count() == 1
    assert page.evaluate("window.stays") is True
    assert here.errors == []
