"""When it stops, worked out by hand; and that a verdict which stops early is seldom wrong."""

from math import inf, nan

import numpy as np
import pytest

from simulate.experiment.stopping import (
    FEWEST,
    LOOK_AHEAD,
    Stopping,
    is_clear,
    look_ahead,
    more_needed,
    verdict_on,
)
from simulate.results.outcome import VerdictWord
from simulate.scenario.scenario import Scenario
from tests.demand.shop import shop


def aiming(**targets: str) -> Scenario:
    return shop(targets=targets)


PEAK = aiming(peak_backlog="100 orders")


def peaks(*values: float) -> list[dict[str, float]]:
    return [{"peak_backlog": value} for value in values]


def stops_at(scenario: Scenario, samples: list[dict[str, float]], **options: object) -> int | None:
    stopping = Stopping(scenario, **options)  # type: ignore[arg-type]
    for count in range(5, len(samples) + 1, 5):
        if stopping.may_stop(samples[:count]):
            return count
    return None


@pytest.mark.parametrize(("value", "word"), [(90, "pass"), (110, "fail"), (100, "inconclusive")])
def test_it_stops_as_soon_as_a_clear_verdict_stays_clear(value: float, word: VerdictWord) -> None:
    # Values that scatter by 1: after ten of them the interval is less than 1 to each side.
    samples = peaks(*[value - 1, value + 1] * 20)
    assert verdict_on(PEAK, samples).word == word
    assert stops_at(PEAK, samples) == (None if word == "inconclusive" else FEWEST + LOOK_AHEAD)


def test_a_lucky_start_is_not_enough() -> None:
    # Ten good campaigns, then bad ones: the clear verdict does not survive the look-ahead.
    samples = peaks(*[89, 91] * 5, *[150, 50] * 10)
    assert is_clear(PEAK, samples[:10])
    assert not is_clear(PEAK, samples[:15])
    assert stops_at(PEAK, samples[:20]) is None


def test_a_verdict_that_turns_begins_anew() -> None:
    samples = peaks(*[80, 82] * 5, *[1000] * 5)
    stopping = Stopping(PEAK)
    assert not stopping.may_stop(samples[:10])
    with_fail = peaks(*[1000, 1001] * 8)
    assert not stopping.may_stop(with_fail[:15])
    assert stopping.may_stop(with_fail[:20] + with_fail[:5])


def test_one_missed_target_settles_the_verdict_but_not_every_target() -> None:
    scenario = aiming(peak_backlog="100 orders", late_orders="10 orders")
    samples = [
        {"peak_backlog": 200.0 + number % 2, "late_orders": 10.0 + (-1) ** number}
        for number in range(40)
    ]
    assert stops_at(scenario, samples) == 15
    assert stops_at(scenario, samples, every_target=True) is None


def test_without_targets_it_never_stops() -> None:
    assert stops_at(aiming(), peaks(*[1, 2] * 50)) is None


def test_a_measure_that_is_missing_is_left_out() -> None:
    samples = peaks(90, nan, 91, 90, nan, 90, 91, 90, 91, 90, 91, 90)
    assert verdict_on(PEAK, samples).judgements[0].estimate.mean == pytest.approx(90.4)


def test_the_look_ahead_grows_with_the_number() -> None:
    assert [look_ahead(number) for number in (10, 100, 101, 200)] == [5, 5, 6, 10]


def test_how_many_more_would_do() -> None:
    # Mean 98, standard deviation 8: the interval of 20 is about 3.8 to each side and must be 2.
    samples = peaks(*[90, 106] * 10)
    half = verdict_on(PEAK, samples).judgements[0].estimate.high - 98
    expected = 20 * ((half / 2) ** 2 - 1)
    more = more_needed(PEAK, samples)
    assert more is not None
    assert more == pytest.approx(expected, abs=1)
    assert is_clear(PEAK, samples * (1 + -(-more // 20)))


def test_nobody_can_tell_how_many_more_if_the_mean_is_the_target() -> None:
    assert more_needed(PEAK, peaks(*[90, 110] * 10)) is None
    assert more_needed(PEAK, peaks(*[80, 81] * 10)) is None


def test_one_target_that_will_be_missed_needs_fewer_than_all_that_will_be_held() -> None:
    scenario = aiming(peak_backlog="100 orders", late_orders="10 orders")
    samples = [
        {"peak_backlog": 104.0 + 10 * (-1) ** number, "late_orders": 9.9 + 2 * (-1) ** number}
        for number in range(20)
    ]
    alone = [{"peak_backlog": each["peak_backlog"]} for each in samples]
    assert more_needed(scenario, samples) == more_needed(PEAK, alone)


def test_a_verdict_that_stopped_early_is_seldom_wrong() -> None:
    # The true mean is a third of a standard deviation on the good side, 500 experiments.
    generator = np.random.default_rng(5)
    wrong = early = 0
    for _ in range(500):
        samples = peaks(*generator.normal(100 - 10 / 3, 10, 200))
        stopped = stops_at(PEAK, samples)
        early += (stopped or inf) < 200
        wrong += stopped is not None and verdict_on(PEAK, samples[:stopped]).word == "fail"
    assert early > 450
    assert wrong <= 5
