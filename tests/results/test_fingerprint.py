from pathlib import Path
from typing import Any

import pytest

from simulate.results import fingerprint as module
from simulate.results.fingerprint import fingerprint, own_fingerprint
from simulate.scenario.loading import load

TINY = (Path(__file__).parent / "tiny.yml").read_text(encoding="utf-8")


def known_as(folder: Path, text: str = TINY, name: str = "tiny", **options: Any) -> str:
    file = folder / f"{name}.yml"
    file.write_text(text, encoding="utf-8")
    return fingerprint(load(file), **{"seed": 1, "replications": 5, **options})


def test_it_is_sixteen_hexadecimal_digits_and_always_the_same(tmp_path: Path) -> None:
    once = known_as(tmp_path)
    assert len(once) == 16
    assert int(once, 16) >= 0
    assert known_as(tmp_path) == once


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("timezone: Europe/Berlin", "timezone: Europe/Lisbon"),
        ("starts: 2026-10-24T18:30", "starts: 2026-10-24T18:31"),
        ("ends: 2026-10-25T18:30", "ends: 2026-10-25T18:31"),
        ("drain_limit: 1d", "drain_limit: 25h"),
        ("traffic: 1.5x", "traffic: 1.51x"),
        ("orders: 20 orders", "orders: 21 orders"),
        ("paid_within: 6h", "paid_within: 5h"),
        ("600 visitors/day", "601 visitors/day"),
        (", phases: [eve, burst]", ""),
        ("spend: 300 EUR/day", "spend: 301 EUR/day"),
        ("click_rate: 2%", "click_rate: 2.1%"),
        ("reach: 2000 people", "reach: 2001 people"),
        ("response_delay: 1h", "response_delay: 61min"),
        ("order_share: 10%", "order_share: 10.1%"),
        ("enquiry_order_share: 40%", "enquiry_order_share: 41%"),
        ("paid_share: 90%", "paid_share: 91%"),
        ("kind: gamma, cv: 1.2", "kind: gamma, cv: 1.3"),
        ("kind: gamma, cv: 1.2", "kind: lognormal, cv: 1.2"),
        ("campaign: 20%", "campaign: 21%"),
        ("hour: 35%", "hour: 36%"),
        ("traffic: 2x", "traffic: 2.1x"),
        ("mean: 2.5", "mean: 2.6"),
        ("packed_beforehand: 30%", "packed_beforehand: 31%"),
        ("1: 60%, 4: 40%", "1: 60%, 5: 40%"),
        ("per_hour: 25 orders", "per_hour: 26 orders"),
        (", per_day: 150 orders", ""),
        ("packed_beforehand_skips: [pick, sort]", "packed_beforehand_skips: [pick]"),
        ("pool: floor", "pool: desk"),
        ("setup: 10s/order", "setup: 11s/order"),
        ("per_line: 25s/line", "per_line: 26s/line"),
        ("phases: 3", "phases: 4"),
        ("observed: [1, 2, 6]", "observed: [1, 2, 7]"),
        ("chance: 2%", "chance: 3%"),
        ("people: 3 people", "people: 4 people"),
        ("starts: 22:00", "starts: 21:00"),
        ("people: 1 person}", "people: 1 person, weekdays: [sun]}"),
        ("capacity: 60 parcels", "capacity: 61 parcels"),
        ("at: 12:00", "at: 12:01"),
        ("otherwise_within: 16h", "otherwise_within: 17h"),
        ("on_time_share: 80%", "on_time_share: 81%"),
        ("    evening: {", "    dusk: {"),
        ("line: [audit, pick, sort", "line: [audit, sort, pick"),
        ("single_line_skips: [sort]", "single_line_skips: [pick]"),
        ("due_dates: true", "due_dates: false"),
        ("    priority: 1", "    priority: 0"),
        ("    priority: 2", "    priority: 3"),
        ("margin: 40%", "margin: 41%"),
        ("opening: 60 units", "opening: 61 units"),
        ("units: 200 units", "units: 201 units"),
        ("lasts: 40min", "lasts: 41min"),
        ("within: 20h", "within: 21h"),
        ("failures: {time_between: 20h", "failures: {time_between: 21h"),
        ("exceptions: {share: 5%", "exceptions: {share: 6%"),
        ("cart: {orders: 4 orders", "cart: {orders: 5 orders"),
        ("wave: {every: 2h", "wave: {every: 3h"),
        ("slowdown: 10%", "slowdown: 11%"),
        ("rework: {share: 3%", "rework: {share: 4%"),
        ("mis_sent: 0.5%", "mis_sent: 0.6%"),
        ("number: 2 places", "number: 3 places"),
        ("rule: longest-wait", "rule: most-urgent"),
        ("switching: 5min", "switching: 6min"),
        ("overtime: {backlog: 30 orders", "overtime: {backlog: 31 orders"),
        ("notice: 2h", "notice: 3h"),
        ("wage: 14 EUR/h", "wage: 15 EUR/h"),
        ("wage: 12 EUR/h", "wage: 13 EUR/h"),
        ("absence: 10%", "absence: 11%"),
        ("starts: 12:30, lasts: 30min", "starts: 12:30, lasts: 31min"),
        ("first_day: 60%", "first_day: 61%"),
        ("missing: 10%", "missing: 11%"),
        ("late: {share: 20%", "late: {share: 21%"),
        ("capacity: 80%", "capacity: 81%"),
        ("goods_from: pick", "goods_from: pack"),
        ("work: 2min/parcel", "work: 3min/parcel"),
        ("work: 4min/parcel", "work: 5min/parcel"),
        ("least: 1 EUR", "least: 2 EUR"),
        ("parcel: 4 EUR/parcel", "parcel: 5 EUR/parcel"),
        ("cost_per_order: 9 EUR/order", "cost_per_order: 8 EUR/order"),
        ("label: South, promise: {kind: hours, within: 18h}", "label: South"),
        ("linear_up_to: 250 EUR/day", "linear_up_to: 260 EUR/day"),
        ("landing: 60%", "landing: 61%"),
        ("assisted_by: {search: 30%}", "assisted_by: {search: 31%}"),
        ("message_price: 0.05", "message_price: 0.06"),
        ("decay: 30min", "decay: 31min"),
        ("slot_fee: 40 EUR", "slot_fee: 41 EUR"),
        ("commission: 6%", "commission: 7%"),
        ("    sku_groups: {large: 100%}\n", ""),
        ("views: 5 views/visitor", "views: 6 views/visitor"),
        (
            "    shop: south",
            "    shop: north\n    label: Show\n  more: {visitors: 1 visitor/day, shop: south}",
        ),
        ("opens: burst, convert: 50%", "opens: burst, convert: 51%"),
        ("deposit: 20%", "deposit: 21%"),
        ("first_hour: 18%", "first_hour: 19%"),
        ("    profile: morning\n", ""),
        ('"06:00": 20%', '"06:00": 21%'),
        ("    conversion: {paid_share: 95%}\n", ""),
        ("discount: 5%", "discount: 6%"),
        ("stretch: 20%, cancelled: 10%", "stretch: 20%"),
        ("other: {conversion: 1}", "other: {conversion: 2}"),
        ("tier: traffic", "tier: profit"),
        ("    cancellations: 8%\n", ""),
        ("{leave: 40%, wait: 30%,", "{leave: 30%, wait: 40%,"),
        ("chats: 2 chats", "chats: 3 chats"),
        ("patience: {mean: 4min}", "patience: {mean: 5min}"),
        ("bot_share: 25%", "bot_share: 26%"),
        ("silent: 30%", "silent: 31%"),
        ("wage: 13 EUR/h\n  chase", "wage: 14 EUR/h\n  chase"),
        ("success: 30%", "success: 31%"),
        ("controller:\n  every: 30min", "controller:\n  every: 20min"),
        ("above: 60 orders", "above: 61 orders"),
        ("cut: {ads: 20%", "cut: {ads: 21%"),
        ("      close: [small]\n", ""),
        ("by: 12h", "by: 13h"),
        ("first_response_p90: 3min", "first_response_p90: 4min"),
    ],
)
def test_every_input_changes_it(tmp_path: Path, before: str, after: str) -> None:
    assert before in TINY
    assert known_as(tmp_path, TINY.replace(before, after, 1)) != known_as(tmp_path)


def test_without_a_line_the_order_of_stations_changes_it(tmp_path: Path) -> None:
    lines = TINY.splitlines(keepends=True)
    plain = "".join(line for line in lines if not line.startswith("line:"))
    scan = next(line for line in lines if line.startswith("  scan:"))
    moved = plain.replace(scan, "").replace("  audit:\n", scan + "  audit:\n")
    assert known_as(tmp_path, moved) != known_as(tmp_path, plain)


def test_seed_replications_name_and_versions_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {
        known_as(tmp_path),
        known_as(tmp_path, seed=2),
        known_as(tmp_path, replications=6),
        known_as(tmp_path, name="other"),
        known_as(tmp_path, is_sequential=True),
        known_as(tmp_path, replications=6, is_sequential=True),
    }
    monkeypatch.setattr(module, "MODEL_VERSION", "another")
    known.add(known_as(tmp_path))
    assert len(known) == 7


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("seed: 12", "seed: 13"),
        ("replications: 7", "replications: 8"),
        ("title: Tiny", "title: Small"),
        ("title: Tiny", "# a remark\ntitle: Tiny"),
        ("drain_limit: 1d", "drain_limit: 24h"),
    ],
)
def test_what_cannot_change_a_number_does_not(tmp_path: Path, before: str, after: str) -> None:
    # Seed and replications of the file are its defaults; those of the run are told.
    assert known_as(tmp_path, TINY.replace(before, after)) == known_as(tmp_path)


def test_the_run_that_pages_show_is_that_of_the_scenarios_own_numbers(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yml"
    file.write_text(TINY, encoding="utf-8")
    own = own_fingerprint(load(file))
    assert own == known_as(tmp_path, seed=12, replications=7, is_sequential=True)
    file.write_text(TINY.replace("replications: 7", "replications: 8"), encoding="utf-8")
    assert own_fingerprint(load(file)) != own
