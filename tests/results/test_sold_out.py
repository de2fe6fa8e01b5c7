from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.demand.sold_out import sell
from simulate.results.outcome import Span
from simulate.results.sold_out import (
    groups_that_sell_out,
    sold_out_measures,
    sold_out_results,
    sold_out_table,
)
from simulate.scenario.scenario import Scenario
from tests.results.campaigns import book, shop

HOUR = 3600.0
HERO = {
    "share": "60%",
    "stock": {
        "opening": "1 unit",
        "receipts": {"later": {"at": "2026-12-12T02:00", "units": "2 units"}},
        "sold_out": {"leave": "50%", "wait": "25%", "take": {"other": "25%"}},
    },
}
GROUPS = {"other": {"share": "40%"}, "hero": HERO}
LEAVE, WAIT, TAKE = 0.1, 0.6, 0.9


def heroes(**changes: Any) -> Scenario:
    return shop(sku_groups={**GROUPS, **changes})


def table(scenario: Scenario, *orders: tuple[float, float]) -> Any:
    """The table of orders for the hero (hour, what the customer draws)."""
    counted, choice = (np.array(column) for column in zip(*orders, strict=True))
    sold = sell(scenario, (), np.ones(len(orders), np.int64), counted * HOUR, choice)
    return sold_out_table(scenario, replace(book([1]), sold=sold))


# Sold out from 00:30 to 02:00, and again from 03:00 to the campaign's end at 04:00.
TWICE = (0.5, 0), (1, LEAVE), (1.1, TAKE), (1.2, WAIT), (3, 0), (3.5, LEAVE)


def test_of_each_group_when_how_long_and_what_became_of_orders() -> None:
    assert table(heroes(), *TWICE).tolist() == [[0.5 * HOUR, 2.5, 2, 1, 1]]


def test_a_group_that_lasts_is_never_sold_out() -> None:
    ((first, hours, *lost),) = table(heroes(), (3.9, 0), (2.5, 0)).tolist()
    assert np.isnan(first)
    assert (hours, lost) == (0, [0, 0, 0])


def test_groups_over_campaigns_of_which_some_sell_out() -> None:
    once, never = table(heroes(), (1, 0)), table(heroes(), (2.5, 0), (2.6, 0))
    (found,) = sold_out_results(heroes(), [once, never])
    assert found.group == "hero"
    assert found.share.mean == 0.5
    assert found.first == Span(median=HOUR, low=HOUR, high=HOUR)
    assert found.hours.mean == 0.5
    (twice,) = sold_out_results(heroes(), [table(heroes(), *TWICE), never])
    means = [each.mean for each in (twice.lost_orders, twice.moved_orders, twice.waiting_orders)]
    assert means == [1, 0.5, 0.5]


def test_lost_orders_are_a_measure_only_where_customers_find_goods_sold_out() -> None:
    sold = sell(heroes(), (), np.ones(3, np.int64), np.arange(3.0), np.full(3, LEAVE))
    drawn = replace(book([1]), sold=sold)
    assert sold_out_measures(heroes(), drawn) == {"sold_out_lost_orders": 2}
    waiting = {**HERO, "stock": {"opening": "1 unit"}}
    assert groups_that_sell_out(heroes(hero=waiting)) == {}
    assert sold_out_measures(heroes(hero=waiting), drawn) == {}
    assert sold_out_results(heroes(hero=waiting), [np.zeros((0, 5))]) == ()


def test_a_group_without_sold_out_is_told_of_beside_one_with_it() -> None:
    scenario = heroes(other={"share": "40%", "stock": {"opening": "9 units"}})
    assert groups_that_sell_out(scenario) == {"other": 0, "hero": 1}
    assert table(scenario, (1, 0))[:, 1].tolist() == pytest.approx([0, 1])
