"""What can be wrong with the words of a block, and what to write instead."""

from collections.abc import Collection, Mapping
from pathlib import Path

from simulate.report.blocks import Block, owner_of_plan
from simulate.report.registry import KINDS, About, Entry, entry_of
from simulate.scenario.problems import Place, Problem, did_you_mean, listed


def problem_of(block: Block, file: Path, owners: Collection[str]) -> Problem | None:
    """Return what is wrong with a block's words, or None.

    `owners` has the names of scenarios, and those of plans as `owner_of_plan` gives them.
    """
    message = _fault(block, owners)
    return Problem(Place(file, block.line, block.column), message) if message else None


def measure_problem(block: Block, file: Path, measures: Mapping[str, object]) -> Problem | None:
    """Return a problem if the block names a measure that its outcome does not have."""
    wanted = [block.name] if block.kind == "number" else block.options.get("only", "").split(",")
    for name in filter(None, wanted):
        if name not in measures:
            message = f"there is no measure `{name}`{did_you_mean(name, measures)}"
            return Problem(Place(file, block.line, block.column), message)
    return None


def _fault(block: Block, owners: Collection[str]) -> str | None:
    if block.kind not in KINDS:
        near = did_you_mean(block.kind, KINDS) or f": write one of {listed(KINDS)}"
        return f"unknown kind of block `{block.kind}`{near}"
    entry = entry_of(block)
    if entry is None:
        return _fault_of_name(block)
    return (
        _fault_of_options(block, entry)
        or _fault_of_owner(block, entry.about, owners)
        or (_fault_of_others(block, owners) if "with" in entry.options else None)
    )


def _fault_of_name(block: Block) -> str:
    names = [name for name in KINDS[block.kind] if name not in ("", "*")]
    if not block.name:
        what = f"one of {listed(names)}" if names else "the name of a measure"
        return f"`{block.kind}` does not say what it shows: write {what} after it"
    if not names:
        return f"`{block.kind}` takes no name: remove `{block.name}`"
    near = did_you_mean(block.name, names) or f": write one of {listed(names)}"
    return f"there is no {block.kind} `{block.name}`{near}"


def _fault_of_options(block: Block, entry: Entry) -> str | None:
    known = [*entry.options, *([] if entry.about == "book" else [entry.about])]
    for key, given in block.options.items():
        if key not in known:
            near = did_you_mean(key, known) or (f": known are {listed(known)}" if known else "")
            return f"unknown key `{key}`{near}"
        allowed = entry.options.get(key)
        if allowed and given not in allowed:
            return f"`{key}={given}` means nothing: write one of {listed(allowed)}"
    return None


def _fault_of_others(block: Block, owners: Collection[str]) -> str | None:
    """Return what is wrong with the scenarios that a block compares its own with."""
    if not block.others:
        return f"`{block.words}` does not say what to compare with: write `with=NAME` after it"
    names = [name for name in owners if "." not in name]
    for given in block.others:
        if given not in names:
            return f"there is no scenario `{given}`{did_you_mean(given, names)}"
    if len({block.scenario, *block.others}) <= len(block.others):
        return "a scenario is named twice: it does not differ from itself"
    return None


def _fault_of_owner(block: Block, about: About, owners: Collection[str]) -> str | None:
    if about == "book":
        return None
    given = block.options.get(about)
    if given is None:
        return f"`{block.words}` does not say whose numbers: write `{about}=NAME` after it"
    plans = [name for name in owners if owner_of_plan(name.partition(".")[2]) == name]
    names = [name for name in owners if "." not in name]
    if about == "plan":
        names = [name.partition(".")[2] for name in plans]
    if given in names:
        return None
    there = f": there are {listed(names)}" if names else ""
    return f"there is no {about} `{given}`{did_you_mean(given, names) or there}"
