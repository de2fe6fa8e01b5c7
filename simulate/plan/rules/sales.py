"""Sales targets against what makes them: visitors, conversion, order value, campaigns, goods."""

from collections.abc import Iterator

from simulate.plan.findings import Contradiction, Path
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import Figures
from simulate.plan.words import (
    between,
    both,
    count,
    counts,
    money,
    moneys,
    month_en,
    month_zh,
    percent,
    percents,
)

ROUNDED = 0.01
"""By how much a target may be rounded from its product."""


def sales_formula(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Sales = visitors x conversion x order value."""
    for path, figures in _with_inherited(loaded):
        sales, visitors = figures.sales, figures.visitors
        conversion, value = figures.conversion, figures.order_value
        if sales is None or visitors is None or conversion is None or value is None:
            continue
        low = visitors.low * conversion.low * value.low.amount
        high = visitors.high * conversion.high * value.high.amount
        if low * (1 - ROUNDED) <= sales.amount <= high * (1 + ROUNDED):
            continue
        near, most = (low, visitors.low) if sales.amount < low else (high, visitors.high)
        target = money(sales.amount, sales.currency)
        product = between(money(low, sales.currency), money(high, sales.currency))
        gap = money(abs(sales.amount - near), sales.currency)
        terms = (counts(visitors), percents(conversion), moneys(value))
        agree, agree_zh = f"sales of {product}", f"销售改为 {product}"
        if near:
            needed = count(most * sales.amount / near)
            agree, agree_zh = f"{needed} visitors, or {agree}", f"访客改为 {needed}，或{agree_zh}"
        yield Contradiction(
            (*path, "sales"),
            both(
                f"{terms[0]} visitors × {terms[1]} × {terms[2]} make {product}; the target of "
                f"{target} is {gap} {'less' if sales.amount < low else 'more'}",
                f"访客 {terms[0]} × 转化率 {terms[1]} × 客单价 {terms[2]} = {product}，"
                f"目标 {target} {'少' if sales.amount < low else '多'} {gap}",
            ),
            both(agree, agree_zh),
        )


def _with_inherited(loaded: LoadedPlan) -> Iterator[tuple[Path, Figures]]:
    plan = loaded.plan
    yield (), plan
    for name, stage in plan.stages.items():
        inherited = {
            field: getattr(stage, field) or getattr(plan, field)
            for field in ("conversion", "order_value")
        }
        yield ("stages", name), stage.model_copy(update=inherited)
    for month in plan.months:
        yield ("stages", month.stage, "months", month.key), month


def campaign_sales(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """The campaigns that lie in a month do not sell more than the month is to sell."""
    for month in loaded.plan.months:
        inside = {
            name: campaign.sales.amount
            for name, campaign in loaded.plan.campaigns.items()
            if campaign.sales and month.first <= campaign.first and campaign.last <= month.last
        }
        if month.sales is None or sum(inside.values()) <= month.sales.amount:
            continue
        unit = month.sales.currency
        total, target = money(sum(inside.values()), unit), money(month.sales.amount, unit)
        over = money(sum(inside.values()) - month.sales.amount, unit)
        first = min(inside, key=lambda name: loaded.plan.campaigns[name].first)
        yield Contradiction(
            ("campaigns", first, "sales"),
            both(
                f"the campaigns of {month_en(month.key)} are to sell {total}, {over} more than "
                f"the whole month's {target}",
                f"{month_zh(month.key)}各活动销售目标合计 {total}，比全月目标 {target} 多 {over}",
            ),
            both(
                f"{target} or less in all campaigns, or {total} or more in the month",
                f"各活动合计不超过 {target}，或全月目标不低于 {total}",
            ),
        )


def growing_items(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Hero items are some of the SKUs, and as many as the plan says."""
    plan = loaded.plan
    for path, figures in _own_items(loaded):
        items, skus, rule = figures.hero_items, figures.skus, plan.hero_items
        if items is not None and skus is not None and items.low > skus.high:
            yield Contradiction(
                (*path, "hero_items"),
                both(
                    f"{counts(items)} hero items among {counts(skus)} SKUs",
                    f"主推 {counts(items)} 款，SKU 却只有 {counts(skus)} 个",
                ),
                both(f"{count(skus.high)} hero items or fewer, or {count(items.low)} SKUs or more",
                     f"主推不超过 {count(skus.high)} 款，或 SKU 不少于 {count(items.low)} 个"),
            )  # fmt: skip
        elif items and rule and (items.low > rule.high or items.high < rule.low):
            yield Contradiction(
                (*path, "hero_items"),
                both(
                    f"{counts(items)} hero items where the plan keeps {counts(rule)}",
                    f"主推 {counts(items)} 款，而全年计划为 {counts(rule)} 款",
                ),
                both(f"{counts(rule)} hero items", f"主推 {counts(rule)} 款"),
            )


def _own_items(loaded: LoadedPlan) -> Iterator[tuple[Path, Figures]]:
    for name, stage in loaded.plan.stages.items():
        if stage.hero_items is not None:
            yield ("stages", name), stage
        for key, month in stage.months.items():
            if month.hero_items is not None:
                skus = month.skus or stage.skus
                path = ("stages", name, "months", key)
                yield path, month.model_copy(update={"skus": skus})


def promotion_cost(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """The year's ads lie inside the share that promotion may cost."""
    plan = loaded.plan
    rule = plan.kpis.promotion_share
    if rule is None or plan.ad_budget is None or plan.sales is None or not plan.sales.amount:
        return
    share = plan.ad_budget.amount / plan.sales.amount
    if share in rule:
        return
    low, high = (money(each * plan.sales.amount, plan.currency) for each in (rule.low, rule.high))
    yield Contradiction(
        ("kpis", "promotion_share"),
        both(
            f"ads are {percent(share)} of the year's sales, outside the {percents(rule)} that "
            "promotion may cost",
            f"推广费占全年销售 {percent(share)}，不在规定的 {percents(rule)} 之内",
        ),
        both(
            f"an ad budget of {between(low, high)}",
            f"全年推广费 {between(low, high)}",
        ),
    )
