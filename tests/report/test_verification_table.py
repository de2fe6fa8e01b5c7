import json
from dataclasses import replace

import pytest

from simulate.evidence.cases import all_cases
from simulate.evidence.proof import KINDS, Check, Kind, Proof, Verification
from simulate.report.verification_table import (
    case_name,
    measure_name,
    proof_table,
    summary,
    verdict,
    verification_block,
)
from simulate.report.verification_terminal import tell_verification, verification_as_document
from simulate.report.words import Words, load_words

EN, ZH = load_words("en"), load_words("zh")

CHECKS: dict[Kind, Check] = {
    "theory": Check(
        case="mm1", measure="wait_pack_mean", expected=180.0, estimate=179.61, low=177.2,
        high=182.04, unit="seconds", trials=40, holds=True,
    ),
    "floors": Check(
        case="as_drawn", measure="visits", expected=0.0, estimate=5341.0, trials=60, orders=3043,
        holds=True,
    ),
    "oracle": Check(
        case="ciw_tandem", measure="visits", expected=0.0, estimate=0.0, unit="seconds",
        trials=5503, orders=1969, holds=True,
    ),
    "worked": Check(case="waves", measure="times", trials=48, orders=8, holds=True),
    "averages": Check(
        case="carts", measure="placed_orders", expected=690.0, estimate=688.2, low=671.0,
        high=705.4, unit="orders", trials=40, holds=True,
    ),
    "coverage": Check(
        case="coverage", measure="on_time_share", expected=0.95, estimate=0.956, low=0.9,
        high=0.988, unit="share", trials=250, orders=3000, wrong=11, holds=True,
    ),
    "laws": Check(case="gala", trials=200, orders=864112, holds=True),
}  # fmt: skip
TITLES = {"gala": "Gala *night*"}


def verification(**changes: Check) -> Verification:
    checks = {**CHECKS, **changes}
    proofs = tuple(Proof(kind=kind, checks=(checks[kind],)) for kind in KINDS)
    return Verification(fingerprint="0123456789abcdef", quick=True, proofs=proofs)


ROWS = {
    "theory": ["One packer, random work (M/M/1)", "Mean wait, Pack", "180.0 s", "179.6 s",
               "177.2 s to 182.0 s"],
    "floors": ["Times as drawn", "60", "3,043", "5,341", "0"],
    "oracle": ["Three stations with several people each", "1,969", "5,503", "0.000000 s"],
    "worked": ["Waves and carts", "48", "0"],
    "averages": ["Carts of the warm-up", "Orders placed", "690.0", "688.2", "671.0 to 705.4"],
    "coverage": ["95 % intervals", "A share (orders in time)", "250", "95.6 %",
                 "90.0 % to 98.8 %"],
    "laws": ["Gala *night*", "200", "864,112", "0"],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_each_kind(kind: Kind) -> None:
    columns, rows = proof_table(verification().of(kind), EN, TITLES)
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in rows[0]] == ROWS[kind]
    assert len(columns) == len(rows[0])


@pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)
def test_a_block_of_each_kind(words: Words) -> None:
    for kind in KINDS:
        block = verification_block(verification(), kind, words, TITLES)
        assert block.count("\n") == 2
        assert words.say("verification.holds") in block
    assert "*night*" not in verification_block(verification(), "laws", words, TITLES)


def test_the_summary_has_a_row_for_each_kind() -> None:
    _, rows = summary(verification(), EN)
    assert rows[1] == ["One engine against the other", "60 random scenarios, 5,341 pieces of work"]
    block = verification_block(verification(), "", EN, TITLES)
    assert "All 7 checks hold." in block
    assert "0123456789abcdef" in block


def test_what_fails_is_said() -> None:
    wrong = replace(CHECKS["worked"], holds=False, wrong=1, fault="order 3: 08:15 instead of 08:14")
    found = verification(worked=wrong)
    assert verdict(found, EN) == "1 of 7 checks do not hold."
    assert "does not hold" in verification_block(found, "worked", EN, TITLES)
    told = tell_verification(found, TITLES, 100)
    assert "Waves and carts: order 3: 08:15 instead of 08:14" in told
    assert "Gala *night*" in told
    assert json.loads(verification_as_document(found))["holds"] is False


def test_a_case_that_broke_down_is_shown_in_every_kind() -> None:
    for kind in KINDS:
        gone = Check(case="gone", holds=False, wrong=1, fault="ZeroDivisionError: by nothing")
        columns, rows = proof_table(Proof(kind=kind, checks=(gone,)), EN, {})
        assert rows[0][0] == "gone"
        assert len(rows[0]) == len(columns)


def test_without_a_verification_the_block_says_so() -> None:
    assert "peakbook verify" in verification_block(None, "theory", EN, {})


def test_the_document_has_every_figure() -> None:
    document = json.loads(verification_as_document(verification()))
    assert document["holds"] is True
    check = document["proofs"]["theory"]["checks"][0]
    assert (check["expected"], check["estimate"]) == (180.0, 179.61)
    assert (check["low"], check["high"]) == (177.2, 182.04)


@pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)
def test_every_case_has_a_name(words: Words) -> None:
    unnamed = [case.name for case in all_cases({}) if case_name(case.name, words, {}) == case.name]
    assert unnamed == []


def test_what_is_compared_has_a_name() -> None:
    assert measure_name("utilisation_pick", EN) == "Utilisation, Pick"
    assert measure_name("wait_flash", EN) == "Mean wait, flash items"
    assert measure_name("busy_hour_24", EN) == "People busy, hour 24"
    assert measure_name("lead_time_mean", ZH) == "平均发货时效"
