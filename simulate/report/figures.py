"""Numbers as readers see them: rounded to what their interval supports, with their unit."""

import re
from math import floor, isfinite, log10

from simulate.report.words import Words
from simulate.results.outcome import Estimate

COUNTS = ("orders", "visitors", "views", "people", "parcels", "times", "ratio")

MINUS = "\N{MINUS SIGN}"


def show(estimate: Estimate, words: Words, *, interval: bool = True) -> str:
    """Return the mean with its 95 % interval: ``1,930 ± 45``, ``97.3 % (96.8 to 97.9 %)``.

    Counts carry no unit, since the words around them name it. Shares, durations in seconds and
    lopsided intervals are shown from low to high, others with ±.
    """
    if not isfinite(estimate.mean):
        return words.say("figures.missing")
    unit, half = estimate.unit, _half(estimate)
    decimals = _decimals(unit, estimate.mean, half)
    mean = value(estimate.mean, unit, words, decimals=decimals)
    spread = number(half * _scale(unit), decimals)
    if not interval or float(spread.replace(",", "")) == 0:
        return mean
    if unit in ("share", "seconds") or _lopsided(estimate, half):
        interval_words = span(estimate, words)
        if interval_words == mean:
            return mean
        return words.say("figures.range", mean=mean, interval=interval_words)
    count = number(estimate.mean * _scale(unit), decimals)
    return _with_unit(words.say("figures.plus_minus", mean=count, half=spread), unit, words)


def bare(estimate: Estimate | None, words: Words) -> str:
    """Return the mean without its unit, for a column whose heading names it."""
    if estimate is None or not isfinite(estimate.mean):
        return words.say("figures.missing")
    decimals = _decimals(estimate.unit, estimate.mean, _half(estimate))
    return number(estimate.mean * _scale(estimate.unit), decimals)


def span(estimate: Estimate, words: Words) -> str:
    """Return the interval alone, such as ``96.8 to 97.9 %``."""
    unit = estimate.unit
    decimals = _decimals(unit, estimate.mean, _half(estimate))
    high = value(estimate.high, unit, words, decimals=decimals)
    low = value(estimate.low, unit, words, decimals=decimals)
    if low == high:
        return low
    if unit != "seconds" and unit not in COUNTS:
        low = number(estimate.low * _scale(unit), decimals)
        if unit == "share" and words.find("figures.range_repeats_unit") == "yes":
            low = value(estimate.low, unit, words, decimals=decimals)
    return words.say("figures.low_to_high", low=low, high=high)


def value(amount: float, unit: str, words: Words, *, decimals: int | None = None) -> str:
    """Return one number with its unit, such as ``18.4 h``, ``2 min 10 s`` or ``25,000 CNY``."""
    if not isfinite(amount):
        return words.say("figures.missing")
    if unit == "seconds":
        return _seconds(amount, words)
    if decimals is None:
        decimals = _decimals(unit, amount, 0.0)
    if unit == "share":
        return _with_unit(_share(amount, decimals), unit, words)
    return _with_unit(number(amount, decimals), unit, words)


def number(amount: float, decimals: int = 0) -> str:
    """Return a number with commas between thousands; negative `decimals` round to tens."""
    rounded = round(amount, decimals) + 0.0
    return f"{rounded:,.{max(decimals, 0)}f}".replace("-", MINUS)


def _half(estimate: Estimate) -> float:
    """Return half the width of the interval; 0 if it is not known."""
    half = (estimate.high - estimate.low) / 2
    return half if isfinite(half) else 0.0


def _decimals(unit: str, mean: float, half: float) -> int:
    """Return the places to show: two leading digits of the half-width, within reason.

    A negative number of places rounds to tens, hundreds and so on.
    """
    if unit == "share":
        return 1 if half <= 0 else min(2, max(1, -floor(log10(half * 100))))
    if unit == "seconds":
        return 0
    if unit == "ratio":
        most = 2 if abs(mean) < 10 else 1
        return most if half <= 0 else max(0, min(most, 1 - floor(log10(half))))
    most = 0 if abs(mean) >= 100 or abs(mean - round(mean)) < 0.005 else 1
    places = most if half <= 0 else min(most, 1 - floor(log10(half)))
    return _money_decimals(mean, half, places) if _is_money(unit) else places


def _money_decimals(mean: float, half: float, places: int) -> int:
    """Return whole amounts, or hundredths for prices: money has two places or none."""
    price = 0 < abs(mean) < 100 and half < 1
    return 2 if price and (places > 0 or half > 0) else min(places, 0)


def _is_money(unit: str) -> bool:
    return re.fullmatch("[A-Z]{3}", unit) is not None


def _scale(unit: str) -> float:
    return 100.0 if unit == "share" else 1.0


def _lopsided(estimate: Estimate, half: float) -> bool:
    middle = (estimate.high + estimate.low) / 2
    return abs(estimate.mean - middle) > 0.1 * half


def _share(amount: float, decimals: int) -> str:
    """Return per cent; 100 and 0 only for what is exactly that."""
    least = 10.0**-decimals
    percent = 100 * amount
    if 0 < amount < 1:
        percent = min(100 - least, max(least, percent))
    return number(percent, decimals)


def _seconds(amount: float, words: Words) -> str:
    if amount < 9.95:
        return words.say("figures.seconds", n=number(amount, 0 if amount == 0 else 1))
    whole = round(amount)
    if whole < 60:
        return words.say("figures.seconds", n=str(whole))
    if whole < 3600:
        minutes, seconds = divmod(whole, 60)
        if seconds and whole < 600:
            return words.say("figures.minutes_seconds", minutes=str(minutes), seconds=str(seconds))
        return words.say("figures.minutes", n=str(round(whole / 60)))
    return words.say("figures.hours", n=number(amount / 3600, 1))


def _with_unit(text: str, unit: str, words: Words) -> str:
    if unit in COUNTS:
        return text
    known = words.find(f"figures.{unit}")
    if known is not None:
        return known.format(n=text)
    return words.say("figures.other", n=text, unit=unit)
