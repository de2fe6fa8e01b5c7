"""The commands of the questions that planners ask: read, call, print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simulate.cli_shared import (
    FAIL,
    PASS,
    cluster_option,
    guarded,
    jobs_option,
    json_option,
    main,
    run_store,
    searching,
    seed_option,
)

__all__ = ["bound", "compare", "limit", "staff", "variants"]


def _comparing(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every comparison."""
    options = [
        click.option(
            "--replications",
            type=click.IntRange(1, 100_000),
            help="How many campaigns to simulate of each.",
        ),
        seed_option,
        jobs_option,
        cluster_option,
        click.option("--all", "every", is_flag=True, help="Show every measure."),
        click.option(
            "--chart",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Draw the backlogs into an .svg file.",
        ),
        click.option(
            "--xlsx",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write measures, differences and backlogs into an .xlsx workbook.",
        ),
        json_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("scenarios", metavar="A B ...", nargs=-1, required=True)
@_comparing
@guarded
def compare(scenarios: tuple[str, ...], **options: Any) -> int:
    """Hold scenarios against the first one, on the same simulated customers.

    Each is a NAME or a PATH; NAME:VARIANT is one of its variants, and NAME@REVISION the scenario
    as git knows it at a revision, such as double-12@v1.2 or double-12@HEAD~3.
    """
    from simulate.scenario.references import find_scenario

    plans = [find_scenario(written) for written in scenarios]
    return _show_comparison(plans, "compare", **options)


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@_comparing
@guarded
def variants(scenario: str, **options: Any) -> int:
    """Hold the variants that a scenario lists against it, on the same simulated customers."""
    from simulate.scenario.problems import refusal
    from simulate.scenario.references import find_scenario

    loaded = find_scenario(scenario)
    if not loaded.variants:
        raise refusal(
            f"`{loaded.name}` lists no variants: write them below `variants`, each with a `title` "
            "and the keys that it changes"
        )
    return _show_comparison([loaded, *loaded.variants.values()], "variants", **options)


def _show_comparison(
    plans: list[Any],
    kind: str,
    *,
    replications: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    every: bool,
    chart: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> int:
    from simulate.experiment.comparison import compare as hold_against
    from simulate.report.questions.compared import Compared
    from simulate.report.questions.comparison_chart import check_chart_path, write_chart
    from simulate.report.questions.comparison_terminal import comparison_document, tell_comparison
    from simulate.report.words import load_words

    if chart is not None:
        check_chart_path(chart)
    if xlsx is not None:
        from simulate.report.sheets import check_workbook

        check_workbook(xlsx)
    total = len(plans) * (replications or plans[0].scenario.replications)
    with searching(f"Comparing {len(plans)} plans", total, jobs, cluster) as points:
        found = hold_against(plans, points, run_store(), seed=seed, replications=replications)
    compared = Compared(comparison=found, plans=tuple(plans), words=load_words("en"), kind=kind)
    if chart is not None:
        write_chart(compared, chart)
    if xlsx is not None:
        from simulate.report.questions.comparison_sheets import write_comparison

        write_comparison(xlsx, compared)
    click.echo(
        comparison_document(compared) if as_json else tell_comparison(compared, every=every),
        nl=not as_json,
    )
    return PASS


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@seed_option
@json_option
@guarded
def bound(scenario: str, seed: int | None, as_json: bool) -> int:
    """Say at once, without simulating, what cannot work even if nothing varies.

    How much could be on time at best, what limits it, and when the backlog could be gone.
    """
    from simulate.experiment.bound import bound as fluid_bound
    from simulate.report.questions.bound_terminal import bound_document, tell_bound
    from simulate.scenario.references import find_scenario

    loaded = find_scenario(scenario)
    found = fluid_bound(loaded, seed=seed)
    click.echo(bound_document(found) if as_json else tell_bound(loaded, found), nl=not as_json)
    return FAIL if found.missed else PASS


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@click.option(
    "--most",
    type=click.IntRange(10, 100_000),
    help="How many campaigns to simulate of each volume near the limit.",
)
@click.option(
    "--precision",
    metavar="SHARE",
    default="2%",
    show_default=True,
    help="How closely to look for it.",
)
@seed_option
@jobs_option
@cluster_option
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write volumes and targets into an .xlsx workbook.",
)
@json_option
@guarded
def limit(
    scenario: str,
    most: int | None,
    precision: str,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    xlsx: Path | None,
    as_json: bool,
) -> int:
    """Find the largest volume that holds the targets, and say what breaks then.

    Volumes are multiples of the planned traffic. The answer is an interval: up to where every
    target surely holds, and from where one surely does not.
    """
    from simulate.experiment.limit import limit as find_limit
    from simulate.experiment.limit import parse_precision
    from simulate.report.questions.limit_terminal import limit_document, tell_limit
    from simulate.scenario.references import find_scenario

    if xlsx is not None:
        from simulate.report.sheets import check_workbook

        check_workbook(xlsx)
    loaded = find_scenario(scenario)
    share = parse_precision(precision)
    with searching(f"Trying volumes of {loaded.name}", 260, jobs, cluster) as points:
        found = find_limit(
            loaded, points, seed=seed, most=most, precision=share, folder=run_store().folder
        )
    if xlsx is not None:
        from simulate.report.questions.limit_sheets import write_limit

        write_limit(xlsx, loaded, found)
    click.echo(limit_document(found) if as_json else tell_limit(loaded, found), nl=not as_json)
    return PASS if (found.holds or 0.0) >= 1 else FAIL


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@click.option(
    "--within",
    "bounded",
    multiple=True,
    metavar="SHIFT=0..4",
    help="Fewest and most people of a shift, such as packers.extra=0..4; can be repeated.",
)
@click.option("--budget", metavar="MONEY", help="What these shifts may cost, such as '20000 CNY'.")
@click.option("--people", type=click.IntRange(min=0), help="How many these shifts may have in all.")
@click.option("--overtime", metavar="TIME", help="Let every shift stay on, such as 2h.")
@click.option(
    "--most", type=click.IntRange(10, 100_000), help="How many campaigns to simulate of one roster."
)
@seed_option
@jobs_option
@cluster_option
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the answer into an .xlsx workbook, with a roster that `run --roster` reads.",
)
@json_option
@guarded
def staff(
    scenario: str,
    bounded: tuple[str, ...],
    budget: str | None,
    people: int | None,
    overtime: str | None,
    most: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    xlsx: Path | None,
    as_json: bool,
) -> int:
    """Find the cheapest roster that holds the targets: people by pool and shift.

    With --budget, --people or --overtime: the best that can be reached with that. The shifts that
    may be changed, and by how much, stand in the scenario under `staffing` or are given with
    --within; else they are those of the campaign's own days.
    """
    from simulate.experiment.rosters import parse_bounds
    from simulate.experiment.staffing import parse_within
    from simulate.experiment.staffing import staff as find_roster
    from simulate.report.questions.staff_terminal import staffing_document, tell_staffing
    from simulate.scenario.references import find_scenario

    if xlsx is not None:
        from simulate.report.sheets import check_workbook

        check_workbook(xlsx)
    loaded = find_scenario(scenario)
    within = parse_within(loaded, budget, people, overtime)
    limits = parse_bounds(bounded)
    total = 5 * (most or loaded.scenario.replications)
    with searching(f"Trying rosters for {loaded.name}", total, jobs, cluster) as points:
        found = find_roster(
            loaded,
            points,
            bounded=limits,
            within=within,
            seed=seed,
            most=most,
            folder=run_store().folder,
        )
    if xlsx is not None:
        from simulate.report.questions.staff_sheets import write_staffing

        write_staffing(xlsx, loaded, found, "en")
    click.echo(
        staffing_document(found) if as_json else tell_staffing(loaded, found), nl=not as_json
    )
    return PASS if found.answer is not None else FAIL
