"""The service desk against queueing theory, and its compiled queue against the one in SimPy."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulate.demand.desk import Server, Tasks, serve_compiled
from simulate.demand.desk_reference import serve_one_by_one
from simulate.demand.orders import draw
from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.queueing import erlang_a, erlang_c, must_wait, wait_mmc
from simulate.evidence.steady import NoTheoryError, around_the_clock
from simulate.results.desk import desk_measures
from simulate.scenario.clock import TICK
from simulate.scenario.desk import Desk
from simulate.scenario.distributions import Exponential
from simulate.scenario.scenario import Scenario

Values = dict[str, float]
Samples = dict[str, list[float]]

DESKS, QUICK_DESKS = 2000, 200
GRIDS = (TICK, 15.0, 300.0)
"""Seconds: random times are multiples of one of these, so that more or less coincides."""


def with_patience(scenario: Scenario) -> Values:
    """Return what Erlang-A expects of a desk.

    `wait_desk`, the mean seconds until taken of those who are; `abandonment_share` and
    `must_wait_share` of those who want an agent; `utilisation_desk`.

    Raises NoTheoryError unless chats and patience are exponential and nothing ever changes.
    """
    desk, rate, places = _simple(scenario)
    work, patience = desk.handling.mean, desk.patience.mean
    if not isinstance(desk.patience.distribution, Exponential):
        raise NoTheoryError("in Erlang-A patience is exponential")
    gives_up, wait = erlang_a(rate, work, places, patience)
    return {
        "wait_desk": wait,
        "abandonment_share": gives_up,
        "must_wait_share": must_wait(rate, work, places, patience),
        "utilisation_desk": rate * (1 - gives_up) * work / places,
    }


def without_end(scenario: Scenario) -> Values:
    """Return what M/M/c expects of a desk whose customers wait for longer than it lasts."""
    desk, rate, places = _simple(scenario)
    work = desk.handling.mean
    if desk.patience.mean < scenario.limit_seconds:
        raise NoTheoryError("in M/M/c nobody ever gives up")
    return {
        "wait_desk": wait_mmc(rate, work, places),
        "must_wait_share": erlang_c(places, rate * work),
        "utilisation_desk": rate * work / places,
    }


def _simple(scenario: Scenario) -> tuple[Desk, float, int]:
    """Return a desk that queueing theory knows, questions a second for its agents, its places."""
    desk = scenario.desk
    if desk is None:
        raise NoTheoryError("there is no service desk")
    changes = (
        scenario.phases or scenario.profile or any(scenario.forecast_error.model_dump().values())
    )
    if changes or not isinstance(desk.handling.distribution, Exponential):
        raise NoTheoryError("questions must come at one rate, and chats be exponential")
    if desk.silent or desk.first_answer or desk.chase:
        raise NoTheoryError(
            "silent customers, first answers and chases change how long places last"
        )
    rate = 0.0
    for channel in scenario.channels.values():
        if channel.visitors_per_second is None or channel.conversion.model_fields_set:
            raise NoTheoryError("all channels must bring visitors evenly, who ask alike")
        rate += channel.visitors_per_second * scenario.traffic
    agents = around_the_clock(desk.shifts.values())
    return (
        desk,
        rate * scenario.conversion.enquiry_share * (1 - desk.bot_share),
        agents * desk.chats,
    )


def sampled(scenario: Scenario, names: Sequence[str], total: int, _jobs: int) -> Samples:
    """Return what became of the desk's customers in every replication."""
    samples: Samples = {name: [] for name in names}
    for replication in range(total):
        book = draw(scenario, scenario.seed, replication)
        seen = book.attended
        assert seen is not None
        waited = (seen.taken - seen.asked)[~np.isnan(seen.taken)]
        wanted = np.count_nonzero(~np.isnan(seen.asked) & ~seen.by_bot)
        found = desk_measures(scenario, book) | {
            "wait_desk": float(waited.mean()),
            "must_wait_share": 1 - np.count_nonzero(waited == 0) / wanted,
        }
        for name in names:
            samples[name].append(float(found[name]))
    return samples


def random_desk(seed: int) -> Tasks:
    """Return desk number `seed`: chats, chases and places at random, all on one grid of times."""
    generator = np.random.default_rng(seed)
    grid = float(generator.choice(GRIDS))
    chats, chases, steps = (int(generator.integers(most)) for most in (60, 20, 12))

    def times(number: int, mean: float) -> NDArray[np.float64]:
        return np.rint(generator.exponential(mean, number) / grid) * grid

    def some(number: int, share: float) -> NDArray[np.bool_]:
        return generator.random(number) < share

    asked = times(chats, 3600)
    owes = some(chats, 0.3)
    due = np.concatenate(
        (np.where(owes & some(chats, 0.3), asked + 900, np.nan), times(chases, 3600))
    )
    queues = some(chats, 0.8) & np.isnan(due[:chats])
    step_at = np.unique(np.concatenate(([0.0], times(steps, 7200))))
    return Tasks(
        asked=asked,
        queues=queues,
        until=asked + times(chats, 300),
        talk=times(chats, 300),
        hold=np.where(some(chats, 0.3), 120.0, 0.0),
        owes=owes,
        after=900.0,
        due=due,
        work=times(chats + chases, 300),
        step_at=step_at,
        places=generator.integers(0, 7, len(step_at)),
    )


def desk_case(server: Server = serve_compiled) -> Case:
    """Return the case that holds `server` against the desk in SimPy, exactly."""

    def run(effort: Effort) -> list[Check]:
        seeds = range(QUICK_DESKS if effort.quick else DESKS)
        tasks = given = wrong = 0
        fault = ""
        for seed in seeds:
            desk = random_desk(seed)
            found, expected = server(desk), serve_one_by_one(desk)
            tasks += int(np.count_nonzero(desk.queues) + np.count_nonzero(~np.isnan(desk.due)))
            given += sum(int(np.count_nonzero(~np.isnan(times))) for times in expected)
            if any(
                one.tobytes() != other.tobytes() for one, other in zip(found, expected, strict=True)
            ):
                wrong += 1
                fault = fault or f"random desk {seed}: taken at other times"
        return [
            Check(
                case="desk",
                measure="visits",
                expected=0.0,
                estimate=float(given),
                trials=len(seeds),
                orders=tasks,
                wrong=wrong,
                holds=wrong == 0 and given > 0,
                fault=fault,
            )
        ]

    return Case("floors", "desk", run)
