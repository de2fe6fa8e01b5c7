"""Building on another file: where ``extends`` may reach, and what merging means."""

from pathlib import Path

from simulate.scenario.documents import Entry, Leaf, Mapping, Tree, read_document
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import Place, did_you_mean, listed, refusal, shortened

SUFFIXES = (".yml", ".yaml")
MAX_CHAIN = 20


def read_chain(file: Path, playbook: Playbook | None) -> tuple[list[Path], list[Mapping]]:
    """Return `file` and every file it builds on, and the tree of each, nearest first.

    The key `extends` is taken out of the trees. Raises InputError.
    """
    allowed = _allowed(file, playbook)
    files: list[Path] = []
    trees: list[Mapping] = []
    following: Path | None = file
    while following is not None:
        files.append(following)
        tree = read_document(following)
        entries = dict(tree.entries)
        parent = entries.pop("extends", None)
        trees.append(Mapping(tree.place, entries))
        following = None if parent is None else _parent(parent.tree, files, allowed, playbook)
    return files, trees


def find_file(written: str, file: Path, playbook: Playbook | None, place: Place) -> Path:
    """Return the file that `written` names in `file`, at `place`; raise InputError if none."""
    return _find(written.strip(), file, _allowed(file, playbook), playbook, place)


def merge(parent: Tree, child: Tree) -> Tree:
    """Return `parent` with what `child` changes.

    Mappings are merged key by key; anything else is replaced, and so is a mapping whose `kind`
    changes. Null removes what is inherited.
    """
    if not isinstance(parent, Mapping) or not isinstance(child, Mapping):
        return child
    if _changes_kind(parent, child):
        return child
    entries = dict(parent.entries)
    for key, entry in child.entries.items():
        inherited = entries.get(key)
        if inherited is None:
            entries[key] = entry
        elif isinstance(entry.tree, Leaf) and entry.tree.value is None:
            del entries[key]
        else:
            entries[key] = Entry(entry.place, merge(inherited.tree, entry.tree))
    return Mapping(child.place, entries)


def _changes_kind(parent: Mapping, child: Mapping) -> bool:
    kinds = [
        entry.tree.value if entry is not None and isinstance(entry.tree, Leaf) else None
        for entry in (parent.entries.get("kind"), child.entries.get("kind"))
    ]
    return None not in kinds and kinds[0] != kinds[1]


def _allowed(file: Path, playbook: Playbook | None) -> list[Path]:
    """Return the folders that a scenario may build on: its own, the one above, the playbook's."""
    folder = file.absolute().parent.resolve()
    folders = [folder]
    if folder.parent != folder.parent.parent:
        folders.append(folder.parent)
    if playbook is not None:
        folders.append(playbook.content.resolve())
    return folders


def _parent(tree: Tree, files: list[Path], allowed: list[Path], playbook: Playbook | None) -> Path:
    """Return the file that the last of `files` builds on."""
    written = tree.value if isinstance(tree, Leaf) else None
    if not isinstance(written, str) or not written.strip():
        raise refusal(
            "`extends` names one file: write `extends: ../shop.yml` or a scenario's name",
            tree.place,
        )
    found = _find(written.strip(), files[-1], allowed, playbook, tree.place)
    known = [file.resolve() for file in files]
    if found.resolve() in known:
        circle = [*files[known.index(found.resolve()) :], found]
        names = " -> ".join(file.name for file in circle)
        raise refusal(f"`extends` goes in a circle: {names}", tree.place)
    if len(files) >= MAX_CHAIN:
        raise refusal(f"more than {MAX_CHAIN} files build on each other", tree.place)
    return found


def _find(
    written: str, file: Path, allowed: list[Path], playbook: Playbook | None, place: Place
) -> Path:
    shown = shortened(written)
    relative = Path(written)
    if relative.is_absolute() or written.startswith(("~", "\\")) or ":" in written:
        raise refusal(f"`{shown}` is not a path beside this file: write a relative one", place)
    is_path = "/" in written or "\\" in written or relative.suffix in SUFFIXES
    if is_path and relative.suffix not in SUFFIXES:
        raise refusal(f"`{shown}` must end in `.yml`: only scenarios can be built on", place)
    folders = [file.absolute().parent]
    if playbook is not None:
        folders += [playbook.content / "scenarios", playbook.content]
    names = [written] if is_path else [written + suffix for suffix in SUFFIXES]
    outside = False
    for candidate in (folder / name for folder in folders for name in names):
        found = candidate.resolve()
        if not any(found.is_relative_to(folder) for folder in allowed):
            outside = True
        elif found.suffix in SUFFIXES and found.is_file():
            return found
    if outside and is_path:
        raise refusal(
            f"`{shown}` is not there, or lies outside the folders that a scenario may build on: "
            "its own, the one above it and the playbook's content",
            place,
        )
    near = _near(written, file, folders, allowed)
    raise refusal(f"there is no scenario `{shown}`{near}", place)


def _near(written: str, file: Path, folders: list[Path], allowed: list[Path]) -> str:
    """Return the nearest name among the files that could have been meant, or all of them."""
    stems = sorted(
        {
            path.stem
            for folder in folders
            if any(folder.resolve().is_relative_to(each) for each in allowed)
            for path in folder.glob("*.y*ml")
            if path.resolve() != file.resolve()
        }
    )
    return did_you_mean(Path(written).stem, stems) or (
        f": there are {listed(stems)}" if stems else ""
    )
