"""What random scenarios are drawn with: options, numbers and moments of a small campaign."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

Spec = dict[str, Any]
"""A part of a scenario as it would be written in a file."""


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws; an option is on with the chance `option`.

    The campaign's traffic runs from `starts` to `ends`, the run to `limit` at the latest.
    """

    random: Random
    option: float
    starts: datetime
    ends: datetime
    limit: datetime

    def between(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        return self.random.randint(least, most)

    def one_of(self, *values: Any) -> Any:
        """Return one of the values."""
        return self.random.choice(values)

    def on(self) -> bool:
        """Tell whether an option is on."""
        return self.random.random() < self.option

    def some(self, values: list[str], most: int) -> list[str]:
        """Return up to `most` of the values, none twice, in their order."""
        taken = set(self.random.sample(values, min(len(values), self.between(0, most))))
        return [value for value in values if value in taken]

    def moment(self) -> str:
        """Return a moment of the run, often a full hour, so that much falls on one."""
        return self._within(self.limit)

    def early(self) -> str:
        """Return a moment of the campaign's traffic."""
        return self._within(self.ends)

    def soon(self) -> str:
        """Return a time of day that the clock shows within the first hour."""
        first = self.starts.replace(minute=0, second=0) + timedelta(hours=1)
        return f"{first:%H:%M}"

    def clock(self) -> str:
        """Return any time of day, more often one of the run."""
        if self.between(0, 3):
            return f"{datetime.fromisoformat(self.moment()):%H:%M}"
        return f"{self.between(0, 23):02d}:{self.one_of('00', '15', '30', '45')}"

    def day(self, number: int) -> str:
        """Return the date so many days after the start."""
        return f"{self.starts + timedelta(days=number):%Y-%m-%d}"

    def duration(self) -> str:
        """Return a duration, which may be 0."""
        return str(self.one_of("0s", "30s", "5min", "20min", "1h"))

    def length(self) -> str:
        """Return a duration that is not 0."""
        return str(self.one_of("1min", "15min", "40min", "1h", "3h"))

    def spread(self) -> Spec:
        """Return a distribution; often it is none, so that ties stay."""
        return dict(
            self.one_of(
                {"kind": "deterministic"},
                {"kind": "deterministic"},
                {"kind": "deterministic"},
                {"kind": "exponential"},
                {"kind": "lognormal", "cv": 0.7},
                {"kind": "gamma", "cv": 1.5},
                {"kind": "erlang", "phases": 3},
                {"kind": "empirical", "observed": [0, 1, 2, 9]},
            )
        )

    def delay(self) -> Spec:
        """Return a delay with its distribution."""
        mean = self.one_of("5min", "30min", "1h")
        return {"mean": mean, "distribution": self.spread()}

    def share(self) -> str:
        """Return a share of some, but not of all."""
        return str(self.one_of("5%", "30%", "60%"))

    def orders(self, least: int, most: int) -> str:
        """Return a number of orders."""
        return f"{self.between(least, most)} orders"

    def people(self, least: int, most: int) -> str:
        """Return a number of people."""
        return f"{self.between(least, most)} people"

    def _within(self, until: datetime) -> str:
        quarters = int((until - self.starts) / timedelta(minutes=15))
        steps = self.between(0, min(quarters, 100))
        if steps > 4 and self.between(0, 1):
            steps -= steps % 4
        return f"{self.starts + steps * timedelta(minutes=15):%Y-%m-%dT%H:%M:%S}"
