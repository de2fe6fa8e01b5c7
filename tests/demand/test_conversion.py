import numpy as np
import pytest
from scipy import stats

from simulate.demand.conversion import Choices, choose, conversion_of
from simulate.demand.rates import rates_of
from simulate.demand.shoppers import Shoppers, draw_shoppers
from simulate.scenario.scenario import Scenario

from .shop import shop

CROWD = {"search": {"visitors": "50000 visitors/day"}}


def decide(scenario: Scenario) -> tuple[Shoppers, Choices]:
    shoppers = draw_shoppers(rates_of(scenario), scenario.forecast_error, 1, 0)
    return shoppers, choose(scenario, shoppers, 1, 0)


def test_visitors_ask_and_order_by_their_shares() -> None:
    shares = {"order_share": "4%", "enquiry_share": "20%", "enquiry_order_share": "30%"}
    shoppers, choices = decide(shop(channels=CROWD, conversion=shares))
    visitors = len(shoppers.place)
    assert stats.binomtest(int(choices.enquiries[0]), visitors, 0.2).pvalue > 0.001
    ordering = 0.2 * 0.3 + 0.8 * 0.04
    assert stats.binomtest(len(choices.ordering), visitors, ordering).pvalue > 0.001


@pytest.mark.parametrize(
    ("shares", "ordering", "asking"),
    [
        ({"order_share": "0%"}, 0, 0),
        ({"order_share": "100%"}, 1, 0),
        ({"order_share": "0%", "enquiry_share": "100%", "enquiry_order_share": "100%"}, 1, 1),
        ({"order_share": "100%", "enquiry_share": "100%"}, 0, 1),
    ],
)
def test_shares_of_0_and_1_hold_for_everyone(
    shares: dict[str, str], ordering: int, asking: int
) -> None:
    shoppers, choices = decide(shop(channels=CROWD, conversion=shares))
    visitors = len(shoppers.place)
    assert len(choices.ordering) == ordering * visitors
    assert choices.enquiries[0] == asking * visitors


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
    assert choices.enquiries[1] > 0
    assert len(choices.ordering) == shoppers.by_channel[1] - choices.enquiries[1]
    assert (choices.ordering >= shoppers.by_channel[0]).all()


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
