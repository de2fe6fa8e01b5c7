"""The dispatch line of a whole year: the shop's, with what campaigns change on their days."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulate.plan.dated import Window, put_into_days
from simulate.plan.notes import Note, NoteKind
from simulate.scenario.aftercare import Receipt, Stock
from simulate.scenario.dispatch import Collection, Courier, LateVans, Overload
from simulate.scenario.goods import SkuGroup
from simulate.scenario.labour import Pool
from simulate.scenario.scenario import Scenario

ON_TIME = LateVans.model_validate({"share": 0, "delay": "0s"})
Campaigns = Sequence[tuple[Window, Scenario]]


def year_line(
    shop: Scenario, campaigns: Mapping[str, Scenario], windows: Sequence[Window]
) -> tuple[Scenario, list[Note]]:
    """Return the shop as a scenario whose line serves all `campaigns`, and what is left out.

    SKU groups and channels are the shop's and then those of each campaign, named after it, in the
    order of `campaigns`. Rosters, call-ins and collections of campaigns hold on their days. What
    cannot change from day to day is the shop's all year: see `NoteKind`.
    """
    changed = [(window, campaigns[window.campaign]) for window in windows]
    changes: dict[str, Any] = {
        "sku_groups": _groups(shop, campaigns),
        "channels": {
            **shop.channels,
            **{
                f"{name}/{key}": channel
                for name, scenario in campaigns.items()
                for key, channel in scenario.channels.items()
            },
        },
        "pools": {
            name: _pool(pool, [(window, each.pools.get(name)) for window, each in changed])
            for name, pool in shop.pools.items()
        },
        "courier": _courier(shop.courier, changed),
        "cancellations": shop.cancellations or _any(campaigns, "cancellations"),
        "opening_backlog": None,
        "controller": None,
    }
    notes = [note for window, each in changed for note in _left_out(shop, window.campaign, each)]
    return shop.model_copy(update=changes), notes


def _any(campaigns: Mapping[str, Scenario], field: str) -> Any:
    given = (getattr(scenario, field) for scenario in campaigns.values())
    return next((each for each in given if each is not None), None)


def _groups(shop: Scenario, campaigns: Mapping[str, Scenario]) -> dict[str, SkuGroup]:
    """Return all SKU groups; those of a campaign have its promise and get its opening stock."""
    found = dict(shop.sku_groups)
    for name, scenario in campaigns.items():
        for key, group in scenario.sku_groups.items():
            changes: dict[str, Any] = {"promise": group.promise or scenario.promise}
            if group.stock is not None:
                changes["stock"] = _stock(group.stock, scenario, shop)
            found[f"{name}/{key}"] = group.model_copy(update=changes)
    return found


def _stock(stock: Stock, scenario: Scenario, shop: Scenario) -> Stock:
    """Return a stock that is on the shelf from the start of its campaign on."""
    receipts = {
        name: receipt
        if _has_pool(receipt, shop)
        else receipt.model_copy(update={"unloading": None})
        for name, receipt in stock.receipts.items()
    }
    opening = Receipt.model_construct(at=scenario.starts, units=stock.opening)
    return stock.model_copy(update={"opening": 0, "receipts": {"/opening": opening, **receipts}})


def _has_pool(receipt: Receipt, shop: Scenario) -> bool:
    return receipt.unloading is None or receipt.unloading.pool in shop.pools


def _pool(pool: Pool, changed: Sequence[tuple[Window, Pool | None]]) -> Pool:
    """Return a pool with the shifts and call-ins of campaigns on their days."""
    own = [(window, each) for window, each in changed if each is not None]
    shifts = put_into_days(pool.shifts, [(window, each.shifts) for window, each in own])
    call_ins = put_into_days(pool.call_ins, [(window, each.call_ins) for window, each in own])
    return pool.model_copy(update={"shifts": shifts, "call_ins": call_ins})


def _courier(courier: Courier | None, changed: Campaigns) -> Courier | None:
    if courier is None:
        return None
    own = [(window, each.courier) for window, each in changed if each.courier is not None]
    collections = [(window, _collections(each, courier)) for window, each in own]
    overloads: dict[str, Overload] = dict(courier.overloads)
    for window, each in own:
        overloads |= {
            f"{window.campaign}/{name}": overload
            for name, overload in each.overloads.items()
            if overload not in overloads.values()
        }
    changes = {
        "collections": put_into_days(courier.collections, collections),
        "overloads": overloads,
    }
    return courier.model_copy(update=changes)


def _collections(courier: Courier, standing: Courier) -> dict[str, Collection]:
    """Return a campaign's collections; how sure they are is their own where the shop's differs."""
    changes: dict[str, Any] = {}
    if courier.late != standing.late:
        changes["late"] = courier.late or ON_TIME
    if courier.missing != standing.missing:
        changes["missing"] = courier.missing
    return {
        name: each.model_copy(
            update={key: value for key, value in changes.items() if getattr(each, key) is None}
        )
        for name, each in courier.collections.items()
    }


def _left_out(shop: Scenario, name: str, scenario: Scenario) -> Iterator[Note]:
    """Yield what a campaign changes that a year cannot change from day to day."""

    def note(kind: NoteKind, names: Iterator[str] | Sequence[str] = ()) -> Note:
        return Note(kind=kind, where=name, names=tuple(sorted(names)))

    ways = ("line", "packed_beforehand_skips", "single_line_skips", "due_dates")
    stations = _differing(shop.stations, scenario.stations)
    if stations or any(getattr(shop, way) != getattr(scenario, way) for way in ways):
        yield note("stations", stations)
    if strange := set(scenario.pools) - set(shop.pools):
        yield note("pools", sorted(strange))
    both = [(key, pool, shop.pools[key]) for key, pool in scenario.pools.items()
            if key in shop.pools]  # fmt: skip
    if led := [key for key, pool, own in both if pool.supervisor != own.supervisor]:
        yield note("supervisor", led)
    if longer := [key for key, pool, own in both if pool.overtime != own.overtime]:
        yield note("overtime", longer)
    if scenario.erp != shop.erp:
        yield note("erp")
    if (shop.courier is None) != (scenario.courier is None):
        yield note("courier")
    if _aside(scenario.cancellations, "share") != _aside(shop.cancellations, "share"):
        yield note("cancellations")
    if scenario.returns != shop.returns:
        yield note("returns")
    if scenario.controller is not None:
        yield note("controller")


def _aside(part: Any, field: str) -> Any:
    """Return a part with one of its fields left out of the question."""
    return None if part is None else part.model_copy(update={field: None})


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
