from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulate.results.trace import TraceFile, frame
from simulate.scenario.problems import InputError
from tests.results.campaigns import HOUR, book, by_hand, campaign, shop

COLUMNS = [
    "replication", "placed", "paid", "deadline", "released", "pack_queued", "pack_started",
    "pack_finished", "visits", "dispatched", "collected", "cancelled", "gone", "status",
]  # fmt: skip
NOTHING = campaign(shop(), book([]), [])


def rows(number: int = 0) -> pd.DataFrame:
    done = by_hand()
    return frame(number, done.book, done.way)


def read(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def test_one_row_an_order() -> None:
    table = rows(3)
    assert list(table.columns) == COLUMNS
    assert table["replication"].tolist() == [3] * 5
    assert table["status"].tolist() == ["late", "on-time", "inside", "on-time", "unpaid"]
    assert table["visits"].tolist() == [1, 1, 1, 1, 0]
    np.testing.assert_array_equal(table["paid"] / HOUR, [-1, 0.5, 1, 1.25, np.nan])
    np.testing.assert_array_equal(table["pack_started"] / HOUR, [0, 0.5, 1, 1.5, np.nan])
    np.testing.assert_array_equal(table["collected"] / HOUR, [6, 6, np.nan, 6, np.nan])
    np.testing.assert_array_equal(table["deadline"] / HOUR, [4.5, 6, 6.5, 6.75, np.nan])


def test_without_a_promise_there_is_no_deadline_and_nobody_is_late() -> None:
    done = campaign(shop(), book([0.5]), [1])
    endless = np.full(1, np.inf)
    object.__setattr__(done.way, "deadline", endless)
    object.__setattr__(done.book, "deadline", endless)
    table = frame(0, done.book, done.way)
    assert table["deadline"].isna().all()
    assert table["status"].tolist() == ["on-time"]


@pytest.mark.parametrize("name", ["trace.csv", "trace.parquet"])
def test_the_file_has_every_replication(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with TraceFile(path) as file:
        file.add(rows(0))
        file.add(rows(1))
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]
    written = read(path)
    pd.testing.assert_frame_equal(
        written, pd.concat([rows(0), rows(1)], ignore_index=True), check_dtype=False
    )


@pytest.mark.parametrize("name", ["trace.csv", "trace.parquet"])
def test_a_replication_without_orders_may_come_first(tmp_path: Path, name: str) -> None:
    with TraceFile(tmp_path / name) as file:
        file.add(frame(0, NOTHING.book, NOTHING.way))
        file.add(rows(1))
    written = read(tmp_path / name)
    assert list(written.columns) == COLUMNS
    assert written["status"].tolist() == rows()["status"].tolist()
    assert set(written["replication"]) == {1}


@pytest.mark.parametrize("name", ["trace.csv", "trace.parquet"])
def test_a_failure_leaves_the_old_file_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old", encoding="utf-8")

    def fail() -> None:
        with TraceFile(path) as file:
            file.add(rows())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_other_formats_and_missing_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.parquet or \.csv"):
        TraceFile(tmp_path / "trace.xlsx")
    with pytest.raises(InputError, match="no folder"):
        TraceFile(tmp_path / "nowhere" / "trace.csv")
