"""The orders of a year: those of its periods, in one sequence."""

from pathlib import Path

import numpy as np
import pytest

from simulate.demand.orders import Orders, draw, paid_orders
from simulate.plan.loading import load_plan
from simulate.plan.year import Year, year_of
from simulate.plan.year_orders import draw_year, period_seed
from tests.plan.small_plan import SCENARIO, loaded, written

DAY = 86400.0


def with_traffic(folder: Path, traffic: str) -> Year:
    playbook = written(folder)
    text = SCENARIO + f"traffic: {traffic}\n"
    (playbook.content / "scenarios" / "double.yml").write_text(text, encoding="utf-8")
    return year_of(load_plan("annual", playbook))


def part(orders: Orders, first_day: float, last_day: float) -> np.ndarray:
    """Indexes of the orders paid from one day of the year up to another."""
    return np.flatnonzero((orders.paid >= first_day * DAY) & (orders.paid < last_day * DAY))


def test_orders_are_those_of_the_periods_in_the_order_of_payment(tmp_path):
    year = year_of(loaded(tmp_path))
    drawn = draw_year(year, 7, 3)
    orders = drawn.orders
    assert (np.diff(orders.paid) >= 0).all()
    books = [draw(each.scenario, period_seed(7, each.name), 3) for each in year.periods]
    paid = [paid_orders(book).paid + period.offset
            for book, period in zip(books, year.periods, strict=True)]  # fmt: skip
    np.testing.assert_array_equal(orders.paid, np.sort(np.concatenate(paid)))
    assert drawn.visitors.tolist() == [book.visitors for book in books]
    assert drawn.potential == sum(book.potential for book in books)


def test_every_order_has_its_own_number_and_its_campaigns_goods_and_channels(tmp_path):
    year = year_of(loaded(tmp_path))
    drawn = draw_year(year, 1, 0)
    orders = drawn.orders
    assert len(np.unique(orders.drawn)) == len(orders)
    assert orders.drawn.min() >= 0
    assert orders.drawn.max() < drawn.potential
    starts, ends = 31 + 30 + 10, 31 + 30 + 12
    is_campaign = np.zeros(len(orders), np.bool_)
    is_campaign[part(orders, starts, ends)] = True
    assert is_campaign.any()
    np.testing.assert_array_equal(orders.group == 1, is_campaign)
    np.testing.assert_array_equal(orders.channel >= 3, is_campaign)
    np.testing.assert_array_equal(orders.deadline, orders.paid + 2 * DAY)


def test_a_campaign_that_grows_leaves_other_months_as_they_are(tmp_path):
    one = draw_year(with_traffic(tmp_path, "1x"), 1, 0).orders
    other = draw_year(with_traffic(tmp_path, "2x"), 1, 0).orders
    before = part(one, 0, 61)
    np.testing.assert_array_equal(one.paid[before], other.paid[part(other, 0, 61)])
    grown = len(part(other, 71, 73)) / len(part(one, 71, 73))
    assert grown == pytest.approx(2, rel=0.35)


def test_the_error_of_the_year_moves_all_months_and_that_of_a_month_each(tmp_path):
    swap = ("order_value: 100", "forecast_error: {{{}}}\norder_value: 100")

    def scales(error: str) -> np.ndarray:
        year = year_of(loaded(tmp_path, (swap[0], swap[1].format(error))))
        plain = year_of(loaded(tmp_path))
        months = ["2026-10", "2026-11"]
        found = np.zeros((20, len(months)))
        for number in range(20):
            drawn, usual = draw_year(year, 1, number), draw_year(plain, 1, number)
            for at, month in enumerate(months):
                index = [n for n, each in enumerate(year.periods) if each.month == month]
                found[number, at] = drawn.visitors[index].sum() / usual.visitors[index].sum()
        return found

    together = scales("year: 40%")
    assert np.abs(together[:, 0] - together[:, 1]).max() < 0.05
    assert together[:, 0].std() > 0.1
    apart = scales("month: 40%")
    assert np.abs(apart[:, 0] - apart[:, 1]).max() > 0.2


def test_a_period_has_a_seed_of_its_own():
    assert period_seed(1, "2026-12/1") != period_seed(1, "2026-12/2")
    assert period_seed(1, "double") != period_seed(2, "double")
    assert 0 <= period_seed(1, "double") < 2**63
