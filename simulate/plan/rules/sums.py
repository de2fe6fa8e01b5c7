"""Sums that must come out: months, stages and the year; ads against sales."""

from collections.abc import Iterator, Sequence

from simulate.plan.findings import Contradiction, Path
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import Figures
from simulate.plan.spans import Span
from simulate.plan.words import both, counts, money, percent
from simulate.scenario.base import Text
from simulate.scenario.quantities import Money

SAME = 0.5
"""Amounts that differ by less are the same."""

SHARE_SAME = 0.0005
"""Shares are written to a tenth of a percent."""

_NAMES = {
    "sales": both("the sales targets", "销售目标"),
    "ad_budget": both("the ad budgets", "推广费"),
}


def sums_of_months(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Sales and ad budgets of a stage's months add up to the stage's."""
    for name, stage in loaded.plan.stages.items():
        whose = both(f"the stage “{stage.label.en}”", f"“{stage.label.zh}”阶段")
        parts = list(stage.months.values())
        yield from _sums(stage, parts, ("stages", name), both("months", "各月"), whose)


def sums_of_stages(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Sales and ad budgets of all stages add up to the year's."""
    plan = loaded.plan
    parts = list(plan.stages.values())
    yield from _sums(plan, parts, (), both("stages", "各阶段"), both("the year", "全年"))


def _sums(
    whole: Figures, parts: Sequence[Figures], path: Path, of: Text, whose: Text
) -> Iterator[Contradiction]:
    for field, what in _NAMES.items():
        stated: Money | None = getattr(whole, field)
        given: list[Money] = [each for part in parts if (each := getattr(part, field))]
        if stated is None or not given:
            continue
        total = sum(each.amount for each in given)
        off = total - stated.amount
        # Parts that are not all written may add up to less, never to more.
        if abs(off) < SAME or (off < 0 and len(given) < len(parts)):
            continue
        sum_, written, gap = (money(each, stated.currency)
                              for each in (total, stated.amount, abs(off)))  # fmt: skip
        more = both("more", "多") if off > 0 else both("less", "少")
        yield Contradiction(
            (*path, field),
            both(
                f"{what.en} of the {of.en} add up to {sum_}, {gap} {more.en} than the {written} "
                f"of {whose.en}",
                f"{of.zh}{what.zh}合计 {sum_}，比{whose.zh}的 {written} {more.zh} {gap}",
            ),
            both(
                f"{sum_} for {whose.en}, or {of.en} that add up to {written}",
                f"{whose.zh}改为 {sum_}，或让{of.zh}合计为 {written}",
            ),
        )
    yield from _visitors(whole, parts, path, of, whose)


def _visitors(
    whole: Figures, parts: Sequence[Figures], path: Path, of: Text, whose: Text
) -> Iterator[Contradiction]:
    """Spans of visitors add up, end by end, to a span that meets the stated one."""
    given = [part.visitors for part in parts if part.visitors]
    if whole.visitors is None or not given or len(given) < len(parts):
        return
    total = Span(sum(each.low for each in given), sum(each.high for each in given))
    if total.low <= whole.visitors.high and whole.visitors.low <= total.high:
        return
    summed, written = counts(total), counts(whole.visitors)
    yield Contradiction(
        (*path, "visitors"),
        both(
            f"the visitors of the {of.en} add up to {summed}, not to the {written} of {whose.en}",
            f"{of.zh}访客合计 {summed}，而{whose.zh}为 {written}",
        ),
        both(
            f"{summed} for {whose.en}, or {of.en} that add up to {written}",
            f"{whose.zh}改为 {summed}，或让{of.zh}合计为 {written}",
        ),
    )


def ads_shares(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """A stated share of ads in sales is the ad budget divided by the sales."""
    for path, figures in _all_figures(loaded):
        sales, budget, share = figures.sales, figures.ad_budget, figures.ads_share
        if sales is None or budget is None or share is None:
            continue
        if not sales.amount:
            continue
        right = budget.amount / sales.amount
        if abs(right - share) <= SHARE_SAME + 1e-9:
            continue
        ads, target = money(budget.amount, budget.currency), money(sales.amount, sales.currency)
        found = percent(right, 2)
        agree = f"{found} of sales, or {money(share * sales.amount, sales.currency)} of ads"
        agree_zh = f"推广费占比 {found}，或推广费 {money(share * sales.amount, sales.currency)}"
        yield Contradiction(
            (*path, "ads_share"),
            both(
                f"ads of {ads} on sales of {target} are {found}, not {percent(share, 2)}",
                f"推广费 {ads}、销售 {target}，占比为 {found}，而非 {percent(share, 2)}",
            ),
            both(agree, agree_zh),
        )


def _all_figures(loaded: LoadedPlan) -> Iterator[tuple[Path, Figures]]:
    yield (), loaded.plan
    for name, stage in loaded.plan.stages.items():
        yield ("stages", name), stage
        for key, month in stage.months.items():
            yield ("stages", name, "months", key), month
