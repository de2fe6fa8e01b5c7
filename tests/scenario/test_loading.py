"""Names, inputs and their sources, time zones, and the text by which a scenario is known."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.scenario.base import Text
from simulate.scenario.loading import Input, Loaded, load
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError

from .full import FULL, changed
from .small import SMALL, swapped


def loaded(playbook: Playbook, text: str, name: str = "plan") -> Loaded:
    (playbook.root / f"{name}.yml").write_text(text, encoding="utf-8")
    return load(f"{name}.yml", playbook)


def complaint(playbook: Playbook, text: str, name: str = "plan") -> str:
    with pytest.raises(InputError) as caught:
        loaded(playbook, text, name)
    return str(caught.value)


def inputs(playbook: Playbook, text: str) -> dict[str, Input]:
    return {".".join(map(str, each.path)): each for each in loaded(playbook, text).inputs}


def test_a_scenario_is_found_by_name(playbook: Playbook) -> None:
    for name in ("double-12", "ordinary"):
        (playbook.content / "scenarios" / f"{name}.yml").write_text(SMALL)
    assert load("ordinary", playbook).name == "ordinary"
    for unknown, message in [
        ("duoble-12", "there is no scenario `duoble-12`, did you mean `double-12`?"),
        ("x", "there is no scenario `x`: there are `double-12`, `ordinary`"),
        ("x/y.yml", "there is no file `x/y.yml`"),
        ("content/x.txt", "`content/x.txt` is not a scenario: its name must end in `.yml`"),
        ("content/scenarios/ordinry.yml",
         "there is no file `content/scenarios/ordinry.yml`, did you mean `ordinary.yml`?"),
    ]:  # fmt: skip
        with pytest.raises(InputError) as caught:
            load(unknown, playbook)
        assert str(caught.value) == message


def test_a_file_must_be_named_like_a_scenario(playbook: Playbook) -> None:
    assert complaint(playbook, SMALL, "My Plan") == (
        "a scenario is known by its file's name, and `My Plan` cannot be one: use small letters, "
        "digits, `-` and `_`, starting with a letter, at most 40"
    )


def test_inputs_come_as_written_in_document_order(playbook: Playbook) -> None:
    found = loaded(playbook, SMALL).inputs
    assert [(each.path, each.text) for each in found[:6]] == [
        (("title",), "Small"),
        (("timezone",), "Asia/Shanghai"),
        (("starts",), "2026-12-11T00:00"),
        (("ends",), "2026-12-13T00:00"),
        (("channels", "web", "visitors"), "900 visitors/day"),
        (("channels", "ads", "spend"), "1000 CNY/day"),
    ]
    lists = {each.path: each.text for each in found}
    assert lists["line",] == "pick, pack"


def test_a_value_says_where_it_comes_from(playbook: Playbook) -> None:
    rate = "{value: 20s/line, source: A handbook, confidence: verified}"
    found = inputs(playbook, swapped("20s/line", rate))
    pick = found["stations.pick.per_line"]
    assert (pick.text, pick.confidence) == ("20s/line", "verified")
    assert pick.source == Text(en="A handbook", zh="A handbook")
    assert str(pick.place) == "plan.yml:20:23"
    assert found["stations.pack.setup"].source is None
    assert found["stations.pack.setup"].confidence == "assumed"


def test_a_mapping_says_it_for_everything_below(playbook: Playbook) -> None:
    text = swapped("    pool: crew\n", "    pool: crew\n    source: {en: A log, zh: 日志}\n"
                   "    confidence: computed\n")  # fmt: skip
    found = inputs(playbook, text)
    for below in ("per_line", "distribution.cv"):
        assert found[f"stations.pick.{below}"].source == Text(en="A log", zh="日志")
        assert found[f"stations.pick.{below}"].confidence == "computed"
    assert found["stations.pack.setup"].source is None


@pytest.mark.parametrize(
    ("own", "source", "confidence"),
    [
        ("{value: 20s/line}", "A log", "computed"),
        ("{value: 20s/line, confidence: plan}", "A log", "plan"),
        ("{value: 20s/line, confidence: assumed}", None, "assumed"),
        ("{value: 20s/line, source: A guess}", "A guess", "assumed"),
        ("{value: 20s/line, source: A book, confidence: verified}", "A book", "verified"),
    ],
)
def test_a_value_overrides_what_the_mapping_says(
    playbook: Playbook, own: str, source: str | None, confidence: str
) -> None:
    text = swapped("per_line: 20s/line", f"per_line: {own}\n    source: A log\n    "
                   "confidence: computed")  # fmt: skip
    found = inputs(playbook, text)["stations.pick.per_line"]
    assert (found.source.en if found.source else None, found.confidence) == (source, confidence)


def test_what_a_child_file_overrides_has_the_childs_source(playbook: Playbook) -> None:
    shop = f"source: The shop\nconfidence: plan\n{SMALL}"
    (playbook.content / "shop.yml").write_text(shop)
    found = inputs(playbook, "extends: shop\ntraffic: 2x\nconversion: {order_share: 6%}")
    assert found["stations.pack.setup"].confidence == "plan"
    assert found["conversion.order_share"].confidence == "assumed"
    assert found["conversion.order_share"].source is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{value: 5%, confidence: plan}",
         "plan.yml:9:39: `plan` needs a `source` that says where"),
        ("{value: 5%, source: x, confidence: verfied}",
         "plan.yml:9:62: `verfied` is not a confidence, did you mean `verified`? (one of "
         "`verified`, `computed`, `plan`, `assumed`)"),
        ("{value: 5%, source: {en: x}}",
         "plan.yml:9:47: `source` says where a figure comes from: write one text, or "
         "`{en: ..., zh: ...}`, of at most 500 characters"),
        ("{value: 5%, source: [x]}",
         "plan.yml:9:47: `source` says where a figure comes from: write one text, or "
         "`{en: ..., zh: ...}`, of at most 500 characters"),
    ],
)  # fmt: skip
def test_sources_are_stated_in_full(playbook: Playbook, written: str, message: str) -> None:
    text = swapped("{order_share: 5%}", f"{{order_share: {written}}}")
    assert complaint(playbook, text) == message


def test_a_key_named_value_is_not_taken_for_a_wrapper(playbook: Playbook) -> None:
    value = "value: {mean: 100 CNY/order}"
    (playbook.content / "shop.yml").write_text(swapped("packed_beforehand: 10%", value))
    group = loaded(playbook, "extends: shop").scenario.sku_groups["all"]
    assert group.value is not None
    changed = "extends: shop\nsku_groups: {all: {value: {mean: 90 CNY/order}}}"
    group = loaded(playbook, changed).scenario.sku_groups["all"]
    assert group.value is not None
    assert group.value.mean.amount == 90
    dropped = "extends: shop\nsku_groups: {all: {value: null}}"
    assert loaded(playbook, dropped).scenario.sku_groups["all"].value is None


def test_naive_moments_are_local(playbook: Playbook) -> None:
    scenario = loaded(playbook, SMALL).scenario
    assert scenario.starts.isoformat() == "2026-12-11T00:00:00+08:00"
    text = swapped("starts: 2026-12-11T00:00", "starts: 2026-12-10T16:00Z")
    assert loaded(playbook, text).scenario.starts.isoformat() == "2026-12-11T00:00:00+08:00"


def test_naive_moments_are_local_wherever_they_stand(playbook: Playbook) -> None:
    scenario = loaded(playbook, FULL).scenario
    stock, courier = scenario.sku_groups["hero"].stock, scenario.courier
    assert stock is not None
    assert courier is not None
    assert stock.receipts["friday"].at.isoformat() == "2026-12-12T10:00:00+08:00"
    assert courier.overloads["peak"].ends.isoformat() == "2026-12-13T00:00:00+08:00"


def berlin(starts: str) -> str:
    text = SMALL.replace("Asia/Shanghai", "Europe/Berlin").replace(
        "sent: 2026-12-11T20:00", "sent: 2026-10-26T20:00"
    )
    text = text.replace("starts: 2026-12-11T00:00", f"starts: {starts}")
    text = text.replace("ends: 2026-12-13T00:00\nchannels", "ends: 2026-10-28T00:00\nchannels")
    return text.replace(
        "  burst: {starts: 2026-12-12T00:00, ends: 2026-12-13T00:00",
        "  burst: {starts: 2026-10-26T00:00, ends: 2026-10-27T00:00",
    )


def test_a_local_time_that_comes_twice_needs_its_offset(playbook: Playbook) -> None:
    assert complaint(playbook, berlin("2026-10-25T02:30")) == (
        "plan.yml:3:9: `2026-10-25T02:30` comes twice in the shop's time zone, as clocks go back: "
        "write `2026-10-25T02:30+02:00` or `2026-10-25T02:30+01:00`"
    )
    early = loaded(playbook, berlin("2026-10-25T02:30+02:00")).scenario
    late = loaded(playbook, berlin("2026-10-25T02:30+01:00")).scenario
    assert early.traffic_seconds - late.traffic_seconds == 3600


def test_a_local_time_that_clocks_skip_is_refused(playbook: Playbook) -> None:
    assert complaint(playbook, berlin("2026-03-29T02:30")).startswith(
        "plan.yml:3:9: `2026-03-29T02:30` does not exist in the shop's time zone: clocks go forward"
    )


@settings(max_examples=50)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))
def test_every_moment_of_shanghai_is_local_once(moment: datetime) -> None:
    from zoneinfo import ZoneInfo

    from simulate.scenario.base import FromFile
    from simulate.scenario.promises import WindowPromise

    written = {
        "kind": "window",
        "paid_from": moment.isoformat(),
        "paid_until": moment.isoformat(),
        "collected_by": moment.isoformat(),
        "otherwise_within": "48h",
    }
    promise = WindowPromise.model_validate(written, context=FromFile(ZoneInfo("Asia/Shanghai")))
    assert promise.paid_from.utcoffset() == timedelta(hours=8)
    assert promise.paid_from.replace(tzinfo=None) == moment


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", "title: Big"),
        ("98%", "99%"),
        ("replications: 5", "seed: 9"),
        ("20s/line", "180 lines/h"),
        ("48h", "2d"),
        ("{order_share: 5%}", "{order_share: {value: 0.05, source: x}}"),
        ("2026-12-13T00:00\nchannels", "2026-12-12T16:00Z\nchannels"),
        ("  web:", "  # the shop itself\n  web:"),
    ],
)
def test_what_cannot_change_a_number_is_not_in_the_canonical_text(
    playbook: Playbook, old: str, new: str
) -> None:
    before, after = loaded(playbook, SMALL), loaded(playbook, swapped(old, new))
    assert before.canonical == after.canonical


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("20s/line", "21s/line"),
        ("line: [pick, pack]", "line: [pack, pick]"),
        ("kind: lognormal", "kind: gamma"),
        ("replications: 5", "traffic: 1.0001x"),
        ("drain_limit: 3d", "drain_limit: 4d"),
        ("people: 3 people", "people: 4 people"),
    ],
)
def test_what_can_change_a_number_is(playbook: Playbook, old: str, new: str) -> None:
    before, after = loaded(playbook, SMALL), loaded(playbook, swapped(old, new))
    assert before.canonical != after.canonical


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    priority: 0", "    priority: 1"),
        ("orders: 12 orders", "orders: 13 orders"),
        ("wave: {every: 30min,", "wave: {every: 31min,"),
        ("back_to: pick", "back_to: sort"),
        ("absence: 5%", "absence: 6%"),
        ("first_day: 79%", "first_day: 78%"),
        ("rule: longest-wait", "rule: most-urgent"),
        ("units: 200 units", "units: 201 units"),
        ("missing: 1%", "missing: 2%"),
        ("due_dates: true", "due_dates: false"),
        ("most: 500 CNY", "most: 400 CNY"),
        ("wage: 30 CNY/h", "wage: 31 CNY/h"),
        ("margin: 30%", "margin: 31%"),
    ],
)
def test_every_option_of_the_warehouse_can(playbook: Playbook, old: str, new: str) -> None:
    before, after = loaded(playbook, FULL), loaded(playbook, changed(old, new))
    assert before.canonical != after.canonical


def test_targets_have_their_own_text(playbook: Playbook) -> None:
    text = loaded(playbook, swapped("{on_time_share: 98%}", "{late_orders: 3 orders}\n"
                                    "expected: fail")).canonical_targets  # fmt: skip
    expected: Any = {"targets": {"late_orders": 3}, "expected": "fail"}
    assert json.loads(text) == expected


def test_a_problem_shows_the_path_from_the_working_folder(
    playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (playbook.content / "scenarios" / "plan.yml").write_text("title: [a")
    with pytest.raises(InputError, match=r"^content/scenarios/plan\.yml:1:8: "):
        load("plan", playbook)
    monkeypatch.chdir(playbook.content / "scenarios")
    with pytest.raises(InputError, match=r"^plan\.yml:1:8: "):
        load("plan", playbook)
    monkeypatch.chdir(Path("/"))
    with pytest.raises(InputError, match=r"content/scenarios/plan\.yml:1:8: "):
        load("plan", playbook)
