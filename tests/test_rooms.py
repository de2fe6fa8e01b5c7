"""Data flows down the rooms; imports only run up."""

import ast
from pathlib import Path

import pytest

SIMULATE = Path(__file__).parents[1] / "simulate"
ROOMS = [
    "scenario",
    "demand",
    "warehouse",
    "results",
    "experiment",
    "plan",
    "evidence",
    "report",
    "library",
]


def imported_rooms(source: str) -> set[str]:
    """Names of the rooms of `simulate` that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "simulate" and len(part) > 1}


def test_imports_are_seen_inside_functions_too():
    source = "import simulate.report.words\ndef f():\n    from simulate import cli\n"
    assert imported_rooms(source) == {"report", "cli"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_itself_and_the_rooms_above(room):
    allowed = {*ROOMS[: ROOMS.index(room) + 1], "files", "compiling", "__version__"}
    modules = sorted((SIMULATE / room).rglob("*.py"))
    assert modules
    for module in modules:
        rooms = imported_rooms(module.read_text(encoding="utf-8"))
        assert rooms <= allowed, f"{module} reaches down into {sorted(rooms - allowed)}"


def test_nothing_imports_the_commands_and_relative_imports_are_not_used():
    for module in SIMULATE.rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        assert "cli" not in imported_rooms(module.read_text(encoding="utf-8")), module
        levels = [node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not any(levels), f"{module} imports relatively"
