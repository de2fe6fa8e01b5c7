"""A folder put in the place of another in one step."""

import os
import threading
from pathlib import Path

import pytest

from simulate.report import swap
from simulate.report.swap import remove_left_over, swap_into_place


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_the_new_folder_stands_and_the_old_is_gone(tmp_path: Path) -> None:
    place = folder(tmp_path / "site", "old")
    swap_into_place(folder(tmp_path / "site.new", "new"), place)
    assert (place / "index.html").read_text() == "new"
    assert names(tmp_path) == ["site"]


def test_an_empty_place_is_filled(tmp_path: Path) -> None:
    swap_into_place(folder(tmp_path / "site.new", "new"), tmp_path / "site")
    assert names(tmp_path) == ["site"]


def test_without_the_system_call_two_renames_do_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap.sys, "platform", "other")
    place = folder(tmp_path / "site", "old")
    swap_into_place(folder(tmp_path / "site.new", "new"), place)
    assert (place / "index.html").read_text() == "new"
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize("platform", ["linux", "other"])
def test_many_at_once_leave_one_whole_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(swap.sys, "platform", platform)
    place = tmp_path / "site"
    folders = [folder(tmp_path / f"site.{n:012d}", str(n)) for n in range(20)]
    failures: list[BaseException] = []

    def put(new: Path) -> None:
        try:
            swap_into_place(new, place)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=put, args=(new,)) for new in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (place / "index.html").read_text() in {str(n) for n in range(20)}
    assert names(tmp_path) == ["site"]


def test_only_old_folders_of_killed_builds_are_removed(tmp_path: Path) -> None:
    kept = ["site.0123456789ab", "site.ba9876543210", "site.pages", "other.0123456789ab"]
    for name in kept:
        folder(tmp_path / name, "x")
    for name in ("site.0123456789ab", "site.pages", "other.0123456789ab"):
        os.utime(tmp_path / name, (0, 0))
    remove_left_over(tmp_path / "site")
    assert names(tmp_path) == sorted(kept[1:])
