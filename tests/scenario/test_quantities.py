"""How quantities are read: each case could be checked with a pocket calculator."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulate.scenario import quantities as q
from simulate.scenario.quantities import Money


def read(kind: Any, written: object) -> Any:
    return TypeAdapter(kind).validate_python(written)


@pytest.mark.parametrize(
    ("kind", "written", "read_as"),
    [
        (q.Duration, "48h", 172800.0),
        (q.Duration, "1.5 hours", 5400.0),
        (q.Duration, "15min", 900.0),
        (q.Duration, "2 weeks", 1209600.0),
        (q.Duration, "0s", 0.0),
        (q.SecondsPerOrder, "45s/order", 45.0),
        (q.SecondsPerOrder, "80 orders/h", 45.0),
        (q.SecondsPerOrder, "1 order / min", 60.0),
        (q.SecondsPerLine, "180 lines/h", 20.0),
        (q.VisitorRate, "86,400 visitors/day", 1.0),
        (q.VisitorRate, "3_600 visitors/h", 1.0),
        (q.Orders, "1,500 orders", 1500),
        (q.Parcels, "1 parcel", 1),
        (q.People, "1 person", 1),
        (q.People, "0 people", 0),
        (q.Share, "35%", 0.35),
        (q.Share, 0.35, 0.35),
        (q.Share, 1, 1.0),
        (q.Factor, "2x", 2.0),
        (q.Factor, "150%", 1.5),
        (q.Factor, 3, 3.0),
        (q.MoneyPerDay, "10000 CNY/day", Money(10000.0, "CNY", "day")),
        (q.MoneyPerClick, "0.5 EUR / click", Money(0.5, "EUR", "click")),
        (
            q.MoneyPerMille,
            "100 CNY/1000 impressions",
            Money(100.0, "CNY", "1000 impressions"),
        ),
        (q.MoneyPerOrder, Money(5.0, "CNY", "order"), Money(5.0, "CNY", "order")),
    ],
)
def test_written_and_read(kind: Any, written: object, read_as: object) -> None:
    assert read(kind, written) == read_as


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (q.Duration, "48"),
        (q.Duration, 48),
        (q.Duration, "48 parsecs"),
        (q.Duration, "1,5 h"),  # a decimal comma, or fifteen?
        (q.Duration, "-1h"),
        (q.Duration, "1e300 weeks"),
        (q.Duration, "nan h"),
        (q.Duration, True),
        (q.Duration, None),
        (q.Duration, ["1h"]),
        (q.SecondsPerOrder, "20s/line"),
        (q.SecondsPerOrder, "20s"),
        (q.SecondsPerLine, "0 lines/h"),
        (q.SecondsPerLine, "1e-320 lines/h"),
        (q.VisitorRate, "800 visitors"),
        (q.VisitorRate, "800 orders/day"),
        (q.Orders, "1.5 orders"),
        (q.Orders, "-3 orders"),
        (q.Orders, "12 parcels"),
        (q.Orders, 12),
        (q.Share, "101%"),
        (q.Share, "-1%"),
        (q.Share, "half"),
        (q.Share, float("inf")),
        (q.Factor, "2h"),
        (q.Factor, "-2x"),
        (q.MoneyPerDay, "10000 CNY"),
        (q.MoneyPerDay, "10000 cny/day"),
        (q.MoneyPerDay, "-1 CNY/day"),
        (q.MoneyPerClick, "5 CNY/day"),
    ],
)
def test_refused(kind: Any, written: object) -> None:
    with pytest.raises(ValidationError):
        read(kind, written)


def message(kind: Any, written: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, written)
    return caught.value.errors()[0]["msg"]


def test_messages_say_what_to_write() -> None:
    assert message(q.Duration, 48) == "`48` has no unit: write for example `48h` or `15min` or `3d`"
    assert message(q.Duration, "two days") == (
        "`two days` is not a duration: write for example `48h` or `15min` or `3d`"
    )
    assert message(q.Orders, "-3 orders") == (
        "`-3 orders` cannot be a whole number of orders: it must be 0 or more"
    )
    assert message(q.SecondsPerLine, "0 lines/h") == (
        "`0 lines/h` cannot be working time a line: it must be above 0"
    )
    assert message(q.Duration, "1e300 weeks") == (
        "`1e300 weeks` cannot be a duration: it must be a possible amount"
    )


amounts = st.decimals(0, 10_000, places=3, allow_nan=False, allow_infinity=False)


@given(amounts, st.sampled_from(sorted(q.SECONDS)), st.sampled_from(["", " ", "  "]))
def test_any_duration_is_its_number_of_units(amount: Any, unit: str, gap: str) -> None:
    assert read(q.Duration, f"{amount}{gap}{unit}") == float(amount) * q.SECONDS[unit]


@given(st.integers(0, 10**9))
def test_thousands_may_be_marked(number: int) -> None:
    for written in (f"{number}", f"{number:,}", f"{number:_}"):
        assert read(q.Orders, f"{written} orders") == number


@given(amounts.filter(lambda amount: amount > 0))
def test_a_rate_and_its_time_agree(amount: Any) -> None:
    rate = read(q.SecondsPerLine, f"{amount} lines/h")
    assert rate == pytest.approx(3600 / float(amount))


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in (q.Duration, q.SecondsPerLine, q.Orders, q.Share, q.Factor, q.MoneyPerClick):
        with suppress(ValidationError):
            amount = read(kind, text)
            assert (amount.amount if isinstance(amount, Money) else amount) >= 0


def test_money_is_shown_as_written() -> None:
    assert str(read(q.MoneyPerClick, "5 CNY/click")) == "5 CNY/click"
