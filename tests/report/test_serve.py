"""Serving while writing: saves build, mistakes are shown, the last good site stays."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulate.report import serve as serving
from simulate.report.serve import Preview, changed, digest_of, serve, snapshot


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content/en", "site_config", "site"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "content" / "shop.yml").write_text("a: 1")
    (tmp_path / "site" / "index.html").write_text("<body>one</body>")
    return tmp_path


def test_a_snapshot_tells_what_changed_and_leaves_out_what_is_made(root: Path) -> None:
    before = snapshot(root)
    (root / "content" / "shop.yml").write_text("a: 12")
    (root / "content" / "en" / "new.md").write_text("# New")
    (root / "site_config" / "vega.js").write_text("made")
    (root / "content" / ".shop.yml.swp").write_text("an editor's")
    (root / "site" / "index.html").write_text("made")
    assert changed(before, snapshot(root)) == {
        root / "content" / "shop.yml",
        root / "content" / "en" / "new.md",
    }


def test_the_digest_is_of_what_readers_see(root: Path) -> None:
    one = digest_of(root / "site")
    (root / "site" / "sitemap.xml").write_text("today")
    assert digest_of(root / "site") == one
    (root / "site" / "index.html").write_text("two")
    assert digest_of(root / "site") != one


def test_a_page_waits_until_there_is_news(root: Path) -> None:
    preview = Preview(root / "site")
    state = preview.state()
    known = f"{state['site']}.{state['turn']}"
    assert preview.wait(known, 0.01) == state
    threading.Timer(0.05, preview.update, args=("a mistake",)).start()
    assert preview.wait(known, 30.0)["problem"] == "a mistake"


def get(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return str(answer.read().decode())


def until(true: Callable[[], bool]) -> None:
    """Wait for what another thread brings about; a hang is the test runner's to end."""
    while not true():
        time.sleep(0.02)


@pytest.fixture
def served(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A served site whose build copies shop.yml into the page, or fails on the word bad."""
    world: dict[str, Any] = {"changes": [], "stop": False}
    ready = threading.Event()

    def build(paths: frozenset[Path]) -> None:
        world["changes"].append({path.name for path in paths})
        text = (root / "content" / "shop.yml").read_text()
        if "bad" in text:
            raise ValueError("shop.yml:1:1: <b>bad</b>")
        (root / "site" / "index.html").write_text(f"<body>{text}</body>")

    def look(folder: Path) -> dict[Path, tuple[int, int]]:
        if world["stop"]:
            raise KeyboardInterrupt
        return snapshot(folder)

    def opened(address: str) -> None:
        world["address"] = address
        ready.set()

    monkeypatch.setattr(serving, "PAUSE", 0.02)
    monkeypatch.setattr(serving, "snapshot", look)
    thread = threading.Thread(target=serve, args=(root, "127.0.0.1", 0, build, None, opened))
    thread.start()
    ready.wait()
    yield world
    world["stop"] = True
    thread.join()


def test_a_save_is_built_and_a_mistake_keeps_the_last_good_site(
    root: Path, served: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    address = served["address"]
    assert served["changes"] == [set()]
    assert get(address) == '<body>a: 1<script src="/__peakbook/live.js"></script></body>'
    assert "location.reload" in get(address + "__peakbook/live.js")

    (root / "content" / "shop.yml").write_text("a: 22")
    until(lambda: "a: 22" in get(address + "index.html"))
    assert served["changes"][1] == {"shop.yml"}

    (root / "content" / "shop.yml").write_text("bad")
    until(lambda: json.loads(get(address + "__peakbook/state"))["problem"] != "")
    assert "a: 22" in get(address)
    assert "shop.yml:1:1: <b>bad</b>" in capsys.readouterr().out

    (root / "content" / "shop.yml").write_text("a: 333")
    # A save may be seen half written first: what counts is that the whole one follows.
    until(lambda: "a: 333" in get(address))
    until(lambda: json.loads(get(address + "__peakbook/state"))["problem"] == "")
