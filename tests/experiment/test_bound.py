"""The fluid bound on lines that can be worked out by hand, and against the simulation."""

from pathlib import Path

import numpy as np
import pytest

from simulate.experiment.bound import bound
from simulate.experiment.fluid_work import House
from simulate.experiment.replications import hours_of, measured, simulate
from simulate.scenario.loading import Loaded, load

# Ten orders wait at midnight, each an hour of work; two people work from 08:00 to 12:00.
BY_HAND = """\
title: By hand
timezone: Asia/Shanghai
starts: 2026-12-12T00:00
ends: 2026-12-13T00:00
drain_limit: 1d
opening_backlog: {orders: 10 orders, paid_within: 1min}
channels:
  web: {visitors: 0 visitors/day}
conversion: {order_share: 100%}
stations:
  pack: {pool: crew, setup: 3600s/order}
pools:
  crew:
    shifts:
      day: {starts: 08:00, ends: 12:00, people: 2 people}
promise: {kind: hours, within: 24h}
targets: {on_time_share: 90%}
"""


def written(folder: Path, text: str) -> Loaded:
    path = folder / "hand.yml"
    path.write_text(text)
    return load(path)


def test_by_hand(tmp_path: Path) -> None:
    """Eight person-hours of ten before the deadline; the rest on the second day, by 09:00."""
    found = bound(written(tmp_path, BY_HAND))
    assert found.on_time_share.mean == pytest.approx(0.8)
    assert found.late_orders.mean == pytest.approx(2)
    (place,) = found.places
    assert (place.kind, place.name, place.station) == ("pool", "crew", "pack")
    assert place.load == pytest.approx(10 / 8)
    assert found.multiple == pytest.approx(0.8)
    assert found.waiting[:12] == (10,) * 8 + (8, 6, 4, 2)
    assert found.peak == 10
    # At most 5 % of ten is left when nothing is: two hours of work by two people from 08:00.
    assert found.cleared_at == 33 * 3600
    assert found.missed == ("on_time_share",)


def test_more_people_are_enough(tmp_path: Path) -> None:
    found = bound(written(tmp_path, BY_HAND.replace("2 people", "3 people")))
    assert found.on_time_share.mean == 1
    assert found.places[0].load == pytest.approx(10 / 12)
    assert found.multiple == pytest.approx(1.2)
    assert found.missed == ()


@pytest.mark.parametrize(
    ("added", "share", "limiting"),
    [
        ("erp: {per_day: 6 orders}\n", 0.6, "erp"),
        ("erp: {per_hour: 1 order}\n", 0.8, "crew"),
        ("courier: {collections: {noon: {at: '11:00', capacity: 5 parcels}}}\n", 0.5, "courier"),
        ("courier: {collections: {early: {at: '07:00'}}}\n", 0.0, "crew"),
    ],
)
def test_other_places_limit_too(tmp_path: Path, added: str, share: float, limiting: str) -> None:
    """Six orders a day of the ERP; one an hour is no limit; five parcels at eleven; too early."""
    found = bound(written(tmp_path, BY_HAND + added))
    assert found.on_time_share.mean == pytest.approx(share)
    assert found.places[found.limiting].name == limiting


def test_breaks_absence_and_overtime_count(tmp_path: Path) -> None:
    """Two people for three hours, one in four absent, and an hour of overtime: six person-hours."""
    shift = (
        "people: 2 people, absence: 25%, "
        "breaks: {tea: {starts: 10:00, lasts: 1h}}}\n    overtime: {backlog: 1 order, lasts: 1h"
    )
    found = bound(written(tmp_path, BY_HAND.replace("people: 2 people", shift)))
    assert found.on_time_share.mean == pytest.approx(0.6)


def test_machines_limit_people(tmp_path: Path) -> None:
    """One table for two people: four orders of ten."""
    text = BY_HAND.replace("setup: 3600s/order", "setup: 3600s/order, equipment: {number: 1 place}")
    found = bound(written(tmp_path, text))
    assert found.on_time_share.mean == pytest.approx(0.4)
    assert found.places[found.limiting].kind == "places"


@pytest.mark.parametrize("traffic", ["4x", "20x", "60x"])
def test_no_simulation_does_better(traffic: str) -> None:
    """In every campaign, but for what people still finish after the end of a shift."""
    from simulate.scenario.changes import changed

    tiny = load(Path(__file__).parents[1] / "results" / "tiny.yml")
    loaded = changed(tiny, {"traffic": traffic, "controller": None})
    house = House(loaded.scenario)
    edges = hours_of(loaded.scenario)
    for number in range(3):
        single = bound(loaded, seed=number, draws=1)
        campaign = simulate(loaded.scenario, number, 0, "compiled")
        share = measured(loaded.scenario, campaign, edges).measures["on_time_share"]
        in_hand = len(campaign.way.log.duties) * 4 * 3 / max(1, len(house.demand(number, 0)))
        assert share <= single.on_time_share.mean + in_hand
    assert np.isfinite(in_hand)
