"""Whether the pages show the present numbers, told without any simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from simulate.report.assets import SUFFIXES, asset_path
from simulate.report.blocks import state
from simulate.report.faults import problem_of
from simulate.report.pages import Page, read_pages
from simulate.report.registry import fingerprint_of
from simulate.scenario.problems import InputError, Place, Problem

FindingKind = Literal["empty", "stale", "edited", "missing asset"]

MESSAGES: dict[str, str] = {
    "empty": "`{words}` was never filled: run `peakbook publish`",
    "stale": "`{words}` shows older numbers than its scenario gives now: run `peakbook publish`",
    "edited": "`{words}` was edited by hand: write your words outside of the block, and run "
    "`peakbook publish`",
    "missing asset": "`{words}` needs `{asset}`, which is not there: run `peakbook publish`",
}


DRAWN = "<figure"
"""What stands in the body of a chart that was drawn; others say why there is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A block that does not show what it should."""

    kind: FindingKind
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def check_pages(
    content_root: Path, languages: Sequence[str], fingerprints: Mapping[str, str]
) -> list[Finding]:
    """Return the blocks that are empty, stale, edited by hand, or lack a file of their chart.

    `fingerprints` has `shown_fingerprint` of every scenario and annual plan by owner.

    Raises:
        InputError: with the place of everything that is wrong in the pages.
    """
    problems: list[Problem] = []
    findings: list[Finding] = []
    for language in languages:
        folder = content_root / language
        pages, found = read_pages(folder)
        problems += found
        for page in pages:
            faults = [problem_of(block, page.file, fingerprints) for block in page.blocks]
            problems += [fault for fault in faults if fault is not None]
            if not any(faults):
                findings += _findings(page, folder, fingerprints)
    if problems:
        raise InputError(*problems)
    return findings


def _findings(page: Page, folder: Path, fingerprints: Mapping[str, str]) -> list[Finding]:
    findings = []
    for block in page.blocks:
        place = Place(page.file, block.line, block.column)
        now = state(block, fingerprint_of(block, fingerprints))
        if now != "fresh":
            message = MESSAGES[now].format(words=block.words)
            findings.append(Finding(now, place, message))
        elif block.kind == "chart" and block.owner is not None and DRAWN in block.body:
            for suffix in SUFFIXES:
                asset = folder / asset_path(block.owner, block.asset, suffix)
                if not asset.is_file():
                    message = MESSAGES["missing asset"].format(words=block.words, asset=asset.name)
                    findings.append(Finding("missing asset", place, message))
    return findings
