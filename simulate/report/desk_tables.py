"""The service desk in figures."""

from simulate.report.measures import SUBJECTS
from simulate.report.subject import Subject
from simulate.report.tables import measures_table


def desk_table(subject: Subject) -> str:
    """Return what customers get from the desk: answers, patience lost, orders lost and won."""
    names = [name for name in SUBJECTS["desk"] if name in subject.outcome.measures]
    return measures_table(subject, names) if names else subject.words.say("tables.none")
