"""Numbers as readers see them."""

from math import inf, nan

import pytest

from simulate.report.figures import show, span, value
from simulate.report.words import load_words
from simulate.results.outcome import Estimate

EN, ZH = load_words("en"), load_words("zh")


def estimate(mean: float, low: float, high: float, unit: str) -> Estimate:
    return Estimate(mean=mean, low=low, high=high, unit=unit)


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (estimate(1930.4, 1885.2, 1975.6, "orders"), "1,930 ± 45", "1,930 ± 45"),
        (estimate(99_091, 94_779, 103_403, "visitors"), "99,100 ± 4,300", "99,100 ± 4,300"),
        (estimate(3.42, 2.61, 4.23, "orders"), "3.4 ± 0.8", "3.4 ± 0.8"),
        (estimate(120, 120, 120, "orders"), "120", "120"),
        (estimate(0.9731, 0.9679, 0.9788, "share"), "97.3 % (96.8 to 97.9 %)",
         "97.3%（96.8%～97.9%）"),
        (estimate(0.9998, 0.9991, 0.99996, "share"), "99.98 % (99.91 to 99.99 %)",
         "99.98%（99.91%～99.99%）"),
        (estimate(1, 1, 1, "share"), "100.0 %", "100.0%"),
        (estimate(18.42, 17.9, 18.94, "hours"), "18.4 ± 0.5 h", "18.4 ± 0.5 小时"),
        (estimate(185.2, 170.1, 200.3, "hours"), "185 ± 15 h", "185 ± 15 小时"),
        (estimate(18.0, 17.0, 22.0, "hours"), "18 h (17 to 22 h)", "18 小时（17～22 小时）"),
        (estimate(35, 33, 37, "seconds"), "35 s (33 s to 37 s)", "35 秒（33 秒～37 秒）"),
        (estimate(130, 130, 130, "seconds"), "2 min 10 s", "2 分 10 秒"),
        (estimate(65000, 65000, 65000, "CNY"), "65,000 CNY", "65,000 元"),
        (estimate(453_120, 448_900, 457_340, "CNY"), "453,100 ± 4,200 CNY", "453,100 ± 4,200 元"),
        (estimate(8.432, 8.312, 8.552, "CNY"), "8.43 ± 0.12 CNY", "8.43 ± 0.12 元"),
        (estimate(12, 12, 12, "CNY"), "12 CNY", "12 元"),
        (estimate(12.5, 12.5, 12.5, "CNY"), "12.50 CNY", "12.50 元"),
        (estimate(35.4, 5.4, 65.4, "CNY"), "35 ± 30 CNY", "35 ± 30 元"),
        (estimate(-12_340, -13_640, -11_040, "EUR"), "−12,300 ± 1,300 EUR",
         "−12,300 ± 1,300 EUR"),
        (estimate(12, 10, 14, "pallets"), "12 ± 2 pallets", "12 ± 2 pallets"),
        (estimate(nan, nan, nan, "hours"), "–", "–"),
        (estimate(12.5, -inf, inf, "hours"), "12.5 h", "12.5 小时"),
    ],
)  # fmt: skip
def test_a_mean_with_its_interval(given: Estimate, english: str, chinese: str) -> None:
    assert show(given, EN).replace("\u00a0", " ") == english
    assert show(given, ZH).replace("\u00a0", " ") == chinese


def test_a_mean_alone() -> None:
    share = estimate(0.9731, 0.9679, 0.9788, "share")
    assert show(share, EN, interval=False) == "97.3\u00a0%"


def test_an_interval_alone() -> None:
    assert span(estimate(1930.4, 1885.2, 1975.6, "orders"), EN) == "1,885 to 1,976"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "0 s"), (4.26, "4.3 s"), (59.6, "1 min"), (61, "1 min 1 s"), (600, "10 min"),
        (3599, "60 min"), (7200, "2.0 h"),
    ],
)  # fmt: skip
def test_durations_in_seconds(seconds: float, expected: str) -> None:
    assert value(seconds, "seconds", EN).replace("\u00a0", " ") == expected


def test_a_share_is_whole_or_none_only_if_it_is() -> None:
    assert value(0.9999, "share", EN, decimals=1) == "99.9\u00a0%"
    assert value(0.0001, "share", EN, decimals=1) == "0.1\u00a0%"
    assert value(0.0, "share", EN, decimals=1) == "0.0\u00a0%"
