"""What a simulated year means: the figures that pages, tables and the terminal show."""

from dataclasses import dataclass

from simulate.plan.notes import Note
from simulate.results.outcome import Estimate

AMBER, RED = 0.8, 0.9
"""Load from which a day is tight, and from which it is too full: queues about double from 60 to
80 % and again from 80 to 90 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure over all simulated years: its mean and its 5th to 95th percentile, in `unit`."""

    mean: float
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay:
    """One day of the year.

    `day` is its date, ``2026-12-12``; `campaign` the campaign on whose day it falls, None on
    ordinary days. `load` is that of the most loaded pool or ERP, `place` which one that most often
    is: work that falls due in the day as a share of what the people at work on it can do. `amber`
    and `red`: shares of years in which the day's load is above `AMBER` and above `RED`. `paid`:
    orders; `late_orders` of them come late, both means; `backlog`: mean of the day's mean.
    """

    day: str
    campaign: str | None
    load: Spread
    place: str
    amber: float
    red: float
    paid: float
    late_orders: float
    backlog: float


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMonth:
    """One month: `month` is ``2026-12``, `stage` its stage in the plan.

    `target`: planned sales, None without; `sales`: the value of orders paid in the month and not
    cancelled; `reached`: the probability of reaching the target. `ad_budget`: planned, None
    without; `ad_spend`: what ads are expected to cost; `commission` on sales, which no budget
    holds. `on_time_share`: of the month's orders, None without orders or promise. `days_amber`
    and `days_red`: days with a load above `AMBER` and above `RED`, mean.
    """

    month: str
    stage: str
    target: float | None
    sales: Spread
    reached: Estimate | None
    visitors: Spread
    orders: Spread
    ad_budget: float | None
    ad_spend: float
    commission: Spread
    on_time_share: float | None
    days_amber: float
    days_red: float


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCampaign:
    """One campaign of the year that has a scenario: its `first` and `last` day, as dates.

    `orders` and `sales` of orders paid on these days; `on_time_share` of them, None without
    orders; `peak_load`: the largest load of its days, on the day `peak_day` in most years.
    """

    campaign: str
    scenario: str
    first: str
    last: str
    orders: Spread
    sales: Spread
    on_time_share: float | None
    peak_load: Spread
    peak_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOutcome:
    """Everything that the simulation of an annual plan says.

    `plan` is its name (the file's stem). `target`: the year's planned sales, None without;
    `sales`: what is sold; `reached`: the probability of reaching the target, with the interval of
    a share (Wilson). `ad_budget` and `ad_spend` as in `YearMonth`. `days_amber`, `days_red`: days
    of a year with a load above `AMBER` and above `RED` (red days are among the amber ones).
    `campaigns` are those with a scenario, in the order of time; `notes` say what the simulation
    leaves out.
    """

    plan: str
    fingerprint: str
    seed: int
    replications: int
    currency: str
    target: float | None
    sales: Spread
    reached: Estimate | None
    orders: Spread
    ad_budget: float | None
    ad_spend: float
    on_time_share: Estimate | None
    days_amber: Estimate
    days_red: Estimate
    days: tuple[YearDay, ...]
    months: tuple[YearMonth, ...]
    campaigns: tuple[YearCampaign, ...]
    notes: tuple[Note, ...]
