"""The fluid bound in one language: what its table, its chart and the terminal share."""

from dataclasses import dataclass

from simulate.experiment.bound import Bound, PlaceBound
from simulate.report.escape import escape
from simulate.report.figures import number, value
from simulate.report.subject import ERP, Origin, Subject
from simulate.results.verdict import bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A fluid bound and its scenario, simulated or not. All text is Markdown."""

    bound: Bound
    subject: Subject

    @property
    def origin(self) -> Origin:
        """What the chart is drawn from."""
        return self.subject.origin

    def place(self, place: PlaceBound) -> str:
        """Return the label of what limits."""
        say, subject = self.subject.words.say, self.subject
        if place.kind == "pool":
            return say(
                "bound.pool",
                pool=escape(subject.pool(place.name)),
                station=escape(subject.place(place.station)),
            )
        if place.kind == "places":
            return say("bound.places", station=escape(subject.place(place.name)))
        if place.kind == "courier":
            courier = subject.scenario.courier
            label = subject.text(courier.label if courier else None)
            return escape(label) or say("bound.courier")
        return say(f"bound.{place.kind.replace('-', '_')}", erp=escape(subject.place(ERP)))

    def share(self, mean: float) -> str:
        """Return a share on time."""
        return value(mean, "share", self.subject.words)

    def load(self, place: PlaceBound) -> str:
        """Return the load of a place, a dash where there is work and nobody."""
        if place.load is None:
            return self.subject.words.say("figures.missing")
        return value(place.load, "share", self.subject.words, decimals=0)

    def moment(self, seconds: float | None) -> str:
        """Return a moment, a dash for never."""
        missing = self.subject.words.say("figures.missing")
        return missing if seconds is None else self.subject.moment(seconds)

    @property
    def ordered(self) -> list[PlaceBound]:
        """The places, the one that limits first, then by load."""
        places, first = self.bound.places, self.bound.limiting
        rest = [each for index, each in enumerate(places) if index != first]
        loaded = sorted(rest, key=lambda each: -(10**9 if each.load is None else each.load))
        return [*places[first : first + 1], *loaded]

    @property
    def cannot(self) -> str:
        """Say what cannot work even if nothing varies; nothing if everything could."""
        say, asked = self.subject.words.say, bounds(self.subject.scenario.targets)
        told = []
        if "on_time_share" in self.bound.missed:
            told.append(
                say("bound.cannot_share", best=self.share(self.bound.on_time_share.mean),
                    target=self.share(asked["on_time_share"]))
            )  # fmt: skip
        if "late_orders" in self.bound.missed:
            told.append(
                say("bound.cannot_late", best=number(self.bound.late_orders.mean),
                    target=number(asked["late_orders"]))
            )  # fmt: skip
        return say("bound.cannot", told=say("staff.join").join(told)) if told else ""

    @property
    def sentences(self) -> list[str]:
        """Say what could be reached at best, what limits it, and what must wait."""
        say, bound = self.subject.words.say, self.bound
        told = [self.cannot] if bound.missed else []
        told.append(say("bound.could", share=self.share(bound.on_time_share.mean)))
        if bound.multiple is not None:
            told.append(say("bound.multiple", multiple=number(bound.multiple, 2)))
        elif any(place.load is None for place in bound.places):
            told.append(say("bound.no_multiple"))
        if bound.places:
            told.append(self._limits(bound.places[bound.limiting]))
        return [*told, self._waits()]

    def _limits(self, place: PlaceBound) -> str:
        say = self.subject.words.say
        if place.load is None:
            return say("bound.limits_nobody", place=self.place(place))
        return say(
            "bound.limits",
            **{"from": self.moment(place.tight_from)},
            place=self.place(place),
            until=self.moment(place.tight_until),
            load=self.load(place),
        )

    def _waits(self) -> str:
        say, bound = self.subject.words.say, self.bound
        if bound.peak < 0.5:
            return say("bound.no_wait")
        figures = {"orders": number(bound.peak), "peak": self.moment(bound.peak_at)}
        if bound.cleared_at is None:
            return say("bound.waits_stays", **figures)
        return say("bound.waits", cleared=self.moment(bound.cleared_at), **figures)
