"""The ERP: how many orders it releases by hour and day, and when it is down."""

from simulate.scenario.clock import local_hour_edges
from simulate.scenario.dispatch import Erp
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.equipment import breakdowns
from simulate.warehouse.floor import NOWHERE, UNLIMITED
from simulate.warehouse.instants import QUOTA


class Release:
    """What the ERP may release: the only one who tells the floor."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._until = UNLIMITED
        self._runs = True

    def allow(self, until: int) -> None:
        """Let it release orders until it has released `until` of them since the start."""
        self._until = until
        self._tell()

    def fail(self, change: int) -> None:
        """Let it stop (-1) or run again (1); what it may release meanwhile is not lost."""
        self._runs = change > 0
        self._tell()

    def _tell(self) -> None:
        left = self._until - self._run.floor.released_count()
        self._run.floor.set_quota(min(left, UNLIMITED) if self._runs else 0)


def start(run: Run, erp: Erp) -> None:
    """Start the processes of the ERP."""
    release = Release(run)
    if erp.per_hour is not None or erp.per_day is not None:
        run.env.process(_hours(run, erp, release))
    if erp.failures is not None:
        run.env.process(breakdowns(run, erp.failures, "failures/erp", NOWHERE, release.fail))


def _hours(run: Run, erp: Erp, release: Release) -> Steps:
    """Give the ERP its cap at every full hour: the hour's, or what the day's has left."""
    hours = local_hour_edges(run.scenario, run.scenario.limit_seconds)
    released_before, today = 0, -1
    for time, day in zip(hours.edges.tolist(), hours.day.tolist(), strict=False):
        yield from run.reach(time, QUOTA)
        released = run.floor.released_count()
        if day != today:
            released_before, today = released, day
        by_hour = UNLIMITED if erp.per_hour is None else released + erp.per_hour
        by_day = UNLIMITED if erp.per_day is None else released_before + erp.per_day
        release.allow(min(by_hour, by_day))
