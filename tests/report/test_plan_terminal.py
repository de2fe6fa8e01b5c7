"""What the plan linter prints, for people and for programs."""

import json

from click.testing import CliRunner

from simulate.cli import main
from simulate.plan.lint import lint
from simulate.report.plan_terminal import plan_findings_as_document, tell_plan_findings
from tests.plan.small_plan import loaded, written

CPC = ("cpc: 3 CNY/click", "cpc: 2 CNY/click")
KNOWN = ("roles:\n", "accepted: [{rule: click-price, reason: '[b]We know[/b].'}]\nroles:\n")


def told(folder, *swaps, columns=80):
    plan = loaded(folder, *swaps)
    return tell_plan_findings(plan, lint(plan), columns)


def peakbook(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_plan_that_agrees_is_told_in_a_line(tmp_path):
    assert told(tmp_path) == "Small\nThe plan does not contradict itself."


def test_a_finding_has_its_place_what_contradicts_and_what_agrees(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert told(tmp_path, CPC) == (
        "Small\n"
        "The plan contradicts itself: 1 error.\n"
        "\n"
        "error    CPC = CPM / (1000 × click rate) (click-price)  content/plan/annual.yml:73:14\n"
        "  A CPM of 60 CNY at a click rate of 2 % is a CPC of 3 CNY, not 2 CNY; 500 CNY a\n"
        "  day then buy 167 clicks, not 250.\n"
        "  agrees: a CPC of 3 CNY, or a CPM of 40 CNY, or a click rate of 3 %"
    )


def test_an_accepted_finding_gives_its_reason_as_it_is_written(tmp_path):
    text = told(tmp_path, CPC, KNOWN)
    assert "The plan contradicts itself: 1 accepted." in text
    assert "  accepted: [b]We know[/b]." in text


def test_the_document_holds_both_languages_and_every_place(tmp_path):
    plan = loaded(tmp_path, CPC, KNOWN)
    document = json.loads(plan_findings_as_document(plan, lint(plan)))
    assert (document["errors"], document["warnings"], document["accepted"]) == (0, 0, 1)
    (finding,) = document["findings"]
    assert finding["rule"] == "click-price"
    assert finding["at"] == "campaigns.double.bids.banners.cpc"
    assert finding["line"] == 74
    assert finding["what"]["zh"].startswith("CPM 60 元、点击率 2%，则 CPC 为 3 元，而非 2 元")
    assert finding["accepted"] == {"en": "[b]We know[/b].", "zh": "[b]We know[/b]."}


def test_the_command_fails_on_errors_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path)
    assert peakbook("plan", "lint").exit_code == 0
    written(tmp_path, ("  enquiry_to_paid: 15%\n", ""))
    assert peakbook("plan", "lint").exit_code == 0
    written(tmp_path, CPC)
    result = peakbook("plan", "lint", "content/plan/annual.yml", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["errors"] == 1
    written(tmp_path, CPC, KNOWN)
    assert peakbook("plan", "lint", "annual").exit_code == 0


def test_a_plan_that_cannot_be_read_is_bad_input(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, ("sales: 450,000 CNY", "sales: lots"))
    result = peakbook("plan", "lint")
    assert result.exit_code == 2
    assert "content/plan/annual.yml:3:8: `lots` is not money: write for example" in result.output
    assert "Traceback" not in result.output
