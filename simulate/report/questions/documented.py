"""Answers as JSON that any program reads."""

from math import isfinite
from typing import Any


def finite(tree: Any) -> Any:
    """Return a tree of dicts and lists in which numbers that JSON does not have are None."""
    if isinstance(tree, dict):
        return {key: finite(each) for key, each in tree.items()}
    if isinstance(tree, list | tuple):
        return [finite(each) for each in tree]
    return None if isinstance(tree, float) and not isfinite(tree) else tree
