"""Whether everything in front of payment fits together."""

from simulate.scenario.conversion_checks import check_conversion
from simulate.scenario.findings import Finding
from simulate.scenario.goods_checks import check_goods
from simulate.scenario.scenario import Scenario
from simulate.scenario.traffic_checks import check_traffic
from simulate.scenario.volume_checks import check_volume


def check_market(scenario: Scenario) -> list[Finding]:
    """Return everything in front of payment that does not fit together."""
    return [
        *check_traffic(scenario),
        *check_conversion(scenario),
        *check_goods(scenario),
        *check_volume(scenario),
    ]
