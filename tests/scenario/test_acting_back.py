"""Every way to get a controller, shops or sold-out goods wrong: one message, at its place."""

from collections.abc import Callable

import pytest

Complaints = Callable[..., list[str]]

ACTING = """\
title: Acting
timezone: Asia/Shanghai
starts: 2026-12-11T00:00
ends: 2026-12-13T00:00
channels:
  web: {visitors: 900 visitors/day, shop: tmall}
  ads: {spend: 1000 CNY/day, cpc: 5 CNY/click, shop: taobao}
shops:
  tmall: {promise: {kind: hours, within: 48h}}
  taobao: {label: Taobao}
conversion: {order_share: 5%}
sku_groups:
  hero:
    share: 40%
    stock:
      opening: 10 units
      receipts: {friday: {at: 2026-12-12T10:00, units: 200 units}}
      sold_out: {leave: 50%, wait: 20%, take: {other: 30%}}
  other: {share: 60%}
stations: {pack: {pool: crew, setup: 45s/order}}
pools: {crew: {shifts: {day: {starts: 08:00, ends: 18:00, people: 3 people}}}}
controller:
  every: 30min
  rules:
    calm:
      above: 200 orders
      until: 100 orders
      delay: 15min
      cut: {ads: 30%}
      close: [hero]
      longer_promise: {by: 24h, order_share: 90%}
"""

WRONG = [
    ("every: 30min", "every: 30s", "23:10",
     "the controller looks at most once a minute: write `1min` or more"),
    ("every: 30min", "every: 2d", "23:10",
     "the campaign is over before the controller looks: write for example `30min`"),
    ("until: 100 orders", "until: 200 orders", "27:14",
     "`until` must be less than `above`, or the rule would never rest"),
    ("delay: 15min", "delay: 2d", "28:14",
     "the campaign is over before the rule can come into force: write a shorter delay"),
    ("cut: {ads: 30%}", "cut: {adds: 30%}", "29:13",
     "there is no channel `adds`, did you mean `ads`?"),
    ("cut: {ads: 30%}", "cut: {ads: 100%}", "29:18",
     "100 % leaves every visitor: write the share that is left, such as `30%`"),
    ("cut: {ads: 30%}", "cut: {ads: 130%}", "29:12", "`ads` cannot be cut to more than 100 %"),
    ("close: [hero]", "close: [heroes]", "30:15",
     "there is no SKU group `heroes`, did you mean `hero`?"),
    ("close: [hero]", "close: [hero, hero]", "30:21", "`hero` is there twice: write it once"),
    ("by: 24h", "by: 0h", "31:28", "the promise is no longer than before: write such as `24h`"),
    ("order_share: 90%", "order_share: 110%", "31:46",
     "a later deadline cannot bring more orders: write 100 % or less"),
    ("leave: 50%", "leave: 40%", "18:7",
     "who leaves, who waits and who takes another add up to 90 %, not to 100 %"),
    ("take: {other: 30%}", "take: {others: 30%}", "18:48",
     "there is no SKU group `others`, did you mean `other`?"),
    ("take: {other: 30%}", "take: {hero: 30%}", "18:48",
     "`hero` is what is sold out: name another SKU group"),
    ("      receipts: {friday: {at: 2026-12-12T10:00, units: 200 units}}\n", "", "17:36",
     "nothing more comes in that they could wait for: write `receipts` of the stock"),
]  # fmt: skip


def changed(old: str, new: str) -> str:
    assert ACTING.count(old) == 1, f"`{old}` is there {ACTING.count(old)} times"
    return ACTING.replace(old, new)


def test_the_shop_is_right(complaints: Complaints) -> None:
    assert complaints(ACTING) == []


@pytest.mark.parametrize(("old", "new", "place", "message"), WRONG)
def test_one_message_at_its_place(
    complaints: Complaints, old: str, new: str, place: str, message: str
) -> None:
    assert complaints(changed(old, new)) == [f"plan.yml:{place}: {message}"]


def test_a_shop_that_is_not_there_leaves_another_without_channels(complaints: Complaints) -> None:
    assert complaints(changed("shop: tmall", "shop: tmal")) == [
        "plan.yml:6:43: there is no shop `tmal`, did you mean `tmall`?",
        "plan.yml:9:3: no channel belongs to this shop: write `shop: tmall` in its channels",
    ]


def test_a_shop_needs_a_channel(complaints: Complaints) -> None:
    assert complaints(changed(", shop: taobao", "")) == [
        "plan.yml:10:3: no channel belongs to this shop: write `shop: taobao` in its channels"
    ]


def test_a_rule_must_do_something(complaints: Complaints) -> None:
    acts = ("      cut", "      close", "      longer")
    kept = [line for line in ACTING.splitlines() if not line.startswith(acts)]
    assert complaints("\n".join(kept)) == [
        "plan.yml:26:7: the rule does nothing: give `cut`, `close` or `longer_promise`"
    ]


def test_without_a_promise_no_deadline_can_be_later(complaints: Complaints) -> None:
    assert complaints(changed("{promise: {kind: hours, within: 48h}}", "{}")) == [
        "plan.yml:31:7: no deadline is shown that could be later: write a `promise`"
    ]
