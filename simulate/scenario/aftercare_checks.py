"""Whether stock, receipts, cancellations and returns fit together."""

from collections.abc import Iterator

from simulate.scenario.aftercare import Handling, Receipt
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.scenario import Scenario

Loc = tuple[str, ...]


def check_aftercare(scenario: Scenario) -> list[Finding]:
    """Return everything about goods that come in or come back that does not fit together."""
    return [*_stock(scenario), *_cancellations(scenario), *_returns(scenario)]


def _stock(scenario: Scenario) -> Iterator[Finding]:
    for name, group in scenario.sku_groups.items():
        if group.stock is None:
            continue
        loc = ("sku_groups", name, "stock")
        if group.stock.opening == 0 and not group.stock.receipts:
            message = "there is no unit and none comes in: write `receipts`, or remove `stock`"
            yield Finding((*loc, "opening"), message)
        for key, receipt in group.stock.receipts.items():
            yield from _receipt(scenario, (*loc, "receipts", key), receipt)


def _receipt(scenario: Scenario, loc: Loc, receipt: Receipt) -> Iterator[Finding]:
    if not 0 <= scenario.seconds(receipt.at) <= scenario.limit_seconds:
        message = "the goods come in outside the run, which ends at the drain limit"
        yield Finding((*loc, "at"), message)
    if receipt.units == 0:
        yield Finding((*loc, "units"), "nothing comes in: write `1 unit` or more")
    work = receipt.unloading
    if work is None:
        return
    if work.pool not in scenario.pools:
        yield unknown("pool", work.pool, scenario.pools, *loc, "unloading", "pool")
    if work.people == 0:
        message = "nobody unloads: write `1 person` or more, or remove `unloading`"
        yield Finding((*loc, "unloading", "people"), message)
    if work.lasts == 0:
        message = "unloading takes no time: write for example `2h`, or remove `unloading`"
        yield Finding((*loc, "unloading", "lasts"), message)


def _cancellations(scenario: Scenario) -> Iterator[Finding]:
    cancellations = scenario.cancellations
    if cancellations is None:
        return
    first = cancellations.goods_from
    if first not in scenario.stations:
        yield unknown("station", first, scenario.stations, "cancellations", "goods_from")
    if cancellations.restocking is not None:
        yield from _handling(scenario, ("cancellations", "restocking"), cancellations.restocking)


def _returns(scenario: Scenario) -> Iterator[Finding]:
    if scenario.returns is not None:
        yield from _handling(scenario, ("returns", "handling"), scenario.returns.handling)


def _handling(scenario: Scenario, loc: Loc, handling: Handling) -> Iterator[Finding]:
    if handling.pool not in scenario.pools:
        yield unknown("pool", handling.pool, scenario.pools, *loc, "pool")
    if handling.work == 0:
        message = "this work takes no time: write for example `2min/parcel`"
        yield Finding((*loc, "work"), message)
