"""A comparison's chart as a file of its own."""

from pathlib import Path

from simulate.files import write_whole
from simulate.report.questions.compared import Compared
from simulate.scenario.problems import refusal, shortened


def check_chart_path(file: Path) -> None:
    """Raise InputError if no chart can be drawn into `file`, by its ending."""
    if file.suffix.lower() != ".svg":
        raise refusal(f"`{shortened(file.name)}` must end in `.svg`: charts are drawn as SVG")


def write_chart(compared: Compared, file: Path) -> None:
    """Draw the backlogs into an ``.svg`` file: over each other, of variants one below the other.

    Raises InputError if the file has another ending.
    """
    from simulate.report.assets import draw
    from simulate.report.charts import compare, variants

    check_chart_path(file)
    figure = (variants if compared.kind == "variants" else compare).draw(compared)
    # Outside of a page nothing lies behind the chart: the light palette needs a white ground.
    svg = draw(figure)["light"].replace("<svg ", '<svg style="background:#fff" ', 1)
    write_whole(file, svg)
