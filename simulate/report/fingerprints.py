"""By what a page knows which outcome, and which words of the scenario, it shows."""

from hashlib import sha256

from simulate.scenario.loading import Loaded


def shown_fingerprint(loaded: Loaded, fingerprint: str) -> str:
    """Return the fingerprint that blocks about a scenario carry.

    It begins with eight digits of the run's own, so that a reader can match the two; eight more
    stand for what a page shows besides: labels, targets, inputs as written, sources.
    """
    scenario = loaded.scenario
    parts = [
        scenario.model_dump_json(),
        *(f"{each.path} {each.text} {each.confidence} {each.source}" for each in loaded.inputs),
    ]
    return fingerprint[:8] + sha256("\n".join(parts).encode()).hexdigest()[:8]
