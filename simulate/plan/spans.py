"""Quantities of a plan: one figure, or two with everything between: ``100 to 110 CNY/order``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from simulate.scenario.problems import shortened
from simulate.scenario.quantities import (
    NUMBER,
    Factor,
    Money,
    MoneyPerOrder,
    Share,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, both included; a single figure has both the same."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """From `low` to `high`, both included, in one currency."""

    low: Money
    high: Money

    @property
    def amounts(self) -> Span:
        """The amounts without their currency."""
        return Span(self.low.amount, self.high.amount)


def _ends(value: object) -> tuple[object, object]:
    """Return both ends of ``100 to 110 CNY/order``, each with its unit; one figure twice."""
    text = str(value).strip()
    low, to, high = (part.strip() for part in re.split(r"(\bto\b)", text, maxsplit=1)) \
        if re.search(r"\bto\b", text) else (text, "", "")  # fmt: skip
    if not to:
        return value, value
    if re.fullmatch(NUMBER, low):
        unit = re.sub(rf"^{NUMBER}", "", high)
        low += unit
    return low, high


def _parse_span(parse: Callable[[object], Any], made: type[Any], value: object) -> Any:
    if isinstance(value, made):
        return value
    low, high = (parse(end) for end in _ends(value))
    amounts = [end.amount if isinstance(end, Money) else end for end in (low, high)]
    if amounts[0] > amounts[1]:
        raise PydanticCustomError(
            "span",
            "`{value}` runs backwards: write the smaller figure first",
            {"value": shortened(value)},
        )
    return made(low, high)


def _parse_count(one: str, many: str, value: object) -> int:
    """Return a whole number of things from ``40 SKUs``."""
    match = re.fullmatch(rf"({NUMBER})\s*(?:{one}|{many})", str(value).strip())
    number = float(match[1].replace(",", "").replace("_", "")) if match else -1.0
    if number < 0 or number != int(number) or number > 1e12:
        raise PydanticCustomError(
            "quantity",
            "`{value}` is not a whole number of {many}: write for example `4 {many}`",
            {"value": shortened(value), "many": many},
        )
    return int(number)


def _span(unit: Unit, made: type[Any], example: str) -> Unit:
    parse = partial(_parse_span, unit.parse, made)
    pattern = rf"(({unit.pattern})?\s*to\s*{NUMBER}\s*)?{unit.pattern}"
    return Unit(parse, f"{unit.what} One figure or two.", pattern, (*unit.examples, example))


def _counted(one: str, many: str, example: str) -> Unit:
    unit = Unit(partial(_parse_count, one, many), f"A number of {many}.", f"({one}|{many})",
                (f"4 {many}",))  # fmt: skip
    return _span(unit, Span, example)


def _unit(annotated: Any) -> Unit:
    unit = annotated.__metadata__[0]
    assert isinstance(unit, Unit)
    return unit


ShareSpan = Annotated[Span, _span(_unit(Share), Span, "5% to 7%")]
"""0 to 1 at both ends."""

FactorSpan = Annotated[Span, _span(_unit(Factor), Span, "2x to 3x")]

OrderValue = Annotated[MoneySpan, _span(_unit(MoneyPerOrder), MoneySpan, "100 to 110 CNY/order")]
"""Money an order."""

OrdersSpan = Annotated[Span, _counted("order", "orders", "1,000 to 2,000 orders")]
VisitorsSpan = Annotated[Span, _counted("visitor", "visitors", "20,000 to 24,000 visitors")]
ItemsSpan = Annotated[Span, _counted("item", "items", "3 to 5 items")]
SkusSpan = Annotated[Span, _counted("SKU", "SKUs", "40 to 60 SKUs")]
