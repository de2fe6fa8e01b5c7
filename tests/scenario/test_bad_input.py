"""Every way to get a scenario wrong that we thought of: one message, at its place."""

from collections.abc import Callable

import pytest

from .small import SMALL, swapped

Complaints = Callable[..., list[str]]

DISTRIBUTIONS = (
    "`deterministic`, `exponential`, `lognormal`, `gamma`, `erlang`, `empirical`"
)  # fmt: skip
WEEKDAYS = "`mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`"
NOBODY = ("nobody of `crew` is at work between the start and the drain limit, so all orders would "
          "wait at `pick`, `pack`")  # fmt: skip
ONE_WAY = ("give its visitors in one way, as `visitors`, as `spend` and `cpc`, as `spend`, `cpm` "
           "and `click_rate`, as `reach`, `response` and `sent`, or as a live `stream` (write "
           "`null` to drop an inherited key)")  # fmt: skip
NEVER = ("with these dates the shift never works: the run goes from 2026-12-11 to 2026-12-17 at "
         "the latest")  # fmt: skip
CAMPAIGN = "(2026-12-11 00:00 to 2026-12-13 00:00)"
ADS = "{spend: 1000 CNY/day, cpc: 5 CNY/click}"
BURST = "{starts: 2026-12-12T00:00, ends: 2026-12-13T00:00, traffic: 2x}"
HOURS = "{kind: hours, within: 48h}"

KEYS = [
    ("conversion:", "convertion:", "9:1", "unknown key `convertion`, did you mean `conversion`?"),
    ("{order_share", "{oder_share", "9:14",
     "unknown key `oder_share`, did you mean `order_share`?"),
    ("title: Small\n", "", "1:1", "the key `title` is missing"),
    ("    pool: crew\n", "", "18:3", "the key `pool` is missing in `stations.pick`"),
    ("  web:", "  Web:", "6:3", "`Web` cannot be a name: use small letters, digits, `-` and `_`, "
     "starting with a letter, at most 40"),
    ("  web:", "  1:", "6:3", "a text belongs here: write it in quotes, `'1'`"),
    ("  web:", "  wbe: null\n  web:", "6:8",
     "`wbe` holds nothing: give it a value or remove it, did you mean `web`?"),
    ("{order_share: 5%}", "{order_share: null}", "9:13",
     "give the share of visitors who order in one way, as `order_share` or as a `path` (write "
     "`null` to drop an inherited key)"),
    ("kind: lognormal", "kind: lognormall", "21:19", f"`kind`: `lognormall` is not one of "
     f"{DISTRIBUTIONS}, did you mean `lognormal`?"),
    ("kind: lognormal, ", "", "21:5",
     f"the key `kind` is missing in `stations.pick.distribution`: one of {DISTRIBUTIONS}"),
    ("on_time_share", "on_time", "33:11", "unknown key `on_time`, did you mean `on_time_share`?"),
]  # fmt: skip

VALUES = [
    ("20s/line", "20s/order", "20:15",
     "`20s/order` is not working time a line: write for example `20s/line` or `180 lines/h`"),
    ("20s/line", "20", "20:15",
     "`20` has no unit: write for example `20s/line` or `180 lines/h`"),
    ("900 visitors/day", "-900 visitors/day", "6:19",
     "`-900 visitors/day` cannot be a rate of visitors: it must be 0 or more"),
    ("{order_share: 5%}", "{order_share: 105%}", "9:27",
     "`105%` is outside 0 to 100 %: write a share such as `35%` or `0.35`"),
    ("{order_share: 5%}", "{order_share: {value: 5%, why: x}}", "9:27", "a single value belongs "
     "here; with where it comes from, write `{value: ..., source: ..., confidence: ...}`"),
    ("cpc: 5 CNY/click", "cpc: 5 CNY", "7:35",
     "`5 CNY` is not money a click: write for example `5 CNY/click`"),
    ("replications: 5", "replications: 0", "35:15", "`0` cannot be used: it must be at least 1"),
    ("replications: 5", "replications: 1.5", "35:15",
     "`1.5` is not a whole number: write for example `12`"),
    ("replications: 5", "replications: true", "35:15",
     "`true` is not a whole number: write for example `12`"),
    ("replications: 5", "replications: '5'", "35:15",
     "`5` is a text here: write it without quotes"),
    ("replications: 5", "seed: -1", "35:7", "`-1` cannot be used: it must be at least 0"),
    ("cv: 0.5", "cv: 11", "21:41", "`11` cannot be used: it must be at most 10"),
    ("cv: 0.5", "cv: 0", "21:41", "`0` cannot be used: it must be above 0"),
    ("cv: 0.5", "cv: wide", "21:41", "`wide` is not a number: write for example `0.5`"),
    ("cv: 0.5", "cv: .inf", "21:41", "`.inf` cannot be used here: write a number or a text"),
    ("{kind: lognormal, cv: 0.5}", "lognormal", "21:19", "`lognormal` stands where a mapping "
     "belongs: write keys such as `kind`, `cv`, `phases`, `observed` below `distribution`"),
    ("title: Small", "title: 12", "1:8",
     "words belong here: write them in quotes, or as `{en: ..., zh: ...}`"),
    ("title: Small", "title: \"a\\0b\"", "1:8", "this text holds a control character"),
    ("title: Small", "title: \"\\ud800\"", "1:8", "this text holds a control character"),
    ("[1, 1, 1,", "[1, 1,", "12:18",
     "a profile has 24 shares, one an hour, or 1,440, one a minute: here are 23"),
    ("[1, 1, 1,", "[0.5x, 1, 1,", "12:19",
     "`0.5x` is not a share: write for example `35%` or `0.35`"),
    ("timezone: Asia/Shanghai", "timezone: Asia/Shanghay", "2:11", "`Asia/Shanghay` is not a time "
     "zone: write one such as `Asia/Shanghai` or `Europe/Berlin`"),
    ("title: Small", "title: x\ncurrency: yuan", "2:11",
     "`yuan` is not a currency: write three capitals, `CNY`"),
    ("at: 19:00", "at: 19", "31:19",
     "`19` is not a time of day: write `08:00`, or `06:00+1d` for the next morning"),
    ("at: 19:00", "at: 06:00+1d", "31:19",
     "a collection is at a time of its own day, from `00:00` to `23:59`"),
    ("people: 3 people}", "people: 3 people, weekdays: [monday]}", "27:70",
     f"`monday` is not one of {WEEKDAYS}, did you mean `mon`?"),
    ("people: 3 people}", "people: 3 people, weekdays: mon}", "27:69",
     "a list belongs here: write `[mon]`"),
    ("people: 3 people}", "people: 3 people, first: 20261212}", "27:66",
     "`20261212` is not a date: write one such as `2026-12-12`"),
    ("starts: 2026-12-11T00:00", "starts: soon", "3:9", "`soon` is not a date and time: write "
     "`2026-12-12T00:00`, in the shop's time zone, or `2026-12-12T00:00+08:00`"),
    (ADS, "{spend: 1000 CNY/day}", "7:8", f"the channel gives `spend`: {ONE_WAY}"),
    (ADS, "{spend: 1000 CNY/day, cpc: 0 CNY/click}", "7:8",
     "a price of 0 would buy endless visitors"),
    ("count: 2", "count: 0", "11:50", "`0` cannot be used: it must be at least 1"),
]  # fmt: skip

TIMES = [
    ("starts: 2026-12-11T00:00", "starts: 2026-12-14T00:00", "4:7",
     "the campaign must end after it starts"),
    ("starts: 2026-12-11T00:00", "starts: 2024-12-11T00:00", "4:7",
     "the campaign is longer than 400 days"),
    ("drain_limit: 3d", "drain_limit: 90d", "34:14",
     "the drain limit must be above 0 and at most 60d"),
    ("drain_limit: 3d", "drain_limit: 0h", "34:14",
     "the drain limit must be above 0 and at most 60d"),
    ("ends: 18:00", "ends: 06:00", "27:34", "the shift ends before it starts: if it ends on the "
     "next day, write `ends: 06:00+1d`"),
    ("ends: 18:00", "ends: 09:00+1d", "27:34", "the shift is longer than 24 hours"),
    (BURST, BURST.replace("-13T", "-14T"), "15:43",
     f"the phase ends outside the campaign {CAMPAIGN}"),
    (BURST, BURST.replace("-12T", "-10T"), "15:19",
     f"the phase starts outside the campaign {CAMPAIGN}"),
    (BURST, BURST.replace("ends: 2026-12-13", "ends: 2026-12-11"), "15:43",
     "the phase must end after it starts"),
    (BURST, BURST + "\n  more: {starts: 2026-12-12T12:00, ends: 2026-12-13T00:00}", "16:18",
     "`more` starts before `burst` has ended: phases must not overlap"),
    ("sent: 2026-12-11T20:00", "sent: 2026-12-10T20:00", "8:48",
     f"the message goes out outside the campaign {CAMPAIGN}"),
    (HOURS, "{kind: window, paid_from: 2026-12-12T00:00, paid_until: 2026-12-11T00:00, "
     "collected_by: 2026-12-13T00:00, otherwise_within: 48h}", "32:66",
     "the pay window must end after `paid_from`"),
    (HOURS, "{kind: window, paid_from: 2026-12-11T00:00, paid_until: 2026-12-12T00:00, "
     "collected_by: 2026-12-11T12:00, otherwise_within: 48h}", "32:98",
     "the cut-off must not come before the pay window ends"),
    (HOURS, "{kind: window, paid_from: 2027-12-11T00:00, paid_until: 2027-12-12T00:00, "
     "collected_by: 2027-12-13T12:00, otherwise_within: 48h}", "32:36",
     "the pay window opens when the campaign is over"),
    (HOURS, "{kind: window, paid_from: 2025-12-11T00:00, paid_until: 2025-12-12T00:00, "
     "collected_by: 2025-12-13T12:00, otherwise_within: 48h}", "32:66",
     "the pay window ends before the campaign starts"),
    ("people: 3 people}", "people: 3 people, first: 2027-01-01}", "27:66", NEVER),
    ("people: 3 people}", "people: 3 people, last: 2026-12-10}", "27:65", NEVER),
    ("people: 3 people}", "people: 3 people, weekdays: []}", "27:69",
     "the shift works on no day: name `weekdays`, or remove the shift"),
    ("capacity: 400 parcels", "weekdays: []", "30:3",
     "the courier never comes between the start and the drain limit"),
]  # fmt: skip

NAMES = [
    ("pool: crew\n", "pool: crow\n", "19:11", "there is no pool `crow`, did you mean `crew`?"),
    ("line: [pick, pack]", "line: [pick, pakc]", "16:14",
     "there is no station `pakc`, did you mean `pack`?"),
    ("line: [pick, pack]", "line: [pick]", "16:7",
     "the line leaves out `pack`: name every station, or remove it"),
    ("line: [pick, pack]", "line: [pick, pack, pick]", "16:20", "`pick` is on the line twice"),
    ("skips: [pick]", "skips: [prick]", "23:27",
     "there is no station `prick`, did you mean `pick`?"),
    ("skips: [pick]", "skips: [pick, pack]", "23:26",
     "parcels packed beforehand would pass by every station: leave one, such as scan"),
    ("profile: flat", "profile: flatt", "13:10",
     "there is no profile `flatt`, did you mean `flat`?"),
    ("traffic: 2x", "profile: steep", "15:70", "there is no profile `steep` (there are `flat`)"),
    ("traffic: 2x", "channels: {wbe: 2x}", "15:72",
     "there is no channel `wbe`, did you mean `web`?"),
    ("traffic: 2x", "channels: {sms: 2x}", "15:72",
     "`sms` is a message, which no phase scales: change its `reach` or `response`"),
    ("cpc: 5 CNY/click", "cpc: 5 CNY/click, phases: [brust]", "7:57",
     "there is no phase `brust`, did you mean `burst`?"),
]  # fmt: skip

AMOUNTS = [
    ("900 visitors/day", "90000000 visitors/day", "6:3", "the campaign would have 270,000,610 "
     "visitors, most of them from `web`: more than 50,000,000 is not possible"),
    ("people: 3 people", "people: 0 people", "25:3", NOBODY),
    ("people: 3 people", "people: 10001 people", "27:49",
     "more than 10,000 people on one shift is not possible"),
    ("share: 100%", "share: 90%", "10:1",
     "the shares of SKU groups add up to 90 %, not to 100 %"),
    ("kind: fixed, count: 2", "kind: empirical, shares: {1: 50%, 2: 40%}", "11:47",
     "the shares of orders add up to 90 %, not to 100 %"),
    ("traffic: 2x", "order_share: 30x", "15:74",
     "30 times a share of 5.0% means that more than all visitors order"),
    ("spend: 1000 CNY", "spend: 1000 USD", "7:16",
     "`1000 USD/day` is not in the shop's currency: write it in CNY"),
    ("setup: 45s/order", "setup: 0s/order", "22:3",
     "`pack` takes no time: give it `setup` or `per_line`, or remove the station"),
    ("setup: 45s/order", "setup: 2d/order", "22:3",
     "an order takes 48 hours at `pack`: more than 24 is not possible"),
    ("per_day: 500 orders", "per_day: 0 orders", "28:16",
     "an ERP that releases no orders stops the shop: write `null` for no limit"),
    ("capacity: 400 parcels", "capacity: 0 parcels", "31:36",
     "a courier who takes no parcels: write `null` for no limit"),
    ("{order_share: 5%}", "{order_share: 0%}", "9:1",
     "no visitor ever pays for an order, and there is no opening backlog"),
    ("title: Small", "title: x\ntraffic: 0x", "6:1",
     "no channel ever brings a visitor, and there is no opening backlog"),
    ("promise: {kind: hours, within: 48h}\n", "", "32:26",
     "`on_time_share` needs a `promise`: without one no order is late"),
    ("targets: {on_time_share: 98%}", "expected: pass", "33:11",
     "a verdict can be expected only where there are `targets`"),
    ("drain_limit: 3d", "opening_backlog: {orders: 9000000 orders, paid_within: 2h}", "34:27",
     "an opening backlog of more than 5,000,000 orders is not possible"),
]  # fmt: skip


def test_the_small_shop_is_right(complaints: Complaints) -> None:
    assert complaints(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "message"), [*KEYS, *VALUES, *TIMES, *NAMES, *AMOUNTS]
)
def test_one_message_at_its_place(
    complaints: Complaints, old: str, new: str, place: str, message: str
) -> None:
    assert complaints(swapped(old, new)) == [f"plan.yml:{place}: {message}"]


def test_all_problems_come_at_once_in_the_order_of_the_file(complaints: Complaints) -> None:
    text = SMALL.replace("5%}", "500%}").replace("20s/line", "20 parsecs").replace("19:00", "7 pm")
    assert [each.split(": ")[0] for each in complaints(text)] == [
        "plan.yml:9:27",
        "plan.yml:20:15",
        "plan.yml:31:19",
    ]


def test_an_opening_backlog_alone_is_work_enough(complaints: Complaints) -> None:
    backlog = "traffic: 0x\nopening_backlog: {orders: 20 orders, paid_within: 5h}"
    assert complaints(swapped("title: Small", f"title: Small\n{backlog}")) == []


def test_a_weekday_shift_works_until_the_drain_limit(complaints: Complaints) -> None:
    # 11 and 12 December 2026 are a Friday and a Saturday; the line works on until the 16th
    assert complaints(swapped("3 people}", "3 people, weekdays: [wed]}")) == [
        f"plan.yml:25:3: {NOBODY}"
    ]
    assert complaints(swapped("3 people}", "3 people, weekdays: [tue]}")) == []


def test_a_pool_that_serves_nobody_needs_nobody(complaints: Complaints) -> None:
    spare = "  spare: {shifts: {day: {starts: 08:00, ends: 09:00, people: 0 people}}}\n"
    assert complaints(swapped("erp:", f"{spare}erp:")) == []
