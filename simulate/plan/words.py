"""Figures in sentences, and sentences in both languages."""

import re
from datetime import date

from simulate.plan.spans import MoneySpan, Span
from simulate.scenario.base import Text

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def both(en: str, zh: str) -> Text:
    """Return a sentence in both languages; figures are written as each of them does."""
    return Text(en=en, zh=in_chinese(zh))


def count(number: float) -> str:
    """Return a whole number with commas: ``2,250``."""
    return f"{number:,.0f}"


def money(amount: float, currency: str) -> str:
    """Return an amount with its currency, cents only where they matter: ``3.30 CNY``."""
    places = 2 if abs(amount) < 100 and abs(amount - round(amount)) >= 0.005 else 0
    return f"{amount:,.{places}f} {currency}"


def percent(share: float, places: int = 1) -> str:
    """Return a share as a percentage, without a trailing zero: ``12.5 %``, ``6 %``."""
    text = f"{share * 100:.{places}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def ratio(number: float) -> str:
    """Return a ratio: ``2``, ``1.32``."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def between(low: str, high: str) -> str:
    """Return ``5 to 7 %`` from ``5 %`` and ``7 %``; one of them if they are the same."""
    if low == high:
        return low
    number, _, unit = low.partition(" ")
    return f"{number} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"


def percents(span: Span) -> str:
    """Return a span of shares: ``5 to 7 %``."""
    return between(percent(span.low), percent(span.high))


def counts(span: Span) -> str:
    """Return a span of numbers: ``1,500 to 2,250``."""
    return between(count(span.low), count(span.high))


def ratios(span: Span) -> str:
    """Return a span of ratios."""
    return between(ratio(span.low), ratio(span.high))


def moneys(span: MoneySpan) -> str:
    """Return a span of money."""
    currency = span.low.currency
    return between(money(span.low.amount, currency), money(span.high.amount, currency))


_PERCENTS = re.compile(r"(\d[\d.]*) to (\d[\d.]*) %")
_FROM_TO = re.compile(r"(?<=\d) to (?=\d)")
_AFTER_NUMBER = re.compile(r"(?<=\d) %")
_YUAN = re.compile(r"(?<=\d) CNY\b")
_AFTER_YUAN = re.compile(r"(?<=\d 元) (?=[\u4e00-\u9fff])")


def in_chinese(text: str) -> str:
    """Return a text with its figures as a Chinese sentence writes them: ``5% 至 7%``, ``5 元``."""
    text = _PERCENTS.sub(r"\1% 至 \2%", text)
    text = _YUAN.sub(" 元", _AFTER_NUMBER.sub("%", _FROM_TO.sub(" 至 ", text)))
    return _AFTER_YUAN.sub("", text)


def month_en(key: str) -> str:
    """Return ``December 2026`` from ``2026-12``."""
    return f"{MONTHS[int(key[5:]) - 1]} {key[:4]}"


def month_zh(key: str) -> str:
    """Return ``2026 年 12 月`` from ``2026-12``."""
    return f"{key[:4]} 年 {int(key[5:])} 月"


def day_en(day: date) -> str:
    """Return ``12 December 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_zh(day: date) -> str:
    """Return ``2026 年 12 月 12 日``."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def clock(minutes: int) -> str:
    """Return ``09:00`` from minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
