"""Where the verdict turns: the value of an input at which a target is no longer held.

All other inputs stay as planned, and every value is tried on the same simulated customers. Values
are halved in between until the answer is narrow; all inputs are searched at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulate.experiment.points import Points
from simulate.experiment.varied import Varied
from simulate.results.outcome import Estimate, VerdictWord
from simulate.results.sample_store import Sample
from simulate.results.summary import estimate_of
from simulate.results.verdict import bounds, holds, judge
from simulate.scenario.changes import changed
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError

PRECISION = 1 / 20
"""The answer is as narrow as this part of the range, or two neighbouring whole numbers."""

REACH = (2.0, 4.0)
"""A range at whose end nothing turns is looked beyond: so many times as far from the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The estimates at a point, its verdict, and the targets that are missed on average."""

    estimates: dict[str, Estimate]
    word: VerdictWord
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The verdict turns between two values of an input, as written.

    On average all targets are held up to `holds` and one is missed from `breaks`, `missed` there.
    `surely_holds` and `surely_breaks` are the nearest values tried that leave no doubt: whole
    intervals on one side of the targets. `is_beyond` the stated range.
    """

    holds: str
    breaks: str
    missed: tuple[str, ...]
    surely_holds: str | None
    surely_breaks: str | None
    is_beyond: bool


@dataclass(slots=True)
class Search:
    """The search from the plan towards one end of an input's range.

    `tried`: positions with what was found there. The verdict turns between `near`, where it is
    still that of the plan, and `far`, once there is one.
    """

    each: Varied
    end: float
    tried: dict[float, Judged]
    near: float
    far: float | None
    reach: list[float] = field(default_factory=lambda: list(REACH))
    is_over: bool = False

    def next(self) -> float | None:
        """Return the position to try next, None if the search is over."""
        if self.is_over:
            return None
        start = self.each.position
        if self.far is None:
            if not self.reach:
                return None
            return start + self.reach[0] * (self.end - start)
        middle = (self.near + self.far) / 2
        text = self.each.at(middle)
        known = {self.each.at(self.near), self.each.at(self.far)}
        if text in known or abs(self.far - self.near) <= PRECISION:
            return None
        # What is written may be rounded, and is what counts.
        return self.each.position_of(text)

    def tell(self, at: float, found: Judged) -> None:
        """Take note of what was found at a position."""
        self.tried[at] = found
        is_as_planned = bool(found.missed) == bool(self.tried[self.each.position].missed)
        if is_as_planned:
            self.near = at
        else:
            self.far = at
        if self.far is None and self.reach:
            self.reach.pop(0)


def judged(loaded: Loaded, samples: Sequence[Sample], more: Iterable[str] = ()) -> Judged:
    """Return what `samples` say of the targets, and of `more` measures."""
    asked = bounds(loaded.scenario.targets)
    estimates = {}
    for name in dict.fromkeys([*asked, *more]):
        values = [each[name] for each in samples if name in each and not np.isnan(each[name])]
        if values:
            estimates[name] = estimate_of(name, values, loaded.scenario.currency)
    missed = tuple(
        name
        for name, bound in asked.items()
        if name in estimates and not holds(name, estimates[name].mean, bound)
    )
    return Judged(
        estimates=estimates, word=judge(loaded.scenario.targets, estimates).word, missed=missed
    )


def break_evens(
    loaded: Loaded,
    points: Points,
    inputs: Sequence[Varied],
    planned: Judged,
    ends: Sequence[Sequence[Judged]],
    seed: int,
    replications: int,
) -> list[tuple[BreakEven, ...]]:
    """Return where the verdict turns, for every input: nowhere, below the plan, above it, or both.

    `planned` is what was found for the plan, `ends` for each input at both ends of its range.
    """
    searches = [
        _begun(loaded, each, end, planned, pair[side])
        for each, pair in zip(inputs, ends, strict=True)
        for side, end in enumerate((0.0, 1.0))
    ]
    while asked := _asked(loaded, searches):
        samples = points.at([point for _, _, point in asked], seed, replications)
        for (search, at, _), some in zip(asked, samples, strict=True):
            search.tell(at, judged(loaded, some))
    return [
        tuple(filter(None, map(_answer, searches[2 * index : 2 * index + 2])))
        for index in range(len(inputs))
    ]


def _begun(loaded: Loaded, each: Varied, end: float, planned: Judged, found: Judged) -> Search:
    """Return a search that knows the plan and one end of the range."""
    start = each.position
    search = Search(each=each, end=end, tried={start: planned}, near=start, far=None)
    if end == start:
        search.is_over = True
        return search
    search.tell(end, found)
    search.reach = list(REACH)
    search.is_over = search.far is None and not _may_turn(loaded, planned, found)
    return search


def _may_turn(loaded: Loaded, planned: Judged, found: Judged) -> bool:
    """Tell whether a straight line from the plan through an end turns the verdict within reach."""
    needed = []
    for name, bound in bounds(loaded.scenario.targets).items():
        if name in planned.estimates and name in found.estimates:
            here, there = planned.estimates[name].mean, found.estimates[name].mean
            times = (bound - here) / (there - here) if there != here else -1.0
            if bool(planned.missed) == (name in planned.missed):
                needed.append(times if times > 0 else float("inf"))
    if not needed:
        return False
    # A plan that holds breaks with its first target; one that does not, holds with its last.
    return (max if planned.missed else min)(needed) <= 2 * max(REACH)


def _asked(loaded: Loaded, searches: Sequence[Search]) -> list[tuple[Search, float, Loaded]]:
    """Return the next point of every search that goes on."""
    asked = []
    for search in searches:
        at = search.next()
        if at is None:
            continue
        try:
            point = changed(loaded, {search.each.path: search.each.at(at)})
        except InputError:  # beyond its range an input may be impossible
            search.is_over = True
            continue
        asked.append((search, at, point))
    return asked


def _answer(search: Search) -> BreakEven | None:
    if search.far is None:
        return None
    each = search.each
    held_at, broken_at = search.near, search.far
    if search.tried[each.position].missed:
        held_at, broken_at = broken_at, held_at
    return BreakEven(
        holds=each.at(held_at),
        breaks=each.at(broken_at),
        missed=search.tried[broken_at].missed,
        surely_holds=_surest(search, "pass", held_at),
        surely_breaks=_surest(search, "fail", broken_at),
        is_beyond=not 0 <= search.far <= 1,
    )


def _surest(search: Search, word: VerdictWord, near: float) -> str | None:
    """Return the value with this verdict that was tried nearest to where it turns."""
    clear = [at for at, found in search.tried.items() if found.word == word]
    return search.each.at(min(clear, key=lambda at: abs(at - near))) if clear else None
