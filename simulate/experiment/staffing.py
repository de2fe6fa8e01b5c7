"""Whom do we need: the cheapest roster that holds the targets, and the best within a budget.

The search begins at today's roster, raised to what the fluid bound asks for at least. People are
added where they bring most for the money, then taken out again where they are not missed, then
exchanged for cheaper ones: greedy marginal allocation and local search (B. Fox, "Discrete
optimization via marginal analysis", Management Science 13, 1966), on common random numbers. What
looks right on a few replications is tested on as many as make the verdict clear, and confirmed
with other random numbers. The answer is the cheapest that was found; nothing proves that there is
no cheaper one, but one person fewer anywhere has been tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simulate.experiment.comparison import Difference, differences
from simulate.experiment.fluid_roster import least_by_fluid
from simulate.experiment.kept import kept
from simulate.experiment.points import Points
from simulate.experiment.roster_search import PROBE, RosterResult, Search, plus
from simulate.experiment.rosters import Knob, Roster, knobs_of, price_of, today, with_roster
from simulate.results.fingerprint import samples_fingerprint
from simulate.results.outcome import VerdictWord
from simulate.results.verdict import bounds
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import refusal
from simulate.scenario.quantities import Amount, Duration

OTHER_SEED = 1_000_003
"""Is added to the seed for the confirmation."""

MOST_TESTS = 10
MOST_CONFIRMATIONS = 3
"""So many rosters are tested in full, and confirmed, before the search gives up."""

MOST_ALTERNATIVES = 3
MOST_OVERTIME = 12.0
"""Hours that a shift may stay on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMoreOrLess:
    """The answer with `by` people more on one shift: what it costs more, and what it brings.

    `differences` from the answer, paired on `replications`; `word` is the verdict on as many.
    """

    pool: str
    shift: str
    by: int
    price: float
    word: VerdictWord
    holds: bool
    replications: int
    differences: dict[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What may not be exceeded; None without a limit.

    `budget`: for the people of the shifts that may be changed, in the shop's currency; `people`
    on these shifts together; `overtime`: hours for which every shift of the warehouse may stay.
    """

    budget: float | None = None
    people: int | None = None
    overtime: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Whom a campaign needs.

    `knobs`: the shifts that may be changed; rosters have their people in the same order. `unit`
    of all prices: the currency, or ``hours`` if some wage is missing. `least`: what the fluid
    bound asks for. `answer`: the cheapest roster found that holds every target, or under limits
    (`within`) the best that can be reached; None if no roster in the bounds holds them, and
    `best` is then the one that comes closest. `confirmed`: the answer with another seed.
    """

    scenario: str
    seed: int
    within: Within | None
    unit: str
    knobs: tuple[Knob, ...]
    least: Roster
    today: RosterResult
    answer: RosterResult | None
    best: RosterResult
    confirmed: RosterResult | None
    confirmed_seed: int
    alternatives: tuple[RosterResult, ...]
    changes: tuple[OneMoreOrLess, ...]
    tried: int


def staff(
    loaded: Loaded,
    points: Points,
    *,
    bounded: Mapping[str, tuple[int, int]] | None = None,
    within: Within | None = None,
    seed: int | None = None,
    most: int | None = None,
    folder: Path | None = None,
    published: Path | None = None,
    publish: set[str] | None = None,
) -> Staffing:
    """Return the cheapest roster of `loaded` that holds its targets, or the best `within` limits.

    `bounded` has bounds by shift, such as ``{"packers.extra": (0, 4)}``, instead of the
    scenario's own `staffing`. `most`: replications for one roster at most, the scenario's unless
    given. Kept in `folder`; `published` and `publish` as in `kept`. Raises InputError if the
    scenario has no targets, or no shift that may be changed.
    """
    scenario = loaded.scenario
    if not bounds(scenario.targets):
        raise refusal(
            f"`{loaded.name}` has no targets, so any roster would do: write `targets`, such as "
            "`on_time_share: 98%`"
        )
    seed = scenario.seed if seed is None else seed
    most = scenario.replications if most is None else most
    knobs = knobs_of(loaded, bounded)
    if within is not None and within.overtime is not None:
        loaded = with_overtime(loaded, within.overtime)
    key: dict[str, object] = {
        "samples": samples_fingerprint(loaded, seed),
        "targets": loaded.canonical_targets,
        "knobs": [[k.path, k.least, k.most, k.today, k.price] for k in knobs],
        "together": scenario.staffing.most if scenario.staffing else None,
        "within": [within.budget, within.people, within.overtime] if within else None,
        "most": most,
        "seed": seed,
    }
    found = kept(
        folder,
        "staff",
        key,
        lambda: _searched(loaded, knobs, points, seed, most, within),
        Staffing,
        published=published,
        publish=publish,
    )
    return replace(found, scenario=loaded.name)


def parse_within(
    loaded: Loaded, budget: str | None, people: int | None, overtime: str | None
) -> Within | None:
    """Return the limits as planners write them; raise InputError for one that is not right."""
    if budget is None and people is None and overtime is None:
        return None
    money = None if budget is None else _read(Amount, budget, "budget")
    if money is not None and money.currency != loaded.scenario.currency:
        raise refusal(
            f"the budget is in {money.currency}, and the shop counts in {loaded.scenario.currency}"
        )
    hours = None if overtime is None else _read(Duration, overtime, "overtime") / 3600
    if hours is not None and not 0 < hours <= MOST_OVERTIME:
        raise refusal(f"overtime lasts more than 0 and at most {MOST_OVERTIME:g}h")
    return Within(budget=money.amount if money else None, people=people, overtime=hours)


def _read(kind: Any, text: str, what: str) -> Any:
    """Return a quantity of a kind of `simulate.scenario.quantities`."""
    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        raise refusal(f"the {what}: {error.errors()[0]['msg']}") from None


def with_overtime(loaded: Loaded, hours: float) -> Loaded:
    """Return the scenario in which every shift of the warehouse may stay on for `hours`.

    A pool that has overtime keeps the backlog from which it is ordered; others stay for any.
    """
    from simulate.scenario.changes import changed

    changes: dict[str, str | None] = {}
    for name, pool in loaded.scenario.pools.items():
        if pool.overtime is None:
            loaded = _new_overtime(loaded, name, hours)
        else:
            changes[f"pools.{name}.overtime.lasts"] = f"{hours:g}h"
    return changed(loaded, changes) if changes else loaded


def _new_overtime(loaded: Loaded, pool: str, hours: float) -> Loaded:
    from simulate.scenario.changes import overlaid
    from simulate.scenario.documents import Entry, Leaf, Mapping, Origin
    from simulate.scenario.extends import merge
    from simulate.scenario.problems import Place

    place = Place(Path("overtime"), 1, 1)

    def leaf(text: str) -> Entry:
        return Entry(place, Leaf(place, text, text, Origin()))

    tree = Mapping(place, {"backlog": leaf("0 orders"), "lasts": leaf(f"{hours:g}h")})
    for key in ("overtime", pool, "pools"):
        tree = Mapping(place, {key: Entry(place, tree)})
    return overlaid(loaded, merge(loaded.tree, tree), None, f"`pools.{pool}.overtime`")


def _searched(
    loaded: Loaded,
    knobs: Sequence[Knob],
    points: Points,
    seed: int,
    most: int,
    within: Within | None,
) -> Staffing:
    if not knobs:
        raise refusal(f"`{loaded.name}` has no shift that may be changed")

    def allowed(roster: Roster) -> bool:
        return _is_allowed(loaded, knobs, roster, within)

    search = Search(loaded, knobs, points, seed, most, allowed)
    now = search.test(today(knobs))
    least = least_by_fluid(loaded, knobs)
    answer = None
    confirmed = None
    if within is None:
        answer, confirmed = _cheapest(search, least)
        best = answer or _closest(search, least)
    else:
        # Overtime alone is that of today's people.
        by_people = within.budget is not None or within.people is not None
        best = _closest(search, least) if by_people else now
        answer = best if best.word == "pass" else None
    return Staffing(
        scenario=loaded.name,
        seed=seed,
        within=within,
        unit=loaded.scenario.currency if knobs[0].cost is not None else "hours",
        knobs=tuple(knobs),
        least=least,
        today=now,
        answer=answer,
        best=best,
        confirmed=confirmed,
        confirmed_seed=seed + OTHER_SEED,
        alternatives=_alternatives(search, best),
        changes=_changes(search, best),
        tried=len({*search.tried, *(people for people, _ in search.results)}),
    )


def _is_allowed(
    loaded: Loaded, knobs: Sequence[Knob], roster: Roster, within: Within | None
) -> bool:
    if any(not k.least <= people <= k.most for k, people in zip(knobs, roster, strict=True)):
        return False
    staffing = loaded.scenario.staffing
    if staffing is not None and staffing.most is not None and sum(roster) > staffing.most:
        return False
    if within is None:
        return True
    if within.people is not None and sum(roster) > within.people:
        return False
    return within.budget is None or price_of(knobs, roster) <= within.budget


def _cheapest(search: Search, least: Roster) -> tuple[RosterResult | None, RosterResult | None]:
    """Return the cheapest roster found that holds the targets, and its confirmation."""
    start = tuple(
        max(fluid, min(knob.most, max(knob.least, knob.today)))
        for fluid, knob in zip(least, search.knobs, strict=True)
    )
    roster: Roster | None = start if search.allowed(start) else least
    for _ in range(MOST_CONFIRMATIONS):
        found = _passing(search, roster)
        if found is None:
            return None, None
        again = search.test(found.people, search.seed + OTHER_SEED)
        if again.word == "pass":
            return found, again
        roster = search.one_more(found.people)
    return None, None


def _passing(search: Search, roster: Roster | None) -> RosterResult | None:
    """Return the cheapest roster found from `roster` on that passes in full, if any."""
    best: RosterResult | None = None
    for _ in range(MOST_TESTS):
        if roster is not None and best is None:
            roster = search.up(roster) if search.allowed(roster) else None
        if roster is None:
            return best
        roster = search.cheaper(roster)
        if best is not None and roster == best.people:
            return best
        found = search.test(roster)
        if found.word == "pass":
            best = found
        elif best is not None:
            roster = best.people
        else:
            roster = search.one_more(roster)
    return best


def _closest(search: Search, least: Roster) -> RosterResult:
    """Return the roster that comes closest to the targets within the limits."""
    roster: Roster = tuple(knob.least for knob in search.knobs)
    if search.allowed(least):
        roster = least
    if not search.allowed(roster):
        raise refusal(
            "not even the fewest people that the bounds ask for are within the limits: allow "
            f"{sum(roster)} people, at {price_of(search.knobs, roster):,.0f}"
        )
    top = tuple(knob.most for knob in search.knobs)
    if search.allowed(top) and search.is_out_of_reach():
        return search.test(search.leanest(top))
    roster = search.climb(roster)
    best = search.test(roster)
    while best.word not in ("pass", "none"):
        more = search.one_more(roster)
        if more is None or _assurance(search, more) <= _assurance(search, roster):
            break
        roster, best = more, search.test(more)
    return best


def _assurance(search: Search, roster: Roster) -> float:
    return search.probe([roster])[0].assurance


def _alternatives(search: Search, best: RosterResult) -> tuple[RosterResult, ...]:
    """Return the next rosters by price that held every target wherever they were tried."""
    holding = [
        each
        for each in search.tried
        if each != best.people and each not in search.failed and search.probe([each])[0].holds
    ]
    ordered = sorted(holding, key=lambda each: (price_of(search.knobs, each), each))
    found = []
    for each in ordered[:MOST_ALTERNATIVES]:
        plan = with_roster(search.loaded, search.knobs, each)
        assert plan is not None
        known = search.results.get((each, search.seed))
        samples = search.points.at([plan], search.seed, PROBE)[0]
        found.append(known or search.result(each, samples))
    return tuple(found)


def _changes(search: Search, best: RosterResult) -> tuple[OneMoreOrLess, ...]:
    """Return what one person more and one person less on every shift would do."""
    steps = [
        (index, by, roster)
        for index, knob in enumerate(search.knobs)
        for by in (-1, 1)
        if knob.least <= (roster := plus(best.people, index, by))[index] <= knob.most
    ]
    rosters = [roster for _, _, roster in steps]
    probes = search.probe(rosters)
    plan = with_roster(search.loaded, search.knobs, best.people)
    if plan is None:
        return ()
    base = search.points.at([plan], search.seed, PROBE)[0]
    found = []
    for (index, by, roster), probe in zip(steps, probes, strict=True):
        other = with_roster(search.loaded, search.knobs, roster)
        if other is None:
            continue
        samples = search.points.at([other], search.seed, PROBE)[0]
        result = search.results.get((roster, search.seed)) or search.result(roster, samples)
        paired = differences(plan, base, other, samples)
        knob = search.knobs[index]
        found.append(
            OneMoreOrLess(
                pool=knob.pool,
                shift=knob.shift,
                by=by,
                price=by * knob.price,
                word=result.word,
                holds=probe.holds and roster not in search.failed,
                replications=result.replications,
                differences={name: paired[name] for name in best.measures if name in paired},
            )
        )
    return tuple(found)
