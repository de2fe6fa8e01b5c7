"""What a result is known by."""

import hashlib
import json
from importlib.metadata import version
from typing import Any

from simulate.scenario.loading import Loaded

MODEL_VERSION = "1"
"""Changes whenever the same inputs may give other numbers; a test holds the numbers to it."""

LIBRARIES = ("numpy", "numba", "scipy", "simpy")
"""Libraries whose version can change a number."""


def fingerprint(loaded: Loaded, seed: int, replications: int) -> str:
    """Return 16 hexadecimal digits that stand for everything a result depends on.

    That is the scenario in full with the sources of its inputs, its seed and number of
    replications, the version of the model and those of `LIBRARIES`. The floor is left out: every
    floor gives the same numbers.
    """
    told: dict[str, Any] = {
        "model": MODEL_VERSION,
        "name": loaded.name,
        "scenario": loaded.scenario.model_dump(mode="json", exclude={"seed", "replications"}),
        "sources": [
            (each.path, each.source and each.source.model_dump(), each.confidence)
            for each in loaded.inputs
        ],
        "seed": seed,
        "replications": replications,
        "libraries": {library: version(library) for library in LIBRARIES},
    }
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
