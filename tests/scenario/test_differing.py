from pathlib import Path

from simulate.scenario.differing import Differing, differing
from simulate.scenario.loading import load

from .small import SMALL


def test_inputs_that_differ_are_told_with_both_texts(playbook):
    Path("a.yml").write_text(SMALL)
    Path("b.yml").write_text(
        "extends: a.yml\ntitle: Other\ntraffic: 2x\npromise: null\ntargets: null\n"
        "pools: {crew: {shifts: {day: {people: 4 people, label: Day}}}}\n"
    )
    first, other = load(Path("a.yml")), load(Path("b.yml"))
    assert differing(first, other) == (
        Differing(("pools", "crew", "shifts", "day", "people"), "3 people", "4 people"),
        Differing(("promise", "kind"), "hours", None),
        Differing(("promise", "within"), "48h", None),
        Differing(("targets", "on_time_share"), "98%", None),
        Differing(("traffic",), None, "2x"),
    )
    assert differing(first, first) == ()
