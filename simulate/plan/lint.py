"""The plan linter: every contradiction in an annual plan, with its place."""

from collections.abc import Iterator

from simulate.plan.findings import PlanFinding
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import Acceptance
from simulate.plan.ruleset import RULES, UNUSED
from simulate.plan.words import both
from simulate.scenario.base import Text


def lint(loaded: LoadedPlan) -> list[PlanFinding]:
    """Return what contradicts itself in a plan, in the order of the file.

    Findings that the plan accepts are among them, with the reason; an acceptance that accepts
    nothing is a finding too.
    """
    found = [
        PlanFinding(
            rule=rule.id,
            severity=each.severity or rule.severity,
            path=each.path,
            place=loaded.place(each.path),
            what=each.what,
            agree=each.agree,
            accepted=_reason(loaded, rule.id, ".".join(str(key) for key in each.path)),
        )
        for rule in RULES
        for each in rule.find(loaded)
    ]
    found += _unused(loaded, found)
    return sorted(found, key=lambda finding: (finding.place, finding.rule, finding.path))


def fails(findings: list[PlanFinding]) -> bool:
    """Whether a plan with these findings does not hold."""
    return any(finding.fails for finding in findings)


def _reason(loaded: LoadedPlan, rule: str, at: str) -> Text | None:
    for acceptance in loaded.plan.accepted:
        if _accepts(acceptance, rule, at):
            return acceptance.reason
    return None


def _accepts(acceptance: Acceptance, rule: str, at: str) -> bool:
    """Whether an acceptance is for a finding of `rule` at the path `at`."""
    around = acceptance.at
    return acceptance.rule == rule and (around is None or f"{at}.".startswith(f"{around}."))


def _unused(loaded: LoadedPlan, found: list[PlanFinding]) -> Iterator[PlanFinding]:
    for index, each in enumerate(loaded.plan.accepted):
        if any(_accepts(each, finding.rule, finding.at) for finding in found):
            continue
        where = f" at `{each.at}`" if each.at else ""
        where_zh = f"（`{each.at}`）" if each.at else ""
        path = ("accepted", index)
        yield PlanFinding(
            rule=UNUSED,
            severity="warning",
            path=path,
            place=loaded.place(path),
            what=both(
                f"`{each.rule}`{where} is accepted, and there is no such finding",
                f"已接受 `{each.rule}`{where_zh}，但并无此项问题",
            ),
            agree=both("the plan without this acceptance", "删去这条接受说明"),
        )
