"""Whether promises, compensation, costs and targets fit together."""

from collections.abc import Iterator

from simulate.scenario.desk import Desk
from simulate.scenario.findings import Finding
from simulate.scenario.labour import Pool
from simulate.scenario.promises import Promise, WindowPromise
from simulate.scenario.quantities import Money
from simulate.scenario.scenario import Scenario

NEED_A_PROMISE = ("on_time_share", "late_orders")
NEED_A_DESK = ("first_response_p90", "abandonment_share")
NEED_QUESTIONS = ("enquiry_order_share", "order_paid_share")

Loc = tuple[str, ...]


def check_money(scenario: Scenario) -> list[Finding]:
    """Return everything about promises and money that does not fit together."""
    return [
        *_promises(scenario),
        *_compensation(scenario),
        *_margins(scenario),
        *_targets(scenario),
        *_currency(scenario),
    ]


def _promises(scenario: Scenario) -> Iterator[Finding]:
    yield from _promise(scenario, ("promise",), scenario.promise)
    for name, group in scenario.sku_groups.items():
        yield from _promise(scenario, ("sku_groups", name, "promise"), group.promise)
    for name, shop in scenario.shops.items():
        yield from _promise(scenario, ("shops", name, "promise"), shop.promise)
    if scenario.due_dates and not scenario.promises:
        message = "`due_dates` needs a `promise`: without one no order is due"
        yield Finding(("due_dates",), message)


def _promise(scenario: Scenario, loc: Loc, promise: Promise | None) -> Iterator[Finding]:
    if not isinstance(promise, WindowPromise):
        return
    opens, closes = scenario.seconds(promise.paid_from), scenario.seconds(promise.paid_until)
    if closes <= opens:
        yield Finding((*loc, "paid_until"), "the pay window must end after `paid_from`")
    elif scenario.seconds(promise.collected_by) < closes:
        message = "the cut-off must not come before the pay window ends"
        yield Finding((*loc, "collected_by"), message)
    if opens >= scenario.traffic_seconds:
        message = "the pay window opens when the campaign is over"
        yield Finding((*loc, "paid_from"), message)
    if closes <= _first_payment(scenario) and opens < closes:
        message = "the pay window ends before the campaign starts"
        yield Finding((*loc, "paid_until"), message)


def _first_payment(scenario: Scenario) -> float:
    """Return seconds from the start to the first possible payment: 0, or before it a backlog's."""
    backlog = scenario.opening_backlog
    return -backlog.paid_within if backlog is not None and backlog.orders else 0.0


def _compensation(scenario: Scenario) -> Iterator[Finding]:
    paid = scenario.compensation
    if paid is None:
        return
    if not scenario.promises:
        message = "compensation needs a `promise`: without one no order is late"
        yield Finding(("compensation",), message, of_key=True)
    if paid.least and paid.most and paid.least.amount > paid.most.amount:
        message = f"`least` is more than `most`, {paid.most}"
        yield Finding(("compensation", "least"), message)
    has_value = any(group.value for group in scenario.sku_groups.values())
    if paid.share and not has_value:
        message = "a share of an order's value, and no SKU group has a `value`"
        yield Finding(("compensation", "share"), message)
    elif not paid.share and not (paid.least and paid.least.amount):
        message = "a share of 0 % and no `least` pay nothing: remove `compensation`"
        yield Finding(("compensation", "share"), message)


def _margins(scenario: Scenario) -> Iterator[Finding]:
    for name, group in scenario.sku_groups.items():
        if group.margin is not None and group.value is None:
            message = "a margin is a share of an order's value: write its `value` too"
            yield Finding(("sku_groups", name, "margin"), message)


def _targets(scenario: Scenario) -> Iterator[Finding]:
    given = {name for name in type(scenario.targets).model_fields
             if getattr(scenario.targets, name) is not None}  # fmt: skip
    for name in NEED_A_PROMISE:
        if name in given and not scenario.promises:
            message = f"`{name}` needs a `promise`: without one no order is late"
            yield Finding(("targets", name), message)
    for name in NEED_A_DESK:
        if name in given and scenario.desk is None:
            message = f"`{name}` needs a service desk: write `desk`, or remove the target"
            yield Finding(("targets", name), message)
    for name in NEED_QUESTIONS:
        if name in given and not _anybody_asks(scenario):
            message = f"`{name}` is of visitors who ask: write `enquiry_share` in `conversion`"
            yield Finding(("targets", name), message)
    if "cost_per_order" in given and not _costs_anything(scenario):
        message = "`cost_per_order` needs costs: write `wage` in the pools, or `costs`"
        yield Finding(("targets", "cost_per_order"), message)
    if scenario.expected is not None and not given:
        yield Finding(("expected",), "a verdict can be expected only where there are `targets`")


def _anybody_asks(scenario: Scenario) -> bool:
    shares = [
        scenario.conversion.enquiry_share,
        *(channel.conversion.enquiry_share for channel in scenario.channels.values()),
        *(phase.conversion.enquiry_share for phase in scenario.phases.values()),
    ]
    return any(shares)


def _costs_anything(scenario: Scenario) -> bool:
    return (
        scenario.compensation is not None
        or scenario.costs.parcel is not None
        or scenario.costs.material is not None
        or any(_is_paid(roster) for roster in (*scenario.pools.values(), scenario.desk))
    )


def _is_paid(roster: Pool | Desk | None) -> bool:
    if roster is None:
        return False
    return roster.wage is not None or any(shift.wage for shift in roster.shifts.values())


def _currency(scenario: Scenario) -> Iterator[Finding]:
    for loc, money in _amounts(scenario):
        if money is not None and money.currency != scenario.currency:
            message = f"`{money}` is not in the shop's currency: write it in {scenario.currency}"
            yield Finding(loc, message)


def _amounts(scenario: Scenario) -> Iterator[tuple[Loc, Money | None]]:
    for name, channel in scenario.channels.items():
        for field in ("spend", "cpc", "cpm", "slot_fee", "message_price"):
            yield ("channels", name, field), getattr(channel, field)
        if channel.saturation is not None:
            yield ("channels", name, "saturation", "linear_up_to"), channel.saturation.linear_up_to
    for name, offer in scenario.offers.items():
        if offer.coupon is not None:
            yield ("offers", name, "coupon", "threshold"), offer.coupon.threshold
            yield ("offers", name, "coupon", "off"), offer.coupon.off
    for name, group in scenario.sku_groups.items():
        yield ("sku_groups", name, "value", "mean"), group.value.mean if group.value else None
    for name, pool in scenario.pools.items():
        yield ("pools", name, "wage"), pool.wage
        for key, shift in pool.shifts.items():
            yield ("pools", name, "shifts", key, "wage"), shift.wage
    if scenario.desk is not None:
        yield ("desk", "wage"), scenario.desk.wage
        for key, shift in scenario.desk.shifts.items():
            yield ("desk", "shifts", key, "wage"), shift.wage
    yield ("costs", "parcel"), scenario.costs.parcel
    yield ("costs", "material"), scenario.costs.material
    yield ("targets", "cost_per_order"), scenario.targets.cost_per_order
    if scenario.compensation is not None:
        yield ("compensation", "least"), scenario.compensation.least
        yield ("compensation", "most"), scenario.compensation.most
