"""The service desk: who is answered when, who gives up, and which unpaid orders are chased."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.demand.desk_roster import DeskDuty, agent_steps, duties_of
from simulate.demand.layers import row_names
from simulate.demand.streams import stream
from simulate.demand.variation import factors
from simulate.scenario.clock import to_ticks
from simulate.scenario.desk import Desk
from simulate.scenario.distributions import Delay
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiries:
    """n visitors who ask first, row after row; `by_row` (R) says how many of each.

    `asked`: seconds since the start, in whole ticks, in any order. `here`: not turned away; who
    is not here never asks, but keeps its draws. `orders`: once answered, it places an order when
    the chat ends. `owes`: that order, if there is one, is not paid by itself and is to be chased.
    """

    asked: Floats
    here: Bools
    orders: Bools
    owes: Bools
    by_row: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Chases:
    """m unpaid orders of people who did not ask, row after row, `by_row` (R) of each.

    `due`: when each is to be chased, in whole ticks and any order. One not `here` is not chased,
    but keeps its draws.
    """

    due: Floats
    here: Bools
    by_row: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """What became of n enquiries and m chases. Times in seconds since the start, whole ticks.

    Of enquiries (n): `asked`, NaN if not here; `taken` by an agent, NaN if never or `by_bot`;
    `answered`, first, by agent or bot; `ended`, the last message, when the order is placed;
    `closed`, when the agent's place is free again; `gave_up`, NaN if answered, and `lost`, an
    order with it. Of their unpaid orders (n) and of the others (m): when a chase was `due`, taken
    and done, NaN for never.
    Agents at work, without those in a break: `agents[k]` from `step_at[k]` on, each with `chats`
    places. `duties` are the agents' hours as rostered.
    """

    asked: Floats
    taken: Floats
    answered: Floats
    ended: Floats
    closed: Floats
    by_bot: Bools
    gave_up: Floats
    lost: Bools
    due_asker: Floats
    chase_taken_asker: Floats
    chased_asker: Floats
    due: Floats
    chase_taken: Floats
    chased: Floats
    step_at: Floats
    agents: Ints
    chats: int
    duties: tuple[DeskDuty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What a desk has to do, drawn: n chats and n + m chases, those after a chat first.

    Chats (n): `asked`; `queues`, here and not the bot's; `until`, when patience ends; `talk`,
    seconds from being taken to the last message; `hold`, seconds for which the place is kept
    after it; `owes`, a chase falls due `after` seconds later. Chases (n + m): `due`, as far as
    known beforehand, NaN for the others; `work`, seconds. From `step_at[k]` on there are
    `places[k]` places.
    """

    asked: Floats
    queues: Bools
    until: Floats
    talk: Floats
    hold: Floats
    owes: Bools
    after: float
    due: Floats
    work: Floats
    step_at: Floats
    places: Ints


Server = Callable[[Tasks], tuple[Floats, Floats]]
"""Returns when each chat (n) and each chase (n + m) was taken, NaN for never."""


def bot_answers(scenario: Scenario, seed: int, replication: int, by_row: Ints) -> Bools:
    """Return for each enquiry whether the bot answers it, at once and for good."""
    desk = _desk_of(scenario)

    def draws(name: str, n: int) -> Floats:
        return stream(seed, replication, f"desk/{name}/bot").random(n)

    return _per_row(scenario, by_row, draws) < desk.bot_share


def attend(
    scenario: Scenario,
    seed: int,
    replication: int,
    enquiries: Enquiries,
    chases: Chases,
    server: Server | None = None,
) -> Attended:
    """Return what the scenario's service desk makes of its enquiries and chases.

    Every enquiry has draws of its own from streams named after its channel, whoever else asks.
    `server` defaults to the compiled queue. Raises ValueError for a scenario without a desk.
    """
    desk = _desk_of(scenario)
    by_bot = bot_answers(scenario, seed, replication, enquiries.by_row) & enquiries.here
    duties = duties_of(scenario, seed, replication)
    step_at, agents = agent_steps(duties)
    tasks = _tasks(scenario, seed, replication, enquiries, chases, by_bot, (step_at, agents))
    taken, chase_taken = (server or serve_compiled)(tasks)

    n = len(enquiries.asked)
    asked = np.where(enquiries.here, enquiries.asked, np.nan)
    ended = np.where(by_bot, asked, taken + tasks.talk)
    gave_up = np.where(tasks.queues & np.isnan(taken), tasks.until, np.nan)
    chased = chase_taken + tasks.work
    return Attended(
        asked=asked,
        taken=taken,
        answered=np.where(by_bot, asked, taken + to_ticks(desk.first_answer)),
        ended=ended,
        closed=ended + np.where(by_bot, 0.0, tasks.hold),
        by_bot=by_bot,
        gave_up=gave_up,
        lost=~np.isnan(gave_up) & enquiries.orders,
        due_asker=np.where(tasks.owes, ended + tasks.after, np.nan),
        chase_taken_asker=chase_taken[:n],
        chased_asker=chased[:n],
        due=tasks.due[n:],
        chase_taken=chase_taken[n:],
        chased=chased[n:],
        step_at=step_at,
        agents=agents,
        chats=desk.chats,
        duties=duties,
    )


def serve_compiled(tasks: Tasks) -> tuple[Floats, Floats]:
    """Return when each chat and each chase was taken, NaN for never."""
    from simulate.demand.desk_kernel import serve

    queueing = np.flatnonzero(tasks.queues)
    order = queueing[np.argsort(tasks.asked[queueing], kind="stable")]
    known = np.flatnonzero(~np.isnan(tasks.due))
    known = known[np.argsort(tasks.due[known], kind="stable")]
    room = len(tasks.due) + 1
    waiting_due, waiting = np.empty(room), np.empty(room, np.int64)
    waiting_due[: len(known)], waiting[: len(known)] = tasks.due[known], known
    most = int(tasks.places.max(initial=0)) + 1
    taken, chase_taken = np.full(len(tasks.asked), np.nan), np.full(len(tasks.due), np.nan)
    serve(
        order,
        tasks.asked,
        tasks.until,
        tasks.talk,
        tasks.hold,
        tasks.owes,
        tasks.after,
        waiting_due,
        waiting,
        len(known),
        tasks.work,
        tasks.step_at,
        tasks.places,
        np.empty(most),
        np.empty(most, np.int64),
        taken,
        chase_taken,
    )
    return taken, chase_taken


def _tasks(
    scenario: Scenario,
    seed: int,
    replication: int,
    enquiries: Enquiries,
    chases: Chases,
    by_bot: Bools,
    roster: tuple[Floats, Ints],
) -> Tasks:
    desk = _desk_of(scenario)
    asks, m = enquiries.by_row, len(chases.due)

    def drawn(delay: Delay, what: str, numbers: Ints) -> Floats:
        def of(name: str, n: int) -> Floats:
            generator = stream(seed, replication, f"desk/{name}/{what}")
            return delay.mean * factors(delay.distribution, generator, n)

        return to_ticks(_per_row(scenario, numbers, of))

    def leaves(name: str, n: int) -> Floats:
        return stream(seed, replication, f"desk/{name}/silent").random(n)

    silent = _per_row(scenario, asks, leaves) < desk.silent
    known = np.full(len(by_bot), np.nan)
    after, of_chats, of_others = np.inf, np.zeros(len(by_bot)), np.zeros(m)
    due = np.full(m, np.nan)
    owes = enquiries.orders & enquiries.owes & (desk.chase is not None)
    if desk.chase is not None:
        after = to_ticks(desk.chase.after)
        of_chats = drawn(desk.chase.handling, "chase/after a chat", asks)
        of_others = drawn(desk.chase.handling, "chase/without a chat", chases.by_row)
        known = np.where(by_bot & owes, enquiries.asked + after, np.nan)
        due = np.where(chases.here, chases.due, np.nan)
    step_at, agents = roster
    return Tasks(
        asked=enquiries.asked,
        queues=enquiries.here & ~by_bot,
        until=enquiries.asked + drawn(desk.patience, "patience", asks),
        talk=np.maximum(drawn(desk.handling, "handling", asks), to_ticks(desk.first_answer)),
        hold=np.where(silent, to_ticks(desk.idle_timeout), 0.0),
        owes=owes,
        after=after,
        due=np.concatenate((known, due)),
        work=np.concatenate((of_chats, of_others)),
        step_at=step_at,
        places=agents * desk.chats,
    )


def _per_row(scenario: Scenario, by_row: Ints, drawn: Callable[[str, int], Floats]) -> Floats:
    """Return the draws of each row, one row after the other."""
    numbers = by_row.tolist()
    names = row_names(list(scenario.channels), len(numbers))
    parts = [drawn(name, n) for name, n in zip(names, numbers, strict=True)]
    return np.concatenate(parts) if parts else np.empty(0)


def _desk_of(scenario: Scenario) -> Desk:
    if scenario.desk is None:
        raise ValueError("the scenario has no service desk")
    return scenario.desk
