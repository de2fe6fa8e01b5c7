"""Quantities with their units, as a planner writes them: ``48h``, ``20s/line``, ``10000 CNY/day``.

Each type below is an annotated float in one base unit, named beside it. A number without
its unit is refused: a planner's 48 may be hours or minutes, and the program cannot know.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

NUMBER = r"(?P<number>[+-]?\d[\d_,]*(?:\.\d+)?(?:[eE][+-]?\d+)?)"

SECONDS = {
    "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0,
    "min": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hour": 3600.0, "hours": 3600.0,
    "d": 86400.0, "day": 86400.0, "days": 86400.0,
    "week": 604800.0, "weeks": 604800.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, and what it is for: ``5 CNY/click`` is (5.0, "CNY", "click")."""

    amount: float
    currency: str
    per: str = ""

    def __str__(self) -> str:
        per = f"/{self.per}" if self.per else ""
        return f"{self.amount:g} {self.currency}{per}"


def _refuse(value: object, what: str, examples: str) -> PydanticCustomError:
    return PydanticCustomError(
        "quantity",
        "`{value}` is not {what}; write for example {examples}",
        {"value": _shown(value), "what": what, "examples": examples},
    )


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("_", ""))


def _split(value: object) -> tuple[float, str] | None:
    """Return the number and the unit of ``"48 h"``, or None if it is not of that form."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    match = re.fullmatch(NUMBER + r"\s*(?P<unit>.*)", str(value).strip())
    if match is None:
        return None
    number = _number(match["number"])
    if number != number or abs(number) == float("inf"):
        return None
    return number, re.sub(r"\s+", " ", match["unit"].strip())


def _check_sign(number: float, value: object, what: str, *, positive: bool = False) -> float:
    if number < 0 or (positive and number == 0):
        least = "above 0" if positive else "0 or more"
        raise PydanticCustomError(
            "sign",
            "`{value}` cannot be {what}: it must be {least}",
            {"value": _shown(value), "what": what, "least": least},
        )
    return number


def parse_duration(value: object) -> float:
    """Return seconds from ``48h``, ``15min``, ``20s``, ``3d``."""
    what, examples = "a duration", "`48h`, `15min`, `20s` or `3d`"
    parts = _split(value)
    if parts is None or parts[1] not in SECONDS:
        raise _refuse(value, what, examples)
    return _check_sign(parts[0], value, what) * SECONDS[parts[1]]


def _parse_work(value: object, thing: str) -> float:
    """Return seconds a thing from ``20s/line`` or from a rate, ``180 lines/h``."""
    what = f"working time a {thing}"
    examples = f"`20s/{thing}` or `180 {thing}s/h`"
    parts = _split(value)
    if parts is None or "/" not in parts[1]:
        raise _refuse(value, what, examples)
    number, unit = parts
    above, below = (side.strip() for side in unit.split("/", 1))
    if above in SECONDS and below == thing:
        return _check_sign(number, value, what) * SECONDS[above]
    if above in (thing, thing + "s") and below in SECONDS:
        return SECONDS[below] / _check_sign(number, value, what, positive=True)
    raise _refuse(value, what, examples)


def _parse_rate(value: object, thing: str, plural: str) -> float:
    """Return things a second from ``800 visitors/day``."""
    what, examples = f"a rate of {plural}", f"`800 {plural}/day` or `50 {plural}/h`"
    parts = _split(value)
    if parts is None or "/" not in parts[1]:
        raise _refuse(value, what, examples)
    number, unit = parts
    above, below = (side.strip() for side in unit.split("/", 1))
    if above not in (thing, plural) or below not in SECONDS:
        raise _refuse(value, what, examples)
    return _check_sign(number, value, what) / SECONDS[below]


def _parse_count(value: object, thing: str, plural: str) -> int:
    """Return a whole number of things from ``120 orders``."""
    what, examples = f"a number of {plural}", f"`120 {plural}`"
    parts = _split(value)
    if parts is None or parts[1] not in (thing, plural) or parts[0] != int(parts[0]):
        raise _refuse(value, what, examples)
    return int(_check_sign(parts[0], value, what))


def parse_share(value: object) -> float:
    """Return a share from 0 to 1, from ``35%`` or ``0.35``."""
    what, examples = "a share", "`35%` or `0.35`"
    parts = _split(value)
    if parts is None or parts[1] not in ("", "%"):
        raise _refuse(value, what, examples)
    number = parts[0] / 100 if parts[1] == "%" else parts[0]
    if not 0 <= number <= 1:
        raise PydanticCustomError(
            "share",
            "`{value}` is outside 0 to 100 %: write a share such as {examples}",
            {"value": _shown(value), "examples": examples},
        )
    return number


def parse_factor(value: object) -> float:
    """Return a factor of 0 or more from ``2x``, ``150%`` or ``1.5``."""
    what, examples = "a factor", "`2x`, `150%` or `1.5`"
    parts = _split(value)
    if parts is None or parts[1] not in ("", "x", "%"):
        raise _refuse(value, what, examples)
    return _check_sign(parts[0], value, what) / (100 if parts[1] == "%" else 1)


def _parse_money(value: object, per: str, example: str) -> Money:
    what = f"money a {per}" if per else "an amount of money"
    parts = _split(value)
    if isinstance(value, Money):
        return value
    if parts is None:
        raise _refuse(value, what, f"`{example}`")
    match = re.fullmatch(r"(?P<currency>[A-Z]{3})(?:\s*/\s*(?P<per>.+))?", parts[1])
    if match is None or (match["per"] or "") != per:
        raise _refuse(value, what, f"`{example}`")
    return Money(_check_sign(parts[0], value, what), match["currency"], per)


def _quantity(parse: Any, base: str, pattern: str, examples: list[str]) -> tuple[Any, ...]:
    """Return the annotations that make a field read its unit and describe itself to editors."""
    schema = {
        "anyOf": [{"type": "string", "pattern": pattern}, {"type": "number"}],
        "description": f"With its unit; kept as {base}.",
        "examples": examples,
    }
    return (BeforeValidator(parse), WithJsonSchema(schema))


def _annotations(parse: Any, base: str, unit: str, examples: list[str]) -> tuple[Any, ...]:
    return _quantity(parse, base, rf"^\s*[+-]?\d[\d_,.eE+-]*\s*{unit}\s*$", examples)


_TIME = "(s|sec|seconds?|min|minutes?|h|hours?|d|days?|weeks?)"

Duration = Annotated[
    float, *_annotations(parse_duration, "seconds", _TIME, ["48h", "15min", "3d"])
]
"""Seconds."""

SecondsPerOrder = Annotated[
    float,
    *_annotations(
        lambda value: _parse_work(value, "order"), "seconds an order",
        rf"({_TIME}\s*/\s*order|orders?\s*/\s*{_TIME})", ["45s/order", "80 orders/h"],
    ),
]  # fmt: skip
"""Seconds of work an order."""

SecondsPerLine = Annotated[
    float,
    *_annotations(
        lambda value: _parse_work(value, "line"), "seconds a line",
        rf"({_TIME}\s*/\s*line|lines?\s*/\s*{_TIME})", ["20s/line", "180 lines/h"],
    ),
]  # fmt: skip
"""Seconds of work an order line."""

VisitorRate = Annotated[
    float,
    *_annotations(
        lambda value: _parse_rate(value, "visitor", "visitors"), "visitors a second",
        rf"visitors?\s*/\s*{_TIME}", ["800 visitors/day"],
    ),
]  # fmt: skip
"""Visitors a second."""

Orders = Annotated[
    int,
    *_annotations(
        lambda value: _parse_count(value, "order", "orders"), "orders", "orders?", ["120 orders"]
    ),
]
Parcels = Annotated[
    int,
    *_annotations(
        lambda value: _parse_count(value, "parcel", "parcels"), "parcels", "parcels?",
        ["800 parcels"],
    ),
]  # fmt: skip
People = Annotated[
    int,
    *_annotations(
        lambda value: _parse_count(value, "person", "people"), "people", "(person|people)",
        ["6 people"],
    ),
]  # fmt: skip

Share = Annotated[float, *_annotations(parse_share, "a share from 0 to 1", "%?", ["35%", "0.35"])]
"""0 to 1."""

Factor = Annotated[float, *_annotations(parse_factor, "a factor", "[x%]?", ["2x", "150%"])]
"""0 or more; 1 changes nothing."""

_CURRENCY = "[A-Z]{3}"

MoneyPerDay = Annotated[
    Money,
    *_annotations(
        lambda value: _parse_money(value, "day", "10000 CNY/day"), "money a day",
        rf"{_CURRENCY}\s*/\s*day", ["10000 CNY/day"],
    ),
]  # fmt: skip
MoneyPerClick = Annotated[
    Money,
    *_annotations(
        lambda value: _parse_money(value, "click", "5 CNY/click"), "money a click",
        rf"{_CURRENCY}\s*/\s*click", ["5 CNY/click"],
    ),
]  # fmt: skip
MoneyPerMille = Annotated[
    Money,
    *_annotations(
        lambda value: _parse_money(value, "1000 impressions", "100 CNY/1000 impressions"),
        "money a thousand impressions", rf"{_CURRENCY}\s*/\s*1000 impressions",
        ["100 CNY/1000 impressions"],
    ),
]  # fmt: skip
MoneyPerOrder = Annotated[
    Money,
    *_annotations(
        lambda value: _parse_money(value, "order", "105 CNY/order"), "money an order",
        rf"{_CURRENCY}\s*/\s*order", ["105 CNY/order"],
    ),
]  # fmt: skip

__all__ = [
    "Duration", "Factor", "Money", "MoneyPerClick", "MoneyPerDay", "MoneyPerMille",
    "MoneyPerOrder", "Orders", "Parcels", "People", "SecondsPerLine",
    "SecondsPerOrder", "Share", "VisitorRate", "parse_duration", "parse_factor", "parse_share",
]  # fmt: skip
