"""Which assumptions decide, on a page."""

from simulate.experiment.sensitivity import End, Swing
from simulate.report.escape import escape
from simulate.report.figures import number
from simulate.report.grid import Column, markdown_table
from simulate.report.questions.weighed import Weighed
from simulate.report.verdicts import badge


def sensitivity_block(weighed: Weighed) -> str:
    """Return the answer in sentences, a row an input, and how to read it."""
    say, found = weighed.subject.words.say, weighed.found
    joint = "" if weighed.subject.words.language == "zh" else " "
    parts = [joint.join(escape(sentence) for sentence in weighed.sentences)]
    if found.asked > len(found.swings):
        parts.append(say("assumptions.left_out", asked=number(found.asked)))
    parts.append(
        markdown_table(columns_of(weighed), [_row(weighed, each) for each in found.swings])
    )
    parts.append(
        say(
            "assumptions.explanation",
            n=number(found.replications),
            measure=escape(weighed.measure),
        )
    )
    return "\n\n".join(parts)


def columns_of(weighed: Weighed) -> list[Column]:
    """Return the headings of the table."""
    say = weighed.subject.words.say
    return [
        Column(say("assumptions.input")),
        Column(say("assumptions.planned"), right=True),
        Column(say("assumptions.at_low"), right=True),
        Column(say("assumptions.at_high"), right=True),
        Column(say("assumptions.turn")),
        Column(say("assumptions.all")),
    ]


def _row(weighed: Weighed, swing: Swing) -> list[str]:
    turns = [
        "<br>".join(escape(text) for text in (weighed.turn(turn), weighed.doubtless(turn)) if text)
        for turn in swing.break_evens
    ]
    return [
        escape(weighed.label(swing.path)),
        escape(weighed.value(swing.planned)),
        _cell(weighed, swing.low),
        _cell(weighed, swing.high),
        "<br>".join(turns) or weighed.subject.words.say("assumptions.no_turn"),
        escape(weighed.effect(swing.effect)),
    ]


def _cell(weighed: Weighed, end: End) -> str:
    """Return a value of an input, what it gives, and the change below it."""
    written, change = escape(weighed.value(end.written)), weighed.change(end)
    mark = badge(end.found.word, weighed.subject) if end.found.word != "none" else ""
    below = f'<br><span class="pb-difference">{change}</span>' if change else ""
    return f"{written} → {weighed.figure(end)} {mark}".rstrip() + below
