"""The service desk: who was answered how soon, who gave up, and how busy its agents were."""

import numpy as np

from simulate.demand.desk import Attended
from simulate.demand.orders import OrderBook
from simulate.results import occupancy
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats

Measures = dict[str, float]


def desk_measures(scenario: Scenario, book: OrderBook) -> Measures:
    """Return what the desk did in one replication; nothing for a scenario without a desk.

    `first_response_p50` and `first_response_p90`: seconds from asking to an agent's first answer.
    `abandonment_share`: of those who wanted an agent, the share who gave up; `desk_lost_orders`:
    the orders that they would have placed. `chased_orders` were chased, `won_by_chasing` of them
    are paid because of it.
    `utilisation_desk`: of the places of agents at work, the share in use, up to `horizon_of`.
    """
    desk, seen = scenario.desk, book.attended
    if desk is None or seen is None:
        return {}
    queued = int(np.count_nonzero(~np.isnan(seen.asked) & ~seen.by_bot))
    waits = (seen.answered - seen.asked)[~np.isnan(seen.taken)]
    median, late = np.percentile(waits, (50, 90)) if len(waits) else (np.nan, np.nan)
    measures = {
        "first_response_p50": float(median),
        "first_response_p90": float(late),
        "abandonment_share": _share(int(np.count_nonzero(~np.isnan(seen.gave_up))), queued),
        "desk_lost_orders": float(np.count_nonzero(seen.lost)),
        "utilisation_desk": _utilisation(seen, horizon_of(scenario, seen)),
    }
    if desk.chase is not None:
        chased = np.concatenate((seen.chased_asker, seen.chased))
        measures["chased_orders"] = float(np.count_nonzero(chased <= scenario.limit_seconds))
        measures["won_by_chasing"] = float(np.count_nonzero(book.chased & ~np.isnan(book.paid)))
    return measures


def desk_series(scenario: Scenario, book: OrderBook, edges: Floats) -> dict[str, Floats]:
    """Return between each two `edges`, seconds since the start, what happened at the desk.

    `desk/asked`: how many asked. Means over the time: `desk/waiting`, customers who wait for an
    agent; `desk/agents`, agents at work; `desk/busy`, agents whom the chats and chases in hand
    would fill, which after the end of a shift may be more than are at work.
    """
    seen = book.attended
    if scenario.desk is None or seen is None:
        return {}
    queued = np.where(seen.by_bot, np.nan, seen.asked)
    left = np.where(np.isnan(seen.taken), seen.gave_up, seen.taken)
    taken, closed = in_hand(seen)
    return {
        "desk/asked": occupancy.counts(seen.asked, edges),
        "desk/waiting": occupancy.mean_present(queued, left, edges),
        "desk/agents": occupancy.steps_between(seen.step_at, seen.agents, edges) / np.diff(edges),
        "desk/busy": occupancy.mean_present(taken, closed, edges) / seen.chats,
    }


def horizon_of(scenario: Scenario, seen: Attended) -> float:
    """Return when traffic has ended and the last place is free again, the run's end at most.

    Agents are there for what the campaign brings: for duties that begin before it.
    """
    closed = in_hand(seen)[1]
    last = float(np.nanmax(closed)) if len(closed) else 0.0
    return min(max(last, scenario.traffic_seconds), scenario.limit_seconds)


def in_hand(seen: Attended) -> tuple[Floats, Floats]:
    """Return when each place that was taken was taken, and when it was free again."""
    taken = np.concatenate((seen.taken, seen.chase_taken_asker, seen.chase_taken))
    closed = np.concatenate((seen.closed, seen.chased_asker, seen.chased))
    used = ~np.isnan(taken)
    return taken[used], closed[used]


def _utilisation(seen: Attended, until: float) -> float:
    """Return the time in use over the time on offer, of places of agents at work."""
    taken, closed = in_hand(seen)
    begins, gains = seen.step_at, np.diff(seen.agents * seen.chats, prepend=0)
    times = np.concatenate((taken, closed, begins, [until]))
    order = np.argsort(times, kind="stable")
    used = np.concatenate((np.ones(len(taken)), -np.ones(len(closed)), np.zeros(len(begins) + 1)))
    offered = np.concatenate((np.zeros(len(taken) + len(closed)), gains, [0.0]))
    spans = np.diff(np.minimum(times[order], until))
    places = np.cumsum(offered[order])[:-1]
    within = np.minimum(np.cumsum(used[order])[:-1], places)
    total = float(np.sum(places * spans))
    return float(np.sum(within * spans)) / total if total else np.nan


def _share(part: int, whole: int) -> float:
    return part / whole if whole else np.nan
