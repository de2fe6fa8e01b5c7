import pytest

from simulate.results.outcome import Estimate
from simulate.results.verdict import bounds, judge
from simulate.scenario.promises import Targets


def estimate(low: float, high: float, unit: str = "orders") -> Estimate:
    return Estimate(mean=(low + high) / 2, low=low, high=high, unit=unit)


def word(low: float, high: float, **target: str) -> str:
    (name,) = target
    return judge(Targets.model_validate(target), {name: estimate(low, high)}).word


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.96, 0.99, "pass"),
        (0.95, 0.99, "pass"),
        (0.94, 0.99, "inconclusive"),
        (0.94, 0.95, "inconclusive"),
        (0.90, 0.94, "fail"),
    ],
)
def test_a_least_value(low: float, high: float, expected: str) -> None:
    assert word(low, high, on_time_share="95%") == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (10, 99, "pass"),
        (10, 100, "pass"),
        (10, 101, "inconclusive"),
        (100, 101, "inconclusive"),
        (101, 102, "fail"),
    ],
)
def test_a_greatest_value(low: float, high: float, expected: str) -> None:
    assert word(low, high, late_orders="100 orders") == expected


def test_durations_are_judged_in_hours() -> None:
    targets = Targets.model_validate({"lead_time_p90": "2d", "overtime": "30min"})
    assert bounds(targets) == {"lead_time_p90": 48, "overtime": 0.5}
    assert word(40, 47, lead_time_p90="2d") == "pass"


@pytest.mark.parametrize(
    ("late", "peak", "expected"),
    [
        (50, 50, "pass"),
        (50, 100, "inconclusive"),
        (100, 200, "fail"),
        (200, 50, "fail"),
    ],
)
def test_all_must_pass_and_one_fail_fails(late: float, peak: float, expected: str) -> None:
    targets = Targets.model_validate({"late_orders": "100 orders", "peak_backlog": "100 orders"})
    measures = {
        "late_orders": estimate(late - 1, late + 1),
        "peak_backlog": estimate(peak - 1, peak + 1),
    }
    verdict = judge(targets, measures)
    assert verdict.word == expected
    assert [judgement.measure for judgement in verdict.judgements] == [
        "late_orders",
        "peak_backlog",
    ]


def test_without_targets_there_is_no_verdict() -> None:
    verdict = judge(Targets(), {"late_orders": estimate(0, 1)})
    assert (verdict.word, verdict.judgements) == ("none", ())
