"""From scenarios to the published site: simulate what changed, write the pages, build."""

from datetime import date
from pathlib import Path

from simulate.experiment.answer import answer
from simulate.files import write_whole
from simulate.report.pages import fill_pages
from simulate.report.questions.answering import answers_for_pages
from simulate.report.scaffold import scaffold
from simulate.report.site import build_site
from simulate.report.steps import Step
from simulate.report.verifying import verification_for_pages
from simulate.report.years import answer_plans, load_plans
from simulate.results.outcome import Outcome
from simulate.results.store import RunStore
from simulate.scenario.loading import Loaded, load
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError, Problem, refusal
from simulate.scenario.template import new_scenario


def load_all(playbook: Playbook) -> dict[str, Loaded]:
    """Return every scenario of the playbook by name. Raises InputError with all problems."""
    loaded: dict[str, Loaded] = {}
    problems: list[Problem] = []
    for name, path in playbook.scenarios.items():
        try:
            loaded[name] = load(path, playbook)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*dict.fromkeys(problems))
    if not loaded:
        raise refusal(f"there is no scenario in {playbook.content / 'scenarios'}")
    return loaded


def write_pages(playbook: Playbook, store: RunStore, jobs: int, step: Step) -> list[Path]:
    """Simulate what the store lacks and bring every page up to date; return what changed."""
    scenarios, plans = load_all(playbook), load_plans(playbook)
    outcomes: dict[str, tuple[Loaded, Outcome]] = {}
    for name, loaded in scenarios.items():
        done = step(f"Simulating {name}", loaded.scenario.replications)
        outcomes[name] = loaded, answer(loaded, store, jobs=jobs, done=done)
        done(loaded.scenario.replications)
    changed = [
        page
        for name in scenarios
        for page in _page_paths(playbook, name)
        if not page.exists()
        and write_whole(page, scaffold(name, page.parts[-3], scenarios[name].scenario))
    ]
    years = answer_plans(plans, store, jobs, step)
    verification = verification_for_pages(playbook, outcomes, store, jobs, step)
    answers = answers_for_pages(playbook, scenarios, store, jobs, step)
    done = step("Writing pages", 1)
    changed += fill_pages(
        playbook.content, playbook.languages, outcomes, verification, years, answers
    )
    done(1)
    return changed


def publish(
    playbook: Playbook, store: RunStore, out: Path, base_url: str | None, jobs: int, step: Step
) -> None:
    """Bring every page up to date and build the site into `out`.

    Raises InputError for a scenario or a page that cannot be used, and SiteError if the engine
    finds fault with the pages; `out` is then as it was.
    """
    write_pages(playbook, store, jobs, step)
    done = step("Building the site", 1)
    build_site(playbook.root, out, base_url)
    done(1)


def start_scenario(playbook: Playbook, name: str, today: date) -> list[Path]:
    """Write a new scenario and its page in every language; return the files.

    Raises InputError if the name cannot be used or is taken.
    """
    path = playbook.content / "scenarios" / f"{name}.yml"
    if path.exists():
        raise refusal(f"the scenario `{name}` is there already: {path}")
    text = new_scenario(name, today)
    pages = [page for page in _page_paths(playbook, name) if not page.exists()]
    write_whole(path, text)
    scenario = load(path, playbook).scenario
    for page in pages:
        write_whole(page, scaffold(name, page.parts[-3], scenario))
    return [path, *pages]


def _page_paths(playbook: Playbook, name: str) -> list[Path]:
    return [
        playbook.content / language / "scenarios" / f"{name}.md" for language in playbook.languages
    ]
