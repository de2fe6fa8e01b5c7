"""Tasks that kill the process that works on them, once; and a crew that gets one of those."""

import os
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from simulate.experiment.workers import Task, Workers


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def die_once(marker: Path, task: Task[Any]) -> Any:
    """Kill this process where `marker` is not there yet; else do the task."""
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return task()
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Deadly:
    """A crew of which one dies while it works on the second task it ever gets."""

    def __init__(self, crew: Workers, marker: Path) -> None:
        self.number = crew.number
        self._crew, self.marker = crew, marker

    def __enter__(self) -> "Deadly":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def results(self, tasks: Sequence[Task[Any]]) -> Iterator[Any]:
        wrapped = [
            partial(die_once, self.marker, task) if index == 1 else task
            for index, task in enumerate(tasks)
        ]
        return self._crew.results(wrapped)
