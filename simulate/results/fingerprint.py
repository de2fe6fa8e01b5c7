"""What a result is known by."""

import hashlib
import json
from importlib.metadata import version

from simulate.scenario.loading import Loaded

MODEL_VERSION = "2"
"""Changes whenever the same inputs may give other numbers; a test holds the numbers to it."""

LIBRARIES = ("numpy", "numba", "scipy", "simpy")
"""Libraries whose version can change a number."""


def fingerprint(loaded: Loaded, seed: int, replications: int) -> str:
    """Return 16 hexadecimal digits that stand for everything a result depends on.

    That is all of the scenario that can change a number or a verdict, the seed, the number of
    replications, the version of the model and those of `LIBRARIES`. The floor is left out: every
    floor gives the same numbers.
    """
    told = {
        "model": MODEL_VERSION,
        "name": loaded.name,
        "scenario": loaded.canonical,
        "targets": loaded.canonical_targets,
        "seed": seed,
        "replications": replications,
        "libraries": {library: version(library) for library in LIBRARIES},
    }
    text = json.dumps(told, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
