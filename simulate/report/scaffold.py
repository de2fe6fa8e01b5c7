"""The first draft of a scenario's page: headings and blocks, with prose to be written."""

from collections.abc import Sequence

from simulate.report.features import FEATURES
from simulate.report.words import load_words
from simulate.scenario.scenario import Scenario

SECTIONS: Sequence[tuple[str, Sequence[str]]] = (
    ("flow", ("chart flow", "chart funnel")),
    ("channels", ("chart channels", "table channels", "table ads")),
    ("desk", ("chart desk", "table desk")),
    ("sold_out", ("table sold-out",)),
    ("backlog", ("chart backlog", "chart utilisation", "table stations")),
    ("controller", ("chart controller", "table controller")),
    ("people", ("chart people", "table people", "table roster")),
    ("promise", ("chart lead-time", "table lateness")),
    ("shops", ("table shops",)),
    ("collections", ("chart collections", "table collections")),
    ("cost", ("table cost",)),
    ("numbers", ("table measures",)),
    ("inputs", ("table traffic", "table inputs")),
)
"""Headings of the page and the blocks below each."""


def scaffold(name: str, language: str, scenario: Scenario) -> str:
    """Return the draft with the sections that apply: about a desk only if there is one."""
    say = load_words(language).say
    parts = [
        f"---\ndescription: {say('scaffold.description', title=name)}\n---",
        f"# {name}",
        say("scaffold.lead"),
        f"## {say('scaffold.verdict')} {{ #verdict }}",
        _empty("verdict", name),
    ]
    for key, blocks in SECTIONS:
        if key in FEATURES and not FEATURES[key](scenario):
            continue
        parts.append(f"## {say(f'scaffold.{key}')} {{ #{key.replace('_', '-')} }}")
        parts += [_empty(block, name) for block in blocks]
    return "\n\n".join(parts) + "\n"


def _empty(words: str, scenario: str) -> str:
    return f"<!-- peakbook:{words} scenario={scenario} -->\n<!-- /peakbook -->"
