"""Bids and budgets of ads: price of a click, return on ads, spending by day against the year."""

from collections.abc import Iterator

from simulate.plan.campaigns import Bid, Campaign
from simulate.plan.findings import Contradiction, Path
from simulate.plan.loaded import LoadedPlan
from simulate.plan.models import AnnualPlan, Month
from simulate.plan.spans import Span
from simulate.plan.words import (
    between,
    both,
    count,
    money,
    moneys,
    month_en,
    month_zh,
    percent,
    percents,
    ratio,
    ratios,
)
from simulate.scenario.base import Text
from simulate.scenario.quantities import Money

CENT = 0.005
MONTH_DAYS = 30
SHARE_SAME = 0.005
"""A part of sales is written to a percent."""
LEAST_SHARE, LEAST_PRICE = 1e-4, 1e-4
"""Smaller ones are told as 0."""


def _bids(plan: AnnualPlan) -> Iterator[tuple[Path, Campaign, Bid]]:
    for name, campaign in plan.campaigns.items():
        for channel, bid in campaign.bids.items():
            yield ("campaigns", name, "bids", channel), campaign, bid


def click_price(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """CPC = CPM / (1000 x click rate)."""
    for path, _, bid in _bids(loaded.plan):
        right = bid.click_price
        if bid.cpc is None or bid.cpm is None or not bid.click_rate or right is None:
            continue
        if abs(right - bid.cpc.amount) < CENT:
            continue
        unit = bid.cpc.currency
        cpm, rate = money(bid.cpm.amount, unit), percent(bid.click_rate, 2)
        found, written = money(right, unit), money(bid.cpc.amount, unit)
        clicks, clicks_zh = _clicks(bid, right)
        options = [(f"a CPC of {found}", f"CPC {found}")]
        fitting = money(bid.cpc.amount * 1000 * bid.click_rate, unit)
        options.append((f"a CPM of {fitting}", f" CPM {fitting}"))
        needed = bid.cpm.amount / (1000 * bid.cpc.amount) if bid.cpc.amount else 2.0
        if 0 < needed <= 1:
            options.append(
                (f"a click rate of {percent(needed, 2)}", f"点击率 {percent(needed, 2)}")
            )
        yield Contradiction(
            (*path, "cpc"),
            both(
                f"a CPM of {cpm} at a click rate of {rate} is a CPC of {found}, not {written}"
                f"{clicks}",
                f"CPM {cpm}、点击率 {rate}，则 CPC 为 {found}，而非 {written}{clicks_zh}",
            ),
            both(", or ".join(en for en, _ in options),
                 "，或".join(zh for _, zh in options)),
        )  # fmt: skip


def _clicks(bid: Bid, right: float) -> tuple[str, str]:
    """Return how many clicks a day's budget buys, in both languages."""
    if bid.daily_budget is None or not bid.cpc or not bid.cpc.amount or not right:
        return "", ""
    budget = bid.daily_budget.amount
    spend = money(budget, bid.daily_budget.currency)
    real, hoped = count(budget / right), count(budget / bid.cpc.amount)
    return (
        f"; {spend} a day then buy {real} clicks, not {hoped}",
        f"；每天 {spend} 只能买到 {real} 次点击，而非 {hoped} 次",
    )


def bid_return(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """ROI = conversion x order value / CPC, at the conversion of the campaign's month."""
    for path, campaign, bid in _bids(loaded.plan):
        month = loaded.plan.month_of(campaign.main_day)
        price = bid.cpc.amount if bid.cpc else bid.click_price
        if month is None or bid.roi is None or not price or price < LEAST_PRICE:
            continue
        if month.conversion is None or month.order_value is None:
            continue
        value = month.order_value.amounts
        if value.low < LEAST_PRICE:
            continue
        reached = _returns(month.conversion, value, price)
        if bid.roi <= reached.high * (1 + 1e-9):
            continue
        yield _too_high(path, bid, month, price, reached, loaded.plan)


def _returns(conversion: Span, value: Span, price: float) -> Span:
    return Span(conversion.low * value.low / price, conversion.high * value.high / price)


def _too_high(
    path: Path, bid: Bid, month: Month, price: float, reached: Span, plan: AnnualPlan
) -> Contradiction:
    assert bid.roi is not None
    assert month.conversion is not None
    assert month.order_value is not None
    value, unit = month.order_value.amounts, plan.currency
    needed = Span(bid.roi * price / value.high, bid.roi * price / value.low)
    wanted = f"{ratio(bid.roi)}"
    has, gives = percents(month.conversion), ratios(reached)
    orders = moneys(month.order_value)
    year, year_zh = _over_the_year(plan, month, price)
    most = money(month.conversion.high * value.high / bid.roi, unit)
    return Contradiction(
        (*path, "roi"),
        both(
            f"an ROI of {wanted} at {money(price, unit)} a click and {orders} an order needs "
            f"{percents(needed)} of visitors to pay; {month_en(month.key)} has {has}, which gives "
            f"{gives}{year}",
            f"每次点击 {money(price, unit)}、客单价 {orders}，要做到 ROI {wanted}，"
            f"转化率须达 {percents(needed)}；{month_zh(month.key)}为 {has}，"
            f"ROI 只有 {gives}{year_zh}",
        ),
        both(
            f"a click of at most {most}, a conversion of {percents(needed)}, or an ROI of at most "
            f"{ratio(reached.high)}",
            f"点击价不超过 {most}，或转化率 {percents(needed)}，"
            f"或 ROI 不高于 {ratio(reached.high)}",
        ),
    )


def _over_the_year(plan: AnnualPlan, month: Month, price: float) -> tuple[str, str]:
    """Return what the conversions of the whole year would give, if they are others."""
    given = [each.conversion for each in plan.months if each.conversion]
    values = [each.order_value.amounts for each in plan.months if each.order_value]
    conversion = Span(min(c.low for c in given), max(c.high for c in given))
    value = Span(min(v.low for v in values), max(v.high for v in values))
    if conversion == month.conversion:
        return "", ""
    gives = ratios(_returns(conversion, value, price))
    return (
        f", and the year's {percents(conversion)} would give {gives}",
        f"，按全年 {percents(conversion)} 计为 {gives}",
    )


def ads_part(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """ROI x the share of ads in sales = the part of sales that ads bring."""
    plan = loaded.plan
    share = plan.ads_share
    if share is None and plan.ad_budget and plan.sales and plan.sales.amount:
        share = plan.ad_budget.amount / plan.sales.amount
    wanted = [bid.roi for _, _, bid in _bids(plan) if bid.roi is not None]
    if not share or share < LEAST_SHARE or max(wanted, default=0) < LEAST_SHARE:
        return
    roi = Span(min(wanted), max(wanted))
    part = Span(roi.low * share, roi.high * share)
    stated = plan.kpis.ads_part_of_sales
    if stated is not None and part.low - SHARE_SAME <= stated <= min(part.high, 1) + SHARE_SAME:
        return
    facts = f"an ROI of {ratios(roi)} with ads at {percent(share)} of sales means that ads bring " \
            f"{percents(part)} of all sales"  # fmt: skip
    facts_zh = (
        f"ROI {ratios(roi)}、推广费占销售 {percent(share)}，"
        f"意味着广告带来全部销售的 {percents(part)}"
    )
    if stated is None and part.low <= 1:
        yield Contradiction(
            ("ads_share",) if plan.ads_share is not None else ("ad_budget",),
            both(f"{facts}, and the plan does not say so", f"{facts_zh}，计划却未写明"),
            both(
                f"write `ads_part_of_sales: {percents(part)}` below `kpis`, or change ROI or ads",
                f"在 `kpis` 下写明 `ads_part_of_sales: {percents(part)}`，或调整 ROI、推广费",
            ),
        )
        return
    wrong = "more than there is" if stated is None else f"not {percent(stated)}"
    wrong_zh = "超过全部销售" if stated is None else f"而非 {percent(stated)}"
    aim = 1.0 if stated is None else stated
    fits = (percents(part), percent(aim / roi.high), ratio(aim / share))
    yield Contradiction(
        ("kpis", "ads_part_of_sales"),
        both(f"{facts}, {wrong}", f"{facts_zh}，{wrong_zh}"),
        both(
            f"{fits[0]} of sales from ads, ads at {fits[1]} of sales, or an ROI of {fits[2]}",
            f"广告带来的销售占 {fits[0]}，或推广费占 {fits[1]}，或 ROI 为 {fits[2]}",
        ),
        "error",
    )


def daily_budgets(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """What a campaign spends by day fits into the ad budget of its month or stage."""
    plan = loaded.plan
    for name, campaign in plan.campaigns.items():
        month = plan.month_of(campaign.main_day)
        daily, cost = spending(campaign)
        if month is None or not cost:
            continue
        budget, whose = _budget_for(plan, month)
        if budget is None or cost <= budget.amount + CENT:
            continue
        unit = budget.currency
        year = _against_the_year(plan, daily)
        a_day, in_all, has = (money(each, unit) for each in (daily, cost, budget.amount))
        spent = _days(campaign)
        fits = money(daily * budget.amount / cost, unit)
        yield Contradiction(
            ("campaigns", name, "bids"),
            both(
                f"ads of {a_day} a day are {in_all} over {spent.en}; {whose.en} has {has}{year.en}",
                f"每天广告费 {a_day}，{spent.zh}共 {in_all}；{whose.zh}推广费只有 {has}{year.zh}",
            ),
            both(
                f"at most {fits} a day, {count(budget.amount // daily)} days at {a_day}, or a "
                f"budget of {in_all} or more",
                f"每天不超过 {fits}，或每天 {a_day} 只投 {count(budget.amount // daily)} 天，"
                f"或预算不低于 {in_all}",
            ),
        )


def spending(campaign: Campaign) -> tuple[float, float]:
    """Return what a campaign's bids spend on a day when all are on, and in all."""
    given = [
        (bid.daily_budget.amount, bid.days or campaign.days)
        for bid in campaign.bids.values()
        if bid.daily_budget
    ]
    return sum(budget for budget, _ in given), sum(budget * days for budget, days in given)


def _days(campaign: Campaign) -> Text:
    """Return on how many days its bids spend: ``10 days``, ``1 to 10 days``."""
    days = [bid.days or campaign.days for bid in campaign.bids.values() if bid.daily_budget]
    told = between(count(min(days)), count(max(days)))
    return both(f"{told} day{'' if told == '1' else 's'}", f"{told} 天")


def _budget_for(plan: AnnualPlan, month: Month) -> tuple[Money | None, Text]:
    """Return the ad budget that is nearest to `month`, and whose it is."""
    stage = plan.stages[month.stage]
    if month.ad_budget:
        return month.ad_budget, both(month_en(month.key), month_zh(month.key))
    if stage.ad_budget:
        return stage.ad_budget, both(f"the stage “{stage.label.en}”", f"“{stage.label.zh}”阶段")
    return plan.ad_budget, both("the year", "全年")


def _against_the_year(plan: AnnualPlan, daily: float) -> Text:
    """Return what a month of such days would cost if that is more than the year has."""
    if plan.ad_budget is None or daily * MONTH_DAYS <= plan.ad_budget.amount:
        return both("", "")
    such = money(daily * MONTH_DAYS, plan.currency)
    all_year = money(plan.ad_budget.amount, plan.currency)
    return both(
        f", and {MONTH_DAYS} such days are {such}, more than the whole year's {all_year}",
        f"；如此投放 {MONTH_DAYS} 天即 {such}，超过全年的 {all_year}",
    )


def campaigns_budget(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """The campaigns of a stage, and of the year, together spend no more than its ad budget."""
    plan = loaded.plan
    for name, stage in plan.stages.items():
        inside = [
            campaign
            for campaign in plan.campaigns.values()
            if (month := plan.month_of(campaign.main_day)) and month.stage == name
        ]
        whose = both(f"the stage “{stage.label.en}”", f"“{stage.label.zh}”阶段")
        yield from _together(inside, stage.ad_budget, ("stages", name, "ad_budget"), whose)
    whole = both("the year", "全年")
    yield from _together(list(plan.campaigns.values()), plan.ad_budget, ("ad_budget",), whole)


def _together(
    campaigns: list[Campaign], budget: Money | None, path: Path, whose: Text
) -> Iterator[Contradiction]:
    costs = [cost for campaign in campaigns if (cost := spending(campaign)[1])]
    if budget is None or len(costs) < 2 or sum(costs) <= budget.amount + CENT:
        return  # a single campaign is looked at by itself
    over = sum(costs) - budget.amount
    total, has, gap = (money(each, budget.currency) for each in (sum(costs), budget.amount, over))
    yield Contradiction(
        path,
        both(
            f"the ads of {len(costs)} campaigns cost {total}, {gap} more than {whose.en} has, "
            f"{has}",
            f"{len(costs)} 场活动广告费合计 {total}，比{whose.zh}推广费 {has} 多 {gap}",
        ),
        both(
            f"{total} or more for {whose.en}, or daily budgets lower by "
            f"{percent(over / sum(costs))}",
            f"{whose.zh}不低于 {total}，或每日预算下调 {percent(over / sum(costs))}",
        ),
    )
