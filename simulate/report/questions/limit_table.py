"""The largest volume on a page."""

from simulate.report.escape import escape
from simulate.report.grid import Column, markdown_table
from simulate.report.questions.limited import Limited


def limit_block(limited: Limited) -> str:
    """Return the answer, every volume that was tried, and how far each target carries."""
    say = limited.subject.words.say
    joint = "" if limited.subject.words.language == "zh" else " "
    return "\n\n".join([
        joint.join(escape(sentence) for sentence in limited.sentences),
        _volumes(limited),
        say("limit.explanation"),
        say("limit.targets"),
        _targets(limited),
    ])  # fmt: skip


def _volumes(limited: Limited) -> str:
    say, found = limited.subject.words.say, limited.limit
    rows = []
    for volume in found.volumes:
        times = limited.times(volume.multiple)
        is_answer = volume.multiple in (found.holds, found.breaks)
        rows.append([
            f"**{times}**" if is_answer else times,
            limited.daily(volume),
            *(limited.figure(volume, name) for name in limited.shown),
            say(f"limit.{volume.word}"),
            str(volume.replications),
        ])  # fmt: skip
    columns = [
        Column(say("limit.volume"), right=True),
        Column(say("limit.daily"), right=True),
        *(Column(escape(limited.label(name)), right=True) for name in limited.shown),
        Column(say("limit.verdict")),
        Column(say("limit.campaigns"), right=True),
    ]
    return markdown_table(columns, rows)


def _targets(limited: Limited) -> str:
    say = limited.subject.words.say
    rows = [
        [
            escape(limited.label(each.measure)),
            limited.asked(each),
            say("limit.beyond") if each.holds is None else limited.times(each.holds),
            say("limit.beyond") if each.breaks is None else limited.times(each.breaks),
        ]
        for each in limited.limit.targets
    ]
    columns = [
        Column(say("limit.target")),
        *(
            Column(say(f"limit.{key}"), right=True)
            for key in ("asked", "surely_holds", "surely_breaks")
        ),
    ]
    return markdown_table(columns, rows)
