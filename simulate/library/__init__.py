"""Peakbook as a library: the questions of the command line for notebooks and scripts.

    import simulate

    answer = simulate.run("double-12")
    answer.verdict, answer.measures, answer.by_hour
    answer.chart("backlog")

A scenario is what the command line takes: a name in the playbook around the working folder, with a
variant or a revision, or a path; or what `load` returned. `changes` are inputs by path, as in
``{"traffic": "1.5x"}``. What was simulated once is not simulated again: the run store is that of
the command line. What cannot be used raises `simulate.scenario.problems.InputError`.
"""

from simulate.library.questions import (
    bound,
    compare,
    limit,
    load,
    run,
    sensitivity,
    staff,
    variants,
    whatif,
)

__all__ = ["bound", "compare", "limit", "load", "run", "sensitivity", "staff", "variants", "whatif"]
