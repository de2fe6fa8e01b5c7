"""The answer first: does the plan hold, in one sentence with its figures, then each target."""

from collections.abc import Iterator

from simulate.report.escape import escape
from simulate.report.figures import number, show, span, value
from simulate.report.grid import Column, markdown_table
from simulate.report.subject import Subject
from simulate.results.outcome import Judgement, VerdictWord

SURE = 0.9
"""Share of replications that must agree on a bottleneck before it is named without doubt."""

RELIABLE = 0.95
"""Share of campaigns that must hold every target before a plan holds and not only on average."""


def badge(word: VerdictWord, subject: Subject, *, short: bool = True) -> str:
    """Return a verdict as a word in its colour."""
    text = subject.words.say(f"verdicts.{word}.{'short' if short else 'badge'}")
    return f'<span class="pb-badge pb-{word}">{text}</span>'


def verdict_block(subject: Subject) -> str:
    """Return the verdict's box: the sentence, what to make of it, and a row a target."""
    verdict = subject.outcome.verdict
    parts = [
        f'<div class="pb-verdict pb-{verdict.word}" markdown>',
        f"**{lead(subject)}** {sentence(subject)}",
    ]
    if told := effort(subject):
        parts.append(told)
    if verdict.judgements:
        parts.append(targets_table(subject))
    return "\n\n".join([*parts, "</div>"])


def effort(subject: Subject) -> str:
    """Return why there are no more simulated campaigns, and whether more would tell; or nothing."""
    outcome, say = subject.outcome, subject.words.say
    word, campaigns = outcome.verdict.word, number(outcome.replications)
    if word == "inconclusive" and outcome.more_needed is not None:
        more = number(float(f"{outcome.more_needed:.2g}"))
        return say("runs.more", all=campaigns, more=more)
    if outcome.stopped == "clear":
        return say("runs.clear", all=campaigns)
    return subject.words.find(f"verdicts.advice.{word}") or ""


def lead(subject: Subject) -> str:
    """Return the answer in a word or two. A plan that holds only on average says so."""
    word = subject.outcome.verdict.word
    key = "on_average" if word == "pass" and _campaigns_held(subject) is not None else word
    return subject.words.say(f"verdicts.lead.{key}")


def sentence(subject: Subject) -> str:
    """Return the figures that answer the question, as one sentence of Markdown."""
    say = subject.words.say
    if not _orders(subject):
        return say("charts.nothing")
    text = say("verdicts.sentence.join").join(
        clause
        for part in (_held, _promise, _backlog, _unfinished, _bottleneck)
        for clause in part(subject)
    )
    return text[:1].upper() + text[1:] + say("verdicts.sentence.end") if text else ""


def targets_table(subject: Subject) -> str:
    """Return one row a target: what is asked, what comes out, the judgement."""
    say = subject.words.say
    judgements = subject.outcome.verdict.judgements
    if not judgements:
        return say("tables.none")
    columns = [
        Column(say("tables.target")),
        Column(say("tables.result"), right=True),
        Column(say("tables.judgement")),
    ]
    return markdown_table(columns, [_target_row(judgement, subject) for judgement in judgements])


def _target_row(judgement: Judgement, subject: Subject) -> list[str]:
    label, _ = subject.measure(judgement.measure)
    limit = value(judgement.target, judgement.estimate.unit, subject.words)
    asked = subject.words.say(
        f"verdicts.{'at_least' if judgement.at_least else 'at_most'}",
        measure=escape(label),
        target=limit,
    )
    return [
        asked,
        show(judgement.estimate, subject.words),
        badge(judgement.word, subject),
    ]


def _orders(subject: Subject) -> float:
    """Return how many orders the warehouse gets, those that it has at the start included."""
    measures = subject.outcome.measures
    got = (measures.get(name) for name in ("paid_orders", "opening_orders"))
    return sum(estimate.mean for estimate in got if estimate is not None)


def _campaigns_held(subject: Subject) -> float | None:
    """Return the share of campaigns that hold every target if it is too small to rely on."""
    held = subject.outcome.measures.get("targets_held_share")
    return held.mean if held is not None and held.mean < RELIABLE else None


def _held(subject: Subject) -> Iterator[str]:
    held, replications = _campaigns_held(subject), subject.outcome.replications
    if subject.outcome.verdict.word == "pass" and held is not None:
        yield subject.words.say(
            "verdicts.sentence.held", held=number(held * replications), all=number(replications)
        )


def _promise(subject: Subject) -> Iterator[str]:
    say, measures = subject.words.say, subject.outcome.measures
    on_time, lead = measures.get("on_time_share"), measures.get("lead_time_p90")
    if subject.scenario.promise is not None and on_time is not None:
        share = show(on_time, subject.words, interval=False)
        interval = span(on_time, subject.words)
        if interval == share:
            yield say("verdicts.sentence.on_time", share=share)
        else:
            yield say("verdicts.sentence.on_time_range", share=share, interval=interval)
    elif lead is not None:
        yield say("verdicts.sentence.lead_time", hours=show(lead, subject.words, interval=False))


def _backlog(subject: Subject) -> Iterator[str]:
    say, outcome = subject.words.say, subject.outcome
    peak = outcome.measures.get("peak_backlog")
    if peak is None or peak.mean < 1:
        return
    figures = {
        "orders": show(peak, subject.words, interval=False),
        "moment": subject.moment(_to_the_hour(outcome.peak_at)),
    }
    if outcome.cleared_at is None:
        yield say("verdicts.sentence.peak_stays", **figures)
    else:
        cleared = subject.moment(_to_the_hour(outcome.cleared_at))
        yield say("verdicts.sentence.peak_cleared", cleared=cleared, **figures)


def _unfinished(subject: Subject) -> Iterator[str]:
    unfinished = subject.outcome.measures.get("unfinished_orders")
    if unfinished is not None and unfinished.mean >= 0.5:
        orders = number(unfinished.mean)
        yield subject.words.say("verdicts.sentence.unfinished", orders=orders)


def _bottleneck(subject: Subject) -> Iterator[str]:
    say, bottleneck = subject.words.say, subject.outcome.bottleneck
    if bottleneck is None:
        return
    station = escape(subject.place(bottleneck.place))
    if bottleneck.agreement >= SURE:
        yield say("verdicts.sentence.bottleneck", station=station)
    else:
        share = value(bottleneck.agreement, "share", subject.words, decimals=0)
        yield say("verdicts.sentence.bottleneck_often", station=station, share=share)


def _to_the_hour(seconds: float) -> float:
    return 3600.0 * round(seconds / 3600)
