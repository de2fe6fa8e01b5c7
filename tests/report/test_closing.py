"""The intervals of a run, drawn as they close."""

from math import isfinite

from simulate.report.closing import WIDTH, Closing, gauge
from simulate.report.words import load_words
from simulate.results.outcome import Estimate, Judgement, Verdict, VerdictWord


def judged(low: float, high: float, word: VerdictWord) -> Verdict:
    mean = (low + high) / 2 if isfinite(high) else 100.0
    estimate = Estimate(mean=mean, low=low, high=high, unit="orders")
    target = Judgement(
        measure="peak_backlog", target=100.0, at_least=False, estimate=estimate, word=word
    )
    return Verdict(word=word, judgements=(target,))


def test_a_gauge_has_the_interval_and_the_target() -> None:
    shown = gauge(40, 60, 90, 0, 100)
    assert len(shown) == WIDTH
    first, last, target = (round(share * (WIDTH - 1)) for share in (0.4, 0.6, 0.9))
    assert shown == "".join(
        "┃" if at == target else "━" if first <= at <= last else "·" for at in range(WIDTH)
    )


def test_what_lies_outside_ends_at_the_edge() -> None:
    assert gauge(-5, 500, 50, 0, 100).count("━") == WIDTH - 1
    assert gauge(200, 300, -7, 0, 100) == "┃" + "·" * (WIDTH - 2) + "━"


def test_the_scale_stays_so_that_one_sees_it_close() -> None:
    closing = Closing(load_words("en"))
    assert closing.lines() == []
    closing.verdict = judged(40, 160, "inconclusive")
    (wide,) = closing.lines()
    assert wide[0].replace("\u00a0", " ") == "Highest backlog: at most 100"
    assert wide[1] == "40 to 160"
    assert wide[3] == "undecided"
    closing.verdict = judged(60, 80, "pass")
    (narrow,) = closing.lines()
    assert narrow[3] == "holds"
    assert 0 < narrow[2].count("━") < wide[2].count("━") / 3
    assert narrow[2].index("┃") == wide[2].index("┃")


def test_an_endless_interval_has_no_gauge() -> None:
    closing = Closing(load_words("zh"))
    closing.verdict = judged(float("-inf"), float("inf"), "inconclusive")
    ((_, shown, drawn, word),) = closing.lines()
    assert (drawn, word) == ("", "未定")
    assert "inf" not in shown
