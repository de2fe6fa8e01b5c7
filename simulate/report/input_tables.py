"""Tables about what went in: channels, people and shifts, every input with its source."""

from collections.abc import Sequence
from datetime import date

from simulate.report.escape import code, escape
from simulate.report.figures import number, value
from simulate.report.grid import Column, markdown_table
from simulate.report.subject import Subject, say_moment
from simulate.scenario.labour import WEEKDAYS, Shift
from simulate.scenario.loading import Input
from simulate.scenario.quantities import Money
from simulate.scenario.traffic import Channel

WORDS = {"title", "summary", "label"}
CAMPAIGN = "campaign"


def traffic_table(subject: Subject) -> str:
    """Return each channel's visitors a day before phases scale them, and how they are given."""
    say, scenario = subject.words.say, subject.scenario
    rows = []
    for name, channel in scenario.channels.items():
        phases = say("tables.all_phases")
        if channel.phases is not None:
            phases = _joined(
                [subject.text(scenario.phases[each].label) or each for each in channel.phases],
                subject,
            )
        rows.append([escape(subject.channel(name)), *_visitors(channel, subject), phases])
    columns = [
        Column(say("tables.channel")),
        Column(say("tables.visitors_a_day"), right=True),
        Column(say("tables.given_as")),
        Column(say("tables.phases")),
    ]
    return markdown_table(columns, rows)


def roster_table(subject: Subject) -> str:
    """Return who works when: a row for each shift of each labour pool."""
    say, rows = subject.words.say, []
    for name, pool in subject.scenario.pools.items():
        works_at = [
            subject.place(station)
            for station in subject.workplaces
            if subject.pool_of(station) == name
        ]
        for index, (shift_name, shift) in enumerate(pool.shifts.items()):
            rows.append([
                escape(subject.pool(name)) if index == 0 else "",
                _joined(works_at, subject) if index == 0 else "",
                escape(subject.text(shift.label) or shift_name),
                *_shift_cells(shift, subject),
            ])  # fmt: skip
    rows += _agents(subject)
    columns = [
        Column(say("tables.pool")),
        Column(say("tables.stations")),
        Column(say("tables.shift")),
        Column(say("tables.hours")),
        Column(say("tables.days")),
        Column(say("tables.people"), right=True),
    ]
    return markdown_table(columns, rows)


def _agents(subject: Subject) -> list[list[str]]:
    """Return a row for each shift of the service desk, after the pools of the line."""
    say, desk = subject.words.say, subject.scenario.desk
    if desk is None:
        return []
    return [
        [
            (escape(subject.text(desk.label)) or say("tables.desk_pool")) if index == 0 else "",
            say("tables.chats", chats=number(desk.chats)) if index == 0 else "",
            escape(subject.desk_shift(name)),
            *_shift_cells(shift, subject),
        ]
        for index, (name, shift) in enumerate(desk.shifts.items())
    ]


def _shift_cells(shift: Shift, subject: Subject) -> list[str]:
    """Return the hours, the days and the people of a shift."""
    return [_shift_hours(shift, subject), _shift_days(shift, subject), number(shift.people)]


def inputs_table(subject: Subject, under: str = "") -> str:
    """Return the inputs as they are written, how sure each is, and its source.

    They fold up by section, and a section says how many of its inputs are assumed. `under` shows
    those below one key alone, such as ``stations`` or ``stations.pack``, unfolded. Labels are
    words and no inputs.
    """
    say, prefix = subject.words.say, tuple(under.split(".")) if under else ()
    inputs = [each for each in subject.loaded.inputs if not WORDS & set(each.path)]
    if prefix:
        found = [each for each in inputs if _keys(each)[: len(prefix)] == prefix]
        return _input_rows(found, subject) if found else say("tables.none")
    assumed = sum(each.confidence == "assumed" for each in inputs)
    parts = [say("tables.inputs.lead", all=str(len(inputs)), assumed=str(assumed))]
    for section, found in _sections(inputs).items():
        parts.append(_folded(section, found, subject))
    return "\n\n".join(parts)


def _keys(each: Input) -> tuple[str, ...]:
    return tuple(str(key) for key in each.path)


def _sections(inputs: Sequence[Input]) -> dict[str, list[Input]]:
    """Return inputs by their first key; those that stand alone belong to the campaign itself."""
    sections: dict[str, list[Input]] = {CAMPAIGN: []}
    for each in inputs:
        section = _keys(each)[0] if len(each.path) > 1 else CAMPAIGN
        sections.setdefault(section, []).append(each)
    return {section: found for section, found in sections.items() if found}


def _folded(section: str, inputs: Sequence[Input], subject: Subject) -> str:
    say = subject.words.say
    title = subject.words.find(f"sections.{section}") or escape(section.replace("_", " "))
    assumed = sum(each.confidence == "assumed" for each in inputs)
    key = "summary_assumed" if assumed else "summary"
    summary = say(f"tables.inputs.{key}", title=title, all=str(len(inputs)), assumed=str(assumed))
    return (
        f'<details class="pb-inputs" markdown>\n<summary>{summary}</summary>\n\n'
        f"{_input_rows(inputs, subject)}\n\n</details>"
    )


def _input_rows(inputs: Sequence[Input], subject: Subject) -> str:
    say = subject.words.say
    rows = [
        [
            code(".".join(_keys(each))),
            escape(_cut(each.text)),
            say(f"confidence.{each.confidence}"),
            escape(subject.text(each.source)),
        ]
        for each in inputs
    ]
    columns = [
        Column(say("tables.input")),
        Column(say("tables.value")),
        Column(say("tables.confidence")),
        Column(say("tables.source")),
    ]
    return markdown_table(columns, rows)


def _visitors(channel: Channel, subject: Subject) -> tuple[str, str]:
    """Return a channel's visitors a day, and the figures that they follow from."""
    say, rate = subject.words.say, channel.visitors_per_second
    given = [_way(channel, subject), *_terms(channel, subject)]
    told = say("tables.list_join").join(given)
    if rate is not None:
        return number(rate * 86400), told
    if channel.stream is not None:
        once = channel.stream.visitors * channel.landing
    else:
        once = (channel.reach or 0) * (channel.response or 0.0) * channel.landing
    return say("tables.visitors_once", n=number(once)), told


def _way(channel: Channel, subject: Subject) -> str:
    """Return how a channel's visitors are given."""
    say, scenario, words = subject.words.say, subject.scenario, subject.words
    if channel.stream is not None:
        return say(
            "tables.given.stream",
            starts=say_moment(scenario.local(channel.stream.starts), words),
            time=value(channel.stream.lasts, "seconds", words),
            visitors=number(channel.stream.visitors),
        )
    if channel.sent is not None:
        return say(
            "tables.given.message",
            reach=number(channel.reach or 0),
            response=value(channel.response or 0.0, "share", words),
            sent=say_moment(scenario.local(channel.sent), words),
        )
    if channel.spend is None:
        return say("tables.given.visitors")
    spend = _price(channel.spend, subject)
    if channel.cpc is not None:
        return say("tables.given.cpc", spend=spend, cpc=_price(channel.cpc, subject))
    assert channel.cpm is not None
    return say(
        "tables.given.cpm",
        spend=spend,
        cpm=_price(channel.cpm, subject),
        click_rate=value(channel.click_rate or 0.0, "share", words),
    )


def _terms(channel: Channel, subject: Subject) -> list[str]:
    """Return what else holds for a channel: who lands here, and what its visitors cost."""
    say, words, terms = subject.words.say, subject.words, []
    if channel.landing != 1:
        terms.append(say("tables.given.landing", share=value(channel.landing, "share", words)))
    if channel.saturation is not None:
        linear = _price(channel.saturation.linear_up_to, subject)
        terms.append(say("tables.given.saturation", price=linear))
    if channel.commission:
        share = value(channel.commission, "share", words)
        terms.append(say("tables.given.commission", share=share))
    if channel.slot_fee is not None:
        terms.append(say("tables.given.slot", price=_price(channel.slot_fee, subject)))
    if channel.message_price is not None:
        price = value(channel.message_price.amount, channel.message_price.currency, words,
                      decimals=2)  # fmt: skip
        terms.append(say("tables.given.message_price", price=price))
    return terms


def _price(money: Money, subject: Subject) -> str:
    decimals = 0 if money.amount == round(money.amount) else 2
    amount = value(money.amount, money.currency, subject.words, decimals=decimals)
    if not money.per:
        return amount
    known = subject.words.find(f"tables.price.{money.per}")
    if known is not None:
        return known.format(n=amount)
    return subject.words.say("tables.price.other", n=amount, per=escape(money.per))


def _shift_hours(shift: Shift, subject: Subject) -> str:
    say = subject.words.say
    ends = _clock(shift.ends % 1440 if shift.ends > 1440 else shift.ends)
    if shift.ends > 1440:
        ends = say("tables.next_day", time=ends)
    return say("tables.from_to", starts=_clock(shift.starts), ends=ends)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _shift_days(shift: Shift, subject: Subject) -> str:
    say = subject.words.say
    parts = []
    if set(shift.weekdays) != set(WEEKDAYS):
        days = [say(f"weekdays.{day}") for day in WEEKDAYS if day in shift.weekdays]
        parts.append(_joined(days, subject))
    if shift.first is not None or shift.last is not None:
        first = shift.first or subject.scenario.local(subject.scenario.starts).date()
        last = shift.last or subject.scenario.local(subject.scenario.ends).date()
        parts.append(
            _day(first, subject) if first == last else
            say("dates.days", first=_day(first, subject), last=_day(last, subject))
        )  # fmt: skip
    return _joined(parts, subject) or say("tables.every_day")


def _day(day: date, subject: Subject) -> str:
    say = subject.words.say
    return say("dates.day", day=str(day.day), month=say(f"months.{day.month}"))


def _joined(texts: list[str], subject: Subject) -> str:
    return subject.words.say("tables.list_join").join(escape(text) for text in texts)


def _cut(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
