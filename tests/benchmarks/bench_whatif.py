"""How long `peakbook whatif` takes: ``python -m ... SCENARIO JOBS REPLICATIONS``, as JSON."""

import json
import sys
import tempfile
import time
from pathlib import Path

from simulate.experiment.points import Points
from simulate.experiment.whatif import parse_axis, size_of, whatif
from simulate.scenario.loading import load
from tests.benchmarks.bench_staff import Timed

INPUTS = (
    "traffic=0.6x..1.5x:0.1x",
    "pools.pickers.shifts.extra.people=0 people..4 people:1 person",
    "pools.packers.shifts.extra.people=0 people..3 people:1 person",
)
"""200 combinations."""


def main(name: str, jobs: int, replications: int) -> None:
    """Print the seconds of a grid, and what part of them was not simulation."""
    loaded = load(name)
    axes = [parse_axis(loaded, text) for text in INPUTS]
    crew = Timed(jobs)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        whatif(
            loaded,
            Points(crew),
            None,
            axes=axes,
            replications=replications,
            published=Path(folder),
        )
        seconds = time.perf_counter() - began
    told = {
        "scenario": name,
        "points": size_of(axes),
        "replications": replications,
        "seconds": round(seconds, 1),
        "not_simulation": round(1 - crew.waited / seconds, 3),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
