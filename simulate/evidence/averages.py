"""Small scenarios of what stands in front of payment, whose averages were worked out by hand.

Each is an example of the playbook, ``content/examples/<name>.yml``; how its averages come about is
told at the head of that file. Visitors come by chance, so an example is simulated often, and its
intervals must hold the averages by the rule of `simulate.evidence.theory`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from simulate.evidence.proof import Case, Check, Effort
from simulate.evidence.theory import QUICK_REPLICATIONS, held_against
from simulate.evidence.worked import EXAMPLES
from simulate.experiment.replications import replicate
from simulate.results.replication import Replication
from simulate.scenario.loading import load


@dataclass(frozen=True, slots=True)
class Averages:
    """An example and the averages that must come out of it, by measure.

    A measure ``visitors/<channel>`` is that channel's, ``paid/<hour>`` the orders paid in an hour
    of the run.
    """

    name: str
    values: Mapping[str, float]


EXAMPLE_AVERAGES = (
    Averages(
        "channels",
        {
            "visitors": 16_900,
            "visitors/web": 500,
            "visitors/ads": 10_000,
            "visitors/banner": 5_000,
            "visitors/mail": 200,
            "visitors/show": 1_200,
            "placed_orders": 338,
            "ad_spend": 51_740,
        },
    ),
    Averages(
        "path",
        {"visitors": 10_000, "carts": 3_439, "placed_orders": 859.75, "paid_orders": 429.875},
    ),
    Averages("carts", {"visitors": 10_000, "carts": 980, "placed_orders": 690}),
    Averages(
        "presale",
        {
            "presale_orders": 500,
            "paid_orders": 400,
            "balance_paid_share": 0.8,
            "forfeited_deposits": 2_000,
        },
    ),
    Averages(
        "offers",
        {"placed_orders": 625, "sales": 50_311.53, "cancelled_orders": 62.5},
    ),
    Averages(
        "desk",
        {
            "abandonment_share": 0.367_879,
            "utilisation_desk": 0.632_121,
            "placed_orders": 815.1,
            "desk_lost_orders": 264.9,
        },
    ),
    Averages("sold-out", {"paid_orders": 250, "sold_out_lost_orders": 50}),
    Averages("milestones", {"paid_orders": 500, "paid/0": 175}),
)


def cases(tables: Sequence[Averages] = EXAMPLE_AVERAGES, examples: Path = EXAMPLES) -> list[Case]:
    """Return the cases of the examples."""
    return [Case("averages", each.name, partial(_tried, each, examples)) for each in tables]


def _tried(averages: Averages, examples: Path, effort: Effort) -> list[Check]:
    scenario = load(examples / f"{averages.name}.yml").scenario
    total = scenario.replications
    if effort.quick:
        total = max(QUICK_REPLICATIONS, total // 4)
    found = replicate(scenario, scenario.seed, total, jobs=effort.jobs)
    return [
        held_against(
            averages.name,
            measure,
            value,
            [_reader(measure, tuple(scenario.channels))(each) for each in found],
            quick=effort.quick,
        )
        for measure, value in averages.values.items()
    ]


def _reader(measure: str, channels: Sequence[str]) -> Callable[[Replication], float]:
    """Return what reads a measure of `EXAMPLE_AVERAGES` from a replication."""
    kind, _, which = measure.partition("/")
    if kind == "visitors" and which:
        return lambda each: float(each.channels["visitors"][channels.index(which)])
    if kind == "paid" and which:
        return lambda each: float(np.asarray(each.series["paid"])[int(which)])
    return lambda each: each.measures[measure]
