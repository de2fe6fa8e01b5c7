"""The commands that move inputs: which of them decide, and what if."""

from pathlib import Path

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

__all__ = ["sensitivity", "whatif"]

replications_option = click.option(
    "--replications",
    type=click.IntRange(2, 100_000),
    help="How many campaigns to simulate of every point.",
)

xlsx_option = click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the answer into an .xlsx workbook.",
)


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@click.option("--measure", metavar="NAME", help="What to watch, such as lead_time_p90.")
@replications_option
@seed_option
@jobs_option
@cluster_option
@xlsx_option
@json_option
@guarded
def sensitivity(
    scenario: str,
    measure: str | None,
    replications: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    xlsx: Path | None,
    as_json: bool,
) -> int:
    """Find the assumptions that decide the verdict, and the value at which it turns.

    The inputs are those below `ranges` in the scenario; without any, all that are assumed, 20 %
    off to either side.
    """
    from simulate.experiment.sensitivity import about
    from simulate.experiment.sensitivity import sensitivity as find
    from simulate.report.questions.sensitivity_terminal import (
        sensitivity_document,
        tell_sensitivity,
    )
    from simulate.scenario.references import find_scenario

    _check(xlsx)
    loaded = find_scenario(scenario)
    total = about(loaded, replications)
    with searching(f"Moving inputs of {loaded.name}", total, jobs, cluster) as points:
        found = find(
            loaded,
            points,
            run_store().folder,
            measure=measure,
            seed=seed,
            replications=replications,
        )
    if xlsx is not None:
        from simulate.report.questions.moved_sheets import write_sensitivity
        from simulate.report.questions.unsimulated import unsimulated
        from simulate.report.questions.weighed import Weighed
        from simulate.report.words import load_words

        write_sensitivity(xlsx, Weighed(found=found, subject=unsimulated(loaded, load_words("en"))))
    click.echo(
        sensitivity_document(found) if as_json else tell_sensitivity(loaded, found),
        nl=not as_json,
    )
    return PASS


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@click.option(
    "--vary",
    "inputs",
    multiple=True,
    metavar="INPUT=FROM..TO:STEP",
    help="An input and its values, such as traffic=0.8x..1.6x:0.2x; up to three.",
)
@replications_option
@seed_option
@jobs_option
@cluster_option
@click.option(
    "--csv",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write every combination into a .csv file.",
)
@xlsx_option
@json_option
@guarded
def whatif(
    scenario: str,
    inputs: tuple[str, ...],
    replications: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    table: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> int:
    """Simulate every combination of a few values of up to three inputs.

    The inputs are those below `whatif` in the scenario, unless given with --vary.
    """
    from simulate.experiment.whatif import REPLICATIONS, parse_axis, size_of, stated_axes
    from simulate.experiment.whatif import whatif as find
    from simulate.report.questions.whatif_terminal import (
        tell_whatif,
        whatif_document,
        write_points,
    )
    from simulate.scenario.references import find_scenario

    _check(xlsx)
    loaded = find_scenario(scenario)
    axes = [parse_axis(loaded, text) for text in inputs] or stated_axes(loaded)
    total = size_of(axes) * (replications or REPLICATIONS)
    with searching(f"Trying {size_of(axes)} combinations", total, jobs, cluster) as points:
        found = find(
            loaded, points, run_store().folder, axes=axes, seed=seed, replications=replications
        )
    if table is not None:
        write_points(loaded, found, table)
    if xlsx is not None:
        from simulate.report.questions.gridded import Gridded
        from simulate.report.questions.moved_sheets import write_whatif
        from simulate.report.questions.unsimulated import unsimulated
        from simulate.report.words import load_words

        write_whatif(xlsx, Gridded(found=found, subject=unsimulated(loaded, load_words("en"))))
    click.echo(whatif_document(found) if as_json else tell_whatif(loaded, found), nl=not as_json)
    return PASS


def _check(xlsx: Path | None) -> None:
    """Refuse a workbook that cannot be written before anything is simulated."""
    if xlsx is not None:
        from simulate.report.sheets import check_workbook

        check_workbook(xlsx)
