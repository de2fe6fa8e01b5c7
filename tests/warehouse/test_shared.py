"""Two shops share one warehouse, each with a promise of its own."""

import numpy as np
import pytest

from simulate.experiment.foresight import Foresight
from simulate.scenario.scenario import Scenario
from simulate.warehouse.run import FLOORS, run_line
from tests.warehouse.shops import HOUR, message, shop


def two_shops(**changes: object) -> Scenario:
    """At 08:00 three orders of a shop that promises three days, and at 08:01 three of one day."""
    return shop(
        **{
            "channels": {
                "slow": message(3, "08:00", shop="taobao"),
                "fast": message(3, "08:01", shop="tmall"),
            },
            "shops": {
                "taobao": {"promise": {"kind": "hours", "within": "72h"}},
                "tmall": {"promise": {"kind": "hours", "within": "24h"}},
            },
            "stations": {"pack": {"pool": "packers", "setup": "1h/order"}},
            "due_dates": True,
            **changes,
        }
    )


@pytest.mark.parametrize("floor", FLOORS)
@pytest.mark.parametrize("due", [True, False])
def test_what_is_due_sooner_goes_first_whichever_shop_it_is_of(floor: str, due: bool) -> None:
    seed = next(s for s in range(99) if drawn(s) == [3, 3])
    ahead = Foresight(two_shops(due_dates=due), seed, 0)
    stamps, _ = run_line(two_shops(due_dates=due), ahead.work, seed, 0, floor)
    hours = stamps.dispatched / HOUR - 8
    slow, fast = (hours[ahead.orders.shop == index] for index in (0, 1))
    # The first order of the slow shop is in work when the others come.
    assert np.sort(fast).tolist() == pytest.approx([2, 3, 4] if due else [4, 5, 6])
    assert np.sort(slow).tolist() == pytest.approx([1, 5, 6] if due else [1, 2, 3])
    promised = (ahead.orders.deadline - ahead.orders.paid) / HOUR
    assert dict(zip(ahead.orders.shop.tolist(), promised.tolist(), strict=True)) == {0: 72, 1: 24}


def drawn(seed: int) -> list[int]:
    """How many orders each shop has in a draw."""
    shops = Foresight(two_shops(), seed, 0).orders.shop
    return [int(np.count_nonzero(shops == shop)) for shop in (0, 1)]
