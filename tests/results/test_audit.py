"""A run that breaks a law is refused, whichever law it is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.results.audit import AuditError, audit
from simulate.results.passage import Passage
from tests.results.campaigns import HOUR, by_hand, measures, shop
from tests.warehouse.lines import NEVER

WAY = by_hand().way
RESULT = measures(shop(), by_hand())


def changed(values: Any, at: Any, value: float) -> Any:
    other = values.copy()
    other[at] = value
    return other


def test_a_sound_run_passes() -> None:
    audit(WAY, RESULT)


@pytest.mark.parametrize(
    ("measure", "value", "law"),
    [
        ("collected_orders", 4, "lost or doubled"),
        ("unfinished_orders", 0, "lost or doubled"),
        ("cancelled_orders", 1, "lost or doubled"),
        ("utilisation_pack", 1.001, "pack: busy beyond staff"),
        ("utilisation_pack", -0.001, "pack: busy beyond staff"),
    ],
)
def test_measures_that_do_not_add_up(measure: str, value: float, law: str) -> None:
    with pytest.raises(AuditError, match=law):
        audit(WAY, replace(RESULT, measures={**RESULT.measures, measure: value}))


def test_an_order_that_is_on_no_account() -> None:
    measures = {**RESULT.measures, "paid_orders": 4.0, "unfinished_orders": 2.0}
    with pytest.raises(AuditError, match="paid orders and orders on the line differ"):
        audit(WAY, replace(RESULT, measures=measures))


@pytest.mark.parametrize(
    "broken",
    [
        replace(WAY, released=changed(WAY.released, 3, HOUR)),
        replace(WAY, started=changed(WAY.started, (0, 3), HOUR)),
        replace(WAY, finished=changed(WAY.finished, (0, 1), 0.25 * HOUR)),
        replace(WAY, collected=changed(WAY.collected, 0, 0.5 * HOUR)),
        replace(WAY, dispatched=changed(WAY.dispatched, 0, NEVER)),
        replace(WAY, queued=changed(WAY.queued, (0, 0), NEVER)),
        replace(WAY, released=np.full(4, NEVER)),
    ],
    ids=["released", "started", "finished", "collected", "undispatched", "unqueued", "unreleased"],
)
def test_an_order_that_leaves_before_it_comes(broken: Passage) -> None:
    with pytest.raises(AuditError, match="left a place before it came"):
        audit(broken, RESULT)


def test_times_inside_that_do_not_match_the_number_inside() -> None:
    # Three are collected at 6, after a run that is said to have ended at 5.
    with pytest.raises(AuditError, match="Little's law"):
        audit(replace(WAY, ended=5 * HOUR), RESULT)
