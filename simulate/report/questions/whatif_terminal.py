"""A what-if grid in the terminal: a table for people, JSON for programs, CSV for spreadsheets."""

import json
import sys
from dataclasses import asdict
from io import StringIO
from pathlib import Path

from simulate.experiment.whatif import WhatIf
from simulate.files import write_whole
from simulate.report.questions.documented import finite
from simulate.report.questions.gridded import Gridded
from simulate.report.questions.unsimulated import unsimulated
from simulate.report.terminal import width
from simulate.report.words import load_words
from simulate.scenario.loading import Loaded


def tell_whatif(loaded: Loaded, found: WhatIf) -> str:
    """Return the grid for a person: the table, and the point nearest to the plan in full."""
    from rich.console import Console
    from rich.table import Table

    gridded = _gridded(loaded, found)
    console = Console(file=StringIO(), record=True, width=width(), highlight=False)
    console.print(gridded.subject.title, style="bold", markup=False)
    console.print(gridded.name(gridded.measure), markup=False)
    headings, rows = gridded.table()
    table = Table(box=None, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="left" if index == 0 else "right")
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False)
    for note in gridded.notes:
        console.print(note, style="dim", markup=False)
    console.print()
    console.print(gridded.place(gridded.start), style="bold", markup=False)
    for line in gridded.told(gridded.planned):
        console.print(f"  {line}", markup=False)
    console.print(
        f"{len(found.points)} combinations, {found.replications} replications each, "
        f"seed {found.seed}",
        style="dim",
    )
    lines = console.export_text(styles=sys.stdout.isatty()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def whatif_document(found: WhatIf) -> str:
    """Return the grid as one JSON document; unknown bounds are null."""
    return json.dumps(finite(asdict(found)), indent=2, ensure_ascii=False) + "\n"


def write_points(loaded: Loaded, found: WhatIf, file: Path) -> None:
    """Write every combination into a file for a spreadsheet."""
    write_whole(file, _gridded(loaded, found).csv())


def _gridded(loaded: Loaded, found: WhatIf) -> Gridded:
    return Gridded(found=found, subject=unsimulated(loaded, load_words("en")))
