"""Scenarios as a command names them: ``double-12``, ``double-12:night``, ``double-12@v1.2``.

After an ``@`` stands a revision: whatever git knows a commit by. The scenario files of that
revision are read from git's own store; the working folder is left alone.
"""

import subprocess
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from simulate.scenario.extends import SUFFIXES
from simulate.scenario.loading import Loaded, load
from simulate.scenario.nodes import MAX_BYTES
from simulate.scenario.playbook import Playbook, find_playbook
from simulate.scenario.problems import InputError, Place, Problem, refusal, shortened

MOST_FILES = 2000
FILE_MODES = (b"100644", b"100755")
"""Plain files; links, which could lead anywhere, and submodules have others."""


def find_scenario(written: str, playbook: Playbook | None = None) -> Loaded:
    """Return the scenario that `written` names: NAME or PATH, then ``:VARIANT``, ``@REVISION``.

    Raises InputError if there is none, or no such revision.
    """
    name, sign, revision = written.partition("@")
    if not sign or Path(written).is_file():
        return load(written, playbook)
    playbook = playbook or find_playbook()
    commit = _commit(playbook, revision)
    with TemporaryDirectory(prefix="peakbook-") as folder:
        root = Path(folder)
        named = _below(root, name, playbook)
        _write_files(playbook, commit, root)
        try:
            loaded = load(named, Playbook(root))
        except InputError as error:
            raise InputError(
                *(_of_revision(each, root, revision) for each in error.problems)
            ) from None
    return _named(loaded, revision)


def _named(loaded: Loaded, revision: str) -> Loaded:
    variants = {name: _named(each, revision) for name, each in loaded.variants.items()}
    return replace(loaded, name=f"{loaded.name}@{revision}", variants=variants)


def _below(root: Path, name: str, playbook: Playbook) -> str | Path:
    """Return what is to be loaded below `root`: a name as it is, a path as a path there."""
    file, colon, variant = name.partition(":")
    if not ("/" in file or file.endswith(SUFFIXES)):
        return name
    try:
        inside = Path(file).resolve().relative_to(playbook.root.resolve())
    except ValueError:
        raise refusal(
            f"`{shortened(file)}` lies outside the playbook: only its own scenarios have revisions"
        ) from None
    return f"{root / inside}{colon}{variant}"


def _commit(playbook: Playbook, revision: str) -> str:
    """Return the hash of a revision's commit; raise InputError if there is none."""
    if not revision:
        raise refusal(
            "a revision belongs after `@`, such as `double-12@v1.2` or `double-12@HEAD~3`"
        )
    _git(playbook, "rev-parse", "--git-dir", otherwise="the playbook is not kept in git: without "
         "a history there are no revisions to compare with")  # fmt: skip
    found = _git(
        playbook, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
        otherwise=f"git knows no revision `{shortened(revision)}` here: write a tag, a branch or a "
        "commit, as `git log` and `git tag` show them",
    )  # fmt: skip
    return found.decode().strip()


def _write_files(playbook: Playbook, commit: str, root: Path) -> None:
    """Write the scenario files of a commit below `root`, where they stood in the playbook."""
    (root / "content").mkdir()
    listed = _git(playbook, "ls-tree", "-r", "-l", "-z", commit, "--", "content")
    count = 0
    for line in listed.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, blob, size = about.split()
        path = PurePosixPath(name.decode(errors="replace"))
        is_scenario = path.suffix in SUFFIXES and mode in FILE_MODES and int(size) <= MAX_BYTES
        if not is_scenario:
            continue
        count += 1
        if count > MOST_FILES:
            raise refusal(f"this revision has more than {MOST_FILES:,} scenario files")
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_git(playbook, "cat-file", "blob", blob.decode()))


def _git(playbook: Playbook, *words: str, otherwise: str | None = None) -> bytes:
    """Return what git prints; if it fails, raise InputError with `otherwise` or its own words."""
    try:
        done = subprocess.run(
            ["git", "-C", playbook.root, *words], capture_output=True, check=False
        )
    except OSError:
        raise refusal("revisions need git, which is not installed here") from None
    if done.returncode:
        told = shortened(done.stderr.decode(errors="replace").strip(), 200)
        raise refusal(otherwise or f"git cannot read this revision: {told}")
    return done.stdout


def _of_revision(problem: Problem, root: Path, revision: str) -> Problem:
    """Return the problem with its file as git writes it, ``v1.2:content/shop.yml``."""
    place, message = problem.place, f"at revision `{shortened(revision)}`: {problem.message}"
    if place is None:
        return Problem(None, message)
    try:
        inside = place.file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return Problem(place, message)
    return Problem(Place(Path(f"{revision}:{inside}"), place.line, place.column), message)
