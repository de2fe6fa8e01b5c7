"""The commands as a planner meets them: what they print, write, and return."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from simulate.cli import main

SMALL = """\
title: One packer
timezone: Asia/Shanghai
starts: 2026-12-07T00:00
ends: 2026-12-09T00:00
channels:
  web: {visitors: 240 visitors/day}
conversion: {order_share: 100%}
stations:
  pack: {pool: packers, setup: 2min/order}
pools:
  packers:
    shifts:
      always: {starts: 00:00, ends: 24:00, people: 1 person}
promise: {kind: hours, within: 24h}
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A scenario file in a folder of its own, with an empty run store."""
    monkeypatch.setenv("PEAKBOOK_STORE", str(tmp_path / "runs"))
    file = tmp_path / "small.yml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def peakbook(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_run_prints_one_json_document_with_the_promised_keys(small):
    result = peakbook("run", small, "--replications", 3, "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["scenario"] == "small"
    assert document["replications"] == 3
    assert document["verdict"] == "none"
    named = {
        "paid_orders", "dispatched_orders", "on_time_share", "lead_time_p50", "lead_time_p90",
        "peak_backlog", "wait_pack_mean", "utilisation_pack",
    }  # fmt: skip
    assert named <= set(document["measures"])
    for measure in document["measures"].values():
        assert set(measure) == {"mean", "low", "high", "unit"}
        assert measure["low"] <= measure["mean"] <= measure["high"]


def test_both_floors_and_any_number_of_processes_print_the_same_bytes(small):
    words = ("run", small, "--replications", 12, "--json")
    compiled = peakbook(*words, "--floor", "compiled", "--jobs", 1).stdout
    simpy = peakbook(*words, "--floor", "simpy", "--jobs", 2).stdout
    assert simpy != compiled
    assert simpy.replace('"floor": "simpy"', '"floor": "compiled"') == compiled
    again = CliRunner(env={"PEAKBOOK_STORE": str(small.parent / "other")})
    two = again.invoke(main, [str(word) for word in (*words, "--jobs", 2)])
    assert two.stdout == compiled


def test_a_run_stops_when_its_targets_are_clear_unless_the_number_is_fixed(small):
    small.write_text(f"{SMALL}targets: {{peak_backlog: 9000 orders}}\n", encoding="utf-8")
    found = json.loads(peakbook("run", small, "--json").stdout)
    assert (found["replications"], found["stopped"], found["more_needed"]) == (25, "clear", None)
    fixed = json.loads(peakbook("run", small, "--json", "--replications", 25).stdout)
    assert fixed["stopped"] == "fixed"
    assert fixed["measures"] == found["measures"]
    least = json.loads(peakbook("run", small, "--json", "--most", 10).stdout)
    assert (least["replications"], least["stopped"]) == (10, "most")
    told = peakbook("run", small).stdout.replace("\n", " ")
    assert "After 25 simulated campaigns it was clear of every target" in told


def test_a_roster_goes_out_in_a_workbook_and_comes_back(small, tmp_path):
    from openpyxl import load_workbook

    file = tmp_path / "answer.xlsx"
    words = ("run", small, "--replications", 3, "--json")
    first = peakbook(*words, "--xlsx", file)
    assert peakbook(*words, "--roster", file).stdout == first.stdout
    book = load_workbook(file)
    page = book["Roster"]
    assert [cell.value for cell in page[5]][:4] == ["packers", "always", None, 1]
    page["D5"] = 2
    book.save(file)
    more = json.loads(peakbook(*words, "--roster", file).stdout)
    busy, less = (
        run["measures"]["utilisation_pack"]["mean"] for run in (json.loads(first.stdout), more)
    )
    assert busy > 1.5 * less


def test_an_unknown_interval_is_null_and_not_an_invalid_number(small):
    document = json.loads(peakbook("run", small, "--replications", 1, "--json").stdout)
    assert document["measures"]["paid_orders"]["low"] is None


@pytest.mark.parametrize(
    ("target", "verdict", "status"),
    [("on_time_share: 50%", "pass", 0), ("late_orders: 0 orders", "inconclusive", 1)],
)
def test_the_exit_status_tells_the_verdict(small, target, verdict, status):
    text = SMALL.replace("240 visitors", "700 visitors") if "late" in target else SMALL
    small.write_text(f"{text}targets: {{{target}}}\n".replace("within: 24h", "within: 60min"))
    result = peakbook("run", small, "--json", "--replications", 30)
    found = json.loads(result.stdout)["verdict"]
    assert (found in (verdict, "fail"), result.exit_code) == (True, status)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_trace_has_a_row_an_order(small, tmp_path, suffix):
    path = tmp_path / f"orders.{suffix}"
    result = peakbook("run", small, "--replications", 2, "--json", "--trace", path)
    assert result.exit_code == 0, result.output
    rows = pd.read_csv(path) if suffix == "csv" else pd.read_parquet(path)
    assert list(rows.columns) == [
        "replication", "channel", "shop", "sku_group", "lines", "value", "deposit",
        "asked", "cart", "chased", "coupon", "moved", "placed", "paid", "deadline", "released",
        "pack_queued", "pack_started", "pack_finished", "visits", "dispatched", "collected",
        "cancelled", "gone", "status",
    ]  # fmt: skip
    paid = json.loads(result.stdout)["measures"]["paid_orders"]["mean"]
    assert len(rows) == 2 * paid
    assert (rows.pack_finished - rows.pack_started == 120).all()
    assert (rows.deadline - rows.paid == 86400).all()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--replications", "0"], "0 is not in the range"),
        (["--trace", "orders.xlsx"], "must end in .parquet or .csv"),
        (["--trace", "no/such/orders.csv"], "there is no folder"),
        (["--floor", "quick"], "'quick' is not one of"),
        (["--most", "9", "--replications", "9"], "`--replications` or `--most`, not both"),
        (["--xlsx", "answer.xls"], "must end in .xlsx"),
        (["--xlsx", "no/such/answer.xlsx"], "there is no folder"),
        (["--roster", "roster.xlsx"], "there is no file"),
        (["--cluster", "tcp://127.0.0.1:1"], "there is no Dask scheduler"),
    ],
)
def test_a_wrong_option_is_refused_and_nothing_written(small, tmp_path, words, says):
    result = peakbook("run", small, *words)
    assert result.exit_code == 2
    assert says in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.yml"]


def test_a_mistake_in_the_file_is_told_with_its_place(small):
    small.write_text(SMALL.replace("conversion", "convertion"), encoding="utf-8")
    result = peakbook("run", small)
    assert result.exit_code == 2
    assert f"{small}:7:1: unknown key `convertion`, did you mean `conversion`?" in result.output
    assert "Traceback" not in result.output


def test_an_interrupted_trace_leaves_no_file(small, tmp_path, monkeypatch):
    from simulate.experiment import answer

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(answer, "frame", stop)
    result = peakbook("run", small, "--trace", tmp_path / "orders.csv")
    assert result.exit_code != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.yml"]


def test_help_loads_no_heavy_library():
    program = (
        "import sys\nfrom click.testing import CliRunner\nfrom simulate.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print(sorted({'numpy', 'numba', 'pandas', 'altair', 'pydantic', 'mkdocs', 'scipy', 'rich'}"
        " & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_schema_is_json():
    schema = json.loads(peakbook("schema").stdout)
    assert "extends" in schema["properties"]
