"""A small shop that is right in every respect."""

SMALL = """\
title: Small
timezone: Asia/Shanghai
starts: 2026-12-11T00:00
ends: 2026-12-13T00:00
channels:
  web: {visitors: 900 visitors/day}
  ads: {spend: 1000 CNY/day, cpc: 5 CNY/click}
  sms: {reach: 500 people, response: 2%, sent: 2026-12-11T20:00}
conversion: {order_share: 5%}
sku_groups:
  all: {share: 100%, lines: {kind: fixed, count: 2}, packed_beforehand: 10%}
profiles: {flat: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}
profile: flat
phases:
  burst: {starts: 2026-12-12T00:00, ends: 2026-12-13T00:00, traffic: 2x}
line: [pick, pack]
stations:
  pick:
    pool: crew
    per_line: 20s/line
    distribution: {kind: lognormal, cv: 0.5}
  pack: {pool: crew, setup: 45s/order}
packed_beforehand_skips: [pick]
pools:
  crew:
    shifts:
      day: {starts: 08:00, ends: 18:00, people: 3 people}
erp: {per_day: 500 orders}
courier:
  collections:
    evening: {at: 19:00, capacity: 400 parcels}
promise: {kind: hours, within: 48h}
targets: {on_time_share: 98%}
drain_limit: 3d
replications: 5
"""


def swapped(old: str, new: str) -> str:
    """Return the small shop with one piece of its text replaced."""
    assert SMALL.count(old) == 1, f"`{old}` is there {SMALL.count(old)} times"
    return SMALL.replace(old, new)
