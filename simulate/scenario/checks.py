"""What no single field can know: whether the parts of a scenario fit together."""

from collections.abc import Iterator

from simulate.scenario.aftercare_checks import check_aftercare
from simulate.scenario.controller_checks import check_controller
from simulate.scenario.desk_checks import check_desk
from simulate.scenario.dispatch_checks import check_dispatch
from simulate.scenario.findings import Finding
from simulate.scenario.labour_checks import check_labour
from simulate.scenario.market_checks import check_market
from simulate.scenario.money_checks import check_money
from simulate.scenario.scenario import Scenario
from simulate.scenario.shop_checks import check_shops
from simulate.scenario.staffing_checks import check_staffing

DAY = 86400.0
MAX_CAMPAIGN_DAYS = 400
MAX_DRAIN_DAYS = 60
MAX_OPENING_BACKLOG = 5_000_000


def check(scenario: Scenario) -> list[Finding]:
    """Return everything that does not fit together in `scenario`."""
    campaign = list(_campaign(scenario))
    if campaign:  # without a campaign in time nothing can be said about what lies inside it
        return campaign
    return [
        *check_money(scenario),
        *check_market(scenario),
        *check_dispatch(scenario),
        *check_labour(scenario),
        *check_aftercare(scenario),
        *check_desk(scenario),
        *check_shops(scenario),
        *check_controller(scenario),
        *check_staffing(scenario),
    ]


def _campaign(scenario: Scenario) -> Iterator[Finding]:
    if scenario.traffic_seconds <= 0:
        yield Finding(("ends",), "the campaign must end after it starts")
    elif scenario.traffic_seconds > MAX_CAMPAIGN_DAYS * DAY:
        yield Finding(("ends",), f"the campaign is longer than {MAX_CAMPAIGN_DAYS} days")
    if not 0 < scenario.drain_limit <= MAX_DRAIN_DAYS * DAY:
        message = f"the drain limit must be above 0 and at most {MAX_DRAIN_DAYS}d"
        yield Finding(("drain_limit",), message)
    backlog = scenario.opening_backlog
    if backlog is not None and backlog.orders > MAX_OPENING_BACKLOG:
        message = f"an opening backlog of more than {MAX_OPENING_BACKLOG:,} orders is not possible"
        yield Finding(("opening_backlog", "orders"), message)
