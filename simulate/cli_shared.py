"""What all commands share: exit statuses, errors without traceback, options, the run store."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from simulate import __version__

PASS, FAIL, BAD_INPUT, BROKEN = 0, 1, 2, 3
"""Exit statuses: all is well; the plan fails or is stale; the input is wrong; a fault of ours."""


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turn a command's result into the exit status, and errors into messages without traceback."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        from simulate.report.site import SiteError
        from simulate.results.audit import AuditError
        from simulate.scenario.problems import InputError

        try:
            sys.exit(command(*args, **kwargs))
        except InputError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            sys.exit(BAD_INPUT)
        except SiteError as error:
            for line in error.problems:
                click.echo(line, err=True)
            sys.exit(FAIL)
        except AuditError as error:
            click.echo(f"{error}; please report this with the scenario", err=True)
            sys.exit(BROKEN)
        except OSError as error:
            click.echo(f"{error.filename}: {error.strerror}", err=True)
            sys.exit(BAD_INPUT)

    return guarded


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peakbook")
def main() -> None:
    """Can our fulfilment ship this promotion in time? What breaks first, and what would mend it?

    Exit status: 0 all is well, 1 the plan fails or a page is stale, 2 the input is wrong.
    """


jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes to use; as many as there are cores."
)

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Send the work to a Dask scheduler, such as tcp://10.0.0.5:8786; `local` starts one.",
)
seed_option = click.option(
    "--seed", type=click.IntRange(min=0), help="Which random numbers to use."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def cores() -> int:
    """Return how many processors this program may use."""
    from simulate.experiment.workers import cores as usable

    return usable()


def here() -> Any:
    """Return the playbook around the working folder."""
    from simulate.scenario.playbook import find_playbook

    return find_playbook()


def run_store() -> Any:
    """Return the run store: of the playbook, or of the user where there is none."""
    from simulate.results.store import usual_store

    return usual_store()


@contextmanager
def searching(what: str, total: int, jobs: int | None, cluster: str | None) -> Iterator[Any]:
    """Yield the `Points` of a search: its workers, what is known from earlier, and its progress.

    `what` is tried, in about `total` replications.
    """
    from simulate.experiment.points import Points
    from simulate.experiment.workers import workers
    from simulate.report.terminal import steps
    from simulate.results.sample_store import SampleStore

    store = SampleStore(run_store().folder)
    with workers(jobs or cores(), cluster) as crew, steps() as step:
        done, simulated = step(what, total), 0

        def more(count: int) -> None:
            nonlocal simulated
            simulated += count
            done(simulated)

        yield Points(crew, store, done=more)
