"""One replication, measured."""

from dataclasses import dataclass

from simulate.demand.orders import OrderBook, Orders
from simulate.results.aftercare import aftercare
from simulate.results.backlog import backlog, flow_series
from simulate.results.channels import Sums, by_channel
from simulate.results.control import control_measures, control_series, in_force
from simulate.results.costs import Item, cost_measures, costs
from simulate.results.courier import courier_measures, waiting_at_visits
from simulate.results.desk import desk_measures, desk_series
from simulate.results.funnel import funnel
from simulate.results.labour import labour
from simulate.results.leads import Leads, lateness, lead_measures, leads_by_payment
from simulate.results.passage import Passage
from simulate.results.sold_out import sold_out_measures, sold_out_table
from simulate.results.spending import spending
from simulate.results.stations import horizon_of, station_measures, station_series
from simulate.results.tally import tally
from simulate.scenario.scenario import Scenario
from simulate.warehouse.floor import Floats
from simulate.warehouse.log import Duty, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Replication:
    """What one replication says.

    `measures`: name to value, NaN where there is none. `series`: one value an hour. `peak_at`,
    `cleared_at`: seconds since the start, NaN if never. `leads`: lead times by payment.
    `classes[C, 3]`: orders, orders on time and P90 of each promise class. `duties`, `visits`: as
    logged; `waiting`: parcels on the dock at each visit. `costs`: by what they are for.
    `channels`: sums by channel. `sold_out`, `in_force`: tables of the groups that can sell out and
    of the controller's rules.
    """

    measures: dict[str, float]
    series: dict[str, Floats]
    peak_at: float
    cleared_at: float
    leads: Leads
    classes: Floats
    duties: list[Duty]
    visits: list[Visit]
    waiting: Floats
    costs: dict[Item, float]
    channels: Sums
    sold_out: Floats
    in_force: Floats


def measure(
    scenario: Scenario, book: OrderBook, orders: Orders, way: Passage, edges: Floats
) -> Replication:
    """Return everything that one replication says, by the hours that start at `edges`."""
    horizon = horizon_of(scenario, way)
    seen = tally(way, edges, horizon)
    people = labour(scenario, way, seen.leads)
    spent = spending(scenario, book, orders, way)
    paid_for = costs(scenario, book, orders, way, people, spent)
    standing, peak_at, cleared_at = backlog(way)
    measures = funnel(scenario, book, orders, way) | lead_measures(way) | standing
    measures |= station_measures(way, seen, horizon) | people.measures
    measures |= sold_out_measures(scenario, book) | control_measures(scenario, book)
    measures |= desk_measures(scenario, book)
    measures |= aftercare(scenario, orders, way, seen)
    measures |= courier_measures(scenario.courier, way.log.visits)
    measures |= cost_measures(scenario, book, orders, way, paid_for)
    return Replication(
        measures=measures,
        series=flow_series(way, edges)
        | station_series(way, seen, edges)
        | desk_series(scenario, book, edges)
        | control_series(scenario, book, edges),
        peak_at=peak_at,
        cleared_at=cleared_at,
        leads=leads_by_payment(scenario, way),
        classes=lateness(scenario, orders, way),
        duties=way.log.duties,
        visits=way.log.visits,
        waiting=waiting_at_visits(way),
        costs=paid_for,
        channels=by_channel(scenario, book, orders, way, spent),
        sold_out=sold_out_table(scenario, book),
        in_force=in_force(scenario, way.log.actions),
    )
