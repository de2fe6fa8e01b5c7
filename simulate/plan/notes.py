"""What the simulation of a year leaves out or cannot hold, told to whoever reads it."""

from dataclasses import dataclass
from typing import Literal

NoteKind = Literal[
    "stations",
    "pools",
    "supervisor",
    "overtime",
    "erp",
    "courier",
    "cancellations",
    "returns",
    "controller",
    "full-month",
    "only-ads",
]
"""Left out of a campaign, for the year keeps the shop's own: how its `stations` work or follow
each other; `pools` that the shop does not have; the `supervisor` or the `overtime` of a pool; the
limits of the `erp`; a `courier` where the shop has none; when and how `cancellations` or `returns`
come; its `controller`. Of a month: the campaigns bring all of its visitors (`full-month`), or the
campaigns and the ads that its budget buys do (`only-ads`); on its ordinary days nobody comes but
by ads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that a reader should know about a simulated year.

    `where` is the campaign's name or the month's key, ``2026-12``; `names` are the stations or
    pools that are meant. `planned` and `expected` are visitors of a month, None elsewhere.
    """

    kind: NoteKind
    where: str
    names: tuple[str, ...] = ()
    planned: float | None = None
    expected: float | None = None
