"""Many replications as one outcome."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from simulate.results.bottleneck import bottleneck
from simulate.results.channel_tables import channel_results, funnel_steps, shop_results
from simulate.results.control import action_results
from simulate.results.costs import SUMS
from simulate.results.estimates import estimate, short
from simulate.results.leads import LEAD_BIN, PAYMENT_STRETCH, promise_classes
from simulate.results.outcome import Band, Estimate, LeadTimes, Outcome, Stop
from simulate.results.replication import Replication
from simulate.results.sold_out import sold_out_results
from simulate.results.tables import cost_items, courier_visits, crews, late_by_class
from simulate.results.verdict import bounds, holds, judge
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]

BAND = (5, 95)
"""Percentiles over replications that a band spans."""

HOURS = frozenset(
    {"peak_backlog_at", "backlog_clearance", "overtime", "wasted_work", "waiting_for_stock_mean",
     "outage_hours"}
)  # fmt: skip
SECONDS = frozenset({"first_response_p50", "first_response_p90"})
MONEY = frozenset(
    {"sales", "ad_spend", "cost_per_order", "contribution", "total_cost", "forfeited_deposits",
     "controller_compensation_saved", "controller_contribution_change", *SUMS}
)  # fmt: skip
UNITS = {
    "visitors": "visitors", "enquiries": "visitors", "carts": "visitors",
    "turned_away_visitors": "visitors", "page_views": "views", "absences": "people",
    "moves": "times", "missed_collections": "times", "late_collections": "times",
    "return_on_ads": "ratio",
}  # fmt: skip
SIGNED = frozenset(
    {"contribution", "controller_late_orders_avoided", "controller_compensation_saved",
     "controller_contribution_change"}
)  # fmt: skip
"""Measures that may be negative."""

UNBOUNDED = frozenset({"ads_share_of_sales"})
"""Shares that may be more than all."""


def unit_of(measure: str, currency: str) -> str:
    """Return the unit of a measure."""
    if measure.startswith("wait_") or measure in SECONDS:
        return "seconds"
    if measure.startswith("utilisation_") or measure.endswith("_share") or measure in UNBOUNDED:
        return "share"
    if measure.startswith("lead_time") or measure in HOURS:
        return "hours"
    return currency if measure in MONEY else UNITS.get(measure, "orders")


def estimate_of(measure: str, values: Sequence[float], currency: str) -> Estimate:
    """Return a measure's values in all replications as one estimate."""
    return estimate(
        values,
        unit_of(measure, currency),
        is_signed=measure in SIGNED,
        is_bounded=measure not in UNBOUNDED,
    )


def summarise(
    scenario: Scenario,
    replications: Sequence[Replication],
    edges: Floats,
    *,
    name: str,
    fingerprint: str,
    seed: int,
    floor: str,
    stopped: Stop = "fixed",
    more_needed: int | None = None,
) -> Outcome:
    """Return the outcome of `replications` of `scenario`, whose hours start at `edges`."""
    samples = _samples(scenario, replications)
    measures = {
        measure: estimate_of(measure, values, scenario.currency)
        for measure, values in samples.items()
    }
    hours = _hours_used(scenario, replications, edges)
    starts = tuple(edges[:hours].tolist())
    cleared = [replication.cleared_at for replication in replications]
    return Outcome(
        scenario=name,
        fingerprint=fingerprint,
        seed=seed,
        replications=len(replications),
        floor=floor,
        verdict=judge(scenario.targets, measures),
        measures=measures,
        bottleneck=bottleneck(scenario, replications),
        peak_at=short(float(np.median([replication.peak_at for replication in replications]))),
        cleared_at=None if np.isnan(cleared).any() else short(float(np.median(cleared))),
        hour_starts=starts,
        series=_bands(replications, hours),
        lead_times=_lead_times(scenario, replications),
        samples={name: tuple(map(short, values)) for name, values in samples.items()},
        late_by_class=late_by_class(scenario, replications),
        people=crews(scenario, replications, starts),
        collections=courier_visits(scenario, replications),
        costs=cost_items(scenario, replications),
        funnel=funnel_steps(scenario, replications),
        channels=channel_results(scenario, replications),
        shops=shop_results(scenario, replications),
        sold_out=sold_out_results(scenario, [each.sold_out for each in replications]),
        actions=action_results(scenario, [each.in_force for each in replications]),
        stopped=stopped,
        more_needed=more_needed,
    )


def _samples(scenario: Scenario, replications: Sequence[Replication]) -> dict[str, list[float]]:
    """Return each measure's values, without replications and measures that have none."""
    samples = {
        name: [value for each in replications if not np.isnan(value := each.measures[name])]
        for name in replications[0].measures
    }
    targets = bounds(scenario.targets)
    if targets:
        samples["targets_held_share"] = [float(_all_held(each, targets)) for each in replications]
    return {name: values for name, values in samples.items() if values}


def _all_held(replication: Replication, targets: dict[str, float]) -> bool:
    """Tell whether one replication holds every target; a measure that it lacks breaks none."""
    values = {name: replication.measures.get(name, np.nan) for name in targets}
    return all(
        np.isnan(value) or holds(name, value, targets[name]) for name, value in values.items()
    )


def _hours_used(scenario: Scenario, replications: Sequence[Replication], edges: Floats) -> int:
    """Return how many hours have traffic or an order inside in any replication."""
    inside = sum(
        replication.series["backlog"] + replication.series.get("dock", 0)
        for replication in replications
    )
    busy = np.flatnonzero(inside)
    traffic = int(np.searchsorted(edges, scenario.traffic_seconds, side="left"))
    return max(traffic, int(busy[-1]) + 1 if len(busy) else 0)


SERIES_UNITS = {
    "staff": "people", "busy": "people", "due": "people", "desk/agents": "people",
    "desk/busy": "people", "desk/asked": "visitors", "desk/waiting": "visitors",
    "turned_away": "visitors",
}  # fmt: skip
"""Units of series by name, or by the part of their name before the place."""


def _bands(replications: Sequence[Replication], hours: int) -> dict[str, Band]:
    """Return the bands of all series; an hour that no replication knows is 0."""
    bands = {}
    for name in replications[0].series:
        values = np.stack([replication.series[name][:hours] for replication in replications])
        mean, (low, high) = values.mean(axis=0), np.percentile(values, BAND, axis=0)
        for hour in np.flatnonzero(np.isnan(mean)):
            known = values[~np.isnan(values[:, hour]), hour]
            known = known if len(known) else np.zeros(1)
            mean[hour], (low[hour], high[hour]) = known.mean(), np.percentile(known, BAND)
        bands[name] = Band(
            mean=tuple(map(short, mean.tolist())),
            low=tuple(map(short, low.tolist())),
            high=tuple(map(short, high.tolist())),
            unit=SERIES_UNITS.get(name, SERIES_UNITS.get(name.split("/")[0], "orders")),
        )
    return bands


def _lead_times(scenario: Scenario, replications: Sequence[Replication]) -> tuple[LeadTimes, ...]:
    leads = _sum_up([replication.leads.counted for replication in replications])
    promised = np.sum([replication.leads.promised for replication in replications], axis=0)
    paid = np.sum([replication.leads.paid for replication in replications], axis=0)
    is_promised = bool(promise_classes(scenario))
    rows = []
    for stretch in np.flatnonzero(paid):
        orders = int(paid[stretch])
        p10, p50, p90 = (_quantile(leads[stretch], share) for share in (0.1, 0.5, 0.9))
        hours = float(promised[stretch]) / orders / 3600
        rows.append(
            LeadTimes(
                starts=float(stretch) * PAYMENT_STRETCH,
                ends=min((float(stretch) + 1) * PAYMENT_STRETCH, scenario.traffic_seconds),
                orders=short(orders / len(replications)),
                p10=short(p10),
                p50=short(p50),
                p90=short(p90),
                promised=short(hours) if is_promised and isfinite(hours) else None,
            )
        )
    return tuple(rows)


def _sum_up(tables: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Add tables of the same rows, as long as each has columns."""
    total = np.zeros((len(tables[0]), max(table.shape[1] for table in tables)), np.int64)
    for table in tables:
        total[:, : table.shape[1]] += table
    return total


def _quantile(counted: NDArray[np.int64], share: float) -> float:
    """Return a quantile in hours of lead times counted in bins, even within a bin."""
    reached = np.cumsum(counted)
    rank = share * reached[-1]
    at = int(np.searchsorted(reached, rank, side="left"))
    before = float(reached[at - 1]) if at else 0.0
    inside = (rank - before) / counted[at] if counted[at] else 0.0
    return float((at + inside) * LEAD_BIN / 3600)
