"""Finding the playbook, the scenarios that it ships, and a new one."""

from datetime import date, datetime
from pathlib import Path

import pytest

from simulate.scenario.loading import load
from simulate.scenario.playbook import Playbook, find_playbook
from simulate.scenario.problems import InputError
from simulate.scenario.template import new_scenario

SHIPPED = find_playbook(Path(__file__))


def test_the_playbook_around_a_folder(playbook: Playbook) -> None:
    deep = playbook.content / "scenarios"
    assert find_playbook(deep).root == playbook.root
    assert find_playbook() == playbook


def test_elsewhere_it_is_the_one_that_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_playbook() == SHIPPED


def test_scenarios_and_languages(playbook: Playbook) -> None:
    for name in ("b-2", "b", "a"):
        (playbook.content / "scenarios" / f"{name}.yml").touch()
    for folder in ("zh", "en", "plan"):
        (playbook.content / folder).mkdir()
    fresh = Playbook(playbook.root)
    assert list(fresh.scenarios) == ["a", "b", "b-2"]
    assert fresh.languages == ("en", "zh")


@pytest.mark.parametrize("name", SHIPPED.scenarios)
def test_shipped_scenarios_load(name: str) -> None:
    loaded = load(name, SHIPPED)
    scenario = loaded.scenario
    assert scenario.starts.tzinfo is not None
    assert {each.confidence for each in loaded.inputs} >= {"plan", "computed", "assumed"}
    for each in loaded.inputs:
        assert each.source is not None or each.confidence == "assumed", each.path


EXAMPLES = sorted((SHIPPED.content / "examples").glob("*.yml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_stand_alone(file: Path) -> None:
    loaded = load(file, SHIPPED)
    assert loaded.files == (file,)
    assert loaded.scenario.channels


def test_doubled_changes_nothing_but_traffic() -> None:
    plan, doubled = load("double-12", SHIPPED), load("double-12-doubled", SHIPPED)
    assert doubled.scenario.traffic == 2 * plan.scenario.traffic
    assert doubled.canonical.replace('"traffic":2.0', '"traffic":1.0') == plan.canonical


def test_inbound_changes_nothing_but_the_delivery() -> None:
    plan, inbound = load("double-12", SHIPPED).scenario, load("double-12-inbound", SHIPPED).scenario
    before, after = plan.sku_groups["flash"].stock, inbound.sku_groups["flash"].stock
    assert before is not None
    assert after is not None
    (early,), (late,) = before.receipts.values(), after.receipts.values()
    assert (early.units, early.at < plan.phases["burst"].starts) == (late.units, True)
    assert plan.phases["burst"].starts < late.at < plan.phases["burst"].ends
    same = inbound.sku_groups["flash"].model_copy(update={"stock": before})
    groups = {"sku_groups": {**inbound.sku_groups, "flash": same}}
    words = {"title": plan.title, "summary": plan.summary}
    assert inbound.model_copy(update=groups | words) == plan


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 11, 21), 2026), (date(2026, 12, 12), 2027), (date(2026, 12, 31), 2027)],
)
def test_a_new_scenario_is_right_as_it_stands(tmp_path: Path, today: date, year: int) -> None:
    file = tmp_path / "my-plan.yml"
    file.write_text(new_scenario("my-plan", today), encoding="utf-8")
    scenario = load(file, SHIPPED).scenario
    assert scenario.title.en == "My plan"
    burst = scenario.phases["burst"]
    assert burst.starts == scenario.local(datetime(year, 12, 12))


@pytest.mark.parametrize("name", ["x", "no", "null", "true", "a" * 40, "e-1", "n_"])
def test_any_name_makes_a_new_scenario(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.yml"
    file.write_text(new_scenario(name, date(2026, 1, 1)), encoding="utf-8")
    assert load(file, SHIPPED).name == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("My Plan!", "`My Plan!` cannot be a scenario's name: use small letters, digits, `-` and "
         "`_`, starting with a letter, at most 40: for example `my-plan`"),
        ("../shop", "`../shop` cannot be a scenario's name: use small letters, digits, `-` and "
         "`_`, starting with a letter, at most 40: for example `shop`"),
        ("618", "`618` cannot be a scenario's name: use small letters, digits, `-` and `_`, "
         "starting with a letter, at most 40"),
    ],
)  # fmt: skip
def test_names_that_cannot_be(name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        new_scenario(name, date(2026, 1, 1))
    assert str(caught.value) == message
