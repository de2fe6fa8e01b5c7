"""Many replications as one outcome."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from simulate.results.bottleneck import bottleneck
from simulate.results.intervals import mean_interval, share_interval
from simulate.results.outcome import Band, Estimate, LeadTimes, Outcome
from simulate.results.replication import LEAD_BIN, PAYMENT_STRETCH, Replication
from simulate.results.verdict import bounds, holds, judge
from simulate.scenario.scenario import Scenario

Floats = NDArray[np.float64]

BAND = (5, 95)
"""Percentiles over replications that a band spans."""

DIGITS = 9
"""Significant digits kept: enough for any reader, few enough to be the same everywhere."""


def unit_of(measure: str, currency: str) -> str:
    """Return the unit of a measure."""
    if measure.startswith("wait_"):
        return "seconds"
    if measure.startswith("utilisation_") or measure.endswith("_share"):
        return "share"
    if measure.startswith("lead_time") or measure in (
        "peak_backlog_at", "backlog_clearance", "overtime",
    ):  # fmt: skip
        return "hours"
    if measure in ("sales", "ad_spend"):
        return currency
    return "visitors" if measure in ("visitors", "enquiries") else "orders"


def summarise(
    scenario: Scenario,
    replications: Sequence[Replication],
    edges: Floats,
    *,
    name: str,
    fingerprint: str,
    seed: int,
    floor: str,
) -> Outcome:
    """Return the outcome of `replications` of `scenario`, whose hours start at `edges`."""
    samples = _samples(scenario, replications)
    measures = {
        measure: _estimate(values, unit_of(measure, scenario.currency))
        for measure, values in samples.items()
    }
    hours = _hours_used(scenario, replications, edges)
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
        peak_at=_short(float(np.median([replication.peak_at for replication in replications]))),
        cleared_at=None if np.isnan(cleared).any() else _short(float(np.median(cleared))),
        hour_starts=tuple(edges[:hours].tolist()),
        series=_bands(replications, hours),
        lead_times=_lead_times(scenario, replications),
        samples={name: tuple(map(_short, values)) for name, values in samples.items()},
    )


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


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
    values = {name: replication.measures[name] for name in targets}
    return all(
        np.isnan(value) or holds(name, value, targets[name]) for name, value in values.items()
    )


def _estimate(values: list[float], unit: str) -> Estimate:
    interval = share_interval if unit == "share" else mean_interval
    mean, low, high = interval(values)
    if unit != "share" and isfinite(low):
        # No measure can be negative, whatever a symmetric interval says.
        low = max(low, min(0.0, mean))
    return Estimate(mean=_short(mean), low=_short(low), high=_short(high), unit=unit)


def _hours_used(scenario: Scenario, replications: Sequence[Replication], edges: Floats) -> int:
    """Return how many hours have traffic or an order inside in any replication."""
    inside = sum(
        replication.series["backlog"] + replication.series.get("dock", 0)
        for replication in replications
    )
    busy = np.flatnonzero(inside)
    traffic = int(np.searchsorted(edges, scenario.traffic_seconds, side="left"))
    return max(traffic, int(busy[-1]) + 1 if len(busy) else 0)


SERIES_UNITS = {"staff": "people", "busy": "people"}


def _bands(replications: Sequence[Replication], hours: int) -> dict[str, Band]:
    bands = {}
    for name in replications[0].series:
        values = np.stack([replication.series[name][:hours] for replication in replications])
        low, high = np.percentile(values, BAND, axis=0)
        bands[name] = Band(
            mean=tuple(map(_short, values.mean(axis=0).tolist())),
            low=tuple(map(_short, low.tolist())),
            high=tuple(map(_short, high.tolist())),
            unit=SERIES_UNITS.get(name.split("/")[0], "orders"),
        )
    return bands


def _lead_times(scenario: Scenario, replications: Sequence[Replication]) -> tuple[LeadTimes, ...]:
    leads = sum(replication.leads for replication in replications)
    promised = sum(replication.promised for replication in replications)
    paid = sum(replication.paid for replication in replications)
    assert not isinstance(leads, int)
    assert not isinstance(promised, int)
    assert not isinstance(paid, int)
    rows = []
    for stretch in np.flatnonzero(paid):
        orders = int(paid[stretch])
        p10, p50, p90 = (_quantile(leads[stretch], share) for share in (0.1, 0.5, 0.9))
        rows.append(
            LeadTimes(
                starts=float(stretch) * PAYMENT_STRETCH,
                ends=min((float(stretch) + 1) * PAYMENT_STRETCH, scenario.traffic_seconds),
                orders=_short(orders / len(replications)),
                p10=_short(p10),
                p50=_short(p50),
                p90=_short(p90),
                promised=_short(float(promised[stretch]) / orders / 3600)
                if scenario.promise is not None
                else None,
            )
        )
    return tuple(rows)


def _quantile(counted: NDArray[np.int64], share: float) -> float:
    """Return a quantile in hours of lead times counted in bins, even within a bin."""
    reached = np.cumsum(counted)
    rank = share * reached[-1]
    at = int(np.searchsorted(reached, rank, side="left"))
    before = float(reached[at - 1]) if at else 0.0
    inside = (rank - before) / counted[at] if counted[at] else 0.0
    return float((at + inside) * LEAD_BIN / 3600)
