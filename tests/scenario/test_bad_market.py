"""Every way to get an option in front of payment wrong: one message, at its place."""

from collections.abc import Callable

import pytest

from .market import MARKET, changed

Complaints = Callable[..., list[str]]

MILESTONES = '{milestones: {"01:00": 35%, "08:09": 56.5%, "14:21": 74.5%}}'

CHANNELS = [
    ("hero: 20%, other: 80%",
     "hero: 20%, othr: 80%", "6:61",
     "there is no SKU group `othr`, did you mean `other`?"),
    ("hero: 20%, other: 80%",
     "hero: 20%, other: 70%", "6:37",
     "the shares of what the channel sells add up to 90 %, not to 100 %"),
    ("linear_up_to: 10000 CNY/day",
     "linear_up_to: 0 CNY/day", "10:32",
     "no click would ever be bought: write for example `5000 CNY/day`"),
    ("linear_up_to: 10000 CNY/day",
     "linear_up_to: 10000 USD/day", "10:32",
     "`10000 USD/day` is not in the shop's currency: write it in CNY"),
    ("900 visitors/day, sku",
     "900 visitors/day, saturation: {linear_up_to: 9 CNY/day, exponent: 50%}, sku", "6:37",
     "only spend saturates, and the channel has no `spend`"),
    ("{web: 20%, sms",
     "{wbe: 20%, sms", "11:19",
     "there is no channel `wbe`, did you mean `web`?"),
    ("{web: 20%, sms",
     "{ads: 20%, sms", "11:19",
     "a channel does not assist itself"),
    ("{web: 20%, sms",
     "{web: 95%, sms", "11:5",
     "other channels are credited with more than all of its orders"),
    ("landing: 50%",
     "landing: 150%", "12:55",
     "`150%` is outside 0 to 100 %: write a share such as `35%` or `0.35`"),
    ("slot_fee: 900 CNY",
     "slot_fee: 900 USD", "12:86",
     "`900 USD` is not in the shop's currency: write it in CNY"),
    ("slot_fee: 900 CNY",
     "slot_fee: 900 CNY, message_price: 1 CNY/message", "12:110",
     "the channel sends no messages: it has no `reach`"),
    ("message_price: 0.08 CNY/message",
     "message_price: 0.08 CNY", "13:81",
     "`0.08 CNY` is not money a message: write for example `0.08 CNY/message`"),
    ("{stream: {starts: 2026-12-11T20:00",
     "{stream: {starts: 2026-12-13T20:00", "14:27",
     "the live stream starts outside the campaign (2026-12-09 00:00 to 2026-12-13 "
     "00:00)"),
    ("lasts: 2h, decay: 1h",
     "lasts: 0h, decay: 0h", "14:52",
     "the live stream takes no time: write for example `2h`"),
    ("decay: 1h, visitors: 300 people",
     "decay: 1h", "14:10",
     "the key `visitors` is missing in `channels.show.stream`"),
    ("show: {stream",
     "show: {visitors: 9 visitors/day, stream", "14:9",
     "the channel gives `stream` and `visitors`: give its visitors in one way, as "
     "`visitors`, as `spend` and `cpc`, as `spend`, `cpm` and `click_rate`, as "
     "`reach`, `response` and `sent`, or as a live `stream` (write `null` to drop an "
     "inherited key)"),
]  # fmt: skip

PROFILES = [
    ("\"08:09\": 56.5%",
     "\"08:09\": 26.5%", "19:47",
     "26.5 % at 08:09 are less than 35 % at 01:00: milestones count up"),
    ("\"14:21\": 74.5%",
     "\"24:00\": 74.5%", "19:63",
     "at 24:00 it is 100 % of the day's visitors"),
    ("\"01:00\": 35%",
     "\"00:00\": 35%", "19:33",
     "at 00:00 it is 0 % of the day's visitors"),
    ("\"14:21\": 74.5%",
     "\"14:21+1d\": 74.5%", "19:54",
     "a milestone is a time of its own day, up to `24:00`"),
    ("\"14:21\": 74.5%",
     "\"2 pm\": 74.5%", "19:54",
     "`2 pm` is not a time of day: write `08:00`, or `06:00+1d` for the next morning"),
    (MILESTONES,
     "{milestones: {}}", "19:11",
     "`milestones` is empty: it needs at least one entry"),
    (MILESTONES,
     "12", "19:10",
     "a list belongs here: write `[12]`"),
    (MILESTONES,
     "[1, 2%]", "19:10",
     "a profile has 24 shares, one an hour, or 1,440, one a minute: here are 2"),
    (MILESTONES,
     "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]", "19:10",
     "the hours of a profile cannot all be 0"),
    ("profile: steep",
     "profile: stepe", "49:14",
     "there is no profile `stepe`, did you mean `steep`?"),
    ("first_hour: 20%",
     "first_hour: 20 orders", "48:17",
     "`20 orders` is not a share: write for example `35%` or `0.35`"),
    ("ends: 2026-12-13T00:00\n    channels",
     "ends: 2026-12-12T00:50\n    channels", "48:17",
     "the phase is over after its first hour: remove `first_hour`"),
    ("{ads: 2x}",
     "{show: 2x}", "46:16",
     "`show` is a live stream, which no phase scales: change its `visitors`"),
]  # fmt: skip

CONVERSION = [
    ("{views: 4 views/visitor",
     "{views: 4", "16:17",
     "`4` has no unit: write for example `4 views/visitor`"),
    ("4 views/visitor",
     "4000 views/visitor", "16:17",
     "more than 1,000 views a visitor are not possible"),
    ("9%/view",
     "9%", "16:46",
     "`9%` is not a share a view: write for example `9.4%/view`"),
    ("24%/cart",
     "24%/visitor", "16:73",
     "`24%/visitor` is not a share a cart: write for example `24%/cart`"),
    ("  paid_share: 80%\n",
     "  paid_share: 80%\n  order_share: 5%\n", "16:3",
     "give the share of visitors who order in one way, as `order_share` or as a "
     "`path` (write `null` to drop an inherited key)"),
    ("conversion: {order_share: 8%}",
     "conversion: {order_share: 8%, path: {views: 4 views/visitor, cart_share: "
     "9%/view, cart_order_share: 24%/cart}}", "47:17",
     "give the share of visitors who order as `order_share` or as a `path`, not both"),
    ("conversion: {order_share: 8%}",
     "conversion: {order_share: 8%}\n    order_share: 20x", "48:18",
     "20 times a share of 8.0% means that more than all visitors order"),
    ("opens: burst",
     "opens: brust", "32:32",
     "there is no phase `brust`, did you mean `burst`?"),
    ("opens: burst",
     "opens: warm-up", "32:32",
     "`warm-up` begins before `warm-up` has ended: carts are bought later"),
    ("balance_from: 2026-12-11T20:00",
     "balance_from: 2026-12-09T20:00", "38:21",
     "the rest falls due before the presale begins"),
    ("balance_until: 2026-12-11T23:59",
     "balance_until: 2026-12-11T19:59", "39:22",
     "the rest must be paid after it falls due, `balance_from`"),
    ("balance_from: 2026-12-11T20:00\n      balance_until: 2026-12-11T23:59",
     "balance_from: 2027-12-11T20:00\n      balance_until: 2027-12-11T23:59", "38:21",
     "the rest falls due after the drain limit, when the run is over"),
    ("      sku_groups: [other]",
     "      sku_groups: [othr]", "42:20",
     "there is no SKU group `othr`, did you mean `other`?"),
]  # fmt: skip

GOODS = [
    ("phases: [burst], sku_groups: [hero]}",
     "phases: [brust], sku_groups: [hero]}", "24:34",
     "there is no phase `brust`, did you mean `burst`?"),
    ("phases: [burst], sku_groups: [hero]}",
     "phases: [burst], sku_groups: [heros]}", "24:55",
     "there is no SKU group `heros`, did you mean `hero`?"),
    ("discount: 10%, phases",
     "discount: 100%, phases", "24:20",
     "a discount of 100 % gives everything away"),
    ("discount: 10%, phases",
     "phases", "24:3",
     "the offer lowers no price: give it a `discount` or a `coupon`"),
    ("off: 20 CNY",
     "off: 0 CNY", "25:44",
     "nothing is taken off: write for example `20 CNY`"),
    ("off: 20 CNY",
     "off: 200 CNY", "25:44",
     "the coupon takes off all of its threshold, 200 CNY, or more"),
    ("off: 20 CNY",
     "off: 20 EUR", "25:44",
     "`20 EUR` is not in the shop's currency: write it in CNY"),
    ("threshold: 200 CNY",
     "threshold: 200 EUR", "25:30",
     "`200 EUR` is not in the shop's currency: write it in CNY"),
    ("conversion: 2, order",
     "conversion: 20, order", "27:25",
     "an elasticity above 10 is not possible"),
    ("  traffic: {conversion",
     "  trafic: {conversion", "27:3",
     "`trafic` is not one of `traffic`, `profit`, `competition`, `brand`, `other`, "
     "did you mean `traffic`?"),
    ("tier: traffic",
     "tier: cheap", "21:57",
     "`cheap` is not one of `traffic`, `profit`, `competition`, `brand`"),
]  # fmt: skip


def test_the_shop_is_right(complaints: Complaints) -> None:
    assert complaints(MARKET) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "message"), [*CHANNELS, *PROFILES, *CONVERSION, *GOODS]
)
def test_one_message_at_its_place(
    complaints: Complaints, old: str, new: str, place: str, message: str
) -> None:
    assert complaints(changed(old, new)) == [f"plan.yml:{place}: {message}"]


def test_what_is_cancelled_on_top_needs_cancellations(complaints: Complaints) -> None:
    standing = "cancellations: {share: 4%, delay: {mean: 3h}, goods_from: pack}\n"
    said = "nothing is cancelled without `cancellations`: write how long after payment they come"
    assert complaints(changed(standing, "")) == [
        f"plan.yml:{place}: {said}" for place in ("21:81", "25:77", "27:61")
    ]


def test_a_profile_is_a_list_or_milestones(complaints: Complaints) -> None:
    assert complaints(changed(MILESTONES, "{hours: 3}")) == [
        "plan.yml:19:3: the key `milestones` is missing in `profiles.steep`",
        "plan.yml:19:11: unknown key `hours` (known here: `milestones`)",
    ]


@pytest.mark.parametrize("shares", [["1"] * 24, ["1"] * 1440, ["0%"] * 1439 + ["100%"]])
def test_a_profile_by_the_hour_or_by_the_minute_is_right(
    complaints: Complaints, shares: list[str]
) -> None:
    assert complaints(changed(MILESTONES, f"[{', '.join(shares)}]")) == []


def test_a_long_campaign_has_its_minutes_in_a_phase(complaints: Complaints) -> None:
    minutes = f"[{', '.join(['1'] * 1440)}]"
    long = changed(MILESTONES, minutes).replace(
        "ends: 2026-12-13T00:00\nch", "ends: 2027-03-13\nch"
    )
    assert complaints(long) == []
    assert complaints(f"{long}profile: steep\n") == [
        "plan.yml:57:10: a profile by the minute is for up to 60 days: write one by the hour, and "
        "this one in a phase"
    ]
