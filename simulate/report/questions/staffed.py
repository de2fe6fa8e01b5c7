"""The search for a roster in one language: what its tables, its chart and the terminal share."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulate.experiment.roster_search import RosterResult
from simulate.experiment.rosters import DESK, Knob, Roster
from simulate.experiment.staffing import OneMoreOrLess, Staffing
from simulate.report.escape import escape
from simulate.report.figures import MINUS, number, value
from simulate.report.questions.compared import told
from simulate.report.subject import Origin, Subject
from simulate.results.outcome import Judgement
from simulate.results.verdict import judge

MOST_EFFECTS = 4
"""So many differences are told of one person more or less, those of targets first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """The answer of a search, and its scenario, simulated or not. Sentences are Markdown."""

    staffing: Staffing
    subject: Subject

    @property
    def origin(self) -> Origin:
        """What the chart is drawn from."""
        return self.subject.origin

    @property
    def found(self) -> str:
        """What the people of the answer are called: needed, or at best."""
        return "answer" if self.staffing.answer is not None else "nearest"

    def shift(self, pool: str, shift: str) -> str:
        """Return pool and shift in words, as plain text."""
        if pool == DESK:
            desk = self.subject.scenario.desk
            owner = self.subject.text(desk.label if desk else None) or self.subject.words.say(
                "subjects.desk"
            )
            return f"{owner} · {self.subject.desk_shift(shift)}"
        return f"{self.subject.pool(pool)} · {self.subject.shift(pool, shift)}"

    def roster(self, people: Roster, knobs: Sequence[Knob] | None = None) -> str:
        """Return a roster in words; shifts with nobody are left out if some have people."""
        say = self.subject.words.say
        pairs = list(zip(knobs or self.staffing.knobs, people, strict=True))
        shown = [(knob, count) for knob, count in pairs if count] or pairs[:1]
        return say("tables.list_join").join(
            f"{escape(self.shift(knob.pool, knob.shift))} {number(count)}" for knob, count in shown
        )

    def price(self, amount: float) -> str:
        """Return money, or person-hours where wages are missing."""
        words = self.subject.words
        if self.staffing.unit == "hours":
            return words.say("staff.hours", n=number(amount))
        return value(amount, self.staffing.unit, words, decimals=0)

    def signed_price(self, amount: float) -> str:
        """Return a difference of prices with its sign."""
        sign = MINUS if amount < 0 else "+"
        return f"{sign}{self.price(abs(amount))}" if amount else self.price(0)

    def verdict(self, result: RosterResult) -> str:
        """Return the verdict on a roster in one word or two."""
        return self.subject.words.say(f"verdicts.{result.word}.short")

    def impression_of(self, result: RosterResult) -> str:
        """Return the verdict on a roster that held every target wherever it was tried."""
        if result.word in ("pass", "fail"):
            return self.verdict(result)
        return self.subject.words.say("staff.looks_held")

    def judgements(self, result: RosterResult) -> tuple[Judgement, ...]:
        """Return each target held against a roster's measures."""
        return judge(self.subject.scenario.targets, result.measures).judgements

    def misses(self, result: RosterResult) -> str:
        """Say by how much a roster misses which targets."""
        words = self.subject.words
        return words.say("staff.join").join(
            words.say(
                "staff.misses",
                measure=escape(self.subject.measure(each.measure)[0]),
                value=value(each.estimate.mean, each.estimate.unit, words),
                target=value(each.target, each.estimate.unit, words),
            )
            for each in self.judgements(result)
            if each.word == "fail"
        )

    def effect(self, step: OneMoreOrLess) -> str:
        """Say what one person more or less does, as far as that is clear."""
        words = self.subject.words
        clear = [
            words.say("staff.effect", measure=escape(self.subject.measure(name)[0]),
                      difference=told(difference, words))
            for name, difference in step.differences.items()
            if difference.word in ("more", "less")
        ]  # fmt: skip
        return words.say("staff.join").join(clear[:MOST_EFFECTS]) or words.say(
            "staff.nothing_clear"
        )

    def step(self, step: OneMoreOrLess) -> str:
        """Return ``one more`` or ``one fewer``."""
        return self.subject.words.say("staff.one_more" if step.by > 0 else "staff.one_less")

    def impression(self, step: OneMoreOrLess) -> str:
        """Return what the targets looked like with one person more or less."""
        say = self.subject.words.say
        if step.word in ("pass", "fail"):
            return say(f"verdicts.{step.word}.short")
        return say("staff.looks_held" if step.holds else "staff.looks_missed")

    @property
    def sentences(self) -> list[str]:
        """Say whom the campaign needs, whether that is sure, and how it is today."""
        say, found = self.subject.words.say, self.staffing
        asked = {"people": self.roster(found.best.people), "price": self.price(found.best.price)}
        is_limited = found.within is not None
        if found.answer is not None and not is_limited:
            sentences = [say("staff.holds", **asked)]
        elif is_limited:
            sentences = [say("staff.reached", **asked)]
        else:
            sentences = [say("staff.none"), say("staff.closest", **asked)]
        sentences += self._gap()
        if is_limited or found.answer is None:
            sentences.append(self._reached())
        if found.confirmed is not None:
            sentences.append(
                say("staff.confirmed", n=number(found.confirmed.replications),
                    word=self.verdict(found.confirmed))
            )  # fmt: skip
        sentences.append(say("staff.today", word=self.verdict(found.today)))
        return sentences

    def _gap(self) -> list[str]:
        say, found = self.subject.words.say, self.staffing
        if found.best.people == found.today.people:
            return [say("staff.as_today")]
        gap = found.best.price - found.today.price
        if not gap:
            return []
        key = "staff.dearer" if gap > 0 else "staff.cheaper"
        return [say(key, amount=self.price(abs(gap)))]

    def _reached(self) -> str:
        say, best = self.subject.words.say, self.staffing.best
        if best.word == "pass":
            return say("staff.reached_holds")
        if best.word == "fail" and (misses := self.misses(best)):
            return say("staff.reached_fails", told=misses)
        return say("staff.reached_unclear", n=number(best.replications))
