from typing import Any

import numpy as np

from simulate.results.passage import Passage
from simulate.warehouse.work import Work
from tests.results.campaigns import HOUR, book, by_hand, campaign, sent, shop
from tests.warehouse.lines import NEVER, jobs_of


def test_the_whole_way() -> None:
    way = by_hand().way
    visits = way.visits
    assert visits.job.tolist() == [0, 1, 2, 3]
    assert (visits.joined / HOUR).tolist() == [0, 0.5, 1, 1.25]
    assert (visits.started / HOUR).tolist() == [0, 0.5, 1, 1.5]
    assert (visits.ended / HOUR).tolist() == [1, 1.5, 3, 2.5]
    assert (way.dispatched / HOUR).tolist() == [1, 1.5, 3, 2.5]
    assert way.left.tolist() == way.dispatched.tolist()
    np.testing.assert_array_equal(way.collected / HOUR, [6, 6, NEVER, 6])
    assert way.kept.all()


def test_who_is_inside_is_late_and_its_lead_time_goes_on() -> None:
    way = by_hand().way
    assert (way.lead_times / HOUR).tolist() == [7, 5.5, 11, 4.75]
    # Collected at its very deadline is on time.
    assert way.on_time.tolist() == [False, True, False, True]


def three_cancelled(**changes: Any) -> Passage:
    """One person packs 1, 2 and 1 hours of work; all three are cancelled, at 0.5, 1.5 and 2.

    Order 0 is worked to its end, as is 1; order 2 leaves the queue.
    """
    one = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
    scenario = shop(pools={"packers": {"shifts": one}}, courier=None, **changes)
    extra = [[1 / 4] * 3] if changes else []
    skips = [0] * 3
    done = campaign(
        scenario, book([0, 0, 0]), [[1, 2, 1], *extra], cancelled=[0.5, 1.5, 2], skips=skips
    )
    return done.way


CANCELLING = {"share": "50%", "delay": {"mean": "1h"}, "goods_from": "pack"}


def test_cancelled_orders_leave_when_they_are_in_nobodys_hands() -> None:
    way = three_cancelled()
    assert not way.kept.any()
    assert (way.cancelled / HOUR).tolist() == [0.5, 1.5, 2]
    assert (way.left / HOUR).tolist() == [1, 3, 2]
    assert way.left.tolist() == way.gone.tolist()
    assert not way.on_time.any()


def test_what_is_put_back_has_left_before_it_is_gone() -> None:
    restocking = {"pool": "packers", "work": "15min/parcel"}
    way = three_cancelled(cancellations={**CANCELLING, "restocking": restocking})
    # The packer goes on with order 1 and then puts 0 back, then 1.
    assert way.line.stations == ("pack", "restock")
    assert (way.left / HOUR).tolist() == [1, 3, 2]
    assert (way.gone / HOUR).tolist() in ([1.25, 3.5, 2], [3.25, 3.5, 2])


def test_cancelled_but_still_in_work_when_the_run_ends() -> None:
    one = {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}}
    scenario = shop(pools={"packers": {"shifts": one}})
    way = campaign(scenario, book([0, 0]), [[20, 1]], cancelled=[1, 13]).way
    assert way.kept.tolist() == [False, True]
    assert np.isnan(way.left).all()


def test_dispatched_before_it_is_cancelled_is_not_cancelled() -> None:
    way = campaign(shop(courier=None), book([0]), [[1]], cancelled=[1]).way
    assert way.kept.all()
    assert way.on_time.all()


def test_returned_parcels_are_no_orders() -> None:
    handling = {"pool": "packers", "work": "30min/parcel"}
    scenario = shop(returns={"share": "50%", "delay": {"mean": "1h"}, "handling": handling})
    # Of three jobs the second is a parcel that came back at 0.5.
    jobs = jobs_of(
        [0, 0.5 * HOUR, 1 * HOUR],
        [[HOUR, 0, HOUR], [0, 0.5 * HOUR, 0]],
        skips=[0b10, 0b01, 0b10],
        is_return=[False, True, False],
    )
    work = Work(jobs=jobs, order_of=np.array([0, -1, 1]), job_of=np.array([0, 2]))
    way = sent(scenario, book([0, 1]), work).way
    assert (way.dispatched / HOUR).tolist() == [1, 2]
    assert (way.came_back / HOUR).tolist() == [0.5]
    assert (way.put_away / HOUR).tolist() == [1]
