"""The commands of the questions that planners ask: read, call, print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simulate.cli_shared import (
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

__all__ = ["compare", "variants"]


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
    as_json: bool,
) -> int:
    from simulate.experiment.comparison import compare as hold_against
    from simulate.report.questions.compared import Compared
    from simulate.report.questions.comparison_chart import check_chart_path, write_chart
    from simulate.report.questions.comparison_terminal import comparison_document, tell_comparison
    from simulate.report.words import load_words

    if chart is not None:
        check_chart_path(chart)
    total = len(plans) * (replications or plans[0].scenario.replications)
    with searching(f"Comparing {len(plans)} plans", total, jobs, cluster) as points:
        found = hold_against(plans, points, run_store(), seed=seed, replications=replications)
    compared = Compared(comparison=found, plans=tuple(plans), words=load_words("en"), kind=kind)
    if chart is not None:
        write_chart(compared, chart)
    click.echo(
        comparison_document(compared) if as_json else tell_comparison(compared, every=every),
        nl=not as_json,
    )
    return PASS
