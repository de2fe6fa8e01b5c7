"""A scenario as it stood at a revision."""

import subprocess
from pathlib import Path

import pytest

from simulate.scenario.problems import InputError
from simulate.scenario.references import find_scenario

from .small import SMALL

PLAN = Path("content/scenarios/plan.yml")


def git(*words):
    who = ("-c", "user.name=A", "-c", "user.email=a@shop.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def history(playbook):
    """A playbook with two revisions: `v1`, in which the day's traffic is 2x, and `v2` with 4x."""
    git("init", "-q", "-b", "main")
    for tag, traffic in (("v1", "2x"), ("v2", "4x")):
        shop = SMALL.replace("title: Small\n", "").replace("traffic: 2x", f"traffic: {traffic}")
        Path("content/shop.yml").write_text(shop)
        PLAN.write_text("extends: ../shop.yml\ntitle: Plan\nvariants: {one: {title: One}}\n")
        git("add", ".")
        git("commit", "-q", "-m", tag)
        git("tag", tag)
    return playbook


def traffic(loaded):
    return loaded.scenario.phases["burst"].traffic


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plan", 4),
        ("plan@v1", 2),
        ("plan@v2", 4),
        ("plan@HEAD~1", 2),
        ("plan@main", 4),
        ("plan:one@v1", 2),
        ("content/scenarios/plan.yml@v1", 2),
    ],
)
def test_a_revision_is_read_with_all_that_it_builds_on(history, written, expected):
    loaded = find_scenario(written)
    assert traffic(loaded) == expected
    assert loaded.name == written.replace("content/scenarios/plan.yml", "plan")


def test_the_working_folder_is_left_alone(history):
    PLAN.write_text("not a scenario")
    assert traffic(find_scenario("plan@v1")) == 2
    assert PLAN.read_text() == "not a scenario"


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("plan@v9", "git knows no revision `v9` here: write a tag, a branch or a commit"),
        ("plan@--help", "git knows no revision `--help` here"),
        ("plan@", "a revision belongs after `@`"),
        ("paln@v1", "at revision `v1`: there is no scenario `paln`, did you mean `plan`?"),
        ("/etc/plan.yml@v1", "`/etc/plan.yml` lies outside the playbook"),
    ],
)
def test_what_is_not_there(history, written, complaint):
    with pytest.raises(InputError) as error:
        find_scenario(written)
    assert str(error.value).startswith(complaint)


def test_what_is_wrong_in_a_revision_has_its_place_there(history):
    PLAN.write_text("extends: ../shop.yml\ntitle: Plan\ntrafic: 2x\n")
    git("commit", "-q", "-a", "-m", "wrong")
    with pytest.raises(InputError) as error:
        find_scenario("plan@HEAD")
    assert str(error.value) == (
        "HEAD:content/scenarios/plan.yml:3:1: at revision `HEAD`: unknown key `trafic`, "
        "did you mean `traffic`?"
    )


def test_a_link_in_a_revision_leads_nowhere(history, tmp_path):
    outside = tmp_path / "outside.yml"
    outside.write_text(SMALL)
    Path("content/scenarios/link.yml").symlink_to(outside)
    git("add", "content/scenarios/link.yml")
    git("commit", "-q", "-m", "link")
    with pytest.raises(InputError, match="there is no scenario `link`"):
        find_scenario("link@HEAD")


def test_without_git_there_are_no_revisions(playbook):
    PLAN.write_text(SMALL)
    with pytest.raises(InputError, match="the playbook is not kept in git"):
        find_scenario("plan@v1")
