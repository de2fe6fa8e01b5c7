"""Tables about the promise by class, people against work, and the courier's visits."""

from simulate.report.escape import escape
from simulate.report.figures import number, show, span, value
from simulate.report.grid import Column, markdown_table
from simulate.report.subject import Subject, say_moment
from simulate.results.outcome import ClassLateness, CourierVisit, Crew, Estimate
from simulate.scenario.promises import HoursPromise, Promise

SHORT = 0.5
"""People missing in the busiest hour from which a shift is short, and not only tight."""

ENOUGH = 0.05
"""People missing that nobody would notice."""

MOST_VISITS = 40
FULL = 0.97
"""Share of a van's capacity from which it counts as full."""


def lateness_table(subject: Subject) -> str:
    """Return one row for each promise: who has it, how many are late, how long they wait."""
    say, missing = subject.words.say, subject.words.say("figures.missing")
    rows = []
    for each in subject.outcome.late_by_class:
        on_time, longest = each.on_time_share, each.lead_time_p90
        rows.append([
            _orders_of(each, subject),
            show(on_time, subject.words) if on_time else missing,
            show(each.late_orders, subject.words, interval=False),
            show(each.orders, subject.words, interval=False),
            show(longest, subject.words, interval=False) if longest else missing,
        ])  # fmt: skip
    if not rows:
        return say("tables.lateness.none")
    columns = [
        Column(say("tables.lateness.orders_of")),
        Column(say("measures.on_time_share.label"), right=True),
        Column(say("tables.lateness.late"), right=True),
        Column(say("tables.lateness.orders"), right=True),
        Column(say("measures.lead_time_p90.label"), right=True),
    ]
    return markdown_table(columns, rows)


def _orders_of(row: ClassLateness, subject: Subject) -> str:
    """Return whose promise it is, whether its orders were paid within its window, and its term."""
    say = subject.words.say
    whose = say("tables.lateness.shop") if row.group is None else escape(subject.group(row.group))
    if row.in_window is not None:
        paid = "in_window" if row.in_window else "out_of_window"
        whose = say(f"tables.lateness.{paid}", whose=whose)
    return say("tables.lateness.term", whose=whose, term=_promise(row, subject))


def _promise(row: ClassLateness, subject: Subject) -> str:
    """Return a promise in a few words."""
    say, scenario = subject.words.say, subject.scenario
    promise: Promise | None = scenario.promise
    if row.group is not None:
        promise = scenario.sku_groups[row.group].promise
    if promise is None:
        return say("figures.missing")
    if isinstance(promise, HoursPromise):
        return say("tables.lateness.within", time=_hours(promise.within, subject))
    if row.in_window is False:
        return say("tables.lateness.within", time=_hours(promise.otherwise_within, subject))
    moment = say_moment(scenario.local(promise.collected_by), subject.words)
    return say("tables.lateness.by", moment=moment)


def _hours(seconds: float, subject: Subject) -> str:
    return value(seconds / 3600, "hours", subject.words)


def people_table(subject: Subject) -> str:
    """Return one row a shift: who was planned, who came, and its busiest hour.

    In that hour the whole pool counts, with every shift that is at work then.
    """
    say = subject.words.say
    rows = []
    for crew in subject.outcome.people:
        if crew.busiest is None:
            continue
        rows.append([
            _crew(crew, subject),
            gap_badge(crew.gap, subject),
            _people(crew.planned.mean),
            _people(crew.came.mean),
            _people(crew.needed.mean) if crew.needed else say("figures.missing"),
            _at_work(crew, crew.busiest, subject),
            subject.moment(crew.busiest),
        ])  # fmt: skip
    if not rows:
        return say("tables.none")
    columns = [
        Column(say("tables.shift")),
        Column(say("tables.staff.gap")),
        *(
            Column(say(f"tables.staff.{each}"), right=True)
            for each in ("planned", "came", "needed", "at_work", "busiest")
        ),
    ]
    return markdown_table(columns, rows)


def gap_badge(gap: Estimate | None, subject: Subject) -> str:
    """Return how many people are missing, as a word in its colour."""
    if gap is None:
        return subject.words.say("figures.missing")
    word = "pass" if gap.mean < ENOUGH else "inconclusive" if gap.mean < SHORT else "fail"
    text = subject.words.say(f"tables.staff.gap_{word}", people=number(gap.mean, 1))
    return f'<span class="pb-badge pb-{word}">{text}</span>'


def _crew(crew: Crew, subject: Subject) -> str:
    pool, shift = subject.pool(crew.pool), subject.shift(crew.pool, crew.shift)
    return subject.words.say("tables.staff.crew", pool=escape(pool), shift=escape(shift))


def _at_work(crew: Crew, moment: float, subject: Subject) -> str:
    """Return how many of a pool are at work in the hour of a moment."""
    staff, hour = subject.outcome.series[f"staff/{crew.pool}"].mean, int(moment // 3600)
    return _people(staff[hour]) if hour < len(staff) else subject.words.say("figures.missing")


def _people(people: float) -> str:
    return number(people, 0 if abs(people - round(people)) < 0.05 else 1)


def collections_table(subject: Subject) -> str:
    """Return one row for each visit of the courier to whom there is something to give.

    Of very many the fullest are kept; all are in the file of the chart.
    """
    say = subject.words.say
    visits = visits_shown(subject)
    if not visits:
        return say("tables.collections.none")
    if len(visits) > MOST_VISITS:
        fullest = sorted(visits, key=lambda visit: -visit.taken.mean)[:MOST_VISITS]
        visits = [visit for visit in visits if visit in fullest]
    rows = [
        [
            subject.moment(visit.planned),
            taken_words(visit, subject),
            _capacity(visit, subject),
            number(visit.waiting),
            number(max(0.0, visit.waiting - visit.taken.mean)),
            value(visit.late_share + visit.missed_share, "share", subject.words, decimals=0),
        ]
        for visit in visits
    ]
    headings = ("taken", "capacity", "waiting", "left", "unreliable")
    columns = [
        Column(say("tables.collections.visit")),
        *(Column(say(f"tables.collections.{each}"), right=True) for each in headings),
    ]
    return markdown_table(columns, rows)


def visits_shown(subject: Subject) -> list[CourierVisit]:
    """Return the visits in the hours shown at which parcels wait or are taken in some campaigns."""
    last = 3600.0 * subject.hours_shown
    return [
        visit
        for visit in subject.outcome.collections
        if max(visit.waiting, visit.taken.high) >= 0.5 and visit.planned < last
    ]


def taken_words(visit: CourierVisit, subject: Subject) -> str:
    """Return the parcels that a visit takes, and what nine campaigns of ten give it."""
    mean, interval = number(visit.taken.mean), span(visit.taken, subject.words)
    return subject.words.say("figures.range", mean=mean, interval=interval)


def _capacity(visit: CourierVisit, subject: Subject) -> str:
    """Return what the van holds, and whether it is full."""
    say = subject.words.say
    if visit.capacity is None:
        return say("tables.collections.no_limit")
    shown = number(visit.capacity)
    if visit.taken.high < FULL * visit.capacity:
        return shown
    word = "fail" if visit.taken.mean >= FULL * visit.capacity else "inconclusive"
    full = say(f"tables.collections.full_{word}")
    return f'<span class="pb-badge pb-{word}">{full}</span> {shown}'
