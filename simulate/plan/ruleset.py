"""Every rule of the plan linter."""

from simulate.plan.findings import Rule
from simulate.plan.rules.ads import (
    ads_part,
    bid_return,
    campaigns_budget,
    click_price,
    daily_budgets,
)
from simulate.plan.rules.events import bigger_events, overlaps
from simulate.plan.rules.preparing import preparation, responsible
from simulate.plan.rules.sales import campaign_sales, growing_items, promotion_cost, sales_formula
from simulate.plan.rules.scenarios import scenario_bids, scenario_dates
from simulate.plan.rules.service import enquiry_chain
from simulate.plan.rules.sums import ads_shares, sums_of_months, sums_of_stages
from simulate.plan.rules.timetable import timetable
from simulate.plan.rules.volume import erp_of_shop, erp_volume, line_volume
from simulate.plan.words import both

UNUSED = "unused-acceptance"
"""The rule of an acceptance that accepts nothing."""

RULES: tuple[Rule, ...] = (
    Rule(
        "stage-sum", "error", both("Months against their stage", "各月与阶段合计"), sums_of_months
    ),
    Rule("year-sum", "error", both("Stages against the year", "各阶段与全年合计"), sums_of_stages),
    Rule("ads-share", "error", both("Ads as a share of sales", "推广费占比"), ads_shares),
    Rule(
        "sales-formula",
        "error",
        both("Sales = visitors × conversion × order value", "销售 = 访客 × 转化率 × 客单价"),
        sales_formula,
    ),
    Rule(
        "campaign-sales",
        "error",
        both("Campaigns against their month", "活动与当月目标"),
        campaign_sales,
    ),
    Rule(
        "hero-items", "warning", both("Hero items against SKUs", "主推款与 SKU 数"), growing_items
    ),
    Rule(
        "promotion-cost", "warning", both("What promotion may cost", "推广费上限"), promotion_cost
    ),
    Rule(
        "click-price",
        "error",
        both("CPC = CPM / (1000 × click rate)", "CPC = CPM / (1000 × 点击率)"),
        click_price,
    ),
    Rule("bid-return", "error", both("ROI against conversion", "ROI 与转化率"), bid_return),
    Rule(
        "ads-part", "warning", both("What ads bring of all sales", "广告带来的销售占比"), ads_part
    ),
    Rule(
        "daily-budget",
        "error",
        both("Ads by day against the budget", "每日广告费与预算"),
        daily_budgets,
    ),
    Rule(
        "campaigns-budget",
        "error",
        both("Campaigns' ads against the budget", "各活动广告费与预算"),
        campaigns_budget,
    ),
    Rule(
        "enquiry-chain",
        "warning",
        both("Enquiry to order to payment", "询单、下单、付款"),
        enquiry_chain,
    ),
    Rule(
        "timetable",
        "warning",
        both("Timetable against the busy hours", "时间表与繁忙时段"),
        timetable,
    ),
    Rule("erp-volume", "error", both("Orders against the ERP", "单量与 ERP 上限"), erp_volume),
    Rule(
        "erp-of-shop",
        "warning",
        both("The plan's ERP and the shop's", "计划与店铺的 ERP 上限"),
        erp_of_shop,
    ),
    Rule(
        "line-volume",
        "error",
        both("Orders against the dispatch line", "单量与发货线产能"),
        line_volume,
    ),
    Rule(
        "bigger-event",
        "warning",
        both("Bigger events sell more", "大活动目标应更高"),
        bigger_events,
    ),
    Rule("overlap", "warning", both("Campaigns that overlap", "活动重叠"), overlaps),
    Rule("preparation", "error", both("Weeks of preparation", "准备期"), preparation),
    Rule("responsible", "error", both("Who answers for it", "负责人"), responsible),
    Rule("scenario-dates", "error", both("Dates of the scenario", "场景日期"), scenario_dates),
    Rule("scenario-bids", "warning", both("Bids of the scenario", "场景出价"), scenario_bids),
)

RULE_IDS: tuple[str, ...] = (*(rule.id for rule in RULES), UNUSED)
