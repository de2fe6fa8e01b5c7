"""One scenario, its outcome and a language: what every chart, table and sentence is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from simulate.report.escape import plain
from simulate.report.words import Words
from simulate.results.outcome import Band, Outcome
from simulate.scenario.aftercare import Handling
from simulate.scenario.base import Text
from simulate.scenario.loading import Loaded
from simulate.scenario.scenario import Scenario

ERP = "erp"
RESTOCK, RETURNS = "restock", "returns"
"""Where cancelled goods are put back, and where parcels that come back are handled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a chart was drawn from: `owner` is the folder of its files, `name` what is told.

    `kind` is what `name` names.
    """

    kind: Literal["scenario", "plan"]
    owner: str
    name: str
    seed: int
    replications: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is shown, and in which language. Labels come back as plain text, not escaped."""

    loaded: Loaded
    outcome: Outcome
    words: Words

    @property
    def origin(self) -> Origin:
        """What this scenario's charts are drawn from."""
        outcome = self.outcome
        return Origin(
            kind="scenario",
            owner=self.loaded.name,
            name=self.loaded.name,
            seed=outcome.seed,
            replications=outcome.replications,
            fingerprint=outcome.fingerprint,
        )

    @property
    def scenario(self) -> Scenario:
        """The scenario that was simulated."""
        return self.loaded.scenario

    @property
    def stations(self) -> tuple[str, ...]:
        """Names of the stations in the order of the line."""
        return self.scenario.stations_in_order

    @property
    def handlings(self) -> dict[str, Handling]:
        """What happens to orders that come back, if it takes people, by the name of its station."""
        cancellations, returns = self.scenario.cancellations, self.scenario.returns
        found = {}
        if cancellations is not None and cancellations.restocking is not None:
            found[RESTOCK] = cancellations.restocking
        if returns is not None:
            found[RETURNS] = returns.handling
        return found

    @property
    def workplaces(self) -> tuple[str, ...]:
        """Names of all places where people work: the line, and what comes back."""
        return (*self.stations, *self.handlings)

    def pool_of(self, place: str) -> str:
        """Return the pool whose people work at a place."""
        station = self.scenario.stations.get(place)
        return station.pool if station is not None else self.handlings[place].pool

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.text(self.scenario.title) or self.loaded.name

    def text(self, label: Text | None) -> str:
        """Return a label in the reader's language, or nothing."""
        if label is None:
            return ""
        return plain(label.zh if self.words.language == "zh" else label.en)

    def place(self, name: str) -> str:
        """Return the label of a station, of the ERP, or of where orders come back to."""
        if name == ERP:
            given = self.scenario.erp.label if self.scenario.erp else None
        else:
            station = self.scenario.stations.get(name) or self.handlings.get(name)
            given = station.label if station else None
        return self.text(given) or self.words.find(f"stations.{name}") or plain(name)

    def pool(self, name: str) -> str:
        """Return the label of a labour pool."""
        return self.text(self.scenario.pools[name].label) or plain(name)

    def shift(self, pool: str, name: str) -> str:
        """Return the label of a shift; of a call-in the time at which it is decided."""
        called = self.scenario.pools[pool].call_ins.get(name)
        if called is not None:
            return f"{called.at // 60:02d}:{called.at % 60:02d}"
        shift = self.scenario.pools[pool].shifts.get(name)
        return self.text(shift.label if shift else None) or plain(name)

    def desk_shift(self, name: str) -> str:
        """Return the label of a shift of the service desk."""
        shifts = self.scenario.desk.shifts if self.scenario.desk else {}
        return self.text(shifts[name].label if name in shifts else None) or plain(name)

    def group(self, name: str) -> str:
        """Return the label of a SKU group."""
        return self.text(self.scenario.sku_groups[name].label) or plain(name)

    def channel(self, name: str) -> str:
        """Return the label of a channel."""
        return self.text(self.scenario.channels[name].label) or plain(name)

    def selling_shop(self, name: str | None) -> str:
        """Return the label of one of several shops; None is the shop of the other channels."""
        if name is None:
            return self.words.say("tables.shops.other")
        return self.text(self.scenario.shops[name].label) or plain(name)

    def rule(self, name: str) -> str:
        """Return the label of a rule of the controller."""
        rules = self.scenario.controller.rules if self.scenario.controller else {}
        return self.text(rules[name].label if name in rules else None) or plain(name)

    def measure(self, name: str) -> tuple[str, str]:
        """Return a measure's label and its definition; for one without words, its name."""
        label = self.words.find(f"measures.{name}.label")
        if label is not None:
            return label, self.words.say(f"measures.{name}.definition")
        for station in self.workplaces:
            for pattern, key in (
                (f"wait_{station}_mean", "wait_station_mean"),
                (f"utilisation_{station}", "utilisation_station"),
            ):
                if name == pattern:
                    say, shown = self.words.say, self.place(station)
                    return (
                        say(f"measures.{key}.label", station=shown),
                        say(f"measures.{key}.definition"),
                    )
        return plain(name.replace("_", " ")).capitalize(), ""

    def local(self, seconds: float) -> datetime:
        """Return the moment `seconds` after the start, in the shop's time zone."""
        start = self.scenario.local(self.scenario.starts)
        return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(self.scenario.zone)

    def moment(self, seconds: float) -> str:
        """Return a moment such as ``12 Dec 08:00``, to the nearest five minutes."""
        return say_moment(self.local(300 * round(seconds / 300)), self.words)

    def wall(self, seconds: float) -> int:
        """Return local clock time as if it were UTC, in milliseconds since 1970.

        A chart on a UTC scale then shows the shop's time, whatever zone the reader is in.
        """
        naive = self.local(seconds).replace(tzinfo=UTC)
        return round(naive.timestamp() * 1000)

    @property
    def hours_shown(self) -> int:
        """How many of the outcome's hours to show: until nothing is left to happen."""
        watched = [self.outcome.series[key] for key in ("paid", "backlog", "collected", "dock")
                   if key in self.outcome.series]  # fmt: skip
        last = max((_last_active(band) for band in watched), default=0)
        return max(1, min(len(self.outcome.hour_starts), last + 2))


def say_moment(moment: datetime, words: Words) -> str:
    """Return a local moment in words."""
    return words.say(
        "dates.moment",
        day=str(moment.day),
        month=words.say(f"months.{moment.month}"),
        time=moment.strftime("%H:%M"),
    )


def _last_active(band: Band) -> int:
    """Return the last hour in which something happens in the middle of the runs, or 0."""
    active = [hour for hour, mean in enumerate(band.mean) if mean > 0.5]
    return active[-1] if active else 0


def column_step(hours: int, most: int, steps: Sequence[int] = (1, 2, 3, 6, 12, 24, 48)) -> int:
    """Return the smallest step, in hours, that cuts `hours` into at most `most` rows."""
    return next((step for step in steps if hours / step <= most), -(-hours // most))
