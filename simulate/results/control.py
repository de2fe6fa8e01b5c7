"""What the controller did, and what it saved."""

from collections.abc import Mapping, Sequence

import numpy as np

from simulate.demand.orders import OrderBook
from simulate.results.estimates import estimate
from simulate.results.moments import span_of
from simulate.results.outcome import ActionResult
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats
from simulate.warehouse.log import Action

HOUR = 3600.0


def control_measures(scenario: Scenario, book: OrderBook) -> dict[str, float]:
    """Return how many visitors were turned away, and orders lost as their group was closed.

    Each only if a rule of the controller does such a thing.
    """
    rules = [] if scenario.controller is None else scenario.controller.rules.values()
    measures = {}
    if any(rule.cut for rule in rules):
        measures["turned_away_visitors"] = float(book.turned_away_by_channel.sum())
    if any(rule.close for rule in rules):
        measures["closed_lost_orders"] = float(book.lost_closed.sum())
    return measures


def control_series(scenario: Scenario, book: OrderBook, edges: Floats) -> dict[str, Floats]:
    """Return `turned_away`, visitors by hour, if a rule of the controller turns any away."""
    if "turned_away_visitors" not in control_measures(scenario, book):
        return {}
    counts = np.zeros(len(edges) - 1)
    counts[: len(book.turned_away_by_hour)] = book.turned_away_by_hour
    return {"turned_away": counts}


def saved(acting: Mapping[str, float], without: Mapping[str, float]) -> dict[str, float]:
    """Return what the controller's acting changed, from the measures with it and without it.

    Late orders avoided, compensation saved, and the change of the contribution; each may be
    negative, and is there only if its measure is.
    """
    differences = {
        "controller_late_orders_avoided": ("late_orders", without, acting),
        "controller_compensation_saved": ("compensation", without, acting),
        "controller_contribution_change": ("contribution", acting, without),
    }
    return {
        name: more[measure] - less[measure]
        for name, (measure, more, less) in differences.items()
        if measure in acting
    }


def in_force(scenario: Scenario, actions: Sequence[Action]) -> Floats:
    """Return of each rule (R, 3): when it first came into force (NaN: never), how often, hours."""
    rules = [] if scenario.controller is None else list(scenario.controller.rules)
    table = np.zeros((len(rules), 3))
    for row, name in enumerate(rules):
        spans = [(action.starts, action.ends) for action in actions if action.rule == name]
        first = min((starts for starts, _ in spans), default=np.nan)
        table[row] = first, len(spans), sum(ends - starts for starts, ends in spans) / HOUR
    return table


def action_results(scenario: Scenario, tables: Sequence[Floats]) -> tuple[ActionResult, ...]:
    """Return what each rule did, from the tables of `in_force` of all replications."""
    if scenario.controller is None:
        return ()
    every = np.stack(tables)
    return tuple(
        ActionResult(
            rule=name,
            share=estimate((~np.isnan(every[:, row, 0])).astype(float).tolist(), "share"),
            first=span_of(every[:, row, 0].tolist()),
            times=estimate(every[:, row, 1].tolist(), "times"),
            hours=estimate(every[:, row, 2].tolist(), "hours"),
        )
        for row, name in enumerate(scenario.controller.rules)
    )
