"""Inputs that may be off: from where to where, and what is written at any point between."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, isfinite, log10

from simulate.scenario.changes import changed, scaled, written
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError, Problem, refusal, shortened
from simulate.scenario.quantities import NUMBER
from simulate.scenario.ranges import Span

OFF_BY = 0.2
"""An assumption of which nobody said how far off it may be is taken to be off by so much."""

WHOLE = {
    "person": "people", "order": "orders", "unit": "units", "parcel": "parcels",
    "place": "places", "chat": "chats",
}  # fmt: skip
"""Units of which there are whole things alone, and their plural."""
ONE = {many: one for one, many in WHOLE.items()}

TIGHT = frozenset({"", "%", "x", "s", "min", "h", "d"})
"""Units that stand right behind their number, and those of which they are the first part."""

FINENESS = 1 / 40
"""Values that nobody wrote are rounded, to this part of their range or less."""


@dataclass(frozen=True, kw_only=True)
class Varied:
    """An input at `path`: what it is `planned` to be, and from where to where it may lie.

    All three are as written, in one unit. Positions run from 0 at `least` to 1 at `most`.
    """

    path: str
    planned: str
    least: str
    most: str

    @cached_property
    def numbers(self) -> tuple[float, float, float]:
        """The planned, the least and the largest value, in the unit."""
        planned, least, most = (parted(each)[0] for each in (self.planned, self.least, self.most))
        return planned, least, most

    @property
    def position(self) -> float:
        """Where the planned value lies."""
        return self.position_of(self.planned)

    def position_of(self, text: str) -> float:
        """Return where a written value lies."""
        _, least, most = self.numbers
        return (parted(text)[0] - least) / (most - least)

    def at(self, position: float) -> str:
        """Return what is written at a position; beyond 0 and 1 the range goes on."""
        _, least, most = self.numbers
        number = least + position * (most - least)
        near = [each for each in self.numbers if abs(each - number) < 1e-9 * (most - least)]
        places = ceil(-log10((most - least) * FINENESS))
        return shown(near[0] if near else round(number, places), parted(self.least)[1])


def parted(text: str) -> tuple[float, str]:
    """Return number and unit of a written quantity; ``1 person`` has the unit ``people``.

    Raises InputError if it is none.
    """
    match = re.fullmatch(rf"({NUMBER})\s*((?:[A-Za-z%].*)?)", text.strip())
    number = float(match[1].replace(",", "").replace("_", "")) if match else float("nan")
    if match is None or not isfinite(number):
        raise refusal(f"`{shortened(text)}` is not a quantity that can be varied")
    unit = re.sub(r"\s+", " ", match[2])
    return number, WHOLE.get(unit, unit)


def shown(number: float, unit: str) -> str:
    """Return a quantity as a scenario has it; of whole things there are whole numbers."""
    if unit in ONE:
        return f"{round(number)} {ONE[unit] if round(number) == 1 else unit}"
    return f"{number:.9g}{'' if unit.partition('/')[0] in TIGHT else ' '}{unit}"


def stated(loaded: Loaded) -> list[Varied]:
    """Return the inputs below `ranges`, in order; raise InputError with all that is wrong.

    A range must hold what is planned.
    """
    found = _each(loaded, "ranges", loaded.scenario.ranges)
    problems = [
        Problem(
            loaded.place(("ranges", each.path)),
            f"the range of `{each.path}`, `{each.least}` to `{each.most}`, does not hold what is "
            f"planned, `{each.planned}`: widen it",
        )
        for each in found
        if not 0 <= each.position <= 1
    ]
    if problems:
        raise InputError(*problems)
    return found


def sliders(loaded: Loaded) -> list[Varied]:
    """Return the inputs below `whatif`, in order; raise InputError with all that is wrong."""
    return _each(loaded, "whatif", loaded.scenario.whatif)


def varied(loaded: Loaded, path: str, least: str, most: str) -> Varied:
    """Return an input from `least` to `most`.

    Raises InputError if there is no such input, if the three have several units, or if the
    scenario is not right with one of them.
    """
    planned = written(loaded, path)
    if parted(least)[1] == "x" and parted(planned)[1] == "":
        planned = f"{planned}x"
    found = Varied(path=path, planned=planned, least=least, most=most)
    units = {parted(text)[1] for text in (found.planned, least, most)}
    if len(units) > 1:
        raise refusal(
            f"`{shortened(path)}` is written `{shortened(found.planned)}`: write its range in the "
            "same unit"
        )
    if not found.numbers[1] < found.numbers[2]:
        raise refusal(f"the range of `{shortened(path)}` is empty: write the smaller value first")
    for position in (0.0, 1.0):
        changed(loaded, {path: found.at(position)})
    return found


def assumed(loaded: Loaded) -> list[Varied]:
    """Return every assumed input that is a quantity, 20 % off to either side.

    Where the scenario is not right with a value so far off, the planned one is the end.
    """
    return list(_assumed(loaded))


def _assumed(loaded: Loaded) -> Iterator[Varied]:
    not_asked = {"label", "title", "summary", "targets", "ranges", "whatif", "staffing"}
    for each in loaded.inputs:
        path = ".".join(map(str, each.path))
        if each.confidence != "assumed" or not_asked & set(map(str, each.path)):
            continue
        ends = []
        for factor in (1 - OFF_BY, 1 + OFF_BY):
            try:
                text = scaled(written(loaded, path), factor)
                changed(loaded, {path: text})
            except InputError:
                text = each.text
            ends.append(text)
        try:
            found = Varied(path=path, planned=each.text, least=ends[0], most=ends[1])
            if found.numbers[1] < found.numbers[2]:
                yield found
        except InputError:
            continue


def _each(loaded: Loaded, key: str, spans: Mapping[str, Span]) -> list[Varied]:
    found: list[Varied] = []
    problems: list[Problem] = []
    for path, span in spans.items():
        try:
            found.append(varied(loaded, path, str(span.least), str(span.most)))
        except InputError as error:
            place = loaded.place((key, path))
            problems += [Problem(place, each.message) for each in error.problems]
    if problems:
        raise InputError(*problems)
    return found
