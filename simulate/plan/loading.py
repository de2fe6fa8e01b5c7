"""From an annual plan's name or path to a validated plan, its shop and its scenarios."""

from datetime import timedelta
from pathlib import Path

from pydantic import ValidationError

from simulate.plan.checks import check_plan
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import AnnualPlan
from simulate.scenario.base import FromFile
from simulate.scenario.documents import Entry, Key, Leaf, Mapping, Origin, plain, read_document
from simulate.scenario.extends import SUFFIXES, find_file
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.loading import Loaded, load, read_merged, validated
from simulate.scenario.messages import place_at, problems_of
from simulate.scenario.playbook import Playbook, find_playbook
from simulate.scenario.problems import (
    InputError,
    Place,
    Problem,
    did_you_mean,
    listed,
    refusal,
    shortened,
)

WHAT = "an annual plan"


def load_plan(path_or_name: str | Path = "annual", playbook: Playbook | None = None) -> LoadedPlan:
    """Read an annual plan by the path of its file, or by its name in the playbook.

    Without a playbook the one around the working folder is taken, if there is one. Raises
    InputError with every problem that was found.
    """
    file, playbook = _locate(path_or_name, playbook)
    tree = read_document(file, WHAT)
    plan = _validated(tree)
    shop = None if plan.shop is None else _shop(plan, tree, file, playbook)
    scenarios = _scenarios(plan, tree, playbook)
    problems = _problems(check_plan(plan, shop.scenario if shop else None, scenarios, tree), tree)
    if problems:
        raise InputError(*problems)
    others = [each for loaded in (shop, *scenarios.values()) if loaded for each in loaded.files]
    return LoadedPlan(
        name=file.stem,
        plan=plan,
        tree=tree,
        files=tuple(dict.fromkeys([file, *others])),
        shop=shop,
        scenarios=scenarios,
    )


def _validated(tree: Mapping) -> AnnualPlan:
    if len([key for key in tree.entries if key in AnnualPlan.model_fields]) * 2 < len(tree.entries):
        keys = listed(["title", "stages", "campaigns", "roles", "kpis"])
        raise refusal(
            f"this is not {WHAT}: most of its keys are unknown; a plan has keys such as {keys}",
            tree.place,
        )
    try:
        return AnnualPlan.model_validate(plain(tree), context=FromFile(None))
    except ValidationError as error:
        problems = problems_of(error, tree, AnnualPlan)
        raise InputError(*_sorted(problems)) from None


def _problems(findings: list[Finding], tree: Mapping) -> list[Problem]:
    return _sorted(
        [
            Problem(place_at(tree, finding.loc, of_key=finding.of_key), finding.message)
            for finding in findings
        ]
    )


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.message))


def _shop(plan: AnnualPlan, tree: Mapping, file: Path, playbook: Playbook | None) -> Loaded:
    """Return the standing shop as a scenario over the plan's whole year, without campaigns."""
    wrong = check_plan(plan, None, {}, tree)
    if wrong:  # without months in order it is not known how long the shop is open
        raise InputError(*_problems(wrong, tree))
    place = place_at(tree, ("shop",))
    assert plan.shop is not None
    found = find_file(plan.shop, file, playbook, place)
    files, merged = read_merged(found, playbook)
    given: dict[Key, Entry] = {
        "title": tree.entries["title"],
        "starts": _text(place, f"{plan.first}T00:00"),
        "ends": _text(place, f"{plan.last + timedelta(days=1)}T00:00"),
    }
    whole = Mapping(merged.place, {**merged.entries, **given})
    return Loaded(name=found.stem, scenario=validated(whole), files=files, tree=whole)


def _text(place: Place, text: str) -> Entry:
    return Entry(place, Leaf(place, text, text, Origin()))


def _scenarios(plan: AnnualPlan, tree: Mapping, playbook: Playbook | None) -> dict[str, Loaded]:
    """Return the scenario of every campaign that names one; a scenario is read once."""
    problems: list[Finding] = []
    read: dict[str, Loaded] = {}
    known = {**playbook.campaigns, **playbook.scenarios} if playbook else {}
    for name, campaign in plan.campaigns.items():
        if campaign.scenario is None:
            continue
        if campaign.scenario not in known:
            loc = ("campaigns", name, "scenario")
            problems.append(unknown("scenario", campaign.scenario, known, *loc))
        elif campaign.scenario not in read:
            read[campaign.scenario] = load(known[campaign.scenario], playbook)
    if problems:
        raise InputError(*_problems(problems, tree))
    return {
        name: read[campaign.scenario]
        for name, campaign in plan.campaigns.items()
        if campaign.scenario is not None
    }


def _locate(path_or_name: str | Path, playbook: Playbook | None) -> tuple[Path, Playbook | None]:
    """Return the plan's file, and the playbook whose shop and scenarios it may name."""
    written = str(path_or_name)
    if isinstance(path_or_name, Path) or "/" in written or written.endswith(SUFFIXES):
        file = Path(written)
        if file.suffix not in SUFFIXES:
            raise refusal(f"`{shortened(written)}` is not a plan: its name must end in `.yml`")
        if not file.is_file():
            raise refusal(f"there is no file `{shortened(written, 200)}`")
        return file, playbook or _any_playbook()
    playbook = playbook or find_playbook()
    found = playbook.plans.get(written)
    if found is None:
        names = list(playbook.plans)
        near = did_you_mean(written, names) or (f": there are {listed(names)}" if names else "")
        raise refusal(f"there is no annual plan `{shortened(written)}`{near}")
    if not found.resolve().is_relative_to(playbook.content.resolve()):
        raise refusal(f"the plan `{written}` is a link to a file outside the playbook")
    return found, playbook


def _any_playbook() -> Playbook | None:
    try:
        return find_playbook()
    except InputError:
        return None
