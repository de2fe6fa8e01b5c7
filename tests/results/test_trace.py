from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulate.results.trace import WORDS, TraceFile, frame
from simulate.scenario.problems import InputError
from tests.results.campaigns import HOUR, book, by_hand, campaign, shop
from tests.warehouse.lines import NEVER

COLUMNS = [
    "replication", "channel", "shop", "sku_group", "lines", "value", "deposit", "asked", "cart",
    "chased", "coupon", "moved", "placed", "paid", "deadline", "released", "pack_queued",
    "pack_started", "pack_finished", "visits", "dispatched", "collected", "cancelled", "gone",
    "status",
]  # fmt: skip
NOTHING = campaign(shop(), book([]), [])


def rows(number: int = 0) -> pd.DataFrame:
    done = by_hand()
    return frame(shop(), number, done.book, done.way)


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


def test_what_is_in_an_order_and_where_it_comes_from() -> None:
    scenario = shop(shops={"one": {"label": "One"}, "two": {"label": "Two"}})
    drawn = replace(
        book([-1, 0.5], unpaid=2),
        shop=np.array([-1, 1, -1, -1]),
        presale=np.array([False, False, False, True]),
        deposit=np.array([0, 0, 0, 20.0]),
        coupon=np.array([False, True, False, False]),
    )
    done = campaign(scenario, drawn, [1, 1])
    table = frame(scenario, 0, done.book, done.way)
    assert table["channel"].fillna("none").tolist() == ["none", "search", "search", "search"]
    assert table["shop"].fillna("none").tolist() == ["none", "two", "none", "none"]
    assert set(table["sku_group"]) == {"all"}
    assert table["coupon"].tolist() == [0, 1, 0, 0]
    assert table["deposit"].tolist() == [0, 0, 0, 20]
    assert table["status"].tolist() == ["late", "on-time", "unpaid", "forfeited"]


def test_of_several_visits_the_last_is_told() -> None:
    stations = {
        "pick": {"pool": "packers", "setup": "1h/order"},
        "check": {"pool": "packers", "rework": {"share": "50%", "back_to": "pick"}},
    }
    one = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
    scenario = shop(stations=stations, pools={"packers": {"shifts": one}}, courier=None)
    # Order 0 is sent back once; 1 is picked from 2.5 on, sent back, and waits as the run ends.
    done = campaign(
        scenario,
        book([0, 2.5, 3.625]),
        [[1, 1, 99], [0.25, 0.25, 1]],
        rework=[[0, 0, 0], [1, 1, 0]],
        cancelled=[99, 99, 13],
    )
    table = frame(scenario, 0, done.book, done.way)
    assert table["visits"].tolist() == [4, 2, 1]
    np.testing.assert_array_equal(table["pick_started"] / HOUR, [1.25, NEVER, 3.75])
    np.testing.assert_array_equal(table["pick_queued"] / HOUR, [1.25, 3.75, 3.625])
    np.testing.assert_array_equal(table["check_finished"] / HOUR, [2.5, 3.75, NEVER])
    assert table["status"].tolist() == ["on-time", "inside", "inside"]


def test_cancelled_orders_have_a_status_and_restocking_columns() -> None:
    restocking = {"pool": "packers", "work": "15min/parcel"}
    cancellations = {
        "share": "50%", "delay": {"mean": "1h"}, "goods_from": "pack", "restocking": restocking
    }  # fmt: skip
    handling = {"pool": "packers", "work": "15min/parcel"}
    returns = {"share": "1%", "delay": {"mean": "1h"}, "handling": handling}
    scenario = shop(cancellations=cancellations, returns=returns, courier=None)
    done = campaign(scenario, book([0]), [[1], [0.25], [0]], cancelled=[0.5], skips=[0b110])
    (row,) = frame(scenario, 0, done.book, done.way).to_dict("records")
    assert (row["status"], row["visits"]) == ("cancelled", 2)
    assert (row["cancelled"], row["gone"]) == (0.5 * HOUR, 1.25 * HOUR)
    assert (row["restock_queued"], row["restock_finished"]) == (1 * HOUR, 1.25 * HOUR)
    assert "returns_queued" not in row


def test_without_a_promise_there_is_no_deadline_and_nobody_is_late() -> None:
    done = campaign(shop(), book([0.5]), [1])
    endless = np.full(1, np.inf)
    object.__setattr__(done.way, "deadline", endless)
    object.__setattr__(done.book, "deadline", endless)
    table = frame(shop(), 0, done.book, done.way)
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
    expected = pd.concat([rows(0), rows(1)], ignore_index=True)
    for words in WORDS:
        told, asked = written.pop(words), expected.pop(words)
        assert told[told.notna()].to_dict() == asked[asked.notna()].to_dict()
    pd.testing.assert_frame_equal(written, expected, check_dtype=False)


@pytest.mark.parametrize("name", ["trace.csv", "trace.parquet"])
def test_a_replication_without_orders_may_come_first(tmp_path: Path, name: str) -> None:
    with TraceFile(tmp_path / name) as file:
        file.add(frame(shop(), 0, NOTHING.book, NOTHING.way))
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
