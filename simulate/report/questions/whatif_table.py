"""A what-if grid on a page."""

from simulate.report.escape import escape
from simulate.report.grid import Column, markdown_table
from simulate.report.questions.gridded import Gridded


def whatif_block(gridded: Gridded) -> str:
    """Return the grid as a table, what its marks mean, and how to read it."""
    words = gridded.subject.words
    joint = "" if words.language == "zh" else " "
    headings, rows = gridded.table()
    columns = [Column(escape(each), right=index > 0) for index, each in enumerate(headings)]
    shown = [[escape(cell) for cell in row] for row in rows]
    return "\n\n".join([
        markdown_table(columns, shown),
        joint.join(escape(note) for note in gridded.notes),
        words.say("whatif.explanation", n=str(gridded.found.replications)),
    ])  # fmt: skip
