"""Promises by class, people against work, the courier's visits, and what it all costs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulate.report.cost_tables import cost_table
from simulate.report.subject import Subject
from simulate.report.warehouse_tables import (
    collections_table,
    gap_badge,
    lateness_table,
    people_table,
)
from simulate.results.outcome import CourierVisit
from tests.report.outcomes import estimate, make_loaded, make_subject
from tests.report.test_tables import rows


def with_outcome(subject: Subject, **changes: Any) -> Subject:
    return replace(subject, outcome=replace(subject.outcome, **changes))


def visit(hour: int, taken: float, waiting: float, capacity: float | None) -> CourierVisit:
    return CourierVisit(
        name="evening",
        planned=hour * 3600.0,
        capacity=capacity,
        taken=estimate(taken, 0, "parcels"),
        waiting=waiting,
        late_share=0.25,
        missed_share=0.0,
    )


def test_each_promise_has_a_row(tmp_path: Path) -> None:
    assert rows(lateness_table(make_subject(tmp_path))) == [
        ["The whole shop, paid in the window: by 17 Dec 23:59",
         "99.2 % (98.8 to 99.6 %)", "31.4", "3,924", "38.1 h"],
        ["The whole shop, paid outside of the window: within 48 h",
         "99.2 % (98.8 to 99.6 %)", "3.5", "436", "38.1 h"],
    ]  # fmt: skip


def test_a_group_has_the_promise_of_its_own(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    loaded = make_loaded(
        tmp_path,
        sku_groups={
            "presale": {
                "label": {"en": "Presale", "zh": "预售"},
                "share": "100%",
                "promise": {"kind": "hours", "within": "72h"},
            }
        },
    )
    row = replace(
        subject.outcome.late_by_class[0],
        group="presale",
        in_window=None,
        on_time_share=None,
        lead_time_p90=None,
    )
    outcome = replace(subject.outcome, late_by_class=(row,))
    assert rows(lateness_table(replace(subject, loaded=loaded, outcome=outcome))) == [
        ["Presale: within 72 h", "–", "31.4", "3,924", "–"]
    ]


def test_each_shift_has_a_row_with_its_gap(tmp_path: Path) -> None:
    table = rows(people_table(make_subject(tmp_path)))
    assert [[row[0], *row[2:]] for row in table] == [
        ["Office: Day", "6", "6", "4.2", "6", "12 Dec 12:00"],
        ["Pickers: Day", "6", "5.7", "6", "6", "12 Dec 12:00"],
        ["Pickers: Evening", "3", "2.8", "5.1", "3", "12 Dec 20:00"],
        ["Packers: Day", "6", "6", "6", "6", "12 Dec 12:00"],
    ]
    assert [row[1].partition(">")[2] for row in table] == [
        "enough</span>", "0.3 short</span>", "2.3 short</span>", "enough</span>",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "badge"),
    [
        (0.0, '<span class="pb-badge pb-pass">够用</span>'),
        (0.04, '<span class="pb-badge pb-pass">够用</span>'),
        (0.4, '<span class="pb-badge pb-inconclusive">缺 0.4 人</span>'),
        (1.5, '<span class="pb-badge pb-fail">缺 1.5 人</span>'),
    ],
)
def test_a_gap_is_a_word_in_its_colour(gap: float, badge: str, tmp_path: Path) -> None:
    assert gap_badge(estimate(gap, 0, "people"), make_subject(tmp_path, "zh")) == badge


def test_each_visit_tells_what_waits_and_what_is_taken(tmp_path: Path) -> None:
    visits = (visit(17, 0, 0, 100), visit(41, 100, 130, 100), visit(65, 40, 40, None))
    table = collections_table(with_outcome(make_subject(tmp_path), collections=visits))
    assert rows(table) == [
        ["12 Dec 17:00", "100 (100)", '<span class="pb-badge pb-fail">full</span> 100', "130",
         "30", "25 %"],
        ["13 Dec 17:00", "40 (40)", "no limit", "40", "0", "25 %"],
    ]  # fmt: skip


def test_of_many_visits_the_fullest_are_kept(tmp_path: Path) -> None:
    visits = tuple(visit(hour, 10 + hour % 60, 100, None) for hour in range(1, 100))
    table = rows(collections_table(with_outcome(make_subject(tmp_path), collections=visits)))
    assert len(table) == 40
    assert min(int(row[1].partition(" ")[0]) for row in table) > 30


def test_costs_add_up_to_their_sum(tmp_path: Path) -> None:
    table = rows(cost_table(make_subject(tmp_path)))
    assert [(row[0], row[1]) for row in table] == [
        ("Office: Day", "6,000 CNY"),
        ("Packers: Evening", "3,000 CNY"),
        ("Packers: called in at 14&#58;00", "200 CNY"),
        ("Overtime of all", "450 CNY"),
        ("Courier", "21,800 CNY"),
        ("Material", "6,540 CNY"),
        ("Compensation for late orders", "0 CNY"),
        ("**All costs**", "**34,880 CNY**"),
        ("**Contribution**", "**87,200 CNY**"),
    ]
    assert table[4][2:] == ["21,360 to 22,240 CNY", "5.00 CNY"]
    assert table[7][3] == "**8.00 CNY**"


@pytest.mark.parametrize(
    ("table", "part", "words"),
    [
        (lateness_table, "late_by_class", "Nothing is promised, so nothing can be late."),
        (people_table, "people", "None."),
        (collections_table, "collections", "There is nothing for the courier to collect."),
        (cost_table, "costs", "Nothing in this scenario has a price."),
    ],
)
def test_what_is_not_there_is_said(
    table: Callable[[Subject], str], part: str, words: str, tmp_path: Path
) -> None:
    subject = make_subject(tmp_path)
    nothing: dict[str, Any] = {part: ()}
    assert table(with_outcome(subject, **nothing)) == words
