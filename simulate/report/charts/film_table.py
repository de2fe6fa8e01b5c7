"""What a run film says in words and numbers: its finding, its table, its CSV."""

from collections.abc import Sequence

from simulate.report.charts.figure import stamp, with_unit
from simulate.report.charts.film_frames import DOCK, Reel
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column, csv_text
from simulate.report.subject import Subject, column_step

MOST_ROWS = 32


def finding_of(subject: Subject, reel: Reel) -> str:
    """Return what the frame of the highest backlog shows, as Markdown."""
    say, hour = subject.words.say, reel.frames[reel.peak]
    if reel.backlog[hour] < 0.5:
        return say("charts.nothing")
    stations = [place for place in reel.places if place.key != DOCK]
    fullest = sorted(stations, key=lambda place: -place.orders[hour])[:3]
    places = [
        say("charts.film.at", place=escape(place.label), orders=number(place.orders[hour]))
        for place in fullest
    ]
    people = [
        say("charts.film.crew_of", pool=escape(subject.pool(pool)), people=number(staff[hour], 1))
        for pool, staff in reel.staff.items()
    ]
    return say(
        "charts.film.alt",
        moment=subject.moment(subject.outcome.hour_starts[hour]),
        backlog=number(reel.backlog[hour]),
        places=say("charts.film.and").join(places),
        people=say("charts.film.and").join(people),
        dock=number(reel.places[-1].orders[hour]),
        collected=number(reel.collected[hour]),
    )


def columns_of(subject: Subject, reel: Reel) -> list[Column]:
    """Return the headings of the table below the film."""
    say = subject.words.say
    return [
        Column(say("charts.hour")),
        *(Column(escape(place.label), right=True) for place in reel.places),
        Column(say("charts.film.so_far"), right=True),
        *(Column(escape(_at_work(subject, pool)), right=True) for pool in reel.staff),
    ]


def rows_of(subject: Subject, reel: Reel) -> list[list[str]]:
    """Return the numbers of some hours, evenly spread."""
    shown = subject.hours_shown
    return [
        [
            subject.moment(subject.outcome.hour_starts[hour]),
            *(number(place.orders[hour]) for place in reel.places),
            number(reel.collected[hour]),
            *(number(staff[hour], 1) for staff in reel.staff.values()),
        ]
        for hour in range(0, shown, column_step(shown, MOST_ROWS))
    ]


def csv_of(subject: Subject, reel: Reel) -> str:
    """Return everything that the film shows, a row an hour."""
    say = subject.words.say
    told: list[tuple[str, str, Sequence[float]]] = [
        (place.label, "orders", place.orders) for place in reel.places
    ]
    told.append((say("charts.film.so_far"), "orders", reel.collected))
    for place in reel.places:
        if place.busy is not None:
            told.append((say("charts.film.busy", station=place.label), "people", place.busy))
    told += [(_at_work(subject, pool), "people", staff) for pool, staff in reel.staff.items()]
    headings = [say("charts.hour"), *(with_unit(subject, name, unit) for name, unit, _ in told)]
    rows: list[list[str | float | None]] = [
        [stamp(subject, subject.outcome.hour_starts[hour]), *(values[hour] for *_, values in told)]
        for hour in range(subject.hours_shown)
    ]
    return csv_text(headings, rows)


def _at_work(subject: Subject, pool: str) -> str:
    return subject.words.say("charts.film.at_work", pool=subject.pool(pool))
