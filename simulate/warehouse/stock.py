"""Goods that come in, and the people who unload them."""

from simulate.scenario.aftercare import Receipt
from simulate.scenario.clock import to_ticks
from simulate.warehouse.crew import Crew
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.instants import STOCK


def receipts(run: Run, crews: dict[str, Crew]) -> None:
    """Start a process for everything that comes in during the run."""
    for group, kind in enumerate(run.scenario.sku_groups.values()):
        for receipt in kind.stock.receipts.values() if kind.stock is not None else ():
            if 0 <= run.scenario.seconds(receipt.at) <= run.calendar.limit:
                run.env.process(_receipt(run, group, receipt, crews))


def _receipt(run: Run, group: int, receipt: Receipt, crews: dict[str, Crew]) -> Steps:
    """Have goods unloaded, from when somebody is there, and put on the shelf."""
    yield from run.reach(run.scenario.seconds(receipt.at), STOCK)
    unloading = receipt.unloading
    if unloading is not None:
        crew = crews[unloading.pool]
        if not crew.available:
            yield crew.somebody()
        crew.lend(unloading.people)
        yield from run.reach(run.env.now + to_ticks(unloading.lasts), STOCK)
        crew.take_back(unloading.people)
    run.floor.add_stock(group, receipt.units)
