"""Whether shops that share the warehouse, and what customers do when goods sell out, fit in."""

from collections.abc import Iterator

from simulate.scenario.aftercare import SoldOut
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.scenario import Scenario

SHARE_TOLERANCE = 0.001
"""Shares that should add up to 1 may miss it by a tenth of a percentage point."""


def check_shops(scenario: Scenario) -> list[Finding]:
    """Return everything about shops and sold-out goods that does not fit together."""
    findings = list(_shops(scenario))
    for name, group in scenario.sku_groups.items():
        if group.stock is not None and group.stock.sold_out is not None:
            is_last = not group.stock.receipts
            findings += _sold_out(scenario, name, group.stock.sold_out, is_last)
    return findings


def _shops(scenario: Scenario) -> Iterator[Finding]:
    named = {channel.shop for channel in scenario.channels.values()}
    for name, channel in scenario.channels.items():
        if channel.shop is not None and channel.shop not in scenario.shops:
            yield unknown("shop", channel.shop, scenario.shops, "channels", name, "shop")
    for name in scenario.shops:
        if name not in named:
            message = f"no channel belongs to this shop: write `shop: {name}` in its channels"
            yield Finding(("shops", name), message, of_key=True)


def _sold_out(
    scenario: Scenario, group: str, sold_out: SoldOut, is_last: bool
) -> Iterator[Finding]:
    loc = ("sku_groups", group, "stock", "sold_out")
    for name in sold_out.take:
        if name == group:
            message = f"`{name}` is what is sold out: name another SKU group"
            yield Finding((*loc, "take", name), message, of_key=True)
        elif name not in scenario.sku_groups:
            found = unknown("SKU group", name, scenario.sku_groups)
            yield Finding((*loc, "take", name), found.message, of_key=True)
    total = sold_out.leave + sold_out.wait + sum(sold_out.take.values())
    if abs(total - 1) > SHARE_TOLERANCE:
        message = (f"who leaves, who waits and who takes another add up to {100 * total:.4g} %, "
                   "not to 100 %")  # fmt: skip
        yield Finding(loc, message, of_key=True)
    if sold_out.wait and is_last:
        message = "nothing more comes in that they could wait for: write `receipts` of the stock"
        yield Finding((*loc, "wait"), message)
