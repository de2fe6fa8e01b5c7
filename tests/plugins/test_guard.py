"""The engine alone, with the plugin: words for search, unlisted pages, and the guard."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.example import write_example


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    return write_example(tmp_path)


def mkdocs(root: Path, config: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Build one language with the engine's own command, as somebody without our tool would."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", config, *options]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_chinese_sentences_are_split_at_our_terms(playbook: Path) -> None:
    page = playbook / "content" / "zh" / "model.md"
    page.write_text("# 模型\n\n注意发货超时的风险。\n", encoding="utf-8")
    done = mkdocs(playbook, "site_config/zh.yml", "--strict")
    assert done.returncode == 0, done.stderr
    index = json.loads((playbook / "site" / "zh" / "search" / "search_index.json").read_text())
    assert "\u200b发货超时\u200b" in "".join(entry["text"] for entry in index["docs"])


def test_a_page_that_nobody_listed_is_no_warning(playbook: Path) -> None:
    (playbook / "content" / "en" / "warehouse" / "night.md").write_text("# At night\n")
    done = mkdocs(playbook, "mkdocs.yml", "--strict")
    assert done.returncode == 0, done.stderr
    assert "At night" in (playbook / "site" / "warehouse" / "index.html").read_text()


def test_a_strict_build_refuses_an_address_of_another_host(playbook: Path) -> None:
    page = playbook / "content" / "en" / "model.md"
    page.write_text('# Model\n\n<script src="https://a.example/b.js"></script>\n')
    done = mkdocs(playbook, "mkdocs.yml", "--strict")
    assert done.returncode == 1
    assert "model.html" in done.stderr
    assert "https://a.example/b.js" in done.stderr


def test_any_other_build_warns_of_it(playbook: Path) -> None:
    page = playbook / "content" / "en" / "model.md"
    page.write_text('# Model\n\n<script src="https://a.example/b.js"></script>\n')
    done = mkdocs(playbook, "mkdocs.yml")
    assert done.returncode == 0
    assert "https://a.example/b.js" in done.stderr
