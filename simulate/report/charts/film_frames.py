"""The frames of a run film: what stood where in every hour, from the series of an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from simulate.report.subject import ERP, Subject

MOST_STATIONS = 8
MOST_CELLS = 12_000
DOCK = "dock"
COLOURED = (ERP, *(f"s{index}" for index in range(MOST_STATIONS)))
"""Keys of places in the order of the palette."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of a film: its key in the data, its label, and means by hour.

    `orders` wait or are worked on there, `busy` people work on them, `staff` are at work in the
    pool that serves it, which may serve others too. Nobody works where `busy` and `staff` are
    None: in the ERP, on the dock, and in the row for all small stations of a long line.
    """

    key: str
    label: str
    orders: Sequence[float]
    busy: Sequence[float] | None = None
    staff: Sequence[float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """What a film is made of, a number an hour; `frames` are the hours that it shows.

    `places` stand in the order of the line, the dock last. `backlog`: orders paid and not
    dispatched; `paid`, `collected`: since the start, by the end of the hour. `staff` has the
    people at work by pool. `peak` is the number of the frame with the highest backlog among those
    in which at least half of all people are at work, `step` how many hours one frame stands for.
    """

    places: Sequence[Place]
    backlog: Sequence[float]
    paid: Sequence[float]
    collected: Sequence[float]
    staff: dict[str, Sequence[float]]
    frames: Sequence[int]
    peak: int
    step: int

    @property
    def most_orders(self) -> float:
        """The most orders at one place."""
        return max(1.0, *(max(place.orders) for place in self.places))

    @property
    def most_people(self) -> float:
        """The most people at work in one pool."""
        return max([1.0, *(max(people) for people in self.staff.values())])

    def taken(self, frame: int) -> float:
        """Return the parcels that the courier takes in the hours of a frame."""
        first = frame * self.step
        until = min(first + self.step, len(self.collected))
        return self.collected[until - 1] - (self.collected[first - 1] if first else 0.0)


def reel_of(subject: Subject) -> Reel:
    """Return the frames of a run: one an hour; of a very long run one for several hours.

    A frame for several hours shows the one of them with the highest backlog.
    """
    shown, series = subject.hours_shown, subject.outcome.series

    def by_hour(name: str) -> Sequence[float]:
        return series[name].mean[:shown] if name in series else (0.0,) * shown

    pools = dict.fromkeys(subject.pool_of(station) for station in subject.stations)
    staff = {pool: by_hour(f"staff/{pool}") for pool in pools}
    places = [
        Place(
            key=f"s{index}",
            label=subject.place(station),
            orders=by_hour(f"backlog/{station}"),
            busy=by_hour(f"busy/{station}"),
            staff=staff[subject.pool_of(station)],
        )
        for index, station in enumerate(subject.stations)
    ]
    if len(places) > MOST_STATIONS:
        places = shortened(places, subject.words.say("charts.backlog.other"))
    waiting = by_hour(f"backlog/{ERP}")
    if max(waiting) >= 0.5:
        places.insert(0, Place(key=ERP, label=subject.place(ERP), orders=waiting))
    dock = subject.words.say("charts.film.dock")
    places.append(Place(key=DOCK, label=dock, orders=by_hour(DOCK)))
    backlog = by_hour("backlog")
    people = [sum(hour) for hour in zip(*staff.values(), strict=True)]
    step = max(1, -(-shown * (3 * len(places) + 6) // MOST_CELLS))
    frames = [
        max(range(first, min(first + step, shown)), key=backlog.__getitem__)
        for first in range(0, shown, step)
    ]
    return Reel(
        places=places,
        backlog=backlog,
        paid=list(accumulate(by_hour("paid"))),
        collected=list(accumulate(by_hour("collected"))),
        staff=staff,
        frames=frames,
        peak=max(
            range(len(frames)),
            key=lambda frame: (2 * people[frames[frame]] >= max(people), backlog[frames[frame]]),
        ),
        step=step,
    )


def shortened(places: list[Place], label: str) -> list[Place]:
    """Return the stations with the most orders, and one row for all the others."""
    largest = sorted(places, key=lambda place: -sum(place.orders))[: MOST_STATIONS - 1]
    rest = [place.orders for place in places if place not in largest]
    together = [sum(hour) for hour in zip(*rest, strict=True)]
    kept = [place for place in places if place in largest]
    renamed = [replace(place, key=f"s{index}") for index, place in enumerate(kept)]
    return [*renamed, Place(key=f"s{len(kept)}", label=label, orders=together)]


def records_of(subject: Subject, reel: Reel) -> list[dict[str, Any]]:
    """Return one record a frame.

    ``f`` is its number, ``t`` the middle of its hour in local milliseconds, ``m`` the backlog,
    ``a`` and ``c`` orders paid and collected so far, ``v`` parcels taken in the frame; ``o``,
    ``b`` and ``p`` have orders, busy people and people at work, one number a place.
    """
    starts = subject.outcome.hour_starts
    return [
        {
            "f": frame,
            "t": subject.wall(starts[hour] + 1800),
            "m": _short(reel.backlog[hour], 0),
            "a": _short(reel.paid[hour], 0),
            "c": _short(reel.collected[hour], 0),
            "v": _short(reel.taken(frame), 1),
            "o": [_short(place.orders[hour], 1) for place in reel.places],
            "b": [_short(place.busy[hour], 2) if place.busy else 0 for place in reel.places],
            "p": [_short(place.staff[hour], 2) if place.staff else 0 for place in reel.places],
        }
        for frame, hour in enumerate(reel.frames)
    ]


def _short(amount: float, decimals: int) -> float:
    """Return a number as short as it can be, to keep specifications small."""
    rounded = round(amount, decimals if amount < 100 else 0)
    return int(rounded) if rounded == int(rounded) else rounded
