"""Every order of every replication as a table, one row an order."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from simulate.demand.orders import OrderBook
from simulate.results.passage import Passage
from simulate.scenario.problems import refusal
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".parquet", ".csv")


FLAGS = ("asked", "cart", "chased", "coupon", "moved")
"""What an order may be; see `Orders`."""

WORDS = ("channel", "shop", "sku_group", "status")
NUMBERS = ("replication", "lines", "visits", *FLAGS)
"""Columns of text, and of whole numbers."""


def frame(scenario: Scenario, replication: int, book: OrderBook, way: Passage) -> "pd.DataFrame":
    """Return one replication's orders, paid ones first, by order number.

    Columns: ``replication``; ``channel`` (empty in the opening backlog), ``shop``, ``sku_group``,
    ``lines``, ``value``, ``deposit``; ``asked``, ``cart``, ``chased``, ``coupon`` and ``moved``,
    each 1 or 0; ``placed``, ``paid``, ``deadline``, ``released``, for each station
    ``<station>_queued``, ``_started`` and ``_finished`` of the last visit there, then ``visits``
    (pieces of work begun on the order), ``dispatched``, ``collected``, ``cancelled``, ``gone``
    and ``status``. Times are seconds since the scenario's start, empty where it did not happen
    or there is no deadline. Status: ``on-time``, ``late``, ``cancelled``, ``inside`` (not
    collected when the run ended), ``unpaid``, or ``forfeited`` after a deposit.
    """
    import pandas as pd

    paid, total = len(way.paid), len(book)

    def padded(values: Any) -> Any:
        return np.concatenate((values, np.full(total - paid, np.nan)))

    columns: dict[str, Any] = {
        "replication": np.full(total, replication),
        # The last name is that of -1: none.
        "channel": np.array([*scenario.channels, None], object)[book.channel],
        "shop": np.array([*scenario.shops, None], object)[book.shop],
        "sku_group": np.array([*scenario.sku_groups], object)[book.group],
        "lines": book.lines,
        "value": book.value,
        "deposit": book.deposit,
        **{name: getattr(book, name).astype(np.int64) for name in FLAGS},
        "placed": book.placed,
        "paid": book.paid,
        "deadline": np.where(np.isinf(book.deadline), np.nan, book.deadline),
        "released": padded(way.released),
    }
    begun = _visits(way)
    for name, times in begun.items():
        columns[name] = padded(times)
    orders = way.order_of[way.visits.job]
    columns["visits"] = np.concatenate(
        (np.bincount(orders[orders >= 0], minlength=paid), np.zeros(total - paid, np.int64))
    )
    for name in ("dispatched", "collected", "cancelled", "gone"):
        columns[name] = padded(getattr(way, name))
    status = np.where(np.isnan(way.collected), "inside", np.where(way.on_time, "on-time", "late"))
    status = np.where(way.kept, status, "cancelled")
    never = np.where(book.presale[paid:], "forfeited", "unpaid")
    columns["status"] = np.concatenate((status, never))
    return pd.DataFrame(columns)


def _visits(way: Passage) -> dict[str, Floats]:
    """Return when orders last joined, were begun and were done at each station."""
    visits, columns = way.visits, dict[str, Floats]()
    for station, name in enumerate(way.line.stations):
        if station >= way.line.main and station != way.line.restock:
            continue  # returned parcels go there, not orders
        here = np.flatnonzero(visits.station == station)
        queued, started, finished = (np.full(len(way.paid), np.nan) for _ in range(3))
        order = way.order_of[visits.job[here]]
        # Of several visits of an order the last is assigned last.
        queued[order], started[order] = visits.joined[here], visits.started[here]
        ended = visits.ended[here]
        finished[order] = np.where(ended <= way.ended, ended, np.nan)
        waits = np.flatnonzero(way.place == station)
        again = way.order_of[waits]
        queued[again], started[again], finished[again] = way.joined[waits], np.nan, np.nan
        columns |= {
            f"{name}_queued": queued, f"{name}_started": started, f"{name}_finished": finished
        }  # fmt: skip
    return columns


def _arrow_type(column: str) -> str:
    if column in WORDS:
        return "string"
    return "int64" if column in NUMBERS else "float64"


def check_path(path: Path) -> None:
    """Raise InputError unless a trace can be written to `path`."""
    if path.suffix not in SUFFIXES:
        raise refusal(f"`{path.name}` is no trace: its name must end in .parquet or .csv")
    if not path.absolute().parent.is_dir():
        raise refusal(f"there is no folder `{path.parent}` to write the trace into")


class TraceFile:
    """A trace that appears at `path`, as Parquet or CSV by its name, once it is whole."""

    def __init__(self, path: Path) -> None:
        check_path(path)
        self._path = path
        self._aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._parquet: Any = None
        self._is_first = True

    def __enter__(self) -> Self:
        self._aside.unlink(missing_ok=True)
        return self

    def add(self, rows: "pd.DataFrame") -> None:
        """Append the orders of one replication."""
        if self._path.suffix == ".csv":
            rows.to_csv(
                self._aside, mode="w" if self._is_first else "a", header=self._is_first, index=False
            )
        else:
            import pyarrow as pa
            import pyarrow.parquet as pq

            schema = pa.schema([(name, _arrow_type(name)) for name in rows.columns])
            if self._parquet is None:
                self._parquet = pq.ParquetWriter(self._aside, schema)
            self._parquet.write_table(pa.Table.from_pandas(rows, schema, preserve_index=False))
        self._is_first = False

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._parquet is not None:
            self._parquet.close()
        if kind is None:
            self._aside.replace(self._path)
        else:
            self._aside.unlink(missing_ok=True)
