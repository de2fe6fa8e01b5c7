"""Every option of the warehouse changes a published scenario as one would expect, on average.

Each is taken out of Double 12 or changed in it, and the same customers come again.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from simulate.experiment.replications import Campaign, replicate
from simulate.scenario.loading import load
from simulate.scenario.playbook import find_playbook
from simulate.scenario.scenario import Scenario

PLAYBOOK = find_playbook(Path(__file__))
REPLICATIONS = 6
CALM = "controller: null"
"""Nobody turns demand down when the line is slow: the customers stay the same."""

LONG_BREAKS = (
    "pools: {packers: {shifts: {extra: {breaks: {lunch: {lasts: 4h}}}, "
    "weekend: {breaks: {lunch: {lasts: 3h}}}}}}"
)
EFFECTS = [
    ("no waves", "stations: {pick: {wave: null}}", "lead_time_mean", "less"),
    ("carts of one order", "stations: {pick: {cart: {orders: 1 order}}}", "lead_time_mean",
     "more"),
    ("all orders are sorted", "single_line_skips: []", "wait_sort_mean", "more"),
    ("many exceptions", "stations: {audit: {exceptions: {share: 40%, delay: {mean: 6h}}}}",
     "lead_time_mean", "more"),
    ("no rework", "stations: {check: {rework: null}}", "lead_time_mean", "less"),
    ("fewer mistakes", "stations: {check: {mis_sent: 0.1%}}", "mis_sent_orders", "less"),
    ("longer breaks", LONG_BREAKS, "wait_pack_mean", "more"),
    ("all come", "pools: {pickers: {shifts: {extra: {absence: 0%}}}}", "lead_time_mean", "less"),
    ("slow beginners", "pools: {packers: {shifts: {extra: {learning: {first_day: 20%}}}}}",
     "wait_pack_mean", "more"),
    ("nobody is moved", "pools: {pickers: {supervisor: null}, packers: {supervisor: null}}",
     "moves", "less"),
    ("no overtime", "pools: {pickers: {overtime: null}, packers: {overtime: null}}",
     "lead_time_mean", "more"),
    ("nobody is called in", "pools: {packers: {call_ins: null}}", "wait_pack_mean", "more"),
    ("crowded aisles", "stations: {pick: {crowding: {beyond: 1 person, slowdown: 50%}}}",
     "lead_time_mean", "more"),
    ("a weaker ERP", "erp: {per_day: 300 orders}", "lead_time_mean", "more"),
    ("an ERP that is often down", "erp: {failures: {time_between: 1d, repair: 6h}}",
     "lead_time_mean", "more"),
    ("one packing table", "stations: {pack: {equipment: {number: 1 place}}}", "wait_pack_mean",
     "more"),
    ("little stock", "sku_groups: {flash: {stock: {opening: 10 units}}}", "waiting_for_stock",
     "more"),
    ("vans on time", "courier: {late: null, missing: 0%}", "lead_time_mean", "less"),
    ("a network with room", "courier: {overloads: null}", "lead_time_mean", "less"),
    ("nobody cancels", "cancellations: {share: 0%}", "dispatched_orders", "more"),
    ("nothing is put back", "cancellations: {restocking: null}", "wait_pick_mean", "less"),
    ("nothing comes back", "returns: null", "wait_pack_mean", "less"),
    ("a stricter promise", "sku_groups: {flash: {promise: {within: 12h}}}", "late_orders", "more"),
    ("more for the late", "sku_groups: {flash: {promise: {within: 12h}}}", "compensation", "more"),
    ("a lower wage", "pools: {packers: {wage: 20 CNY/h}}", "labour_cost", "less"),
    ("a cheaper courier", "costs: {parcel: 3 CNY/parcel}", "cost_per_order", "less"),
    ("a smaller margin", "sku_groups: {regular: {margin: 30%}}", "contribution", "less"),
]  # fmt: skip


def changed(change: str) -> Scenario:
    """Return Double 12 with a change."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "changed.yml")
        file.write_text(f"extends: double-12\n{CALM}\n{change}\n", encoding="utf-8")
        return load(file, PLAYBOOK).scenario


@cache
def means(change: str) -> dict[str, float]:
    """Return the mean of every measure that has a value in any replication."""
    found = replicate(changed(change), 1, REPLICATIONS)
    values = {name: [each.measures[name] for each in found] for name in found[0].measures}
    known = {name: some for name, some in values.items() if not np.all(np.isnan(some))}
    return {name: float(np.nanmean(some)) for name, some in known.items()}


@pytest.mark.parametrize(
    ("change", "measure", "direction"), [pytest.param(*each[1:], id=each[0]) for each in EFFECTS]
)
def test_effect(change: str, measure: str, direction: str) -> None:
    before, after = means("")[measure], means(change).get(measure, 0.0)
    assert after < before if direction == "less" else after > before


def mean_lead_of_members(change: str) -> float:
    scenario = changed(change)
    members = list(scenario.channels).index("members")
    leads: list[float] = []

    def look(_: int, campaign: Campaign) -> None:
        theirs = campaign.orders.channel == members
        leads.append(float(np.nanmean((campaign.way.collected - campaign.orders.paid)[theirs])))

    replicate(scenario, 1, REPLICATIONS, seen=look)
    return float(np.mean(leads))


def test_members_wait_less_when_they_go_first() -> None:
    assert mean_lead_of_members("") < mean_lead_of_members("channels: {members: {priority: null}}")


def test_due_dates_help_those_with_the_stricter_promise() -> None:
    promise = "sku_groups: {flash: {priority: 5, promise: {within: 20h}}}"
    assert means(promise)["late_orders"] < means(f"{promise}\ndue_dates: false")["late_orders"]


def test_a_delivery_on_the_day_itself_is_worse() -> None:
    found = replicate(load("double-12-inbound", PLAYBOOK).scenario, 1, REPLICATIONS)
    for measure in ("lead_time_mean", "peak_backlog", "waiting_for_stock"):
        assert np.mean([each.measures[measure] for each in found]) > means("")[measure]
