"""A plan's year: what is refused, what is noted, and what the line of the year is made of."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from simulate.plan.loading import load_plan
from simulate.plan.year import Year, year_of
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError
from tests.plan.small_plan import SCENARIO, Swap, loaded, written

FOLLOWING = """\
extends: ../shop.yml
title: Singles
starts: {starts}
ends: {ends}
"""


def with_singles(folder: Path, starts: str, ends: str) -> Playbook:
    """Write the small plan with a scenario for its second campaign, too."""
    swap = ("    day: 2026-11-11\n", "    day: 2026-11-11\n    scenario: singles\n")
    playbook = written(folder, swap)
    text = FOLLOWING.format(starts=starts, ends=ends)
    (playbook.content / "scenarios" / "singles.yml").write_text(text, encoding="utf-8")
    return Playbook(folder)


def with_campaign(folder: Path, text: str, shop: Swap | None = None) -> Year:
    """Return the small year, its campaign changed by what `text` adds."""
    playbook = written(folder, shop=shop)
    (playbook.content / "scenarios" / "double.yml").write_text(SCENARIO + text, encoding="utf-8")
    return year_of(load_plan("annual", playbook))


def refused(playbook: Playbook) -> list[str]:
    """Return what is said against the year, each behind the line of the plan that it is about."""
    lines = playbook.plans["annual"].read_text(encoding="utf-8").splitlines()
    with pytest.raises(InputError) as error:
        year_of(load_plan("annual", playbook))
    return [
        f"{lines[each.place.line - 1].strip() if each.place else ''} > {each.message}"
        for each in error.value.problems
    ]


def test_a_year_needs_a_shop(tmp_path):
    (message,) = refused(written(tmp_path, ("shop: ../shop.yml\n", "")))
    assert "the plan names no `shop`, so nobody would ship its orders" in message


def test_campaigns_that_overlap_are_refused_at_the_later_one(tmp_path):
    (message,) = refused(with_singles(tmp_path, "2026-12-12T12:00", "2026-12-14T00:00"))
    assert message == (
        "scenario: singles > `singles` starts on 2026-12-12 12:00, before `double` has ended, "
        "2026-12-13 00:00: in a year one campaign follows the other"
    )


def test_a_campaign_outside_the_year_is_refused(tmp_path):
    (message,) = refused(with_singles(tmp_path, "2026-12-31T00:00", "2027-01-02T00:00"))
    assert message == (
        "scenario: singles > `singles`, 2026-12-31 to 2027-01-02, is not inside the year, "
        "2026-10-01 to 2026-12-31"
    )


def test_a_target_that_no_order_value_can_reach_is_refused(tmp_path):
    messages = refused(written(tmp_path, ("order_value: 100 CNY/order\n", "")))
    assert len(messages) == 3
    assert "neither the plan nor the shop says what an order is worth" in messages[0]


def test_a_year_of_more_visitors_than_can_be_drawn_is_refused(tmp_path):
    swap = ('visitors: "20,000 visitors"', 'visitors: "60,000,000 visitors"')
    (message,) = refused(written(tmp_path, swap))
    assert message.startswith("2026-10:")
    assert "most of them in 2026-10: more than 50,000,000 is not possible" in message


def test_periods_follow_each_other_without_a_gap(tmp_path):
    playbook = with_singles(tmp_path, "2026-11-10T20:00", "2026-11-12T00:00")
    year = year_of(load_plan("annual", playbook))
    assert [each.name for each in year.periods] == [
        "2026-10/1", "2026-11/1", "singles", "2026-11/2", "2026-12/1", "double", "2026-12/2",
    ]  # fmt: skip
    ends = 0.0
    for period in year.periods:
        assert period.offset == ends
        ends += period.scenario.traffic_seconds
    assert ends == 92 * 86400
    # A day belongs to a campaign as soon as it has an hour of it.
    assert [(each.campaign, each.first.day, each.last.day) for each in year.windows] == [
        ("singles", 10, 11), ("double", 11, 12),
    ]  # fmt: skip


def test_a_day_on_which_two_campaigns_meet_belongs_to_the_first(tmp_path):
    playbook = with_singles(tmp_path, "2026-12-09T00:00", "2026-12-11T00:00")
    meeting = SCENARIO.replace("2026-12-11T00:00", "2026-12-10T22:00")
    singles = FOLLOWING.format(starts="2026-12-09T00:00", ends="2026-12-10T20:00")
    folder = playbook.content / "scenarios"
    (folder / "double.yml").write_text(meeting, encoding="utf-8")
    (folder / "singles.yml").write_text(singles, encoding="utf-8")
    year = year_of(load_plan("annual", playbook))
    assert [(each.campaign, each.first.day, each.last.day) for each in year.windows] == [
        ("singles", 9, 10), ("double", 11, 12),
    ]  # fmt: skip
    assert [each.name for each in year.periods][2:] == [
        "2026-12/1", "singles", "2026-12/2", "double", "2026-12/3",
    ]  # fmt: skip


def test_groups_and_channels_of_campaigns_follow_those_of_the_shop(tmp_path):
    year = year_of(loaded(tmp_path))
    assert list(year.line.channels) == [
        "web", "ads", "banners", "double/web", "double/ads", "double/banners",
    ]  # fmt: skip
    assert list(year.line.sku_groups) == ["all", "double/all"]
    assert year.group_base == {None: 0, "double": 1}
    assert year.channel_base == {None: 0, "double": 3}


def test_a_campaign_that_changes_nothing_of_the_line_leaves_it_and_no_note(tmp_path):
    read = loaded(tmp_path)
    year = year_of(read)
    assert read.shop is not None
    assert year.line.pools == read.shop.scenario.pools
    assert year.line.courier == read.shop.scenario.courier
    assert year.notes == ()


def test_rosters_and_collections_of_a_campaign_hold_on_its_days(tmp_path):
    year = with_campaign(
        tmp_path,
        "pools:\n"
        "  crew:\n"
        "    shifts:\n"
        "      day: {people: 6 people}\n"
        "      night: {starts: 18:00, ends: 23:00, people: 2 people, last: 2026-12-14}\n"
        "    call_ins:\n"
        "      help: {at: 09:00, backlog: 50 orders, notice: 1h, people: 1 person, lasts: 4h}\n"
        "courier:\n"
        "  missing: 10%\n"
        "  overloads: {full: {starts: 2026-12-11T00:00, ends: 2026-12-13T00:00, capacity: 50%}}\n",
    )
    shifts = year.line.pools["crew"].shifts
    assert {name: (each.people, str(each.first), str(each.last))
            for name, each in shifts.items()} == {
        "day": (3, "None", "2026-12-10"),
        "day/2": (3, "2026-12-13", "None"),
        "double/day": (6, "2026-12-11", "2026-12-12"),
        "double/night": (2, "2026-12-11", "2026-12-14"),
    }  # fmt: skip
    help_days = year.line.pools["crew"].call_ins["double/help"]
    assert (help_days.first, help_days.last) == (date(2026, 12, 11), date(2026, 12, 12))
    assert year.line.courier is not None
    visits = year.line.courier.collections
    assert {name: each.missing for name, each in visits.items()} == {
        "evening": None, "evening/2": None, "double/evening": 0.1,
    }  # fmt: skip
    assert list(year.line.courier.overloads) == ["double/full"]
    assert year.notes == ()


def test_vans_that_are_on_time_in_a_campaign_alone(tmp_path):
    late = ("courier:\n", "courier:\n  late: {share: 10%, delay: 30min}\n")
    year = with_campaign(tmp_path, "courier: {late: null}\n", late)
    assert year.line.courier is not None
    vans = year.line.courier.collections
    assert vans["evening"].late is None
    assert vans["double/evening"].late is not None
    assert vans["double/evening"].late.share == 0
    assert vans["double/evening"].missing is None


def test_the_stock_of_a_campaign_is_there_from_its_start_on(tmp_path):
    year = with_campaign(
        tmp_path,
        "promise: {kind: hours, within: 24h}\n"
        "sku_groups:\n"
        "  all:\n"
        "    stock:\n"
        "      opening: 40 units\n"
        "      receipts:\n"
        "        more: {at: 2026-12-11T10:00, units: 30 units}\n",
    )
    group = year.line.sku_groups["double/all"]
    assert group.stock is not None
    assert group.stock.opening == 0
    starts = year.line.starts + timedelta(days=31 + 30 + 10)
    assert {
        name: (each.units, each.at - starts) for name, each in group.stock.receipts.items()
    } == {
        "/opening": (40, timedelta(0)),
        "more": (30, timedelta(hours=10)),
    }
    assert group.promise is not None
    assert year.line.sku_groups["all"].stock is None


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("stations: {pack: {setup: 20s/order}}\n", "stations", ("pack",)),
        ("single_line_skips: [pick]\n", "stations", ()),
        ("pools: {crew: {supervisor: {every: 1h, rule: fixed-order}}}\n", "supervisor", ("crew",)),
        ("pools: {crew: {overtime: {backlog: 9 orders, lasts: 1h}}}\n", "overtime", ("crew",)),
        (
            "pools: {office: {shifts: {day: {starts: 08:00, ends: 09:00, people: 1 person}}}}\n",
            "pools",
            ("office",),
        ),
        ("erp: {per_day: 900 orders}\n", "erp", ()),
        ("courier: null\n", "courier", ()),
        (
            "returns: {share: 10%, delay: {mean: 3d}, handling: {pool: crew, work: 60s/parcel}}\n",
            "returns",
            (),
        ),
        (
            "controller: {every: 1h, rules: {cut: {above: 90 orders, until: 50 orders, "
            "cut: {ads: 0%}}}}\n",
            "controller",
            (),
        ),
    ],
)
def test_what_a_year_cannot_change_from_day_to_day_is_noted(tmp_path, text, kind, names):
    (note,) = with_campaign(tmp_path, text).notes
    assert (note.kind, note.where, note.names) == (kind, "double", names)


def test_only_the_share_of_cancellations_may_differ_by_campaign(tmp_path):
    shop = (
        "promise: {kind",
        "cancellations: {share: 3%, delay: {mean: 4h}, goods_from: pick}\npromise: {kind",
    )
    assert with_campaign(tmp_path, "cancellations: {share: 9%}\n", shop).notes == ()
    (note,) = with_campaign(tmp_path, "cancellations: {delay: {mean: 9h}}\n", shop).notes
    assert note.kind == "cancellations"
