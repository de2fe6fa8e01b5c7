"""`python -m tests.benchmarks`: a table on the screen, and the same figures in bench.jsonl.

Every run has a process of its own, and all engines take turns, so that a busy machine slows them
alike. Figures are medians over the rounds; only ratios from one sitting mean anything.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from simulate.files import write_whole
from simulate.scenario.playbook import find_playbook
from tests.benchmarks.bench_floors import STATIONS

ROUNDS = 5
FLOORS = [
    ("simpy", 20_000),
    ("simpy floor", 20_000),
    ("compiled floor", 20_000),
    ("compiled floor", 100_000),
    ("compiled floor", 1_000_000),
]
FULL = [("simpy", 20_000), ("compiled", 20_000), ("compiled", 100_000), ("compiled", 1_000_000)]
SCENARIO = "double-12"
REPLICATIONS = 100
VISITORS = 600_000
VISITORS_MOST_SECONDS = 1
YEARS = [40_000, 200_000, 1_000_000]
WHATIF_REPLICATIONS = 5
WHATIF_MOST_SECONDS = 60
PLAN = "annual"
PLAN_REPLICATIONS = 20
PLAN_MOST_SECONDS = 15
SEARCHES = {"limit": 20, "staff": 60}
"""Commands that search, and the most seconds that each may take."""
OTHER_SEED = "7"
"""Of which no answer is kept anywhere."""
FASTER_THAN_SIMPY = 100
FULL_FASTER_THAN_SIMPY = 50
DEARER_AT_A_MILLION = 3
MOST_MB = 1500
MOST_SECONDS = 5

Row = dict[str, Any]


def floors(console: Console) -> list[Row]:
    """Measure all engines in turn and return a row for each."""
    seen: dict[tuple[str, int], list[Row]] = {case: [] for case in FLOORS}
    for number in range(ROUNDS):
        console.log(f"round {number + 1} of {ROUNDS}")
        for engine, orders in FLOORS:
            command = [sys.executable, "-m", "tests.benchmarks.bench_floors", engine, str(orders)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seen[engine, orders].append(json.loads(told))
    if (
        len(
            {
                row["checksum"]
                for (_, orders), rows in seen.items()
                if orders == 20_000
                for row in rows
            }
        )
        != 1
    ):
        raise SystemExit("the engines disagree: their times do not add up to the same")
    return [_row(engine, orders, rows) for (engine, orders), rows in seen.items()]


def _row(engine: str, orders: int, runs: list[Row]) -> Row:
    seconds = statistics.median(run["seconds"] for run in runs)
    return {
        "case": "tandem",
        "stations": STATIONS,
        "engine": engine,
        "orders": orders,
        "ns_per_visit": round(seconds / orders / STATIONS * 1e9, 1),
        "seconds": round(seconds, 4),
        "peak_memory_mb": round(statistics.median(run["peak_memory_mb"] for run in runs)),
        "runs": len(runs),
    }


def everything_on(console: Console) -> list[Row]:
    """Measure both floors on a line with every option and return a row for each."""
    rows = []
    for floor, orders in FULL:
        console.log(f"everything on, {floor} floor, {orders:,} orders")
        command = [sys.executable, "-m", "tests.benchmarks.bench_full", floor, str(orders)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        rows.append(
            {
                "case": "everything on",
                "engine": f"{floor} floor",
                "orders": orders,
                "ns_per_visit": round(told["seconds"] / told["visits"] * 1e9, 1),
                "seconds": round(told["seconds"], 4),
                "orders_per_second": round(told["orders"] / told["seconds"]),
                "seconds_to_load": round(told["seconds_to_load"], 2),
                "peak_memory_mb": round(told["peak_memory_mb"]),
                "checksum": told["checksum"],
            }
        )
    if rows[0]["checksum"] != rows[1]["checksum"]:
        raise SystemExit("the floors disagree with everything on")
    return rows


def visitors(console: Console) -> list[Row]:
    """Measure the drawing of a campaign's visitors and their orders."""
    console.log(f"{VISITORS:,} visitors")
    command = [sys.executable, "-m", "tests.benchmarks.bench_demand", str(VISITORS)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return [
        {
            "case": "visitors",
            "engine": "demand",
            "orders": told["orders"],
            "ns_per_visit": None,
            "visitors": told["visitors"],
            "seconds": round(told["seconds"], 4),
            "seconds_to_load": round(told["seconds_to_load"], 2),
            "peak_memory_mb": round(told["peak_memory_mb"]),
        }
    ]


def years(console: Console) -> list[Row]:
    """Measure a simulated year of growing shops and return a row for each."""
    rows = []
    for orders in YEARS:
        console.log(f"a year of {orders:,} orders")
        command = [sys.executable, "-m", "tests.benchmarks.bench_year", str(orders)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        rows.append(
            {
                "case": "year",
                "engine": "compiled floor",
                "orders": told["orders"],
                "ns_per_visit": None,
                "ns_per_order": round(told["seconds"] / told["orders"] * 1e9),
                "seconds": round(told["seconds"], 4),
                "seconds_to_load": round(told["seconds_to_load"], 2),
                "peak_memory_mb": round(told["peak_memory_mb"]),
            }
        )
    return rows


def whatifs(console: Console) -> list[Row]:
    """Measure a what-if grid of 200 points with nothing kept from before, on two cores."""
    if SCENARIO not in find_playbook().scenarios:
        return []
    console.log(f"whatif {SCENARIO}")
    words = [SCENARIO, "2", str(WHATIF_REPLICATIONS)]
    command = [sys.executable, "-m", "tests.benchmarks.bench_whatif", *words]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return [
        {
            "case": f"whatif {SCENARIO}",
            "engine": "peakbook",
            "orders": None,
            "ns_per_visit": None,
            "points": told["points"],
            "replications": told["replications"],
            "seconds": told["seconds"],
            "not_simulation": told["not_simulation"],
        }
    ]


def compared(rows: list[Row]) -> list[Row]:
    """Add how many times as fast as plain SimPy each is, for a visit."""
    plain = next(row["ns_per_visit"] for row in rows if row["engine"] == "simpy")
    return [{**row, "ratio_to_simpy": round(plain / row["ns_per_visit"], 1)} for row in rows]


def commands(console: Console) -> list[Row]:
    """Measure what a planner waits for: help, and a campaign with nothing kept from before."""
    rows = [_command("--help", ["--help"], ROUNDS)]
    if SCENARIO in find_playbook().scenarios:
        console.log(f"{SCENARIO}, {REPLICATIONS} replications")
        words = ["run", SCENARIO, "--replications", str(REPLICATIONS), "--json"]
        rows.append(_command(f"run {SCENARIO}", words, 1))
        rows[-1]["replications"] = REPLICATIONS
        for search in SEARCHES:
            console.log(f"{search} {SCENARIO}")
            words = [search, SCENARIO, "--seed", OTHER_SEED, "--json"]
            rows.append(_command(f"{search} {SCENARIO}", words, 1))
    if PLAN in find_playbook().plans:
        console.log(f"the year of {PLAN}, {PLAN_REPLICATIONS} replications")
        words = ["plan", "run", PLAN, "--replications", str(PLAN_REPLICATIONS), "--json"]
        rows.append(_command(f"plan run {PLAN}", words, 1))
        rows[-1]["replications"] = PLAN_REPLICATIONS
    return rows


def _command(case: str, words: list[str], runs: int) -> Row:
    program = "from simulate.cli import main; main()"
    taken = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", program, *words],
                check=False,
                capture_output=True,
                env={**os.environ, "PEAKBOOK_STORE": folder},
            )
            taken.append(time.perf_counter() - begun)
        if done.returncode > 1 or not done.stdout:
            raise SystemExit(done.stderr.decode())
    return {
        "case": case,
        "engine": "peakbook",
        "orders": None,
        "ns_per_visit": None,
        "seconds": round(statistics.median(taken), 3),
        "runs": runs,
    }


def targets(rows: list[Row]) -> list[str]:
    """Return a sentence for each target, and whether it is met."""
    cost = {(row["case"], row["engine"], row["orders"]): row["ns_per_visit"] for row in rows}
    plain = cost["tandem", "simpy", 20_000]
    faster = plain / cost["tandem", "compiled floor", 20_000]
    dearer = cost["tandem", "compiled floor", 1_000_000] / cost["tandem", "compiled floor", 20_000]
    full = cost["everything on", "compiled floor", 20_000]
    full_dearer = cost["everything on", "compiled floor", 1_000_000] / full
    memory = max(row.get("peak_memory_mb", 0) for row in rows)
    searched = {
        search: next(row["seconds"] for row in rows if row["case"] == f"{search} {SCENARIO}")
        for search in SEARCHES
    }
    an_order = [row["ns_per_order"] for row in rows if row["case"] == "year"]
    demand = next(row["seconds"] for row in rows if row["case"] == "visitors")
    year = next(row["seconds"] for row in rows if row["case"] == f"plan run {PLAN}")
    campaign = next(row["seconds"] for row in rows if row["case"] == f"run {SCENARIO}")
    grid = next(row for row in rows if row["case"] == f"whatif {SCENARIO}")
    return [
        f"{_met(plain / full >= FULL_FASTER_THAN_SIMPY)}: with everything on it is "
        f"{plain / full:.0f} times as fast as plain SimPy on basic work (at least "
        f"{FULL_FASTER_THAN_SIMPY})",
        f"{_met(full_dearer <= DEARER_AT_A_MILLION)}: with everything on a visit costs "
        f"{full_dearer:.2f} times as much at 1,000,000 orders (at most {DEARER_AT_A_MILLION})",
        f"{_met(memory <= MOST_MB)}: at most {memory:,} MB (at most {MOST_MB:,})",
        f"{_met(campaign <= MOST_SECONDS)}: {SCENARIO}, {REPLICATIONS} replications, takes "
        f"{campaign:.1f} s (at most {MOST_SECONDS})",
        *(
            f"{_met(seconds <= SEARCHES[search])}: {search} {SCENARIO} takes {seconds:.1f} s (at "
            f"most {SEARCHES[search]})"
            for search, seconds in searched.items()
        ),
        f"{_met(grid['seconds'] <= WHATIF_MOST_SECONDS)}: a what-if grid of {grid['points']} "
        f"points, {grid['replications']} replications each, takes {grid['seconds']:.1f} s on two "
        f"cores (at most {WHATIF_MOST_SECONDS}), {100 * grid['not_simulation']:.0f} % of it not "
        "simulation",
        f"{_met(demand <= VISITORS_MOST_SECONDS)}: {VISITORS:,} visitors and their orders are "
        f"drawn in {demand:.2f} s (at most {VISITORS_MOST_SECONDS})",
        f"{_met(year <= PLAN_MOST_SECONDS)}: the year of the plan, {PLAN_REPLICATIONS} "
        f"replications, takes {year:.1f} s (at most {PLAN_MOST_SECONDS})",
        f"{_met(an_order[-1] <= an_order[0])}: an order of a year costs {an_order[-1]:,} ns at "
        f"{YEARS[-1]:,} orders and {an_order[0]:,} at {YEARS[0]:,} (at most as much)",
        f"{_met(faster >= FASTER_THAN_SIMPY)}: the compiled floor is {faster:.0f} times as fast as "
        f"plain SimPy at 20,000 orders (at least {FASTER_THAN_SIMPY})",
        f"{_met(dearer <= DEARER_AT_A_MILLION)}: a visit costs {dearer:.2f} times as much at "
        f"1,000,000 orders (at most {DEARER_AT_A_MILLION})",
    ]


def _met(holds: bool) -> str:
    return "met" if holds else "MISSED"


def show(rows: list[Row], console: Console) -> None:
    table = Table("case", "engine")
    for title in ("orders", "ns a visit", "seconds", "times SimPy", "MB"):
        table.add_column(title, justify="right")
    keys = ("orders", "ns_per_visit", "seconds", "ratio_to_simpy", "peak_memory_mb")
    for row in rows:
        figures = ["" if row.get(key) is None else f"{row[key]:,}" for key in keys]
        table.add_row(row["case"], row["engine"], *figures)
    console.print(table)


def main() -> None:
    """Measure, show, and write bench.jsonl."""
    console = Console()
    rows = compared(floors(console) + everything_on(console))
    rows += visitors(console) + years(console) + commands(console) + whatifs(console)
    show(rows, console)
    for sentence in targets(rows):
        console.print(sentence)
    write_whole(Path("bench.jsonl"), "".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
