"""A small plan whose figures all agree, its shop and its scenario, and how to break them.

3,000 orders of 100 CNY in October and November, 1,500 in December. Customers order in the
evening; 300 orders on the day, of 400 parcels that the courier takes and 500 that the ERP does.
"""

from pathlib import Path

from simulate.plan.findings import PlanFinding
from simulate.plan.lint import lint
from simulate.plan.loaded import LoadedPlan
from simulate.plan.loading import load_plan
from simulate.scenario.playbook import Playbook
from simulate.scenario.problems import InputError

SHOP = """\
timezone: Asia/Shanghai
channels:
  web: {visitors: 900 visitors/day}
  ads: {spend: 1000 CNY/day, cpc: 5 CNY/click}
  banners: {spend: 500 CNY/day, cpm: 60 CNY/1000 impressions, click_rate: 2%}
conversion: {order_share: 5%}
sku_groups:
  all: {share: 100%, lines: {kind: fixed, count: 2}}
profiles:
  evening: [
    0, 0, 0, 0, 0, 0, 0, 0, 4%, 4%, 4%, 4%, 4%, 4%, 4%, 4%, 4%, 4%, 10%, 10%, 30%, 10%, 0, 0,
  ]
profile: evening
stations:
  pick: {pool: crew, per_line: 20s/line}
  pack: {pool: crew, setup: 50s/order}
pools:
  crew:
    shifts:
      day: {starts: 08:00, ends: 18:00, people: 3 people}
erp: {per_day: 500 orders}
courier:
  collections:
    evening: {at: 19:00, capacity: 400 parcels}
promise: {kind: hours, within: 48h}
"""

SCENARIO = """\
extends: ../shop.yml
title: Double
starts: 2026-12-11T00:00
ends: 2026-12-13T00:00
"""

PLAN = """\
title: Small
shop: ../shop.yml
sales: 450,000 CNY
ad_budget: 50,000 CNY
ads_share: 11.1%
order_value: 100 CNY/order
hero_items: 3 to 5 items
erp_per_day: 400 to 600 orders
least_preparation: 1 week
kpis:
  enquiry_to_order: 30%
  order_to_paid: 50%
  enquiry_to_paid: 15%
  ads_part_of_sales: 11%
  promotion_share: 10% to 15%
stages:
  growth:
    label: Growth
    sales: 300,000 CNY
    ad_budget: 30,000 CNY
    ads_share: 10%
    conversion: 5%
    skus: 20 SKUs
    months:
      2026-10: {sales: "100,000 CNY", ad_budget: "10,000 CNY", visitors: "20,000 visitors"}
      2026-11: {sales: "200,000 CNY", ad_budget: "20,000 CNY"}
  burst:
    label: Burst
    sales: 150,000 CNY
    ad_budget: 20,000 CNY
    ads_share: 13.3%
    conversion: 5%
    months:
      2026-12: {sales: "150,000 CNY", hero_items: 4 items, skus: 30 SKUs}
roles:
  boss: {label: Boss}
campaigns:
  holiday:
    label: Holiday
    size: theme
    first: 2026-10-01
    last: 2026-10-03
    role: boss
    preparation: &ready
      lasts: 2 weeks
      steps:
        stock: {label: Count, role: boss, before: 7d}
  singles:
    label: Singles
    size: monthly
    first: 2026-11-10
    last: 2026-11-11
    day: 2026-11-11
    role: boss
    preparation: *ready
  double:
    label: Double
    size: anniversary
    first: 2026-12-11
    last: 2026-12-12
    day: 2026-12-12
    scenario: double
    role: boss
    day_share: 20%
    sales: 100,000 CNY
    preparation: {lasts: 10d, steps: {stock: {label: Count, role: boss, due: 2026-12-05}}}
    bids:
      ads: {daily_budget: 1000 CNY/day, cpc: 5 CNY/click, roi: 1x}
      banners:
        daily_budget: 500 CNY/day
        cpm: 60 CNY/1000 impressions
        click_rate: 2%
        cpc: 3 CNY/click
    timetable:
      morning: {label: Posts, starts: 08:00, ends: 12:00, role: boss, channels: [web]}
      evening: {label: Ads, starts: 17:00, ends: 22:00, role: boss}
"""

Swap = tuple[str, str]


def written(folder: Path, *swaps: Swap, shop: Swap | None = None) -> Playbook:
    """Write a playbook with the small plan, pieces of its text replaced."""
    (folder / "mkdocs.yml").write_text("site_name: Try\n", encoding="utf-8")
    for name in ("scenarios", "plan"):
        (folder / "content" / name).mkdir(parents=True, exist_ok=True)
    content = folder / "content"
    (content / "shop.yml").write_text(replaced(SHOP, shop) if shop else SHOP, encoding="utf-8")
    (content / "scenarios" / "double.yml").write_text(SCENARIO, encoding="utf-8")
    text = PLAN
    for swap in swaps:
        text = replaced(text, swap)
    (content / "plan" / "annual.yml").write_text(text, encoding="utf-8")
    return Playbook(folder)


def replaced(text: str, swap: Swap) -> str:
    """Return `text` with one piece replaced, which must be there once."""
    old, new = swap
    assert text.count(old) == 1, f"`{old}` is there {text.count(old)} times"
    return text.replace(old, new)


def loaded(folder: Path, *swaps: Swap, shop: Swap | None = None) -> LoadedPlan:
    """Return the small plan, pieces of its text replaced."""
    return load_plan("annual", written(folder, *swaps, shop=shop))


def linted(folder: Path, *swaps: Swap, shop: Swap | None = None) -> list[PlanFinding]:
    """Return what the linter finds in the small plan, pieces of its text replaced."""
    return lint(loaded(folder, *swaps, shop=shop))


def complaints(folder: Path, *swaps: Swap, shop: Swap | None = None) -> list[str]:
    """Return what is said against the small plan: line and column in its file, and the message."""
    playbook = written(folder, *swaps, shop=shop)
    try:
        load_plan("annual", playbook)
    except InputError as error:
        return [
            f"{each.place.line}:{each.place.column}: {each.message}" if each.place else each.message
            for each in error.problems
        ]
    return []
