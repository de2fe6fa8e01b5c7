"""The answers that published pages show: found among those kept, or worked out now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulate.experiment.bound import known_bound
from simulate.experiment.comparison import compare
from simulate.experiment.limit import limit
from simulate.experiment.points import Points
from simulate.experiment.sensitivity import sensitivity
from simulate.experiment.staffing import staff
from simulate.experiment.whatif import whatif
from simulate.experiment.workers import workers
from simulate.report.faults import problem_of
from simulate.report.pages import read_pages
from simulate.report.registry import QuestionKey, question_key
from simulate.report.steps import Step
from simulate.results.sample_store import SampleStore
from simulate.results.store import RunStore
from simulate.scenario.loading import Loaded
from simulate.scenario.playbook import Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a question is answered with.

    `published` is the folder of the published answers, `used` the names of those in use: both are
    handed on to `kept`.
    """

    points: Points
    runs: RunStore
    published: Path
    used: set[str]


def _compare(loaded: Loaded, others: tuple[Loaded, ...], asking: Asking) -> Any:
    return compare(
        [loaded, *others],
        asking.points,
        asking.runs,
        publish=asking.used,
        published=asking.published,
    )


def _variants(loaded: Loaded, others: tuple[Loaded, ...], asking: Asking) -> Any:
    variants = tuple(loaded.variants.values())
    return _compare(loaded, variants, asking) if variants else None


def _bound(loaded: Loaded, _: tuple[Loaded, ...], asking: Asking) -> Any:
    return known_bound(loaded, asking.runs.folder, published=asking.published, publish=asking.used)


def _limit(loaded: Loaded, _: tuple[Loaded, ...], asking: Asking) -> Any:
    return limit(
        loaded,
        asking.points,
        folder=asking.runs.folder,
        published=asking.published,
        publish=asking.used,
    )


def _staff(loaded: Loaded, _: tuple[Loaded, ...], asking: Asking) -> Any:
    return staff(
        loaded,
        asking.points,
        folder=asking.runs.folder,
        published=asking.published,
        publish=asking.used,
    )


def _sensitivity(loaded: Loaded, _: tuple[Loaded, ...], asking: Asking) -> Any:
    return sensitivity(
        loaded,
        asking.points,
        asking.runs.folder,
        published=asking.published,
        publish=asking.used,
    )


def _whatif(loaded: Loaded, _: tuple[Loaded, ...], asking: Asking) -> Any:
    if not loaded.scenario.whatif:
        return None
    return whatif(
        loaded,
        asking.points,
        asking.runs.folder,
        published=asking.published,
        publish=asking.used,
    )


QUESTIONS: dict[str, Callable[[Loaded, tuple[Loaded, ...], Asking], Any]] = {
    "bound": _bound,
    "compare": _compare,
    "sensitivity": _sensitivity,
    "limit": _limit,
    "staff": _staff,
    "variants": _variants,
    "whatif": _whatif,
}
"""Who answers, by the name of the blocks that show it: a scenario, those it is compared with."""


def answers_for_pages(
    playbook: Playbook, scenarios: Mapping[str, Loaded], store: RunStore, jobs: int, step: Step
) -> dict[QuestionKey, Any]:
    """Return the answer to every question that some page shows.

    Answers lie in ``content/answers`` afterwards, and no others: who has the playbook's files can
    publish it without a search.
    """
    asked = _asked(playbook, scenarios)
    folder = playbook.content / "answers"
    used: set[str] = set()
    answers: dict[QuestionKey, Any] = {}
    if asked:
        with workers(jobs) as crew:
            for question, name, others in asked:
                points = Points(
                    crew, SampleStore(store.folder), done=_counting(step, question, name)
                )
                asking = Asking(points=points, runs=store, published=folder, used=used)
                compared_with = tuple(scenarios[other] for other in others)
                key = (question, name, others)
                answers[key] = QUESTIONS[question](scenarios[name], compared_with, asking)
    for file in folder.glob("*.json"):
        if file.name not in used:
            file.unlink(missing_ok=True)
    return answers


def _counting(step: Step, question: str, name: str) -> Callable[[int], None]:
    """Return who is told of replications as they come; the step begins with the first."""
    done: Callable[[int], None] | None = None
    count = 0

    def more(number: int) -> None:
        nonlocal done, count
        if done is None:
            done = step(f"Answering {question} of {name}", 0)
        count += number
        done(count)

    return more


def _asked(playbook: Playbook, scenarios: Mapping[str, Loaded]) -> list[QuestionKey]:
    """Return the questions of all pages; blocks that are wrong are told of by those who fill."""
    found: list[QuestionKey] = []
    for language in playbook.languages:
        pages, _ = read_pages(playbook.content / language)
        for page in pages:
            for block in page.blocks:
                if block.name not in QUESTIONS:
                    continue
                if problem_of(block, page.file, scenarios) is None:
                    found.append(question_key(block))
    return list(dict.fromkeys(found))
