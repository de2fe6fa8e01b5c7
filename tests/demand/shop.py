from typing import Any

from simulate.scenario.scenario import Scenario

DAY = 86400.0
HOUR = 3600.0


def shop(**changes: Any) -> Scenario:
    """A shop with one channel of 2,400 visitors/day, half of whom order, on 12 and 13 December."""
    smallest = {
        "title": "Small shop",
        "timezone": "Asia/Shanghai",
        "starts": "2026-12-12T00:00",
        "ends": "2026-12-14T00:00",
        "channels": {"search": {"visitors": "2400 visitors/day"}},
        "conversion": {"order_share": "50%"},
        "stations": {"pack": {"pool": "packers", "setup": "30s/order"}},
        "pools": {
            "packers": {
                "shifts": {"day": {"starts": "08:00", "ends": "20:00", "people": "4 people"}}
            }
        },
    }
    return Scenario.model_validate({**smallest, **changes})
