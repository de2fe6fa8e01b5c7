"""Machines of limited number that fail and are repaired."""

from collections.abc import Callable
from functools import partial

from simulate.scenario.clock import to_ticks
from simulate.scenario.dispatch import Equipment, Failures
from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.floor import UNLIMITED
from simulate.warehouse.instants import FAILURE
from simulate.warehouse.log import Outage


class Places:
    """How many work at a station at once: as many as it has machines, and as are sent there.

    The only one who tells the floor.
    """

    def __init__(self, run: Run, stations: int) -> None:
        self._run = run
        self.machines = [UNLIMITED] * stations
        self._sent = [UNLIMITED] * stations
        self._told = [UNLIMITED] * stations

    def add_machines(self, station: int, number: int) -> None:
        """Let a station have `number` of machines more, or fewer."""
        self.machines[station] += number
        self._tell(station)

    def set_machines(self, station: int, number: int) -> None:
        """Let a station have `number` of machines."""
        self.machines[station] = number
        self._tell(station)

    def send_all(self, stations: list[int], people: list[int]) -> None:
        """Have `people[i]` stand at `stations[i]`."""
        for station, number in zip(stations, people, strict=True):
            if number != self._sent[station]:
                self._sent[station] = number
                self._tell(station)

    def _tell(self, station: int) -> None:
        places = min(self.machines[station], self._sent[station])
        if places != self._told[station]:
            self._run.floor.set_places(station, places)
            self._told[station] = places


def install(run: Run, places: Places) -> None:
    """Put the machines of all stations in place and start the processes in which they fail."""
    for index, name in enumerate(run.scenario.stations_in_order):
        equipment = run.scenario.stations[name].equipment
        if equipment is None:
            continue
        run.env.process(_open(run, places, index, equipment))
        if equipment.failures is not None:
            for machine in range(equipment.number):
                purpose = f"failures/{name}/{machine}"
                change = partial(places.add_machines, index)
                run.env.process(breakdowns(run, equipment.failures, purpose, index, change))


def _open(run: Run, places: Places, station: int, equipment: Equipment) -> Steps:
    yield from run.reach(0.0, FAILURE)
    places.set_machines(station, equipment.number)


def breakdowns(
    run: Run, failures: Failures, purpose: str, station: int, change: Callable[[int], None]
) -> Steps:
    """Let one machine fail and be repaired, by turns: `change` is told -1 and 1."""
    generator = run.stream(purpose)
    time = 0.0
    while True:
        fails = time + to_ticks(generator.exponential(failures.time_between))
        time = fails + to_ticks(generator.exponential(failures.repair))
        yield from run.reach(fails, FAILURE)
        change(-1)
        run.log.outages.append(Outage(station=station, starts=fails, ends=time))
        yield from run.reach(time, FAILURE)
        change(1)
