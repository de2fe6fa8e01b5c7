"""A scenario before anything is known of it but its inputs."""

from simulate.report.subject import Subject
from simulate.report.words import Words
from simulate.results.outcome import Outcome, Verdict
from simulate.scenario.loading import Loaded


def unsimulated(loaded: Loaded, words: Words) -> Subject:
    """Return the scenario as a subject whose labels and moments can be told, and nothing else."""
    nothing = Outcome(
        scenario=loaded.name,
        fingerprint="",
        seed=loaded.scenario.seed,
        replications=0,
        floor="",
        verdict=Verdict(word="none"),
        measures={},
        bottleneck=None,
        peak_at=0.0,
        cleared_at=None,
        hour_starts=(),
        series={},
        lead_times=(),
    )
    return Subject(loaded=loaded, outcome=nothing, words=words)
