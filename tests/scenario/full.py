"""A small shop with every option of the warehouse, right in every respect."""

FULL = """\
title: Full
timezone: Asia/Shanghai
starts: 2026-12-11T00:00
ends: 2026-12-13T00:00
channels:
  web: {visitors: 900 visitors/day, priority: 3}
conversion: {order_share: 5%}
sku_groups:
  hero:
    share: 40%
    priority: 0
    lines: {kind: fixed, count: 1}
    value: {mean: 60 CNY/order}
    margin: 30%
    promise: {kind: hours, within: 24h}
    stock:
      opening: 10 units
      receipts:
        friday: {at: 2026-12-12T10:00, units: 200 units, unloading: {pool: crew, people: 1 person, lasts: 2h}}
  other: {share: 60%, value: {mean: 110 CNY/order}, packed_beforehand: 10%}
line: [audit, pick, sort, pack]
stations:
  audit:
    pool: office
    setup: 5s/order
    exceptions: {share: 7%, delay: {mean: 30min}}
  pick:
    pool: crew
    per_line: 20s/line
    cart: {orders: 12 orders, setup: 2min/cart}
    wave: {every: 30min, orders: 24 orders}
    crowding: {beyond: 4 people, slowdown: 5%}
  sort: {pool: crew, setup: 6s/order}
  pack:
    pool: crew
    setup: 45s/order
    mis_sent: 0.3%
    rework: {share: 3%, back_to: pick}
    equipment: {number: 3 places, failures: {time_between: 20d, repair: 1h}}
packed_beforehand_skips: [pick, sort]
single_line_skips: [sort]
due_dates: true
pools:
  office:
    wage: 35 CNY/h
    shifts:
      day: {starts: 08:00, ends: 18:00, people: 1 person}
  crew:
    wage: 25 CNY/h
    overtime_rate: 1.5x
    supervisor: {every: 15min, rule: longest-wait, switching: 2min}
    overtime: {backlog: 50 orders, lasts: 2h}
    call_ins:
      help: {at: 14:00, backlog: 90 orders, notice: 3h, people: 2 people, lasts: 4h}
    shifts:
      day:
        starts: 08:00
        ends: 18:00
        people: 4 people
        absence: 5%
        breaks: {lunch: {starts: 12:00, lasts: 30min}, tea: {starts: 15:00, lasts: 15min}}
      night:
        starts: 20:00
        ends: 04:00+1d
        people: 2 people
        wage: 30 CNY/h
        learning: {first_day: 79%, days: 5}
        breaks: {meal: {starts: 00:30+1d, lasts: 30min}}
erp: {per_day: 500 orders, failures: {time_between: 30d, repair: 45min}}
courier:
  collections:
    evening: {at: 19:00, capacity: 400 parcels}
  late: {share: 5%, delay: 45min}
  missing: 1%
  overloads:
    peak: {starts: 2026-12-12T00:00, ends: 2026-12-13T00:00, capacity: 60%}
promise: {kind: hours, within: 48h}
compensation: {share: 30%, least: 5 CNY, most: 500 CNY}
cancellations: {share: 4%, delay: {mean: 3h}, goods_from: pick, restocking: {pool: crew, work: 1min/parcel}}
returns: {share: 12%, delay: {mean: 6d}, handling: {pool: crew, work: 3min/parcel}}
costs: {parcel: 4 CNY/parcel, material: 1 CNY/order}
targets: {on_time_share: 98%, cost_per_order: 9 CNY/order}
drain_limit: 3d
replications: 5
"""  # noqa: E501


def changed(old: str, new: str) -> str:
    """Return the full shop with one piece of its text replaced."""
    assert FULL.count(old) == 1, f"`{old}` is there {FULL.count(old)} times"
    return FULL.replace(old, new)
