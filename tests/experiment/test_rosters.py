"""Shifts that may be changed, what a person of them costs, and how bounds are written."""

from pathlib import Path

import pytest

from simulate.experiment.rosters import (
    knobs_of,
    parse_bounds,
    price_of,
    today,
    with_roster,
)
from simulate.scenario.loading import Loaded, load
from simulate.scenario.problems import InputError

SHOP = """\
title: Roster
timezone: Asia/Shanghai
starts: 2026-12-11T00:00
ends: 2026-12-14T00:00
channels:
  web: {visitors: 100 visitors/day}
conversion: {order_share: 10%, enquiry_share: 20%, enquiry_order_share: 40%}
stations:
  pack: {pool: crew, setup: 60s/order}
pools:
  crew:
    wage: 20 CNY/h
    shifts:
      day: {starts: 08:00, ends: 16:00, people: 2 people}
      extra:
        starts: 18:00
        ends: 22:00
        people: 0 people
        first: 2026-12-12
        last: 2026-12-13
        wage: 30 CNY/h
desk:
  wage: 25 CNY/h
  chats: 2 chats
  handling: {mean: 5min}
  patience: {mean: 5min}
  shifts:
    always: {starts: 00:00, ends: 24:00, people: 1 person}
targets: {on_time_share: 90%}
promise: {kind: hours, within: 24h}
"""


def written(folder: Path, text: str) -> Loaded:
    path = folder / "roster.yml"
    path.write_text(text)
    return load(path)


def test_without_bounds_the_shifts_of_the_campaign_may_change(tmp_path: Path) -> None:
    """Two evenings of four hours at 30 CNY an hour."""
    (knob,) = knobs_of(written(tmp_path, SHOP))
    assert (knob.name, knob.path) == ("crew.extra", "pools.crew.shifts.extra.people")
    assert (knob.least, knob.most, knob.today) == (0, 4, 0)
    assert (knob.hours, knob.cost) == (8, 240)


def test_bounds_of_the_scenario_hold(tmp_path: Path) -> None:
    """Three days of eight hours at 20 CNY; the desk's three days around the clock at 25 CNY."""
    bounds = (
        "staffing:\n  pools: {crew: {day: {least: 1 person, most: 6 people}}}\n"
        "  desk: {always: {most: 3 people}}\n"
    )
    day, desk = knobs_of(written(tmp_path, SHOP + bounds))
    assert (day.name, day.least, day.most, day.cost) == ("crew.day", 1, 6, 480)
    assert (desk.name, desk.least, desk.most, desk.cost) == ("desk.always", 0, 3, 1800)
    assert desk.path == "desk.shifts.always.people"
    assert price_of([day, desk], (2, 1)) == 2760


def test_given_bounds_hold_instead(tmp_path: Path) -> None:
    loaded = written(tmp_path, SHOP)
    (knob,) = knobs_of(loaded, parse_bounds(["crew.day=1..3"]))
    assert (knob.name, knob.least, knob.most) == ("crew.day", 1, 3)
    with pytest.raises(InputError, match=r"no shift `crew\.dya`, did you mean `crew\.day`"):
        knobs_of(loaded, {"crew.dya": (0, 1)})


def test_without_a_wage_hours_count(tmp_path: Path) -> None:
    loaded = written(tmp_path, SHOP.replace("    wage: 20 CNY/h\n", ""))
    knobs = knobs_of(loaded, {"crew.day": (0, 3), "crew.extra": (0, 3)})
    assert [knob.cost for knob in knobs] == [None, None]
    assert price_of(knobs, (1, 1)) == 3 * 8 + 2 * 4


def test_a_roster_changes_the_people_alone(tmp_path: Path) -> None:
    loaded = written(tmp_path, SHOP)
    knobs = knobs_of(loaded, {"crew.day": (0, 3), "crew.extra": (0, 3)})
    assert today(knobs) == (2, 0)
    assert with_roster(loaded, knobs, (2, 0)) is loaded
    other = with_roster(loaded, knobs, (1, 3))
    assert other is not None
    shifts = other.scenario.pools["crew"].shifts
    assert (shifts["day"].people, shifts["extra"].people) == (1, 3)
    assert with_roster(loaded, knobs, (0, 0)) is None


@pytest.mark.parametrize("text", ["crew.day", "crew.day=2", "day=1..2", "crew.day=a..b"])
def test_what_is_no_bound_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no bound: write pool, shift"):
        parse_bounds([text])


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(InputError, match="fewest people are more than the most"):
        parse_bounds(["crew.day=4..2"])


@pytest.mark.parametrize(
    ("added", "place", "message"),
    [
        (
            "  pools: {crow: {day: {most: 2 people}}}",
            "32:11",
            "no pool `crow`, did you mean `crew`",
        ),
        (
            "  pools: {crew: {night: {most: 2 people}}}",
            "32:18",
            "no shift `night` (there are `day`, `extra`)",
        ),
        ("  desk: {late: {most: 2 people}}", "32:10", "no shift `late` (there are `always`)"),
        (
            "  pools: {crew: {day: {least: 3 people, most: 2 people}}}",
            "32:31",
            "`least` is more than `most`, 2",
        ),
    ],
)
def test_bounds_of_what_there_is_not(tmp_path: Path, added: str, place: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        written(tmp_path, f"{SHOP}staffing:\n{added}\n")
    (problem,) = caught.value.problems
    assert message in problem.message
    assert f"roster.yml:{place}: " in str(problem)
