"""Trying every case, and keeping what came out."""

import hashlib
import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from simulate.evidence.proof import KINDS, Case, Check, Effort, Proof, Verification
from simulate.files import write_whole
from simulate.results.fingerprint import LIBRARIES, MODEL_VERSION

EVIDENCE_VERSION = "2"
"""Changes whenever the cases, or what is asked of them, do."""

_VERIFICATION = TypeAdapter(Verification)


def fingerprint() -> str:
    """Return 16 hexadecimal digits for what a verification depends on.

    That is the version of the model, of the cases, and of the libraries that can change a number.
    """
    told = {
        "model": MODEL_VERSION,
        "evidence": EVIDENCE_VERSION,
        "libraries": {library: version(library) for library in (*LIBRARIES, "ciw")},
    }
    text = json.dumps(told, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def verify(
    cases: Sequence[Case],
    effort: Effort,
    trying: Callable[[Case, int], None] = lambda _case, _number: None,
) -> Verification:
    """Try every case; `trying` is told each case and its number before it is tried.

    A case that breaks down instead of giving checks counts as one that does not hold.
    """
    found: dict[str, list[Check]] = {kind: [] for kind in KINDS}
    for number, case in enumerate(cases):
        trying(case, number)
        try:
            found[case.kind] += case.run(effort)
        except Exception as error:  # whatever it is, the case has not been shown to hold
            fault = f"{type(error).__name__}: {error}"
            found[case.kind].append(Check(case=case.name, holds=False, wrong=1, fault=fault))
    return Verification(
        fingerprint=fingerprint(),
        quick=effort.quick,
        proofs=tuple(
            Proof(kind=kind, checks=tuple(found[kind]))
            for kind in KINDS
            if any(case.kind == kind for case in cases)
        ),
    )


def keep(verification: Verification, file: Path) -> None:
    """Write a verification to `file`."""
    text = json.dumps(_VERIFICATION.dump_python(verification, mode="json"), indent=1)
    write_whole(file, text + "\n")


def kept(file: Path) -> Verification | None:
    """Return the verification in `file` if it is one of this very model, otherwise None."""
    try:
        found = _VERIFICATION.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.fingerprint == fingerprint() else None
