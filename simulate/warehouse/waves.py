"""Waves by the clock."""

from simulate.warehouse.decisions import Run, Steps
from simulate.warehouse.instants import WAVE


def clocks(run: Run) -> None:
    """Start a process for every station whose orders are let in by the clock."""
    for index, name in enumerate(run.scenario.stations_in_order):
        wave = run.scenario.stations[name].wave
        if wave is not None and wave.every is not None:
            run.env.process(_clock(run, index, wave.every))


def _clock(run: Run, station: int, every: float) -> Steps:
    for time in run.calendar.ticking(every):
        yield from run.reach(time, WAVE)
        run.floor.release_wave(station)
