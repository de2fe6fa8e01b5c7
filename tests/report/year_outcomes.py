"""A quarter of a year made by hand: a plan, what was found in it, and what its simulation says."""

from datetime import date, timedelta
from pathlib import Path

from simulate.plan.lint import lint
from simulate.plan.loading import load_plan
from simulate.plan.notes import Note
from simulate.plan.year_outcome import (
    Spread,
    YearCampaign,
    YearDay,
    YearMonth,
    YearOutcome,
)
from simulate.report.words import load_words
from simulate.report.year import YearAnswer, YearSubject
from simulate.results.outcome import Estimate

PLAN = """\
title: {{en: A quarter, zh: 一个季度}}
currency: CNY
sales: 300,000 CNY
ad_budget: 30,000 CNY
stages:
  opening:
    label: {{en: {opening}, zh: 开业期}}
    ends_when: {{en: Orders leave in time., zh: 按时发货。}}
    sales: 100,000 CNY
    ad_budget: 10,000 CNY
    months:
      2026-10: {{sales: "100,000 CNY"}}
  burst:
    label: {{en: Burst, zh: 爆发期}}
    sales: 200,000 CNY
    ad_budget: 20,000 CNY
    months:
      2026-11: {{sales: "80,000 CNY"}}
      2026-12: {{sales: "{december}"}}
roles:
  lead: {{label: {{en: Campaign lead, zh: 活动负责人}}}}
campaigns:
  double-12:
    label: {{en: Double 12, zh: 双12}}
    size: anniversary
    first: 2026-12-09
    last: 2026-12-13
    day: 2026-12-12
    role: lead
    preparation: {{lasts: 21d}}
"""


def make_answer(
    folder: Path, december: str = "120,000 CNY", opening: str = "Opening"
) -> YearAnswer:
    """Write the plan into `folder`, lint it, and join its outcome."""
    file = folder / "annual.yml"
    file.write_text(PLAN.format(december=december, opening=opening), encoding="utf-8")
    loaded = load_plan(file)
    return YearAnswer(loaded=loaded, findings=tuple(lint(loaded)), outcome=make_year())


def make_year_subject(folder: Path, language: str = "en", **changes: str) -> YearSubject:
    """Return the quarter in a language."""
    return YearSubject(answer=make_answer(folder, **changes), words=load_words(language))


def make_year() -> YearOutcome:
    """Return a quarter that reaches its target in every other year."""
    days = tuple(map(_day, range(92)))
    return YearOutcome(
        plan="annual",
        fingerprint="5eed" * 4,
        seed=1,
        replications=20,
        currency="CNY",
        target=300_000.0,
        sales=_spread(305_400, "CNY"),
        reached=Estimate(mean=0.55, low=0.342, high=0.742, unit="share"),
        orders=_spread(2_900, "orders"),
        ad_budget=30_000.0,
        ad_spend=33_000.0,
        on_time_share=Estimate(mean=0.991, low=0.989, high=0.993, unit="share"),
        days_amber=Estimate(mean=3.4, low=3.0, high=3.8, unit="times"),
        days_red=Estimate(mean=1.6, low=1.3, high=1.9, unit="times"),
        days=days,
        months=(
            _month("2026-10", "opening", 100_000, 96_000, 0.4, 10_000, 10_000),
            _month("2026-11", "burst", 80_000, 88_000, 0.9, 8_000, 8_000),
            _month("2026-12", "burst", 120_000, 101_400, 0.1, 12_000, 15_000),
        ),
        campaigns=(
            YearCampaign(
                campaign="double-12",
                scenario="double-12",
                first="2026-12-09",
                last="2026-12-13",
                orders=_spread(800, "orders"),
                sales=_spread(84_000, "CNY"),
                on_time_share=0.98,
                peak_load=_spread(1.3, "share"),
                peak_day="2026-12-12",
            ),
        ),
        notes=(
            Note(kind="controller", where="double-12"),
            Note(kind="full-month", where="2026-12", planned=9_000.0, expected=9_800.0),
        ),
    )


def _spread(mean: float, unit: str) -> Spread:
    return Spread(mean=mean, low=0.8 * mean, high=1.2 * mean, unit=unit)


def _day(number: int) -> YearDay:
    """Return a day: quiet but for 11 December (amber), the 12th (red) and the 13th (amber)."""
    day = date(2026, 10, 1) + timedelta(days=number)
    load = {date(2026, 12, 11): 0.82, date(2026, 12, 12): 1.3, date(2026, 12, 13): 0.85}
    is_campaign = date(2026, 12, 9) <= day <= date(2026, 12, 13)
    return YearDay(
        day=day.isoformat(),
        campaign="double-12" if is_campaign else None,
        load=_spread(load.get(day, 0.3), "share"),
        place="packers",
        amber=1.0 if day in load else 0.0,
        red=0.9 if day == date(2026, 12, 12) else 0.0,
        paid=30.0,
        late_orders=0.0,
        backlog=12.0,
    )


def _month(
    month: str, stage: str, target: float, sales: float, odds: float, budget: float, spend: float
) -> YearMonth:
    return YearMonth(
        month=month,
        stage=stage,
        target=target,
        sales=_spread(sales, "CNY"),
        reached=Estimate(mean=odds, low=odds, high=odds, unit="share"),
        visitors=_spread(20_000, "visitors"),
        orders=_spread(sales / 105, "orders"),
        ad_budget=budget,
        ad_spend=spend,
        commission=_spread(900, "CNY"),
        on_time_share=0.99,
        days_amber=0.0,
        days_red=0.0,
    )
