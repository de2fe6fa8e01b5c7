"""The largest volume in one language: what its tables, its chart and the terminal share."""

from dataclasses import dataclass, replace

from simulate.experiment.limit import Limit, TargetLimit, Volume
from simulate.report.figures import bare, number, show, value
from simulate.report.subject import Origin, Subject
from simulate.results.outcome import Judgement
from simulate.results.verdict import judge

MOST_MEASURES = 3
"""So many targets have a column of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """The answer of a search, and its scenario, simulated or not. All text is plain."""

    limit: Limit
    subject: Subject

    @property
    def origin(self) -> Origin:
        """What the chart is drawn from."""
        return replace(self.subject.origin, seed=self.limit.seed, replications=self.limit.most)

    def times(self, multiple: float) -> str:
        """Return a multiple of the plan's traffic, such as ``1.06 times``."""
        return self.subject.words.say("limit.times", n=number(multiple, 2))

    def daily(self, volume: Volume) -> str:
        """Return the paid orders a day of a volume."""
        return bare(volume.orders_a_day, self.subject.words)

    def figure(self, volume: Volume, measure: str) -> str:
        """Return a measure at a volume with its interval."""
        found = volume.measures.get(measure)
        words = self.subject.words
        return words.say("figures.missing") if found is None else show(found, words)

    def asked(self, target: TargetLimit) -> str:
        """Return what a target asks for."""
        unit = next(
            (v.measures[target.measure].unit for v in self.limit.volumes
             if target.measure in v.measures), "orders"
        )  # fmt: skip
        return value(target.target, unit, self.subject.words)

    def label(self, measure: str) -> str:
        """Return the label of a measure."""
        return self.subject.measure(measure)[0]

    @property
    def shown(self) -> list[str]:
        """The measures to show by volume: the share on time, and what breaks first."""
        asked = [each.measure for each in self.limit.targets]
        missed = {name for volume in self.limit.volumes for name in volume.missed}
        first = [name for name in asked if name in missed] or asked[:1]
        is_known = any("on_time_share" in each.measures for each in self.limit.volumes)
        names = ["on_time_share", *first] if is_known else first
        return list(dict.fromkeys(names))[:MOST_MEASURES]

    @property
    def judgements(self) -> list[Judgement]:
        """The targets that are surely missed at the volume that breaks, the first one first."""
        volume = self.limit.volume(self.limit.breaks)
        if volume is None:
            return []
        order = [each.measure for each in self.limit.targets]
        found = judge(self.subject.scenario.targets, volume.measures).judgements
        missed = [each for each in found if each.word == "fail"]
        return sorted(missed, key=lambda each: order.index(each.measure))

    @property
    def sentences(self) -> list[str]:
        """Say how much can be taken, what breaks then, and whether the plan is beyond it."""
        say, found = self.subject.words.say, self.limit
        held, broken = found.volume(found.holds), found.volume(found.breaks)
        told = []
        if held is not None:
            told.append(
                say("limit.holds", times=self.times(held.multiple), orders=self.daily(held))
            )
        else:
            told.append(say("limit.never", times=self.times(found.volumes[0].multiple)))
        if broken is not None:
            told.append(
                say("limit.breaks", times=self.times(broken.multiple), orders=self.daily(broken))
            )
        else:
            told.append(say("limit.endless", times=self.times(found.volumes[-1].multiple)))
        return [*told, *self._between(), *self._plan(), *self._what_breaks()]

    def _between(self) -> list[str]:
        say, found = self.subject.words.say, self.limit
        if found.holds is None or found.breaks is None or found.needed is None:
            return []
        precision = value(found.precision, "share", self.subject.words, decimals=0)
        return [
            say("limit.between", n=number(found.most), needed=_rough(found.needed),
                precision=precision)
        ]  # fmt: skip

    def _plan(self) -> list[str]:
        say, found = self.subject.words.say, self.limit
        if found.breaks is not None and found.breaks <= 1:
            return [say("limit.plan_beyond")]
        return [say("limit.plan_open")] if (found.holds or 0.0) < 1 else []

    def _what_breaks(self) -> list[str]:
        say, words, found = self.subject.words.say, self.subject.words, self.limit
        told = [
            say("limit.first", measure=self.label(each.measure),
                value=value(each.estimate.mean, each.estimate.unit, words),
                target=value(each.target, each.estimate.unit, words))
            for each in self.judgements[:1]
        ]  # fmt: skip
        if told and found.bottleneck is not None:
            told.append(say("limit.bottleneck", place=self.subject.place(found.bottleneck.place)))
        later = [
            each for each in found.targets
            if each.breaks is not None and each.measure not in
            {judgement.measure for judgement in self.judgements[:1]}
        ]  # fmt: skip
        if told and later and later[0].breaks is not None:
            told.append(
                say("limit.next", measure=self.label(later[0].measure),
                    times=self.times(later[0].breaks))
            )  # fmt: skip
        return told


def _rough(amount: int) -> str:
    """Return a number with two leading digits."""
    return number(amount, 2 - len(str(amount)))
