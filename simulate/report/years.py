"""The annual plans of a playbook: reading, linting and simulating them for its pages."""

from collections.abc import Mapping

from simulate.plan.lint import lint
from simulate.plan.loaded import LoadedPlan
from simulate.plan.loading import load_plan
from simulate.plan.year import year_of
from simulate.plan.year_answer import year_answer, year_fingerprint
from simulate.report.blocks import owner_of_plan
from simulate.report.fingerprints import shown_plan_fingerprint
from simulate.report.steps import Step
from simulate.report.year import YearAnswer
from simulate.results.store import RunStore
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError, Problem


def load_plans(playbook: Playbook) -> dict[str, LoadedPlan]:
    """Return every annual plan of the playbook by name. Raises InputError with all problems."""
    loaded: dict[str, LoadedPlan] = {}
    problems: list[Problem] = []
    for name in playbook.plans:
        try:
            loaded[name] = load_plan(name, playbook)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*dict.fromkeys(problems))
    return loaded


def answer_plans(
    plans: Mapping[str, LoadedPlan], store: RunStore, jobs: int, step: Step
) -> dict[str, YearAnswer]:
    """Lint every plan, and simulate the year of each that names a shop unless the store has it."""
    answers = {}
    for name, loaded in plans.items():
        outcome = None
        if loaded.shop is not None:
            done = step(f"Simulating the year of {name}", loaded.plan.replications)
            outcome = year_answer(loaded, store, jobs=jobs, done=done)
            done(loaded.plan.replications)
        answers[name] = YearAnswer(loaded=loaded, findings=tuple(lint(loaded)), outcome=outcome)
    return answers


def plan_fingerprints(plans: Mapping[str, LoadedPlan]) -> dict[str, str]:
    """Return by owner the fingerprint that blocks about each plan should carry."""
    return {
        owner_of_plan(name): shown_plan_fingerprint(loaded, lint(loaded), _run(loaded))
        for name, loaded in plans.items()
    }


def _run(loaded: LoadedPlan) -> str:
    """Return the fingerprint of a plan's simulation; nothing for one that cannot be simulated."""
    if loaded.shop is None:
        return ""
    return year_fingerprint(year_of(loaded), loaded.plan.seed, loaded.plan.replications)
