"""Trying rosters on the same customers: quickly to find the way, in full before it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isnan, nan

from simulate.experiment.points import Points
from simulate.experiment.rosters import DESK, Knob, Roster, price_of, with_roster
from simulate.experiment.stopping import estimates
from simulate.results.estimates import estimate
from simulate.results.outcome import Estimate, VerdictWord
from simulate.results.sample_store import Sample
from simulate.results.summary import unit_of
from simulate.results.verdict import bounds, holds, judge
from simulate.scenario.loading import Loaded
from simulate.scenario.promises import AT_LEAST

PROBE = 20
"""Replications on which a roster is tried before it is tested in full."""

NEGLIGIBLE = 0.005
"""A roster that misses by so little more comes as close as another."""

OF_THE_DESK = frozenset(
    {"first_response_p90", "abandonment_share", "enquiry_order_share", "order_paid_share"}
)
"""Targets that the service desk decides; all others are the warehouse's."""

SHOWN = (
    "on_time_share", "late_orders", "lead_time_p90", "peak_backlog",
    "backlog_clearance", "overtime", "cost_per_order", "contribution",
)  # fmt: skip
"""Measures that are told of a roster beside those with a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterResult:
    """What a roster gives: its verdict on so many replications, and its measures.

    `price`: what the people cost that may be changed, or their hours without wages.
    """

    people: Roster
    price: float
    word: VerdictWord
    replications: int
    measures: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class Probe:
    """How a roster does on a few replications.

    `shortfall`: by target that is missed on average, by how much of it; `assurance`: of the target
    that is closest, its distance in half intervals.
    """

    shortfall: dict[str, float]
    assurance: float

    @property
    def holds(self) -> bool:
        """Whether every target is held on average."""
        return not self.shortfall

    @property
    def missing(self) -> float:
        """All that is missing."""
        return sum(self.shortfall.values())


NOBODY = Probe({"": float("inf")}, -float("inf"))
"""A roster with which orders would wait for ever."""


@dataclass(slots=True)
class Search:
    """Tries rosters of one scenario.

    A few replications of a roster are read with the help of one that is known on many: to the
    many's mean is added by how much the two differ on the few, on the same customers (a control
    variate: A. M. Law, "Simulation Modeling and Analysis", 5th edition, section 11.4).

    On average more people never make it worse, so what has fewer people everywhere than a roster
    that failed is not tried. (In single campaigns more people can make an order later: R. L.
    Graham, 1969.) `allowed` tells which rosters may be looked at.
    """

    loaded: Loaded
    knobs: Sequence[Knob]
    points: Points
    seed: int
    most: int
    allowed: Callable[[Roster], bool]
    tried: dict[Roster, list[Sample]] = field(default_factory=dict)
    results: dict[tuple[Roster, int], RosterResult] = field(default_factory=dict)
    failed: set[Roster] = field(default_factory=set)
    shifts: dict[str, float] = field(default_factory=dict)
    _known_on: int = PROBE

    def probe(self, rosters: Sequence[Roster]) -> list[Probe]:
        """Return how `rosters` do on `PROBE` replications, all at once."""
        due = [each for each in dict.fromkeys(rosters) if each not in self.tried]
        plans = {each: with_roster(self.loaded, self.knobs, each) for each in due}
        known = {each: plan for each, plan in plans.items() if plan is not None}
        found = self.points.at(list(known.values()), self.seed, PROBE)
        self.tried |= {each: [] for each in due}
        self.tried |= dict(zip(known, found, strict=True))
        return [self._judged(self.tried[each]) for each in rosters]

    def is_hopeless(self, roster: Roster) -> bool:
        """Tell whether a roster has nowhere more people than one that failed."""
        worse = [
            each
            for each in (*self.failed, *self.tried)
            if all(one <= other for one, other in zip(roster, each, strict=True))
        ]
        return any(
            each in self.failed or not self._judged(self.tried[each]).holds for each in worse
        )

    def seems_to_hold(self, roster: Roster) -> bool:
        """Tell whether a roster may be looked at and holds every target on average."""
        if not self.allowed(roster) or self.is_hopeless(roster):
            return False
        return self.probe([roster])[0].holds

    def test(self, roster: Roster, seed: int | None = None) -> RosterResult:
        """Return what a roster gives, on as many replications as make its verdict clear."""
        seed = self.seed if seed is None else seed
        if (roster, seed) not in self.results:
            plan = with_roster(self.loaded, self.knobs, roster)
            samples = self.points.until_clear(plan, seed, self.most) if plan is not None else []
            self.results[roster, seed] = self.result(roster, samples)
            if seed == self.seed and len(samples) > self._known_on:
                self._learn(samples)
        found = self.results[roster, seed]
        if found.word not in ("pass", "none"):
            self.failed.add(roster)
        return found

    def _learn(self, samples: Sequence[Sample]) -> None:
        """Note by how much the first replications of a roster stray from all of them."""
        self._known_on = len(samples)
        scenario = self.loaded.scenario
        few, many = estimates(scenario, samples[:PROBE]), estimates(scenario, samples)
        self.shifts = {name: many[name].mean - few[name].mean for name in many if name in few}

    def result(self, roster: Roster, samples: Sequence[Sample]) -> RosterResult:
        """Return what `samples` of a roster say."""
        scenario = self.loaded.scenario
        found = estimates(scenario, samples)
        asked = bounds(scenario.targets)
        word: VerdictWord = judge(scenario.targets, found).word if samples else "fail"
        for name in (*asked, *SHOWN):
            values = [v for each in samples if not isnan(v := each.get(name, nan))]
            if values and name not in found:
                signed = name == "contribution"
                found[name] = estimate(values, unit_of(name, scenario.currency), is_signed=signed)
        return RosterResult(
            people=roster,
            price=price_of(self.knobs, roster),
            word=word,
            replications=len(samples),
            measures={name: found[name] for name in dict.fromkeys((*asked, *SHOWN))
                      if name in found},
        )  # fmt: skip

    def _judged(self, samples: Sequence[Sample]) -> Probe:
        if not samples:
            return NOBODY
        found = estimates(self.loaded.scenario, samples)
        shortfall: dict[str, float] = {}
        assurance = float("inf")
        for name, target in bounds(self.loaded.scenario.targets).items():
            if name not in found:
                continue
            each = found[name]
            mean = each.mean + self.shifts.get(name, 0.0)
            margin = (mean - target) * (1.0 if name in AT_LEAST else -1.0)
            half = max(each.high - each.low, 1e-12) / 2
            assurance = min(assurance, margin / half)
            if not holds(name, mean, target):
                shortfall[name] = abs(margin) / max(abs(target), 1e-9)
        return Probe(shortfall, assurance)

    def useful(self, roster: Roster) -> list[int]:
        """Return the knobs that can mend what a roster misses: the desk's, the warehouse's, all."""
        missed = set(self.probe([roster])[0].shortfall)
        tested = self.results.get((roster, self.seed))
        if not missed and tested is not None:
            judgements = judge(self.loaded.scenario.targets, tested.measures).judgements
            missed = {each.measure for each in judgements if each.word != "pass"}
        of_desk = {name in OF_THE_DESK for name in missed} or {True, False}
        return [index for index, knob in enumerate(self.knobs) if (knob.pool == DESK) in of_desk]

    def up(self, roster: Roster) -> Roster | None:
        """Add people until every target is held; None if the bounds do not allow enough."""
        if not self.probe([roster])[0].holds and self.is_out_of_reach():
            return None
        found = self.climb(roster)
        return found if self.probe([found])[0].holds else None

    def climb(self, roster: Roster) -> Roster:
        """Add people, each where it brings most for the money, until every target is held.

        Or until nobody else is allowed. A shift goes on getting people as long as each brings at
        least half of what the first one did; only then all are tried anew.
        """
        probe = self.probe([roster])[0]
        while not probe.holds and (found := self.one_more(roster)) is not None:
            step = tuple(more - less for more, less in zip(found, roster, strict=True))
            after = self.probe([found])[0]
            first = self._gain(probe, after)
            roster, probe = found, after
            while not probe.holds and 0 < first < float("inf"):
                further = tuple(map(sum, zip(roster, step, strict=True)))
                if not self.allowed(further):
                    break
                after = self.probe([further])[0]
                if self._gain(probe, after) < first / 2:
                    break
                roster, probe = further, after
        return roster

    def is_out_of_reach(self) -> bool:
        """Tell whether not even the most people that the bounds allow are enough."""
        top = tuple(knob.most for knob in self.knobs)
        return self.allowed(top) and not self.probe([top])[0].holds

    def one_more(self, roster: Roster) -> Roster | None:
        """Return the roster with one person more where that brings most for the money."""
        probe = self.probe([roster])[0]
        options = [
            (index, more)
            for index in self.useful(roster)
            if self.allowed(more := plus(roster, index, 1))
        ]
        if not options:
            return None
        probes = self.probe([more for _, more in options])
        gains = [
            (self._gain(probe, after) / self.knobs[index].price, -self.knobs[index].price, more)
            for (index, more), after in zip(options, probes, strict=True)
        ]
        return max(gains)[2]

    def _gain(self, before: Probe, after: Probe) -> float:
        if before.holds:
            return after.assurance - before.assurance
        if after is NOBODY or before is NOBODY:
            return 0.0 if after is NOBODY else float("inf")
        return before.missing - after.missing

    def cheaper(self, roster: Roster) -> Roster:
        """Return the cheapest roster that seems to hold, taking people out and exchanging them."""
        roster = self.down(roster, self.seems_to_hold)
        while (other := self.swap(roster)) is not None:
            roster = self.down(other, self.seems_to_hold)
        return roster

    def leanest(self, roster: Roster) -> Roster:
        """Return the roster without people who bring a roster that fails no closer to holding."""
        best = self.probe([roster])[0]

        def is_as_good(fewer: Roster) -> bool:
            if not self.allowed(fewer):
                return False
            probe = self.probe([fewer])[0]
            return set(probe.shortfall) <= set(best.shortfall) and (
                probe.missing <= best.missing * (1 + NEGLIGIBLE)
            )

        return self.down(roster, is_as_good)

    def down(self, roster: Roster, is_good: Callable[[Roster], bool]) -> Roster:
        """Take people out shift by shift, in steps that grow, as long as what is left is good.

        The dearest shifts first.
        """
        for index in sorted(range(len(self.knobs)), key=lambda index: -self.knobs[index].price):
            step = 1
            while step:
                fewer = plus(roster, index, -step)
                if is_good(fewer):
                    roster, step = fewer, step * 2
                elif step == 1:
                    break
                else:
                    step //= 2
        return roster

    def swap(self, roster: Roster) -> Roster | None:
        """Return a cheaper roster with one person less here and one or two more there, if any."""
        price = price_of(self.knobs, roster)
        found = [
            plus(plus(roster, out, -1), into, number)
            for out, less in enumerate(self.knobs)
            for into, more in enumerate(self.knobs)
            for number in (1, 2)
            if out != into and (less.pool == DESK) == (more.pool == DESK)
        ]
        cheaper = sorted(
            (total, each) for each in found if (total := price_of(self.knobs, each)) < price
        )
        return next((each for _, each in cheaper if self.seems_to_hold(each)), None)


def plus(roster: Roster, index: int, people: int) -> Roster:
    """Return a roster with `people` more on one shift."""
    return (*roster[:index], roster[index] + people, *roster[index + 1 :])
