"""The sentence that answers first, in each language and for each verdict."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulate.report.subject import Subject
from simulate.report.verdicts import lead, sentence, verdict_block
from simulate.results.outcome import Bottleneck, VerdictWord
from tests.report.outcomes import estimate, make_loaded, make_subject, with_measures


def test_a_plan_that_holds(tmp_path: Path) -> None:
    assert sentence(make_subject(tmp_path)) == (
        "99.2 % of the orders are on time (98.8 to 99.6 %); the backlog peaks at 1,340 orders on "
        "13 Dec 08:00 and is gone by 13 Dec 16:00; 2 orders are still inside at the end; Pack is "
        "the bottleneck."
    ).replace(" %", "\u00a0%")


def test_a_plan_that_holds_in_chinese(tmp_path: Path) -> None:
    assert sentence(make_subject(tmp_path, "zh")) == (
        "按时揽收率 99.2%（98.8%～99.6%）；积压最高 1,340 单，出现在12月13日 08:00，"
        "到12月13日 16:00基本清完；结束时仓内还有 2 单没发完；瓶颈在打包环节。"
    )


def test_a_plan_that_fails_never_clears_its_backlog(tmp_path: Path) -> None:
    text = sentence(make_subject(tmp_path, word="fail"))
    assert "is not gone in every run when the simulation stops" in text


@pytest.mark.parametrize(
    ("word", "english", "chinese"),
    [
        ("pass", "**Holds.**", "**达标。**"),
        ("fail", "**Does not hold.**", "**不达标。**"),
        ("inconclusive", "**Too close to call.**", "**难下定论。**"),
        ("none", "**No targets are set.**", "**未设目标。**"),
    ],
)
def test_each_verdict_has_its_box(
    tmp_path: Path, word: VerdictWord, english: str, chinese: str
) -> None:
    for language, answer in (("en", english), ("zh", chinese)):
        block = verdict_block(make_subject(tmp_path, language, word))
        assert block.startswith(f'<div class="pb-verdict pb-{word}" markdown>\n\n{answer} ')
        assert block.endswith("\n\n</div>")
        assert block.count('<span class="pb-badge') == (0 if word == "none" else 2)


def test_a_plan_that_holds_on_average_says_how_often(tmp_path: Path) -> None:
    for language, lead_words, held in (
        ("en", "Holds on average.", "In 88 of 100 simulated campaigns every target is held; 99.2"),
        ("zh", "平均达标。", "仿真 100 场，其中 88 场守住全部目标；按时揽收率 99.2%"),
    ):
        subject = make_subject(tmp_path, language)
        share = {"targets_held_share": estimate(0.88, 0.06, "share")}
        often = replace(subject, outcome=with_measures(subject.outcome, share))
        assert lead(often) == lead_words
        assert sentence(often).startswith(held)
        assert verdict_block(often).startswith('<div class="pb-verdict pb-pass" markdown>')


@pytest.mark.parametrize(("word", "share"), [("pass", 0.96), ("fail", 0.4)])
def test_other_plans_need_no_such_warning(tmp_path: Path, word: VerdictWord, share: float) -> None:
    subject = make_subject(tmp_path, word=word)
    measures = {"targets_held_share": estimate(share, 0.03, "share")}
    other = replace(subject, outcome=with_measures(subject.outcome, measures))
    assert sentence(other) == sentence(subject)
    assert "average" not in lead(other)


def test_each_target_has_a_row(tmp_path: Path) -> None:
    block = verdict_block(make_subject(tmp_path, word="fail"))
    plain = block.replace("\u00a0", " ")
    assert (
        "| On time: at least 97.0 % | 81.4 % (81.0 to 81.8 %) | "
        '<span class="pb-badge pb-fail">missed</span> |'
    ) in plain
    assert "| Lead time, P90: at most 48 h | 38.1 ± 1.2 h | " in plain


def test_a_doubtful_bottleneck_says_how_often(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    doubtful = replace(
        subject.outcome, bottleneck=Bottleneck(place="pick", agreement=0.64, utilisation=0.9)
    )
    text = sentence(replace(subject, outcome=doubtful)).replace("\u00a0", " ")
    assert text.endswith("Pick is the bottleneck in 64 % of the runs.")


def test_without_a_promise_lead_time_stands_for_it(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    free = Subject(
        loaded=make_loaded(tmp_path, promise=None, targets={}),
        outcome=with_measures(subject.outcome, {"peak_backlog": estimate(0.2, 0.1, "orders")}),
        words=subject.words,
    )
    text = sentence(free).replace("\u00a0", " ")
    assert text.startswith("Nine orders of ten are collected within 38.1 h of payment; 2 orders")


def test_a_label_is_text(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    marked = replace(subject, loaded=make_loaded(tmp_path, labels={"pack": "**Pack** <b>"}))
    assert "&#42;&#42;Pack&#42;&#42; &#60;b&#62; is the bottleneck" in sentence(marked)
