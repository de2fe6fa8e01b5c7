"""A run whose accounts of visitors, orders, units, enquiries or money disagree is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulate.demand.orders import OrderBook
from simulate.experiment.replications import Campaign, hours_of, measured, simulate
from simulate.results.audit import AuditError, audit_control, audit_demand
from simulate.results.demand_laws import broken_laws
from simulate.results.replication import Replication
from tests.demand.shop import shop

DAY = "2026-12-12"
SHOP = shop(
    channels={
        "search": {"visitors": "400 visitors/day"},
        "ads": {"spend": "100 CNY/day", "cpc": "1 CNY/click", "assisted_by": {"search": "40%"}},
    },
    conversion={
        "order_share": "20%", "enquiry_share": "30%", "enquiry_order_share": "50%",
        "paid_share": "80%",
    },
    sku_groups={
        "flash": {
            "share": "50%", "value": {"mean": "50 CNY/order"}, "margin": "20%",
            "stock": {"opening": "15 units", "sold_out": {"leave": "100%"}},
        },
        "other": {"share": "50%", "value": {"mean": "90 CNY/order"}, "margin": "30%"},
    },
    phases={
        "early": {
            "starts": f"{DAY}T00:00", "ends": f"{DAY}T06:00",
            "presale": {
                "deposit": "20%", "balance_from": f"{DAY}T06:00", "balance_until": f"{DAY}T10:00",
                "paid_share": "60%", "delay": {"mean": "30min"},
            },
        }
    },
    desk={
        "shifts": {"day": {"starts": "00:00", "ends": "24:00", "people": "1 person"}},
        "chats": "1 chat",
        "handling": {"mean": "20min"},
        "patience": {"mean": "10min"},
        "wage": "20 CNY/h",
    },
    controller={
        "every": "1h",
        "rules": {"less": {"above": "10 orders", "until": "2 orders", "cut": {"ads": "0%"}}},
    },
    costs={"parcel": "4 CNY/parcel"},
)  # fmt: skip


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return simulate(SHOP, 3, 0, "compiled")


@pytest.fixture(scope="module")
def result(campaign: Campaign) -> Replication:
    return measured(SHOP, campaign, hours_of(SHOP))


def test_everything_happens_in_this_campaign(campaign: Campaign, result: Replication) -> None:
    measures = result.measures
    for name in (
        "presale_orders", "forfeited_deposits", "desk_lost_orders", "sold_out_lost_orders",
        "turned_away_visitors", "ad_spend", "desk_cost",
    ):  # fmt: skip
        assert measures[name] > 0, name
    assert list(broken_laws(SHOP, campaign.book, result)) == []


def first(where: Any, *, values: Any, to: Any) -> Any:
    changed = values.copy()
    changed[np.flatnonzero(where)[0]] = to
    return changed


Change = Callable[[OrderBook], dict[str, Any]]


@pytest.mark.parametrize(
    ("change", "law"),
    [
        (lambda b: {"turned_away_by_channel": b.turned_away_by_channel[::-1]}, "nobody cut"),
        (lambda b: {"turned_away_by_hour": b.turned_away_by_hour * 0}, "by hour and by channel"),
        (lambda b: {"visitors_by_channel": b.visitors_by_channel // 50}, "than visitors"),
        (lambda b: {"presale": first(b.presale, values=b.presale, to=False)}, "or of no presale"),
        (lambda b: {"deposit": b.deposit * 10}, "a deposit is more than"),
        (lambda b: {"paid": first(b.paid > 0, values=b.paid, to=-1.0)}, "before it was placed"),
        (lambda b: {"drawn": b.drawn // 2}, "that nobody wanted"),
        (lambda b: {"potential": len(b)}, "that nobody wanted"),
        (lambda b: {"group": b.group * 0}, "flash: more units were sold than came in"),
        (lambda b: {"enquiries_by_channel": b.enquiries_by_channel - 1}, "that the desk has seen"),
        (
            lambda b: {"attended": replace(b.attended, gave_up=b.attended.answered)},
            "neither answered nor gave up, or both",
        ),
        (
            lambda b: {"attended": replace(b.attended, taken=b.attended.taken - 99999)},
            "before it was made",
        ),
    ],
)
def test_a_book_that_breaks_a_law(
    campaign: Campaign, result: Replication, change: Change, law: str
) -> None:
    broken = replace(campaign.book, **change(campaign.book))
    assert any(law in told for told in broken_laws(SHOP, broken, result))
    with pytest.raises(AuditError, match="the run failed its audit"):
        audit_demand(SHOP, broken, result)


@pytest.mark.parametrize("measure", ["placed_orders", "paid_orders", "visitors", "late_orders"])
def test_a_measure_that_is_not_the_sum(
    campaign: Campaign, result: Replication, measure: str
) -> None:
    off = {**result.measures, measure: result.measures[measure] + 1}
    with pytest.raises(AuditError):
        audit_demand(SHOP, campaign.book, replace(result, measures=off))


@pytest.mark.parametrize("what", ["sales", "credited", "cost", "margin"])
def test_money_of_channels_that_does_not_add_up(
    campaign: Campaign, result: Replication, what: str
) -> None:
    sums = {**result.channels, what: result.channels[what] + 0.01}
    with pytest.raises(AuditError, match="of all channels do not add up"):
        audit_demand(SHOP, campaign.book, replace(result, channels=sums))


def test_the_controller_does_not_change_who_would_come(
    campaign: Campaign, result: Replication
) -> None:
    assert campaign.without is not None
    without = measured(SHOP, campaign.without, hours_of(SHOP))
    audit_control(result, without)
    fewer = {**without.channels, "visitors": without.channels["visitors"] - 1}
    with pytest.raises(AuditError, match="who would have come"):
        audit_control(result, replace(without, channels=fewer))
