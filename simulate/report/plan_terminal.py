"""What the plan linter found, in the terminal: a calm table for people, JSON for programs."""

import json
import sys
from collections.abc import Sequence
from io import StringIO
from typing import Any

from simulate.plan.findings import PlanFinding
from simulate.plan.loaded import LoadedPlan
from simulate.plan.ruleset import RULES

_TITLES = {rule.id: rule.title.en for rule in RULES}


def tell_plan_findings(loaded: LoadedPlan, findings: Sequence[PlanFinding], columns: int) -> str:
    """Return the findings for a person, at most `columns` wide: the sum of it first.

    Each finding has its place on the line of its title, then what contradicts, then what agrees.
    """
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=StringIO(), record=True, width=columns, highlight=False)
    console.print(loaded.plan.title.en, style="bold", markup=False)
    console.print(_lead(findings), markup=False)
    for finding in findings:
        console.print()
        console.print(_heading(finding), soft_wrap=True)
        console.print(Padding(Text(_sentence(finding.what.en)), (0, 0, 0, 2)))
        agree = Text.assemble(("agrees: ", "dim"), finding.agree.en)
        console.print(Padding(agree, (0, 0, 0, 2)))
        if finding.accepted is not None:
            reason = Text.assemble(("accepted: ", "dim"), finding.accepted.en)
            console.print(Padding(reason, (0, 0, 0, 2)))
    lines = console.export_text(styles=sys.stdout.isatty()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _heading(finding: PlanFinding) -> Any:
    from rich.text import Text

    word = "accepted" if finding.accepted is not None else finding.severity
    style = {"error": "bold red", "warning": "yellow", "accepted": "dim"}[word]
    title = _TITLES.get(finding.rule, "An acceptance without a finding")
    return Text.assemble(
        (f"{word:<9}", style), (title, "bold"), f" ({finding.rule})  ", (str(finding.place), "dim")
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _lead(findings: Sequence[PlanFinding]) -> str:
    if not findings:
        return "The plan does not contradict itself."
    errors, warnings, accepted = counted(findings)
    told = [
        f"{number} {word}{'' if number == 1 or word == 'accepted' else 's'}"
        for number, word in ((errors, "error"), (warnings, "warning"), (accepted, "accepted"))
        if number
    ]
    return f"The plan contradicts itself: {', '.join(told)}."


def counted(findings: Sequence[PlanFinding]) -> tuple[int, int, int]:
    """Return how many are errors, warnings, and accepted."""
    accepted = sum(finding.accepted is not None for finding in findings)
    errors = sum(finding.fails for finding in findings)
    return errors, len(findings) - errors - accepted, accepted


def plan_findings_as_document(loaded: LoadedPlan, findings: Sequence[PlanFinding]) -> str:
    """Return the findings as one JSON document, sentences in both languages."""
    errors, warnings, accepted = counted(findings)
    document = {
        "plan": loaded.name,
        "errors": errors,
        "warnings": warnings,
        "accepted": accepted,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "at": finding.at,
                "file": str(finding.place.file),
                "line": finding.place.line,
                "column": finding.place.column,
                "what": {"en": finding.what.en, "zh": finding.what.zh},
                "agree": {"en": finding.agree.en, "zh": finding.agree.zh},
                "accepted": finding.accepted
                and {"en": finding.accepted.en, "zh": finding.accepted.zh},
            }
            for finding in findings
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
