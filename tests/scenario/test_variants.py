"""What-ifs that a scenario lists itself."""

from pathlib import Path

import pytest

from simulate.scenario.changes import changed
from simulate.scenario.loading import load
from simulate.scenario.problems import InputError

from .small import SMALL
from .test_schema import faults

VARIED = (
    SMALL
    + """\
summary: The plan as it stands.
expected: pass
variants:
  more:
    title: {en: More of it, zh: 多一些}
    phases: {burst: {traffic: 3x}}
  alone:
    title: One in the crew
    pools: {crew: {shifts: {day: {people: 1 person}}}}
    promise: null
    targets: {on_time_share: null, unfinished_orders: 5 orders}
"""
)


def varied(text=VARIED):
    Path("plan.yml").write_text(text)
    return load(Path("plan.yml"))


def test_each_variant_is_the_scenario_with_its_changes(playbook):
    loaded = varied()
    more, alone = loaded.variants.values()
    assert (more.name, alone.name) == ("plan:more", "plan:alone")
    assert more.scenario.title.zh == "多一些"
    assert more.scenario.phases["burst"].traffic == 3
    assert more.scenario.targets == loaded.scenario.targets
    assert alone.scenario.pools["crew"].shifts["day"].people == 1
    assert alone.scenario.promise is None
    assert alone.scenario.targets.unfinished_orders == 5
    assert loaded.scenario.pools["crew"].shifts["day"].people == 3


def test_what_is_said_of_the_scenario_is_not_said_of_its_variants(playbook):
    loaded = varied()
    assert loaded.scenario.summary.en == "The plan as it stands."
    assert loaded.variants["more"].scenario.summary is None
    assert loaded.variants["more"].scenario.expected is None


def test_a_scenario_is_the_same_with_and_without_variants(playbook):
    alone = varied(SMALL)
    assert varied(VARIED.replace("expected: pass\n", "")).canonical == alone.canonical


def test_one_variant_is_asked_for_by_name(playbook):
    varied()
    Path("content/scenarios/big.yml").write_text(VARIED)
    assert load("big:alone").name == "big:alone"
    assert load("./plan.yml:more").scenario.phases["burst"].traffic == 3


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("big:mroe", "`big` has no variant `mroe`, did you mean `more`?"),
        ("big:zzz", "`big` has no variant `zzz`: there are `more`, `alone`"),
        ("plain:more", "`plain` has no variant `more`: its file lists none below `variants`"),
    ],
)
def test_a_variant_that_is_not_there(playbook, asked, answer):
    Path("content/scenarios/big.yml").write_text(VARIED)
    Path("content/scenarios/plain.yml").write_text(SMALL)
    with pytest.raises(InputError, match="variant") as error:
        load(asked)
    assert str(error.value) == answer


def test_who_builds_on_a_scenario_does_not_inherit_its_variants(playbook):
    varied()
    Path("child.yml").write_text("extends: plan.yml\ntitle: Child\n")
    assert not load(Path("child.yml")).variants


def test_a_changed_scenario_has_no_variants_of_what_it_was(playbook):
    assert not changed(varied(), {"phases.burst.traffic": "5x"}).variants


@pytest.mark.parametrize(
    ("variants", "complaint"),
    [
        ("variants: [more]", "plan.yml:36:11: `variants` holds names and what each changes"),
        ("variants: {more: 3x}", "plan.yml:36:12: the variant `more` holds what it changes"),
        ("variants: {More: {title: A}}", "plan.yml:36:12: `More` cannot be a name"),
        ("variants: {more: {}}", "plan.yml:36:12: the variant `more` needs a `title` of its own"),
        (
            "variants: {more: {title: A, currency: EUR}}",
            "plan.yml:36:29: a variant cannot change `currency`",
        ),
        (
            "variants: {more: {title: A, convertion: 1}}",
            "plan.yml:36:29: in the variant `more`: unknown key `convertion`, did you mean "
            "`conversion`?",
        ),
        (
            "variants: {more: {title: A, pools: {crew: {shifts: {day: {people: 3x}}}}}}",
            "plan.yml:36:67: in the variant `more`: ",
        ),
    ],
)
def test_what_cannot_be_a_variant(complaints, variants, complaint):
    (found,) = complaints(SMALL + variants + "\n")
    assert found.startswith(complaint)


def test_too_many_variants(complaints):
    many = "".join(f"  v{number}: {{title: A}}\n" for number in range(9))
    (found,) = complaints(SMALL + "variants:\n" + many)
    assert "more than 8 variants" in found


def test_the_schema_knows_variants():
    assert faults(VARIED) == []
    assert faults(SMALL + "variants: {more: {title: A, trafic: 3x}}") == ["$.variants.more"]
    assert faults(SMALL + "variants: {more: {traffic: 3x}}") == ["$.variants.more"]
    assert faults(SMALL + "variants: {more: {title: A, extends: b}}") == ["$.variants.more"]
