"""What is written at any point of a range, and ranges that cannot be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.experiment.varied import Varied, assumed, parted, shown, sliders, stated, varied
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError
from tests.scenario.small import SMALL


def small(folder: Path, more: str = "") -> Loaded:
    file = folder / "plan.yml"
    file.write_text(SMALL + more, encoding="utf-8")
    return load(file)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("1 person", 1, "people"), ("1,500 orders", 1500, "orders"), ("20s/line", 20, "s/line"),
     ("5%", 5, "%"), ("0.8x", 0.8, "x"), ("2", 2, ""), ("10000 CNY/day", 10000, "CNY/day")],
)  # fmt: skip
def test_number_and_unit(text: str, number: float, unit: str) -> None:
    assert parted(text) == (number, unit)


@pytest.mark.parametrize("text", ["20:00", "2026-12-12", "flat", "", "inf", "08:00+1d"])
def test_moments_and_words_are_no_quantities(text: str) -> None:
    with pytest.raises(InputError, match="is not a quantity"):
        parted(text)


@given(st.floats(0.001, 1e6), st.sampled_from(["%", "x", "h", "lines/h", "CNY/day", "s/line", ""]))
def test_what_is_shown_is_read_back(number: float, unit: str) -> None:
    assert parted(shown(number, unit)) == (pytest.approx(number, rel=1e-8), unit)


def test_points_of_a_range() -> None:
    pace = Varied(path="p", planned="110 lines/h", least="90 lines/h", most="130 lines/h")
    assert pace.position == 0.5
    assert [pace.at(at) for at in (0, 0.25, 0.5, 1, 1.5)] == [
        "90 lines/h", "100 lines/h", "110 lines/h", "130 lines/h", "150 lines/h",
    ]  # fmt: skip
    people = Varied(path="p", planned="1 person", least="0 people", most="3 people")
    assert [people.at(at / 6) for at in range(7)] == [
        "0 people", "0 people", "1 person", "2 people", "2 people", "2 people", "3 people",
    ]  # fmt: skip


def test_a_factor_that_is_not_written_is_1(tmp_path: Path) -> None:
    found = varied(small(tmp_path), "traffic", "0.5x", "2x")
    assert (found.planned, found.position) == ("1x", pytest.approx(1 / 3))


def test_ranges_of_the_scenario_in_order(tmp_path: Path) -> None:
    loaded = small(
        tmp_path,
        "ranges:\n  stations.pack.setup: {least: 30s/order, most: 60s/order}\n"
        "  traffic: {least: 0.5x, most: 2x}\n",
    )
    assert [each.path for each in stated(loaded)] == ["stations.pack.setup", "traffic"]
    assert sliders(loaded) == []


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ("stations.pak.setup: {least: 30s/order, most: 60s/order}", "did you mean `pack`"),
        ("stations.pack.setup: {least: 1min/order, most: 2min/order}", "in the same unit"),
        ("stations.pack.setup: {least: 60s/order, most: 30s/order}", "the smaller value first"),
        ("conversion.order_share: {least: 5%, most: 120%}", "outside 0 to 100 %"),
        ("stations.pack.setup: {least: 50s/order, most: 60s/order}", "does not hold what is pl"),
        ("stations.pack: {least: 50s/order, most: 60s/order}", "is not a single value"),
    ],
)
def test_ranges_that_cannot_be_are_named_with_their_place(
    tmp_path: Path, span: str, told: str
) -> None:
    loaded = small(tmp_path, f"ranges:\n  {span}\n")
    with pytest.raises(InputError, match=told) as refused:
        stated(loaded)
    place = refused.value.problems[0].place
    assert place is not None
    assert place.line == SMALL.count("\n") + 2


def test_assumed_quantities_are_20_percent_off(tmp_path: Path) -> None:
    found = {each.path: (each.least, each.most) for each in assumed(small(tmp_path))}
    assert found["stations.pack.setup"] == ("36s/order", "54s/order")
    assert found["pools.crew.shifts.day.people"] == ("2 people", "4 people")
    assert "starts" not in found
    assert "pools.crew.shifts.day.starts" not in found
    assert not [path for path in found if path.startswith("targets")]


def test_what_is_known_is_not_assumed(tmp_path: Path) -> None:
    loaded = small(tmp_path, "costs: {parcel: 4 CNY/parcel, source: Plan, confidence: plan}\n")
    assert not [each for each in assumed(loaded) if each.path.startswith("costs")]
