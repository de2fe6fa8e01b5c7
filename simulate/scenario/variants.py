"""What-ifs that a scenario lists itself: each is the scenario with a few things changed.

::

    variants:
      night-shift:
        title: {en: With a night shift, zh: 加开夜班}
        pools: {packers: {shifts: {night: {starts: 22:00, ends: 06:00+1d, people: 2 people}}}}

A variant changes its scenario as a file changes the one that it builds on. Variants belong to the
file that lists them: who builds on it does not inherit them.
"""

import re

from simulate.scenario.base import NAME_PATTERN
from simulate.scenario.documents import Entry, Key, Leaf, Mapping, Tree
from simulate.scenario.extends import merge
from simulate.scenario.problems import InputError, Problem, shortened

VARIANTS = "variants"
MOST = 8
"""More cannot be told apart in one chart."""

OWN = ("summary", "expected")
"""What is said of the scenario itself, and not of its variants."""

NOT_IN_VARIANTS = ("extends", VARIANTS, "timezone", "currency")


def without_variants(tree: Mapping) -> tuple[Mapping, Tree | None]:
    """Return a file's tree without its variants, and those as written, None if there are none."""
    entries = dict(tree.entries)
    entry = entries.pop(VARIANTS, None)
    return Mapping(tree.place, entries), None if entry is None else entry.tree


def merged_variants(base: Mapping, variants: Tree) -> dict[str, Mapping]:
    """Return the whole tree of every variant of the scenario `base`, by its name.

    Raises InputError with everything that cannot be a variant.
    """
    if not isinstance(variants, Mapping):
        raise InputError(
            Problem(
                variants.place,
                "`variants` holds names and what each changes: write `night-shift:` and below it "
                "a `title` and the keys that differ",
            )
        )
    problems = [
        problem
        for name, entry in variants.entries.items()
        for problem in _problems(name, entry, variants)
    ]
    if len(variants.entries) > MOST:
        problems.append(
            Problem(variants.place, f"more than {MOST} variants: keep those that count")
        )
    if problems:
        raise InputError(*problems)
    return {str(name): _merged(base, entry.tree) for name, entry in variants.entries.items()}


def _problems(name: Key, entry: Entry, variants: Mapping) -> list[Problem]:
    """Return what keeps an entry from being a variant."""
    if not isinstance(name, str) or not re.fullmatch(NAME_PATTERN, name):
        message = (
            f"`{shortened(name)}` cannot be a name: use small letters, digits, `-` and `_`, "
            "starting with a letter, at most 40"
        )
        return [Problem(entry.place, message)]
    if not isinstance(entry.tree, Mapping):
        message = f"the variant `{name}` holds what it changes: write keys and values below it"
        return [Problem(entry.place, message)]
    found = [
        Problem(
            entry.tree.entries[key].place,
            f"a variant cannot change `{key}`: write another scenario for that",
        )
        for key in NOT_IN_VARIANTS
        if key in entry.tree.entries
    ]
    title = entry.tree.entries.get("title")
    if title is None or (isinstance(title.tree, Leaf) and title.tree.value is None):
        found.append(Problem(entry.place, f"the variant `{name}` needs a `title` of its own"))
    return found


def _merged(base: Mapping, changes: Tree) -> Mapping:
    kept = {key: entry for key, entry in base.entries.items() if key not in OWN}
    merged = merge(Mapping(base.place, kept), changes)
    assert isinstance(merged, Mapping)
    return merged
