"""Answers as pandas tables."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from simulate.results.outcome import Estimate

if TYPE_CHECKING:
    import pandas as pd


def table_of(records: Iterable[Any]) -> "pd.DataFrame":
    """Return dataclasses as a table, one row each.

    An `Estimate` becomes three columns, ``x``, ``x_low`` and ``x_high``; what lies inside another
    dataclass or a mapping has its names put together, as in ``low.written``.
    """
    import pandas as pd

    return pd.DataFrame([flat(each) for each in records])


def tables_of(answer: Any) -> dict[str, "pd.DataFrame"]:
    """Return a table for every field of an answer that holds dataclasses, by its name."""
    found = {}
    for each in fields(answer):
        value = getattr(answer, each.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            found[each.name] = table_of(value)
    return found


def flat(record: Any, above: str = "") -> dict[str, Any]:
    """Return a dataclass or a mapping as one row."""
    if is_dataclass(record):
        pairs = {each.name: getattr(record, each.name) for each in fields(record)}
    else:
        pairs = {str(name): value for name, value in record.items()}
    row: dict[str, Any] = {}
    for name, value in pairs.items():
        key = f"{above}{name}"
        if isinstance(value, Estimate):
            row |= {key: value.mean, f"{key}_low": value.low, f"{key}_high": value.high}
        elif isinstance(value, Mapping) or (is_dataclass(value) and not isinstance(value, type)):
            row |= flat(value, f"{key}.")
        else:
            row[key] = value
    return row


def estimates_table(measures: Mapping[str, Estimate]) -> "pd.DataFrame":
    """Return a row a measure: ``mean``, ``low``, ``high`` and ``unit``."""
    import pandas as pd

    rows = {name: [each.mean, each.low, each.high, each.unit] for name, each in measures.items()}
    columns = ["mean", "low", "high", "unit"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table.index.name = "measure"
    return table
