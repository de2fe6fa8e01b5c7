"""Which assumptions decide, in one language: what text, table and chart about them share."""

from dataclasses import dataclass, replace

from simulate.experiment.break_even import BreakEven
from simulate.experiment.sensitivity import Effect, End, Sensitivity, Swing
from simulate.report.figures import number, show
from simulate.report.questions.compared import signed, told
from simulate.report.questions.named import input_label, value_text
from simulate.report.subject import Origin, Subject
from simulate.results.verdict import bounds

MOST_TURNS = 3
"""So many inputs that turn the verdict are named in sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The answer, and its scenario, simulated or not. All text is plain but for `told`'s."""

    found: Sensitivity
    subject: Subject

    @property
    def origin(self) -> Origin:
        """What the chart is drawn from."""
        return Origin(
            kind="scenario",
            owner=self.subject.loaded.name,
            name=self.subject.loaded.name,
            seed=self.found.seed,
            replications=self.found.replications,
            fingerprint=self.found.fingerprint,
        )

    @property
    def measure(self) -> str:
        """The label of the measure that is watched."""
        return self.subject.measure(self.found.measure)[0]

    def label(self, path: str) -> str:
        """Return what an input is called."""
        return input_label(self.subject, path)

    def value(self, written: str) -> str:
        """Return a value of an input in words."""
        return value_text(self.subject, written)

    def figure(self, end: End) -> str:
        """Return the measure at one end of a range, without its interval."""
        estimate = end.found.estimates.get(self.found.measure)
        words = self.subject.words
        return show(estimate, words, interval=False) if estimate else words.say("figures.missing")

    def change(self, end: End) -> str:
        """Return how the measure changes there; what is not clear is said to be so."""
        difference = end.differences.get(self.found.measure)
        return told(difference, self.subject.words) if difference is not None else ""

    def missed(self, names: tuple[str, ...]) -> str:
        """Return the labels of measures."""
        join = self.subject.words.say("assumptions.join")
        return join.join(self.subject.measure(name)[0] for name in names)

    def turn(self, found: BreakEven) -> str:
        """Say between which values of an input the verdict turns."""
        key = "turn_beyond" if found.is_beyond else "turn_told"
        return self.subject.words.say(
            f"assumptions.{key}",
            holds=self.value(found.holds),
            breaks=self.value(found.breaks),
            measures=self.missed(found.missed),
        )

    def doubtless(self, found: BreakEven) -> str:
        """Say at which values of an input there is no doubt; nothing if there is always some."""
        values = {
            "holds": found.surely_holds and self.value(found.surely_holds),
            "breaks": found.surely_breaks and self.value(found.surely_breaks),
        }
        known = {name: text for name, text in values.items() if text}
        if not known:
            return ""
        key = "sure" if len(known) == 2 else f"sure_{next(iter(known))}"
        return self.subject.words.say(f"assumptions.{key}", **known)

    def effect(self, found: Effect | None) -> str:
        """Return how much an input changes the measure while all others move, too."""
        words = self.subject.words
        if found is None:
            return words.say("figures.missing")
        mean, half = found.size.mean, found.size.high - found.size.mean
        if found.size.unit == "share":
            points = words.say(
                "figures.plus_minus", mean=number(100 * mean, 1), half=number(100 * half, 1)
            )
            text = words.say("compare.points", n=points)
        else:
            text = show(replace(found.size, low=mean - half), words)
        depends = found.scatter > found.size.mean
        return words.say("assumptions.depends", effect=text) if depends else text

    def signed(self, end: End) -> str:
        """Return the change of the measure with its sign, clear or not."""
        difference = end.differences.get(self.found.measure)
        return "" if difference is None else signed(difference.estimate, self.subject.words)

    @property
    def turning(self) -> list[tuple[Swing, BreakEven]]:
        """Inputs that turn the verdict: those within their range first."""
        found = [(swing, each) for swing in self.found.swings for each in swing.break_evens]
        return sorted(found, key=lambda pair: pair[1].is_beyond)

    @property
    def sentences(self) -> list[str]:
        """Say whether the plan holds, what moves it most, and what turns the verdict."""
        say, found = self.subject.words.say, self.found
        if not bounds(self.subject.scenario.targets):
            sentences = [say("assumptions.no_targets")]
        elif found.planned.missed:
            sentences = [say("assumptions.missed", measures=self.missed(found.planned.missed))]
        else:
            sentences = [say("assumptions.held")]
        first = found.swings[0]
        sentences.append(
            say(
                "assumptions.strongest",
                measure=self.measure,
                input=self.label(first.path),
                low=self.figure(first.low),
                least=self.value(first.low.written),
                high=self.figure(first.high),
                most=self.value(first.high.written),
            )
        )
        for swing, turn in self.turning[:MOST_TURNS]:
            sentences.append(
                say(
                    "assumptions.turns_beyond" if turn.is_beyond else "assumptions.turns",
                    input=self.label(swing.path),
                    holds=self.value(turn.holds),
                    breaks=self.value(turn.breaks),
                )
            )
        if not self.turning and bounds(self.subject.scenario.targets):
            sentences.append(say("assumptions.steady"))
        return sentences
