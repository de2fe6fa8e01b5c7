"""How long work reports how far it is."""

from collections.abc import Callable

Done = Callable[[int], None]
"""Is told how much of a step is done."""

Step = Callable[[str, int], Done]
"""Opens a step by its name and total and returns its `Done`."""
