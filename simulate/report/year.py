"""An annual plan with what was found in it and what its simulation says, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from simulate.plan.findings import PlanFinding
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import AnnualPlan
from simulate.plan.year_outcome import YearOutcome
from simulate.report.blocks import owner_of_plan
from simulate.report.escape import plain
from simulate.report.fingerprints import shown_plan_fingerprint
from simulate.report.subject import ERP, Origin
from simulate.report.words import Words
from simulate.scenario.base import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAnswer:
    """An annual plan and all that is known of it.

    `outcome` is None for a plan that cannot be simulated, since it names no shop.
    """

    loaded: LoadedPlan
    findings: tuple[PlanFinding, ...]
    outcome: YearOutcome | None

    @property
    def shown_fingerprint(self) -> str:
        """The fingerprint that blocks about the plan carry."""
        run = self.outcome.fingerprint if self.outcome is not None else ""
        return shown_plan_fingerprint(self.loaded, self.findings, run)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSubject:
    """What is shown of a year, and in which language. Labels come back as plain text."""

    answer: YearAnswer
    words: Words

    @property
    def plan(self) -> AnnualPlan:
        """The plan itself."""
        return self.answer.loaded.plan

    @property
    def outcome(self) -> YearOutcome:
        """What the simulation says; asked only by what needs it."""
        assert self.answer.outcome is not None
        return self.answer.outcome

    @property
    def origin(self) -> Origin:
        """What this plan's charts are drawn from."""
        return Origin(
            kind="plan",
            owner=owner_of_plan(self.answer.loaded.name),
            name=self.answer.loaded.name,
            seed=self.outcome.seed,
            replications=self.outcome.replications,
            fingerprint=self.outcome.fingerprint,
        )

    def text(self, label: Text | None) -> str:
        """Return a label in the reader's language, or nothing."""
        if label is None:
            return ""
        return plain(label.zh if self.words.language == "zh" else label.en)

    def campaign(self, name: str) -> str:
        """Return the label of a campaign."""
        found = self.plan.campaigns.get(name)
        return self.text(found.label if found else None) or plain(name)

    def stage(self, name: str) -> str:
        """Return the label of a stage of the shop's life."""
        return self.text(self.plan.stages[name].label) or plain(name)

    def place(self, name: str) -> str:
        """Return the label of a labour pool, or of the ERP."""
        shop = self.answer.loaded.shop
        if name == ERP:
            return self.words.say("stations.erp")
        pool = shop.scenario.pools.get(name) if shop else None
        return self.text(pool.label if pool else None) or plain(name)

    def part(self, name: str) -> str:
        """Return the label of a pool or a station of the shop."""
        shop = self.answer.loaded.shop
        station = shop.scenario.stations.get(name) if shop else None
        return self.text(station.label) if station and station.label else self.place(name)

    def month(self, key: str) -> str:
        """Return a month such as ``Dec 2026`` from ``2026-12``."""
        year, month = key.split("-")
        return self.words.say("year.month", month=self.words.say(f"months.{int(month)}"), year=year)

    def month_span(self, first: str, last: str) -> str:
        """Return months such as ``Jul to Sep 2026``."""
        say = self.words.say
        if first[:4] != last[:4]:
            return say("dates.days", first=self.month(first), last=self.month(last))
        names = (say(f"months.{int(key[5:])}") for key in (first, last))
        return say("year.month_span", year=first[:4], first=next(names), last=next(names))

    def months_in_order(self, keys: Sequence[str]) -> list[str]:
        """Return months that follow each other: the year only with the first and in January."""
        return [
            self.month(key)
            if at == 0 or key.endswith("-01")
            else self.words.say(f"months.{int(key[5:])}")
            for at, key in enumerate(keys)
        ]

    def day(self, key: str) -> str:
        """Return a day such as ``12 Dec`` from ``2026-12-12``."""
        day = date.fromisoformat(key)
        month = self.words.say(f"months.{day.month}")
        return self.words.say("dates.day", day=str(day.day), month=month)

    def days(self, first: date, last: date) -> str:
        """Return days from one to another, such as ``1 to 3 May``."""
        if (first.year, first.month) != (last.year, last.month):
            days = (self.day(each.isoformat()) for each in (first, last))
            return self.words.say("dates.days", first=next(days), last=next(days))
        if first == last:
            return self.day(first.isoformat())
        month = self.words.say(f"months.{first.month}")
        return self.words.say(
            "year.day_span", first=str(first.day), last=str(last.day), month=month
        )
