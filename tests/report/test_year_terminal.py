"""A simulated year in the terminal: what is said of it, by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from math import inf

from simulate.plan.notes import Note
from simulate.plan.year_outcome import Spread, YearCampaign, YearDay, YearMonth, YearOutcome
from simulate.report.year_terminal import tell_year, year_document
from simulate.results.outcome import Estimate


def spread(mean: float, unit: str = "orders") -> Spread:
    return Spread(mean=mean, low=0.9 * mean, high=1.1 * mean, unit=unit)


def share(mean: float) -> Estimate:
    return Estimate(mean=mean, low=mean / 2, high=1.0, unit="share")


def day(number: int) -> YearDay:
    """A day of November or December: 12 December is too full, the 13th tight."""
    when = date(2026, 11, 1) + timedelta(days=number)
    load = {date(2026, 12, 12): 1.3, date(2026, 12, 13): 0.85}.get(when, 0.3)
    return YearDay(
        day=when.isoformat(), campaign="double-12" if load > 0.5 else None, load=spread(load),
        place="packers", amber=float(load > 0.8), red=float(load > 0.9), paid=100,
        late_orders=0, backlog=20,
    )  # fmt: skip


def month(key: str, target: float | None) -> YearMonth:
    return YearMonth(
        month=key, stage="burst", target=target, sales=spread(600_000, "CNY"),
        reached=share(0.5) if target else None, visitors=spread(90_000, "visitors"),
        orders=spread(5700), ad_budget=80_000 if target else None, ad_spend=79_000,
        commission=spread(0, "CNY"), on_time_share=0.987, days_amber=2.0 if target else 0.0,
        days_red=1.0 if target else 0.0,
    )  # fmt: skip


YEAR = YearOutcome(
    plan="annual", fingerprint="0123456789abcdef", seed=1, replications=20, currency="CNY",
    target=1_350_000, sales=spread(1_200_000, "CNY"), reached=share(0.4), orders=spread(11_400),
    ad_budget=160_000, ad_spend=158_000, on_time_share=share(0.987),
    days_amber=Estimate(mean=2, low=1, high=3, unit="days"),
    days_red=Estimate(mean=1, low=1, high=inf, unit="days"),
    days=tuple(day(number) for number in range(61)),
    months=(month("2026-11", None), month("2026-12", 750_000)),
    campaigns=(
        YearCampaign(
            campaign="double-12", scenario="double-12", first="2026-12-09", last="2026-12-18",
            orders=spread(4600), sales=spread(480_000, "CNY"), on_time_share=0.95,
            peak_load=spread(1.3, "share"), peak_day="2026-12-12",
        ),
    ),
    notes=(
        Note(kind="supervisor", where="double-12", names=("packers", "pickers")),
        Note(kind="full-month", where="2026-12", planned=2000, expected=2500),
    ),
)  # fmt: skip


def test_the_answer_comes_first():
    lines = tell_year(YEAR, "A year").splitlines()
    assert lines[:6] == [
        "A year",
        "The year sells 1,200,000 CNY (1,080,000 to 1,320,000 in 9 of 10 years).",
        "The target of 1,350,000 is reached with a probability of 40% (95 % interval 20% to 100%).",
        "Ads cost 158,000 of a budget of 160,000 CNY.",
        "Work takes more than 80% of the people at work on 2.0 days, more than 90% on 1.0.",
        "On time: 98.7% of 11,400 orders.",
    ]


def test_the_calendar_marks_full_and_tight_days():
    lines = tell_year(YEAR, "A year").splitlines()
    strip = next(line for line in lines if line.startswith("2026-12  "))
    assert strip == "2026-12  " + "▂" * 11 + "!#" + "▂" * 18
    november = next(line for line in lines if line.startswith("2026-11  "))
    assert november == "2026-11  " + "▂" * 30


def test_months_and_campaigns_are_tables():
    told = tell_year(YEAR, "A year").splitlines()
    rows = [line.split() for line in told]
    assert ["2026-12", "750,000", "600,000", "540,000", "to", "660,000", "50%", "79,000", "80,000",
            "5,700", "98.7%", "2.0", "1.0"] in rows  # fmt: skip
    assert ["double-12", "9", "Dec", "to", "18", "Dec", "4,600", "480,000", "95.0%", "12", "Dec",
            "130%"] in rows  # fmt: skip


def test_what_is_left_out_is_said():
    told = " ".join(tell_year(YEAR, "A year").split())
    assert "double-12: its supervisors are left out" in told
    assert "(packers, pickers)." in told
    assert "2026-12: campaigns bring 2,500 of the 2,000 visitors" in told


def test_a_plan_without_targets_or_budgets_says_nothing_of_them():
    bare = replace(YEAR, target=None, reached=None, ad_budget=None, on_time_share=None, notes=())
    told = tell_year(bare, "A year")
    assert "target of" not in told
    assert "budget of" not in told
    assert "On time:" not in told


def test_words_of_a_plan_are_no_markup():
    assert tell_year(YEAR, "[bold]A year[/]").splitlines()[0] == "[bold]A year[/]"


def test_the_document_is_json_and_an_endless_bound_null():
    document = json.loads(year_document(YEAR))
    assert document["days_red"]["high"] is None
    assert document["months"][1]["target"] == 750_000
    assert len(document["days"]) == 61
