"""The fluid bound on a page: what could be reached at best beside what the simulation reaches."""

from simulate.report.figures import number
from simulate.report.grid import Column, markdown_table
from simulate.report.measures import figure_of
from simulate.report.questions.bounded import Bounded
from simulate.report.subject import Subject


def bound_block(bounded: Bounded) -> str:
    """Return the answer, what could be reached at best beside the simulation, and every place."""
    say = bounded.subject.words.say
    joint = "" if bounded.subject.words.language == "zh" else " "
    return "\n\n".join([
        joint.join(bounded.sentences),
        _beside(bounded),
        _places(bounded),
        say("bound.explanation"),
    ])  # fmt: skip


def _beside(bounded: Bounded) -> str:
    """Return at best and simulated: share on time, highest backlog, when it is gone."""
    subject, bound = bounded.subject, bounded.bound
    say = subject.words.say
    cleared = subject.outcome.cleared_at
    rows = [
        [say("bound.on_time"), bounded.share(bound.on_time_share.mean),
         _simulated("on_time_share", subject)],
        [say("bound.peak_backlog"), number(bound.peak), _simulated("peak_backlog", subject)],
        [say("bound.clearance"), bounded.moment(bound.cleared_at), bounded.moment(cleared)],
    ]  # fmt: skip
    columns = [
        Column(say("bound.measure")),
        Column(say("bound.best"), right=True),
        Column(say("bound.simulated"), right=True),
    ]
    return markdown_table(columns, rows)


def _simulated(measure: str, subject: Subject) -> str:
    if measure not in subject.outcome.measures:
        return subject.words.say("figures.missing")
    return figure_of(measure, subject)


def _places(bounded: Bounded) -> str:
    say, missing = bounded.subject.words.say, bounded.subject.words.say("figures.missing")
    first = bounded.bound.places[bounded.bound.limiting] if bounded.bound.places else None
    rows = []
    for place in bounded.ordered:
        label = bounded.place(place)
        if place is first:
            label = say("bound.first", place=f"**{label}**")
        peak = max(place.waiting, default=0.0)
        stretch = say(
            "figures.low_to_high",
            low=bounded.moment(place.tight_from),
            high=bounded.moment(place.tight_until),
        )
        rows.append([
            label,
            bounded.share(place.on_time_share.mean),
            bounded.load(place),
            stretch if place.load else missing,
            number(peak) if place.waiting else missing,
            bounded.moment(place.cleared_at) if peak >= 0.5 else missing,
        ])  # fmt: skip
    columns = [
        Column(say("bound.place")),
        *(
            Column(say(f"bound.{key}"), right=True)
            for key in ("best_share", "load", "stretch", "peak", "gone")
        ),
    ]
    return markdown_table(columns, rows)
