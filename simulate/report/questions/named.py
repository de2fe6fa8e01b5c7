"""What inputs and their values are called, in the reader's language."""

from simulate.experiment.varied import ONE, parted
from simulate.report.escape import plain
from simulate.report.subject import Subject
from simulate.scenario.problems import InputError


def input_label(subject: Subject, path: str) -> str:
    """Return what an input is called: its label where it is varied, or its path. Plain text."""
    scenario = subject.scenario
    for spans in (scenario.whatif, scenario.ranges):
        if path in spans and spans[path].label is not None:
            return subject.text(spans[path].label)
    return plain(path)


def value_text(subject: Subject, written: str) -> str:
    """Return a value as readers have it: ``3 人`` for ``3 people``; others as they are written."""
    try:
        number, unit = parted(written)
    except InputError:
        return plain(written)
    is_single = number == 1 and unit in ONE and subject.words.language == "en"
    known = subject.words.find(f"assumptions.units.{unit}") if unit and not is_single else None
    return known.format(n=f"{number:g}") if known is not None else plain(written)
