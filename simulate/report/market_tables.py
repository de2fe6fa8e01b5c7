"""What sold out, what the controller did about a flood of orders, and how each shop did."""

from collections.abc import Sequence

from simulate.report.escape import escape
from simulate.report.figures import number, show, value
from simulate.report.grid import Column, markdown_table
from simulate.report.measures import SUBJECTS
from simulate.report.subject import Subject
from simulate.report.tables import measures_table
from simulate.results.outcome import Estimate, Span
from simulate.scenario.controller import Rule


def sold_out_table(subject: Subject) -> str:
    """Return one row for each SKU group that can sell out: how often, when, what it costs."""
    rows = [
        [
            escape(subject.group(each.group)),
            _shown(each.share, subject),
            moment_of(each.first, subject),
            _shown(each.hours, subject),
            _shown(each.lost_orders, subject),
            _shown(each.moved_orders, subject),
            _shown(each.waiting_orders, subject),
        ]
        for each in subject.outcome.sold_out
    ]
    headings = ("share", "first", "hours", "lost", "moved", "waiting")
    return _table(subject, "tables.sold_out", "group", headings, rows)


def controller_table(subject: Subject) -> str:
    """Return one row a rule, what it does and how often it had to, and below what that saved."""
    say, controller = subject.words.say, subject.scenario.controller
    rules = controller.rules if controller is not None else {}
    rows = [
        [
            escape(subject.rule(each.rule)),
            _limits(rules[each.rule], subject) if each.rule in rules else say("figures.missing"),
            _shown(each.share, subject),
            subject.moment(each.first.median) if each.first else say("tables.never"),
            number(each.times.mean, 1),
            _shown(each.hours, subject),
        ]
        for each in subject.outcome.actions
    ]
    headings = ("share", "first", "times", "hours")
    columns = [
        Column(say("tables.controller.rule")),
        Column(say("tables.controller.limits")),
        *(Column(say(f"tables.controller.{each}"), right=True) for each in headings),
    ]
    table = markdown_table(columns, rows) if rows else say("tables.none")
    names = [name for name in SUBJECTS["controller"] if name in subject.outcome.measures]
    if not names:
        return table
    return "\n\n".join([table, say("tables.controller.saved"), measures_table(subject, names)])


def shops_table(subject: Subject) -> str:
    """Return one row a shop: its visitors, orders and sales, and how it is served."""
    rows = [
        [
            escape(subject.selling_shop(each.shop)),
            _shown(each.visitors, subject),
            _shown(each.paid, subject),
            _shown(each.sales, subject),
            _shown(each.late_orders, subject),
            _shown(each.on_time_share, subject),
        ]
        for each in subject.outcome.shops
    ]
    say = subject.words.say
    columns = [
        Column(say("tables.shops.shop")),
        *(
            Column(say(f"measures.{each}.label"), right=True)
            for each in ("visitors", "paid_orders", "sales", "late_orders", "on_time_share")
        ),
    ]
    return markdown_table(columns, rows) if rows else say("tables.none")


def moment_of(span: Span | None, subject: Subject) -> str:
    """Return when something first happens: the median, and where nine of ten campaigns lie."""
    say = subject.words.say
    if span is None:
        return say("tables.never")
    low, median, high = (subject.moment(each) for each in (span.low, span.median, span.high))
    if low == high:
        return median
    between = say("figures.low_to_high", low=low, high=high)
    return say("figures.range", mean=median, interval=between)


def _limits(rule: Rule, subject: Subject) -> str:
    """Return at which backlog a rule begins and ends, and what it does then."""
    say, words = subject.words.say, subject.words
    does = [
        say(
            "tables.controller.cut",
            channel=escape(subject.channel(name)),
            share=value(left, "share", words, decimals=0),
        )
        for name, left in rule.cut.items()
    ]
    does += [say("tables.controller.close", group=escape(subject.group(g))) for g in rule.close]
    if rule.longer_promise is not None:
        longer = value(rule.longer_promise.by / 3600, "hours", words)
        does.append(say("tables.controller.longer", time=longer))
    return say(
        "tables.controller.limit",
        above=number(rule.above),
        until=number(rule.until),
        does=say("tables.list_join").join(does),
    )


def _table(
    subject: Subject, words: str, first: str, headings: Sequence[str], rows: list[list[str]]
) -> str:
    say = subject.words.say
    if not rows:
        return say("tables.none")
    columns = [
        Column(say(f"{words}.{first}")),
        *(Column(say(f"{words}.{each}"), right=True) for each in headings),
    ]
    return markdown_table(columns, rows)


def _shown(estimate: Estimate | None, subject: Subject) -> str:
    if estimate is None:
        return subject.words.say("figures.missing")
    return show(estimate, subject.words, interval=False)
