"""Laws that every run obeys. A run that breaks one is an error, not a result."""

import numpy as np

from simulate.demand.orders import OrderBook
from simulate.results import occupancy
from simulate.results.demand_laws import broken_laws
from simulate.results.passage import Passage
from simulate.results.replication import Replication
from simulate.results.work_laws import NO_PLACE, NOBODY_FREE, overfull, work_in_order
from simulate.scenario.scenario import Scenario

ROUNDING = 1e-9
"""Relative error that sums of many times may have."""


class AuditError(Exception):
    """A run broke a law of its own accounts; the message says which."""


def audit(scenario: Scenario, way: Passage, replication: Replication) -> None:
    """Raise `AuditError` unless the run's accounts agree.

    Conservation: paid = collected + cancelled + still inside; nothing is both collected and gone.
    Order: nobody leaves a place before joining it, or without joining it. Little's law (J. D. C.
    Little, 1961): the mean number inside times the length of the run is the sum of all times
    inside. Staffing: no work begins unless somebody of the pool who is at work is free, and there
    is a place for it; the work within the staffed level is not more than the staffed time.
    Sums: in every hour the line's backlog is that of the ERP and of the stations together, and of
    orders that are stopped after one.
    """
    measures = replication.measures
    paid = measures["paid_orders"] + measures["opening_orders"]
    ended = measures["collected_orders"] + measures["cancelled_orders"]
    _demand(paid == ended + measures["unfinished_orders"], "orders were lost or doubled")
    _demand(len(way.paid) == paid, "paid orders and orders on the line differ")
    audit_way(scenario, way)
    _demand(_adds_up(scenario, way, replication), "backlogs of stations do not add up")
    for name in way.line.stations:
        used = measures[f"utilisation_{name}"]
        _demand(np.isnan(used) or -ROUNDING <= used <= 1 + ROUNDING, f"{name}: busy beyond staff")


def audit_demand(scenario: Scenario, book: OrderBook, replication: Replication) -> None:
    """Raise `AuditError` unless everything in front of the line keeps its laws."""
    for law in broken_laws(scenario, book, replication):
        raise AuditError(f"the run failed its audit: {law}")


def audit_control(acting: Replication, without: Replication) -> None:
    """Raise `AuditError` unless the same visitors are there with the controller and without it."""
    came, away = acting.channels["visitors"], acting.channels["turned_away"]
    same = np.array_equal(came + away, without.channels["visitors"])
    _demand(same, "the controller changed who would have come")


def audit_way(scenario: Scenario, way: Passage) -> None:
    """Raise `AuditError` unless a way keeps the laws of order, of Little and of staffing."""
    _demand(_one_end(way), "an order left the house in two ways")
    _demand(_in_order(way), "an order left a place before it came")
    _demand(work_in_order(way), "an order left a place before it came")
    found = overfull(scenario, way)
    _demand(found != NOBODY_FREE, "work began with nobody free")
    _demand(found != NO_PLACE, "work began without a place for it")
    _demand(_little(way), "Little's law does not hold")


def _demand(holds: bool, law: str) -> None:
    if not holds:
        raise AuditError(f"the run failed its audit: {law}")


def _one_end(way: Passage) -> bool:
    """Tell whether who is gone was cancelled, and nobody cancelled was dispatched or collected."""
    is_gone, kept = ~np.isnan(way.gone), way.kept
    sent = ~np.isnan(way.dispatched) | ~np.isnan(way.collected)
    return not np.any(is_gone & kept) and not np.any(sent & ~kept)


def _in_order(way: Passage) -> bool:
    pairs = [(way.ready, way.released), (way.released, way.dispatched)]
    pairs += [(way.dispatched, way.collected), (way.left, way.gone)]
    pairs += [(way.cancelled, np.where(way.kept, np.nan, way.left))]
    return not any(
        np.any((later < earlier) | (np.isnan(earlier) & ~np.isnan(later)))
        for earlier, later in pairs
    )


def _little(way: Passage) -> bool:
    """Compare the integral of the number inside with the sum of the times inside."""
    span = np.array([0.0, way.ended])
    went = np.where(np.isnan(way.collected), way.gone, way.collected)
    inside = occupancy.person_time(way.ready, went, span)[0]
    left = np.where(np.isnan(went), way.ended, went)
    present = way.ready <= way.ended
    stays = np.sum((left - way.ready)[present])
    return bool(abs(inside - stays) <= ROUNDING * max(1.0, way.ended * len(way.ready)))


def _adds_up(scenario: Scenario, way: Passage, replication: Replication) -> bool:
    series = replication.series
    stations = way.line.stations[: way.line.main]
    parts = series["backlog/erp"] + sum(series[f"backlog/{name}"] for name in stations)
    rest = series["backlog"] - parts
    most = ROUNDING * max(1.0, float(len(way.paid)))
    is_stopped = any(each.exceptions for each in scenario.stations.values())
    return bool(np.all(rest >= -most) and (is_stopped or np.all(rest <= most)))
