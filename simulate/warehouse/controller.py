"""Someone who watches the backlog and has marketing turned down while it is high."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simulate.demand.controls import Control, Controls, control_of
from simulate.scenario.clock import to_ticks
from simulate.scenario.controller import Controller, Rule
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.instants import LIMIT, STAFFING
from simulate.warehouse.log import Action
from simulate.warehouse.recorded import RecordedFloor
from simulate.warehouse.work import Work

CONTROL = (STAFFING + LIMIT) / 2
"""After every other decision of an instant: what is seen then is what stands."""

Foresee = Callable[[Controls], Work]
"""Returns what comes to the line under these controls; what came before the last one is as it was.
"""


@dataclass(slots=True)
class _Watched:
    """A rule: whether the last review that had a say wants it, and since when it is in force."""

    name: str
    rule: Rule
    is_wanted: bool = False
    since: float | None = None
    due: list[tuple[float, bool]] = field(default_factory=list)

    def review(self, now: float, backlog: int) -> None:
        """Note what comes, a delay later, of a backlog that is too high, or low again."""
        limit = self.rule.until if self.is_wanted else self.rule.above
        if (backlog > limit) != self.is_wanted:
            self.is_wanted = not self.is_wanted
            self.due.append((now + to_ticks(self.rule.delay), self.is_wanted))

    def act(self, now: float) -> Action | None:
        """Come into force, or end, if that is due; return what has ended."""
        ended = None
        while self.due and self.due[0][0] <= now:
            _, begins = self.due.pop(0)
            if begins:
                self.since = now
            else:
                ended = self.end(now)
        return ended

    def end(self, now: float) -> Action | None:
        """Be in force no longer; return what has ended, if it was."""
        since, self.since = self.since, None
        return None if since is None else Action(rule=self.name, starts=since, ends=now)


def reviews(run: Run, controller: Controller, floor: RecordedFloor, foresee: Foresee) -> Steps:
    """Have the controller look every so often, and have its rules come into force and end.

    It stops when the campaign's traffic does, as there is nothing left to turn down. What is to
    come is drawn anew when something else is turned down than before.
    """
    every, until = to_ticks(controller.every), run.scenario.traffic_seconds
    watched = [_Watched(name, rule) for name, rule in controller.rules.items()]
    controls: Controls = ()
    review = every
    while True:
        now = min(review, *(time for each in watched for time, _ in each.due), until)
        yield from run.reach(now, CONTROL)
        if now == until:
            break
        if now == review:
            review += every
            backlog = floor.inside()
            for each in watched:
                each.review(now, backlog)
        run.log.actions += [ended for each in watched if (ended := each.act(now)) is not None]
        floor.expects_more = any(each.since is not None or each.due for each in watched)
        control = control_of((each.rule for each in watched if each.since is not None), now)
        if not control.same_as(controls[-1] if controls else Control(at=0.0)):
            controls = (*controls, control)
            floor.expect(foresee(controls).jobs)
    run.log.actions += [ended for each in watched if (ended := each.end(until)) is not None]
    floor.expects_more = False


def looks_on(run: Run, controller: Controller) -> Steps:
    """Have the controller look every so often without acting, until a rule would have it act."""
    every = to_ticks(controller.every)
    limits = [rule.above for rule in controller.rules.values()]
    review = every
    while review < run.scenario.traffic_seconds:
        yield from run.reach(review, CONTROL)
        if run.floor.inside() > min(limits):
            run.log.is_alarmed = True
            return
        review += every
