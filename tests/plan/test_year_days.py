"""A simulated year by day."""

import numpy as np
import pytest

from simulate.plan.year import Year, year_of
from simulate.plan.year_days import YearDays, load_of, places_of, year_days
from simulate.plan.year_orders import YearOrders, draw_year
from simulate.plan.year_replications import day_edges
from simulate.results.passage import Passage, passage
from simulate.warehouse.line import line_of
from simulate.warehouse.run import run_line
from simulate.warehouse.work import jobs_of
from tests.plan.small_plan import loaded

DAY = 86400.0
SHIFT = 3 * 10 * 3600.0
"""Person-seconds of the small shop's crew in a day."""

Run = tuple[Year, YearOrders, Passage, YearDays]


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    year = year_of(loaded(tmp_path_factory.mktemp("year")))
    drawn = draw_year(year, 1, 0)
    work = jobs_of(year.line, drawn.orders, drawn.potential, 1, 0)
    stamps, log = run_line(year.line, work, 1, 0)
    way = passage(line_of(year.line), work, drawn.orders, stamps, log)
    return year, drawn, way, year_days(year.line, drawn.orders, way, day_edges(year))


def test_days_are_those_of_the_calendar(run):
    edges = day_edges(run[0])
    np.testing.assert_array_equal(edges, np.arange(93) * DAY)


def test_every_order_counts_on_the_day_it_is_paid(run):
    _, drawn, _, days = run
    for day in (0, 40, 72):
        here = (drawn.orders.paid // DAY) == day
        assert days.paid[day] == np.count_nonzero(here)
        assert days.sales[day] == pytest.approx(drawn.orders.value[here].sum())
    assert days.paid.sum() == np.count_nonzero(drawn.orders.paid < 92 * DAY)
    assert days.late.sum() == 0


def test_load_is_work_due_by_people_at_work(run):
    year, _, way, days = run
    assert places_of(year.line) == ("crew", "erp")
    visits = way.visits
    for day in (5, 45, 72):
        due = (visits.joined // DAY) == day
        seconds = (visits.ended - visits.started)[due].sum()
        assert days.loads[0, day] == pytest.approx(seconds / SHIFT)
        released = np.count_nonzero((way.ready // DAY) == day)
        assert days.loads[1, day] == pytest.approx(released / 500)


def test_an_order_of_two_lines_is_ninety_seconds_of_work(run):
    # 2 x 20 s to pick and 50 s to pack, nearly all of it on the day of payment; what comes after
    # closing at 18 is picked the next morning and joins packing then.
    _, _, _, days = run
    work = (days.loads[0] * SHIFT).sum()
    assert work == pytest.approx(90 * days.paid.sum(), rel=0.01)


@pytest.mark.parametrize(
    ("due", "at_work", "load"),
    [
        ([10, 20], [10, 40], [1, 0.5]),
        ([10, 20, 10], [0, 0, 80], [0, 0, 0.5]),
        ([0, 20], [0, 40], [0, 0.5]),
        ([10, 20], [40, 0], [0.25, 1]),
    ],
)
def test_work_of_a_day_without_people_is_due_on_the_next_with_some(due, at_work, load):
    found = load_of(np.array(due, float), np.array(at_work, float))
    assert found.tolist() == load


def test_commission_is_paid_on_sales_of_its_channel(run, tmp_path):
    _, drawn, way, _ = run
    swap = (
        "web: {visitors: 900 visitors/day}",
        "web: {visitors: 900 visitors/day, commission: 5%}",
    )
    year = year_of(loaded(tmp_path, shop=swap))
    days = year_days(year.line, drawn.orders, way, day_edges(year))
    web = np.isin(drawn.orders.channel, [0, 3]) & (drawn.orders.paid < 92 * DAY)
    assert days.commission.sum() == pytest.approx(0.05 * drawn.orders.value[web].sum())
