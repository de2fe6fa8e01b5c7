"""What all replications of a scenario have in common, before chance."""

from dataclasses import dataclass

from simulate.demand.conversion import Shares, shares_of
from simulate.demand.mixes import Mixes, mixes_of
from simulate.demand.offers import Prices, prices_of
from simulate.demand.rates import Rates, rates_of
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Ground:
    """Mean traffic, what offers do, what is bought, and what visitors do, by channel and phase."""

    rates: Rates
    prices: Prices | None
    mixes: Mixes
    shares: Shares


MOST_KNOWN = 64
"""So many scenarios are kept: a year is drawn from many, one after the other, again and again."""

_KNOWN: list[tuple[Scenario, Ground]] = []


def ground_of(scenario: Scenario) -> Ground:
    """Return the ground of `scenario`, which is kept for its next replication.

    In a small scenario it is a large part of what a replication costs. Nobody may change its
    arrays.
    """
    for known, ground in _KNOWN:
        if known is scenario:
            return ground
    prices = prices_of(scenario)
    mixes = mixes_of(scenario, prices)
    ground = Ground(rates_of(scenario), prices, mixes, shares_of(scenario, mixes))
    _KNOWN[MOST_KNOWN - 1 :] = []
    _KNOWN.insert(0, (scenario, ground))
    return ground
