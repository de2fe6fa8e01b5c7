"""One campaign whose every time and measure can be worked out by hand.

Two people pack from 00:00 to 02:00, nobody until 03:00, then one. The courier takes three parcels
at 06:00 and comes again only after the run. In hours, with work of 1, 1, 2 and 1:

    order   paid   ready  started  finished  collected  deadline
    0       -1     0      0        1         6          4.5
    1        0.5   0.5    0.5      1.5       6          6
    2        1     1      1        3         never      6.5
    3        1.25  1.25   1.5      2.5       6          6.75

A fifth order was placed at 2 and never paid. The run ends at its drain limit, at 12.
"""

from typing import Any

import numpy as np

from simulate.demand.orders import OrderBook, Orders, paid_orders
from simulate.experiment.replications import Campaign, hours_of
from simulate.results.passage import passage
from simulate.results.replication import Replication, measure
from simulate.scenario.scenario import Scenario
from simulate.warehouse.line import line_of
from simulate.warehouse.run import run_line
from simulate.warehouse.work import Work
from tests.warehouse.lines import jobs_of, work_of

HOUR = 3600.0


def shop(**changes: Any) -> Scenario:
    by_hand = {
        "title": "By hand",
        "timezone": "Asia/Shanghai",
        "starts": "2026-12-12T00:00",
        "ends": "2026-12-12T04:00",
        "drain_limit": "8h",
        "channels": {
            "search": {"visitors": "240 visitors/day"},
            "ads": {"spend": "240 CNY/day", "cpc": "1 CNY/click"},
        },
        "conversion": {"order_share": "50%"},
        "stations": {"pack": {"pool": "packers", "setup": "1h/order"}},
        "pools": {
            "packers": {
                "shifts": {
                    "night": {"starts": "00:00", "ends": "02:00", "people": "2 people"},
                    "day": {"starts": "03:00", "ends": "24:00", "people": "1 person"},
                }
            }
        },
        "courier": {"collections": {"morning": {"at": "06:00", "capacity": "3 parcels"}}},
        "promise": {"kind": "hours", "within": "5.5h"},
    }
    return Scenario.model_validate({**by_hand, **changes})


def book(paid: list[float], *, unpaid: int = 0) -> OrderBook:
    """Orders paid at these hours, those before 0 in the opening backlog; each is worth 100."""
    times = np.array(paid + [np.nan] * unpaid) * HOUR
    n = len(times)
    nothing, no = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    return OrderBook(
        placed=np.where(np.isnan(times), 2 * HOUR, times),
        paid=times,
        deadline=np.where(np.isnan(times), np.inf, times + 5.5 * HOUR),
        channel=np.where(times < 0, -1, 0),
        group=nothing,
        lines=nothing + 1,
        value=np.full(n, 100.0),
        packed=no,
        opening=times < 0,
        drawn=np.arange(n),
        priority=np.full(n, 5),
        shop=nothing - 1,
        cancel_share=np.zeros(n),
        presale=no,
        deposit=np.zeros(n),
        asked=no,
        cart=no,
        chased=no,
        coupon=no,
        moved=no,
        potential=n,
        visitors_by_channel=np.array([9, 1]),
        turned_away_by_channel=np.zeros(2, np.int64),
        turned_away_by_hour=np.zeros(4, np.int64),
        views_by_channel=np.zeros(2),
        carts_by_channel=np.zeros(2, np.int64),
        attended=None,
        sold=None,
        lost_sold_out=np.zeros(1, np.int64),
        lost_closed=np.zeros(1, np.int64),
        enquiries_by_channel=np.array([2, 0]),
    )


def campaign(scenario: Scenario, drawn: OrderBook, work: list[Any], **others: Any) -> Campaign:
    """Send the paid orders through the line, with `work` in hours, by station if there are many.

    `others` are more of `Jobs`, times in hours.
    """
    orders: Orders = paid_orders(drawn)
    rows = work if work and isinstance(work[0], list) else [work]
    hours = {"delay", "cancelled"}
    more: dict[str, Any] = {
        name: np.array(v) * (HOUR if name in hours else 1) for name, v in others.items()
    }
    jobs = jobs_of(np.maximum(orders.paid, 0.0).tolist(), (np.array(rows) * HOUR).tolist(), **more)
    return sent(scenario, drawn, work_of(jobs))


def sent(scenario: Scenario, drawn: OrderBook, work: Work) -> Campaign:
    """Send work through the line."""
    orders = paid_orders(drawn)
    stamps, log = run_line(scenario, work, 0, 0)
    return Campaign(drawn, orders, passage(line_of(scenario), work, orders, stamps, log))


def by_hand() -> Campaign:
    """The campaign of this module's table."""
    return campaign(shop(), book([-1, 0.5, 1, 1.25], unpaid=1), [1, 1, 2, 1])


def measures(scenario: Scenario, done: Campaign) -> Replication:
    return measure(scenario, done.book, done.orders, done.way, hours_of(scenario))
