"""From a scenario's name or path to a validated scenario and all its inputs."""

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from simulate.scenario.base import NAME_PATTERN, FromFile, Text
from simulate.scenario.canonical import canonical, canonical_targets
from simulate.scenario.checks import check
from simulate.scenario.documents import (
    Confidence,
    Key,
    Leaf,
    Listing,
    Mapping,
    Tree,
    leaves,
    plain,
)
from simulate.scenario.extends import SUFFIXES, merge, read_chain
from simulate.scenario.messages import place_at, problems_of
from simulate.scenario.playbook import Playbook, find_playbook
from simulate.scenario.problems import (
    InputError,
    Place,
    Problem,
    did_you_mean,
    listed,
    refusal,
    shortened,
)
from simulate.scenario.scenario import Scenario
from simulate.scenario.variants import merged_variants, without_variants


@dataclass(frozen=True, slots=True)
class Input:
    """One value that a planner wrote, as written, and where it comes from.

    `path` leads to it, such as ``("stations", "pick", "per_line")``. A list is one input.
    """

    path: tuple[Key, ...]
    text: str
    source: Text | None
    confidence: Confidence
    place: Place


@dataclass(frozen=True)
class Loaded:
    """A scenario that can be simulated.

    `name` is the file's stem; `files` are all files that were read, the scenario's own first and
    then what it builds on; `tree` holds the values as written, merged; `variants` are the what-ifs
    that its file lists, by name. A variant's own name is such as ``double-12:night-shift``.
    """

    name: str
    scenario: Scenario
    files: tuple[Path, ...]
    tree: Mapping
    variants: Dict[str, "Loaded"] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input in document order: what is inherited first."""
        return inputs_of(self.tree)

    def place(self, path: tuple[Key, ...]) -> Place:
        """Return where the value at `path` is written, or what should hold it if it is not."""
        return place_at(self.tree, path)

    @cached_property
    def canonical(self) -> str:
        """Everything that can change a simulated number, as one stable text."""
        return canonical(self.scenario)

    @cached_property
    def canonical_targets(self) -> str:
        """The targets and the expected verdict, as one stable text."""
        return canonical_targets(self.scenario)


def load(path_or_name: str | Path, playbook: Playbook | None = None) -> Loaded:
    """Read a scenario by the path of its file, or by its name in the playbook.

    ``NAME:VARIANT`` is one of its variants. Without a playbook the one around the working folder
    is taken, if there is one. Raises InputError with every problem that was found.
    """
    path_or_name, variant = _split(path_or_name)
    file, playbook = _locate(path_or_name, playbook)
    if not _is_name(file.stem):
        raise refusal(
            f"a scenario is known by its file's name, and `{shortened(file.stem)}` cannot be one: "
            "use small letters, digits, `-` and `_`, starting with a letter, at most 40"
        )
    files, tree, listed_variants = _read(file, playbook)
    loaded = Loaded(name=file.stem, scenario=validated(tree), files=files, tree=tree)
    if listed_variants is not None:
        loaded = replace(loaded, variants=_variants(loaded, listed_variants))
    return loaded if variant is None else _variant(loaded, variant)


def read_merged(file: Path, playbook: Playbook | None) -> tuple[tuple[Path, ...], Mapping]:
    """Return `file` and all files it builds on, and their values merged; raise InputError.

    Variants are left out.
    """
    files, tree, _ = _read(file, playbook)
    return files, tree


def _read(file: Path, playbook: Playbook | None) -> tuple[tuple[Path, ...], Mapping, Tree | None]:
    """Return what `read_merged` does, and the variants that `file` itself lists."""
    files, trees = read_chain(file, playbook)
    parted = [without_variants(tree) for tree in trees]
    problems = [problem for tree, _ in parted for problem in _foreign(tree)]
    if problems:
        raise InputError(*problems)
    tree: Tree = parted[-1][0]
    for child, _ in reversed(parted[:-1]):
        tree = merge(tree, child)
    assert isinstance(tree, Mapping)
    return tuple(files), tree, parted[0][1]


def _variants(loaded: Loaded, listed_variants: Tree) -> dict[str, Loaded]:
    """Return the variants of a scenario; raise InputError with all that is wrong in them."""
    found: dict[str, Loaded] = {}
    problems: list[Problem] = []
    for name, tree in merged_variants(loaded.tree, listed_variants).items():
        try:
            scenario = validated(tree)
        except InputError as error:
            problems += [
                Problem(each.place, f"in the variant `{name}`: {each.message}")
                for each in error.problems
            ]
            continue
        found[name] = Loaded(f"{loaded.name}:{name}", scenario, loaded.files, tree)
    if problems:
        raise InputError(*_sorted(problems))
    return found


def _split(path_or_name: str | Path) -> tuple[str | Path, str | None]:
    """Return what names the scenario, and the variant that is asked for."""
    written = str(path_or_name)
    head, colon, tail = written.rpartition(":")
    is_drive = len(head) == 1
    if not colon or isinstance(path_or_name, Path) or is_drive or not _is_name(tail):
        return path_or_name, None
    return head, tail


def _variant(loaded: Loaded, name: str) -> Loaded:
    if name not in loaded.variants:
        known = list(loaded.variants)
        near = did_you_mean(name, known) or (
            f": there are {listed(known)}" if known else ": its file lists none below `variants`"
        )
        raise refusal(f"`{loaded.name}` has no variant `{shortened(name)}`{near}")
    return loaded.variants[name]


def inputs_of(tree: Tree) -> tuple[Input, ...]:
    """Return every input of `tree` in document order."""
    return tuple(_input(path, leaf) for path, leaf in leaves(tree))


def validated(tree: Mapping) -> Scenario:
    """Return the scenario of `tree`; raise InputError with everything that is wrong."""
    try:
        scenario = Scenario.model_validate(plain(tree), context=FromFile(_zone(tree)))
    except ValidationError as error:
        raise InputError(*_sorted(problems_of(error, tree, Scenario))) from None
    problems = [
        Problem(place_at(tree, finding.loc, of_key=finding.of_key), finding.message)
        for finding in check(scenario)
    ]
    if problems:
        raise InputError(*_sorted(problems))
    return scenario


def _sorted(problems: list[Problem]) -> list[Problem]:
    """Return the problems without repetition, in the order of their places."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.message))


def _zone(tree: Mapping) -> ZoneInfo | None:
    entry = tree.entries.get("timezone")
    name = entry.tree.value if entry is not None and isinstance(entry.tree, Leaf) else None
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (ValueError, OSError, LookupError):
        return None


def _foreign(tree: Mapping) -> list[Problem]:
    """Return a problem if `tree` is no scenario at all, without a word of what it holds."""
    known = Scenario.model_fields
    strange = [key for key in tree.entries if key not in known and not did_you_mean(key, known)]
    if len(strange) > len(tree.entries) - len(strange):
        return [
            Problem(
                tree.place,
                "this is not a scenario: most of its keys are unknown; a scenario has keys such "
                f"as {listed(['title', 'starts', 'channels', 'stations', 'pools'])}",
            )
        ]
    return []


def _is_name(text: str) -> bool:
    return re.fullmatch(NAME_PATTERN, text) is not None


def _input(path: tuple[Key, ...], tree: Tree) -> Input:
    assert isinstance(tree, Leaf | Listing)
    origin = tree.origin
    return Input(path, _written(tree), origin.source, origin.confidence, tree.place)


def _written(tree: Tree) -> str:
    if isinstance(tree, Listing):
        return ", ".join(_written(item) for item in tree.items)
    return tree.text if isinstance(tree, Leaf) else ""


def _locate(path_or_name: str | Path, playbook: Playbook | None) -> tuple[Path, Playbook | None]:
    """Return the scenario's file, and the playbook it may build on."""
    written = str(path_or_name)
    is_path = (
        isinstance(path_or_name, Path)
        or "/" in written
        or "\\" in written
        or written.endswith(SUFFIXES)
    )
    if is_path:
        file = Path(written)
        if file.suffix not in SUFFIXES:
            raise refusal(f"`{shortened(written)}` is not a scenario: its name must end in `.yml`")
        if not file.is_file():
            raise refusal(f"there is no file `{shortened(written, 200)}`{_near_file(file)}")
        return file, playbook or _any_playbook()
    playbook = playbook or find_playbook()
    found = playbook.scenarios.get(written)
    if found is None:
        names = list(playbook.scenarios)
        near = did_you_mean(written, names) or (f": there are {listed(names)}" if names else "")
        raise refusal(f"there is no scenario `{shortened(written)}`{near}")
    if not found.resolve().is_relative_to(playbook.content.resolve()):
        raise refusal(f"the scenario `{written}` is a link to a file outside the playbook")
    return found, playbook


def _near_file(file: Path) -> str:
    names = [path.name for path in file.absolute().parent.glob("*.y*ml")]
    return did_you_mean(file.name, names)


def _any_playbook() -> Playbook | None:
    try:
        return find_playbook()
    except InputError:
        return None
