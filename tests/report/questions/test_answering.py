"""From a block on a page to its answer: found, kept beside the pages, fresh or stale."""

from pathlib import Path

import pytest

from simulate.report.checking import check
from simulate.report.publishing import write_pages
from simulate.results.store import RunStore
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError
from tests.scenario.small import SMALL

PAGE = Path("content/en/scenarios/plan.md")
PLAN = Path("content/scenarios/plan.yml")
VARIED = (
    SMALL.replace("web: {visitors: 900 visitors/day}", "web: {visitors: 200 visitors/day}")
    + "variants: {more: {title: Three times, traffic: 3x}}\n"
)
BLOCKS = """\
# Plan

<!-- peakbook:table variants scenario=plan -->
<!-- /peakbook -->

<!-- peakbook:table compare scenario=plan with=other -->
<!-- /peakbook -->
"""


@pytest.fixture
def playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Playbook:
    """A playbook with a scenario that has a variant, another scenario, and one page."""
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: Try\n")
    for file in (PAGE, PLAN):
        file.parent.mkdir(parents=True)
    PLAN.write_text(VARIED)
    PLAN.with_stem("other").write_text("extends: plan\ntitle: Other\ntraffic: 2x\n")
    PAGE.write_text(BLOCKS)
    PAGE.with_stem("other").write_text("# Other\n")
    return Playbook(tmp_path)


def publish(playbook: Playbook, store: str = "runs", said: list[str] | None = None) -> str:
    def step(what: str, _total: int):  # type: ignore[no-untyped-def]
        if said is not None:
            said.append(what)
        return lambda _: None

    write_pages(Playbook(playbook.root), RunStore(Path(store)), 1, step)
    return PAGE.read_text(encoding="utf-8")


def answers() -> list[str]:
    return sorted(file.name.split("-")[0] for file in Path("content/answers").glob("*.json"))


def test_blocks_are_filled_and_their_answers_lie_beside_the_pages(playbook: Playbook) -> None:
    text = publish(playbook)
    assert "| Three times |" in text
    assert "| On time |" in text
    assert answers() == ["comparison", "comparison"]


def test_who_has_the_answers_searches_for_nothing(playbook: Playbook) -> None:
    said: list[str] = []
    first = publish(playbook, said=said)
    assert "Answering variants of plan" in said
    said.clear()
    assert publish(playbook, "elsewhere", said) == first
    assert not [what for what in said if what.startswith("Answering")]


def test_an_answer_that_no_page_shows_is_removed(playbook: Playbook) -> None:
    publish(playbook)
    PAGE.write_text("# Plan\n")
    publish(playbook)
    assert answers() == []


def stale(playbook: Playbook) -> list[str]:
    found = check(Playbook(playbook.root), RunStore(Path("runs")))
    return [each.message.split("`")[1] for each in found if each.kind == "stale"]


def test_another_variant_makes_its_table_stale_and_no_other(playbook: Playbook) -> None:
    publish(playbook)
    assert stale(playbook) == []
    PLAN.write_text(VARIED.replace("traffic: 3x", "traffic: 4x"))
    assert stale(playbook) == ["table variants scenario=plan"]


def test_another_scenario_compared_with_makes_a_table_stale(playbook: Playbook) -> None:
    publish(playbook)
    PLAN.with_stem("other").write_text("extends: plan\ntitle: Other\ntraffic: 4x\n")
    assert stale(playbook) == ["table compare scenario=plan with=other"]


def test_without_variants_a_block_says_so(playbook: Playbook) -> None:
    PLAN.write_text(VARIED.split("variants:")[0])
    assert "This scenario lists no variants." in publish(playbook)


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ("table compare scenario=plan", "does not say what to compare with: write `with=NAME`"),
        ("table compare scenario=plan with=othr", "no scenario `othr`, did you mean `other`?"),
        ("chart compare scenario=plan with=plan", "a scenario is named twice"),
        ("chart variants scenario=variants.plan", "there is no scenario `variants.plan`"),
    ],
)
def test_what_a_block_cannot_ask(playbook: Playbook, block: str, complaint: str) -> None:
    PAGE.write_text(f"# Plan\n\n<!-- peakbook:{block} -->\n<!-- /peakbook -->\n")
    with pytest.raises(InputError) as error:
        publish(playbook)
    assert complaint in str(error.value)
