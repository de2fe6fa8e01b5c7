"""Quantities with their units, as a planner writes them: ``48h``, ``20s/line``, ``10000 CNY/day``.

Each type below is annotated with how it is read and holds one base unit, named beside it. A
number without its unit is refused: a planner's 48 may be hours or minutes, and the program
cannot know.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simulate.scenario.problems import shortened

NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+(?:_\d+)*)(?:\.\d+)?(?:[eE][+-]?\d+)?"
"""Digits, with commas or underscores between thousands."""

SECONDS = {
    "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0,
    "min": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hour": 3600.0, "hours": 3600.0,
    "d": 86400.0, "day": 86400.0, "days": 86400.0,
    "week": 604800.0, "weeks": 604800.0,
}  # fmt: skip

MOST = 1e12
"""No quantity of a shop is larger, in any of the units below."""

LEAST = 1e-12
"""What is smaller is 0, so that nothing overflows that is divided by it."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, and what it is for: ``5 CNY/click`` is (5.0, "CNY", "click")."""

    amount: float
    currency: str
    per: str = ""

    def __str__(self) -> str:
        per = f"/{self.per}" if self.per else ""
        return f"{self.amount:g} {self.currency}{per}"


@dataclass(frozen=True, slots=True)
class Unit:
    """How a quantity is written and read; `what` it is, `pattern` of its unit for editors."""

    parse: Callable[[object], Any]
    what: str
    pattern: str
    examples: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read the quantity before the type that holds it is checked."""
        return core_schema.no_info_before_validator_function(self.parse, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the quantity as it is written."""
        text = {"type": "string", "pattern": rf"^\s*{NUMBER}\s*{self.pattern}\s*$"}
        bare = [{"type": "number"}] if re.fullmatch(self.pattern, "") else []
        return {"anyOf": [text, *bare], "description": self.what, "examples": list(self.examples)}


def _refuse(value: object, what: str, *examples: str) -> PydanticCustomError:
    bare = re.fullmatch(NUMBER, str(value).strip()) is not None
    return PydanticCustomError(
        "quantity",
        "`{value}` has no unit: write for example {examples}"
        if bare and "share" not in what
        else "`{value}` is not {what}: write for example {examples}",
        {
            "value": shortened(value),
            "what": what,
            "examples": " or ".join(f"`{example}`" for example in examples),
        },
    )


def _split(value: object) -> tuple[float, str] | None:
    """Return the number and the unit of ``"48 h"``, or None if it is not of that form."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    match = re.fullmatch(rf"({NUMBER})\s*(.*)", str(value).strip())
    if match is None:
        return None
    number = float(match[1].replace(",", "").replace("_", ""))
    return (number, re.sub(r"\s+", " ", match[2].strip())) if isfinite(number) else None


def _sides(unit: str) -> tuple[str, str]:
    """Return what stands above and below the stroke of ``s/line``."""
    above, _, below = unit.partition("/")
    return above.strip(), below.strip()


def _checked(number: float, value: object, what: str, *, positive: bool = False) -> float:
    """Return `number`, or refuse it if it is negative (or not positive) or beyond all reason."""
    number = 0.0 if abs(number) < LEAST else number
    if 0 < number <= MOST or (number == 0 and not positive):
        return number
    raise PydanticCustomError(
        "size",
        "`{value}` cannot be {what}: it must be {bound}",
        {
            "value": shortened(value),
            "what": what,
            "bound": "a possible amount" if number > MOST else "above 0" if positive
            else "0 or more",
        },
    )  # fmt: skip


def parse_duration(value: object) -> float:
    """Return seconds from ``48h``, ``15min``, ``20s``, ``3d``."""
    parts = _split(value)
    if parts is None or parts[1] not in SECONDS:
        raise _refuse(value, "a duration", "48h", "15min", "3d")
    return _checked(parts[0] * SECONDS[parts[1]], value, "a duration")


def parse_share(value: object) -> float:
    """Return a share from 0 to 1, from ``35%`` or ``0.35``."""
    parts = _split(value)
    if parts is None or parts[1] not in ("", "%"):
        raise _refuse(value, "a share", "35%", "0.35")
    number = parts[0] / 100 if parts[1] else parts[0]
    if not 0 <= number <= 1:
        raise PydanticCustomError(
            "share",
            "`{value}` is outside 0 to 100 %: write a share such as `35%` or `0.35`",
            {"value": shortened(value)},
        )
    return number if number >= LEAST else 0.0


def parse_factor(value: object) -> float:
    """Return a factor of 0 or more from ``2x``, ``150%`` or ``1.5``."""
    parts = _split(value)
    if parts is None or parts[1] not in ("", "x", "%"):
        raise _refuse(value, "a factor", "2x", "150%", "1.5")
    return _checked(parts[0] / (100 if parts[1] == "%" else 1), value, "a factor")


def _parse_work(thing: str, value: object) -> float:
    """Return seconds a thing from ``20s/line`` or from a rate, ``180 lines/h``."""
    what = f"working time a {thing}"
    parts = _split(value)
    number, (above, below) = (parts[0], _sides(parts[1])) if parts else (0.0, ("", ""))
    if above in SECONDS and below == thing:
        return _checked(number * SECONDS[above], value, what)
    if above in (thing, thing + "s") and below in SECONDS:
        return _checked(SECONDS[below] / _checked(number, value, what, positive=True), value, what)
    raise _refuse(value, what, f"20s/{thing}", f"180 {thing}s/h")


def _parse_ratio(above: str, below: str, example: str, value: object) -> float:
    """Return a number of things a thing from ``4 views/visitor``, or a share from ``9.4%/view``."""
    what = f"a number of {above}s a {below}" if above else f"a share a {below}"
    parts = _split(value)
    number, (over, under) = (parts[0], _sides(parts[1])) if parts else (0.0, ("", ""))
    if under != below or over not in ((above, f"{above}s") if above else ("%",)):
        raise _refuse(value, what, example)
    if above:
        return _checked(number, value, what)
    return parse_share(f"{number!r}%")


def _parse_visitors(value: object) -> float:
    """Return visitors a second from ``800 visitors/day``."""
    what = "a rate of visitors"
    parts = _split(value)
    number, (above, below) = (parts[0], _sides(parts[1])) if parts else (0.0, ("", ""))
    if above not in ("visitor", "visitors") or below not in SECONDS:
        raise _refuse(value, what, "800 visitors/day", "50 visitors/h")
    return _checked(number / SECONDS[below], value, what)


def _parse_count(one: str, many: str, value: object) -> int:
    """Return a whole number of things from ``120 orders``."""
    what = f"a whole number of {many}"
    parts = _split(value)
    if parts is None or parts[1] not in (one, many) or parts[0] != int(parts[0]):
        raise _refuse(value, what, f"120 {many}")
    return int(_checked(parts[0], value, what))


def _worded(money: str, per: str) -> str:
    return f"{money} an hour" if per == "h" else f"{money} a {per}" if per else money


def _parse_money(per: str, example: str, value: object) -> Money:
    """Return money from ``5 CNY/click``."""
    if isinstance(value, Money):
        return value
    what = _worded("money", per)
    parts = _split(value)
    currency, below = _sides(parts[1]) if parts else ("", "")
    if parts is None or below != per or not re.fullmatch("[A-Z]{3}", currency):
        raise _refuse(value, what, example)
    return Money(_checked(parts[0], value, what), currency, per)


_TIME = r"(s|sec|seconds?|min|minutes?|h|hours?|d|days?|weeks?)"


def _work(thing: str) -> Unit:
    return Unit(
        partial(_parse_work, thing),
        f"Working time a {thing}, or how many {thing}s one person does in a time.",
        rf"({_TIME}\s*/\s*{thing}|{thing}s?\s*/\s*{_TIME})",
        (f"20s/{thing}", f"180 {thing}s/h"),
    )


def _count(one: str, many: str) -> Unit:
    parse = partial(_parse_count, one, many)
    return Unit(parse, f"A whole number of {many}.", f"({one}|{many})", (f"120 {many}",))


def _ratio(above: str, below: str, example: str) -> Unit:
    pattern = rf"{f'{above}s?' if above else '%'}\s*/\s*{below}"
    what = f"Number of {above}s a {below}." if above else f"Share of each {below}."
    return Unit(partial(_parse_ratio, above, below, example), what, pattern, (example,))


def _money(per: str, example: str) -> Unit:
    pattern = rf"[A-Z]{{3}}\s*/\s*{per}" if per else "[A-Z]{3}"
    what = f"{_worded('Money', per)}."
    return Unit(partial(_parse_money, per, example), what, pattern, (example,))


Duration = Annotated[float, Unit(parse_duration, "A time.", _TIME, ("48h", "15min", "3d"))]
"""Seconds."""

SecondsPerOrder = Annotated[float, _work("order")]
"""Seconds of work an order."""

SecondsPerLine = Annotated[float, _work("line")]
"""Seconds of work an order line."""

SecondsPerCart = Annotated[float, _work("cart")]
"""Seconds of work a cart."""

SecondsPerParcel = Annotated[float, _work("parcel")]
"""Seconds of work a parcel."""

VisitorRate = Annotated[
    float,
    Unit(_parse_visitors, "A rate.", rf"visitors?\s*/\s*{_TIME}", ("800 visitors/day",)),
]
"""Visitors a second."""

Orders = Annotated[int, _count("order", "orders")]
Parcels = Annotated[int, _count("parcel", "parcels")]
People = Annotated[int, _count("person", "people")]
Units = Annotated[int, _count("unit", "units")]
"""Units of stock; an order of a SKU group takes one."""
Places = Annotated[int, _count("place", "places")]
"""Machines or tables that can be worked at, at once."""

Share = Annotated[float, Unit(parse_share, "A share.", "%?", ("35%", "0.35"))]
"""0 to 1."""

Factor = Annotated[float, Unit(parse_factor, "A factor.", "[x%]?", ("2x", "150%"))]
"""0 or more; 1 changes nothing."""

ViewsPerVisitor = Annotated[float, _ratio("view", "visitor", "4 views/visitor")]
"""Pages that a visitor looks at."""

SharePerView = Annotated[float, _ratio("", "view", "9.4%/view")]
"""0 to 1, of page views."""

SharePerCart = Annotated[float, _ratio("", "cart", "24%/cart")]
"""0 to 1, of visitors with something in the cart."""

Chats = Annotated[int, _count("chat", "chats")]

MoneyPerDay = Annotated[Money, _money("day", "10000 CNY/day")]
MoneyPerClick = Annotated[Money, _money("click", "5 CNY/click")]
MoneyPerMille = Annotated[Money, _money("1000 impressions", "100 CNY/1000 impressions")]
MoneyPerOrder = Annotated[Money, _money("order", "105 CNY/order")]
MoneyPerHour = Annotated[Money, _money("h", "25 CNY/h")]
MoneyPerParcel = Annotated[Money, _money("parcel", "4 CNY/parcel")]
MoneyPerMessage = Annotated[Money, _money("message", "0.08 CNY/message")]
Amount = Annotated[Money, _money("", "500 CNY")]

__all__ = [
    "Amount", "Chats", "Duration", "Factor", "Money", "MoneyPerClick", "MoneyPerDay",
    "MoneyPerHour", "MoneyPerMessage", "MoneyPerMille", "MoneyPerOrder", "MoneyPerParcel",
    "Orders", "Parcels", "People", "Places", "SecondsPerCart", "SecondsPerLine",
    "SecondsPerOrder", "SecondsPerParcel", "Share", "SharePerCart", "SharePerView", "Units",
    "ViewsPerVisitor", "VisitorRate", "parse_duration", "parse_factor", "parse_share",
]  # fmt: skip
