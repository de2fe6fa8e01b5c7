"""The commands: read, call, print. Whatever can be tested without a terminal lives elsewhere."""

from pathlib import Path
from typing import Any

import click

from simulate import cli_questions, cli_whatif
from simulate.cli_shared import (
    FAIL,
    PASS,
    cluster_option,
    cores,
    guarded,
    here,
    jobs_option,
    json_option,
    main,
    run_store,
    seed_option,
)

__all__ = ["cli_questions", "cli_whatif", "main"]


@main.command()
@click.argument("scenario", metavar="NAME|PATH")
@click.option(
    "--replications",
    type=click.IntRange(1, 100_000),
    help="Simulate exactly so many campaigns, whether or not the verdict is clear.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 100_000),
    help="Simulate until the verdict is clear, at most so many campaigns.",
)
@seed_option
@click.option(
    "--floor",
    type=click.Choice(["compiled", "simpy"]),
    default="compiled",
    show_default=True,
    help="The engine: both give the same numbers, `compiled` far sooner.",
)
@jobs_option
@cluster_option
@click.option(
    "--roster",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Work with the roster in this .xlsx workbook, as `--xlsx` writes one.",
)
@json_option
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the answer, its figures and all inputs into an .xlsx workbook.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The language of the workbook.",
)
@click.option(
    "--trace",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write every order to a .parquet or .csv file.",
)
@guarded
def run(
    scenario: str,
    roster: Path | None,
    as_json: bool,
    xlsx: Path | None,
    language: str,
    **options: Any,
) -> int:
    """Simulate a scenario and say whether it holds its targets.

    Campaigns are simulated until the verdict is clear, at most as many as the scenario's
    `replications`.
    """
    from simulate.report.questions.bound_terminal import told_before
    from simulate.report.terminal import as_document, tell
    from simulate.report.workbook import check_workbook, write_workbook
    from simulate.scenario.references import find_scenario

    if xlsx is not None:
        check_workbook(xlsx)
    loaded = find_scenario(scenario)
    if roster is not None:
        from simulate.report.roster import with_roster

        loaded = with_roster(loaded, roster)
    if warning := told_before(loaded):
        click.echo(warning, err=True)
    outcome = _simulated(loaded, **options)
    if xlsx is not None:
        write_workbook(xlsx, loaded, outcome, language)
    click.echo(as_document(outcome) if as_json else tell(loaded, outcome), nl=not as_json)
    return PASS if outcome.verdict.word in ("pass", "none") else FAIL


def _simulated(
    loaded: Any,
    *,
    replications: int | None,
    most: int | None,
    jobs: int | None,
    cluster: str | None,
    trace: Path | None,
    **options: Any,
) -> Any:
    """Return the outcome of a run as its options want it."""
    from simulate.experiment.answer import answer, traced_answer
    from simulate.experiment.workers import workers
    from simulate.report.closing import closing
    from simulate.results.trace import check_path

    if replications and most:
        raise click.UsageError("give `--replications` or `--most`, not both")
    if trace is not None:
        check_path(trace)
    total = replications or most or loaded.scenario.replications
    with (
        workers(1 if trace else jobs or cores(), None if trace else cluster) as crew,
        closing(f"Simulating {loaded.name}", total) as (done, watched),
    ):
        options |= {"replications": replications, "most": most, "done": done, "watched": watched}
        if trace is not None:
            return traced_answer(loaded, run_store(), trace, **options)
        return answer(loaded, run_store(), crew=crew, **options)


@main.command()
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the site; `site` unless given."
)
@click.option(
    "--base-url", help="Where the site will be served, such as https://shop.example/plan/"
)
@jobs_option
@guarded
def publish(out: Path | None, base_url: str | None, jobs: int | None) -> int:
    """Simulate what changed, write it into the pages, and build the site."""
    from simulate.report.publishing import publish as publish_playbook
    from simulate.report.terminal import steps

    playbook = here()
    with steps() as step:
        publish_playbook(
            playbook, run_store(), out or playbook.root / "site", base_url, jobs or cores(), step
        )
    return PASS


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@jobs_option
@guarded
def serve(host: str, port: int, jobs: int | None) -> int:
    """Show the site in a browser and keep it up to date with every save."""
    from simulate.report.publishing import publish as publish_playbook
    from simulate.report.serve import serve as serve_site
    from simulate.report.terminal import steps
    from simulate.scenario.playbook import find_playbook

    playbook, store = here(), run_store()

    def bring_up_to_date(_: frozenset[Path]) -> None:
        with steps() as step:
            # Found anew each time: scenarios may have come or gone.
            now = find_playbook(playbook.root)
            publish_playbook(now, store, now.root / "site", None, jobs or cores(), step)

    serve_site(
        playbook.root, host, port, bring_up_to_date, on_ready=lambda at: click.echo(f"Serving {at}")
    )
    return PASS


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@guarded
def check(as_json: bool) -> int:
    """Tell, without simulating, whether every page is fresh and every target is held."""
    from simulate.report.checking import check as check_playbook
    from simulate.report.terminal import findings_as_document, tell_findings

    findings = check_playbook(here(), run_store())
    click.echo(
        findings_as_document(findings) if as_json else tell_findings(findings), nl=not as_json
    )
    return FAIL if findings else PASS


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--quick", is_flag=True, help="A sample of everything, in seconds.")
@jobs_option
@guarded
@click.pass_obj
def verify(cases: Any, as_json: bool, quick: bool, jobs: int | None) -> int:
    """Try the model against everything that is known, and say whether it computes rightly.

    Queueing theory, one engine against the other and against another simulator, tables worked
    out by hand, the sureness of intervals, and the laws of bookkeeping over all scenarios.
    """
    from simulate.evidence.proof import Effort
    from simulate.report.publishing import load_all
    from simulate.report.terminal import steps, width
    from simulate.report.verification_terminal import tell_verification, verification_as_document
    from simulate.report.verifying import verify_playbook

    scenarios = load_all(here())
    effort = Effort(quick=quick, jobs=jobs or cores())
    with steps() as step:
        verification = verify_playbook(scenarios, run_store(), effort, step, cases)
    titles = {name: loaded.scenario.title.en for name, loaded in scenarios.items()}
    click.echo(
        verification_as_document(verification)
        if as_json
        else tell_verification(verification, titles, width()),
        nl=not as_json,
    )
    return PASS if verification.holds else FAIL


@main.group()
def plan() -> None:
    """The annual plan: whether its figures agree, and what its year brings."""


@plan.command("lint")
@click.argument("name", metavar="[NAME|PATH]", default="annual")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@guarded
def plan_lint(name: str, as_json: bool) -> int:
    """Tell where the annual plan contradicts itself, by how much, and what would agree.

    Fails on errors that the plan does not accept with a reason.
    """
    from simulate.plan.lint import fails, lint
    from simulate.plan.loading import load_plan
    from simulate.report.plan_terminal import plan_findings_as_document, tell_plan_findings
    from simulate.report.terminal import width

    loaded = load_plan(name)
    findings = lint(loaded)
    click.echo(
        plan_findings_as_document(loaded, findings)
        if as_json
        else tell_plan_findings(loaded, findings, width()),
        nl=not as_json,
    )
    return FAIL if fails(findings) else PASS


@plan.command("schema")
@guarded
def schema_of_plan() -> int:
    """Print the JSON Schema of annual plans, for editors."""
    import json

    from simulate.plan.schema import plan_schema

    click.echo(json.dumps(plan_schema(), indent=2, ensure_ascii=False))
    return PASS


@plan.command("run")
@click.argument("name", metavar="[NAME|PATH]", default="annual")
@click.option("--replications", type=click.IntRange(1, 100_000), help="How many years to simulate.")
@click.option("--seed", type=click.IntRange(min=0), help="Which random numbers to use.")
@jobs_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@guarded
def plan_run(
    name: str, replications: int | None, seed: int | None, jobs: int | None, as_json: bool
) -> int:
    """Simulate the year of the annual plan, order by order, with every campaign in it.

    Load by day, monthly sales against their targets, and the chance of reaching the year's.
    """
    from simulate.plan.loading import load_plan
    from simulate.plan.year_answer import year_answer
    from simulate.report.terminal import steps
    from simulate.report.year_terminal import tell_year, year_document

    loaded = load_plan(name)
    with steps() as step:
        done = step(f"Simulating {loaded.name}", replications or loaded.plan.replications)
        options: dict[str, Any] = {"seed": seed, "replications": replications, "done": done}
        outcome = year_answer(loaded, run_store(), jobs=jobs or cores(), **options)
    title = loaded.plan.title.en
    click.echo(year_document(outcome) if as_json else tell_year(outcome, title), nl=not as_json)
    return PASS


@main.command()
@click.argument("name")
@guarded
def new(name: str) -> int:
    """Write a new scenario, and its pages, for you to change."""
    from datetime import date

    from simulate.report.publishing import start_scenario

    for path in start_scenario(here(), name, date.today()):
        click.echo(f"wrote {path}")
    return PASS


@main.command()
@guarded
def schema() -> int:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from simulate.scenario.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return PASS
