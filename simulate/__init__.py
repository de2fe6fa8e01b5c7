"""Peakbook: can our fulfilment ship this promotion in time?

The questions of the command line, for notebooks and scripts::

    import simulate

    simulate.run("double-12").holds
    simulate.variants("double-12").table

See `simulate.library`.
"""

from typing import Any

__version__ = "0.1.0"

QUESTIONS = (
    "load", "run", "bound", "limit", "staff", "compare", "variants", "sensitivity", "whatif",
)  # fmt: skip
"""What `simulate.library` answers."""


def __getattr__(name: str) -> Any:
    """Return one of `QUESTIONS`; what they need is imported when the first is asked."""
    if name in QUESTIONS:
        from simulate import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *QUESTIONS])
