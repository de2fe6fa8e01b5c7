"""Things of a shop that hold on some days only: what a campaign changes, put into its days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar, cast

from simulate.scenario.base import Part

ONE_DAY = timedelta(days=1)


class Dated(Protocol):
    """Something that holds from `first` to `last`, always without them."""

    @property
    def first(self) -> date | None:
        """The first day."""

    @property
    def last(self) -> date | None:
        """The last day."""


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Window:
    """The local days of a campaign, both included."""

    campaign: str
    first: date
    last: date


def put_into_days(
    standing: Mapping[str, D], changed: Sequence[tuple[Window, Mapping[str, D]]]
) -> dict[str, D]:
    """Return what holds all year, with what campaigns have instead on their days.

    `standing`: what the shop has, by name. `changed`: what each campaign has, in the order of
    time; their windows do not overlap. What a campaign leaves as it is, is not divided. What it
    changes or drops does not hold within its window; what it changes or adds holds there, or
    where it says itself, be it beyond the window's end: people who stay on to clear the backlog.
    The pieces of ``day`` are ``day``, ``day/2`` and so on, what a campaign brings is named after
    it: ``double-12/day``.
    """
    found: dict[str, D] = {}
    for name, item in standing.items():
        away = [window for window, own in changed if own.get(name) != item]
        pieces = list(_outside(item, away))
        found |= {name if not at else f"{name}/{at + 1}": each for at, each in enumerate(pieces)}
    for window, own in changed:
        for name, item in own.items():
            if standing.get(name) != item and (within := _within(item, window)) is not None:
                found[f"{window.campaign}/{name}"] = within
    return found


def _outside(item: D, windows: Sequence[Window]) -> Iterator[D]:
    """Yield an item for each stretch of its days that lies outside all windows."""
    first = item.first
    for window in windows:
        before = _limited(item, first, window.first - ONE_DAY)
        if before is not None:
            yield before
        first = window.last + ONE_DAY if first is None else max(first, window.last + ONE_DAY)
    rest = _limited(item, first, item.last)
    if rest is not None:
        yield rest


def _within(item: D, window: Window) -> D | None:
    first = window.first if item.first is None else max(item.first, window.first)
    return _limited(item, first, item.last or window.last, whole=False)


def _limited(item: D, first: date | None, last: date | None, *, whole: bool = True) -> D | None:
    """Return the item from `first` to `last`, and not after its own last day if it is `whole`."""
    if whole and item.last is not None:
        last = item.last if last is None else min(last, item.last)
    if first is not None and last is not None and last < first:
        return None
    if (first, last) == (item.first, item.last):
        return item
    return cast(D, cast(Part, item).model_copy(update={"first": first, "last": last}))
