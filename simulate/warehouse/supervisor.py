"""A supervisor who sends the people of a pool to where the work is."""

import numpy as np

from simulate.scenario.clock import to_ticks
from simulate.scenario.labour import Supervisor
from simulate.warehouse.crew import Crew
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.equipment import Places
from simulate.warehouse.floor import Line, Look
from simulate.warehouse.instants import STAFFING, at


class Supervision:
    """Where each of a pool's people stands.

    At a review, and whenever their number changes, everybody is sent anew by `sent_by`. Who comes
    to the pool goes straight to a station; who is moved is away for the time of switching.
    """

    def __init__(
        self, run: Run, crew: Crew, places: Places, supervisor: Supervisor, line: Line, pool: int
    ) -> None:
        stations = np.flatnonzero(line.pool_of == pool).tolist()
        self._run, self._crew, self._places, self._stations = run, crew, places, stations
        self._rule = supervisor.rule
        self._switching = to_ticks(supervisor.switching)
        self._carts = [(station, int(line.cart[station])) for station in stations]
        self._standing = [0] * len(stations)
        self._moving: list[tuple[float, int]] = []
        self.on_the_way = 0
        places.send_all(stations, self._standing)

    def share_out(self, people: int) -> None:
        """Send `people` to the stations."""
        look, before = self._run.floor.look(), self._standing
        busy, waiting, machines = look.busy, look.waiting, self._places.machines
        needs = [
            min(machines[station], busy[station] - (-waiting[station] // cart))
            for station, cart in self._carts
        ]
        sent = sent_by(self._rule, look, self._stations, needs, people, self._run.env.now)
        spare = people - sum(sent)
        if spare:
            _keep_the_rest(sent, before, spare)
        if sent != before:
            self._move(before, sent, people)

    def _move(self, before: list[int], sent: list[int], people: int) -> None:
        """Have people go: those who are new straight, all others in the time of switching."""
        new = people - sum(before)
        now = self._run.env.now
        arrives = now + self._switching
        self._forget_those_there(now)
        if self._moving:
            self._turn_round(sent)
        movers = 0
        for index, was in enumerate(before):
            moved = sent[index] - was
            if moved > 0:
                straight = min(new, moved) if new > 0 else 0
                new -= straight
                moved -= straight
                movers += moved
                if self._switching:
                    self._moving += [(arrives, index)] * moved
        self._run.log.moves += movers
        if movers and self._switching:
            at(self._run.env, arrives, STAFFING).callbacks.append(self._arrive)
        self._standing = sent
        self._tell()

    def _turn_round(self, sent: list[int]) -> None:
        """Forget, last ones first, who is on the way to a station that no longer wants so many."""
        for index, number in enumerate(sent):
            coming = [move for move in self._moving if move[1] == index]
            for move in coming[number:]:
                self._moving.remove(move)

    def _forget_those_there(self, now: float) -> None:
        """Forget who has come to the station by now."""
        if self._moving:
            self._moving = [move for move in self._moving if move[0] > now]

    def _arrive(self, _: object) -> None:
        self._crew.tell()

    def receive(self) -> None:
        """Let those work who have come to their station by now."""
        # Who was sent first comes first: it takes all of them the same time.
        if self._moving and self._moving[0][0] <= self._run.env.now:
            self._forget_those_there(self._run.env.now)
            self._tell()

    def _tell(self) -> None:
        """Let those work who stand at their station."""
        self.on_the_way = len(self._moving)
        there = self._standing
        if self._moving:
            there = list(there)
            for _, index in self._moving:
                there[index] -= 1
        self._places.send_all(self._stations, there)


def sent_by(
    rule: str, look: Look, stations: list[int], needs: list[int], people: int, now: float
) -> list[int]:
    """Return how many of `people` the rule sends to each of `stations`, at most its need.

    A station needs as many as are busy there and as its waiting orders keep busy. Of stations that
    the rule does not tell apart the last of the line comes first.
    """
    if sum(needs) <= people:
        return list(needs)
    if rule == "longest-wait":
        return _by_wait([max(0.0, now - look.joined[s]) for s in stations], needs, people)
    order = list(range(len(stations) - 1, -1, -1))
    if rule == "most-urgent":
        order.sort(key=lambda index: look.urgency[stations[index]])
    sent = [0] * len(stations)
    for index in order:
        sent[index] = min(people, needs[index])
        people -= sent[index]
    return sent


def _by_wait(waits: list[float], needs: list[int], people: int) -> list[int]:
    """Send one by one to where the wait is longest for each person there and the one to come.

    That is the method of d'Hondt, by which nobody gets less than the whole part of an even share:
    one starts from there.
    """
    total = sum(waits)
    if total > 0:
        sent = [
            min(need, int(people * wait / total)) for wait, need in zip(waits, needs, strict=True)
        ]
    else:
        sent = [0] * len(waits)
    for _ in range(people - sum(sent)):
        longest, to = -1.0, 0
        for index, there in enumerate(sent):
            if there < needs[index]:
                wait = waits[index] / (there + 1)
                if wait >= longest:
                    longest, to = wait, index
        sent[to] += 1
    return sent


def _keep_the_rest(sent: list[int], before: list[int], people: int) -> None:
    """Let `people` whom nobody needs stay where they stood; new ones go where fewest are."""
    for index in range(len(sent) - 1, -1, -1):
        stay = min(people, before[index] - sent[index])
        if stay > 0:
            sent[index] += stay
            people -= stay
    for _ in range(people):
        sent[min(range(len(sent)), key=lambda index: (sent[index], -index))] += 1


def reviews(run: Run, crew: Crew, every: float) -> Steps:
    """Have the supervisor of a pool look every so often, if anybody is there to be sent."""
    step = max(to_ticks(every), 1.0)
    time = step
    while True:
        yield at(run.env, time, STAFFING)
        if crew.present:
            crew.review()
        time += step
