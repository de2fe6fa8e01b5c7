"""Building on another file: where it may be, and what merging means."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.scenario.documents import Entry, Leaf, Mapping, Origin, Tree, plain
from simulate.scenario.extends import merge
from simulate.scenario.loading import Loaded, load
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError, Place

from .small import SMALL

HERE = Place(Path("x.yml"), 1, 1)


def tree(value: object) -> Tree:
    if isinstance(value, dict):
        return Mapping(HERE, {key: Entry(HERE, tree(below)) for key, below in value.items()})
    assert value is None or isinstance(value, str | int)
    return Leaf(HERE, value, str(value), Origin())


def merged(parent: object, child: object) -> object:
    return plain(merge(tree(parent), tree(child)))


@pytest.mark.parametrize(
    ("parent", "child", "both"),
    [
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}, {"a": {"b": 1, "c": 3}}),
        ({"a": 1, "b": 2}, {"a": None}, {"b": 2}),
        ({"a": {"b": 1}}, {"a": {"b": None}}, {"a": {}}),
        ({"a": {"b": 1}}, {"a": 5}, {"a": 5}),
        ({"a": 5}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({}, {"a": None}, {"a": None}),
        ({"a": {"kind": "x", "b": 1}}, {"a": {"kind": "y", "c": 2}}, {"a": {"kind": "y", "c": 2}}),
        ({"a": {"kind": "x", "b": 1}}, {"a": {"c": 2}}, {"a": {"kind": "x", "b": 1, "c": 2}}),
        (
            {"a": {"kind": "x", "b": 1}},
            {"a": {"kind": "x", "c": 2}},
            {"a": {"kind": "x", "b": 1, "c": 2}},
        ),
    ],
)
def test_merging(parent: object, child: object, both: object) -> None:
    assert merged(parent, child) == both


values = st.recursive(
    st.integers(0, 3), lambda below: st.dictionaries(st.sampled_from("abc"), below), max_leaves=8
)
mappings = st.dictionaries(st.sampled_from("abc"), values)


@given(mappings)
def test_a_file_that_changes_nothing_changes_nothing(mapping: dict[str, object]) -> None:
    assert merged(mapping, {}) == mapping
    assert merged(mapping, mapping) == mapping
    assert merged({}, mapping) == mapping


@given(mappings, mappings)
def test_what_the_child_says_holds(parent: dict[str, object], child: dict[str, object]) -> None:
    both = merged(parent, child)
    assert isinstance(both, dict)
    assert set(both) == {*parent, *child}
    assert merged(both, child) == both


@given(mappings, mappings, st.dictionaries(st.sampled_from("abc"), st.integers()))
def test_flat_changes_may_be_merged_in_either_order(
    shop: dict[str, object], campaign: dict[str, object], variant: dict[str, object]
) -> None:
    assert merged(merged(shop, campaign), variant) == merged(shop, merged(campaign, variant))


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def complaint(path_or_name: str, playbook: Playbook) -> str:
    with pytest.raises(InputError) as caught:
        load(path_or_name, playbook)
    return str(caught.value)


def test_a_chain_of_three(playbook: Playbook) -> None:
    write(playbook.content, shop=SMALL)
    write(
        playbook.content / "scenarios",
        plan="extends: ../shop.yml\ntitle: Plan\n"
        "pools: {crew: {shifts: {day: {people: 4 people}}}}\n",
        doubled="extends: plan\ntraffic: 2x\ntargets: null\nreplications: 7",
    )
    loaded = load("doubled", playbook)
    assert loaded.name == "doubled"
    assert [file.name for file in loaded.files] == ["doubled.yml", "plan.yml", "shop.yml"]
    scenario = loaded.scenario
    assert (scenario.title.en, scenario.traffic, scenario.replications) == ("Plan", 2.0, 7)
    assert scenario.pools["crew"].shifts["day"].people == 4
    assert scenario.targets.on_time_share is None
    assert str(loaded.place(("traffic",))) == "content/scenarios/doubled.yml:2:10"
    assert str(loaded.place(("drain_limit",))) == "content/shop.yml:34:14"


def test_a_problem_is_placed_in_the_file_that_wrote_it(playbook: Playbook) -> None:
    write(playbook.content, shop=SMALL.replace("20s/line", "20 parsecs"))
    write(playbook.content / "scenarios", plan="extends: ../shop.yml\ntraffic: lots")
    assert [line.split(": ")[0] for line in complaint("plan", playbook).splitlines()] == [
        "content/scenarios/plan.yml:2:10",
        "content/shop.yml:20:15",
    ]


def test_a_file_elsewhere_builds_on_the_playbook(
    playbook: Playbook, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(playbook.content, shop=SMALL)
    write(playbook.content / "scenarios", plan="extends: ../shop.yml\ntitle: Plan")
    write(elsewhere, mine="extends: ../shop.yml", other="extends: plan")
    assert titles(load(elsewhere / "mine.yml", playbook)) == "Small"
    assert titles(load(elsewhere / "other.yml", playbook)) == "Plan"


def titles(loaded: Loaded) -> str:
    return loaded.scenario.title.en


def test_beside_the_file_comes_first(playbook: Playbook) -> None:
    mine = playbook.root / "mine"
    mine.mkdir()
    write(mine, shop=SMALL.replace("Small", "Beside"), plan="extends: shop")
    write(playbook.content, shop=SMALL)
    assert titles(load(mine / "plan.yml", playbook)) == "Beside"


def test_circles_are_named(playbook: Playbook) -> None:
    write(playbook.root, a="extends: b", b="extends: c", c="extends: b")
    assert complaint("a.yml", playbook) == (
        "c.yml:1:10: `extends` goes in a circle: b.yml -> c.yml -> b.yml"
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("shpo", "there is no scenario `shpo`, did you mean `shop`?"),
        ("../shop.yml", "`../shop.yml` is not there, or lies outside the folders that a scenario "
         "may build on: its own, the one above it and the playbook's content"),
        ("nothing", "there is no scenario `nothing`: there are `ordinary`, `shop`"),
        ("/etc/passwd.yml", "`/etc/passwd.yml` is not a path beside this file: write a relative "
         "one"),
        ("~/shop.yml", "`~/shop.yml` is not a path beside this file: write a relative one"),
        ("C:\\shop.yml", "`C:\\shop.yml` is not a path beside this file: write a relative one"),
        ("../secret.txt", "`../secret.txt` must end in `.yml`: only scenarios can be built on"),
        ("[a, b]", "`extends` names one file: write `extends: ../shop.yml` or a scenario's name"),
        ("''", "`extends` names one file: write `extends: ../shop.yml` or a scenario's name"),
        ("7", "`extends` names one file: write `extends: ../shop.yml` or a scenario's name"),
    ],
)  # fmt: skip
def test_where_extends_cannot_lead(playbook: Playbook, written: str, message: str) -> None:
    folder = playbook.root / "deep" / "deeper"
    folder.mkdir(parents=True)
    write(folder, plan=f"extends: {written}")
    write(playbook.content / "scenarios", ordinary=SMALL)
    write(playbook.content, shop=SMALL)
    (playbook.root / "deep" / "shop.yml").mkdir()  # a folder is no scenario
    if written == "../shop.yml":
        (playbook.content / "shop.yml").unlink()
    assert complaint("deep/deeper/plan.yml", playbook) == (f"deep/deeper/plan.yml:1:10: {message}")


@pytest.mark.parametrize("way", ["../../secret.yml", "link.yml"])
def test_extends_stays_in_its_folders(playbook: Playbook, way: str) -> None:
    folder = playbook.root / "deep" / "deeper"
    folder.mkdir(parents=True)
    write(playbook.root, secret=SMALL)
    (folder / "link.yml").symlink_to(playbook.root / "secret.yml")
    write(folder, plan=f"extends: {way}\ntitle: x")
    assert "lies outside the folders that a scenario may build on" in complaint(
        "deep/deeper/plan.yml", playbook
    )


def test_a_scenario_of_the_playbook_is_no_link_out_of_it(playbook: Playbook) -> None:
    write(playbook.root, secret=SMALL)
    (playbook.content / "scenarios" / "plan.yml").symlink_to(playbook.root / "secret.yml")
    assert complaint("plan", playbook) == (
        "the scenario `plan` is a link to a file outside the playbook"
    )


def test_what_is_built_on_is_not_quoted_unless_it_is_a_scenario(playbook: Playbook) -> None:
    write(playbook.root, keys="user: root\npassword: hunter2\n", plan="extends: keys")
    told = complaint("plan.yml", playbook)
    assert told.startswith("keys.yml:1:1: this is not a scenario")
    assert "hunter2" not in told


def test_a_null_of_nothing_is_a_misspelling(playbook: Playbook) -> None:
    write(playbook.root, shop=SMALL, plan="extends: shop\nchannels: {smss: null}")
    assert complaint("plan.yml", playbook) == (
        "plan.yml:2:18: `smss` holds nothing: give it a value or remove it, did you mean `sms`?"
    )
