"""Every way to get an option of the warehouse wrong: one message, at its place."""

from collections.abc import Callable

import pytest

from .full import FULL, changed

Complaints = Callable[..., list[str]]

STATIONS = [
    ("back_to: pick", "back_to: pikc", "38:34",
     "there is no station `pikc`, did you mean `pick`?"),
    ("  pick:\n    pool: crew\n    per_line: 20s/line",
     "  pick:\n    pool: crew\n    per_line: 20s/line\n    rework: {share: 3%, back_to: pack}",
     "30:34", "`pack` comes after `pick`: orders can be sent back, not on"),
    ("{share: 3%, back", "{share: 60%, back", "38:21",
     "more than 50% of the orders sent back, each time anew, is not possible"),
    ("every: 30min", "every: 0min", "31:19", "waves come at least 1min and at most 24h apart"),
    ("every: 30min", "every: 2d", "31:19", "waves come at least 1min and at most 24h apart"),
    ("orders: 24 orders", "orders: 0 orders", "31:34",
     "a wave of no orders: write `1 order` or more"),
    ("{every: 30min, orders: 24 orders}", "{}", "31:11",
     "a wave needs `every`, `orders`, or both"),
    ("cart: {orders: 12", "cart: {orders: 0", "30:20",
     "a cart for no orders: write `1 order` or more"),
    ("setup: 2min/cart", "setup: 2min/order", "30:38",
     "`2min/order` is not working time a cart: write for example `20s/cart` or `180 carts/h`"),
    ("delay: {mean: 30min}", "delay: {mean: 0min}", "26:43",
     "an exception that takes no time: write for example `30min`"),
    ("share: 7%", "share: 107%", "26:25",
     "`107%` is outside 0 to 100 %: write a share such as `35%` or `0.35`"),
    ("slowdown: 5%", "slowdown: 0%", "32:44",
     "a slowdown of 0 % changes nothing: write for example `10%`"),
    ("slowdown: 5%", "slowdown: 105%", "32:44",
     "`105%` is outside 0 to 100 %: write a share such as `35%` or `0.35`"),
    ("number: 3 places", "number: 0 places", "39:25",
     "with 0 places nobody can work here: write 1 or more, or remove `equipment`"),
    ("number: 3 places", "number: 3", "39:25", "`3` has no unit: write for example `120 places`"),
    ("time_between: 20d", "time_between: 0d", "39:60",
     "what fails at once never runs: write for example `30d`"),
    ("repair: 1h", "repair: 0h", "39:73",
     "a repair takes time: write for example `30min`, or remove `failures`"),
    ("time_between: 30d", "time_between: 0d", "69:53",
     "what fails at once never runs: write for example `30d`"),
    ("repair: 45min", "repair: 0min", "69:66",
     "a repair takes time: write for example `30min`, or remove `failures`"),
    ("mis_sent: 0.3%", "mis_sent: 3 orders", "37:15",
     "`3 orders` is not a share: write for example `35%` or `0.35`"),
    ("single_line_skips: [sort]", "single_line_skips: [sorts]", "41:21",
     "there is no station `sorts`, did you mean `sort`?"),
    ("single_line_skips: [sort]", "single_line_skips: [audit, pick, sort, pack]", "41:20",
     "orders of one line would pass by every station: leave one, such as scan"),
    ("single_line_skips: [sort]", "single_line_skips: [audit, pack]", "41:20",
     "orders of one line that are packed beforehand would pass by every station: leave "
     "one, such as scan"),
    ("goods_from: pick", "goods_from: pikc", "79:59",
     "there is no station `pikc`, did you mean `pick`?"),
]  # fmt: skip

LABOUR = [
    ("tea: {starts: 15:00", "tea: {starts: 18:00", "61:70",
     "the break lies outside its shift, 08:00 to 18:00"),
    ("tea: {starts: 15:00", "tea: {starts: 17:50", "61:84",
     "the break goes on after its shift, 08:00 to 18:00"),
    ("tea: {starts: 15:00", "tea: {starts: 12:15", "61:70", "the break overlaps with `lunch`"),
    ("lasts: 15min", "lasts: 10h", "61:84", "the break is as long as its shift, 08:00 to 18:00"),
    ("lasts: 15min", "lasts: 0min", "61:84",
     "the break takes no time: write for example `30min`"),
    ("starts: 00:30+1d", "starts: 00:30", "68:33",
     "after midnight, a break of this shift is written `00:30+1d`"),
    ("absence: 5%", "absence: 100%", "60:18",
     "nobody of the shift ever comes: write fewer `people`, or remove the shift"),
    ("first_day: 79%", "first_day: 0%", "67:31",
     "who works at 0 % of full speed never gets done: write for example `60%`"),
    ("days: 5", "days: 0", "67:42", "`0` cannot be used: it must be at least 1"),
    ("days: 5", "days: 400", "67:42", "`400` cannot be used: it must be at most 365"),
    ("days: 5", "days: 1.5", "67:42", "`1.5` is not a whole number: write for example `12`"),
    ("rule: longest-wait", "rule: longest", "51:38",
     "`longest` is not one of `longest-wait`, `most-urgent`, `fixed-order`, did you "
     "mean `longest-wait`?"),
    ("every: 15min", "every: 0min", "51:25",
     "a supervisor looks at most once a minute: write `1min`"),
    ("switching: 2min", "switching: 15min", "51:63",
     "who is moved would be moved again before arriving: make it less than `every`"),
    ("    wage: 35 CNY/h", "    supervisor: {every: 15min, rule: fixed-order}", "45:5",
     "`office` serves only one station, so there is nowhere to move people to: remove "
     "the supervisor"),
    ("backlog: 50 orders, lasts: 2h", "backlog: 50 orders, lasts: 0h", "52:43",
     "overtime lasts more than 0 and at most 12h"),
    ("backlog: 50 orders, lasts: 2h", "backlog: 50, lasts: 2h", "52:25",
     "`50` has no unit: write for example `120 orders`"),
    ("at: 14:00", "at: 26:00", "54:18",
     "`26:00` is not a time of day: write `08:00`, or `06:00+1d` for the next morning"),
    ("at: 14:00", "at: 02:00+1d", "54:18",
     "the backlog is looked at on the day itself, from `00:00` to `23:59`"),
    ("      help:", "      day:", "54:7",
     "`day` is also a shift of this pool: give the call-in another name"),
    ("notice: 3h, people: 2 people", "notice: 3h, people: 0 people", "54:65",
     "a call-in of nobody: write `1 person` or more"),
    ("people: 2 people, lasts: 4h", "people: 2 people, lasts: 0h", "54:82",
     "a call-in lasts more than 0 and at most 24h"),
    ("notice: 3h", "notice: 20d", "54:53", "a notice of more than 14d is not possible"),
    ("wage: 35 CNY/h", "wage: 35 CNY", "45:11",
     "`35 CNY` is not money an hour: write for example `25 CNY/h`"),
    ("overtime_rate: 1.5x", "overtime_rate: 1.5 CNY/h", "50:20",
     "`1.5 CNY/h` is not a factor: write for example `2x` or `150%` or `1.5`"),
]  # fmt: skip

GOODS = [
    ("unloading: {pool: crew", "unloading: {pool: crow", "19:76",
     "there is no pool `crow`, did you mean `crew`?"),
    ("unloading: {pool: crew, people: 1 person", "unloading: {pool: crew, people: 0 people",
     "19:90", "nobody unloads: write `1 person` or more, or remove `unloading`"),
    ("people: 1 person, lasts: 2h", "people: 1 person, lasts: 0h", "19:107",
     "unloading takes no time: write for example `2h`, or remove `unloading`"),
    ("at: 2026-12-12T10:00", "at: 2026-12-17T10:00", "19:22",
     "the goods come in outside the run, which ends at the drain limit"),
    ("at: 2026-12-12T10:00", "at: 2026-12-10T10:00", "19:22",
     "the goods come in outside the run, which ends at the drain limit"),
    ("units: 200 units", "units: 0 units", "19:47", "nothing comes in: write `1 unit` or more"),
    ("units: 200 units", "units: 200 orders", "19:47",
     "`200 orders` is not a whole number of units: write for example `120 units`"),
    ("      opening: 10 units\n      receipts:\n        friday: {at: 2026-12-12T10:00, "
     "units: 200 units, unloading: {pool: crew, people: 1 person, lasts: 2h}}\n",
     "      opening: 0 units\n", "17:16",
     "there is no unit and none comes in: write `receipts`, or remove `stock`"),
    ("restocking: {pool: crew", "restocking: {pool: crow", "79:84",
     "there is no pool `crow`, did you mean `crew`?"),
    ("handling: {pool: crew", "handling: {pool: crow", "80:59",
     "there is no pool `crow`, did you mean `crew`?"),
    ("work: 1min/parcel", "work: 0s/parcel", "79:96",
     "this work takes no time: write for example `2min/parcel`"),
    ("work: 3min/parcel", "work: 3min/order", "80:71",
     "`3min/order` is not working time a parcel: write for example `20s/parcel` or `180 "
     "parcels/h`"),
    ("share: 4%", "share: 104%", "79:24",
     "`104%` is outside 0 to 100 %: write a share such as `35%` or `0.35`"),
    ("goods_from: pick, ", "", "79:1", "the key `goods_from` is missing in `cancellations`"),
    ("restocking: {pool: crew", "restocking: {pool: helpers", "79:84",
     "there is no pool `helpers` (there are `office`, `crew`)"),
]  # fmt: skip

COURIER = [
    ("missing: 1%", "missing: 100%", "74:12",
     "with every visit missing the courier never comes: write a smaller share"),
    ("delay: 45min", "delay: 0min", "73:28",
     "a late van that is not late: write for example `45min`, or remove `late`"),
    ("{starts: 2026-12-12T00:00, ends: 2026-12-13T00:00, capacity: 60%}",
     "{starts: 2026-12-13T00:00, ends: 2026-12-12T00:00, capacity: 60%}", "76:44",
     "the overload must end after it starts"),
    ("{starts: 2026-12-12T00:00, ends: 2026-12-13T00:00, capacity: 60%}",
     "{starts: 2026-12-22T00:00, ends: 2026-12-23T00:00, capacity: 60%}", "76:20",
     "the overload lies outside the run, which ends at the drain limit"),
    ("capacity: 60%}",
     "capacity: 60%}\n    more: {starts: 2026-12-12T12:00, ends: 2026-12-14T00:00, "
     "capacity: 60%}", "77:20",
     "`more` starts before `peak` has ended: overloads must not overlap"),
    (", capacity: 400 parcels", "", "76:72",
     "a share of a visit's capacity, and no collection has a `capacity`"),
]  # fmt: skip

MONEY = [
    ("wage: 35 CNY/h", "wage: 35 USD/h", "45:11",
     "`35 USD/h` is not in the shop's currency: write it in CNY"),
    ("wage: 30 CNY/h", "wage: 30 USD/h", "66:15",
     "`30 USD/h` is not in the shop's currency: write it in CNY"),
    ("parcel: 4 CNY", "parcel: 4 USD", "81:17",
     "`4 USD/parcel` is not in the shop's currency: write it in CNY"),
    ("material: 1 CNY", "material: 1 EUR", "81:41",
     "`1 EUR/order` is not in the shop's currency: write it in CNY"),
    ("most: 500 CNY", "most: 500 USD", "78:48",
     "`500 USD` is not in the shop's currency: write it in CNY"),
    ("cost_per_order: 9 CNY", "cost_per_order: 9 USD", "82:47",
     "`9 USD/order` is not in the shop's currency: write it in CNY"),
    ("least: 5 CNY", "least: 600 CNY", "78:35", "`least` is more than `most`, 500 CNY"),
    ("least: 5 CNY", "least: 5", "78:35", "`5` has no unit: write for example `500 CNY`"),
    ("least: 5 CNY", "least: 5 CNY/order", "78:35",
     "`5 CNY/order` is not money: write for example `500 CNY`"),
    ("share: 30%, least: 5 CNY", "share: 0%", "78:23",
     "a share of 0 % and no `least` pay nothing: remove `compensation`"),
    ("    value: {mean: 60 CNY/order}\n", "", "13:13",
     "a margin is a share of an order's value: write its `value` too"),
    ("promise: {kind: hours, within: 24h}",
     "promise: {kind: window, paid_from: 2026-12-12T00:00, paid_until: "
     "2026-12-11T00:00, collected_by: 2026-12-13T00:00, otherwise_within: 48h}", "15:70",
     "the pay window must end after `paid_from`"),
    ("    priority: 0", "    priority: 10", "11:15", "`10` cannot be used: it must be at most 9"),
    ("    priority: 0", "    priority: high", "11:15",
     "`high` is not a whole number: write for example `12`"),
]  # fmt: skip


def test_the_full_shop_is_right(complaints: Complaints) -> None:
    assert complaints(FULL) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "message"), [*STATIONS, *LABOUR, *GOODS, *COURIER, *MONEY]
)
def test_one_message_at_its_place(
    complaints: Complaints, old: str, new: str, place: str, message: str
) -> None:
    assert complaints(changed(old, new)) == [f"plan.yml:{place}: {message}"]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("erp", "the ERP"),
        ("restock", "the restocking of cancelled orders"),
        ("returns", "the handling of returned parcels"),
    ],
)
def test_names_of_places_that_are_no_station(
    complaints: Complaints, name: str, meaning: str
) -> None:
    text = FULL.replace("  audit:", f"  {name}:").replace("[audit,", f"[{name},")
    assert complaints(text) == [
        f"plan.yml:23:3: `{name}` stands for {meaning}: give the station another name"
    ]


def test_without_any_promise_nothing_is_due_late_or_compensated(complaints: Complaints) -> None:
    text = FULL.replace("    promise: {kind: hours, within: 24h}\n", "")
    assert complaints(text) == []
    assert complaints(text.replace("promise: {kind: hours, within: 48h}\n", "")) == [
        "plan.yml:41:12: `due_dates` needs a `promise`: without one no order is due",
        "plan.yml:76:1: compensation needs a `promise`: without one no order is late",
        "plan.yml:80:26: `on_time_share` needs a `promise`: without one no order is late",
    ]


def test_a_target_of_cost_needs_costs(complaints: Complaints) -> None:
    kept = [line for line in FULL.splitlines() if not line.startswith(("compensation", "costs"))]
    for wage in ("30 CNY/h", "35 CNY/h", "25 CNY/h"):
        kept = [line for line in kept if line.strip() != f"wage: {wage}"]
    assert complaints("\n".join(kept)) == [
        "plan.yml:77:47: `cost_per_order` needs costs: write `wage` in the pools, or `costs`"
    ]


def test_who_puts_away_what_is_cancelled_must_be_at_work(complaints: Complaints) -> None:
    helpers = (
        "pools:\n  helpers:\n    shifts:\n      day: {starts: 08:00, ends: 18:00, people: 0 people}"
    )
    text = changed("pools:", helpers).replace(
        "restocking: {pool: crew", "restocking: {pool: helpers"
    )
    assert complaints(text) == [
        "plan.yml:44:3: nobody of `helpers` is at work between the start and the drain limit, so "
        "what is cancelled or comes back would never be put away"
    ]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("first_response_p90: 45s", "`first_response_p90` needs a service desk: write `desk`, or "
         "remove the target"),
        ("abandonment_share: 10%", "`abandonment_share` needs a service desk: write `desk`, or "
         "remove the target"),
        ("enquiry_order_share: 30%", "`enquiry_order_share` is of visitors who ask: write "
         "`enquiry_share` in `conversion`"),
        ("order_paid_share: 50%", "`order_paid_share` is of visitors who ask: write "
         "`enquiry_share` in `conversion`"),
    ],
)  # fmt: skip
def test_a_target_of_the_desk_needs_questions(
    complaints: Complaints, target: str, message: str
) -> None:
    text = FULL.replace("targets: {on_time_share: 98%", f"targets: {{{target}")
    (found,) = complaints(text)
    assert found.endswith(message)
