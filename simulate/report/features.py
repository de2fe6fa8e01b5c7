"""Parts of a scenario that some blocks are about, and that not every scenario has."""

from collections.abc import Callable, Mapping

from simulate.scenario.scenario import Scenario


def _sells_out(scenario: Scenario) -> bool:
    stocks = (group.stock for group in scenario.sku_groups.values())
    return any(stock is not None and stock.sold_out is not None for stock in stocks)


FEATURES: Mapping[str, Callable[[Scenario], bool]] = {
    "desk": lambda scenario: scenario.desk is not None,
    "controller": lambda scenario: scenario.controller is not None,
    "sold_out": _sells_out,
    "shops": lambda scenario: bool(scenario.shops),
}
"""Tells by its name whether a scenario has a part."""
