"""Building the site: both languages or nothing, and what stops it."""

from pathlib import Path

import pytest
import yaml

from simulate.report.site import SiteError, build_site
from tests.browser.example import PAGES, write_example


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    return write_example(tmp_path)


def refused(root: Path) -> list[str]:
    """The problems of a build that must fail, having left the old site as it was."""
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("old")
    with pytest.raises(SiteError) as error:
        build_site(root, root / "site")
    assert (root / "site" / "index.html").read_text() == "old"
    assert list(root.glob("site.*")) == []
    return error.value.problems


def test_both_languages_stand_side_by_side(playbook: Path) -> None:
    build_site(playbook, playbook / "site", "https://shop.example/playbook")
    for folder in ("", "zh"):
        for page in PAGES:
            assert (playbook / "site" / folder / page).with_suffix(".html").is_file()
        assert (playbook / "site" / folder / "search" / "search_index.js").is_file()
    text = (playbook / "site" / "zh" / "model.html").read_text()
    assert '<link rel="canonical" href="https://shop.example/playbook/zh/model.html">' in text


def test_the_site_is_whole_without_the_plugin(playbook: Path) -> None:
    base = playbook / "site_config" / "base.yml"
    config = yaml.safe_load(base.read_text())
    del config["plugins"]["peakbook"]
    base.write_text(yaml.safe_dump(config))
    build_site(playbook, playbook / "site")
    text = (playbook / "site" / "zh" / "scenarios" / "double-12.html").read_text()
    assert "backlog.light.svg" in text
    assert (playbook / "site" / "zh" / "assets" / "double-12" / "backlog.js").is_file()


def test_a_new_page_is_in_the_navigation_of_its_folder(playbook: Path) -> None:
    for language in ("en", "zh"):
        (playbook / "content" / language / "scenarios" / "june.md").write_text("# June 618\n")
    build_site(playbook, playbook / "site")
    assert "June 618" in (playbook / "site" / "scenarios" / "index.html").read_text()


def test_a_broken_link_is_named(playbook: Path) -> None:
    (playbook / "content" / "zh" / "model.md").write_text("# 模型\n\n[没有](nowhere.md)\n")
    (problem,) = refused(playbook)
    assert "zh.yml" in problem
    assert "model.md" in problem
    assert "nowhere.md" in problem


def test_a_page_without_its_twin_is_named(playbook: Path) -> None:
    (playbook / "content" / "en" / "campaign" / "plan.md").write_text("# Plan\n")
    assert refused(playbook) == [
        "content/en/campaign/plan.md has no twin content/zh/campaign/plan.md"
    ]


def test_an_address_of_another_host_is_named(playbook: Path) -> None:
    page = playbook / "content" / "en" / "model.md"
    page.write_text('# Model\n\n<img src="https://images.example/a.png" alt="a">\n')
    (problem,) = refused(playbook)
    assert "model.html" in problem
    assert "https://images.example/a.png" in problem
