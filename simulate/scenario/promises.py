"""What is promised to customers, and what the campaign is judged by."""

from typing import Annotated, Literal

from pydantic import Field

from simulate.scenario.base import Moment, Part
from simulate.scenario.quantities import Amount, Duration, MoneyPerOrder, Orders, Share


class HoursPromise(Part):
    """Collected `within` a time after payment."""

    kind: Literal["hours"]
    within: Duration


class WindowPromise(Part):
    """Orders paid from `paid_from` to `paid_until` are collected by `collected_by`.

    Orders paid outside the window are collected `otherwise_within` a time after payment.
    """

    kind: Literal["window"]
    paid_from: Moment
    paid_until: Moment
    collected_by: Moment
    otherwise_within: Duration


Promise = Annotated[HoursPromise | WindowPromise, Field(discriminator="kind")]


class Compensation(Part):
    """What a late order costs: `share` of its value, at least `least` and at most `most`."""

    share: Share
    least: Amount | None = None
    most: Amount | None = None


class OpeningBacklog(Part):
    """Orders that are paid and untouched when the scenario starts.

    They were paid evenly over the time `paid_within` before the start.
    """

    orders: Orders
    paid_within: Duration


class Targets(Part):
    """What the campaign must reach, by measure.

    Shares on time, of enquiries that order and of orders that are paid are least values, every
    other target a greatest one. Durations are in
    seconds here and in hours in the results.
    """

    on_time_share: Share | None = None
    late_orders: Orders | None = None
    unfinished_orders: Orders | None = None
    peak_backlog: Orders | None = None
    lead_time_p50: Duration | None = None
    lead_time_p90: Duration | None = None
    lead_time_p99: Duration | None = None
    backlog_clearance: Duration | None = None
    overtime: Duration | None = None
    cost_per_order: MoneyPerOrder | None = None
    first_response_p90: Duration | None = None
    abandonment_share: Share | None = None
    enquiry_order_share: Share | None = None
    order_paid_share: Share | None = None


AT_LEAST = frozenset({"on_time_share", "enquiry_order_share", "order_paid_share"})
"""Targets that a measure must reach from below; all others are upper bounds."""
