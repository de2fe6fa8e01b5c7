from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulate.demand.conversion import Choices, choose, conversion_of, shares_of
from simulate.demand.mixes import mixes_of
from simulate.demand.offers import prices_of
from simulate.demand.rates import rates_of
from simulate.demand.shoppers import Shoppers, draw_shoppers
from simulate.scenario.scenario import Scenario

from .shop import shop

CROWD = {"search": {"visitors": "50000 visitors/day"}}


def decide(scenario: Scenario) -> tuple[Shoppers, Choices]:
    shoppers = draw_shoppers(rates_of(scenario), scenario.forecast_error, 1, 0)
    shares = shares_of(scenario, mixes_of(scenario, prices_of(scenario)))
    return shoppers, choose(shoppers, shares, 1, 0)


def asking(shoppers: Shoppers, choices: Choices) -> list[int]:
    """Who asks, by channel."""
    asked = np.bincount(shoppers.channel[choices.asking], minlength=len(shoppers.by_row))
    return [int(each) for each in asked]


def test_visitors_ask_and_order_by_their_shares() -> None:
    shares = {"order_share": "4%", "enquiry_share": "20%", "enquiry_order_share": "30%"}
    shoppers, choices = decide(shop(channels=CROWD, conversion=shares))
    visitors = len(shoppers.place)
    assert stats.binomtest(len(choices.asking), visitors, 0.2).pvalue > 0.001
    ordering = 0.2 * 0.3 + 0.8 * 0.04
    assert stats.binomtest(len(choices.ordering), visitors, ordering).pvalue > 0.001


@pytest.mark.parametrize(
    ("shares", "ordering", "asks"),
    [
        ({"order_share": "0%"}, 0, 0),
        ({"order_share": "100%"}, 1, 0),
        ({"order_share": "0%", "enquiry_share": "100%", "enquiry_order_share": "100%"}, 1, 1),
        ({"order_share": "100%", "enquiry_share": "100%"}, 0, 1),
    ],
)
def test_shares_of_0_and_1_hold_for_everyone(
    shares: dict[str, str], ordering: int, asks: int
) -> None:
    shoppers, choices = decide(shop(channels=CROWD, conversion=shares))
    visitors = len(shoppers.place)
    assert len(choices.ordering) == ordering * visitors
    assert len(choices.asking) == asks * visitors


def test_a_channel_differs_in_the_shares_it_names() -> None:
    channels = {
        "search": {"visitors": "2400 visitors/day"},
        "display": {"visitors": "2400 visitors/day", "conversion": {"order_share": "100%"}},
    }
    shares = {"order_share": "0%", "enquiry_share": "10%", "paid_share": "70%"}
    scenario = shop(channels=channels, conversion=shares)
    assert conversion_of(scenario, "search") == scenario.conversion
    own = conversion_of(scenario, "display")
    assert (own.order_share, own.enquiry_share, own.paid_share) == (1, 0.1, 0.7)
    shoppers, choices = decide(scenario)
    asked = asking(shoppers, choices)
    assert asked[1] > 0
    assert len(choices.ordering) == shoppers.by_row[1] - asked[1]
    assert (choices.ordering >= shoppers.by_row[0]).all()


def test_a_phase_scales_both_order_shares_up_to_1() -> None:
    first_day = {"starts": "2026-12-12T00:00", "ends": "2026-12-13T00:00", "order_share": "5x"}
    shares = {"order_share": "10%", "enquiry_share": "50%", "enquiry_order_share": "40%"}
    scenario = shop(channels=CROWD, conversion=shares, phases={"burst": first_day})
    shoppers, choices = decide(scenario)
    segment = shoppers.cells(choices.ordering)[1]
    visitors = shoppers.counts[0]
    burst = int((segment < 24).sum())
    # Five times 10 % of half of them, and of the other half all.
    assert stats.binomtest(burst, int(visitors[:24].sum()), 0.25 + 0.5).pvalue > 0.001
    after = len(segment) - burst
    assert stats.binomtest(after, int(visitors[24:].sum()), 0.05 + 0.2).pvalue > 0.001


def test_a_larger_share_keeps_every_order_and_adds_some() -> None:
    few = decide(shop(channels=CROWD, conversion={"order_share": "4%"}))[1].ordering
    more = decide(shop(channels=CROWD, conversion={"order_share": "5%"}))[1].ordering
    assert set(few) < set(more)


def test_asking_leaves_the_orders_of_those_who_do_not_ask() -> None:
    plain = decide(shop(channels=CROWD, conversion={"order_share": "50%"}))[1]
    asked = {"order_share": "50%", "enquiry_share": "30%", "enquiry_order_share": "50%"}
    assert np.array_equal(
        decide(shop(channels=CROWD, conversion=asked))[1].ordering, plain.ordering
    )


PATH = {"views": "4 views/visitor", "cart_share": "10%/view", "cart_order_share": "25%/cart"}


def test_a_path_leads_to_carts_and_orders() -> None:
    """With four views each, 1 - 0.9 ** 4 = 34.39 % have a cart, and a quarter of these order."""
    shoppers, choices = decide(shop(channels=CROWD, conversion={"path": PATH}))
    visitors = len(shoppers.place)
    assert stats.binomtest(int(choices.carts[0]), visitors, 0.3439).pvalue > 0.001
    assert stats.binomtest(len(choices.ordering), visitors, 0.3439 / 4).pvalue > 0.001


def test_a_phase_and_then_a_channel_change_single_shares() -> None:
    scenario = shop(
        channels={
            "search": {"visitors": "2400 visitors/day"},
            "live": {"visitors": "2400 visitors/day", "conversion": {"order_share": "9%"}},
        },
        conversion={"path": PATH, "paid_share": "80%"},
        phases={
            "burst": {
                "starts": "2026-12-13T00:00",
                "ends": "2026-12-14T00:00",
                "conversion": {"order_share": "7%", "paid_share": "90%"},
            }
        },
    )
    plain, burst = conversion_of(scenario, "search"), conversion_of(scenario, "search", "burst")
    assert plain.path is not None
    assert plain.ordering == pytest.approx(0.3439 / 4)
    assert (burst.path, burst.order_share, burst.paid_share) == (None, 0.07, 0.9)
    live = conversion_of(scenario, "live", "burst")
    assert (live.order_share, live.paid_share) == (0.09, 0.9)


CARTS: dict[str, dict[str, Any]] = {
    "warm-up": {
        "starts": "2026-12-12T00:00",
        "ends": "2026-12-13T00:00",
        "carts": {"share": "20%", "opens": "burst", "convert": "30%", "within": "1h"},
    },
    "burst": {"starts": "2026-12-13T00:00", "ends": "2026-12-14T00:00"},
}


def test_who_neither_orders_nor_asks_fills_a_cart() -> None:
    shares = {"order_share": "10%", "enquiry_share": "50%", "enquiry_order_share": "40%"}
    shoppers, choices = decide(shop(channels=CROWD, conversion=shares, phases=CARTS))
    early = int(shoppers.counts[0, :24].sum())
    assert stats.binomtest(int(choices.carts[0]), early, 0.45 * 0.2).pvalue > 0.001
    assert stats.binomtest(len(choices.returning), early, 0.45 * 0.2 * 0.3).pvalue > 0.001
    assert (shoppers.cells(choices.returning)[1] < 24).all()
    others = np.concatenate((choices.asking, choices.ordering))
    assert not np.isin(choices.returning, others).any()


def test_carts_leave_orders_and_enquiries_as_they_were() -> None:
    shares = {"order_share": "10%", "enquiry_share": "50%", "enquiry_order_share": "40%"}
    plain = {name: {**phase, "carts": None} for name, phase in CARTS.items()}
    before = decide(shop(channels=CROWD, conversion=shares, phases=plain))[1]
    after = decide(shop(channels=CROWD, conversion=shares, phases=CARTS))[1]
    assert np.array_equal(before.ordering, after.ordering)
    assert np.array_equal(before.asking, after.asking)


def test_who_is_answered_by_the_bot_has_a_share_of_its_own() -> None:
    desk = {
        "shifts": {"day": {"starts": "08:00", "ends": "20:00", "people": "4 people"}},
        "chats": "4 chats",
        "handling": {"mean": "5min"},
        "patience": {"mean": "5min"},
        "bot_share": "30%",
        "bot_order_share": "60%",
    }
    shares = {"order_share": "0%", "enquiry_share": "100%", "enquiry_order_share": "20%"}
    shoppers, choices = decide(shop(channels=CROWD, conversion=shares, desk=desk))
    # All who would order after either answer are potential orders; who answers is not known yet.
    assert stats.binomtest(len(choices.ordering), len(shoppers.place), 0.6).pvalue > 0.001
    assert choices.asked.all()
    scenario = shop(channels=CROWD, conversion=shares, desk=desk)
    table = shares_of(scenario, mixes_of(scenario, None))
    assert (table.after_agent.tolist(), table.after_bot.tolist()) == ([[0.2]], [[0.6]])
