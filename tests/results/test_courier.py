import numpy as np

from simulate.results.courier import courier_measures, waiting_at_visits
from simulate.warehouse.log import Visit
from tests.results.campaigns import HOUR, by_hand, measures, shop
from tests.warehouse.lines import NEVER


def visit(planned: float, came: float, taken: int = 0) -> Visit:
    return Visit(name="noon", planned=planned * HOUR, came=came * HOUR, capacity=3, taken=taken)


def test_missed_and_late() -> None:
    visits = [visit(6, 6), visit(8, NEVER), visit(10, 10.5), visit(12, 13)]
    late = {"share": "10%", "delay": "1h"}
    collections = {"noon": {"at": "12:00"}}
    both = shop(courier={"collections": collections, "missing": "5%", "late": late}).courier
    assert courier_measures(both, visits) == {"missed_collections": 1, "late_collections": 2}
    assert courier_measures(shop().courier, visits) == {}
    assert courier_measures(None, []) == {}


def test_parcels_on_the_dock_as_the_courier_comes() -> None:
    # Four are packed by 3, three of them taken at 6.
    done = by_hand()
    (only,) = done.way.log.visits
    assert (only.planned, only.came, only.capacity, only.taken) == (6 * HOUR, 6 * HOUR, 3, 3)
    assert waiting_at_visits(done.way).tolist() == [4]
    assert measures(shop(), done).waiting.tolist() == [4]


def test_a_visit_that_is_missed_counts_those_there_when_it_was_planned() -> None:
    way = by_hand().way
    way.log.visits[:] = [visit(1.25, NEVER), visit(6, 6, 3), visit(7, 7)]
    assert waiting_at_visits(way).tolist() == [1, 4, 1]
    assert np.isnan(way.log.visits[0].came)
