"""Intervals against targets: pass, fail, or inconclusive."""

from collections.abc import Mapping

from simulate.results.outcome import Estimate, Judgement, Verdict, VerdictWord
from simulate.scenario.promises import AT_LEAST, Targets
from simulate.scenario.quantities import Money

IN_HOURS = frozenset(
    {"lead_time_p50", "lead_time_p90", "lead_time_p99", "backlog_clearance", "overtime"}
)
"""Targets that are durations: seconds in the scenario, hours in the results."""


def bounds(targets: Targets) -> dict[str, float]:
    """Return each target that is set, by measure and in the measure's unit."""
    given = {
        name: value
        for name in type(targets).model_fields
        if (value := getattr(targets, name)) is not None
    }
    return {name: _in_unit(name, value) for name, value in given.items()}


def _in_unit(name: str, value: float | Money) -> float:
    if isinstance(value, Money):
        return value.amount
    return value / 3600 if name in IN_HOURS else value


def holds(name: str, value: float, bound: float) -> bool:
    """Tell whether one value of a measure is on the good side of its target."""
    return value >= bound if name in AT_LEAST else value <= bound


def judge(targets: Targets, measures: Mapping[str, Estimate]) -> Verdict:
    """Hold every target against its measure's interval.

    Pass: the whole interval is on the good side of the target. Fail: the whole interval is on the
    bad side. Otherwise inconclusive.
    """
    judgements = tuple(
        _judgement(name, bound, measures[name])
        for name, bound in bounds(targets).items()
        if name in measures
    )
    words = {judgement.word for judgement in judgements}
    word: VerdictWord
    if not judgements:
        word = "none"
    elif "fail" in words:
        word = "fail"
    else:
        word = "inconclusive" if "inconclusive" in words else "pass"
    return Verdict(word=word, judgements=judgements)


def _judgement(name: str, bound: float, estimate: Estimate) -> Judgement:
    low, high = holds(name, estimate.low, bound), holds(name, estimate.high, bound)
    word: VerdictWord = "inconclusive"
    if low and high:
        word = "pass"
    elif not low and not high:
        word = "fail"
    return Judgement(
        measure=name, target=bound, at_least=name in AT_LEAST, estimate=estimate, word=word
    )
