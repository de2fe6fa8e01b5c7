"""The questions of the command line, asked from a notebook or a script."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulate.experiment.workers import cores, workers
from simulate.library.answers import Answer, Comparison, Grid, Rosters, Run, chart_module
from simulate.report.words import load_words
from simulate.results.store import usual_store
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import refusal

if TYPE_CHECKING:
    from simulate.experiment.points import Points
    from simulate.report.subject import Subject

Scenario = str | Path | Loaded
Changes = Mapping[str, str | int | float | None]


def load(scenario: Scenario, changes: Changes | None = None) -> Loaded:
    """Return a scenario, with other values for the inputs in `changes`."""
    from simulate.scenario.changes import changed
    from simulate.scenario.references import find_scenario

    loaded = scenario if isinstance(scenario, Loaded) else find_scenario(str(scenario))
    return changed(loaded, changes) if changes else loaded


def run(
    scenario: Scenario,
    *,
    changes: Changes | None = None,
    roster: str | Path | None = None,
    replications: int | None = None,
    most: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Run:
    """Simulate a scenario until the verdict is clear, or exactly `replications` campaigns.

    `roster` is a workbook with other shifts, as `Run.to_excel` writes one.
    """
    from simulate.experiment.answer import answer

    loaded = load(scenario, changes)
    if roster is not None:
        from simulate.report.roster import with_roster

        loaded = with_roster(loaded, Path(roster))
    with workers(jobs or cores(), cluster) as crew:
        outcome = answer(
            loaded, usual_store(), seed=seed, replications=replications, most=most, crew=crew
        )
    return Run(loaded, outcome)


def bound(scenario: Scenario, *, changes: Changes | None = None, seed: int | None = None) -> Answer:
    """Say at once, without simulating, what cannot work even if nothing varies.

    Only its chart, which shows the simulated backlog beside the bound, simulates.
    """
    from simulate.experiment.bound import bound as ask
    from simulate.report.questions.bound_terminal import tell_bound
    from simulate.report.questions.bounded import Bounded

    loaded = load(scenario, changes)
    found = ask(loaded, seed=seed)
    return Answer(
        "bound", found, "places", lambda: tell_bound(loaded, found),
        lambda language: chart_module("bound").draw(
            Bounded(bound=found, subject=run(loaded, seed=seed).subject(language))
        ),
    )  # fmt: skip


def limit(
    scenario: Scenario,
    *,
    changes: Changes | None = None,
    most: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Answer:
    """Find the largest volume that still holds the targets, as a multiple of the plan."""
    from simulate.experiment.limit import limit as ask
    from simulate.report.questions.limit_terminal import tell_limit
    from simulate.report.questions.limited import Limited

    loaded = load(scenario, changes)
    with _points(jobs, cluster) as points:
        found = ask(loaded, points, seed=seed, most=most, folder=usual_store().folder)
    return Answer(
        "limit", found, "volumes", lambda: tell_limit(loaded, found),
        lambda language: chart_module("limit").draw(
            Limited(limit=found, subject=_unsimulated(loaded, language))
        ),
    )  # fmt: skip


def staff(
    scenario: Scenario,
    *,
    changes: Changes | None = None,
    bounds: Mapping[str, tuple[int, int]] | None = None,
    budget: str | None = None,
    people: int | None = None,
    overtime: str | None = None,
    most: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Answer:
    """Find the cheapest roster that holds the targets, or the best within a budget.

    `bounds` has fewest and most people by shift, such as ``{"packers.extra": (0, 4)}``.
    """
    from simulate.experiment.staffing import parse_within
    from simulate.experiment.staffing import staff as ask
    from simulate.report.questions.staff_terminal import tell_staffing
    from simulate.report.questions.staffed import Staffed

    loaded = load(scenario, changes)
    within = parse_within(loaded, budget, people, overtime)
    with _points(jobs, cluster) as points:
        found = ask(
            loaded, points, bounded=bounds, within=within, seed=seed, most=most,
            folder=usual_store().folder,
        )  # fmt: skip
    return Rosters(
        "staff", found, "alternatives", lambda: tell_staffing(loaded, found),
        lambda language: chart_module("staff").draw(
            Staffed(staffing=found, subject=_unsimulated(loaded, language))
        ),
    )  # fmt: skip


def compare(
    *scenarios: Scenario,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Answer:
    """Hold scenarios against the first one, on the same simulated customers."""
    return _compared([load(each) for each in scenarios], "compare", replications, seed, jobs,
                     cluster)  # fmt: skip


def variants(
    scenario: Scenario,
    *,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Answer:
    """Hold the variants that a scenario lists against it."""
    loaded = load(scenario)
    if not loaded.variants:
        raise refusal(f"`{loaded.name}` lists no variants")
    plans = [loaded, *loaded.variants.values()]
    return _compared(plans, "variants", replications, seed, jobs, cluster)


def _compared(
    plans: Sequence[Loaded],
    kind: str,
    replications: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
) -> Answer:
    from simulate.experiment.comparison import compare as ask
    from simulate.report.questions.compared import Compared
    from simulate.report.questions.comparison_terminal import tell_comparison

    with _points(jobs, cluster) as points:
        found = ask(plans, points, usual_store(), seed=seed, replications=replications)

    def shown(language: str) -> Compared:
        words = load_words(language)
        return Compared(comparison=found, plans=tuple(plans), words=words, kind=kind)

    return Comparison(
        kind, found, "sides", lambda: tell_comparison(shown("en")),
        lambda language: chart_module(kind).draw(shown(language)),
    )  # fmt: skip


def sensitivity(
    scenario: Scenario,
    *,
    changes: Changes | None = None,
    measure: str | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Answer:
    """Say which assumptions decide the verdict, and where each turns it."""
    from simulate.experiment.sensitivity import sensitivity as ask
    from simulate.report.questions.sensitivity_terminal import tell_sensitivity
    from simulate.report.questions.weighed import Weighed

    loaded = load(scenario, changes)
    with _points(jobs, cluster) as points:
        found = ask(loaded, points, usual_store().folder, measure=measure, seed=seed,
                    replications=replications)  # fmt: skip
    return Answer(
        "sensitivity", found, "swings", lambda: tell_sensitivity(loaded, found),
        lambda language: chart_module("sensitivity").draw(
            Weighed(found=found, subject=_unsimulated(loaded, language))
        ),
    )  # fmt: skip


def whatif(
    scenario: Scenario,
    *axes: str,
    changes: Changes | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Answer:
    """Simulate a grid over up to three inputs, given as on the command line or by the scenario."""
    from simulate.experiment.whatif import parse_axis
    from simulate.experiment.whatif import whatif as ask
    from simulate.report.questions.gridded import Gridded
    from simulate.report.questions.whatif_terminal import tell_whatif

    loaded = load(scenario, changes)
    given = [parse_axis(loaded, each) for each in axes] or None
    with _points(jobs, cluster) as points:
        found = ask(loaded, points, usual_store().folder, axes=given, seed=seed,
                    replications=replications)  # fmt: skip
    return Grid(
        "whatif", found, "points", lambda: tell_whatif(loaded, found),
        lambda language: chart_module("whatif").draw(
            Gridded(found=found, subject=_unsimulated(loaded, language))
        ),
    )  # fmt: skip


@contextmanager
def _points(jobs: int | None, cluster: str | None) -> Iterator["Points"]:
    """Yield the points of a search: its workers, and what is known from earlier ones."""
    from simulate.experiment.points import Points
    from simulate.results.sample_store import SampleStore

    with workers(jobs or cores(), cluster) as crew:
        yield Points(crew, SampleStore(usual_store().folder))


def _unsimulated(loaded: Loaded, language: str) -> "Subject":
    from simulate.report.questions.unsimulated import unsimulated

    return unsimulated(loaded, load_words(language))
