"""What a result is known by."""

import hashlib
import json
from importlib.metadata import version

from simulate.scenario.loading import Loaded

MODEL_VERSION = "4"
"""Changes whenever the same inputs may give other numbers; a test holds the numbers to it."""

LIBRARIES = ("numpy", "numba", "scipy", "simpy")
"""Libraries whose version can change a number."""


def fingerprint(
    loaded: Loaded, seed: int, replications: int, *, is_sequential: bool = False
) -> str:
    """Return 16 hexadecimal digits that stand for everything a result depends on.

    That is all of the scenario that can change a number or a verdict, the seed, the number of
    replications (with `is_sequential` the most of them, fewer if the verdict is clear sooner), the
    version of the model and those of `LIBRARIES`. The floor is left out: every floor gives the same
    numbers.
    """
    return digest(
        {
            "name": loaded.name,
            "scenario": loaded.canonical,
            "targets": loaded.canonical_targets,
            "seed": seed,
            "most" if is_sequential else "replications": replications,
        }
    )


def own_fingerprint(loaded: Loaded) -> str:
    """Return the fingerprint of a scenario's run with the seed and as many replications as it says.

    That is the run which pages show.
    """
    scenario = loaded.scenario
    return fingerprint(loaded, scenario.seed, scenario.replications, is_sequential=True)


def samples_fingerprint(loaded: Loaded, seed: int) -> str:
    """Return 16 hexadecimal digits that stand for all that a replication's measures depend on.

    That is `fingerprint` without name, targets and number of replications.
    """
    return digest({"scenario": loaded.canonical, "seed": seed})


def digest(told: dict[str, object]) -> str:
    """Return 16 hexadecimal digits that stand for `told`, the model and its libraries."""
    told = told | {
        "model": MODEL_VERSION,
        "libraries": {library: version(library) for library in LIBRARIES},
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
