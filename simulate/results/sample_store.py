"""The measures of single replications, kept so that a search never simulates a point twice."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulate.files import write_whole

Sample = Mapping[str, float]
"""The measures of one replication, NaN where there is none."""


class SampleStore:
    """Measures of replications 0, 1, 2 ... of scenarios, one file each, by fingerprint.

    Files appear whole, so two searches may share the folder and a killed one leaves what it knew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, fingerprint: str) -> list[Sample]:
        """Return the measures of the first replications, as many as are known."""
        try:
            kept = json.loads(self._path(fingerprint).read_bytes())
            names, rows = kept["measures"], kept["replications"]
            return [
                {
                    name: float("nan") if value is None else float(value)
                    for name, value in zip(names, row, strict=True)
                }
                for row in rows
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def put(self, fingerprint: str, samples: Sequence[Sample]) -> None:
        """Keep the measures of the first replications, unless as many are known already."""
        if not samples or len(self.get(fingerprint)) >= len(samples):
            return
        names = list(samples[0])
        rows = [
            [None if sample[name] != sample[name] else sample[name] for name in names]
            for sample in samples
        ]
        text = json.dumps({"measures": names, "replications": rows}, separators=(",", ":"))
        write_whole(self._path(fingerprint), text)

    def _path(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}-samples.json"
