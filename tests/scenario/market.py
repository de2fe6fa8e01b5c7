"""A small shop with every option in front of payment, right in every respect."""

MARKET = """\
title: Market
timezone: Asia/Shanghai
starts: 2026-12-09T00:00
ends: 2026-12-13T00:00
channels:
  web: {visitors: 900 visitors/day, sku_groups: {hero: 20%, other: 80%}}
  ads:
    spend: 20000 CNY/day
    cpc: 2 CNY/click
    saturation: {linear_up_to: 10000 CNY/day, exponent: 50%}
    assisted_by: {web: 20%, sms: 10%}
  distributors: {visitors: 100 visitors/day, landing: 50%, commission: 5%, slot_fee: 900 CNY}
  sms: {reach: 500 people, response: 2%, sent: 2026-12-11T20:00, message_price: 0.08 CNY/message}
  show: {stream: {starts: 2026-12-11T20:00, lasts: 2h, decay: 1h, visitors: 300 people}}
conversion:
  path: {views: 4 views/visitor, cart_share: 9%/view, cart_order_share: 24%/cart}
  paid_share: 80%
profiles:
  steep: {milestones: {"01:00": 35%, "08:09": 56.5%, "14:21": 74.5%}}
sku_groups:
  hero: {share: 40%, value: {mean: 60 CNY/order}, tier: traffic, cancellations: 9%}
  other: {share: 60%, value: {mean: 110 CNY/order}}
offers:
  sale: {discount: 10%, phases: [burst], sku_groups: [hero]}
  full: {coupon: {threshold: 200 CNY, off: 20 CNY, stretch: 20%, cancelled: 10%}}
price_response:
  traffic: {conversion: 2, order_value: 0.5, cancellations: 1}
phases:
  warm-up:
    starts: 2026-12-09T00:00
    ends: 2026-12-10T00:00
    carts: {share: 10%, opens: burst, convert: 30%, within: 2h}
  presale:
    starts: 2026-12-10T00:00
    ends: 2026-12-11T00:00
    presale:
      deposit: 20%
      balance_from: 2026-12-11T20:00
      balance_until: 2026-12-11T23:59
      paid_share: 85%
      delay: {mean: 30min}
      sku_groups: [other]
  burst:
    starts: 2026-12-12T00:00
    ends: 2026-12-13T00:00
    channels: {ads: 2x}
    conversion: {order_share: 8%}
    first_hour: 20%
    profile: steep
stations:
  pack: {pool: crew, setup: 45s/order}
pools:
  crew: {shifts: {day: {starts: 08:00, ends: 18:00, people: 3 people}}}
cancellations: {share: 4%, delay: {mean: 3h}, goods_from: pack}
forecast_error: {campaign: 20%, channel: 10%}
replications: 5
"""


def changed(old: str, new: str) -> str:
    """Return the shop with one piece of its text replaced."""
    assert MARKET.count(old) == 1, f"`{old}` is there {MARKET.count(old)} times"
    return MARKET.replace(old, new)
