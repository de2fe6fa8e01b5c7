"""Where jobs wait: which row of a `State` stands for which place, and who is in it at the end."""

import numpy as np

from simulate.warehouse.floor import NOWHERE, UNLIMITED, Floats, Ints, Jobs, Line
from simulate.warehouse.state import ARRIVED, DELAYED, LOGGED, RELEASED, State


class Rows:
    """Which row of the state stands for which place: stations, gates, ERP, dock, stock, delays."""

    def __init__(self, line: Line, jobs: Jobs, stock: Ints, classes: int) -> None:
        stations = len(line.stations)
        needed = np.bincount(jobs.group[jobs.group >= 0], minlength=len(stock))
        self.classes = classes
        places = [station for station in range(stations) for _ in range(classes)]
        self.erp, self.dock = len(places), len(places) + 1
        places += [stations, stations + 2]
        self.gates = np.full(stations, NOWHERE, np.int64)
        for station in np.flatnonzero(line.wave != NOWHERE):
            self.gates[station] = len(places)
            places.append(int(station))
        self.short = np.full(len(stock), NOWHERE, np.int64)
        for group in np.flatnonzero((stock < UNLIMITED) & (needed > 0)):
            self.short[group] = len(places)
            places.append(stations + 1)
        self.number = len(places)
        self.held = len(places)
        self._places = np.array([*places, stations + 3], np.int64)

    def still_waiting(self, state: State, is_plain: bool) -> tuple[Floats, Ints]:
        """Return since when and where each job waits, NaN and -1 for none."""
        joined = np.full(len(state.ready), np.nan)
        place = np.full(len(state.ready), NOWHERE, np.int64)
        if is_plain:
            arrived, released = state.counts[ARRIVED], state.counts[RELEASED]
            joined[released:arrived] = state.ready[released:arrived]
            place[released:arrived] = self._places[self.erp]
        for row in np.flatnonzero(state.span[:, 0] < state.span[:, 1]).tolist():
            here = slice(*state.span[row].tolist())
            jobs, since = state.queue[row, here], state.joined[row, here]
            if not is_plain:
                there = state.row_of[jobs] == row
                jobs, since = jobs[there], since[there]
            joined[jobs], place[jobs] = since, self._places[row]
        if state.counts[DELAYED]:
            held = state.row_of == self.held
            if held.any():
                # Of a job's visits the last is assigned last.
                logged = int(state.counts[LOGGED])
                visits = np.flatnonzero(held[state.log_job[:logged]])
                joined[state.log_job[visits]] = state.log_ended[visits]
                place[held] = self._places[self.held]
        return joined, place
